package alipay_test

import (
	"net/http"
	"strings"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/channeltest"
	"frontdesk/payment/paysim"
)

// What every channel promises.
func TestConformance(t *testing.T) {
	channeltest.Run(t, channeltest.Bench{
		New: func(t testing.TB, sim *paysim.Sim, with channeltest.With) payment.Channel {
			transport := http.DefaultTransport.(*http.Transport).Clone()
			c, err := alipay.New(alipay.Config{
				AppID: sim.AppID, SellerID: sim.SellerID, Gateway: sim.URL(), Sandbox: true,
				PrivateKey: sim.MerchantPrivateKey, PublicKey: sim.AlipayPublicKey, AppAuthToken: sim.AppAuthToken,
				Transport: with.Wrap(transport), Clock: with.Clock, Log: with.Log,
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { c.Close(); transport.CloseIdleConnections() })
			return c
		},
		Wallets: []payment.Wallet{payment.WalletAlipay},
		QRs:     []payment.Wallet{payment.WalletAlipay},
		Refusal: refusalOf,
		Secrets: func(sim *paysim.Sim) []string { return []string{sim.MerchantPrivateKey, sim.AppAuthToken} },

		Discounts: true, RefundDiscounts: true,

		BillDiscounts: true, BillFees: true,
		BillPlain: []string{"downloadBillFile.resource"},
	})
}

// refusalOf is a definite no of each method.
func refusalOf(method string) paysim.Fault {
	sub := map[string]string{
		"alipay.trade.pay":    "ACQ.PAYMENT_REQUEST_HAS_RISK",
		"alipay.trade.cancel": "ACQ.CANCEL_NOT_ALLOWED",
		"alipay.trade.refund": "ACQ.SELLER_BALANCE_NOT_ENOUGH",

		"alipay.fund.auth.order.freeze":     "MONEY_NOT_ENOUGH",
		"alipay.fund.auth.operation.cancel": "CANCEL_OPERATION_TIME_OUT",
		"alipay.fund.auth.order.unfreeze":   "PAYER_USER_STATUS_LIMIT",
	}[method]
	switch {
	case sub != "":
	case strings.HasPrefix(method, "alipay.fund."):
		sub = "ILLEGAL_ARGUMENT"
	default:
		sub = "ACQ.INVALID_PARAMETER"
	}
	return paysim.Fault{SubCode: sub}
}
