package data

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"frontdesk/data/atomicfile"
)

// Backup writes a copy of the ledger, as it is at one moment, to file. Sales go
// on meanwhile. The copy is made under another name beside file, checked and
// pushed to the disk, and only then gets its name. It refuses to overwrite.
//
// Errors: ErrExists, ErrDiskFull, ErrDamaged (the copy is not sound), ErrDisk.
func (l *Ledger) Backup(ctx context.Context, file string) error {
	if err := copyLedger(ctx, l.path, file); err != nil {
		return fmt.Errorf("back up: %w", explain(err, filepath.Dir(file)))
	}
	return nil
}

// copyLedger copies the ledger at path, which may be open, to file, which must
// not exist.
func copyLedger(ctx context.Context, path, file string) (err error) {
	conn, done, err := openConn(ctx, path, copying)
	if err != nil {
		return err
	}
	defer done()
	if _, err := os.Lstat(file); err == nil {
		return ErrExists.because("%s", filepath.Base(file))
	}
	dir, err := os.MkdirTemp(filepath.Dir(file), ".frontdesk-copy-")
	if err != nil {
		return explain(err, filepath.Dir(file))
	}
	defer os.RemoveAll(dir)
	part := filepath.Join(dir, "ledger")
	if err := makePrivate(part); err != nil {
		return explain(err, dir)
	}
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return explain(err, dir)
	}
	if err := checkCopy(ctx, part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	if err := atomicfile.Place(part, file); err != nil {
		if errors.Is(err, os.ErrExist) {
			return ErrExists.because("%s", filepath.Base(file))
		}
		return explain(err, filepath.Dir(file))
	}
	return nil
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
