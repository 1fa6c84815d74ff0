package paysim

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// The names say that the keys guard nothing.
const (
	merchantPrivateFile = "TEST-KEY-merchant-private.pem"
	merchantPublicFile  = "TEST-KEY-merchant-public.pem"
	alipayPrivateFile   = "TEST-KEY-alipay-private.pem"
	alipayPublicFile    = "TEST-KEY-alipay-public.pem"
)

// Keys are those of one simulator: for each front the merchant's, with which the
// till signs, and the service's own. They are RSA with 2048 bits, as RSA2 asks, made
// at run time, and worth nothing outside of the simulator.
type Keys struct {
	merchant *rsa.PrivateKey
	alipay   *rsa.PrivateKey
	stranger func() (*rsa.PrivateKey, error) // signs the answers that must not verify; made when first needed
	wechat   func() (*wechatKeys, error)     // made when first needed, but in a folder at once
	cloud    cloudKeys                       // of Cloud Pay
}

// NewKeys makes both pairs. That takes a noticeable part of a second, so tests
// with many simulators share one through Options.Keys.
func NewKeys() (*Keys, error) {
	merchant, err := newKey()
	if err != nil {
		return nil, err
	}
	alipay, err := newKey()
	if err != nil {
		return nil, err
	}
	return &Keys{merchant: merchant, alipay: alipay, stranger: sync.OnceValues(newKey), wechat: sync.OnceValues(newWeChatKeys)}, nil
}

func newKey() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }

// keysIn reads the keys of a folder, or makes them there. A folder that holds
// a half or a broken set is an error: a till may be configured with the rest.
func keysIn(dir string) (*Keys, error) {
	merchant, err := readKey(filepath.Join(dir, merchantPrivateFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	alipay, err2 := readKey(filepath.Join(dir, alipayPrivateFile))
	if err2 != nil && !errors.Is(err2, fs.ErrNotExist) {
		return nil, err2
	}
	if (err == nil) != (err2 == nil) {
		return nil, fmt.Errorf("one of %s and %s is missing in %s", merchantPrivateFile, alipayPrivateFile, dir)
	}
	k := &Keys{merchant: merchant, alipay: alipay, stranger: sync.OnceValues(newKey)}
	if err != nil {
		if k, err = NewKeys(); err != nil {
			return nil, err
		}
	}
	wechat, err := wechatKeysIn(dir)
	if err != nil {
		return nil, err
	}
	k.wechat = func() (*wechatKeys, error) { return wechat, nil }
	k.cloud.dir = dir
	return k, k.writeTo(dir)
}

// writeTo writes what is missing in the folder, readable by its owner only.
func (k *Keys) writeTo(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		key  *rsa.PrivateKey
		form func(*rsa.PrivateKey) (string, error)
	}{
		{merchantPrivateFile, k.merchant, privatePEM},
		{merchantPublicFile, k.merchant, publicPEM},
		{alipayPrivateFile, k.alipay, privatePEM},
		{alipayPublicFile, k.alipay, publicPEM},
	} {
		path := filepath.Join(dir, f.name)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		text, err := f.form(f.key)
		if err != nil {
			return err
		}
		if err := writeFile(path, []byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// writeFile puts a whole file in place, or nothing.
func writeFile(path string, content []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails once it is renamed
	if _, err := tmp.Write(content); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Sync(); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

func readKey(path string) (*rsa.PrivateKey, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, fmt.Errorf("%s holds no PEM block", path)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	k, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s is not an RSA key", path)
	}
	return k, nil
}

func privatePEM(k *rsa.PrivateKey) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), nil
}

func publicPEM(k *rsa.PrivateKey) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(&k.PublicKey)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), nil
}
