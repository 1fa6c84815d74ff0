package alipay

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"regexp"
	"strings"
	"unicode"
)

// keyring is everything that signs and verifies.
type keyring struct {
	private *rsa.PrivateKey
	alipay  *rsa.PublicKey // verifies answers
	certs   *certificates  // certificate mode only
}

const minKeyBits = 2048 // Alipay's own lower limit for RSA2

// readKeys reads the fields of the chosen mode and adds what is wrong with them.
func (c Config) readKeys(problems *problemList) (k keyring) {
	var kind Kind
	if k.private, kind = readPrivateKey(c.PrivateKey); kind != "" {
		problems.add(FieldPrivateKey, kind)
	}
	if c.certMode() {
		problems.unless(compact(c.PublicKey) == "", FieldPublicKey, KindTwoModes)
		k.certs = c.readCertificates(k.private, problems)
		if k.certs != nil {
			k.alipay = k.certs.alipayKey
		}
		return k
	}
	if k.alipay, kind = readPublicKey(c.PublicKey); kind != "" {
		problems.add(FieldPublicKey, kind)
	} else if k.private != nil && k.alipay.Equal(k.private.Public()) {
		problems.add(FieldPublicKey, KindOwnPublicKey)
	}
	return k
}

func readPrivateKey(text string) (*rsa.PrivateKey, Kind) {
	der, label, kind := keyBytes(text, KindKeyNotPrivate)
	if kind != "" {
		return nil, kind
	}
	if strings.Contains(label, "ENCRYPTED") {
		return nil, KindKeyEncrypted
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return longEnough(key, key.N.BitLen())
	}
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		if key, ok := key.(*rsa.PrivateKey); ok {
			return longEnough(key, key.N.BitLen())
		}
		return nil, KindKeyNotRSA
	}
	if publicKey(der) != nil {
		return nil, KindKeyIsPublic
	}
	return nil, otherKind(der, KindKeyNotPrivate)
}

func readPublicKey(text string) (*rsa.PublicKey, Kind) {
	der, _, kind := keyBytes(text, KindKeyNotPublic)
	if kind != "" {
		return nil, kind
	}
	if key := publicKey(der); key != nil {
		if key, ok := key.(*rsa.PublicKey); ok {
			return longEnough(key, key.N.BitLen())
		}
		return nil, KindKeyNotRSA
	}
	if isPrivate(der) {
		return nil, KindKeyIsPrivate
	}
	return nil, otherKind(der, KindKeyNotPublic)
}

// keyBytes drops everything around a pasted key: white space, PEM lines. label
// is the PEM type, empty for bare base64.
func keyBytes(text string, unreadable Kind) (der []byte, label string, kind Kind) {
	label, body, cut := unwrap(text)
	switch {
	case body == "" && label == "":
		return nil, "", KindMissing
	case label == "CERTIFICATE":
		return nil, label, KindKeyIsCert
	case strings.Contains(body, "ENCRYPTED"): // the older form says it inside
		return nil, label, KindKeyEncrypted
	case md5KeyRule.MatchString(body):
		return nil, label, KindKeyMD5
	}
	der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
	if err != nil {
		// The last group may have been cut in the middle: what is before it tells.
		der, err = base64.RawStdEncoding.DecodeString(body[:len(body)/4*4])
		if err != nil {
			return nil, label, unreadable
		}
	}
	if cut || shorterThanItSays(der) {
		return nil, label, KindKeyTruncated
	}
	return der, label, ""
}

var md5KeyRule = regexp.MustCompile(`^[0-9a-z]{32}$`)

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

// compact drops white space, the marks that editors put in front of a text,
// and the two characters \n that a line break becomes in many settings files.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, `\n`, ""))
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

// publicKey reads both forms of a public key; nil when it is neither.
func publicKey(der []byte) any {
	if key, err := x509.ParsePKIXPublicKey(der); err == nil {
		return key
	}
	if key, err := x509.ParsePKCS1PublicKey(der); err == nil {
		return key
	}
	return nil
}

func isPrivate(der []byte) bool {
	_, err := x509.ParsePKCS1PrivateKey(der)
	if err != nil {
		_, err = x509.ParsePKCS8PrivateKey(der)
	}
	return err == nil
}

func otherKind(der []byte, otherwise Kind) Kind {
	if _, err := x509.ParseCertificate(der); err == nil {
		return KindKeyIsCert
	}
	if _, err := x509.ParseECPrivateKey(der); err == nil {
		return KindKeyNotRSA
	}
	return otherwise
}

func longEnough[K any](key *K, bits int) (*K, Kind) {
	if bits < minKeyBits {
		return nil, KindKeyShort
	}
	return key, ""
}

// canonical is the form in which the library reads a private key.
func canonical(key *rsa.PrivateKey) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
}
