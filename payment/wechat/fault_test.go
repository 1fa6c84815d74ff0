package wechat_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wechat"
)

// yes is a yes to this request, if only it could be believed: a body of v3, or
// the fields of v2.
func yes(r request) (body string, fields map[string]string) {
	settled := []string{"out_trade_no", depositNo, "transaction_id", transactionID, "total_fee", "50000", "time_end", timeEnds}
	switch r.Call {
	case "native":
		return `{"code_url":"weixin://wxpay/bizpayurl?pr=p4lpSuKzz"}`, nil
	case "refund", "refund query":
		return giveBack("SUCCESS", `,"refund":2850`), nil
	case "bill":
		return billAt(lastWeek, billURL), nil
	case "bill file":
		return billOf(lastWeek), nil
	case "/deposit/orderquery":
		return "", signedFields(append(settled, "trade_state", "CONSUMED", "consume_fee", "33800")...)
	case "/deposit/refund":
		return "", signedFields(append(settled, "out_refund_no", captureRefund().RequestNo)...)
	case "/deposit/refundquery":
		return "", signedFields(append(settled, "out_refund_no_0", captureRefund().RequestNo, "refund_status_0", "SUCCESS", "refund_fee_0", "3800")...)
	}
	if r.Fields != nil {
		return "", signedFields(settled...)
	}
	return strings.Replace(paidOrder("SUCCESS", "NATIVE"), appID+`","mchid":"`+mchID, spAppID+`","sp_mchid":"`+spMchID, 1), nil
}

// text is the same as it goes over the wire.
func wireText(r request) string {
	body, fields := yes(r)
	if fields != nil {
		return xmlOf(fields)
	}
	return body
}

// sayYes answers it, signed.
func sayYes(w http.ResponseWriter, r request) {
	if r.Fields == nil {
		byWeChat().headers(w.Header(), wireText(r))
	}
	io.WriteString(w, wireText(r))
}

// everything asks all that a Channel can be asked and returns what each said of
// the money.
func everything(ctx context.Context, c *wechat.Channel) map[string]string {
	qr, shown := c.ShowQR(ctx, qrRequest())
	return map[string]string{
		"pay":           string(c.Pay(ctx, payRequest()).Result),
		"qr":            string(shown.Result) + qr,
		"query":         string(c.Query(ctx, theOrder).Result),
		"cancel":        string(c.Cancel(ctx, theOrder).Result),
		"refund":        string(c.Refund(ctx, refundRequest()).State),
		"refund query":  string(c.QueryRefund(ctx, refundRequest()).State),
		"hold":          string(c.Hold(ctx, holdRequest()).Result),
		"hold query":    string(c.QueryHold(ctx, theHold).Result),
		"hold cancel":   string(c.CancelHold(ctx, theHold).Result),
		"capture":       string(c.Capture(ctx, captureRequest()).State),
		"capture query": string(c.QueryCapture(ctx, captureRequest()).State),
		"release":       string(c.Release(ctx, releaseRequest()).State),
		"release query": string(c.QueryRelease(ctx, releaseRequest()).State),
		"give back":     string(c.RefundCapture(ctx, captureRefund()).State),
		"back query":    string(c.QueryCaptureRefund(ctx, captureRefund()).State),
		"bill":          told(c.Bill(ctx, lastWeek)),
	}
}

// Beside the broken lines and the strange answers of channeltest, which no channel
// may believe, those of WeChat's own form.
func TestWhatCannotBeBelievedIsUnknown(t *testing.T) {
	plain := func(text string) answer {
		return func(w http.ResponseWriter, _ request) { io.WriteString(w, text) }
	}
	status := func(n int) answer {
		return func(w http.ResponseWriter, r request) {
			if r.Fields == nil {
				byWeChat().headers(w.Header(), wireText(r))
			}
			w.WriteHeader(n)
			io.WriteString(w, wireText(r))
		}
	}
	changed := func(change func(h http.Header)) answer {
		return func(w http.ResponseWriter, r request) {
			if r.Fields != nil { // the signature of v2 is in the text
				_, fields := yes(r)
				delete(fields, "sign")
				io.WriteString(w, xmlOf(fields))
				return
			}
			byWeChat().headers(w.Header(), wireText(r))
			change(w.Header())
			io.WriteString(w, wireText(r))
		}
	}
	by := func(s signer, key string) answer {
		return func(w http.ResponseWriter, r request) {
			body, fields := yes(r)
			if fields != nil {
				fields["sign"] = signV2(fields, key)
				io.WriteString(w, xmlOf(fields))
				return
			}
			s.headers(w.Header(), body)
			io.WriteString(w, body)
		}
	}
	otherKey := strings.Repeat("x", 32)
	tests := map[string]answer{
		"a signed yes with status 201": status(http.StatusCreated),
		"a signed yes with status 403": status(http.StatusForbidden),
		"a well-formed page":           plain("<html><body>Welcome</body></html>"),
		"white space":                  plain("   \n"),
		"a number":                     plain("1"),
		"a list":                       plain("[]"),
		"a signed list":                says(200, "[]"),
		"a signed null":                says(200, "null"),
		"signed noise":                 says(200, "noise"),
		"without a time":               changed(func(h http.Header) { h.Del("Wechatpay-Timestamp") }),
		"with a time of words":         changed(func(h http.Header) { h.Set("Wechatpay-Timestamp", "now") }),
		"without a nonce":              changed(func(h http.Header) { h.Del("Wechatpay-Nonce") }),
		"without a key's name":         changed(func(h http.Header) { h.Del("Wechatpay-Serial") }),
		"with another key's":           changed(func(h http.Header) { h.Set("Wechatpay-Serial", "PUB_KEY_ID_9999999999999999") }),
		"without a signature":          changed(func(h http.Header) { h.Del("Wechatpay-Signature") }),
		"a signature of words":         changed(func(h http.Header) { h.Set("Wechatpay-Signature", "no base64!") }),
		"another nonce":                changed(func(h http.Header) { h.Set("Wechatpay-Nonce", "another") }),
		"signed by the merchant":       by(signer{key: keys().merchant.key, serial: keyID}, ""),
		"signed six minutes ago":       by(signer{key: keys().platform.key, serial: keyID, off: -6 * time.Minute}, otherKey),
		"signed in six minutes":        by(signer{key: keys().platform.key, serial: keyID, off: 6 * time.Minute}, otherKey),
		"signed, then changed": func(w http.ResponseWriter, r request) {
			byWeChat().headers(w.Header(), wireText(r)+" ")
			io.WriteString(w, strings.Replace(wireText(r), "5K8264", "5K8265", 1))
		},
		"an unsigned refusal": func(w http.ResponseWriter, r request) {
			if r.Fields != nil {
				plain(`<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>`)(w, r)
				return
			}
			unsigned(400, `{"code":"NOT_ENOUGH"}`)(w, r)
		},
		"an unsigned no such order": func(w http.ResponseWriter, r request) {
			if r.Fields != nil {
				plain(`<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>ORDERNOTEXIST</err_code></xml>`)(w, r)
				return
			}
			unsigned(404, notFound)(w, r)
		},
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			g := newGateway(t, answer)
			channel := newChannel(t, partner(g.URL))
			for how, got := range everything(t.Context(), channel) {
				if got != "unknown" {
					t.Errorf("%s: %s", how, got)
				}
			}
			if kind := channel.Probe(t.Context()).Kind; kind == wechat.ProbeGood {
				t.Error("the doctor is content")
			}
		})
	}
}

