package data

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// The same on a real file system that is full: every write of SQLite may fail
// there, also those of its log and its shared memory.
func TestAFullFileSystem(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=1500k"); err != nil {
		t.Skipf("no small file system to be had here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s := &shop{tb: t, clock: &clock{at: noon}, path: filepath.Join(dir, "ledger.db")}
	s.open()
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	// Something else takes space, all but a little, and gives it back later.
	other := filepath.Join(dir, "other")
	if err := os.WriteFile(other, make([]byte, 300<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	sold := s.sellUntilFull()
	if sold < 3 {
		t.Fatalf("full after %d sales", sold)
	}
	if err := s.Backup(ctx, filepath.Join(dir, "backup")); KindOf(err) != KindDiskFull {
		t.Fatalf("a backup onto the full disk: %v", err)
	}
	for _, pattern := range []string{"backup*", ".*"} {
		if left, err := filepath.Glob(filepath.Join(dir, pattern)); err != nil || len(left) != 0 {
			t.Fatalf("the backup left %q, %v", left, err)
		}
	}
	s.mustVerify()
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	s.paid(200)
	s.mustVerify()
	s.reopen()
	s.mustVerify()
}
