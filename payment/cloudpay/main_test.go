package cloudpay_test

import (
	"os"
	"slices"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/wire/wiretest"
)

var outside wiretest.Fence

func TestMain(m *testing.M) { os.Exit(outside.Run(m)) }

func TestWithoutAnOwnAddressTheRequestsGoToCloudPay(t *testing.T) {
	outside.Take()
	if out := newChannel(t, config()).Query(t.Context(), theOrder); out.Result != payment.Unknown {
		t.Errorf("a request that the proxy refused is %s", out.Result)
	}
	if want := []string{"pay.qcloud.com:443", "sz.pay.qcloud.com:443", "sh.pay.qcloud.com:443", "tj.pay.qcloud.com:443"}; !slices.Equal(outside.Take(), want) {
		t.Errorf("the requests did not want to go to %q, one after the other", want)
	}
}
