package cloudpay_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"sync"
)

// rsaKey is made once for the whole run: RSA keys are slow to make.
var rsaKey = sync.OnceValue(func() *rsa.PrivateKey { return must(rsa.GenerateKey(rand.Reader, 2048)) })

// shortKey and curveKey are keys that nobody signs with.
var (
	shortKey = sync.OnceValue(func() *rsa.PrivateKey { return must(rsa.GenerateKey(rand.Reader, 1024)) })
	curveKey = sync.OnceValue(func() *ecdsa.PrivateKey { return must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)) })
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func asPEM(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}

// pemOf is a key as the console hands it out: PKCS#8.
func pemOf(key any) string { return asPEM("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(key))) }

// verifies reports whether a signature fits the text, with as much salt as it has.
func verifies(key *rsa.PrivateKey, text string, sign any) bool {
	s, _ := sign.(string)
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	return rsa.VerifyPSS(&key.PublicKey, crypto.SHA256, sum[:], raw, &rsa.PSSOptions{SaltLength: 222}) == nil
}
