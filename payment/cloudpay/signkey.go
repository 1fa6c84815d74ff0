package cloudpay

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"regexp"
	"strings"
)

// minKeyBits is the size that the documents name: RSASSA-PSS-2048-SHA256.
const minKeyBits = 2048

// readSignKey reads the private key for signing. It must be there when refunds
// are signed, and right when it is there: a wrong one would be found out with a
// customer waiting for money.
func (c Config) readSignKey(problems *problemList) *rsa.PrivateKey {
	if compact(c.SignKey) == "" {
		problems.unless(!c.SignRefunds, FieldSignKey, KindMissing)
		return nil
	}
	key, kind := readPrivateKey(c.SignKey)
	if kind != "" {
		problems.add(FieldSignKey, kind)
	}
	if !c.SignRefunds {
		return nil
	}
	return key
}

// readPrivateKey takes PKCS#8, which the console hands out, and PKCS#1, as PEM
// or as bare base64.
func readPrivateKey(text string) (*rsa.PrivateKey, Kind) {
	label, body, cut := unwrap(text)
	switch {
	case label == "CERTIFICATE":
		return nil, KindKeyIsCert
	case strings.Contains(label, "ENCRYPTED"), strings.Contains(body, "ENCRYPTED"): // the older form says it inside
		return nil, KindKeyEncrypted
	case label == "" && keyRule.MatchString(body):
		return nil, KindKeyIsAuth
	}
	der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
	if err != nil {
		// The last group may have been cut in the middle: what is before it tells.
		der, err = base64.RawStdEncoding.DecodeString(body[:len(body)/4*4])
		if err != nil {
			return nil, KindKeyNotPrivate
		}
	}
	if cut || shorterThanItSays(der) {
		return nil, KindKeyTruncated
	}
	return parsePrivate(der)
}

func parsePrivate(der []byte) (*rsa.PrivateKey, Kind) {
	key, err := x509.ParsePKCS1PrivateKey(der)
	if err != nil {
		other, err := x509.ParsePKCS8PrivateKey(der)
		if err != nil {
			return nil, otherKind(der)
		}
		var ok bool
		if key, ok = other.(*rsa.PrivateKey); !ok {
			return nil, KindKeyNotRSA
		}
	}
	if key.N.BitLen() < minKeyBits {
		return nil, KindKeyShort
	}
	return key, ""
}

// otherKind says what a text is that is no private key of RSA.
func otherKind(der []byte) Kind {
	if _, err := x509.ParsePKIXPublicKey(der); err == nil {
		return KindKeyIsPublic
	}
	if _, err := x509.ParsePKCS1PublicKey(der); err == nil {
		return KindKeyIsPublic
	}
	if _, err := x509.ParseCertificate(der); err == nil {
		return KindKeyIsCert
	}
	if _, err := x509.ParseECPrivateKey(der); err == nil {
		return KindKeyNotRSA
	}
	return KindKeyNotPrivate
}

var pemLine = regexp.MustCompile(`-----BEGIN ([A-Z0-9 ]+)-----|-----END [A-Z0-9 ]+-----`)

// unwrap finds the base64 text of a key, with or without its PEM lines. cut
// says that the last PEM line is missing. It is more patient than encoding/pem,
// which wants the line breaks that are lost when a key is pasted into a field.
func unwrap(text string) (label, body string, cut bool) {
	lines := pemLine.FindAllStringSubmatchIndex(text, -1)
	if len(lines) == 0 || lines[0][2] < 0 {
		return "", compact(text), false
	}
	label = text[lines[0][2]:lines[0][3]]
	if len(lines) == 1 {
		return label, compact(text[lines[0][1]:]), true
	}
	return label, compact(text[lines[0][1]:lines[1][0]]), false
}

// shorterThanItSays reads the length that stands at the head of a DER sequence.
func shorterThanItSays(der []byte) bool {
	if len(der) < 4 || der[0] != 0x30 {
		return false
	}
	switch der[1] {
	case 0x81:
		return len(der) < 3+int(der[2])
	case 0x82:
		return len(der) < 4+int(der[2])<<8+int(der[3])
	}
	return false
}

// readRoots are the certificates to trust; nil for the system's own. The older
// documents pin a root of Cloud Pay's, the newest do not.
func (c Config) readRoots(problems *problemList) *x509.CertPool {
	if strings.TrimSpace(c.ExtraCA) == "" {
		return nil
	}
	roots, err := x509.SystemCertPool()
	if err != nil { // a computer without any: then only the extra one counts
		roots = x509.NewCertPool()
	}
	found := false
	for rest := []byte(c.ExtraCA); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if cert, err := x509.ParseCertificate(block.Bytes); err == nil && block.Type == "CERTIFICATE" {
			roots.AddCert(cert)
			found = true
		}
	}
	if !found {
		problems.add(FieldExtraCA, KindCAForm)
	}
	return roots
}
