package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/zalando/go-keyring"

	"frontdesk/data/atomicfile"
)

// service is the name of the program in the keychain.
const service = "frontdesk"

// masterSize is the length of the vault's own key: AES-256.
const masterSize = 32

// ring is a keychain.
type ring interface {
	Set(service, account, secret string) error
	Get(service, account string) (string, error)
}

// systemRing is the operating system's keychain.
type systemRing struct{}

func (systemRing) Set(service, account, secret string) error {
	return keyring.Set(service, account, secret)
}
func (systemRing) Get(service, account string) (string, error) { return keyring.Get(service, account) }

// account is the name of a folder's key in the keychain.
func account(folder string) string { return "vault-" + folder }

// newKey makes a key for a new vault and puts it where it will stay: into the
// keychain if it is wanted and gives back what it was given, or else into a
// file.
func newKey(o Options) (b box, key []byte, err error) {
	id := make([]byte, 8)
	rand.Read(id)
	key = make([]byte, masterSize)
	rand.Read(key)
	b = box{Version: 1, Folder: hex.EncodeToString(id), Key: inFile}
	if o.Keychain && storeInRing(o, b.Folder, key) {
		b.Key = inKeychain
		return b, key, nil
	}
	if err := os.MkdirAll(o.KeyDir, 0o700); err != nil {
		return b, nil, fmt.Errorf("vault: %w", err)
	}
	if err := atomicfile.Create(keyFile(o, b.Folder), []byte(hex.EncodeToString(key)+"\n")); err != nil {
		return b, nil, fmt.Errorf("vault: %w", err)
	}
	return b, key, nil
}

func keyFile(o Options, folder string) string { return filepath.Join(o.KeyDir, folder+".key") }

func storeInRing(o Options, folder string, key []byte) bool {
	secret := hex.EncodeToString(key)
	back, err := within(o.Probe, func() (string, error) {
		if err := o.ring.Set(service, account(folder), secret); err != nil {
			return "", err
		}
		return o.ring.Get(service, account(folder))
	})
	return err == nil && back == secret
}

// findKey is the key of an old vault, from where it was put.
func findKey(b box, o Options) ([]byte, error) {
	var text string
	if b.Key == inKeychain {
		secret, err := within(o.Unlock, func() (string, error) { return o.ring.Get(service, account(b.Folder)) })
		switch {
		case errors.Is(err, keyring.ErrNotFound):
			return nil, fmt.Errorf("%w: account %s", ErrKeyLost, account(b.Folder))
		case err != nil:
			return nil, fmt.Errorf("%w: %w", ErrKeychain, err)
		}
		text = secret
	} else {
		raw, err := os.ReadFile(keyFile(o, b.Folder))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("%w: %w", ErrKeyLost, err)
		case err != nil:
			return nil, fmt.Errorf("vault: %w", err)
		}
		text = string(bytes.TrimSpace(raw))
	}
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != masterSize {
		return nil, fmt.Errorf("%w: it is not a key", ErrKeyLost) // never the text itself
	}
	return key, nil
}

// isFolderID keeps a crafted file from naming a key outside of the key folder.
func isFolderID(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == 8
}

// errNoAnswer is what a keychain that hangs comes to.
var errNoAnswer = errors.New("no answer in time")

// within waits that long for f. A keychain may wait for a person or hang on a
// broken session bus; f goes on alone then, and its result is dropped.
func within(wait time.Duration, f func() (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := f()
		done <- result{text, err}
	}()
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.text, r.err
	case <-timer.C:
		return "", errNoAnswer
	}
}
