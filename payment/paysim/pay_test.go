package paysim

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAPaidAnswerLooksLikeAlipays(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	a := l.payWith(no, "12.50", l.FreshCode(1))
	want(t, "answer", a.String(), "10000")
	want(t, "message", a.Msg, "Success")
	want(t, "signed", a.Signed, true)
	want(t, "order number", a.text("out_trade_no"), no)
	want(t, "payer", a.text("buyer_logon_id"), "138****6021")
	want(t, "amount", a.text("total_amount"), "12.50")
	want(t, "received", a.text("receipt_amount"), "12.50")
	want(t, "paid at", a.text("gmt_payment"), "2026-11-21 14:30:00")
	if trade := a.text("trade_no"); len(trade) != 28 || !strings.HasPrefix(trade, "20261121") {
		t.Errorf("trade number %q: want 28 digits that begin with the day", trade)
	}
	l.wantTruth(no, Paid, 1250, 0)

	q := l.queryNo(no)
	want(t, "query", q.String(), "10000")
	want(t, "status", q.text("trade_status"), "TRADE_SUCCESS")
	want(t, "same trade", q.text("trade_no"), a.text("trade_no"))
	want(t, "when", q.text("send_pay_date"), "2026-11-21 14:30:00")
	byTrade := l.ask("alipay.trade.query", fields{"trade_no": a.text("trade_no"), "out_trade_no": "ANOTHER"})
	want(t, "the trade number wins", byTrade.text("out_trade_no"), no)
}

func TestSlashesAreEscapedAndSignedAsTheyAre(t *testing.T) {
	l := startTill(t, Options{})
	a := l.ask("alipay.trade.precreate", fields{"out_trade_no": l.orderNo(), "total_amount": "1.00", "subject": "咖啡"})
	if !a.Signed || !strings.Contains(a.Raw, `"qr_code":"https:\/\/qr.alipay.com\/bax`) {
		t.Errorf("answer: %s", a.Raw)
	}
}

func TestAnOrderNumberIsUsedOnce(t *testing.T) {
	l := startTill(t, Options{})
	paid, waiting, closed, refunded := l.paidOrder("5.00"), l.orderNo(), l.orderNo(), l.paidOrder("5.00")
	firstCode := l.FreshCode(3)
	want(t, "waiting", l.payWith(waiting, "5.00", firstCode).String(), "10003")
	want(t, "to be closed", l.payWith(closed, "5.00", l.FreshCode(3)).String(), "10003")
	want(t, "closed", l.cancelNo(closed).text("action"), "close")
	want(t, "refunded", l.refundNo(refunded, "5.00", "").text("fund_change"), "Y")
	shown := l.orderNo()
	want(t, "shown", l.showQR(shown, "5.00").String(), "10000")

	for _, c := range []struct{ name, no, amount, answer string }{
		{"paid", paid, "5.00", "40004 ACQ.TRADE_HAS_SUCCESS"},
		{"paid, another amount", paid, "5.01", "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"waiting, another amount", waiting, "6.00", "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"closed", closed, "5.00", "40004 ACQ.TRADE_HAS_CLOSE"},
		{"all refunded", refunded, "5.00", "40004 ACQ.TRADE_HAS_CLOSE"},
		{"a QR's", shown, "5.00", "40004 ACQ.CONTEXT_INCONSISTENT"},
	} {
		before := l.Truth()
		want(t, c.name, l.payWith(c.no, c.amount, l.FreshCode(1)).String(), c.answer)
		want(t, c.name+": charged", l.Truth().Charged, before.Charged)
	}

	biz := payBiz(waiting, "5.00", l.FreshCode(1))
	biz["subject"] = "茶"
	want(t, "another subject", l.ask("alipay.trade.pay", biz).String(), "40004 ACQ.CONTEXT_INCONSISTENT")
	want(t, "another payer", l.payWith(waiting, "5.00", "271234567890123401").String(), "40004 ACQ.TRADE_BUYER_NOT_MATCH")
	want(t, "the same request again", l.payWith(waiting, "5.00", firstCode).String(), "10003")
	want(t, "the payer's next code", l.payWith(waiting, "5.00", l.FreshCode(1)).String(), "10000")
	l.wantTruth(waiting, Paid, 500, 0)
}

