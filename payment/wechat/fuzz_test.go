package wechat_test

import (
	"context"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/wechat"
	"frontdesk/payment/wire/wiretest"
)

// Whatever bytes come, nobody here believes them without a signature, and
// nothing breaks.
func FuzzAnyBytes(f *testing.F) {
	for _, s := range []string{``, `null`, `{}`, `[]`, paidOrder("SUCCESS", "MICROPAY"), `{"code":"NOT_ENOUGH"}`, `<xml></xml>`, `<html>`,
		`<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><sign>AA</sign></xml>`, `<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>`} {
		for _, status := range []int{200, 204, 302, 403, 500} {
			f.Add(status, []byte(s))
		}
	}
	var canned wiretest.Canned
	c := partner("http://127.0.0.1:1")
	c.Transport = &canned
	channel, err := wechat.New(c)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 100 || status > 999 {
			return
		}
		canned.Say(status, body)
		if out := channel.Pay(context.Background(), payRequest()); out.Result != payment.Unknown || out.Detail == nil {
			t.Fatalf("%+v", out)
		}
		if out := channel.QueryHold(context.Background(), theHold); out.Result != payment.Unknown || out.Detail == nil {
			t.Fatalf("%+v", out)
		}
	})
}
