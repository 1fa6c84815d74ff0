package main

import (
	"net"
	"net/url"
	"testing"
)

// Practice that begins again finds its simulator where it was, and elsewhere
// when that place was taken in the meantime; payments go there either way.
func TestPracticeFindsItsSimulator(t *testing.T) {
	o := options{dir: t.TempDir(), practice: true}
	practise := func() (gateway string) {
		p, err := openBeside(o)()
		if err != nil {
			t.Fatal(err)
		}
		defer p.close()
		if gateway = p.text("alipay.gateway"); gateway != p.sim.URL() {
			t.Errorf("payments go to %s, the simulator is at %s", gateway, p.sim.URL())
		}
		if channels := p.shop.Till.Channels(); len(channels) != 3 {
			t.Errorf("the till takes %v", channels)
		}
		return gateway
	}
	first := practise()
	place, err := url.Parse(first)
	if err != nil {
		t.Fatal(err)
	}
	if again := practise(); again != first && free(place.Host) {
		t.Errorf("the simulator moved from %s to %s", first, again)
	}
	if taken, err := net.Listen("tcp", place.Host); err == nil { // else another program has it already
		defer taken.Close()
	}
	if third := practise(); third == first {
		t.Errorf("the simulator is at %s, which another program has", third)
	}
}

func free(address string) bool {
	l, err := net.Listen("tcp", address)
	if err == nil {
		l.Close()
	}
	return err == nil
}
