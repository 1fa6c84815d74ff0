package paysim

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestACaptureIsATradeThatKeepsOrReleasesTheRest(t *testing.T) {
	l := startTill(t, Options{})
	no, auth := l.heldOrder("500.00")
	first, second := l.orderNo(), l.orderNo()
	a := l.captureKeeping(auth, first, "138.00")
	want(t, "capture", a.String(), "10000")
	want(t, "paid at", a.text("gmt_payment"), "2026-11-21 14:30:00")
	want(t, "amount", a.text("total_amount"), "138.00")
	want(t, "payer", a.text("buyer_user_id"), phone.UserID)
	l.wantHold(no, Held, 50000, 13800, 0)
	l.wantTruth(first, Paid, 13800, 0)
	want(t, "its hold", l.Truth().Orders[first].Hold, no)
	want(t, "its method", l.Truth().Orders[first].Method, "hold")
	want(t, "query", l.holdStatus(no), "AUTHORIZED SUCCESS 362.00")
	want(t, "trade", l.queryNo(first).text("trade_status"), "TRADE_SUCCESS")

	want(t, "and the rest back", l.captureAndRelease(auth, second, "62.00").String(), "10000")
	l.wantHold(no, Finished, 50000, 20000, 30000)
	want(t, "finished", l.holdStatus(no), "FINISH SUCCESS 0.00")
	want(t, "paid in all", l.detailNo(no, no).text("total_pay_amount"), "200.00")
	truth := l.Truth()
	want(t, "by number", truth.Holds[no].Captures[first]+truth.Holds[no].Captures[second]*1000000, 13800+6200*1000000)
	want(t, "released without a number", truth.Holds[no].Releases[""], 30000)
	want(t, "held", truth.Held, 50000)
	want(t, "captured", truth.Captured, 20000)
	want(t, "released", truth.Released, 30000)
	want(t, "nothing left", truth.Rest(), 0)
	want(t, "the shop has it", truth.Net(), 20000)
}

func TestAllOfAHoldMayBeCaptured(t *testing.T) {
	for _, mode := range []string{"COMPLETE", "NOT_COMPLETE", ""} {
		l := startTill(t, Options{})
		no, auth := l.heldOrder("5.00")
		biz := but(l.captureBiz(auth, l.orderNo(), "5.00"), fields{"auth_confirm_mode": nil})
		if mode != "" {
			biz["auth_confirm_mode"] = mode
		}
		want(t, mode, l.ask("alipay.trade.pay", biz).String(), "10000")
		l.wantHold(no, Finished, 500, 500, 0)
		want(t, mode+" releases", len(l.Truth().Holds[no].Releases), 0)
	}
}

func TestTheRestIsKeptUnlessItIsAskedFor(t *testing.T) {
	l := startTill(t, Options{})
	no, auth := l.heldOrder("5.00")
	want(t, "no mode", l.ask("alipay.trade.pay", but(l.captureBiz(auth, l.orderNo(), "2.00"), fields{"auth_confirm_mode": nil})).String(), "10000")
	l.wantHold(no, Held, 500, 200, 0)
}

