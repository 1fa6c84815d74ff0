package printer

import "strings"

const openFlag = 0

// isDevicePath reports whether a missing path stands for an unplugged device.
func isDevicePath(path string) bool { return strings.HasPrefix(path, `\\.\`) }
