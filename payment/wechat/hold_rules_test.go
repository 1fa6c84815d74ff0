package wechat_test

import (
	"strings"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/wechat"
	"frontdesk/payment/wire/wiretest"
)

// What WeChat's deposits cannot do is refused here, and nothing is sent.
func TestWhatDepositsCannotDo(t *testing.T) {
	g := newGateway(t, nil)
	channel := newChannel(t, partner(g.URL))
	if got, want := channel.HoldRules(payment.WalletWeChat), (payment.HoldRules{Holds: true}); got != want {
		t.Errorf("rules %+v", got)
	}
	if got := channel.HoldRules(payment.WalletAlipay); got != (payment.HoldRules{}) {
		t.Errorf("of another wallet: %+v", got)
	}
	if text, out := channel.HoldQR(t.Context(), holdRequest()); text != "" || out.Result != payment.Failed || out.Reason != payment.ReasonRequest {
		t.Errorf("QR: %q %+v", text, out)
	}
	for name, change := range map[string]func(*payment.CaptureRequest){
		"keep the rest":      func(q *payment.CaptureRequest) { q.ReleaseRest = false },
		"nothing":            func(q *payment.CaptureRequest) { q.Capture = 0 },
		"more than was held": func(q *payment.CaptureRequest) { q.Capture = deposit + 1 },
		"no number":          func(q *payment.CaptureRequest) { q.OutTradeNo = "" },
		"of nothing":         func(q *payment.CaptureRequest) { q.AuthNo = "" },
	} {
		q := captureRequest()
		change(&q)
		wiretest.RefusesCapture(t, name, channel, q)
	}
	for name, change := range map[string]func(*payment.ReleaseRequest){
		"a part":             func(q *payment.ReleaseRequest) { q.Release-- },
		"more than was held": func(q *payment.ReleaseRequest) { q.Release++ },
		"no number":          func(q *payment.ReleaseRequest) { q.ReleaseNo = "" },
	} {
		q := releaseRequest()
		change(&q)
		wiretest.RefusesRelease(t, name, channel, q)
	}
	for name, change := range map[string]func(*payment.CaptureRefundRequest){
		"nothing":                func(q *payment.CaptureRefundRequest) { q.Refund = 0 },
		"more than was captured": func(q *payment.CaptureRefundRequest) { q.Refund = roomCharge + 1 },
		"no number":              func(q *payment.CaptureRefundRequest) { q.RequestNo = "" },
	} {
		q := captureRefund()
		change(&q)
		if out := channel.RefundCapture(t.Context(), q); out.State != payment.RefundRefused || out.Reason != payment.ReasonRequest {
			t.Errorf("refund, %s: %+v", name, out)
		}
		if out := channel.QueryCaptureRefund(t.Context(), q); out.State != payment.RefundUnknown || out.Found {
			t.Errorf("refund query, %s: %+v", name, out)
		}
	}
	if len(g.sent()) > 0 {
		t.Errorf("sent %s", g.calls())
	}
}

// A merchant who signs for itself has no deposits at WeChat; a provider needs the
// v2 key. Nobody knows then what became of one that was taken before.
func TestWithoutDepositsNothingIsSentAndNothingDenied(t *testing.T) {
	withoutKey := partner("")
	withoutKey.APIv2Key = ""
	withKey := config("")
	withKey.APIv2Key = v2Key // of no use
	for code, set := range map[string]wechat.Config{"DEPOSIT_PARTNER_ONLY": withKey, "DEPOSIT_KEY_MISSING": withoutKey} {
		g := newGateway(t, nil)
		set.Gateway = g.URL
		channel := newChannel(t, set)
		if got := channel.HoldRules(payment.WalletWeChat); got != (payment.HoldRules{}) {
			t.Errorf("%s: rules %+v", code, got)
		}
		if out := channel.Hold(t.Context(), holdRequest()); out.Result != payment.Failed || out.Reason != payment.ReasonMerchantSetup || out.Code != code {
			t.Errorf("%s: hold %+v", code, out)
		}
		for how, out := range map[string]payment.HoldOutcome{"query": channel.QueryHold(t.Context(), theHold), "cancel": channel.CancelHold(t.Context(), theHold)} {
			if out.Result != payment.Unknown || out.Reason != payment.ReasonMerchantSetup || out.Code != code {
				t.Errorf("%s: %s %+v", code, how, out)
			}
		}
		steps := map[string]payment.StepOutcome{"capture": channel.Capture(t.Context(), captureRequest()), "capture query": channel.QueryCapture(t.Context(), captureRequest()),
			"release": channel.Release(t.Context(), releaseRequest()), "release query": channel.QueryRelease(t.Context(), releaseRequest())}
		for how, out := range steps {
			if out.State != payment.RefundUnknown || out.Reason != payment.ReasonMerchantSetup || out.Code != code || out.Found {
				t.Errorf("%s: %s %+v", code, how, out)
			}
		}
		for how, out := range map[string]payment.RefundOutcome{"refund": channel.RefundCapture(t.Context(), captureRefund()), "refund query": channel.QueryCaptureRefund(t.Context(), captureRefund())} {
			if out.State != payment.RefundUnknown || out.Reason != payment.ReasonMerchantSetup || out.Code != code || out.Found {
				t.Errorf("%s: %s %+v", code, how, out)
			}
		}
		if len(g.sent()) > 0 {
			t.Errorf("%s: sent %s", code, g.calls())
		}
	}
}

// A deposit's reason is cut where WeChat cuts it.
func TestADepositsTextsFitWeChat(t *testing.T) {
	g := newGateway(t, refusesV2("SYSTEMERROR"))
	channel := newChannel(t, partner(g.URL))
	q, r := holdRequest(), captureRefund()
	q.Subject, r.Reason = strings.Repeat("房", 60)+"\n", strings.Repeat("退", 30)
	channel.Hold(t.Context(), q)
	channel.RefundCapture(t.Context(), r)
	sent := g.sent()
	if got := sent[0].Fields["body"]; got != strings.Repeat("房", 42) {
		t.Errorf("body %q", got)
	}
	if got := sent[1].Fields["refund_desc"]; got != strings.Repeat("退", 23) {
		t.Errorf("reason %q", got)
	}
	for given, body := range map[string]string{" ": depositNo, "a,`b": "a,'b"} {
		before := len(g.sent())
		q.Subject, q.ReceiptNo = given, given
		channel.Hold(t.Context(), q)
		if got := g.sent()[before].Fields; got["body"] != body || strings.Contains(got["attach"], "`") {
			t.Errorf("body %q, attach %q", got["body"], got["attach"])
		}
	}
}