func TestFieldsOfACaptureAreChecked(t *testing.T) {
	l := startTill(t, Options{})
	no, auth := l.heldOrder("5.00")
	_, doneAuth := l.heldOrder("5.00")
	l.captureAndRelease(doneAuth, l.orderNo(), "2.00")
	_, freedAuth := l.heldOrder("5.00")
	l.unfreeze(freedAuth, "5.00", "U1")
	waitingAuth := l.freezeWith(l.orderNo(), "5.00", l.FreshCode(3)).text("auth_no")
	usedByPayment := l.paidOrder("2.00")
	for _, c := range []struct {
		name   string
		set    fields
		answer string
		says   string
	}{
		{"no buyer", fields{"buyer_id": nil}, "ACQ.INVALID_PARAMETER", "buyer_id"},
		{"empty buyer", fields{"buyer_id": ""}, "ACQ.INVALID_PARAMETER", "buyer_id 为空"},
		{"no seller", fields{"seller_id": nil}, "ACQ.INVALID_PARAMETER", "seller_id"},
		{"a scene", fields{"scene": "bar_code"}, "ACQ.INVALID_PARAMETER", "scene"},
		{"an empty scene", fields{"scene": ""}, "ACQ.INVALID_PARAMETER", "scene"},
		{"a code", fields{"auth_code": l.FreshCode(1)}, "ACQ.INVALID_PARAMETER", "auth_code"},
		{"empty mode", fields{"auth_confirm_mode": ""}, "ACQ.INVALID_PARAMETER", "auth_confirm_mode 为空"},
		{"unknown mode", fields{"auth_confirm_mode": "ALL"}, "ACQ.INVALID_PARAMETER", "auth_confirm_mode"},
		{"empty number of the hold", fields{"auth_no": ""}, "ACQ.INVALID_PARAMETER", "auth_no 为空"},
		{"no subject", fields{"subject": nil}, "ACQ.INVALID_PARAMETER", "subject"},
		{"one decimal", fields{"total_amount": "2.0"}, "ACQ.INVALID_PARAMETER", "total_amount"},
		{"no number of the hold", fields{"auth_no": nil}, "ACQ.AUTH_TOKEN_IS_NOT_EXIST", "授权码"},
		{"another seller", fields{"seller_id": "2088000000000099"}, "ACQ.INVALID_RECEIVE_ACCOUNT", "seller_id"},
		{"another buyer", fields{"buyer_id": "2088102000001727"}, "ACQ.AUTH_NO_ERROR", "参与方"},
		{"unknown hold", fields{"auth_no": "2026112110002001999999999999"}, "ACQ.AUTH_NO_ERROR", "预授权号"},
		{"product of payments", fields{"product_code": "FACE_TO_FACE_PAYMENT"}, "ACQ.PRE_AUTH_PROD_CODE_INCONSISTENT", "产品码"},
		{"product of apps", fields{"product_code": "PRE_AUTH_ONLINE"}, "ACQ.PRE_AUTH_PROD_CODE_INCONSISTENT", "产品码"},
		{"no product", fields{"product_code": nil}, "ACQ.PRE_AUTH_PROD_CODE_INCONSISTENT", "产品码"},
		{"not confirmed yet", fields{"auth_no": waitingAuth}, "ACQ.AUTH_ORDER_NOT_PAID", "未支付"},
		{"finished", fields{"auth_no": doneAuth}, "ACQ.AUTH_ORDER_HAS_FINISHED", "完结"},
		{"released", fields{"auth_no": freedAuth}, "ACQ.AUTH_ORDER_HAS_CLOSED", "关闭"},
		{"more than was held", fields{"total_amount": "5.10"}, "ACQ.REQUEST_AMOUNT_EXCEED", "超限"},
		{"more than is left", fields{"total_amount": "4.50"}, "ACQ.AUTH_AMOUNT_NOT_ENOUGH", "不足"},
		{"a payment's number", fields{"out_trade_no": usedByPayment}, "ACQ.CONTEXT_INCONSISTENT", "篡改"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "more than is left" {
				want(t, "a part first", l.unfreeze(auth, "1.00", "U9").String(), "10000")
			}
			before := l.Truth().Charged
			a := l.ask("alipay.trade.pay", but(l.captureBiz(auth, l.orderNo(), "2.00"), c.set))
			want(t, "answer", a.String(), "40004 "+c.answer)
			want(t, "charged", l.Truth().Charged, before)
			if !strings.Contains(a.SubMsg, c.says) {
				t.Errorf("sub_msg %q does not name %s", a.SubMsg, c.says)
			}
		})
	}
	want(t, "a payment by code cannot say what becomes of the rest",
		l.ask("alipay.trade.pay", but(payBiz(l.orderNo(), "2.00", l.FreshCode(1)), fields{"auth_confirm_mode": "COMPLETE"})).String(), "40004 ACQ.INVALID_PARAMETER")
	l.wantHold(no, Held, 500, 0, 100)
}

