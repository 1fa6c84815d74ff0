package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"frontdesk/assets/lang"
)

// canary stands for a private key; it must not turn up anywhere in the clear.
const canary = "MIIEvCANARY-that-nobody-may-see"

// fakeRing is a keychain that a test bends.
type fakeRing struct {
	mu    sync.Mutex
	items map[string]string
	fail  error         // what every call answers, when it is not nil
	hang  chan struct{} // every call waits for it, when it is not nil
	lies  bool          // Get gives something else back
}

func (r *fakeRing) call() error {
	if r.hang != nil {
		<-r.hang
	}
	return r.fail
}

func (r *fakeRing) Set(service, account, secret string) error {
	if err := r.call(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.items == nil {
		r.items = map[string]string{}
	}
	r.items[service+"/"+account] = secret
	return nil
}

func (r *fakeRing) Get(service, account string) (string, error) {
	if err := r.call(); err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	secret, ok := r.items[service+"/"+account]
	switch {
	case !ok:
		return "", keyring.ErrNotFound
	case r.lies:
		return "something else", nil
	}
	return secret, nil
}

// shop is a data folder with its key folder and keychain.
type shop struct {
	t    *testing.T
	dir  string
	o    Options
	ring *fakeRing
}

func newShop(t *testing.T, keychain bool) *shop {
	root, ring := t.TempDir(), &fakeRing{}
	return &shop{t: t, dir: filepath.Join(root, "data"), ring: ring,
		o: Options{Keychain: keychain, KeyDir: filepath.Join(root, "config", "keys"), Probe: 5 * time.Second, Unlock: 5 * time.Second, ring: ring}}
}

func (s *shop) open() *Vault {
	s.t.Helper()
	v, err := Open(s.dir, s.o)
	if err != nil {
		s.t.Fatalf("open: %v", err)
	}
	return v
}

func (s *shop) set(v *Vault, name, value string) {
	s.t.Helper()
	if err := v.Set(name, value); err != nil {
		s.t.Fatalf("set %s: %v", name, err)
	}
}

func (s *shop) want(v *Vault, name, value string) {
	s.t.Helper()
	if got, ok, err := v.Get(name); err != nil || !ok || got != value {
		s.t.Fatalf("secret %s: there %v, right %v, error %v", name, ok, got == value, err)
	}
}

func TestSecretsComeBack(t *testing.T) {
	for _, keychain := range []bool{false, true} {
		t.Run(fmt.Sprintf("keychain=%v", keychain), func(t *testing.T) {
			s := newShop(t, keychain)
			v := s.open()
			if v.InKeychain() != keychain {
				t.Fatalf("in keychain: %v", v.InKeychain())
			}
			journal, err := v.JournalKey()
			if err != nil || len(journal) != KeySize {
				t.Fatalf("journal key of %d bytes, %v", len(journal), err)
			}
			s.set(v, "alipay.private_key", canary)
			s.set(v, "alipay.public_key", strings.Repeat("certificate ", 2000)) // more than some keychains hold
			s.set(v, "gone", "x")
			if err := v.Delete("gone"); err != nil {
				t.Fatal(err)
			}
			if err := v.Delete("never there"); err != nil {
				t.Fatal(err)
			}
			v = s.open()
			s.want(v, "alipay.private_key", canary)
			s.want(v, "alipay.public_key", strings.Repeat("certificate ", 2000))
			if _, ok, err := v.Get("gone"); ok || err != nil {
				t.Fatalf("deleted secret: %v %v", ok, err)
			}
			if names := v.Names(); !slices.Equal(names, []string{"alipay.private_key", "alipay.public_key"}) {
				t.Fatalf("names %q", names)
			}
			again, err := v.JournalKey()
			if err != nil || !bytes.Equal(again, journal) {
				t.Fatalf("the journal key changed, %v", err)
			}
		})
	}
}

func TestNothingLiesInTheClear(t *testing.T) {
	s := newShop(t, false)
	v := s.open()
	s.set(v, "alipay.private_key", canary)
	files := 0
	err := filepath.WalkDir(filepath.Dir(s.dir), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if mode := info.Mode().Perm(); runtime.GOOS != "windows" && path != filepath.Dir(s.dir) && mode&0o077 != 0 {
			t.Errorf("%s may be read by others: %v", path, mode)
		}
		if d.IsDir() {
			return nil
		}
		files++
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte("CANARY")) || bytes.Contains(raw, []byte("private_key")) {
			t.Errorf("%s holds a secret or its name in the clear", path)
		}
		if strings.HasPrefix(path, s.dir) && bytes.Contains(raw, v.key) {
			t.Errorf("%s holds the key of the vault", path)
		}
		return err
	})
	if err != nil || files != 2 {
		t.Fatalf("%d files, %v", files, err)
	}
}

