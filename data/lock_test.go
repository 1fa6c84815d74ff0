package data

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// childLocks holds a folder until it is killed or its input ends.
func childLocks(dir string) {
	if _, err := LockFolder(dir); err != nil {
		panic(err)
	}
	fmt.Println("locked")
	select {}
}

func TestOneProcessOwnsTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	cmd, lines := child(t, "lock", dir)
	if !lines.Scan() || lines.Text() != "locked" {
		t.Fatalf("the other process says %q", lines.Text())
	}
	_, err := LockFolder(dir)
	var locked *LockedError
	if !errors.As(err, &locked) || !errors.Is(err, ErrLocked) || KindOf(err) != KindLocked {
		t.Fatalf("a folder that is locked: %v", err)
	}
	host, _ := os.Hostname()
	if h := locked.Holder; h.PID != cmd.Process.Pid || h.Host != host || time.Since(h.Since) > time.Minute {
		t.Fatalf("holder %+v, want process %d", h, cmd.Process.Pid)
	}
	// The lock file of a killed process stays, and does not matter.
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	lock, err := LockFolder(dir)
	if err != nil {
		t.Fatalf("after the kill: %v", err)
	}
	if _, err := LockFolder(dir); !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() {
		t.Fatalf("twice in one process: %v", err)
	}
	for range 2 {
		if err := lock.Unlock(); err != nil {
			t.Fatal(err)
		}
	}
	lock, err = LockFolder(dir)
	if err != nil {
		t.Fatalf("after it was given free: %v", err)
	}
	lock.Unlock()
}

func TestALockFileWithNonsense(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, LockName), []byte("{nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	lock, err := LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	if err := os.WriteFile(filepath.Join(dir, LockName), []byte("{nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	var locked *LockedError
	if _, err := LockFolder(dir); !errors.As(err, &locked) || locked.Holder != (Holder{}) {
		t.Fatalf("%v", err)
	}
}

func TestReadersBesideTheOwner(t *testing.T) {
	s := newShop(t)
	sale, _ := s.paid(100)
	reader, err := Open(s.path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if d, err := reader.Sale(ctx, sale.ReceiptNo); err != nil || d.Paid != 100 {
		t.Fatalf("%+v %v", d, err)
	}
	if _, _, _, err := reader.StartTender(ctx, s.scan(1)); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("a reader sells: %v", err)
	}
	s.paid(200) // and the owner goes on
	if _, totals, err := reader.Sales(ctx, Filter{}); err != nil || totals.Paid != 300 {
		t.Fatalf("%+v %v", totals, err)
	}
	if _, err := Open(s.path+"-none", Options{ReadOnly: true}); !errors.Is(err, ErrMissing) {
		t.Fatalf("a ledger that is missing: %v", err)
	}
}
