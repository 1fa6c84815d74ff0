package cloudpay

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

const (
	testHoldNo    = "010000520q1w2e01006129001"
	testCaptureNo = "010000520q1w2e01006130001"
	testReleaseNo = "010000520q1w2e01006131001"
)

var testHold = payment.Hold{OutOrderNo: testHoldNo, RequestNo: testHoldNo, Amount: 500_00, Wallet: payment.WalletAlipay}

// freezeIs is the object of a deposit in that state.
func freezeIs(platform string, state int, more string) string {
	return fmt.Sprintf(`{"pay_mch_key":{"wxpay_pay_mch_key_ext":{"app_id":"wx998fa95558590e1c","open_id":"ovJrDwsjamQql-k7Zr1Q-EaKFQ0k"}},
		"freeze_order_content":{"out_freeze_no":"%s","freeze_fee":50000,"is_transforming":false,"trade_state":4,"%s_freeze_order_content_ext":{"current_trade_state":%d}%s}}`,
		testHoldNo, platform, state, more)
}

const (
	heldAt  = `,"time_end":1564386782`
	untouch = heldAt + `,"total_consume_fee":0,"total_manual_unfreeze_fee":0,"total_auto_unfreeze_fee":0`
)

func TestWhatTheStatesOfADepositMean(t *testing.T) {
	tests := []struct {
		platform       string
		state          int
		more           string
		hold, query    payment.Result
		known          bool
		rest, captured payment.Amount
	}{
		{"wxpay", 1, "", payment.Waiting, payment.Waiting, false, 0, 0},
		{"wxpay", 2, untouch, payment.Held, payment.Held, true, 500_00, 0},
		{"wxpay", 2, heldAt, payment.Held, payment.Held, false, 0, 0}, // as in the samples, which say no sums
		{"wxpay", 3, "", payment.Waiting, payment.Waiting, false, 0, 0},
		{"wxpay", 4, "", payment.Failed, payment.Closed, false, 0, 0},
		{"wxpay", 5, heldAt + `,"total_consume_fee":12000,"total_manual_unfreeze_fee":38000`, payment.Unknown, payment.Held, true, 0, 120_00},
		{"wxpay", 5, heldAt + `,"total_consume_fee":0,"total_manual_unfreeze_fee":50000`, payment.Unknown, payment.Released, true, 0, 0},
		{"wxpay", 5, heldAt + `,"total_consume_fee":0,"total_manual_unfreeze_fee":0,"total_auto_unfreeze_fee":50000`, payment.Unknown, payment.Released, true, 0, 0},
		{"wxpay", 5, heldAt, payment.Unknown, payment.Unknown, false, 0, 0}, // all gone, and nobody says where
		{"wxpay", 6, "", payment.Failed, payment.Closed, false, 0, 0},
		{"wxpay", 7, "", payment.Unknown, payment.NotFound, false, 0, 0},
		{"wxpay", 8, "", payment.Unknown, payment.Unknown, false, 0, 0},
		{"alipay", 1, "", payment.Waiting, payment.Waiting, false, 0, 0},
		{"alipay", 2, untouch, payment.Held, payment.Held, true, 500_00, 0},
		{"alipay", 2, heldAt + `,"total_consume_fee":12000,"total_manual_unfreeze_fee":"10000"`, payment.Held, payment.Held, true, 280_00, 120_00},
		{"alipay", 2, heldAt + `,"total_consume_fee":12000,"total_manual_unfreeze_fee":8000,"total_auto_unfreeze_fee":10000`, payment.Held, payment.Held, true, 200_00, 120_00},
		{"alipay", 2, heldAt + `,"total_consume_fee":12000,"total_manual_unfreeze_fee":8000,"total_auto_unfreeze_fee":"some"`, payment.Held, payment.Held, false, 0, 0},
		{"alipay", 2, heldAt + `,"total_consume_fee":12000,"total_manual_unfreeze_fee":99000`, payment.Held, payment.Held, false, 0, 0}, // more than there was
		{"alipay", 2, heldAt + `,"total_consume_fee":50000,"total_manual_unfreeze_fee":0`, payment.Held, payment.Held, false, 0, 0},     // gone, and said to stand
		{"alipay", 3, "", payment.Unknown, payment.Closed, false, 0, 0},
		{"alipay", 3, heldAt + `,"total_consume_fee":50000,"total_manual_unfreeze_fee":0`, payment.Unknown, payment.Held, true, 0, 500_00},
		{"alipay", 3, heldAt + `,"total_consume_fee":0,"total_manual_unfreeze_fee":50000`, payment.Unknown, payment.Released, true, 0, 0},
		{"alipay", 3, heldAt, payment.Unknown, payment.Unknown, false, 0, 0},
		{"alipay", 4, "", payment.Unknown, payment.NotFound, false, 0, 0},
		{"alipay", 5, "", payment.Unknown, payment.Unknown, false, 0, 0},
		{"unionpay", 2, untouch, payment.Unknown, payment.Unknown, false, 0, 0},
		{"wxpay", 2, heldAt + `,"is_transforming":true`, payment.Waiting, payment.Held, false, 0, 0},
		{"wxpay", 2, untouch + `,"is_transforming":true`, payment.Waiting, payment.Held, false, 0, 0}, // something moves: the sums are of before
		{"wxpay", 4, `,"is_transforming":true`, payment.Waiting, payment.Waiting, false, 0, 0},        // so nothing has ended yet
		{"wxpay", 1, `,"is_transforming":true`, payment.Waiting, payment.Waiting, false, 0, 0},
	}
	for _, tt := range tests {
		name := fmt.Sprintf("%s %d%s", tt.platform, tt.state, tt.more)
		hold := foldHold(testHold, said(callMicroFreeze, freezeIs(tt.platform, tt.state, tt.more)))
		query, _ := foldHoldQuery(testHold, said(callQueryFreeze, freezeIs(tt.platform, tt.state, tt.more)))
		if hold.Result != tt.hold || query.Result != tt.query {
			t.Errorf("%s: hold %s, query %s; want %s, %s", name, hold.Result, query.Result, tt.hold, tt.query)
		}
		if query.Known != tt.known || query.Rest != tt.rest || query.Captured != tt.captured {
			t.Errorf("%s: %+v", name, query)
		}
		for _, out := range []payment.HoldOutcome{hold, query} {
			if (out.Result == payment.Held) != (out.AuthNo != "") {
				t.Errorf("%s: %s with the number %q", name, out.Result, out.AuthNo)
			}
			if (out.Result == payment.Unknown) != (out.Detail != nil) {
				t.Errorf("%s: %+v", name, out)
			}
		}
	}
}