func TestNothingIsPrinted(t *testing.T) {
	s := newShop(t, false)
	v := s.open()
	s.set(v, "alipay.private_key", canary)
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "vault", v)
	for _, text := range []string{fmt.Sprintf("%v", v), fmt.Sprintf("%+v", v), fmt.Sprintf("%#v", v), fmt.Sprint([]any{v}), log.String()} {
		if strings.Contains(text, "CANARY") || strings.Contains(text, "map[") {
			t.Errorf("printed: %s", text)
		}
	}
}

func TestNewVaultFallsBackToAFile(t *testing.T) {
	for name, ring := range map[string]*fakeRing{
		"no keychain":                   {fail: errors.New("no session bus")},
		"a keychain that hangs":         {hang: make(chan struct{})},
		"a keychain that does not keep": {lies: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, true)
			s.o.ring, s.o.Probe = ring, 10*time.Millisecond
			v := s.open()
			if ring.hang != nil {
				close(ring.hang)
			}
			if v.InKeychain() {
				t.Fatal("the key went into a keychain that does not work")
			}
			s.set(v, "a", "1")
			s.want(s.open(), "a", "1")
		})
	}
}

func TestAVaultStaysWhereItsKeyIs(t *testing.T) {
	t.Run("in the file, when a keychain appears", func(t *testing.T) {
		s := newShop(t, false)
		s.set(s.open(), "a", "1")
		s.o.Keychain = true
		v := s.open()
		s.want(v, "a", "1")
		if v.InKeychain() || len(s.ring.items) != 0 {
			t.Fatal("the key moved")
		}
	})
	t.Run("in the keychain, when nobody asks for one", func(t *testing.T) {
		s := newShop(t, true)
		s.set(s.open(), "a", "1")
		s.o.Keychain = false
		s.want(s.open(), "a", "1")
	})
	t.Run("in the keychain, when it is locked", func(t *testing.T) {
		s := newShop(t, true)
		s.set(s.open(), "a", "1")
		s.ring.fail = errors.New("locked")
		if _, err := Open(s.dir, s.o); !errors.Is(err, ErrKeychain) {
			t.Fatalf("error %v", err)
		}
		s.ring.fail = nil
		s.want(s.open(), "a", "1")
	})
}

func TestTwoFoldersShareAKeychain(t *testing.T) {
	a, b := newShop(t, true), newShop(t, true)
	b.o.ring = a.ring
	a.set(a.open(), "x", "of a")
	b.set(b.open(), "x", "of b")
	a.want(a.open(), "x", "of a")
	b.want(b.open(), "x", "of b")
}

