package vault

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdesk/data/atomicfile"
)

// FileName is the name of the encrypted file in the data folder.
const FileName = "vault.json"

// KeySize is the length of the journal's key in bytes.
const KeySize = 32

// journalKey is the name of the journal's key. Names that begin with a point
// are the vault's own.
const journalKey = ".journal_key"

var (
	ErrKeyLost  = errors.New("vault: the key of the vault is gone")             // the keychain or the key folder has no key for this folder: Reset, and enter the secrets again
	ErrKeychain = errors.New("vault: the keychain does not answer")             // locked, or no desktop session; try again
	ErrDamaged  = errors.New("vault: the file is damaged or has another's key") // not what was written with this key
	ErrName     = errors.New("vault: not a name for a secret")                  // empty, or one of the vault's own
)

// Kind is the kind of err for the words under "vault.error.<kind>"; "" for nil
// and "internal" for errors of elsewhere.
func Kind(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ErrKeyLost):
		return "key_lost"
	case errors.Is(err, ErrKeychain):
		return "keychain"
	case errors.Is(err, ErrDamaged):
		return "damaged"
	case errors.Is(err, ErrName):
		return "name"
	}
	return "internal"
}

// Kinds lists every kind; each has its sentence.
var Kinds = []string{"key_lost", "keychain", "damaged", "name", "internal"}

// Options say how to open a vault.
type Options struct {
	Keychain bool          // a new vault puts its key into the keychain, if that works
	KeyDir   string        // folder of key files; "": frontdesk/keys in the user's configuration folder
	Probe    time.Duration // how long a new vault waits for the keychain; 0: 2 s
	Unlock   time.Duration // how long an old one waits, while a person may have to unlock it; 0: 60 s

	ring ring // tests; nil: the operating system's
}

// Vault is an open vault. It is safe for concurrent use.
type Vault struct {
	file string
	key  []byte

	mu  sync.Mutex
	box box
	all map[string]string
}

// Open opens the vault of a data folder and makes it when it is missing, with
// a new journal key in it. Two processes that make it at the same time get the
// same one.
//
// Errors: ErrKeyLost, ErrKeychain, ErrDamaged, and those of the file system.
func Open(dir string, o Options) (*Vault, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	v := &Vault{file: filepath.Join(dir, FileName)}
	err = v.load(o)
	if errors.Is(err, fs.ErrNotExist) {
		if err = create(v.file, o); err == nil || errors.Is(err, fs.ErrExist) {
			err = v.load(o)
		}
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

func (o Options) withDefaults() (Options, error) {
	if o.KeyDir == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return o, fmt.Errorf("vault: no folder for keys: %w", err)
		}
		o.KeyDir = filepath.Join(config, "frontdesk", "keys")
	}
	if o.Probe == 0 {
		o.Probe = 2 * time.Second
	}
	if o.Unlock == 0 {
		o.Unlock = time.Minute
	}
	if o.ring == nil {
		o.ring = systemRing{}
	}
	return o, nil
}

// load reads and opens the file.
func (v *Vault) load(o Options) (err error) {
	if v.box, err = readBox(v.file); err != nil {
		return err
	}
	if v.key, err = findKey(v.box, o); err != nil {
		return err
	}
	v.all, err = v.box.open(v.key)
	return err
}

// create makes a vault whose key and journal key are random.
func create(file string, o Options) error {
	b, key, err := newKey(o)
	if err != nil {
		return err
	}
	secret := make([]byte, KeySize)
	rand.Read(secret)
	if b, err = b.seal(key, map[string]string{journalKey: hex.EncodeToString(secret)}); err != nil {
		return err
	}
	raw, err := b.encode()
	if err != nil {
		return err
	}
	if err := atomicfile.Create(file, raw); err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	return nil
}

// Get is the secret of this name; ok is false when there is none.
func (v *Vault) Get(name string) (value string, ok bool, err error) {
	if err := checkName(name); err != nil {
		return "", false, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	value, ok = v.all[name]
	return value, ok, nil
}

// Set stores a secret. It is on the disk when Set returns.
func (v *Vault) Set(name, value string) error {
	return v.change(name, func(all map[string]string) { all[name] = value })
}

// Delete removes a secret; it does nothing when there is none.
func (v *Vault) Delete(name string) error {
	return v.change(name, func(all map[string]string) { delete(all, name) })
}

// change stores what f makes of the secrets, or leaves everything as it was.
func (v *Vault) change(name string, f func(map[string]string)) error {
	if err := checkName(name); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	next := maps.Clone(v.all)
	f(next)
	if maps.Equal(next, v.all) {
		return nil
	}
	b, err := v.box.seal(v.key, next)
	if err != nil {
		return err
	}
	raw, err := b.encode()
	if err != nil {
		return err
	}
	if err := atomicfile.Replace(v.file, raw); err != nil {
		return fmt.Errorf("vault: store %s: %w", name, err)
	}
	v.box, v.all = b, next
	return nil
}

// Names are the names of all secrets, sorted. The vault's own are not among
// them.
func (v *Vault) Names() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	names := slices.Sorted(maps.Keys(v.all))
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, ".") })
}

// JournalKey is the key of the ledger's journal, KeySize bytes. It was made at
// random with the vault and never changes.
func (v *Vault) JournalKey() ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	key, err := hex.DecodeString(v.all[journalKey])
	if err != nil || len(key) != KeySize {
		return nil, fmt.Errorf("%w: no key of the journal", ErrDamaged)
	}
	return key, nil
}

// InKeychain reports whether the vault's own key is in the operating system's
// keychain; it is in a file otherwise.
func (v *Vault) InKeychain() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.box.Key == inKeychain
}

// Reset puts a vault whose key is gone aside, as "vault.json.lost-1", so that
// the next Open makes a new one. Its secrets are lost; the journal gets a new
// key.
func Reset(dir string) error {
	file := filepath.Join(dir, FileName)
	for n := 1; ; n++ {
		lost := fmt.Sprintf("%s.lost-%d", file, n)
		err := atomicfile.Place(file, lost)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("vault: reset: %w", err)
		}
		// A file that was renamed is gone already, one that was linked is not.
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("vault: reset: %w", err)
		}
		return nil
	}
}

func checkName(name string) error {
	if name == "" || strings.HasPrefix(name, ".") {
		return fmt.Errorf("%w: %q", ErrName, name)
	}
	return nil
}

// A vault shows nothing of what is in it, however it is printed.
func (v *Vault) String() string       { return "vault" }
func (v *Vault) GoString() string     { return "vault" }
func (v *Vault) LogValue() slog.Value { return slog.StringValue("vault") }
