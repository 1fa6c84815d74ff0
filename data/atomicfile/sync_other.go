//go:build !windows

package atomicfile

import (
	"errors"
	"os"
	"syscall"
)

// SyncFolder makes a new name in dir survive a power cut. Some network file
// systems know no such thing for folders; that is no failure.
func SyncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}
