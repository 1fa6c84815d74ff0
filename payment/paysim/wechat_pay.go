package paysim

import (
	"net/http"
	"time"

	"frontdesk/payment"
)

// codepay is .../transactions/codepay: charge the code that was scanned. The
// code's last two digits choose what happens.
//
// The page with the codes of this call is not public. Here the ones of APIv2
// are used that fit into v3: a code that is expired, used or not WeChat's is
// AUTH_CODE_INVALID, too little money NOT_ENOUGH. While the payer is asked for
// the password the answer is HTTP 202, without a transaction number.
func (w *weChat) codepay(c wxCall) wxReply {
	code := payment.PayCode(c.body.object("payer").text("auth_code"))
	store := c.body.object("scene_info").object("store_info")
	switch {
	case store.text("id") == "" && store.text("out_id") == "":
		return wxWrong("body", "scene_info.store_info 的 id 与 out_id 至少传一个")
	case !wxCodeRule().MatchString(code.Raw()):
		return wxCodeNotValid()
	}
	scenario := scenarioOf(code)
	var waits bool
	rep := w.change(func(p *page) wxReply {
		rep := w.codepayNow(p, c, code, scenario)
		waits = rep.code == "" && rep.status == http.StatusAccepted
		return rep
	})
	if scenario == slow && waits {
		return w.codepaySlowly(c)
	}
	return rep
}

// codepayNow does what the code asks for at once. A number and a code are good
// for one try: only the very same request again is answered as the first.
func (w *weChat) codepayNow(p *page, c wxCall, code payment.PayCode, scenario int) wxReply {
	no := c.body.text("out_trade_no")
	if o, exists := p.find(no); exists {
		if refused, ok := c.reused(o, payment.MethodCode); !ok {
			return refused
		}
		if o.CodeHash != hashCode(code) {
			return wxNumberUsed()
		}
		return c.payAnswer(o)
	}
	if _, exists := p.findHold(no); exists {
		return wxNumberUsed()
	}
	if p.spender(code) != "" {
		return wxCodeNotValid()
	}
	switch scenario {
	case balanceTooLow:
		return wxNo("NOT_ENOUGH", "用户帐号余额不足，请用户充值或更换支付卡后再支付")
	case codeExpired:
		return wxCodeNotValid()
	case errorNotCharged:
		return wxSystemError()
	}
	o := c.newOrder(p, payment.MethodCode)
	o.TradeNo, o.Payer, o.CodeHash = p.newTradeNo(o.Wallet), payerOf(code), hashCode(code)
	o = w.sim.begin(p, o, scenario)
	p.save(o)
	return c.payAnswer(o).sentBy(scenario)
}

// codepaySlowly takes its time and then says what has become of the order. It
// was waiting all the while, so a reverse in between is obeyed.
func (w *weChat) codepaySlowly(c wxCall) wxReply {
	if !w.sim.sleep(w.sim.opts.Slow) {
		return wxReply{}.sentBy(replyLost)
	}
	return w.change(func(p *page) wxReply {
		o, _ := p.find(c.body.text("out_trade_no"))
		if o.State == Waiting { // an injected clock may stand still
			o = o.paid(p.now)
			p.save(o)
		}
		return c.payAnswer(o)
	})
}

// wechatOrderLife is how long an order can be paid when nothing else is said.
// WeChat ends an unpaid pay code after 45 s by itself, and asks for a reverse all
// the same; here it waits on, so that a till which does not reverse is found out.
const wechatOrderLife = 2 * time.Hour

// newOrder is the order that a request asks for; the caller sets it off.
func (c wxCall) newOrder(p *page, m payment.Method) order {
	return order{
		No: c.body.text("out_trade_no"), Channel: payment.WeChat, Method: m, Wallet: payment.WalletWeChat, Account: c.merchant.account(),
		Amount: c.body.object("amount").fen("total"), Subject: c.body.text("description"), Attach: c.body.text("attach"),
		State: Waiting, Created: p.now, Expires: p.now.Add(wechatOrderLife),
	}
}

// reused is the answer to an order number that is used already; ok is true when
// the order is the same one and still waits. Numbers are the merchant's own, but
// the book has each only once, and so has a till.
func (c wxCall) reused(o order, m payment.Method) (refused wxReply, ok bool) {
	same := o.Channel == payment.WeChat && o.Account == c.merchant.account() && o.Method == m && o.Hold == "" &&
		o.Amount == c.body.object("amount").fen("total") && o.Subject == c.body.text("description")
	switch {
	case !same:
		return wxNumberUsed(), false
	case o.State == Paid:
		return wxOrderPaid(), false
	case o.State != Waiting && o.State != Offered:
		return wxOrderClosed(), false
	}
	return wxReply{}, true
}

// payAnswer says how the order stands to the one who asked for it.
func (c wxCall) payAnswer(o order) wxReply {
	switch o.State {
	case Waiting:
		rep := wxYes(c.orderFields(o, "USERPAYING"))
		rep.status = http.StatusAccepted
		return rep
	case Paid:
		return wxYes(c.orderFields(o, "SUCCESS"))
	}
	return wxOrderClosed()
}

func wxCodeNotValid() wxReply {
	return wxNo("AUTH_CODE_INVALID", "请扫描微信支付被扫条码/二维码，或请用户刷新付款码后重试")
}
func wxNumberUsed() wxReply { return wxNo("OUT_TRADE_NO_USED", "商户订单号重复") }
func wxOrderPaid() wxReply  { return wxNo("ORDER_PAID", "该订单已支付") }
func wxOrderClosed() wxReply {
	return wxNo("ORDER_CLOSED", "该订单已关闭")
}
