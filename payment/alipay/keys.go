package alipay

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"regexp"

	"frontdesk/payment/wire"
)

// keyring is everything that signs and verifies.
type keyring struct {
	private *rsa.PrivateKey
	alipay  *rsa.PublicKey // verifies answers
	certs   *certificates  // certificate mode only
}

// readKeys reads the fields of the chosen mode and adds what is wrong with them.
func (c Config) readKeys(problems *wire.Problems) (k keyring) {
	if noMD5Key(c.PrivateKey, FieldPrivateKey, problems) {
		k.private = problems.PrivateKey(c.PrivateKey, FieldPrivateKey)
	}
	if c.certMode() {
		problems.Unless(wire.Compact(c.PublicKey) == "", FieldPublicKey, KindTwoModes)
		k.certs = c.readCertificates(k.private, problems)
		if k.certs != nil {
			k.alipay = k.certs.alipayKey
		}
		return k
	}
	if noMD5Key(c.PublicKey, FieldPublicKey, problems) {
		k.alipay = problems.PublicKey(c.PublicKey, FieldPublicKey)
	}
	if k.alipay != nil && k.private != nil {
		problems.Unless(!k.alipay.Equal(k.private.Public()), FieldPublicKey, KindOwnPublicKey)
	}
	return k
}

var md5KeyRule = regexp.MustCompile(`^[0-9a-z]{32}$`)

func noMD5Key(text string, field Field, problems *wire.Problems) bool {
	fine := !md5KeyRule.MatchString(wire.Compact(text))
	problems.Unless(fine, field, KindKeyMD5)
	return fine
}

// canonical is the form in which the library reads a private key.
func canonical(key *rsa.PrivateKey) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
}
