package data

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// LockName is the name of the lock file in a data folder.
const LockName = "frontdesk.lock"

// Holder is who owns a data folder. All of it is for people: the lock itself
// is the operating system's.
type Holder struct {
	PID   int       `json:"pid"`   // 0 when the file does not say
	Since time.Time `json:"since"` // UTC
	Host  string    `json:"host"`  // may be empty
}

// Lock is the ownership of a data folder. The operating system drops it when
// the process ends, however it ends, so no lock file is ever stale.
type Lock struct{ file *os.File }

// errHeld is what tryLock returns when somebody else has the lock.
var errHeld = errors.New("held by another process")

// LockFolder takes the lock of dir, which is made when it is missing. It never
// waits: when another process has the lock it returns a *LockedError.
// ErrNoLocks means that the file system cannot lock, so two tills could not be
// kept apart.
func LockFolder(dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("data: make folder: %w", explain(err, dir))
	}
	f, err := os.OpenFile(filepath.Join(dir, LockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("data: open lock: %w", explain(err, dir))
	}
	if err := tryLock(f); err != nil {
		defer f.Close()
		if errors.Is(err, errHeld) {
			return nil, &LockedError{Holder: readHolder(f)}
		}
		return nil, ErrNoLocks.because("%w", err)
	}
	host, _ := os.Hostname() // for people only: without it the sentence is shorter
	text, err := json.Marshal(Holder{PID: os.Getpid(), Since: time.Now().UTC(), Host: host})
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("data: describe lock: %w", err)
	}
	// What is written here only helps people, so a full disk must not keep the
	// till from reading its ledger.
	if err := f.Truncate(0); err == nil {
		f.WriteAt(append(text, '\n'), 0)
	}
	return &Lock{file: f}, nil
}

// Unlock gives the folder free. The file stays: removing it could take away a
// lock that another process has just taken. A second call does nothing.
func (l *Lock) Unlock() error {
	if l == nil || l.file == nil {
		return nil
	}
	l.file.Truncate(0)
	err := unlock(l.file)
	if e := l.file.Close(); err == nil {
		err = e
	}
	l.file = nil
	if err != nil {
		return fmt.Errorf("data: unlock: %w", err)
	}
	return nil
}

func readHolder(f *os.File) Holder {
	var h Holder
	raw, err := io.ReadAll(io.NewSectionReader(f, 0, 4096))
	if err != nil || json.Unmarshal(raw, &h) != nil {
		return Holder{}
	}
	return h
}
