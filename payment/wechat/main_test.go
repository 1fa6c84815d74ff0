package wechat_test

import (
	"os"
	"slices"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/wire/wiretest"
)

var outside wiretest.Fence

func TestMain(m *testing.M) { os.Exit(outside.Run(m)) }

func TestWithoutAnOwnAddressTheRequestsGoToWeChat(t *testing.T) {
	outside.Take()
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
	if got := slices.Compact(outside.Take()); !slices.Equal(got, []string{"api.mch.weixin.qq.com:443"}) {
		t.Errorf("the requests wanted to go to %q", got)
	}
}

// The guard of all other tests: with an own address, nothing leaves loopback.
func TestWithAnOwnAddressNothingLeavesThisComputer(t *testing.T) {
	outside.Take()
	g := newGateway(t, says(202, order("USERPAYING", "")))
	channel := newChannel(t, config("  "+g.URL+"/ \n"))
	if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Waiting {
		t.Errorf("%+v", out)
	}
	channel.Cancel(t.Context(), theOrder)
	channel.Probe(t.Context())
	if got := outside.Take(); len(got) > 0 {
		t.Errorf("requests wanted to leave for %q", got)
	}
}
