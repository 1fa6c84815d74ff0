package wechat

import (
	"testing"

	"frontdesk/payment"
)

// checkV2 holds every reading of one answer against the rules: money is only
// said to have moved by an answer that was taken, names the deposit, and where
// it can, the amount.
func checkV2(t *testing.T, c *Channel, r v2reply) {
	t.Helper()
	h := payment.Hold{OutOrderNo: "FD1234567", AuthNo: "42", Amount: 500_00}
	f := r.fields
	taken := f["return_code"] == "SUCCESS" && f["result_code"] == "SUCCESS"
	ours := f["out_trade_no"] == h.OutOrderNo
	for how, out := range map[string]payment.HoldOutcome{"hold": c.foldHold(h, r), "query": c.foldHoldQuery(h, r)} {
		if (out.Result == payment.Unknown) != (out.Detail != nil) {
			t.Fatalf("%s: %+v", how, out)
		}
		switch out.Result {
		case payment.Held:
			if !taken || !ours || f["transaction_id"] != "42" || f["total_fee"] != "50000" && !readFen(f["total_fee"]).is(h.Amount) {
				t.Fatalf("%s: %v by %v", how, out, f)
			}
		case payment.Released, payment.Closed:
			if !taken || !ours || how == "hold" {
				t.Fatalf("%s: %v by %v", how, out, f)
			}
		case payment.Failed:
			if how == "query" || f["result_code"] != "FAIL" || out.Reason == payment.ReasonNone {
				t.Fatalf("%s: %v by %v", how, out, f)
			}
		}
		if out.Known && (out.Rest < 0 || out.Captured < 0 || out.Rest+out.Captured > h.Amount) {
			t.Fatalf("%s: sums %+v", how, out)
		}
	}
	q := payment.CaptureRequest{Hold: h, OutTradeNo: "FD7654321", Capture: 1_00, ReleaseRest: true}
	if out := c.foldCapture(q, r); out.State == payment.RefundDone {
		t.Fatalf("capture: %v by %v", out, f)
	}
	if out := c.foldCaptureQuery(q, r); out.State == payment.RefundDone && (!taken || !ours || !readFen(f["consume_fee"]).is(1_00)) || out.State != payment.RefundDone && out.State != payment.RefundRefused && out.Detail == nil {
		t.Fatalf("capture query: %+v by %v", out, f)
	}
	if out := c.foldReleaseQuery(payment.ReleaseRequest{Hold: h, ReleaseNo: "R1", Release: 500_00}, r); out.State == payment.RefundRefused || out.State == payment.RefundDone && (!taken || !ours) {
		t.Fatalf("release query: %+v by %v", out, f)
	}
	back := payment.CaptureRefundRequest{Hold: h, OutTradeNo: "FD7654321", Capture: 1_00, RequestNo: "R1", Refund: 50}
	if out := c.foldCaptureRefund(back, r); out.State == payment.RefundDone {
		t.Fatalf("refund: %+v by %v", out, f)
	}
	if out := c.foldCaptureRefundQuery(back, r); out.State != payment.RefundUnknown && !taken {
		t.Fatalf("refund query: %+v by %v", out, f)
	}
}
