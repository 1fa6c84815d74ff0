package alipay

import (
	"encoding/json"
	"testing"

	"frontdesk/payment"
)

// Whatever Alipay signs: money is only said to be held, taken or free by an
// answer that names this deposit, this request and this amount.
func FuzzFoldHold(f *testing.F) {
	h := payment.Hold{OutOrderNo: "FD01", RequestNo: "H1", AuthNo: "2026", Amount: 500_00}
	const named = `"auth_no":"2026","out_order_no":"FD01","out_request_no":"H1","amount":"500.00"`
	for _, s := range []string{`null`, `[]`, `{"code":10000,` + named + `}`,
		`{"code":"10000",` + named + `,"status":"SUCCESS"}`, `{"code":"10003",` + named + `,"status":"INIT"}`,
		`{"code":"10000",` + named + `,"status":"SUCCESS","order_status":"AUTHORIZED","rest_amount":"500.00","total_pay_amount":"0.00"}`,
		`{"code":"10000",` + named + `,"status":"SUCCESS","order_status":"FINISH","rest_amount":"0.00","total_pay_amount":"1.00"}`,
		`{"code":"10000",` + named + `,"status":"SUCCESS","order_status":"CLOSED","rest_amount":"0","total_pay_amount":"0"}`,
		`{"code":"10000",` + named + `,"status":"CLOSED","order_status":"CLOSED","gmt_trans":"2026-11-18 22:15:43"}`,
		`{"code":"10000",` + named + `,"action":"unfreeze"}`, `{"code":"10000",` + named + `,"code_value":"x"}`,
		`{"code":"10000","auth_no":"2026","out_request_no":"R1","amount":"1.00","status":"SUCCESS","operation_type":"UNFREEZE"}`,
		`{"code":"10000","out_trade_no":"T1","total_amount":"1.00","trade_status":"TRADE_SUCCESS","async_payment_mode":"X"}`,
		`{"code":"40004","sub_code":"AUTH_ORDER_NOT_EXIST"}`, `{"code":"40004","sub_code":"FREEZE_ALREADY_SUCCESS"}`, `{"code":"40004","sub_code":"SYSTEM_ERROR"}`, `{"code":"20000"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, node string) {
		var r reply
		if r.err = json.Unmarshal([]byte(node), &r.answer); r.err != nil {
			r.answer = answer{}
		}
		a := r.answer
		qr, shown := foldHoldQR(h, r)
		for how, out := range map[string]payment.HoldOutcome{"freeze": foldHold(h, r), "QR": shown, "query": foldHoldQuery(h, r), "cancel": foldHoldCancel(h, r)} {
			checkHoldOutcome(t, how, node, a, out)
		}
		if (qr != "") != (shown.Result == payment.Waiting) {
			t.Fatalf("QR %q with %+v", qr, shown)
		}
		capture := payment.CaptureRequest{Hold: h, OutTradeNo: "T1", Capture: 1_00}
		release := payment.ReleaseRequest{Hold: h, ReleaseNo: "R1", Release: 1_00}
		for how, out := range map[string]payment.StepOutcome{"capture": foldCapture(capture, r), "capture query": foldCaptureQuery(capture, r)} {
			checkStepOutcome(t, how, node, a, out, a.OutTradeNo == "T1" && isAmount(a.TotalAmount, 1_00))
		}
		for how, out := range map[string]payment.StepOutcome{"release": foldRelease(release, r), "release query": foldReleaseQuery(release, r)} {
			checkStepOutcome(t, how, node, a, out, a.OutRequestNo == "R1" && isAmount(a.Amount, 1_00) && a.Status == "SUCCESS")
		}
		if out := foldReleaseQuery(release, r); out.State == payment.RefundRefused {
			t.Fatalf("%s: %+v", node, out)
		}
	})
}

func checkHoldOutcome(t *testing.T, how, node string, a answer, out payment.HoldOutcome) {
	t.Helper()
	known := a.Code == "10000" && a.OutOrderNo == "FD01" && a.OutRequestNo == "H1"
	switch out.Result {
	case payment.Unknown:
		if out.Detail == nil {
			t.Fatalf("%s by %s: %+v", how, node, out)
		}
		return
	case payment.Held:
		known = known && a.Status == "SUCCESS" && isAmount(a.Amount, 500_00) && out.AuthNo != ""
	case payment.Waiting:
		known = a.taken() && (how != "QR" || known)
	case payment.Closed, payment.Released:
	case payment.NotFound:
		known = a.Code == "40004" && a.noSuchOperation()
	case payment.Failed:
		known = how != "query" && a.Code != "10000" && !systemError(a) && out.Reason != payment.ReasonNone
	default:
		known = false
	}
	if !known || out.Detail != nil {
		t.Fatalf("%s by %s: %+v", how, node, out)
	}
	if out.Rest < 0 || out.Captured < 0 || out.Rest+out.Captured > 500_00 || !out.Known && out.Rest+out.Captured > 0 {
		t.Fatalf("%s by %s: %+v", how, node, out)
	}
	if out.Result == payment.Released && out.Captured > 0 {
		t.Fatalf("%s by %s: %+v", how, node, out)
	}
}

func checkStepOutcome(t *testing.T, how, node string, a answer, out payment.StepOutcome, named bool) {
	t.Helper()
	if (out.State == payment.RefundUnknown) != (out.Detail != nil) || out.Waiting && out.State.Final() {
		t.Fatalf("%s by %s: %+v", how, node, out)
	}
	if out.State == payment.RefundDone && (a.Code != "10000" || !named || !out.Found) {
		t.Fatalf("%s by %s: %+v", how, node, out)
	}
	if out.State == payment.RefundRefused && (out.Reason == payment.ReasonNone || systemError(a) || a.Code == "20000") {
		t.Fatalf("%s by %s: %+v", how, node, out)
	}
}

func isAmount(t text, want payment.Amount) bool { return otherAmount(t, want) == nil }
