package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func content(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func alone(t *testing.T, dir string, want int) {
	t.Helper()
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != want {
		t.Fatalf("%d files are left, want %d: %v %v", len(names), want, names, err)
	}
}

func TestReplaceTakesThePlaceAndLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "f")
	for _, text := range []string{"one", "two"} {
		if err := Replace(file, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, file); got != text {
			t.Fatalf("content %q", got)
		}
	}
	alone(t, dir, 1)
}

func TestCreateNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "f")
	if err := Create(file, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := Create(file, []byte("two")); !errors.Is(err, fs.ErrExist) {
		t.Fatalf("error %v", err)
	}
	if got := content(t, file); got != "one" {
		t.Fatalf("content %q", got)
	}
	alone(t, dir, 1)
}

func TestAMissingFolderIsAnErrorAndLeavesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "none", "f")
	for name, err := range map[string]error{"replace": Replace(file, nil), "create": Create(file, nil)} {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
