package paysim

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/payment"
)

// Every test code: what comes of the pay call, of a query after it, and of up to
// three reverses when it still waits.
func TestEveryTestCodeAtWeChat(t *testing.T) {
	const notThere, ok, waits = "404 ORDER_NOT_EXIST", "200 SUCCESS", "200 USERPAYING"
	for _, c := range []struct {
		number   int
		pay      string
		query    string
		reverses []string
		last     string // query after the reverses
		state    State
	}{
		{1, ok, ok, nil, ok, Paid},
		{2, "202 USERPAYING", waits, nil, waits, Waiting},
		{3, "202 USERPAYING", waits, []string{"200"}, "200 REVOKED", Closed},
		{4, "403 NOT_ENOUGH", notThere, nil, notThere, ""},
		{5, "400 AUTH_CODE_INVALID", notThere, nil, notThere, ""},
		{6, "no answer", ok, nil, ok, Paid},
		{7, "500 SYSTEM_ERROR", ok, nil, ok, Paid},
		{8, "500 SYSTEM_ERROR", notThere, []string{"200"}, notThere, ""},
		{9, "no JSON", ok, nil, ok, Paid},
		{10, "not to be believed", ok, nil, ok, Paid},
		{11, ok, ok, nil, ok, Paid},
		{12, "202 USERPAYING", waits, []string{"200", "200"}, "200 REFUND", Reversed},
		{13, "202 USERPAYING", waits, []string{"500 SYSTEM_ERROR", "202 USERPAYING", "200"}, "200 REVOKED", Closed},
		{14, ok, ok, nil, ok, Paid},
		{77, ok, ok, []string{"200", "200"}, "200 REFUND", Reversed},
	} {
		for _, partner := range []bool{false, true} {
			t.Run(fmt.Sprintf("%02d partner %v", c.number, partner), func(t *testing.T) {
				t.Parallel()
				l := startWeChat(t, Options{Slow: 20 * time.Millisecond, Password: time.Hour})
				if partner {
					l = l.asPartner()
				}
				no := l.orderNo()
				a, broken := l.send(l.request("POST", l.path("codepay"), l.codepayBody(no, 1250, l.code(c.number))))
				if broken == "" {
					broken = a.String()
				}
				want(t, "pay", broken, c.pay)
				want(t, "query", l.query(no).String(), c.query)
				l.clock.pass(15 * time.Second)
				for _, answer := range c.reverses {
					want(t, "reverse", l.reverse(no).String(), answer)
				}
				want(t, "last query", l.query(no).String(), c.last)
				want(t, "state", l.Truth().Orders[no].State, c.state)
				if c.number <= len(Scenarios) && c.state != Waiting {
					want(t, "kept, as the table says", l.Truth().Net() > 0, KeptAt(payment.WeChat, c.number, false))
				}
			})
		}
	}
}

func TestAPaidOrderSaysAllOfItself(t *testing.T) {
	l := startWeChat(t, Options{})
	no := l.orderNo()
	body := but(l.codepayBody(no, 1250, l.code(1)), fields{"attach": "小票 01000001", "goods_tag": "WXG"})
	pay := l.ask("POST", l.path("codepay"), body)
	for _, a := range []wxSaid{pay, l.query(no), l.ask("GET", l.path("id/"+pay.text("transaction_id"))+l.inQuery(), nil)} {
		for name, expected := range map[string]string{
			"appid": l.account.AppID, "mchid": l.account.MchID, "out_trade_no": no, "trade_type": "MICROPAY", "trade_state": "SUCCESS",
			"transaction_id": l.Truth().Orders[no].TradeNo, "success_time": "2026-11-21T14:30:00+08:00", "attach": "小票 01000001",
			"amount.total": "1250", "amount.payer_total": "1250", "amount.currency": "CNY", "payer.openid": wechatPhone.UserID,
		} {
			want(t, name, a.text(name), expected)
		}
	}
	want(t, "form of the number", len(pay.text("transaction_id")), 28)
	want(t, "begins", pay.text("transaction_id")[:4], "4200")

	p := l.asPartner()
	no = p.paid(100)
	a := p.query(no)
	want(t, "partner", a.text("sp_mchid")+" "+a.text("sub_mchid")+" "+a.text("payer.sp_openid"), p.account.MchID+" "+p.account.SubMchID+" "+wechatPhone.UserID)
}

