package alipay_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
)

// wire answers every request with the same bytes and needs no network.
type wire struct{ answer atomic.Pointer[[]byte] }

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(*w.answer.Load())), Request: r}, nil
}

// Whatever bytes come, nobody here believes them without the signature, and
// nothing breaks.
func FuzzAnyBytes(f *testing.F) {
	for _, s := range []string{success, `null`, `{}`, `{"alipay_trade_pay_response":null}`, `{"error_response":null}`, `{"alipay_trade_pay_response":"x","sign":"x"}`,
		`{"alipay_trade_pay_response":` + success + `,"sign":"AAAA"}`, `{"alipay_trade_pay_response":` + success + `}`, `{"alipay_trade_pay_response":{"code":"10000"},"sign":"A"}`} {
		f.Add([]byte(s))
	}
	var w wire
	c := config("http://127.0.0.1:1/")
	c.Transport = &w
	channel, err := alipay.New(c)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		w.answer.Store(&answer)
		if out := channel.Pay(context.Background(), payRequest()); out.Result != payment.Unknown || out.Detail == nil {
			t.Fatalf("%+v", out)
		}
	})
}
