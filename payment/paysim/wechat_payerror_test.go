package paysim

import (
	"testing"
	"time"
)

// A payment that WeChat calls broken off is none until it was reversed: the payer
// may have been quicker.
func TestAPaymentThatBrokeOffCanStillBePaid(t *testing.T) {
	l := startWeChat(t, Options{Password: time.Hour, WeChat: WeChatOptions{GivesUpAfter: 30 * time.Second}})
	slow, never := l.orderNo(), l.orderNo()
	l.codepay(slow, 1250, l.code(2))
	l.codepay(never, 1250, l.code(3))
	l.clock.pass(30*time.Second - time.Millisecond)
	want(t, "before", l.query(slow).String(), "200 USERPAYING")
	l.clock.pass(time.Millisecond)
	a := l.query(slow)
	want(t, "given up", a.String()+a.text("trade_state_desc"), "200 PAYERROR支付失败，请撤销订单")
	want(t, "paid all the same", l.query(slow).String(), "200 SUCCESS")
	want(t, "never paid", l.query(never).String(), "200 PAYERROR")
	for _, no := range []string{slow, never} {
		want(t, "reverse", l.reverse(no).String(), "200")
	}
	want(t, "given back", l.query(slow).String(), "200 REFUND")
	want(t, "ended", l.query(never).String(), "200 REVOKED")
	l.wantTruth(slow, Reversed, 1250, 1250)
	l.wantTruth(never, Closed, 0, 0)
}

func TestADepositThatBrokeOffCanStillBePaid(t *testing.T) {
	l := startDeposits(t, Options{Password: time.Hour, WeChat: WeChatOptions{GivesUpAfter: 30 * time.Second}})
	slow, never := l.orderNo(), l.orderNo()
	l.micropay(slow, 5000, l.code(2))
	l.micropay(never, 5000, l.code(3))
	l.clock.pass(30 * time.Second)
	want(t, "given up", l.depositQuery(slow).String(), "SUCCESS PAYERROR")
	l.depositQuery(slow)
	want(t, "paid all the same", l.depositQuery(slow).String(), "SUCCESS SUCCESS")
	want(t, "never paid", l.depositQuery(never).String(), "SUCCESS PAYERROR")
	want(t, "reverse", l.depositReverse(never).String(), "SUCCESS N")
	want(t, "ended", l.depositQuery(never).String(), "SUCCESS REVOKED")
	l.wantHold(slow, Held, 5000, 0, 0)
	l.wantHold(never, Closed, 0, 0, 0)
}
