package alipay_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
)

// success is a yes to whatever is asked, if only it could be believed.
const success = `{"code":"10000","msg":"Success",` + answered + `,"trade_status":"TRADE_SUCCESS","action":"close","retry_flag":"N",` +
	`"qr_code":"https://qr.alipay.com/bax000000001","fund_change":"Y","refund_fee":"28.50","out_request_no":"` + refundNo + `","refund_amount":"28.50","refund_status":"REFUND_SUCCESS"}`

func unsigned(node string) func(http.ResponseWriter, request) {
	return func(w http.ResponseWriter, r request) { fmt.Fprintf(w, `{"%s":%s}`, responseName(r.Method), node) }
}

// body writes text, in which NODE is the name of the answer's node and YES one
// that would be a yes.
func body(text string) func(http.ResponseWriter, request) {
	return func(w http.ResponseWriter, r request) {
		fmt.Fprint(w, strings.NewReplacer("NODE", responseName(r.Method), "YES", yes(r)).Replace(text))
	}
}

// yes is a yes to this request, if only it could be believed.
func yes(r request) string {
	if strings.Contains(r.Method, ".fund.") {
		return yesToHold(r)
	}
	return success
}

// everything asks all that a Channel can be asked and returns what each said of
// the money.
func everything(ctx context.Context, c *alipay.Channel) map[string]string {
	qr, shown := c.ShowQR(ctx, qrRequest())
	holdQR, holdShown := c.HoldQR(ctx, holdRequest())
	return map[string]string{
		"hold":          string(c.Hold(ctx, holdRequest()).Result),
		"hold qr":       string(holdShown.Result) + holdQR,
		"hold query":    string(c.QueryHold(ctx, theHold).Result),
		"hold cancel":   string(c.CancelHold(ctx, theHold).Result),
		"capture":       string(c.Capture(ctx, captureRequest()).State),
		"capture query": string(c.QueryCapture(ctx, captureRequest()).State),
		"release":       string(c.Release(ctx, releaseRequest()).State),
		"release query": string(c.QueryRelease(ctx, releaseRequest()).State),

		"pay":          string(c.Pay(ctx, payRequest()).Result),
		"qr":           string(shown.Result) + qr,
		"query":        string(c.Query(ctx, theOrder).Result),
		"cancel":       string(c.Cancel(ctx, theOrder).Result),
		"refund":       string(c.Refund(ctx, refundRequest()).State),
		"refund query": string(c.QueryRefund(ctx, refundRequest()).State),
	}
}

// Beside the broken lines and the strange answers of channeltest, which no channel
// may believe, those of Alipay's own form.
func TestWhatCannotBeBelievedIsUnknown(t *testing.T) {
	tests := map[string]func(http.ResponseWriter, request){
		"a signed yes with status 201": func(w http.ResponseWriter, r request) {
			w.WriteHeader(http.StatusCreated)
			signed(yes(r))(w, r)
		},
		"white space":                 body("   \n"),
		"a number":                    body("1"),
		"a list":                      body("[]"),
		"a null node":                 body(`{"NODE":null}`),
		"a signed null node":          func(w http.ResponseWriter, r request) { signed("null")(w, r) },
		"a null error":                body(`{"error_response":null}`),
		"a node of text":              body(`{"NODE":"aGVsbG8=","sign":"aGVsbG8="}`),
		"a node of broken text":       body(`{"NODE":"\"","sign":"x"}`),
		"a list as node":              body(`{"NODE":[],"sign":""}`),
		"a number as signature":       body(`{"NODE":YES,"sign":1}`),
		"an empty signature":          body(`{"NODE":YES,"sign":""}`),
		"a null signature":            body(`{"NODE":YES,"sign":null}`),
		"a signature that is none":    body(`{"NODE":YES,"sign":"no base64!"}`),
		"another signature":           body(`{"NODE":YES,"sign":"aGVsbG8="}`),
		"an unknown certificate":      body(`{"NODE":YES,"alipay_cert_sn":"00","sign":"aGVsbG8="}`),
		"an error in place of a node": body(`{"error_response":{"code":"40002","sub_code":"isv.invalid-app-id"}}`),
		"unsigned, after a 10003":     body(`{"NODE":{"code":"10003","status":"SUCCESS",` + answered + `}}`),
		"unsigned refusal":            unsigned(refusal("40004", "ACQ.PAYMENT_AUTH_CODE_INVALID")),
		"unsigned, no such order":     unsigned(refusal("40004", "ACQ.TRADE_NOT_EXIST")),
		"unsigned, no such deposit":   unsigned(refusal("40004", "AUTH_ORDER_NOT_EXIST")),
		"signed by the merchant": func(w http.ResponseWriter, r request) {
			io.WriteString(w, envelope(r.Method, yes(r), keys().merchant, yes(r)))
		},
		"signed, then changed": func(w http.ResponseWriter, r request) {
			io.WriteString(w, envelope(r.Method, yes(r), keys().alipay, strings.Replace(yes(r), "msg", "gsm", 1)))
		},
		"the answer to another question": func(w http.ResponseWriter, r request) {
			io.WriteString(w, envelope("alipay.trade.sync", yes(r), keys().alipay, yes(r)))
		},
		"two answers, one signed": func(w http.ResponseWriter, r request) {
			no := refusal("40004", "ACQ.MOON_IS_FULL")
			fmt.Fprintf(w, `{"%[1]s":%[2]s,"%[1]s":%[3]s,"sign":"%[4]s"}`, responseName(r.Method), no, yes(r), sign(keys().alipay, no))
		},
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			g := newGateway(t, answer)
			channel := newChannel(t, config(g.URL))
			for how, got := range everything(t.Context(), channel) {
				if got != "unknown" {
					t.Errorf("%s: %s", how, got)
				}
			}
			if kind := channel.Probe(t.Context()).Kind; kind == alipay.ProbeGood {
				t.Error("the doctor is content")
			}
		})
	}
}

