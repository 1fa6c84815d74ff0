package paysim

import (
	"strings"
	"testing"
	"time"
)

func TestReleasesAddUp(t *testing.T) {
	l := startTill(t, Options{})
	no, auth := l.heldOrder("10.00")
	first := l.unfreeze(auth, "2.50", "U1")
	want(t, "first", first.String(), "10000")
	for k, v := range map[string]string{
		"status": "SUCCESS", "amount": "2.50", "auth_no": auth, "out_order_no": no, "out_request_no": "U1",
		"gmt_trans": "2026-11-21 14:30:00", "fund_amount": "2.50", "credit_amount": "0.00",
	} {
		want(t, k, first.text(k), v)
	}
	l.clock.pass(time.Minute)
	again := l.unfreeze(auth, "2.50", "U1")
	want(t, "the same again", again.text("operation_id")+again.text("gmt_trans"), first.text("operation_id")+first.text("gmt_trans"))
	l.wantHold(no, Held, 1000, 0, 250)
	want(t, "the same number, another amount", l.unfreeze(auth, "2.60", "U1").String(), "40004 UNIQUE_VIOLATION")
	want(t, "the hold's own number", l.unfreeze(auth, "1.00", no).String(), "40004 UNIQUE_VIOLATION")
	_, otherAuth := l.heldOrder("10.00")
	want(t, "another hold's number", l.unfreeze(otherAuth, "2.50", "U1").String(), "40004 UNIQUE_VIOLATION")
	want(t, "too much", l.unfreeze(auth, "7.60", "U2").String(), "40004 REQUEST_AMOUNT_EXCEED")
	l.wantHold(no, Held, 1000, 0, 250)

	want(t, "the rest", l.unfreeze(auth, "7.50", "U2").String(), "10000")
	l.wantHold(no, Released, 1000, 0, 1000)
	want(t, "query", l.holdStatus(no), "CLOSED SUCCESS 0.00")
	// Now the end of the hold is named first; what was done, the query knows.
	want(t, "the last again", l.unfreeze(auth, "7.50", "U2").String(), "40004 ORDER_ALREADY_CLOSED")
	want(t, "nothing left", l.unfreeze(auth, "0.10", "U3").String(), "40004 ORDER_ALREADY_CLOSED")
	want(t, "the last, says the query", l.detailNo(no, "U2").text("status")+l.detailNo(no, "U2").text("amount"), "SUCCESS7.50")
	want(t, "sum", l.Truth().Released, 1000)
}

func TestWhatCannotBeReleased(t *testing.T) {
	l := startTill(t, Options{Password: time.Hour})
	waiting := l.orderNo()
	waitingAuth := l.freezeWith(waiting, "10.00", l.FreshCode(3)).text("auth_no")
	_, finishedAuth := l.heldOrder("10.00")
	l.captureAndRelease(finishedAuth, l.orderNo(), "1.00")
	promised, promisedAuth := l.heldOrder("10.00")
	trade := l.orderNo()
	want(t, "capture that waits", l.captureKeeping(promisedAuth, trade, "4.05").String(), "10003")
	ok := l.unfreezeBiz(promisedAuth, "1.00", "U1")
	for _, c := range []struct {
		name   string
		biz    fields
		answer string
	}{
		{"unknown", but(ok, fields{"auth_no": "2026112110002001999999999999"}), "AUTH_ORDER_NOT_EXIST"},
		{"not confirmed yet", but(ok, fields{"auth_no": waitingAuth}), "ILLEGAL_STATUS"},
		{"finished", but(ok, fields{"auth_no": finishedAuth}), "ORDER_ALREADY_FINISH"},
		{"promised to a capture", but(ok, fields{"amount": "6.00"}), "BIZ_ERROR"},
		{"no remark", but(ok, fields{"remark": nil}), "ILLEGAL_ARGUMENT"},
		{"empty remark", but(ok, fields{"remark": ""}), "ILLEGAL_ARGUMENT"},
		{"no number", but(ok, fields{"out_request_no": nil}), "ILLEGAL_ARGUMENT"},
		{"no amount", but(ok, fields{"amount": nil}), "ILLEGAL_ARGUMENT"},
		{"no hold", but(ok, fields{"auth_no": nil, "out_order_no": promised}), "ILLEGAL_ARGUMENT"},
		{"zero", but(ok, fields{"amount": "0.00"}), "ILLEGAL_ARGUMENT"},
	} {
		want(t, c.name, l.ask("alipay.fund.auth.order.unfreeze", c.biz).String(), "40004 "+c.answer)
	}
	l.wantHold(promised, Held, 1000, 0, 0)
	want(t, "what is free", l.unfreeze(promisedAuth, "5.90", "U2").String(), "10000")
	want(t, "the capture given up", l.cancelNo(trade).text("action"), "close")
	want(t, "then the rest too", l.unfreeze(promisedAuth, "4.10", "U3").String(), "10000")
	l.wantHold(promised, Released, 1000, 0, 1000)
}

// The last digit of fen forces what happens; a client that repeats with the
// same number always ends with the money free once, or refused.
func TestForcedReleases(t *testing.T) {
	type row struct {
		amount     string
		first      string // "closed" when no answer came
		afterFirst int64
		query      string
		again      string
		afterAgain int64
	}
	const unknown = "40004 AUTH_OPERATION_NOT_EXIST"
	each(t, []row{
		{"3.01", "closed", 301, "10000 SUCCESS", "10000", 301},
		{"3.02", "40004 PAYER_USER_STATUS_LIMIT", 0, unknown, "40004 PAYER_USER_STATUS_LIMIT", 0},
		{"3.03", "20000 aop.unknow-error", 303, "10000 SUCCESS", "10000", 303},
		{"3.04", "40004 SYSTEM_ERROR", 0, unknown, "10000", 304},
		{"3.05", "10000", 305, "10000 SUCCESS", "10000", 305},
		{"3.10", "10000", 310, "10000 SUCCESS", "10000", 310},
	}, func(r row) string { return r.amount }, func(t *testing.T, l *till, r row) {
		no, auth := l.heldOrder("10.00")
		biz := l.unfreezeBiz(auth, r.amount, "U1")
		want(t, "first", l.outcome("alipay.fund.auth.order.unfreeze", biz), r.first)
		want(t, "free after the first", int64(l.Truth().Released), r.afterFirst)
		q := l.detailNo(no, "U1")
		want(t, "query", strings.TrimSpace(q.String()+" "+q.text("status")), r.query)
		want(t, "again", l.outcome("alipay.fund.auth.order.unfreeze", biz), r.again)
		want(t, "free after the second", int64(l.Truth().Released), r.afterAgain)
		if r.amount == "3.02" || r.amount == "3.04" {
			want(t, "the number, another amount", l.unfreeze(auth, "1.00", "U1").String(), "40004 UNIQUE_VIOLATION")
		}
		for _, c := range ReleaseCases {
			if strings.HasSuffix(r.amount, string(rune('0'+c.Digit))) {
				want(t, "as the table says", r.afterFirst > 0, c.Done)
			}
		}
	})
}

// outcome is the answer to a request, or in one word why there is none.
func (l *till) outcome(method string, biz fields) string {
	l.t.Helper()
	a, broken := l.attempt(method, biz)
	if broken != "" {
		return broken
	}
	return a.String()
}
