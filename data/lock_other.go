//go:build !windows

package data

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// flock belongs to the open file, not to the process as fcntl locks do: closing
// another descriptor of the same file does not drop it.
func tryLock(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return errHeld
	}
	return err
}

func unlock(f *os.File) error { return unix.Flock(int(f.Fd()), unix.LOCK_UN) }
