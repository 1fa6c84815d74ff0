package paysim

import (
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestAWeChatQRIsAnOrderAtOnce(t *testing.T) {
	l := startWeChat(t, Options{})
	no := l.orderNo()
	text := l.native(no, 800).text("code_url")
	want(t, "form", strings.HasPrefix(text, "weixin://wxpay/bizpayurl?pr="), true)
	q := l.query(no)
	want(t, "query", q.String()+q.text("transaction_id"), "200 NOTPAY")
	want(t, "refund", l.refund(no, "R1", 800, 800).String(), "400 INVALID_REQUEST")
	want(t, "reverse", l.reverse(no).String(), "400 INVALID_REQUEST")
	l.wantTruth(no, Offered, 0, 0)
	want(t, "the same again", l.native(no, 800).text("code_url"), text)
	want(t, "another amount", l.native(no, 801).String(), "403 OUT_TRADE_NO_USED")

	check(t, l.ScanQR(text, 3))
	want(t, "scanned", l.query(no).String(), "200 NOTPAY")
	check(t, l.ScanQR(text, 1))
	q = l.query(no)
	want(t, "paid", q.String()+" "+q.text("trade_type")+" "+q.text("payer.openid"), "200 SUCCESS NATIVE "+wechatPhone.UserID)
	wantErr(t, "again", l.ScanQR(text, 1), ErrQRPaid)
	want(t, "shown again", l.native(no, 800).String(), "400 ORDER_PAID")
	want(t, "close", l.closeNo(no).String(), "400 ORDER_PAID")
	want(t, "reverse", l.reverse(no).String(), "400 INVALID_REQUEST")
	l.wantTruth(no, Paid, 800, 0)
}

func TestACloseEndsAWeChatQR(t *testing.T) {
	l := startWeChat(t, Options{Password: time.Hour})
	for _, c := range []struct {
		name    string
		outcome int
		closes  []string
		last    string
		state   State
		charged int
	}{
		{"not scanned", 0, []string{"204", "400 ORDER_CLOSED"}, "200 CLOSED", Closed, 0},
		{"scanned, not paid", 3, []string{"204", "400 ORDER_CLOSED"}, "200 CLOSED", Closed, 0},
		{"the password is being entered", 2, []string{"204"}, "200 CLOSED", Closed, 0},
		{"paid in that very moment", 12, []string{"400 ORDER_PAID", "400 ORDER_PAID"}, "200 SUCCESS", Paid, 800},
		{"an error twice", 13, []string{"500 SYSTEM_ERROR", "500 SYSTEM_ERROR", "204"}, "200 CLOSED", Closed, 0},
		{"paid with a discount", 14, []string{"400 ORDER_PAID"}, "200 SUCCESS", Paid, 800},
	} {
		no := l.orderNo()
		text := l.native(no, 800).text("code_url")
		if c.outcome != 0 {
			check(t, l.ScanQR(text, c.outcome))
		}
		for _, answer := range c.closes {
			want(t, c.name+": close", l.closeNo(no).String(), answer)
		}
		want(t, c.name+": query", l.query(no).String(), c.last)
		l.wantTruth(no, c.state, amountOf(c.charged), 0)
		if c.outcome > 2 {
			want(t, c.name+": kept, as the table says", c.state == Paid, KeptAt(payment.WeChat, c.outcome, true))
		}
		if c.state == Closed {
			wantErr(t, c.name+": scan", l.ScanQR(text, 1), ErrQRExpired)
			want(t, c.name+": shown again", l.native(no, 800).String(), "400 ORDER_CLOSED")
		}
	}
	want(t, "unknown", l.closeNo("FD0000000001").String(), "404 ORDER_NOT_EXIST")
	want(t, "a code's", l.closeNo(l.paid(100)).String(), "400 INVALID_REQUEST")
}

func TestAWeChatQRDiesOfAge(t *testing.T) {
	l := startWeChat(t, Options{})
	for _, c := range []struct {
		name string
		set  fields
		life time.Duration
	}{
		{"two hours", fields{}, 2 * time.Hour},
		{"its own time", fields{"time_expire": rfc3339(l.now().Add(5 * time.Minute))}, 5 * time.Minute},
		{"a time of another clock", fields{"time_expire": "2001-01-01T00:00:00+08:00"}, 2 * time.Hour},
	} {
		no := l.orderNo()
		body := but(l.nativeBody(no, 100), c.set)
		if _, own := c.set["time_expire"]; own && c.life == 5*time.Minute {
			body["time_expire"] = rfc3339(l.now().Add(c.life))
		}
		text := l.ask("POST", l.path("native"), body).text("code_url")
		l.clock.pass(c.life - time.Second)
		want(t, c.name+": before", l.query(no).String(), "200 NOTPAY")
		l.clock.pass(time.Second)
		wantErr(t, c.name, l.ScanQR(text, 1), ErrQRExpired)
		want(t, c.name+": query", l.query(no).String(), "200 CLOSED")
	}
}

func TestAReverseHasItsTime(t *testing.T) {
	l := startWeChat(t, Options{})
	no := l.orderNo()
	l.codepay(no, 100, l.code(3))
	l.clock.pass(15*time.Second - 1)
	want(t, "early", l.reverse(no).String(), "400 INVALID_REQUEST")
	want(t, "unchanged", l.query(no).String(), "200 USERPAYING")
	l.clock.pass(1)
	want(t, "in time", l.reverse(no).String(), "200")

	late := l.paid(100)
	l.clock.pass(7*24*time.Hour + time.Second)
	want(t, "after a week", l.reverse(late).String(), "400 INVALID_REQUEST")
	l.wantTruth(late, Paid, 100, 0)

	partly := l.paid(100)
	l.refund(partly, "R1", 60, 100)
	want(t, "refunded in part", l.reverse(partly).String(), "400 INVALID_REQUEST")
	want(t, "unknown", l.reverse("FD0000000001").String(), "200")

	l = startWeChat(t, Options{WeChat: WeChatOptions{ReverseAfter: -1}})
	no = l.orderNo()
	l.codepay(no, 100, l.code(1))
	want(t, "at once, when it may", l.reverse(no).String(), "200")
	l.wantTruth(no, Reversed, 100, 100)
}
