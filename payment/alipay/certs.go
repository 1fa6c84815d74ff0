package alipay

import (
	"crypto/md5"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"strings"
)

// certificates are the three files of certificate mode.
type certificates struct {
	appPEM    string         // the application's own, whose number goes with each request
	rootPEM   string         // Alipay's roots with an RSA signature, likewise
	alipayKey *rsa.PublicKey // verifies answers
	alipayNo  string         // the number of the certificate that alipayKey is from
}

func (c Config) readCertificates(private *rsa.PrivateKey, problems *problemList) *certificates {
	before := len(*problems)
	app := oneCertificate(c.AppCert, FieldAppCert, problems)
	alipay := oneCertificate(c.AlipayCert, FieldAlipayCert, problems)
	roots := rootCertificates(c.RootCert, problems)
	if len(*problems) > before {
		return nil
	}
	alipayKey, ok := alipay.PublicKey.(*rsa.PublicKey)
	problems.unless(ok, FieldAlipayCert, KindKeyNotRSA)
	if appKey, ok := app.PublicKey.(*rsa.PublicKey); private != nil {
		problems.unless(ok && appKey.Equal(private.Public()), FieldAppCert, KindCertNotOurs)
	}
	if ok && private != nil {
		problems.unless(!alipayKey.Equal(private.Public()), FieldAlipayCert, KindOwnCert)
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
func oneCertificate(text string, field Field, problems *problemList) *x509.Certificate {
	all := parseCertificates(text)
	switch {
	case compact(text) == "":
		problems.add(field, KindMissing)
	case len(all) == 0 || all[0] == nil:
		problems.add(field, KindCertForm)
	default:
		return all[0]
	}
	return nil
}

// rootCertificates leaves out the roots of Chinese algorithms (SM2), which x509
// cannot read and whose numbers Alipay does not want for RSA2.
func rootCertificates(text string, problems *problemList) (roots []*x509.Certificate) {
	if compact(text) == "" {
		problems.add(FieldRootCert, KindMissing)
		return nil
	}
	for _, cert := range parseCertificates(text) {
		if cert != nil && (cert.SignatureAlgorithm == x509.SHA256WithRSA || cert.SignatureAlgorithm == x509.SHA1WithRSA) {
			roots = append(roots, cert)
		}
	}
	problems.unless(len(roots) > 0, FieldRootCert, KindRootNotRSA)
	return roots
}

// parseCertificates reads each block of a file; one that cannot be read is nil.
func parseCertificates(text string) (all []*x509.Certificate) {
	const end = "-----END CERTIFICATE-----"
	for part := range strings.SplitSeq(text, end) {
		label, body, _ := unwrap(part)
		if body == "" {
			continue
		}
		if label != "" && label != "CERTIFICATE" {
			all = append(all, nil)
			continue
		}
		der, err := base64.StdEncoding.DecodeString(body)
		if err != nil {
			all = append(all, nil)
			continue
		}
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			cert = nil
		}
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
