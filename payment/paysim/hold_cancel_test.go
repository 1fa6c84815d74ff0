package paysim

import (
	"testing"
	"time"
)

func TestTheQueryNamesAnOperationByOneWholePairOfNumbers(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	a := l.ask("alipay.fund.auth.order.freeze", but(freezeBiz(no, "5.00", l.FreshCode(1)), fields{"out_request_no": "Q1"}))
	auth, op := a.text("auth_no"), a.text("operation_id")
	for _, c := range []struct {
		name   string
		biz    fields
		answer string
	}{
		{"the merchant's", fields{"out_order_no": no, "out_request_no": "Q1"}, "10000"},
		{"Alipay's", fields{"auth_no": auth, "operation_id": op}, "10000"},
		{"all of them", fields{"auth_no": auth, "operation_id": op, "out_order_no": no, "out_request_no": "Q1"}, "10000"},
		{"Alipay's win", fields{"auth_no": auth, "operation_id": op, "out_order_no": "FD404", "out_request_no": "Q404"}, "10000"},
		{"the hold by Alipay's", fields{"auth_no": auth, "out_order_no": no, "out_request_no": "Q1"}, "10000"},
		{"with the kind", fields{"out_order_no": no, "out_request_no": "Q1", "operation_type": "FREEZE"}, "10000"},

		{"unknown hold", fields{"out_order_no": "FD404", "out_request_no": "Q1"}, "40004 AUTH_ORDER_NOT_EXIST"},
		{"unknown number", fields{"auth_no": "2026112110002001999999999999", "operation_id": op}, "40004 AUTH_ORDER_NOT_EXIST"},
		{"unknown operation", fields{"out_order_no": no, "out_request_no": "Q2"}, "40004 AUTH_OPERATION_NOT_EXIST"},
		{"unknown operation's number", fields{"auth_no": auth, "operation_id": "20261121999999999999"}, "40004 AUTH_OPERATION_NOT_EXIST"},
		{"of another kind", fields{"out_order_no": no, "out_request_no": "Q1", "operation_type": "UNFREEZE"}, "40004 AUTH_OPERATION_NOT_EXIST"},
		{"no such kind", fields{"out_order_no": no, "out_request_no": "Q1", "operation_type": "HOLD"}, "40004 ILLEGAL_ARGUMENT"},
		{"half a pair", fields{"out_order_no": no}, "40004 ILLEGAL_ARGUMENT"},
		{"half of each", fields{"auth_no": auth, "out_request_no": "Q1"}, "40004 ILLEGAL_ARGUMENT"},
		{"nothing", fields{}, "40004 ILLEGAL_ARGUMENT"},
		{"empty numbers beside", fields{"auth_no": "", "operation_id": "", "out_order_no": no, "out_request_no": "Q1"}, "40004 ILLEGAL_ARGUMENT"},
	} {
		want(t, c.name, l.ask("alipay.fund.auth.operation.detail.query", c.biz).String(), c.answer)
	}
}

func TestTheQueryTellsEachOperationAndTheWholeHold(t *testing.T) {
	l := startTill(t, Options{})
	no, auth := l.heldOrder("100.00")
	trade := l.orderNo()
	want(t, "release", l.unfreeze(auth, "10.00", "U1").String(), "10000")
	l.clock.pass(time.Minute)
	want(t, "capture", l.captureKeeping(auth, trade, "30.00").String(), "10000")
	for _, c := range []struct{ request, kind, amount, at string }{
		{no, "FREEZE", "100.00", "2026-11-21 14:30:00"}, {"U1", "UNFREEZE", "10.00", "2026-11-21 14:30:00"}, {trade, "PAY", "30.00", "2026-11-21 14:31:00"},
	} {
		a := l.detailNo(no, c.request)
		for k, v := range map[string]string{
			"operation_type": c.kind, "amount": c.amount, "out_request_no": c.request, "status": "SUCCESS", "gmt_trans": c.at, "gmt_create": c.at,
			"auth_no": auth, "out_order_no": no, "order_status": "AUTHORIZED", "order_title": "客房押金",
			"total_freeze_amount": "100.00", "rest_amount": "60.00", "total_pay_amount": "30.00",
			"rest_fund_amount": "60.00", "rest_credit_amount": "0.00", "total_pay_fund_amount": "30.00", "total_freeze_fund_amount": "100.00", "fund_amount": c.amount,
			"payer_user_id": phone.UserID, "payer_logon_id": phone.LogonID,
		} {
			want(t, c.kind+" "+k, a.text(k), v)
		}
		again := l.ask("alipay.fund.auth.operation.detail.query", fields{"auth_no": auth, "operation_id": a.text("operation_id")})
		want(t, c.kind+" by its own number", again.text("out_request_no"), c.request)
	}
	want(t, "remark", l.detailNo(no, "U1").text("remark"), "退还押金")
}

