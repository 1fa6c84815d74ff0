package cloudpay

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/wire"
	"frontdesk/payment/wire/wiretest"
)

// offline is a channel whose wire needs no network.
func offline(tb testing.TB, canned *wiretest.Canned) *Channel {
	tb.Helper()
	channel, err := New(Config{OutMchID: "sz013NzuonO6CMJd0rCB", OutSubMchID: "sz01ELTR281OFpmdAp6J", OutShopID: "sz01qyoPJmd3j1hWmul4",
		AuthKey: string(testKey), OrderPrefix: "01000052", DeviceID: "T01", Hosts: []string{"http://127.0.0.1:1"}, Transport: canned})
	if err != nil {
		tb.Fatal(err)
	}
	return channel
}

// Whatever bytes come, nobody believes them without the authentication, and
// nothing breaks.
func FuzzAnyBytes(f *testing.F) {
	for _, s := range []string{``, `null`, `[]`, `{}`, `{"response_content":null}`, `{"response_content":"{}"}`, `{"response_content":"{\"status\":0}"}`,
		`{"response_content":"{\"status\":101,\"internal_status\":7}"}`, `{"response_content":"{\"status\":104}","authen_info":{"a":{"authen_code":"00"}}}`,
		`{"response_content":"{\"status\":0,\"micro_pay\":{\"order_content\":{}}}","authen_info":{"a":{"authen_type":1,"authen_code":"206A119F7251A35B64E11DCD609BFC271429BE8BED2FF722AA6E79B95ECE2DD5"}}}`} {
		f.Add([]byte(s))
	}
	var canned wiretest.Canned
	channel := offline(f, &canned)
	request := payment.PayRequest{Order: testOrder, Code: "134680423163089456", Subject: "x"}
	f.Fuzz(func(t *testing.T, answer []byte) {
		canned.Say(http.StatusOK, answer)
		if out := channel.Pay(context.Background(), request); out.Result != payment.Unknown || out.Detail == nil {
			t.Fatalf("%+v", out)
		}
	})
}