func TestACodeIsSpentOnce(t *testing.T) {
	l := startTill(t, Options{})
	code := l.FreshCode(0)
	want(t, "first", l.payWith(l.orderNo(), "1.00", code).String(), "10000")
	want(t, "second", l.payWith(l.orderNo(), "1.00", code).String(), "40004 ACQ.PAYMENT_AUTH_CODE_INVALID")
	poor := l.FreshCode(4)
	for range 2 { // a refusal spends nothing
		want(t, "poor", l.payWith(l.orderNo(), "1.00", poor).String(), "40004 ACQ.BUYER_BALANCE_NOT_ENOUGH")
	}
	want(t, "charged", l.Truth().Charged, 100)
}

func TestAFaceCodePaysInItsScene(t *testing.T) {
	l := startTill(t, Options{})
	biz := payBiz(l.orderNo(), "1.00", "fp"+strings.Repeat("aB1", 11))
	biz["scene"] = "security_code"
	want(t, "answer", l.ask("alipay.trade.pay", biz).String(), "10000")
}

func TestThePasswordIsEnteredAfterTwoQueriesOrInTime(t *testing.T) {
	l := startTill(t, Options{Password: 8 * time.Second})
	no := l.orderNo()
	a := l.payWith(no, "9.00", l.FreshCode(2))
	want(t, "answer", a.String(), "10003")
	want(t, "message", a.Msg, " order success pay inprocess")
	want(t, "paid so far", a.text("buyer_pay_amount"), "0.00")
	for _, status := range []string{"WAIT_BUYER_PAY", "WAIT_BUYER_PAY", "TRADE_SUCCESS", "TRADE_SUCCESS"} {
		want(t, "status", l.queryNo(no).text("trade_status"), status)
	}
	l.wantTruth(no, Paid, 900, 0)

	timed := l.orderNo()
	l.payWith(timed, "9.00", l.FreshCode(2))
	l.clock.pass(7 * time.Second)
	l.wantTruth(timed, Waiting, 0, 0)
	l.clock.pass(time.Second)
	l.wantTruth(timed, Paid, 900, 0)
	want(t, "status", l.queryNo(timed).text("trade_status"), "TRADE_SUCCESS")
}

func TestAnOrderExpiresUnpaid(t *testing.T) {
	for _, c := range []struct {
		name string
		set  fields
		life time.Duration
	}{
		{"three hours by itself", fields{}, 3 * time.Hour},
		{"minutes", fields{"timeout_express": "90m"}, 90 * time.Minute},
		{"days", fields{"timeout_express": "2d"}, 48 * time.Hour},
		{"until midnight", fields{"timeout_express": "1c"}, 9*time.Hour + 30*time.Minute},
		{"a moment", fields{"time_expire": "2026-11-21 14:35:00"}, 5 * time.Minute},
		{"the moment wins", fields{"time_expire": "2026-11-21 14:35:00", "timeout_express": "1h"}, 5 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := startTill(t, Options{})
			biz := payBiz(l.orderNo(), "1.00", l.FreshCode(3))
			for k, v := range c.set {
				biz[k] = v
			}
			no := biz["out_trade_no"].(string)
			want(t, "pay", l.ask("alipay.trade.pay", biz).String(), "10003")
			l.clock.pass(c.life - time.Second)
			want(t, "shortly before", l.queryNo(no).text("trade_status"), "WAIT_BUYER_PAY")
			l.clock.pass(time.Second)
			want(t, "then", l.queryNo(no).text("trade_status"), "TRADE_CLOSED")
			want(t, "a cancel after that", l.cancelNo(no).text("action"), "close")
			l.wantTruth(no, Closed, 0, 0)
		})
	}
}

func TestAnOrderThatExpiresBeforeThePasswordIsNotCharged(t *testing.T) {
	l := startTill(t, Options{Password: 2 * time.Minute})
	biz := payBiz(l.orderNo(), "1.00", l.FreshCode(2))
	biz["timeout_express"] = "1m"
	want(t, "pay", l.ask("alipay.trade.pay", biz).String(), "10003")
	l.clock.pass(time.Hour)
	l.wantTruth(biz["out_trade_no"].(string), Closed, 0, 0)
}