// One number may name several operations: the hold's comes first, then a
// release's, and operation_type chooses.
func TestOneNumberMayNameSeveralOperations(t *testing.T) {
	l := startTill(t, Options{})
	no, auth := l.heldOrder("100.00")
	want(t, "capture", l.captureKeeping(auth, no, "30.00").String(), "10000")
	want(t, "release", l.unfreeze(auth, "10.00", "U1").String(), "10000")
	want(t, "capture with the release's number", l.captureKeeping(auth, "U1", "20.00").String(), "10000")
	kind := func(request, kind string) string {
		biz := fields{"out_order_no": no, "out_request_no": request}
		if kind != "" {
			biz["operation_type"] = kind
		}
		a := l.ask("alipay.fund.auth.operation.detail.query", biz)
		return a.SubCode + a.text("operation_type") + a.text("amount")
	}
	want(t, "the hold first", kind(no, ""), "FREEZE100.00")
	want(t, "the capture", kind(no, "PAY"), "PAY30.00")
	want(t, "no release", kind(no, "UNFREEZE"), "AUTH_OPERATION_NOT_EXIST")
	want(t, "the release first", kind("U1", ""), "UNFREEZE10.00")
	want(t, "the other capture", kind("U1", "PAY"), "PAY20.00")
}

func TestACancelEndsAHoldOfWhichNothingHasGoneOut(t *testing.T) {
	l := startTill(t, Options{})
	never := l.cancelHoldNo("FD404")
	want(t, "unknown", never.String(), "40004 AUTH_ORDER_NOT_EXIST")
	want(t, "no number", l.ask("alipay.fund.auth.operation.cancel", fields{"remark": "x"}).String(), "40004 ILLEGAL_ARGUMENT")

	waiting := l.orderNo()
	l.freezeWith(waiting, "3.00", l.FreshCode(3))
	held, auth := l.heldOrder("3.00")
	want(t, "no remark", l.ask("alipay.fund.auth.operation.cancel", fields{"out_order_no": held, "out_request_no": held}).String(), "40004 ILLEGAL_ARGUMENT")
	want(t, "other request", l.ask("alipay.fund.auth.operation.cancel", fields{"out_order_no": held, "out_request_no": waiting, "remark": "x"}).String(), "40004 AUTH_OPERATION_NOT_EXIST")
	l.wantHold(held, Held, 300, 0, 0)
	for range 2 { // repeating it says the same and moves nothing more
		want(t, "waiting", l.cancelHoldNo(waiting).text("action"), "close")
		a := l.cancelHoldNo(held)
		want(t, "held", a.text("action"), "unfreeze")
		want(t, "its number", a.text("auth_no"), auth)
	}
	l.wantHold(waiting, Closed, 0, 0, 0)
	l.wantHold(held, Released, 300, 0, 300)
	want(t, "what it released", l.Truth().Holds[held].Releases[""], 300)
	want(t, "closed, says the query", l.holdStatus(waiting), "CLOSED CLOSED 0.00")
	want(t, "released, says the query", l.holdStatus(held), "CLOSED SUCCESS 0.00")
}

func TestWhatCannotBeCancelled(t *testing.T) {
	l := startTill(t, Options{Password: time.Hour})
	part, partAuth := l.heldOrder("3.00")
	l.unfreeze(partAuth, "1.00", "U1")
	taken, takenAuth := l.heldOrder("3.00")
	l.captureKeeping(takenAuth, l.orderNo(), "1.00")
	finished, finishedAuth := l.heldOrder("3.00")
	l.captureAndRelease(finishedAuth, l.orderNo(), "1.00")
	freed, freedAuth := l.heldOrder("3.00")
	l.unfreeze(freedAuth, "3.00", "U2")
	promised, promisedAuth := l.heldOrder("3.00")
	want(t, "capture that waits", l.captureKeeping(promisedAuth, l.orderNo(), "1.05").String(), "10003")
	old, _ := l.heldOrder("3.00")
	for _, c := range []struct{ name, no, answer string }{
		{"released in part", part, "REQUEST_AMOUNT_EXCEED"},
		{"captured in part", taken, "REQUEST_AMOUNT_EXCEED"},
		{"finished", finished, "ORDER_ALREADY_FINISH"},
		{"released", freed, "REQUEST_AMOUNT_EXCEED"},
		{"promised", promised, "REQUEST_AMOUNT_EXCEED"},
	} {
		before := l.Truth().Rest()
		want(t, c.name, l.cancelHoldNo(c.no).String(), "40004 "+c.answer)
		want(t, c.name+": rest", l.Truth().Rest(), before)
	}
	l.clock.pass(24 * time.Hour)
	last, _ := l.heldOrder("3.00")
	l.clock.pass(time.Second)
	want(t, "held yesterday", l.cancelHoldNo(old).String(), "40004 CANCEL_OPERATION_TIME_OUT")
	want(t, "held just now", l.cancelHoldNo(last).text("action"), "unfreeze")
	l.wantHold(old, Held, 300, 0, 0)
}