func TestADepositTellsItsNumbersAndThePayer(t *testing.T) {
	out := foldHold(testHold, said(callMicroFreeze, freezeIs("wxpay", 2, untouch+`,"freeze_id":"4200000384201908236723637327"`)))
	want := payment.HoldOutcome{Result: payment.Held, AuthNo: "4200000384201908236723637327", HoldID: "4200000384201908236723637327",
		PayerID: "ovJrDwsjamQql-k7Zr1Q-EaKFQ0k", HeldAt: time.Unix(1564386782, 0).In(payment.Beijing)}
	if out != want {
		t.Errorf("got  %+v\nwant %+v", out, want)
	}
	if out := foldHold(testHold, said(callMicroFreeze, freezeIs("wxpay", 2, heldAt))); out.AuthNo != testHoldNo {
		t.Errorf("without a number of the wallet's it is %q", out.AuthNo)
	}
}

func TestADepositIsThisOneForThisAmount(t *testing.T) {
	right := freezeIs("alipay", 2, untouch)
	for name, object := range map[string]string{
		"another deposit":  strings.Replace(right, testHoldNo, testHoldNo+"9", 1),
		"no deposit":       strings.Replace(right, "out_freeze_no", "freeze_no", 1),
		"another amount":   strings.Replace(right, `"freeze_fee":50000`, `"freeze_fee":49999`, 1),
		"no amount":        strings.Replace(right, `"freeze_fee":50000`, `"fee":50000`, 1),
		"two wallets":      strings.Replace(right, `"trade_state":4`, `"wxpay_freeze_order_content_ext":{"current_trade_state":2}`, 1),
		"an order's state": strings.Replace(right, "alipay_freeze_order_content_ext", "alipay_order_content_ext", 1),
		"nothing":          `{}`,
	} {
		query, _ := foldHoldQuery(testHold, said(callQueryFreeze, object))
		waits := strings.Replace(object, `"current_trade_state":2`, `"current_trade_state":1`, 1)
		if out := foldHold(testHold, said(callMicroFreeze, waits)); out.Result != payment.Unknown && name != "no amount" { // a deposit that waits need not say it
			t.Errorf("%s, and it waits: %+v", name, out)
		}
		for _, out := range []payment.HoldOutcome{foldHold(testHold, said(callMicroFreeze, object)), query} {
			if out.Result != payment.Unknown || out.AuthNo != "" || out.Known || out.Detail == nil {
				t.Errorf("%s: %+v", name, out)
			}
		}
	}
}