func TestWhatIsNotPaidHasNoTransactionNumber(t *testing.T) {
	l := startWeChat(t, Options{})
	no := l.orderNo()
	a := l.codepay(no, 100, l.code(3))
	want(t, "pay", a.String(), "202 USERPAYING")
	want(t, "number", a.text("transaction_id"), "")
	want(t, "by its number", l.ask("GET", l.path("id/"+l.Truth().Orders[no].TradeNo)+l.inQuery(), nil).String(), "404 ORDER_NOT_EXIST")
}

func TestTheSecretPayerEntersThePasswordByTheThirdQuery(t *testing.T) {
	l := startWeChat(t, Options{Password: time.Hour})
	no := l.orderNo()
	l.codepay(no, 100, l.code(2))
	for _, state := range []string{"200 USERPAYING", "200 USERPAYING", "200 SUCCESS"} {
		want(t, "query", l.query(no).String(), state)
	}
	l.wantTruth(no, Paid, 100, 0)
}

func TestAnOrderNumberAndACodeAreGoodOnce(t *testing.T) {
	l := startWeChat(t, Options{Password: time.Hour})
	code := l.code(3)
	no := l.orderNo()
	l.codepay(no, 100, code)
	want(t, "the same request", l.codepay(no, 100, code).String(), "202 USERPAYING")
	want(t, "another code", l.codepay(no, 100, l.code(1)).String(), "403 OUT_TRADE_NO_USED")
	want(t, "another amount", l.codepay(no, 101, code).String(), "403 OUT_TRADE_NO_USED")
	want(t, "another order", l.codepay(l.orderNo(), 100, code).String(), "400 AUTH_CODE_INVALID")
	want(t, "a QR", l.native(no, 100).String(), "403 OUT_TRADE_NO_USED")
	want(t, "another merchant", l.asPartner().codepay(no, 100, l.code(1)).String(), "403 OUT_TRADE_NO_USED")
	l.clock.pass(15 * time.Second)
	l.reverse(no)
	want(t, "reversed", l.codepay(no, 100, code).String(), "400 ORDER_CLOSED")

	code = l.code(1)
	no = l.orderNo()
	l.codepay(no, 100, code)
	want(t, "paid", l.codepay(no, 100, code).String(), "400 ORDER_PAID")
	want(t, "charged", l.Truth().Charged, 100)
}

func TestAnotherMerchantSeesNothing(t *testing.T) {
	l := startWeChat(t, Options{})
	p := l.asPartner()
	no := l.paid(100)
	want(t, "query", p.query(no).String(), "404 ORDER_NOT_EXIST")
	want(t, "by number", p.ask("GET", p.path("id/"+l.Truth().Orders[no].TradeNo)+p.inQuery(), nil).String(), "404 ORDER_NOT_EXIST")
	want(t, "refund", p.refund(no, "R1", 100, 100).String(), "404 RESOURCE_NOT_EXISTS")
	want(t, "close", p.closeNo(no).String(), "404 ORDER_NOT_EXIST")
	want(t, "reverse says yes", p.reverse(no).String(), "200")
	l.wantTruth(no, Paid, 100, 0)
	l.refund(no, "R1", 60, 100)
	want(t, "refund query", p.refundQuery("R1").String(), "404 RESOURCE_NOT_EXISTS")

	alipay := l.paidOrder("1.00")
	want(t, "Alipay's order", l.query(alipay).String(), "404 ORDER_NOT_EXIST")
	want(t, "used there", l.codepay(alipay, 100, l.code(1)).String(), "403 OUT_TRADE_NO_USED")
	want(t, "Alipay", l.queryNo(no).String(), "40004 ACQ.TRADE_NOT_EXIST")
}
