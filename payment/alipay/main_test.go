package alipay_test

import (
	"os"
	"slices"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

var outside wiretest.Fence

func TestMain(m *testing.M) { os.Exit(outside.Run(m)) }

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
		outside.Take()
		out := newChannel(t, c).Pay(t.Context(), payRequest())
		if out.Result != payment.Unknown {
			t.Errorf("sandbox %v: a request that the proxy refused is %s", tt.sandbox, out.Result)
		}
		if got := outside.Take(); !slices.Equal(got, []string{tt.host}) {
			t.Errorf("sandbox %v: the request wanted to go to %q, want %s once", tt.sandbox, got, tt.host)
		}
	}
}

// The guard of all other tests: with an own address, nothing leaves loopback.
func TestWithAnOwnAddressNothingLeavesThisComputer(t *testing.T) {
	outside.Take()
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
	if got := outside.Take(); len(got) > 0 {
		t.Errorf("requests wanted to leave for %q", got)
	}
}