func TestWhatTheStatusSaysOfADeposit(t *testing.T) {
	for _, tt := range []struct {
		status, internal int
		hold, query      payment.Result
	}{
		{3, 0, payment.Unknown, payment.Unknown}, {103, 0, payment.Unknown, payment.Unknown},
		{104, 500, payment.Failed, payment.Unknown}, {102, 406, payment.Failed, payment.Unknown}, {101, 6, payment.Failed, payment.Unknown},
		{104, 407, payment.Unknown, payment.Unknown}, {104, 400, payment.Failed, payment.NotFound}, {99, 0, payment.Unknown, payment.Unknown},
	} {
		r := no(tt.status, tt.internal, "")
		_, shown := foldHoldQR(testHold, r)
		query, _ := foldHoldQuery(testHold, r)
		if hold := foldHold(testHold, r); hold.Result != tt.hold || shown.Result != tt.hold || query.Result != tt.query {
			t.Errorf("%d/%d: hold %s, QR %s, query %s", tt.status, tt.internal, hold.Result, shown.Result, query.Result)
		}
		r.err = errUnsigned
		query, _ = foldHoldQuery(testHold, r)
		if hold := foldHold(testHold, r); hold.Result != payment.Unknown || query.Result != payment.Unknown {
			t.Errorf("%d/%d without an authentication: %s, %s", tt.status, tt.internal, hold.Result, query.Result)
		}
	}
	if qr, out := foldHoldQR(testHold, said("scan_code_freeze", `{"code_url":"https:\/\/mobilecodec.alipay.com\/show.htm?code=aax0"}`)); out.Result != payment.Waiting || qr == "" {
		t.Errorf("the object has another name than the interface: %q, %+v", qr, out)
	}
}

var (
	testCapture = payment.CaptureRequest{Hold: testHold, OutTradeNo: testCaptureNo, Capture: 120_00, ReleaseRest: true}
	testRelease = payment.ReleaseRequest{Hold: testHold, ReleaseNo: testReleaseNo, Release: 380_00}
)

// captureIs is the object of a captured order in that state.
func captureIs(platform string, state int, more string) string {
	return fmt.Sprintf(`{"order_content":{"out_trade_no":"%s","transaction_id":"42","total_fee":12000,"freeze_fee":50000,"manual_unfreeze_fee":38000,"%s_order_content_ext":{"current_trade_state":%d}%s}}`,
		testCaptureNo, platform, state, more)
}

func TestWhatTheStatesOfACaptureMean(t *testing.T) {
	type want struct {
		state          payment.StepState
		found, waiting bool
	}
	done, waiting, open := want{payment.RefundDone, true, false}, want{payment.RefundUnknown, true, true}, want{payment.RefundUnknown, true, false}
	refused, missing := want{payment.RefundRefused, true, false}, want{payment.RefundUnknown, false, false}
	for platform, table := range map[string]map[int]want{
		"wxpay":  {1: waiting, 2: done, 3: done, 4: done, 5: refused, 7: refused, 9: waiting, 10: refused, 11: missing, 12: waiting, 13: open, 14: done, 15: open},
		"alipay": {1: waiting, 2: done, 4: waiting, 5: refused, 6: done, 7: missing, 14: open},
	} {
		for state, want := range table {
			sent := foldCapture(testCapture, said(callConsume, captureIs(platform, state, "")))
			asked, none := foldCaptureQuery(testCapture, said(callQueryOrder, captureIs(platform, state, "")))
			for how, out := range map[string]payment.StepOutcome{"capture": sent, "query": asked} {
				if out.State != want.state || out.Found != want.found || out.Waiting != want.waiting || out.TradeNo != "42" {
					t.Errorf("%s %d by %s: %+v, want %+v", platform, state, how, out, want)
				}
			}
			if none == want.found {
				t.Errorf("%s %d: none %v", platform, state, none)
			}
		}
	}
	if out := foldCapture(testCapture, said(callConsume, captureIs("alipay", 5, `,"time_end":1564386782`))); out.State != payment.RefundDone {
		t.Errorf("captured and refunded since: %+v", out)
	}
	if out := foldCapture(testCapture, said(callConsume, captureIs("wxpay", 14, `,"is_transforming":true`))); out.State != payment.RefundUnknown || !out.Waiting {
		t.Errorf("the platform at work: %+v", out)
	}
	other := strings.Replace(captureIs("wxpay", 14, ""), `"total_fee":12000`, `"total_fee":12001`, 1)
	if out := foldCapture(testCapture, said(callConsume, other)); out.State != payment.RefundUnknown || out.Found {
		t.Errorf("another amount: %+v", out)
	}
	nobody := strings.Replace(captureIs("wxpay", 14, ""), `"total_fee":12000,`, "", 1)
	if out := foldCapture(testCapture, said(callConsume, nobody)); out.State != payment.RefundUnknown || out.Detail == nil {
		t.Errorf("no amount: %+v", out)
	}
	if out := foldCapture(testCapture, no(104, 407, "")); out.State != payment.RefundUnknown {
		t.Errorf("sent before: %+v", out)
	}
	if out, none := foldCaptureQuery(testCapture, no(104, 400, "")); out.Found || !none {
		t.Errorf("no such order: %+v, none %v", out, none)
	}
	if out, none := foldCaptureQuery(testCapture, no(104, 500, "")); out.Found || none {
		t.Errorf("a refusal to answer: %+v, none %v", out, none)
	}
}

