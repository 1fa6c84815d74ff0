package paysim

import (
	"frontdesk/payment"
)

var freezeFields = all(fundFields, []field{
	must("auth_code", like(`(?:2[5-9]|30)[0-9]{14,22}|fp[0-9A-Za-z]{33}|[0-9A-Za-z]{300,700}`, "付款码")),
	must("auth_code_type", oneOf("bar_code", "security_code")),
	may("scene_code", oneOf("HOTEL")),
	may("terminal_params", plain(2048)),
})

// freeze is alipay.fund.auth.order.freeze: set money of the payer aside whose
// code was scanned. The code's last two digits choose what happens, with the
// numbers of Scenarios.
//
// No document says whether the answer is 10000 or 10003 while the payer is
// asked for a password. Here the codes 02 and 12 get the first and 03 and 13
// the second, both with status INIT: a till must believe the status alone.
func (a *alipay) freeze(b content) reply {
	code := payment.PayCode(b.text("auth_code"))
	face := code.IsFace() || len(code) >= 300
	switch {
	case face != (b.text("auth_code_type") == "security_code"):
		return illegal("auth_code_type 与 auth_code 不符")
	case !face && b.text("scene_code") != "":
		return illegal("scene_code 只用于刷脸")
	}
	scenario := scenarioOf(code)
	var waits bool
	rep := a.change(func(p *page) reply {
		rep := a.freezeNow(p, b, code, scenario)
		waits = rep.fields["status"] == "INIT"
		return rep
	})
	if scenario == slow && waits {
		return a.freezeSlowly(b)
	}
	return rep
}

// freezeNow does what the code asks for at once. A hold that waits may be
// tried again with a fresh code of the same payer.
func (a *alipay) freezeNow(p *page, b content, code payment.PayCode, scenario int) reply {
	if refused, ok := a.checkHold(b); !ok {
		return refused
	}
	h, exists := p.findHold(b.text("out_order_no"))
	switch {
	case exists:
		if refused, ok := heldBefore(h, b, payment.MethodCode); !ok {
			return refused
		}
		if h.Payer != payerOf(code) {
			return violation()
		}
		if h.CodeHash == hashCode(code) {
			return freezeAnswer(h) // the same request again: the payer is being asked
		}
	case p.requestTaken(b.text("out_request_no")):
		return violation()
	default:
		h = newHold(p, b, payment.MethodCode)
	}
	if p.spender(code) != "" {
		return holdCodeInvalid()
	}
	switch scenario {
	case balanceTooLow:
		return failed("MONEY_NOT_ENOUGH", "授权失败，顾客余额不足，建议顾客充值完成后再进行付款")
	case codeExpired:
		return holdCodeInvalid()
	case errorNotCharged:
		return failed("SYSTEM_ERROR", "系统错误")
	}
	if h.AuthNo == "" {
		h.AuthNo, h.OperationID, h.Payer = p.newAuthNo(h.Wallet), p.newOperationID(h), payerOf(code)
	}
	h.CodeHash = hashCode(code)
	h = a.sim.beginHold(p, h, scenario)
	p.saveHold(h)
	return freezeAnswer(h).sentBy(scenario, "aop.unknow-error")
}

// freezeSlowly takes its time and then says what has become of the hold. It
// was waiting all the while, so a cancel in between is obeyed.
func (a *alipay) freezeSlowly(b content) reply {
	if !a.sim.sleep(a.sim.opts.Slow) {
		return reply{}.lost()
	}
	return a.change(func(p *page) reply {
		h, _ := p.findHold(b.text("out_order_no"))
		if h.State == Waiting { // an injected clock may stand still
			h = h.heldSince(p.now)
			p.saveHold(h)
		}
		return freezeAnswer(h)
	})
}

func holdCodeInvalid() reply {
	return failed("PAYMENT_AUTH_CODE_INVALID", "授权失败，获取顾客账户信息失败，请顾客刷新付款码后重新收款，如再次授权失败，请联系管理员处理")
}

// freezeAnswer says how the hold stands to the one who asked for it.
func freezeAnswer(h hold) reply {
	fields := holdIDs(h, h.OperationID, h.RequestNo)
	fields["amount"] = h.Amount.String()
	fields["payer_user_id"], fields["payer_logon_id"] = h.Payer.UserID, h.Payer.LogonID
	switch {
	case h.State == Waiting:
		fields["status"] = "INIT"
		if h.Scenario == neverPaid || h.Scenario == cancelUnknownTwice {
			return done("10003", fields)
		}
		return done("10000", fields)
	case h.State == Held:
		fields["status"], fields["gmt_trans"] = "SUCCESS", moment(h.HeldAt)
		return done("10000", ownMoney(fields, "", h.Amount))
	}
	return ended(h)
}

// ownMoney adds how an amount is split between the payer's credit and the
// payer's own money, which is all that payers here have.
func ownMoney(fields map[string]any, prefix string, sum payment.Amount) map[string]any {
	fields[prefix+"fund_amount"], fields[prefix+"credit_amount"] = sum.String(), "0.00"
	return fields
}
