//go:build !windows

package printer

import (
	"strings"
	"syscall"
)

// openFlag keeps the opening of a device from waiting for it, and lets writes
// have an end.
const openFlag = syscall.O_NONBLOCK

// isDevicePath reports whether a missing path stands for an unplugged device.
func isDevicePath(path string) bool { return strings.HasPrefix(path, "/dev/") }