func releaseIs(platform string, state int, more string) string {
	return fmt.Sprintf(`{"out_freeze_no":"%s","out_unfreeze_no":"%s","unfreeze_fee":38000,"is_transforming":false,"trade_state":4,"%s_unfreeze_order_content_ext":{"current_trade_state":%d}%s}`,
		testHoldNo, testReleaseNo, platform, state, more)
}

func TestWhatTheStatesOfAReleaseMean(t *testing.T) {
	for state, want := range map[int]payment.StepOutcome{
		1: {State: payment.RefundUnknown, Found: true, Waiting: true}, 2: {State: payment.RefundDone, Found: true},
		3: {State: payment.RefundRefused, Found: true, Reason: payment.ReasonOther}, 4: {State: payment.RefundUnknown}, 5: {State: payment.RefundUnknown},
		6: {State: payment.RefundUnknown, Found: true},
	} {
		for _, platform := range []string{"wxpay", "alipay"} {
			out := foldRelease(testRelease, said(callUnfreeze, `{"unfreeze_order_content":`+releaseIs(platform, state, "")+`}`))
			if out.State != want.State || out.Found != want.Found || out.Waiting != want.Waiting || out.Reason != want.Reason {
				t.Errorf("%s %d: %+v, want %+v", platform, state, out, want)
			}
			asked, none := foldReleaseQuery(testRelease, said(callQueryUnfreeze, `{"unfreeze_order_content":[`+releaseIs(platform, state, "")+`],"order_client":[{}]}`))
			if asked.State == payment.RefundRefused {
				t.Errorf("%s %d: the query refuses", platform, state)
			}
			if mended := state == 3 || state == 4 || state == 5; none != mended || asked.Found == mended {
				t.Errorf("%s %d: %+v, none %v", platform, state, asked, none)
			}
		}
	}
	for name, content := range map[string]string{
		"another deposit's": strings.Replace(releaseIs("alipay", 2, ""), testHoldNo, testHoldNo+"9", 1),
		"another amount":    strings.Replace(releaseIs("alipay", 2, ""), "38000", "38001", 1),
		"no wallet":         strings.Replace(releaseIs("alipay", 2, ""), "alipay_unfreeze_order_content_ext", "ext", 1),
		"no deposit":        strings.Replace(releaseIs("alipay", 2, ""), "out_freeze_no", "no", 1),
	} {
		if out := foldRelease(testRelease, said(callUnfreeze, `{"unfreeze_order_content":`+content+`}`)); out.State != payment.RefundUnknown || out.Detail == nil {
			t.Errorf("%s: %+v", name, out)
		}
	}
	if out := foldRelease(testRelease, said(callUnfreeze, `{"unfreeze_order_content":`+releaseIs("alipay", 2, `,"is_transforming":true`)+`}`)); out.State != payment.RefundUnknown || !out.Waiting {
		t.Errorf("the platform at work: %+v", out)
	}
	if out := foldRelease(testRelease, said(callUnfreeze, `{"nonce_str":"x"}`)); out.State != payment.RefundUnknown || out.Found {
		t.Errorf("nothing said: %+v", out)
	}
	for _, r := range []reply{said(callQueryUnfreeze, `{"unfreeze_order_content":[]}`), no(104, 400, ""),
		said(callQueryUnfreeze, `{"unfreeze_order_content":[`+strings.Replace(releaseIs("alipay", 2, ""), testReleaseNo, testReleaseNo+"9", 1)+`]}`)} {
		if out, none := foldReleaseQuery(testRelease, r); out.Found || !none {
			t.Errorf("%v: %+v, none %v", r.content, out, none)
		}
	}
}