// The proof of the table above: the same answer, signed, is a yes to all.
func TestTheSameAnswerSignedIsBelieved(t *testing.T) {
	g := newGateway(t, func(w http.ResponseWriter, r request) { signed(yes(r))(w, r) })
	got := everything(t.Context(), newChannel(t, config(g.URL)))
	want := map[string]string{"pay": "paid", "qr": "waitinghttps://qr.alipay.com/bax000000001", "query": "paid", "cancel": "closed", "refund": "done", "refund query": "done",
		"hold": "held", "hold qr": "waitinghttps://qr.alipay.com/fpa000000001", "hold query": "held", "hold cancel": "released",
		"capture": "done", "capture query": "done", "release": "done", "release query": "done"}
	for how := range want {
		if got[how] != want[how] {
			t.Errorf("%s: %s, want %s", how, got[how], want[how])
		}
	}
}

// Some of the gateway's machines escape slashes after they have signed.
func TestASignatureMadeBeforeTheSlashesWereEscapedFits(t *testing.T) {
	plain := `{"code":"10000","out_trade_no":"` + orderNo + `","qr_code":"https://qr.alipay.com/bax000000001"}`
	escaped := strings.ReplaceAll(plain, "/", `\/`)
	for name, signedText := range map[string]string{"as sent": escaped, "as it was before": plain} {
		g := newGateway(t, func(w http.ResponseWriter, r request) {
			io.WriteString(w, envelope(r.Method, escaped, keys().alipay, signedText))
		})
		text, out := newChannel(t, config(g.URL)).ShowQR(t.Context(), qrRequest())
		if out.Result != payment.Waiting || text != "https://qr.alipay.com/bax000000001" {
			t.Errorf("signed %s: %q, %+v", name, text, out)
		}
	}
}

func TestAWrongSignatureIsToldToTheManager(t *testing.T) {
	g := newGateway(t, func(w http.ResponseWriter, r request) {
		io.WriteString(w, envelope(r.Method, success, keys().stranger, success))
	})
	out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest())
	if out.Result != payment.Unknown || out.Reason != payment.ReasonWrongKeys || out.Detail == nil {
		t.Errorf("%+v", out)
	}
}

// The earliest refusals of the gateway are not signed. They are handed on for
// the manager; the money stays unknown.
func TestAnUnsignedRefusalIsToldAndNotBelieved(t *testing.T) {
	tests := []struct {
		code, sub string
		reason    payment.Reason
	}{
		{"40002", "isv.invalid-app-id", payment.ReasonMerchantSetup},
		{"40002", "isv.invalid-signature", payment.ReasonMerchantSetup},
		{"40005", "isv.app-call-limited", payment.ReasonBusy},
		{"40004", "ACQ.ACCESS_FORBIDDEN", payment.ReasonMerchantSetup},
		{"40004", "ACQ.PAYMENT_AUTH_CODE_INVALID", payment.ReasonNone}, // "scan again" would be a promise
		{"10000", "", payment.ReasonNone},
	}
	for _, tt := range tests {
		g := newGateway(t, unsigned(refusal(tt.code, tt.sub)))
		out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest())
		if out.Result != payment.Unknown || out.Reason != tt.reason || out.Code != tt.sub {
			t.Errorf("%s %s: %+v", tt.code, tt.sub, out)
		}
	}
}

func TestASlowAnswerEndsAtTheDeadline(t *testing.T) {
	release := make(chan struct{})
	defer close(release) // before the gateways are closed, which wait for their handlers
	slow := map[string]func(http.ResponseWriter, request){
		"nothing comes": func(http.ResponseWriter, request) { <-release },
		"a byte comes": func(w http.ResponseWriter, _ request) {
			io.WriteString(w, "{")
			w.(http.Flusher).Flush()
			<-release
		},
	}
	for name, answer := range slow {
		g := newGateway(t, answer)
		c := config(g.URL)
		c.RequestTimeout = 50 * time.Millisecond
		channel := newChannel(t, c)
		start := time.Now()
		if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Unknown {
			t.Errorf("%s: %+v", name, out)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: the request took %v", name, took)
		}
		if kind := channel.Probe(t.Context()).Kind; kind != alipay.ProbeNetwork {
			t.Errorf("%s: the doctor says %s", name, kind)
		}
	}
}
