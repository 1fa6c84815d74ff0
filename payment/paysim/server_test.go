package paysim

import (
	"net"
	"strings"
	"testing"
)

func TestItListensOnLoopbackOnly(t *testing.T) {
	keys, err := testKeys()
	check(t, err)
	for _, address := range []string{":0", "0.0.0.0:0", "[::]:0", "192.168.1.2:0", "8.8.8.8:0", "example.com:0", "127.0.0.1.example.com:0"} {
		s, err := New(Options{Keys: keys})
		check(t, err)
		wantErr(t, address, s.Start(address), ErrNotLoopback)
		want(t, "URL", s.URL(), "")
		check(t, s.Close())
	}
	for _, address := range []string{"127.0.0.1:0", "127.0.0.2:0", "localhost:0"} {
		s, err := New(Options{Keys: keys})
		check(t, err)
		check(t, s.Start(address))
		host, _, err := net.SplitHostPort(s.server.address)
		check(t, err)
		want(t, address, net.ParseIP(host).IsLoopback(), true)
		check(t, s.Close())
	}
}

func TestStartAndCloseInAnyOrder(t *testing.T) {
	s := startSim(t, Options{})
	if !strings.HasPrefix(s.URL(), "http://127.0.0.1:") || !strings.HasSuffix(s.URL(), "/gateway.do") {
		t.Errorf("URL %q", s.URL())
	}
	wantErr(t, "started twice", s.Start("127.0.0.1:0"), ErrStarted)
	check(t, s.Close())
	check(t, s.Close())
	wantErr(t, "started after the end", s.Start("127.0.0.1:0"), ErrClosed)
	wantErr(t, "offline after the end", s.Offline(true), ErrClosed)
	want(t, "the truth stays", len(s.Truth().Orders), 0)

	keys, err := testKeys()
	check(t, err)
	idle, err := New(Options{Keys: keys})
	check(t, err)
	wantErr(t, "offline before the start", idle.Offline(true), ErrNotStarted)
	check(t, idle.Close())
	if err := startSim(t, Options{}).Start("no address"); err == nil {
		t.Error("a broken address was taken")
	}
}
