package wechat

import (
	"encoding/json"
	"testing"

	"frontdesk/payment"
)

// Whatever WeChat signs: money is only said to have moved by an answer that
// names this order, and where it can, this amount.
func FuzzFold(f *testing.F) {
	o := payment.Order{OutTradeNo: "FD01261121143326006128001", Amount: 128_50}
	const named = `"out_trade_no":"FD01261121143326006128001","amount":{"total":12850,"refund":2850}`
	for _, s := range []string{`null`, `{}`, `{"amount":null}`, `{` + named + `}`, `{` + named + `,"trade_state":"SUCCESS"}`, `{` + named + `,"trade_state":"USERPAYING"}`,
		`{` + named + `,"TRADE_STATE":"SUCCESS","trade_state":"NOTPAY"}`, `{` + named + `,"trade_state":"REVOKED","success_time":"x"}`,
		`{` + named + `,"trade_state":"SUCCESS","promotion_detail":[{"type":"NOCASH","amount":999999}]}`, `{"code":"ORDER_NOT_EXIST"}`, `{"code":"USERPAYING"}`,
		`{` + named + `,"out_refund_no":"R1","status":"SUCCESS"}`, `{"code_url":"weixin://"}`, `{"code":"NOT_ENOUGH"}`, `{"code":"MOON"}`} {
		for _, status := range []int{200, 202, 204, 302, 400, 404, 429, 500} {
			f.Add(status, s)
		}
	}
	c := &Channel{set: settings{mchID: "1900000109"}}
	f.Fuzz(func(t *testing.T, status int, body string) {
		r := reply{status: status}
		if err := json.Unmarshal([]byte(body), &r.answer); err != nil {
			r.answer, r.err = answer{}, errNotWeChat
		}
		a := r.answer
		ours := string(a.OutTradeNo) == o.OutTradeNo && (status == 200 || status == 202 || status == 204)
		qr, shown := c.foldQR(o, r)
		for how, out := range map[string]payment.Outcome{"pay": c.foldPay(o, r), "QR": shown, "query": c.foldQuery(o, r)} {
			if (out.Result == payment.Unknown) != (out.Detail != nil) {
				t.Fatalf("%s: %+v", how, out)
			}
			moved := out.Result == payment.Paid || out.Result == payment.Reversed || out.Result == payment.Closed
			if moved && (!ours || status != 200) || out.Result == payment.Paid && (!a.Amount.Total.is(o.Amount) || a.TradeState != stateSuccess) {
				t.Fatalf("%s by %d %s: %+v", how, status, body, out)
			}
			if out.Discount < 0 || out.Discount > o.Amount {
				t.Fatalf("%s by %s: a discount of %s", how, body, out.Discount)
			}
			if out.Result == payment.Failed && (how == "query" || status < 400 || status >= 500 || status == 429 || !r.known() || out.Reason == payment.ReasonNone) {
				t.Fatalf("%s by %d %s: %+v", how, status, body, out)
			}
			if out.Result == payment.NotFound && (how != "query" || status != 404) {
				t.Fatalf("%s by %d %s: %+v", how, status, body, out)
			}
		}
		if (qr != "") != (shown.Result == payment.Waiting) {
			t.Fatalf("QR %q with %+v", qr, shown)
		}
		q := payment.RefundRequest{Order: o, RequestNo: "R1", Refund: 28_50}
		for how, out := range map[string]payment.RefundOutcome{"refund": c.foldRefund(q, r), "refund query": c.foldRefundQuery(q, r)} {
			done := a.OutRefundNo == "R1" && a.Status == refundSuccess && a.Amount.Refund.is(28_50)
			if out.State == payment.RefundDone && (!done || out.Discount < 0 || out.Discount > 28_50) {
				t.Fatalf("%s by %s: %+v", how, body, out)
			}
			if out.State == payment.RefundRefused && how == "refund query" && !refundClosed(a.Status) {
				t.Fatalf("%s by %s: %+v", how, body, out)
			}
		}
	})
}
