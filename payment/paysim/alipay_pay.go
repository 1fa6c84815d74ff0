package paysim

import (
	"frontdesk/payment"
)

var payFields = all(orderFields, []field{
	must("auth_code", like(`(?:2[5-9]|30)[0-9]{14,22}|fp[0-9A-Za-z]{33}`, "付款码")),
	may("scene", oneOf("bar_code", "security_code")),
	may("product_code", oneOf("FACE_TO_FACE_PAYMENT", "OFFLINE_PAYMENT")),
	may("buyer_id", accountNo),
	may("buyer_open_id", plain(128)),
	may("trans_currency", oneOf("CNY")),
	may("settle_currency", oneOf("CNY")),
	may("terminal_params", plain(2048)),
	may("promo_params", oneObject),
	may("pay_params", oneObject),
	may("request_org_pid", accountNo),
	may("advance_payment_type", plain(32)),
	may("is_async_pay", oneTruth),
})

// pay is alipay.trade.pay: charge the code that was scanned. The code's last
// two digits choose what happens.
func (a *alipay) pay(b content) reply {
	code := payment.PayCode(b.text("auth_code"))
	if code.IsFace() != (b.text("scene") == "security_code") {
		return failed("ACQ.INVALID_PARAMETER", "参数无效：scene 与 auth_code 不符")
	}
	scenario := scenarioOf(code)
	rep := a.change(func(p *page) reply { return a.payNow(p, b, code, scenario) })
	if scenario == slow && rep.code == "10003" {
		return a.paySlowly(b)
	}
	return rep
}

// payNow does what the code asks for at once. An order that waits may be tried
// again with a fresh code of the same payer.
func (a *alipay) payNow(p *page, b content, code payment.PayCode, scenario int) reply {
	if refused, ok := a.checkOrder(p, b); !ok {
		return refused
	}
	o, exists := p.find(b.text("out_trade_no"))
	if exists {
		if refused, ok := reused(o, b, payment.MethodCode); !ok {
			return refused
		}
		if o.Payer != payerOf(code) {
			return failed("ACQ.TRADE_BUYER_NOT_MATCH", "交易买家不匹配")
		}
		if o.CodeHash == hashCode(code) {
			return payAnswer(o, p) // the same request again: it is being paid
		}
	} else {
		o = newOrder(p, b, payment.MethodCode)
	}
	if p.spender(code) != "" {
		return codeInvalid()
	}
	switch scenario {
	case balanceTooLow:
		return failed("ACQ.BUYER_BALANCE_NOT_ENOUGH", "买家余额不足")
	case codeExpired:
		return codeInvalid()
	case errorNotCharged:
		return failed("ACQ.SYSTEM_ERROR", "系统异常")
	}
	if o.TradeNo == "" {
		o.TradeNo, o.Payer = p.newTradeNo(o.Wallet), payerOf(code)
	}
	o.CodeHash = hashCode(code)
	o = a.sim.begin(p, o, scenario)
	p.save(o)
	return payAnswer(o, p).sentBy(scenario, "aop.ACQ.SYSTEM_ERROR")
}

// sentBy is the answer to a code that was scanned, on the way that the code
// forces; systemError is the sub code of the one that says nothing.
func (r reply) sentBy(scenario int, systemError string) reply {
	switch scenario {
	case replyLost:
		return r.lost()
	case errorButCharged:
		return unavailable(systemError, "系统异常")
	case badGatewayButCharged:
		return r.by(BadGateway)
	case wronglySigned:
		return r.by(WrongKey)
	default:
		return r
	}
}

// paySlowly takes its time and then says what has become of the order. It was
// waiting all the while, so a cancel in between is obeyed.
func (a *alipay) paySlowly(b content) reply {
	if !a.sim.sleep(a.sim.opts.Slow) {
		return reply{}.lost()
	}
	return a.change(func(p *page) reply {
		o, _ := p.find(b.text("out_trade_no"))
		if o.State == Waiting { // an injected clock may stand still
			o = o.paid(p.now)
			p.save(o)
		}
		return payAnswer(o, p)
	})
}

func codeInvalid() reply {
	return failed("ACQ.PAYMENT_AUTH_CODE_INVALID",
		"支付失败，获取顾客账户信息失败，请顾客刷新付款码后重新收款，如再次收款失败，请联系管理员处理。[SOUNDWAVE_PARSER_FAIL]")
}

// payAnswer says how the order stands to the one who asked for it.
func payAnswer(o order, p *page) reply {
	fields := amounts(identity(o), o)
	switch {
	case o.State == Waiting:
		return done("10003", fields)
	case o.State == Paid:
		fields["gmt_payment"] = moment(o.PaidAt)
		return done("10000", fields)
	}
	return failed("ACQ.TRADE_HAS_CLOSE", "交易已经关闭")
}
