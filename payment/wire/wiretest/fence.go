package wiretest

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"testing"
)

// Fence stands between a package's tests and the world: whatever is not loopback
// is sent to it, and it refuses. So no test can reach a real service, and a test
// can see where a request wanted to go.
type Fence struct {
	mu     sync.Mutex
	wanted []string
}

// Run is what TestMain hands to os.Exit. It sets the proxy of this process,
// which net/http reads once, before the first request.
func (f *Fence) Run(m *testing.M) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer listener.Close()
	go f.refuse(listener)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
		os.Setenv(name, "http://"+listener.Addr().String())
	}
	os.Setenv("NO_PROXY", "")
	os.Setenv("no_proxy", "")
	return m.Run()
}

func (f *Fence) refuse(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		if r, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			f.mu.Lock()
			f.wanted = append(f.wanted, r.Host)
			f.mu.Unlock()
		}
		fmt.Fprint(conn, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
		conn.Close()
	}
}

// Take is the hosts that were wanted since the last time, "name:port" each.
func (f *Fence) Take() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	wanted := f.wanted
	f.wanted = nil
	return wanted
}
