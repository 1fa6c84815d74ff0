package printer

import (
	"net"

	"golang.org/x/sys/unix"
)

// unsent is how many bytes the printer has not acknowledged yet. A printer that
// is off-line takes a connection and then nothing.
func unsent(conn *net.TCPConn) int {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0
	}
	var n int
	var ioctlErr error
	if err := raw.Control(func(fd uintptr) { n, ioctlErr = unix.IoctlGetInt(int(fd), unix.SIOCOUTQ) }); err != nil || ioctlErr != nil {
		return 0
	}
	return n
}
