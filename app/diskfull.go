package app

import (
	"errors"
	"runtime"
	"syscall"
)

// Windows' words for a full disk: ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
const (
	windowsHandleDiskFull syscall.Errno = 39
	windowsDiskFull       syscall.Errno = 112
)

// isDiskFull reports whether a file could not be written because there is no room
// for it.
func isDiskFull(err error) bool {
	var no syscall.Errno
	if !errors.As(err, &no) {
		return false
	}
	if runtime.GOOS == "windows" {
		return no == windowsHandleDiskFull || no == windowsDiskFull
	}
	return no == syscall.ENOSPC || no == syscall.EDQUOT
}