func TestCancelEndsAnOrderWhateverItsState(t *testing.T) {
	l := startTill(t, Options{})
	never := l.cancelNo("FD404")
	want(t, "unknown order", never.String(), "10000")
	want(t, "its action", never.text("action"), "")
	want(t, "its retry", never.text("retry_flag"), "N")
	want(t, "unknown trade", l.ask("alipay.trade.cancel", fields{"trade_no": "2026112122000000000000000000"}).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "neither number", l.ask("alipay.trade.cancel", fields{}).String(), "40004 ACQ.INVALID_PARAMETER")

	waiting := l.orderNo()
	l.payWith(waiting, "3.00", l.FreshCode(3))
	paid := l.paidOrder("3.00")
	for range 2 { // repeating it says the same and moves nothing more
		want(t, "waiting", l.cancelNo(waiting).text("action"), "close")
		want(t, "paid", l.cancelNo(paid).text("action"), "refund")
	}
	l.wantTruth(waiting, Closed, 0, 0)
	l.wantTruth(paid, Reversed, 300, 300)
	want(t, "status", l.queryNo(paid).text("trade_status"), "TRADE_CLOSED")
	want(t, "refund of a reversed order", l.refundNo(paid, "3.00", "").String(), "40004 ACQ.REASON_TRADE_REFUND_FEE_ERR")

	part := l.paidOrder("3.00")
	l.refundNo(part, "1.00", "R1")
	want(t, "refunded in part", l.cancelNo(part).String(), "40004 ACQ.REASON_TRADE_REFUND_FEE_ERR")
	l.wantTruth(part, Paid, 300, 100)

	old := l.paidOrder("3.00")
	l.clock.pass(25 * time.Hour)
	late := l.cancelNo(old)
	want(t, "paid yesterday", late.String(), "40004 ACQ.TRADE_CANCEL_TIME_OUT")
	want(t, "its retry", late.text("retry_flag"), "N")
	l.wantTruth(old, Paid, 300, 0)
}

func TestCloseIsForOrdersThatWait(t *testing.T) {
	l := startTill(t, Options{})
	closeNo := func(no string) said {
		return l.ask("alipay.trade.close", fields{"out_trade_no": no, "operator_id": "01"})
	}
	waiting, atOnce := l.orderNo(), l.orderNo()
	l.payWith(waiting, "3.00", l.FreshCode(3))
	l.payWith(atOnce, "3.00", l.FreshCode(12))
	want(t, "unknown", closeNo("FD404").String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "paid", closeNo(l.paidOrder("3.00")).String(), "40004 ACQ.TRADE_STATUS_ERROR")
	want(t, "waiting", closeNo(waiting).String(), "10000")
	want(t, "closed", closeNo(waiting).String(), "40004 ACQ.REASON_TRADE_STATUS_INVALID")
	want(t, "paid in that moment", closeNo(atOnce).String(), "40004 ACQ.TRADE_STATUS_ERROR")
	l.wantTruth(waiting, Closed, 0, 0)
	l.wantTruth(atOnce, Paid, 300, 0)
}

func TestASlowPaymentObeysACancelThatOvertakesIt(t *testing.T) {
	l := startTill(t, Options{Slow: 300 * time.Millisecond})
	no := l.orderNo()
	answers := make(chan said)
	go func() { answers <- l.payWith(no, "3.00", l.FreshCode(11)) }()
	for l.Truth().Orders[no].State != Waiting {
		time.Sleep(time.Millisecond)
	}
	want(t, "cancel", l.cancelNo(no).text("action"), "close")
	want(t, "the late answer", (<-answers).String(), "40004 ACQ.TRADE_HAS_CLOSE")
	l.wantTruth(no, Closed, 0, 0)
}

func TestConcurrentPaymentsChargeOnce(t *testing.T) {
	l := startTill(t, Options{})
	no, code := l.orderNo(), l.FreshCode(1)
	v := l.sign(l.params("alipay.trade.pay", payBiz(no, "3.00", code)))
	var wg sync.WaitGroup
	answers := make(chan said, 8)
	for range cap(answers) {
		wg.Go(func() { answers <- l.post(v) })
	}
	wg.Wait()
	close(answers)
	paid := 0
	for a := range answers {
		if a.Code == "10000" {
			paid++
		} else {
			want(t, "the others", a.String(), "40004 ACQ.TRADE_HAS_SUCCESS")
		}
	}
	want(t, "paid", paid, 1)
	l.wantTruth(no, Paid, 300, 0)
}
