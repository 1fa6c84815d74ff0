package paysim

import (
	"frontdesk/payment"
)

// micropay is /deposit/micropay: take a deposit of the payer whose code was
// scanned. The code's last two digits choose what happens.
func (w *weChat) micropay(c depositCall) v2Reply {
	code := payment.PayCode(c.body.text("auth_code"))
	if !wxCodeRule().MatchString(code.Raw()) {
		return v2No("AUTH_CODE_INVALID", "请扫描微信支付被扫条码/二维码")
	}
	scenario := scenarioOf(code)
	var waits bool
	rep := w.changeV2(func(p *page) v2Reply {
		rep := w.micropayNow(p, c, code, scenario)
		waits = rep.code == "USERPAYING"
		return rep
	})
	if scenario == slow && waits {
		return w.micropaySlowly(c)
	}
	return rep
}

// micropayNow does what the code asks for at once. A number and a code are good
// for one try, as with a payment.
func (w *weChat) micropayNow(p *page, c depositCall, code payment.PayCode, scenario int) v2Reply {
	no := c.body.text("out_trade_no")
	total, _ := v2Amount(c.body["total_fee"])
	h, exists := p.findHold(no)
	_, used := p.find(no)
	switch {
	case exists && h.Channel == payment.WeChat && h.Account == c.merchant.account() && h.Amount == total && h.CodeHash == hashCode(code):
		return c.depositAnswer(h) // the same request again
	case exists, used, p.requestTaken(no):
		return v2No("OUT_TRADE_NO_USED", "商户订单号重复")
	case p.spender(code) != "":
		return v2CodeExpired()
	}
	switch scenario {
	case balanceTooLow:
		return v2No("NOTENOUGH", "余额不足")
	case codeExpired:
		return v2CodeExpired()
	case errorNotCharged:
		return v2SystemError()
	}
	h = hold{
		No: no, RequestNo: no, Channel: payment.WeChat, Method: payment.MethodCode, Wallet: payment.WalletWeChat, Account: c.merchant.account(),
		Amount: total, Title: c.body.text("body"), Attach: c.body.text("attach"), State: Waiting, Created: p.now, Expires: p.now.Add(wechatOrderLife),
		Payer: payerOf(code), CodeHash: hashCode(code),
	}
	h.AuthNo, h.OperationID = p.newAuthNo(h.Wallet), p.newOperationID(h)
	h = w.sim.beginHold(p, h, scenario)
	p.saveHold(h)
	return c.depositAnswer(h).sentBy(scenario)
}

// micropaySlowly takes its time and then says what has become of the deposit.
func (w *weChat) micropaySlowly(c depositCall) v2Reply {
	if !w.sim.sleep(w.sim.opts.Slow) {
		return v2Reply{}.sentBy(replyLost)
	}
	return w.changeV2(func(p *page) v2Reply {
		h, _ := p.findHold(c.body.text("out_trade_no"))
		if h.State == Waiting { // an injected clock may stand still
			h = h.heldSince(p.now)
			p.saveHold(h)
		}
		return c.depositAnswer(h)
	})
}

// depositAnswer says how the deposit stands to the one who asked for it.
func (c depositCall) depositAnswer(h hold) v2Reply {
	switch h.State {
	case Waiting:
		return v2No("USERPAYING", "需要用户输入支付密码")
	case Held:
		return v2Yes(depositFields(h))
	case Closed:
		return v2No("ORDERREVERSED", "订单已撤销")
	}
	return v2No("ORDERPAID", "订单已支付")
}

func v2CodeExpired() v2Reply {
	return v2No("AUTHCODEEXPIRE", "二维码已过期，请用户在微信上刷新后再试")
}

// depositFields are what every answer about a paid deposit says.
func depositFields(h hold) map[string]string {
	fields := map[string]string{
		"openid": h.Payer.UserID, "is_subscribe": "N", "trade_type": "MICROPAY", "bank_type": "OTHERS", "fee_type": "CNY",
		"total_fee": v2Sum(h.Amount), "cash_fee": v2Sum(h.Amount), "transaction_id": h.AuthNo, "out_trade_no": h.No,
		"time_end": h.HeldAt.In(payment.Beijing).Format(v2MomentForm),
	}
	if h.Attach != "" {
		fields["attach"] = h.Attach
	}
	return fields
}
