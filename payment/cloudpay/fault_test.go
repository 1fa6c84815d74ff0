package cloudpay_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"frontdesk/payment"
)

// dialed reports the error by which the till knows that it is offline.
func dialed(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// What is not Cloud Pay's authenticated answer leaves the money unknown, whatever
// it says.
func TestAWrongAnswerLeavesTheMoneyUnknown(t *testing.T) {
	paid := done("micro_pay", orderIs("wxpay", 2))
	raw := func(body string) func(http.ResponseWriter, request) {
		return func(w http.ResponseWriter, _ request) { fmt.Fprint(w, body) }
	}
	tests := map[string]struct {
		answer func(http.ResponseWriter, request)
		reason payment.Reason
	}{
		"not authenticated":  {unsigned(paid), ""},
		"another key":        {raw(envelope(paid, code("another key, of 32 characters...", paid))), payment.ReasonWrongKeys},
		"changed on the way": {raw(strings.Replace(envelope(paid, code(authKey, paid)), "12850", "12851", 1)), payment.ReasonWrongKeys},
		"an old page":        {raw("<html>Welcome to the hotel</html>"), ""},
		"nothing":            {raw(""), ""},
		"somebody's JSON":    {raw(`{"ok":true}`), ""},
		"half an answer":     {raw(envelope(paid, code(authKey, paid))[:200]), ""},
		"a 502": {func(w http.ResponseWriter, r request) {
			w.WriteHeader(http.StatusBadGateway)
			authentic(paid)(w, r)
		}, ""},
		"a redirect": {func(w http.ResponseWriter, r request) {
			w.Header().Set("Location", "http://127.0.0.1:1/cpay/micro_pay")
			w.WriteHeader(http.StatusTemporaryRedirect)
			authentic(paid)(w, r)
		}, ""},
		"without an end": {func(w http.ResponseWriter, _ request) {
			blanks := bytes.Repeat([]byte(" "), 1<<16)
			for range 32 {
				_, _ = w.Write(blanks)
			}
			fmt.Fprint(w, envelope(paid, code(authKey, paid)))
		}, ""},
		"the wrong key, says the other side": {unsigned(refusal(101, 7, "参数authen_code错误.")), payment.ReasonMerchantSetup},
		"unknown there too":                  {unsigned(refusal(3, 0, "")), ""},
	}
	for name, tt := range tests {
		g := newGateway(t, tt.answer)
		channel := newChannel(t, config(g.URL))
		out := channel.Pay(t.Context(), payRequest())
		if out.Result != payment.Unknown || out.Detail == nil || out.Reason != tt.reason {
			t.Errorf("%s: %+v", name, out)
		}
		if n := len(g.sent()); n != 1 {
			t.Errorf("%s: %d requests", name, n)
		}
		if out := channel.Query(t.Context(), theOrder); out.Result != payment.Unknown {
			t.Errorf("%s: the query says %+v", name, out)
		}
		if out := channel.Refund(t.Context(), refundRequest()); out.State != payment.RefundUnknown {
			t.Errorf("%s: the refund says %+v", name, out)
		}
	}
}

// The platform gives whole pay codes back, and quotes what it does not like. None
// of it may be in a log or an error, and no key.
func TestNoSecretIsLogged(t *testing.T) {
	var log bytes.Buffer
	g := newGateway(t, func(w http.ResponseWriter, r request) {
		switch r.Name {
		case "micro_pay":
			authentic(refusal(104, 500, `author_code "`+payCode.Raw()+`" 余额不足`))(w, r)
		default:
			authentic(done(r.Name, orderIs("wxpay", 9, `,"author_code":"`+payCode.Raw()+`"`)))(w, r)
		}
	})
	c := config(g.URL)
	c.SignKey = pemOf(rsaKey())
	c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	channel := newChannel(t, c)
	out := channel.Pay(t.Context(), payRequest())
	asked := channel.Query(t.Context(), theOrder)
	broken := newChannel(t, config(nobody(t))).Pay(t.Context(), payRequest())
	all := log.String() + fmt.Sprintf("%+v %+v %v %v %#v %+v %d %s %v", out, asked, broken, broken.Detail, channel, c, c, channel, &c)
	for what, secret := range map[string]string{"the pay code": payCode.Raw(), "the key": authKey, "the private key": strings.Split(c.SignKey, "\n")[1]} {
		if strings.Contains(all, secret) {
			t.Errorf("%s is in\n%s", what, all)
		}
	}
	for _, want := range []string{"13…9456", `status=104`, `internal_status=500`, `log_id=1912969760`, "余额不足", orderNo} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("%s is not in the log:\n%s", want, log.String())
		}
	}
}