// The proof of the table above: the same answer, signed, is a yes to all that
// one and the same state can be a yes to.
func TestTheSameAnswerSignedIsBelieved(t *testing.T) {
	g := newGateway(t, sayYes)
	got := everything(t.Context(), newChannel(t, partner(g.URL)))
	want := map[string]string{"pay": "paid", "qr": "waitingweixin://wxpay/bizpayurl?pr=p4lpSuKzz", "query": "paid", "cancel": "failed",
		"refund": "done", "refund query": "done", "hold": "held", "hold query": "held", "hold cancel": "failed",
		"capture": "done", "capture query": "done", "release": "refused", "release query": "unknown", "give back": "done", "back query": "done",
		"bill": "told 3"}
	for how := range got {
		if got[how] != want[how] {
			t.Errorf("%s: %s, want %s", how, got[how], want[how])
		}
	}
}

func TestAYesThatCannotBeVerifiedIsToldToTheManager(t *testing.T) {
	body := paidOrder("SUCCESS", "MICROPAY")
	for name, s := range map[string]signer{
		"by a stranger": {key: keys().stranger.key, serial: keyID},
		"too old":       {key: keys().platform.key, serial: keyID, off: -5 * time.Minute},
		"too new":       {key: keys().platform.key, serial: keyID, off: 5*time.Minute + 30*time.Second},
	} {
		g := newGateway(t, func(w http.ResponseWriter, _ request) {
			s.headers(w.Header(), body)
			io.WriteString(w, body)
		})
		if out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest()); out.Result != payment.Unknown || out.Reason != payment.ReasonWrongKeys || out.Detail == nil {
			t.Errorf("%s: %+v", name, out)
		}
	}
	g := newGateway(t, unsigned(200, body))
	if out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest()); out.Result != payment.Unknown || out.Reason != payment.ReasonWrongKeys {
		t.Errorf("unsigned: %+v", out)
	}
	// A page of somebody else's says nothing of the keys.
	g = newGateway(t, unsigned(200, "<html>"))
	if out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest()); out.Result != payment.Unknown || out.Reason != payment.ReasonNone {
		t.Errorf("a page: %+v", out)
	}
	// Almost five minutes are believed.
	g = newGateway(t, func(w http.ResponseWriter, _ request) {
		signer{key: keys().platform.key, serial: keyID, off: -4*time.Minute - 50*time.Second}.headers(w.Header(), body)
		io.WriteString(w, body)
	})
	if out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest()); out.Result != payment.Paid {
		t.Errorf("almost five minutes: %+v", out)
	}
}

// The earliest refusals are not signed. They are handed on for the manager; the
// money stays unknown.
func TestAnUnsignedRefusalIsToldAndNotBelieved(t *testing.T) {
	for _, tt := range []struct {
		status int
		code   string
		reason payment.Reason
	}{
		{401, "SIGN_ERROR", payment.ReasonMerchantSetup},
		{403, "NO_AUTH", payment.ReasonMerchantSetup},
		{400, "MCH_NOT_EXISTS", payment.ReasonMerchantSetup},
		{429, "FREQUENCY_LIMITED", payment.ReasonBusy},
		{400, "AUTH_CODE_INVALID", payment.ReasonNone}, // "scan again" would be a promise
		{403, "MOON_IS_FULL", payment.ReasonNone},
	} {
		g := newGateway(t, unsigned(tt.status, `{"code":"`+tt.code+`"}`))
		out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest())
		if out.Result != payment.Unknown || out.Reason != tt.reason || out.Code != tt.code {
			t.Errorf("%s: %+v", tt.code, out)
		}
	}
}