func TestACapturesNumberIsUsedOnce(t *testing.T) {
	l := startTill(t, Options{Password: time.Hour})
	no, auth := l.heldOrder("10.00")
	_, otherAuth := l.heldOrder("10.00")
	paid, waiting, given := l.orderNo(), l.orderNo(), l.orderNo()
	want(t, "paid", l.captureKeeping(auth, paid, "2.00").String(), "10000")
	want(t, "waiting", l.captureKeeping(auth, waiting, "2.05").String(), "10003")
	want(t, "given up", l.captureKeeping(auth, given, "1.05").String(), "10003")
	want(t, "given up", l.cancelNo(given).text("action"), "close")
	for _, c := range []struct {
		name   string
		biz    fields
		answer string
	}{
		{"paid", l.captureBiz(auth, paid, "2.00"), "40004 ACQ.TRADE_HAS_SUCCESS"},
		{"paid, another amount", l.captureBiz(auth, paid, "3.00"), "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"paid, another end", but(l.captureBiz(auth, paid, "2.00"), fields{"auth_confirm_mode": "COMPLETE"}), "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"paid, another hold", l.captureBiz(otherAuth, paid, "2.00"), "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"paid, no hold", l.captureBiz("2026112110002001999999999999", paid, "2.00"), "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"paid, by a code", payBiz(paid, "2.00", l.FreshCode(1)), "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"waiting", l.captureBiz(auth, waiting, "2.05"), "10003"},
		{"waiting, another amount", l.captureBiz(auth, waiting, "2.15"), "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"given up", l.captureBiz(auth, given, "1.05"), "40004 ACQ.TRADE_HAS_CLOSE"},
	} {
		want(t, c.name, l.ask("alipay.trade.pay", c.biz).String(), c.answer)
	}
	l.wantHold(no, Held, 1000, 200, 0)
	want(t, "its own operation, says the query", l.detailNo(no, given).text("status"), "CLOSED")
}

func TestWhatACaptureTookIsRefundedLikeASale(t *testing.T) {
	l := startTill(t, Options{})
	no, auth := l.heldOrder("10.00")
	trade := l.orderNo()
	l.captureKeeping(auth, trade, "6.00")
	want(t, "refund", l.refundNo(trade, "2.00", "R1").text("fund_change"), "Y")
	want(t, "again", l.refundNo(trade, "2.00", "R1").text("fund_change"), "N")
	want(t, "query", l.refundQueryNo(trade, "R1").text("refund_status"), "REFUND_SUCCESS")
	want(t, "too much", l.refundNo(trade, "4.10", "R2").String(), "40004 ACQ.REASON_TRADE_REFUND_FEE_ERR")
	l.wantTruth(trade, Paid, 600, 200)
	l.wantHold(no, Held, 1000, 600, 0) // a refund goes to the payer, not back into the hold
	want(t, "cancel of another capture", l.captureKeeping(auth, "FD9", "1.00").String(), "10000")
	want(t, "gives back", l.cancelNo("FD9").text("action"), "refund")
	l.wantHold(no, Held, 1000, 700, 0)
	want(t, "net", l.Truth().Net(), 400)
}

func TestForcedCaptures(t *testing.T) {
	type row struct {
		amount     string
		first      string
		afterFirst int64
		query      string
		again      string
		afterAgain int64
	}
	const unknown, paid, has = "40004 ACQ.TRADE_NOT_EXIST", "10000 TRADE_SUCCESS", "40004 ACQ.TRADE_HAS_SUCCESS"
	for _, mode := range []string{"COMPLETE", "NOT_COMPLETE"} {
		each(t, []row{
			{"3.01", "closed", 301, paid, has, 301},
			{"3.02", "40004 ACQ.PAYMENT_REQUEST_HAS_RISK", 0, unknown, "40004 ACQ.PAYMENT_REQUEST_HAS_RISK", 0},
			{"3.03", "20000 aop.ACQ.SYSTEM_ERROR", 303, paid, has, 303},
			{"3.04", "40004 ACQ.SYSTEM_ERROR", 0, unknown, "10000", 304},
			{"3.05", "10003", 0, "10000 WAIT_BUYER_PAY", "10003", 0},
			{"3.06", "10000", 306, paid, has, 306},
			{"3.10", "10000", 310, paid, has, 310},
		}, func(r row) string { return mode + " " + r.amount }, func(t *testing.T, l *till, r row) {
			no, auth := l.heldOrder("10.00")
			biz := but(l.captureBiz(auth, "FD1", r.amount), fields{"auth_confirm_mode": mode})
			want(t, "first", l.outcome("alipay.trade.pay", biz), r.first)
			want(t, "taken after the first", int64(l.Truth().Captured), r.afterFirst)
			q := l.queryNo("FD1")
			want(t, "query", strings.TrimSpace(q.String()+" "+q.text("trade_status")), r.query)
			want(t, "again", l.outcome("alipay.trade.pay", biz), r.again)
			truth := l.Truth()
			want(t, "taken after the second", int64(truth.Captured), r.afterAgain)
			want(t, "charged", truth.Charged, truth.Captured)
			rest := int64(1000) - r.afterAgain
			if mode == "COMPLETE" && r.afterAgain > 0 {
				rest = 0
			}
			want(t, "left", int64(truth.Holds[no].Rest), rest)
			for _, c := range CaptureCases {
				if strings.HasSuffix(r.amount, string(rune('0'+c.Digit))) {
					want(t, "as the table says", r.afterFirst > 0, c.Done)
				}
			}
		})
	}
}

// A capture that waits has its money promised: nothing else gets it.
func TestACaptureThatWaitsIsDoneInTime(t *testing.T) {
	l := startTill(t, Options{Password: 8 * time.Second})
	no, auth := l.heldOrder("10.00")
	want(t, "capture", l.captureKeeping(auth, "FD1", "4.05").String(), "10003")
	want(t, "another for more than is free", l.captureKeeping(auth, "FD2", "6.00").String(), "40004 ACQ.AUTH_AMOUNT_NOT_ENOUGH")
	want(t, "another that wants all the rest", l.captureAndRelease(auth, "FD2", "1.00").String(), "40004 ACQ.AUTH_AMOUNT_NOT_ENOUGH")
	want(t, "another for what is free", l.captureKeeping(auth, "FD2", "1.00").String(), "10000")
	l.wantHold(no, Held, 1000, 100, 0)
	op := l.detailNo(no, "FD1")
	want(t, "its operation", op.text("operation_type")+" "+op.text("status")+op.text("gmt_trans"), "PAY INIT")
	want(t, "still set aside", op.text("rest_amount"), "9.00")
	l.clock.pass(8 * time.Second)
	l.wantHold(no, Held, 1000, 505, 0)
	l.wantTruth("FD1", Paid, 405, 0)
	want(t, "by the query of the hold", l.holdStatus(no), "AUTHORIZED SUCCESS 4.95")
	want(t, "since", l.detailNo(no, "FD1").text("gmt_trans"), "2026-11-21 14:30:08")
}

func TestACaptureThatWaitsAndReleasesTheRestHasAllOfIt(t *testing.T) {
	l := startTill(t, Options{Password: 8 * time.Second})
	no, auth := l.heldOrder("10.00")
	want(t, "capture", l.captureAndRelease(auth, "FD1", "4.05").String(), "10003")
	want(t, "another", l.captureKeeping(auth, "FD2", "1.00").String(), "40004 ACQ.AUTH_AMOUNT_NOT_ENOUGH")
	want(t, "a release", l.unfreeze(auth, "1.00", "U1").String(), "40004 BIZ_ERROR")
	l.wantHold(no, Held, 1000, 0, 0)
	l.clock.pass(8 * time.Second)
	l.wantHold(no, Finished, 1000, 405, 595)
	want(t, "query", l.holdStatus(no), "FINISH SUCCESS 0.00")
	want(t, "another capture", l.captureKeeping(auth, "FD2", "1.00").String(), "40004 ACQ.AUTH_ORDER_HAS_FINISHED")
}

func TestACaptureThatWaitsIsDoneAfterTwoQueriesOfEitherKind(t *testing.T) {
	for name, ask := range map[string]func(l *till, no, trade string) string{
		"of the trade": func(l *till, _, trade string) string { return l.queryNo(trade).text("trade_status") },
		"of the hold":  func(l *till, no, trade string) string { return l.detailNo(no, trade).text("status") },
	} {
		l := startTill(t, Options{Password: time.Hour})
		no, auth := l.heldOrder("10.00")
		want(t, name, l.captureKeeping(auth, "FD1", "1.05").String(), "10003")
		for _, status := range []string{"WAIT_BUYER_PAY INIT", "WAIT_BUYER_PAY INIT", "TRADE_SUCCESS SUCCESS", "TRADE_SUCCESS SUCCESS"} {
			if got := ask(l, no, "FD1"); !strings.Contains(" "+status+" ", " "+got+" ") {
				t.Errorf("%s: got %q, want one of %s", name, got, status)
			}
		}
		l.wantHold(no, Held, 1000, 105, 0)
		l.wantTruth("FD1", Paid, 105, 0)
	}
}

func TestACaptureThatExpiresWaitingTakesNothing(t *testing.T) {
	l := startTill(t, Options{Password: 2 * time.Minute})
	no, auth := l.heldOrder("10.00")
	biz := but(l.captureBiz(auth, "FD1", "4.05"), fields{"timeout_express": "1m", "auth_confirm_mode": "COMPLETE"})
	want(t, "capture", l.ask("alipay.trade.pay", biz).String(), "10003")
	l.clock.pass(time.Hour)
	l.wantTruth("FD1", Closed, 0, 0)
	l.wantHold(no, Held, 1000, 0, 0)
	want(t, "all of it is free again", l.unfreeze(auth, "10.00", "U1").String(), "10000")
}

func TestConcurrentCapturesTakeOnceAndNeverMoreThanIsHeld(t *testing.T) {
	l := startTill(t, Options{})
	no, auth := l.heldOrder("10.00")
	same := l.sign(l.params("alipay.trade.pay", l.captureBiz(auth, "FD1", "4.00")))
	other := l.sign(l.params("alipay.trade.pay", l.captureBiz(auth, "FD2", "4.00")))
	back := l.sign(l.params("alipay.fund.auth.order.unfreeze", l.unfreezeBiz(auth, "4.00", "U1")))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { l.post(same) })
		wg.Go(func() { l.post(other) })
		wg.Go(func() { l.post(back) })
		wg.Go(func() { l.Truth() })
	}
	wg.Wait()
	h := l.Truth().Holds[no]
	want(t, "two of the three got through", h.Captured+h.Released, 800)
	want(t, "rest", h.Rest, 200)
}