// Whatever Cloud Pay authenticates: money is only said to have moved by an answer
// with status 0 that names this number, and where it can, this amount.
func FuzzFold(f *testing.F) {
	for _, s := range []string{`null`, `{"status":0}`, `{"status":"0","micro_pay":[]}`,
		`{"status":0,"micro_pay":{"order_content":{"out_trade_no":"` + testNo + `","total_fee":12850,"wxpay_order_content_ext":{"current_trade_state":2}}}}`,
		`{"status":0,"query_order":{"order_content":{"out_trade_no":"` + testNo + `","total_fee":"12850","alipay_order_content_ext":{"current_trade_state":"5"},"time_end":1}}}`,
		`{"status":104,"internal_status":407}`, `{"status":104,"internal_status":400}`, `{"status":102,"internal_status":1e3}`,
		`{"status":0,"refund":{"refund_order_content":` + refundIs("wxpay", "state", 2, "") + `}}`,
		`{"status":0,"query_refund_order":{"refund_order_content":[` + refundIs("alipay", "refund_status", 3, "") + `]}}`,
		`{"status":0,"query_freeze_order":` + freezeIs("alipay", 3, untouch) + `}`, `{"status":0,"micro_freeze":` + freezeIs("wxpay", 2, heldAt) + `}`,
		`{"status":0,"deposit_consume":` + captureIs("wxpay", 14, "") + `}`,
		`{"status":0,"query_unfreeze_order":{"unfreeze_order_content":[` + releaseIs("alipay", 2, "") + `]}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		r := reply{content: parseObject([]byte(content))}
		if _, ok := r.content.number("status"); !ok {
			r.err = errNoAnswer
		}
		status, _ := r.content.number("status")
		named := func(name string, part string, field string, number string) bool {
			for _, o := range r.object(name).objects(part) {
				if o.text(field) == number {
					return true
				}
			}
			return false
		}
		qr, shown := foldQR(testOrder, r)
		if (qr != "") != (shown.Result == payment.Waiting) {
			t.Fatalf("QR %q with %+v", qr, shown)
		}
		query, _ := foldQuery(testOrder, r)
		for how, out := range map[string]payment.Outcome{callMicroPay: foldPay(testOrder, r), callQueryOrder: query} {
			if (out.Result == payment.Unknown) != (out.Detail != nil) {
				t.Fatalf("%s: %+v", how, out)
			}
			switch out.Result {
			case payment.Paid, payment.Reversed, payment.Closed:
				amount, ok := r.object(how).object("order_content").fen("total_fee")
				if status != 0 || !named(how, "order_content", "out_trade_no", testNo) || out.Result == payment.Paid && (!ok || amount != testOrder.Amount) {
					t.Fatalf("%s: %+v", how, out)
				}
			case payment.Failed:
				if n, _ := r.content.number("internal_status"); n == 407 || out.Reason == payment.ReasonNone || how == callQueryOrder && status != 0 {
					t.Fatalf("%s: %+v", how, out)
				}
			}
		}
		refundQuery, _ := foldRefundQuery(testRefund, r)
		for how, out := range map[string]payment.RefundOutcome{callRefund: foldRefund(testRefund, r), callQueryRefund: refundQuery} {
			if out.State == payment.RefundDone && (status != 0 || !named(how, "refund_order_content", "out_refund_no", testRefund.RequestNo)) {
				t.Fatalf("%s: %+v", how, out)
			}
		}
		held, _ := foldHoldQuery(testHold, r)
		for how, out := range map[string]payment.HoldOutcome{callMicroFreeze: foldHold(testHold, r), callQueryFreeze: held} {
			stands := out.Result == payment.Held || out.Result == payment.Released || out.Result == payment.Closed
			if stands && (status != 0 || !named(how, "freeze_order_content", "out_freeze_no", testHoldNo)) || out.Rest+out.Captured > testHold.Amount || out.Rest < 0 {
				t.Fatalf("%s: %+v", how, out)
			}
		}
		captureQuery, _ := foldCaptureQuery(testCapture, r)
		for how, out := range map[string]payment.StepOutcome{callConsume: foldCapture(testCapture, r), callQueryOrder: captureQuery} {
			if out.State == payment.RefundDone && (status != 0 || !named(how, "order_content", "out_trade_no", testCaptureNo)) {
				t.Fatalf("%s: %+v", how, out)
			}
		}
		releaseQuery, _ := foldReleaseQuery(testRelease, r)
		if releaseQuery.State == payment.RefundRefused || releaseQuery.State == payment.RefundDone && !named(callQueryUnfreeze, "unfreeze_order_content", "out_unfreeze_no", testReleaseNo) {
			t.Fatalf("release: %+v", releaseQuery)
		}
	})
}

// What a till writes into a request comes out of the JSON as it went in, and the
// answer's fields are read without an error whatever they are.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "Tea & cake", "茶<b>\u2028", "\xff\xfe", "a\x00b", "很长很长的一个名字"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, most := range []int{1, 3, 16, 128} {
			if got := wire.ClipBytes(s, most); len(got) > most || wire.OneLine(got) != got {
				t.Fatalf("ClipBytes(%q, %d) = %q", s, most, got)
			}
		}
		raw, err := seal(map[string]string{"body": wire.ClipBytes(s, maxBodyText)}, testKey, nil)
		if err != nil {
			t.Fatal(err)
		}
		var e envelope
		var inner map[string]string
		if err := errors.Join(json.Unmarshal(raw, &e), json.Unmarshal([]byte(e.RequestContent), &inner)); err != nil || inner["body"] != wire.ClipBytes(s, maxBodyText) {
			t.Fatalf("%q became %q, %v", s, inner["body"], err)
		}
	})
}
