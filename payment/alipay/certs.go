package alipay

import (
	"crypto/md5"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"

	"frontdesk/payment/wire"
)

// certificates are the three files of certificate mode.
type certificates struct {
	appPEM    string         // the application's own, whose number goes with each request
	rootPEM   string         // Alipay's roots with an RSA signature, likewise
	alipayKey *rsa.PublicKey // verifies answers
	alipayNo  string         // the number of the certificate that alipayKey is from
}

func (c Config) readCertificates(private *rsa.PrivateKey, problems *wire.Problems) *certificates {
	before := len(*problems)
	app := oneCertificate(c.AppCert, FieldAppCert, problems)
	alipay := oneCertificate(c.AlipayCert, FieldAlipayCert, problems)
	roots := rootCertificates(c.RootCert, problems)
	if len(*problems) > before {
		return nil
	}
	alipayKey, ok := alipay.PublicKey.(*rsa.PublicKey)
	problems.Unless(ok, FieldAlipayCert, KindKeyNotRSA)
	if appKey, ok := app.PublicKey.(*rsa.PublicKey); private != nil {
		problems.Unless(ok && appKey.Equal(private.Public()), FieldAppCert, KindCertNotOurs)
	}
	if ok && private != nil {
		problems.Unless(!alipayKey.Equal(private.Public()), FieldAlipayCert, KindOwnCert)
	}
	if len(*problems) > before {
		return nil
	}
	files := &certificates{appPEM: asPEM(app), alipayKey: alipayKey, alipayNo: certificateNo(alipay)}
	for _, root := range roots {
		files.rootPEM += asPEM(root)
	}
	return files
}

// oneCertificate is the first certificate of a file. Alipay's file goes on with
// the one that issued it.
func oneCertificate(text string, field Field, problems *wire.Problems) *x509.Certificate {
	all := parseCertificates(text)
	switch {
	case len(all) == 0:
		problems.Add(field, KindMissing)
	case all[0] == nil:
		problems.Add(field, KindCertForm)
	default:
		return all[0]
	}
	return nil
}

// rootCertificates leaves out the roots of Chinese algorithms (SM2), which x509
// cannot read and whose numbers Alipay does not want for RSA2.
func rootCertificates(text string, problems *wire.Problems) (roots []*x509.Certificate) {
	all := parseCertificates(text)
	if len(all) == 0 {
		problems.Add(FieldRootCert, KindMissing)
		return nil
	}
	for _, cert := range all {
		if cert != nil && (cert.SignatureAlgorithm == x509.SHA256WithRSA || cert.SignatureAlgorithm == x509.SHA1WithRSA) {
			roots = append(roots, cert)
		}
	}
	problems.Unless(len(roots) > 0, FieldRootCert, KindRootNotRSA)
	return roots
}

// parseCertificates reads each block of a file; one that is no certificate is nil.
func parseCertificates(text string) (all []*x509.Certificate) {
	for _, found := range wire.Blocks(text) {
		cert, _ := found.(*x509.Certificate)
		all = append(all, cert)
	}
	return all
}

func asPEM(cert *x509.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))
}

// certificateNo is the number by which Alipay knows a certificate. MD5 is its
// rule, as a name and not as a protection.
func certificateNo(cert *x509.Certificate) string {
	sum := md5.Sum([]byte(cert.Issuer.String() + cert.SerialNumber.String()))
	return hex.EncodeToString(sum[:])
}
