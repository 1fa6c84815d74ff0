package wiretest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"sync"
)

// Must is v of a call that cannot fail.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// RSA makes a key that every service takes. RSA keys are slow to make: once for
// the whole run is enough.
func RSA() *rsa.PrivateKey { return Must(rsa.GenerateKey(rand.Reader, 2048)) }

// ShortKey and CurveKey are keys that no service takes, made once.
var (
	ShortKey = sync.OnceValue(func() *rsa.PrivateKey { return Must(rsa.GenerateKey(rand.Reader, 1024)) })
	CurveKey = sync.OnceValue(func() *ecdsa.PrivateKey { return Must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)) })
)

// PKCS8 is the usual form of a private key, and PKIX of a public one.
func PKCS8(key any) []byte { return Must(x509.MarshalPKCS8PrivateKey(key)) }
func PKIX(key any) []byte  { return Must(x509.MarshalPKIXPublicKey(key)) }

// PEM and Bare are the two ways in which such a form is pasted.
func PEM(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}
func Bare(der []byte) string { return base64.StdEncoding.EncodeToString(der) }
