package app_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"frontdesk/app"
	"frontdesk/data"
)

// A full disk is told by its name, leaves no half file, and does no harm to what is there.
func TestAFileOnAFullDiskIsNotThere(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8k"); err != nil {
		t.Skip("no small file system can be mounted here:", err)
	}
	defer syscall.Unmount(dir, 0)
	check(t, os.WriteFile(filepath.Join(dir, "fill"), make([]byte, 8192), 0o600))
	s := newStaffed(t)
	s.signIn(s.manager, managerPIN)
	s.sell(12_00)
	books := app.NewBooks(s.ledger)
	today := books.Today()
	for _, format := range []app.ExportFormat{app.ExportPDF, app.ExportXLSX, app.ExportCSV} {
		file := filepath.Join(dir, "day."+string(format))
		refuse(t, books.Export(t.Context(), data.Cut{From: today, To: today}, format, file, nil), app.ProblemFileFull)
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", file, err)
		}
	}
	left, err := os.ReadDir(dir)
	if check(t, err); len(left) != 1 {
		t.Errorf("half files stay: %v", left)
	}
}
