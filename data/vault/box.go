package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
)

// Where the vault's own key is.
const (
	inKeychain = "keychain"
	inFile     = "file"
)

// box is the file as it lies on the disk: what is needed to find the key, and
// the secrets under that key.
type box struct {
	Version int    `json:"version"` // 1
	Folder  string `json:"folder"`  // random; names the key of this folder among others
	Key     string `json:"key"`     // inKeychain or inFile
	Nonce   []byte `json:"nonce"`   // new with each write
	Secrets []byte `json:"secrets"` // AES-256-GCM over a JSON object of names and values
}

func readBox(file string) (b box, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return b, fmt.Errorf("vault: %w", err)
	}
	if err := json.Unmarshal(raw, &b); err != nil {
		return b, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if b.Version != 1 || !isFolderID(b.Folder) || (b.Key != inKeychain && b.Key != inFile) {
		return b, fmt.Errorf("%w: version %d, key in %q", ErrDamaged, b.Version, b.Key)
	}
	return b, nil
}

func (b box) encode() ([]byte, error) {
	raw, err := json.MarshalIndent(b, "", " ")
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return append(raw, '\n'), nil
}

// head is what is not secret and still must not be changed.
func (b box) head() []byte {
	return fmt.Appendf(nil, "frontdesk vault %d %s %s", b.Version, b.Folder, b.Key)
}

// seal is b with these secrets.
func (b box) seal(key []byte, secrets map[string]string) (box, error) {
	plain, err := json.Marshal(secrets)
	if err != nil {
		return b, fmt.Errorf("vault: %w", err)
	}
	aead, err := newAEAD(key)
	if err != nil {
		return b, err
	}
	b.Nonce = make([]byte, aead.NonceSize())
	rand.Read(b.Nonce)
	b.Secrets = aead.Seal(nil, b.Nonce, plain, b.head())
	return b, nil
}

func (b box) open(key []byte) (map[string]string, error) {
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	if len(b.Nonce) != aead.NonceSize() {
		return nil, fmt.Errorf("%w: nonce of %d bytes", ErrDamaged, len(b.Nonce))
	}
	plain, err := aead.Open(nil, b.Nonce, b.Secrets, b.head())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	secrets := map[string]string{}
	if err := json.Unmarshal(plain, &secrets); err != nil {
		// The error of json may quote what it read.
		return nil, fmt.Errorf("%w: what is inside is not a vault", ErrDamaged)
	}
	return secrets, nil
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return cipher.NewGCM(block)
}
