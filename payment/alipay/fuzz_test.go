package alipay_test

import (
	"context"
	"net/http"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

// Whatever bytes come, nobody here believes them without the signature, and
// nothing breaks.
func FuzzAnyBytes(f *testing.F) {
	for _, s := range []string{success, `null`, `{}`, `{"alipay_trade_pay_response":null}`, `{"error_response":null}`, `{"alipay_trade_pay_response":"x","sign":"x"}`,
		`{"alipay_trade_pay_response":` + success + `,"sign":"AAAA"}`, `{"alipay_trade_pay_response":` + success + `}`, `{"alipay_trade_pay_response":{"code":"10000"},"sign":"A"}`} {
		f.Add([]byte(s))
	}
	var canned wiretest.Canned
	c := config("http://127.0.0.1:1/")
	c.Transport = &canned
	channel, err := alipay.New(c)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		canned.Say(http.StatusOK, answer)
		if out := channel.Pay(context.Background(), payRequest()); out.Result != payment.Unknown || out.Detail == nil {
			t.Fatalf("%+v", out)
		}
	})
}