func TestALostKeyIsToldAndReset(t *testing.T) {
	for _, keychain := range []bool{false, true} {
		s := newShop(t, keychain)
		v := s.open()
		s.set(v, "a", "1")
		before, _ := v.JournalKey()
		clear(s.ring.items)
		os.RemoveAll(s.o.KeyDir)
		if _, err := Open(s.dir, s.o); !errors.Is(err, ErrKeyLost) {
			t.Fatalf("keychain %v: error %v", keychain, err)
		}
		if err := Reset(s.dir); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(s.dir, FileName+".lost-1")); err != nil {
			t.Fatalf("the old vault is not kept: %v", err)
		}
		v = s.open()
		after, err := v.JournalKey()
		if err != nil || bytes.Equal(before, after) || len(v.Names()) != 0 {
			t.Fatalf("new vault: %v, %q, same key %v", err, v.Names(), bytes.Equal(before, after))
		}
	}
}

// Whatever happens to the file, the vault says so, and never gives out
// something else.
func TestEveryDamagedByteIsFound(t *testing.T) {
	s := newShop(t, false)
	s.set(s.open(), "a", "1")
	file := filepath.Join(s.dir, FileName)
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sound {
		bad := bytes.Clone(sound)
		bad[i] ^= 0x04
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := Open(s.dir, s.o)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrKeyLost) {
				t.Fatalf("byte %d: %v", i, err)
			}
			continue
		}
		s.want(v, "a", "1") // a change of white space, or of case in the names
	}
	for n := range len(sound) - 1 {
		if err := os.WriteFile(file, sound[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(s.dir, s.o); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
}

func TestAFailedWriteLeavesTheOldSecret(t *testing.T) {
	s := newShop(t, false)
	v := s.open()
	s.set(v, "a", "1")
	if err := os.Rename(s.dir, s.dir+"-away"); err != nil {
		t.Fatal(err)
	}
	if err := v.Set("a", "2"); err == nil {
		t.Fatal("stored in a folder that is not there")
	}
	s.want(v, "a", "1")
	if err := os.Rename(s.dir+"-away", s.dir); err != nil {
		t.Fatal(err)
	}
	s.want(s.open(), "a", "1")
}

func TestNamesOfTheVaultItselfAreRefused(t *testing.T) {
	v := newShop(t, false).open()
	for _, name := range []string{"", journalKey, ".x"} {
		_, _, err := v.Get(name)
		if !errors.Is(err, ErrName) || !errors.Is(v.Set(name, "x"), ErrName) || !errors.Is(v.Delete(name), ErrName) {
			t.Errorf("name %q: %v", name, err)
		}
	}
}

func TestManyOpenTheSameNewVault(t *testing.T) {
	s := newShop(t, false)
	keys := make([]string, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			v, err := Open(s.dir, s.o)
			if err != nil {
				t.Error(err)
				return
			}
			key, err := v.JournalKey()
			if err != nil {
				t.Error(err)
			}
			keys[i] = string(key)
		})
	}
	wg.Wait()
	slices.Sort(keys)
	if len(slices.Compact(keys)) != 1 {
		t.Fatal("two processes got different journal keys")
	}
}

func TestUseFromManyGoroutines(t *testing.T) {
	s := newShop(t, false)
	v := s.open()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			name := fmt.Sprintf("secret.%d", i)
			if err := v.Set(name, name); err != nil {
				t.Error(err)
			}
			if got, _, _ := v.Get(name); got != name {
				t.Errorf("%s is %q", name, got)
			}
			v.Names()
			v.InKeychain()
		})
	}
	wg.Wait()
	if n := len(s.open().Names()); n != 8 {
		t.Fatalf("%d secrets", n)
	}
}

func TestEveryKindHasItsSentence(t *testing.T) {
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		words := lang.Load(language)
		for _, kind := range Kinds {
			if !words.Has("vault.error." + kind) {
				t.Errorf("%s: no sentence for %s", language, kind)
			}
		}
	}
	for err, kind := range map[error]string{nil: "", ErrKeyLost: "key_lost", fmt.Errorf("x: %w", ErrKeychain): "keychain", ErrDamaged: "damaged", ErrName: "name", fs.ErrPermission: "internal"} {
		if got := Kind(err); got != kind {
			t.Errorf("%v is of kind %q", err, got)
		}
	}
}
