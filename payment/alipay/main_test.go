package alipay_test

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
	"frontdesk/payment/alipay"
)

// proxy stands between the tests and the world: whatever is not loopback is
// sent to it, and it refuses. So no test can reach the real Alipay, and a test
// can see where a request wanted to go.
type proxy struct {
	net.Listener
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
	outside.Listener = listener
	go outside.refuse()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
		os.Setenv(name, "http://"+listener.Addr().String())
	}
	os.Setenv("NO_PROXY", "")
	os.Setenv("no_proxy", "")
	code := m.Run()
	listener.Close()
	os.Exit(code)
}

func (p *proxy) refuse() {
	for {
		conn, err := p.Accept()
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

func TestWithoutAnOwnAddressTheRequestsGoToAlipay(t *testing.T) {
	for _, tt := range []struct {
		sandbox bool
		host    string
	}{
		{false, "openapi.alipay.com:443"},
		{true, "openapi-sandbox.dl.alipaydev.com:443"},
	} {
		c := config("")
		c.Sandbox = tt.sandbox
		outside.take()
		out := newChannel(t, c).Pay(t.Context(), payRequest())
		if out.Result != payment.Unknown {
			t.Errorf("sandbox %v: a request that the proxy refused is %s", tt.sandbox, out.Result)
		}
		if got := outside.take(); !slices.Equal(got, []string{tt.host}) {
			t.Errorf("sandbox %v: the request wanted to go to %q, want %s once", tt.sandbox, got, tt.host)
		}
	}
}

// The guard of all other tests: with an own address, nothing leaves loopback.
func TestWithAnOwnAddressNothingLeavesThisComputer(t *testing.T) {
	outside.take()
	for _, sandbox := range []bool{false, true} {
		g := answers(t, `{"code":"10003","out_trade_no":"`+orderNo+`"}`)
		c := config("  " + g.URL + "/gateway.do \n")
		c.Sandbox = sandbox
		channel := newChannel(t, c)
		if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Waiting {
			t.Errorf("sandbox %v: %+v", sandbox, out)
		}
		if kind := channel.Probe(t.Context()).Kind; kind == alipay.ProbeNetwork {
			t.Errorf("sandbox %v: the probe went elsewhere", sandbox)
		}
	}
	if got := outside.take(); len(got) > 0 {
		t.Errorf("requests wanted to leave for %q", got)
	}
}
