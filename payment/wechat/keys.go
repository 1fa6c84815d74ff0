package wechat

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"regexp"
	"strings"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"

	"frontdesk/payment/wire"
)

// keyring is everything that signs and verifies.
type keyring struct {
	private  *rsa.PrivateKey
	serial   string            // of the merchant's certificate, as WeChat writes it
	verifier auth.Verifier     // WeChat's keys
	client   []tls.Certificate // what deposits show; empty without MerchantCert
}

var (
	serialRule = regexp.MustCompile(`^[0-9A-F]{16,40}$`)
	keyIDRule  = regexp.MustCompile(`^PUB_KEY_ID_[0-9]{16,64}$`)
)

// readKeys reads all keys and certificates and adds what is wrong with them.
func (c Config) readKeys(deposits bool, problems *wire.Problems) (k keyring) {
	k.private = problems.PrivateKey(c.PrivateKey, FieldPrivateKey)
	k.serial = normalSerial(c.MerchantSerial)
	if own := c.readMerchantCert(k.private, deposits, problems); own != nil {
		if k.serial == "" {
			k.serial = serialOf(own)
		}
		problems.Unless(sameSerial(k.serial, serialOf(own)) || !serialRule.MatchString(k.serial), FieldMerchantSerial, KindSerialNotOfCert)
		k.client = []tls.Certificate{{Certificate: [][]byte{own.Raw}, PrivateKey: k.private, Leaf: own}}
	}
	switch {
	case strings.HasPrefix(k.serial, "PUB_KEY_ID_"):
		problems.Add(FieldMerchantSerial, KindSerialIsKeyID)
	default:
		problems.Form(k.serial, serialRule, FieldMerchantSerial, KindSerialForm)
	}
	k.verifier = c.readTrust(k, problems)
	return k
}

// readMerchantCert is nil when there is none, or when something is wrong with it.
func (c Config) readMerchantCert(private *rsa.PrivateKey, needed bool, problems *wire.Problems) *x509.Certificate {
	certs, kind := readCertificates(c.MerchantCert)
	switch {
	case kind == KindMissing:
		problems.Unless(!needed, FieldMerchantCert, KindMissing)
		return nil
	case kind != "":
		problems.Add(FieldMerchantCert, kind)
		return nil
	case private != nil && !private.PublicKey.Equal(certs[0].PublicKey):
		problems.Add(FieldMerchantCert, KindCertNotOurs)
		return nil
	}
	return certs[0]
}

// readTrust makes what verifies WeChat's answers. A merchant who moves from
// certificates to the public key has both for a while, and WeChat answers with
// either.
func (c Config) readTrust(own keyring, problems *wire.Problems) auth.Verifier {
	keyID, key := c.readPublicKey(own, problems)
	certs := c.readPlatformCerts(own, problems)
	getter := core.NewCertificateMapWithList(certs)
	switch {
	case key == nil && len(certs) == 0:
		return nil
	case key == nil:
		return verifiers.NewSHA256WithRSAVerifier(getter)
	case len(certs) == 0:
		return verifiers.NewSHA256WithRSAPubkeyVerifier(keyID, *key)
	}
	return verifiers.NewSHA256WithRSACombinedVerifier(getter, keyID, *key)
}

// readPublicKey reads WeChat's public key and its id, which belong together. Both
// may be missing only where there are certificates.
func (c Config) readPublicKey(own keyring, problems *wire.Problems) (id string, key *rsa.PublicKey) {
	id = wire.Compact(c.PublicKeyID)
	if id == "" && wire.Compact(c.PublicKey) == "" && wire.Compact(c.PlatformCerts) != "" {
		return "", nil
	}
	problems.Form(id, keyIDRule, FieldPublicKeyID, KindKeyIDForm)
	key = problems.PublicKey(c.PublicKey, FieldPublicKey)
	if key != nil && own.private != nil {
		problems.Unless(!key.Equal(&own.private.PublicKey), FieldPublicKey, KindOwnPublicKey)
	}
	return id, key
}

func (c Config) readPlatformCerts(own keyring, problems *wire.Problems) []*x509.Certificate {
	certs, kind := readCertificates(c.PlatformCerts)
	if kind == KindMissing {
		return nil
	}
	if kind != "" {
		problems.Add(FieldPlatformCerts, kind)
		return nil
	}
	for _, cert := range certs {
		if own.private != nil && own.private.PublicKey.Equal(cert.PublicKey) {
			problems.Add(FieldPlatformCerts, KindOwnCert)
			return nil
		}
		if sameSerial(own.serial, serialOf(cert)) {
			problems.Add(FieldMerchantSerial, KindSerialIsKeyID)
			return nil
		}
	}
	return certs
}

// readCertificates reads one or more, all with RSA keys that are long enough.
func readCertificates(text string) (certs []*x509.Certificate, kind Kind) {
	blocks := wire.Blocks(text)
	if len(blocks) == 0 {
		return nil, KindMissing
	}
	for _, block := range blocks {
		switch found := block.(type) {
		case *x509.Certificate:
			public, ok := found.PublicKey.(*rsa.PublicKey)
			if !ok {
				return nil, KindKeyNotRSA
			}
			if public.N.BitLen() < wire.MinKeyBits {
				return nil, KindKeyShort
			}
			certs = append(certs, found)
		case *rsa.PrivateKey:
			return nil, KindKeyIsPrivate
		case Kind:
			return nil, found
		default:
			return nil, KindCertForm
		}
	}
	return certs, ""
}

// normalSerial writes a serial number as WeChat does: capitals, no colons.
func normalSerial(s string) string {
	return strings.ToUpper(strings.ReplaceAll(wire.Compact(s), ":", ""))
}

func sameSerial(a, b string) bool {
	return strings.TrimLeft(a, "0") == strings.TrimLeft(b, "0")
}

func serialOf(cert *x509.Certificate) string {
	return strings.ToUpper(hex.EncodeToString(cert.SerialNumber.Bytes()))
}
