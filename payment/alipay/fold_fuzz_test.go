package alipay

import (
	"encoding/json"
	"errors"
	"testing"

	"frontdesk/payment"
)

// Whatever Alipay signs: money is only said to have moved by an answer that
// names this order, and where it can, this amount.
func FuzzFold(f *testing.F) {
	order := payment.Order{OutTradeNo: "FD01261121143326006128001", Amount: 128_50}
	const named = `"out_trade_no":"FD01261121143326006128001","total_amount":"128.50"`
	for _, s := range []string{`null`, `[]`, `{"fund_bill_list":{}}`,
		`{"code":10000,` + named + `}`, `{"code":"10000",` + named + `,"trade_status":"TRADE_SUCCESS"}`,
		`{"CODE":"10000","code":"10003",` + named + `}`,
		`{"code":"10000",` + named + `,"trade_status":"TRADE_CLOSED","fund_bill_list":[{}],"receipt_amount":"1"}`,
		`{"code":"10000",` + named + `,"retry_flag":"N","action":"refund"}`,
		`{"code":"10000",` + named + `,"trade_status":"TRADE_SUCCESS","receipt_amount":"115.65"}`,
		`{"code":"10000",` + named + `,"receipt_amount":"999.00"}`,
		`{"code":"10000",` + named + `,"fund_change":"Y","refund_fee":"28.50","send_back_fee":"0.00","refund_detail_item_list":[{}]}`,
		`{"code":"10000",` + named + `,"fund_change":"Y","refund_fee":"28.50"}`,
		`{"code":"10000",` + named + `,"out_request_no":"R1","refund_status":"REFUND_SUCCESS","refund_amount":"28.50"}`,
		`{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"}`, `{"code":"40004","sub_code":"ACQ.SYSTEM_ERROR"}`, `{"code":"20000"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, node string) {
		var r reply
		if r.err = json.Unmarshal([]byte(node), &r.answer); r.err != nil {
			r.answer = answer{}
		}
		q := payment.RefundRequest{Order: order, RequestNo: "R1", Refund: 28_50}
		qr, shown := foldQR(order, r)
		outcomes := map[string]payment.Outcome{"pay": foldPay(order, r), "QR": shown, "query": foldQuery(order, r), "cancel": foldCancel(order, r)}
		for how, out := range outcomes {
			odd := out.Result == payment.Paid && out.Discount == 0 && errors.Is(out.Detail, errReceipt) // paid all the same
			if (out.Result == payment.Unknown) != (out.Detail != nil) && !odd {
				t.Fatalf("%s: %+v", how, out)
			}
			if out.Discount < 0 || out.Discount > order.Amount || out.Discount != 0 && out.Result != payment.Paid {
				t.Fatalf("%s by %s: %+v", how, node, out)
			}
			moved := out.Result == payment.Paid || out.Result == payment.Reversed || out.Result == payment.Closed
			if moved && (r.answer.Code != "10000" || string(r.answer.OutTradeNo) != order.OutTradeNo) {
				t.Fatalf("%s by %s: %+v", how, node, out)
			}
			amount, err := payment.ParseAmount(string(r.answer.TotalAmount))
			if out.Result == payment.Paid && (err != nil || amount != order.Amount) {
				t.Fatalf("%s by %s: %+v", how, node, out)
			}
			if out.Result == payment.Failed && (how == "query" || systemError(r.answer) || r.answer.Code == "20000" || out.Reason == payment.ReasonNone) {
				t.Fatalf("%s by %s: %+v", how, node, out)
			}
		}
		if (qr != "") != (shown.Result == payment.Waiting) {
			t.Fatalf("QR %q with %+v", qr, shown)
		}
		if out := foldRefund(q, r); out.State == payment.RefundDone && (r.answer.FundChange != "Y" || string(r.answer.OutTradeNo) != order.OutTradeNo) ||
			out.Discount < 0 || out.Discount > q.Refund || out.Discount != 0 && out.State != payment.RefundDone {
			t.Fatalf("refund by %s: %+v", node, out)
		}
		if out := foldRefundQuery(q, r); out.State == payment.RefundRefused || out.State == payment.RefundDone && (r.answer.OutRequestNo != "R1" || r.answer.RefundStatus != "REFUND_SUCCESS") {
			t.Fatalf("refund query by %s: %+v", node, out)
		}
	})
}
