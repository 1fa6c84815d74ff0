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
	"frontdesk/payment/wire/wiretest"
)

// dialed reports the error by which the till knows that it is offline.
func dialed(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// What is not Cloud Pay's authenticated answer leaves the money unknown, whatever
// it says. Broken lines and strange answers are in channeltest.
func TestAWrongAnswerLeavesTheMoneyUnknown(t *testing.T) {
	paid := done("micro_pay", orderIs("wxpay", 2))
	raw := func(body string) func(http.ResponseWriter, request) {
		return func(w http.ResponseWriter, _ request) { fmt.Fprint(w, body) }
	}
	tests := map[string]struct {
		answer func(http.ResponseWriter, request)
		reason payment.Reason
	}{
		"not authenticated":                  {unsigned(paid), ""},
		"another key":                        {raw(envelope(paid, code("another key, of 32 characters...", paid))), payment.ReasonWrongKeys},
		"changed on the way":                 {raw(strings.Replace(envelope(paid, code(authKey, paid)), "12850", "12851", 1)), payment.ReasonWrongKeys},
		"somebody's JSON":                    {raw(`{"ok":true}`), ""},
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
	wiretest.KeepsSecrets(t,
		map[string]string{"the log": log.String()},
		map[string]any{"the outcome": out, "the query": asked, "offline": broken, "its detail": broken.Detail, "the channel": channel, "the config": c, "the config's pointer": &c},
		map[string]string{"pay code": payCode.Raw(), "key": authKey, "private key": strings.Split(c.SignKey, "\n")[1]})
	for _, want := range []string{"13…9456", `status=104`, `internal_status=500`, `log_id=1912969760`, "余额不足", orderNo} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("%s is not in the log:\n%s", want, log.String())
		}
	}
}
