package paysim

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

// wxPair is a key pair of the WeChat front and the certificate over it. A pair
// that is known by its public key has no certificate.
type wxPair struct {
	key    *rsa.PrivateKey
	cert   string // PEM
	serial string // of the certificate: 40 capital hexadecimal digits
}

// wechatKeys are those of WeChat Pay itself, which answers with one of two, and
// those of the two merchants that it knows.
type wechatKeys struct {
	merchant wxPair // direct
	partner  wxPair // service provider
	platform wxPair // WeChat's, known by its certificate
	public   wxPair // WeChat's, known by its public key
}

// each lists the pairs with their names in files.
func (k *wechatKeys) each() []struct {
	name string
	pair *wxPair
} {
	return []struct {
		name string
		pair *wxPair
	}{{"merchant", &k.merchant}, {"partner", &k.partner}, {"platform", &k.platform}, {"public", &k.public}}
}

func newWeChatKeys() (*wechatKeys, error) {
	k := &wechatKeys{}
	for _, e := range k.each() {
		key, err := newKey()
		if err != nil {
			return nil, err
		}
		if *e.pair, err = newPair(key, e.name); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// newPair certifies a key, if it is one that is known by its certificate.
func newPair(key *rsa.PrivateKey, name string) (wxPair, error) {
	if name == "public" {
		return wxPair{key: key}, nil
	}
	return certified(key, name)
}

// wechatKeysIn reads the keys of a folder, or makes the whole set there. What
// counts are the private keys: a certificate is read where it fits its key, and
// made again elsewhere. Public keys lie there only for whoever configures a till
// by hand.
func wechatKeysIn(dir string) (*wechatKeys, error) {
	k := &wechatKeys{}
	missing := []string{}
	for _, e := range k.each() {
		key, err := readKey(wechatKeyFile(dir, e.name))
		if errors.Is(err, fs.ErrNotExist) {
			missing = append(missing, filepath.Base(wechatKeyFile(dir, e.name)))
			continue
		}
		if err != nil {
			return nil, err
		}
		if pair, ok := readPair(wechatBeside(dir, e.name), key, e.name); ok {
			*e.pair = pair
		} else if *e.pair, err = newPair(key, e.name); err != nil {
			return nil, err
		}
	}
	switch len(missing) {
	case 0:
	case len(k.each()):
		var err error
		if k, err = newWeChatKeys(); err != nil {
			return nil, err
		}
	default: // a till may be configured with the rest
		return nil, fmt.Errorf("%q missing in %s", missing, dir)
	}
	return k, k.writeTo(dir)
}

func wechatKeyFile(dir, name string) string {
	return filepath.Join(dir, "TEST-KEY-wechat-"+name+"-private.pem")
}

// wechatBeside is the file beside a private key: what the other side knows it by.
func wechatBeside(dir, name string) string {
	if name == "public" {
		return filepath.Join(dir, "TEST-KEY-wechat-public-key.pem")
	}
	return filepath.Join(dir, "TEST-KEY-wechat-"+name+"-cert.pem")
}

// writeTo writes what is missing in the folder, readable by its owner only.
func (k *wechatKeys) writeTo(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, e := range k.each() {
		beside := func() (string, error) { return e.pair.cert, nil }
		if e.name == "public" {
			beside = func() (string, error) { return publicPEM(e.pair.key) }
		}
		for path, form := range map[string]func() (string, error){
			wechatKeyFile(dir, e.name): func() (string, error) { return privatePEM(e.pair.key) },
			wechatBeside(dir, e.name):  beside,
		} {
			if _, err := os.Stat(path); err == nil {
				continue
			}
			text, err := form()
			if err != nil {
				return err
			}
			if err := writeFile(path, []byte(text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// readPair reads the certificate of a key. It is not ok if there is none, or one
// that certified would not have made: of another key or name, or changed since.
func readPair(path string, key *rsa.PrivateKey, name string) (pair wxPair, ok bool) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return wxPair{}, false
	}
	block, rest := pem.Decode(raw)
	if block == nil || block.Type != "CERTIFICATE" || len(rest) > 0 {
		return wxPair{}, false
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil || !key.PublicKey.Equal(cert.PublicKey) {
		return wxPair{}, false
	}
	want := certificateOf(key, name)
	same := cert.SerialNumber.Cmp(want.SerialNumber) == 0 && cert.Subject.CommonName == want.Subject.CommonName &&
		cert.NotBefore.Equal(want.NotBefore) && cert.NotAfter.Equal(want.NotAfter)
	if !same || cert.CheckSignature(cert.SignatureAlgorithm, cert.RawTBSCertificate, cert.Signature) != nil {
		return wxPair{}, false
	}
	return wxPair{key: key, cert: certificatePEM(cert.Raw), serial: serialText(want)}, true
}

// certified makes the certificate of a key. It is the same one each time: the
// number comes from the key, and these signatures have no randomness.
func certified(key *rsa.PrivateKey, name string) (wxPair, error) {
	template := certificateOf(key, name)
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return wxPair{}, err
	}
	return wxPair{key: key, cert: certificatePEM(der), serial: serialText(template)}, nil
}

// certificateOf is what the certificate of a key says.
func certificateOf(key *rsa.PrivateKey, name string) *x509.Certificate {
	id := sha256.Sum256(key.N.Bytes())
	id[0] = id[0]&0x7f | 0x40 // a positive number of 20 bytes
	subject := pkix.Name{CommonName: "paysim wechat " + name, Organization: []string{"paysim, for tests only"}}
	return &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(id[:20]), Subject: subject, Issuer: subject,
		// Wide enough for any clock that a test injects.
		NotBefore: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC),
		SignatureAlgorithm: x509.SHA256WithRSA, KeyUsage: x509.KeyUsageDigitalSignature,
	}
}

func certificatePEM(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func serialText(c *x509.Certificate) string { return fmt.Sprintf("%X", c.SerialNumber.Bytes()) }

// publicKeyID is the name of WeChat's public key, in the form of its own:
// PUB_KEY_ID_ and 28 digits.
func (k *wechatKeys) publicKeyID() string {
	sum := sha256.Sum256(k.public.key.N.Bytes())
	digits := new(big.Int).SetBytes(sum[:]).String()
	return "PUB_KEY_ID_" + digits[:28]
}

// secret is an API key of a merchant: 32 letters and digits that stay the same
// as long as the merchant's key does.
func (p wxPair) secret(use string) string {
	sum := sha256.Sum256(append(p.key.D.Bytes(), use...))
	return hex.EncodeToString(sum[:16])
}
