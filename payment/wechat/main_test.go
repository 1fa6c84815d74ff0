package wechat_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"

	"frontdesk/payment"
)

// proxy stands between the tests and the world: whatever is not loopback is
// sent to it, and it refuses. So no test can reach the real WeChat, and a test
// can see where a request wanted to go.
type proxy struct {
	mu     sync.Mutex
	wanted []string
}

var outside = &proxy{}

func TestMain(m *testing.M) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	go outside.refuse(listener)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
		os.Setenv(name, "http://"+listener.Addr().String())
	}
	os.Setenv("NO_PROXY", "")
	os.Setenv("no_proxy", "")
	code := m.Run()
	listener.Close()
	os.Exit(code)
}

func (p *proxy) refuse(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		if r, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			p.mu.Lock()
			p.wanted = append(p.wanted, r.Host)
			p.mu.Unlock()
		}
		fmt.Fprint(conn, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
		conn.Close()
	}
}

// take is the hosts that were wanted since the last time.
func (p *proxy) take() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	wanted := p.wanted
	p.wanted = nil
	return wanted
}

func TestWithoutAnOwnAddressTheRequestsGoToWeChat(t *testing.T) {
	outside.take()
	channel := newChannel(t, partner(""))
	if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Unknown {
		t.Errorf("a request that the proxy refused is %s", out.Result)
	}
	if out := channel.Hold(t.Context(), holdRequest()); out.Result != payment.Unknown {
		t.Errorf("a deposit that the proxy refused is %s", out.Result)
	}
	if out := channel.Release(t.Context(), releaseRequest()); out.State != payment.RefundUnknown {
		t.Errorf("a release that the proxy refused is %s", out.State)
	}
	if got := slices.Compact(outside.take()); !slices.Equal(got, []string{"api.mch.weixin.qq.com:443"}) {
		t.Errorf("the requests wanted to go to %q", got)
	}
}

// The guard of all other tests: with an own address, nothing leaves loopback.
func TestWithAnOwnAddressNothingLeavesThisComputer(t *testing.T) {
	outside.take()
	g := newGateway(t, says(202, order("USERPAYING", "")))
	channel := newChannel(t, config("  "+g.URL+"/ \n"))
	if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Waiting {
		t.Errorf("%+v", out)
	}
	channel.Cancel(t.Context(), theOrder)
	channel.Probe(t.Context())
	if got := outside.take(); len(got) > 0 {
		t.Errorf("requests wanted to leave for %q", got)
	}
}
