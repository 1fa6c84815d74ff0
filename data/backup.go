package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return explain(err, dir)
	}
	if err := checkFile(ctx, part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	return placeNew(part, file)
}

// checkFile reports whether the file is a sound ledger.
func checkFile(ctx context.Context, file string) error {
	conn, done, err := openConn(ctx, file, reading)
	if err != nil {
		return err
	}
	defer done()
	if err := soundness(ctx, conn, "integrity_check"); err != nil {
		return explain(err, filepath.Dir(file))
	}
	version, err := schemaVersion(connSource{ctx, conn})
	if err != nil {
		return explain(err, filepath.Dir(file))
	}
	if version == 0 {
		return ErrForeign.because("an empty database")
	}
	return nil
}

// openConn opens one connection of its own to a file.
func openConn(ctx context.Context, file string, a access) (conn *sql.Conn, done func(), err error) {
	db, err := sql.Open("sqlite", dsn(file, a))
	if err != nil {
		return nil, nil, err
	}
	if conn, err = db.Conn(ctx); err != nil {
		db.Close()
		return nil, nil, explain(err, filepath.Dir(file))
	}
	return conn, func() { conn.Close(); db.Close() }, nil
}

// soundness runs "integrity_check" or "quick_check".
func soundness(ctx context.Context, conn *sql.Conn, check string) error {
	lines, err := all(connSource{ctx, conn}, scanText, "PRAGMA "+check+"(10)")
	if err != nil {
		return err
	}
	if len(lines) != 1 || lines[0] != "ok" {
		return ErrDamaged.because("%s", strings.Join(lines, "; "))
	}
	return nil
}

// placeNew gives a finished file its name without overwriting. A hard link
// cannot overwrite; where the file system has none (USB sticks), a look and a
// rename must do.
func placeNew(part, file string) error {
	err := os.Link(part, file)
	if errors.Is(err, os.ErrExist) {
		return ErrExists.because("%s", filepath.Base(file))
	}
	if err != nil {
		if _, e := os.Lstat(file); e == nil {
			return ErrExists.because("%s", filepath.Base(file))
		}
		if err := os.Rename(part, file); err != nil {
			return explain(err, filepath.Dir(file))
		}
	}
	return syncFolder(filepath.Dir(file))
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
