package data

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockAt is far behind the file's text: on Windows a locked range cannot be
// read by others, and they must be able to read who holds it.
const lockAt = 1 << 30

func lockRange() *windows.Overlapped { return &windows.Overlapped{Offset: lockAt} }

func tryLock(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, lockRange())
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return errHeld
	}
	return err
}

func unlock(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, lockRange())
}
