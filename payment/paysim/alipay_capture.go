package paysim

import (
	"time"

	"frontdesk/payment"
)

// captureFields are those of a payment out of a hold: the hold and its parties
// instead of a scene and a code.
var captureFields = all(orderFields, []field{
	must("seller_id", accountNo),
	must("buyer_id", accountNo),
	may("auth_no", authNo),
	may("auth_confirm_mode", oneOf("COMPLETE", "NOT_COMPLETE")),
	may("product_code", plain(64)),
	may("trans_currency", oneOf("CNY")),
	may("settle_currency", oneOf("CNY")),
	may("terminal_params", plain(2048)),
	may("promo_params", oneObject),
	may("pay_params", oneObject),
})

// paysFromHold reports a payment that is meant to come out of a hold.
func paysFromHold(b content) bool {
	_, named := b["auth_no"]
	return named || b.text("product_code") == preAuth
}

// capture is alipay.trade.pay with an auth_no: take a part of a hold. The trade
// that it makes is queried and refunded like any other. The last digit of fen
// of the amount chooses what happens.
//
// What waits has its money promised to it, so that nothing else can take it;
// one that releases the rest needs all of it for itself.
func (a *alipay) capture(b content) reply {
	if b.text("auth_no") == "" {
		return failed("ACQ.AUTH_TOKEN_IS_NOT_EXIST", "支付授权码为空")
	}
	return a.change(func(p *page) reply {
		if refused, ok := a.checkOrder(p, b); !ok {
			return refused
		}
		h, _ := p.findAuthOf(payment.Alipay, b.text("auth_no"))
		i := h.findStep(capture, b.text("out_trade_no"))
		o, exists := p.find(b.text("out_trade_no"))
		changed := i >= 0 && (h.Steps[i].Amount != b.amount("total_amount") || h.Steps[i].Complete != completes(b))
		if changed || (exists && o.Hold != h.No) {
			return failed("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改")
		}
		if exists {
			if refused, ok := reused(o, b, fromHold); !ok {
				return refused
			}
			return payAnswer(o, p) // the same request again: it is being paid
		}
		if refused, ok := checkCapture(p, h, b); !ok {
			return refused
		}
		return a.captureNow(p, h, i, b)
	})
}

func completes(b content) bool { return b.text("auth_confirm_mode") == "COMPLETE" }

// checkCapture is what a new capture has to be to its hold; ok is false when it
// is refused.
func checkCapture(p *page, h hold, b content) (refused reply, ok bool) {
	sum, promised := b.amount("total_amount"), p.promised(h)
	switch {
	case h.No == "":
		return failed("ACQ.AUTH_NO_ERROR", "预授权号错误或状态不对"), false
	case b.text("product_code") != h.Product:
		return failed("ACQ.PRE_AUTH_PROD_CODE_INCONSISTENT", "预授权产品码不一致"), false
	case b.text("buyer_id") != h.Payer.UserID:
		return failed("ACQ.AUTH_NO_ERROR", "预授权订单与支付单的参与方不一致"), false
	case h.State == Waiting:
		return failed("ACQ.AUTH_ORDER_NOT_PAID", "预授权订单未支付"), false
	case h.State == Finished:
		return failed("ACQ.AUTH_ORDER_HAS_FINISHED", "预授权订单已经完结"), false
	case h.State != Held:
		return failed("ACQ.AUTH_ORDER_HAS_CLOSED", "预授权订单已关闭"), false
	case sum > h.Held:
		return failed("ACQ.REQUEST_AMOUNT_EXCEED", "请求金额超限"), false
	case sum > h.rest()-promised, completes(b) && promised > 0:
		return failed("ACQ.AUTH_AMOUNT_NOT_ENOUGH", "授权金额不足"), false
	}
	return reply{}, true
}

// captureNow carries a capture out that may be carried out; i is the place of
// an earlier try with the same number, or -1.
func (a *alipay) captureNow(p *page, h hold, i int, b content) reply {
	sum := b.amount("total_amount")
	forced, again := int(sum%10), i >= 0
	if forced == stepRefused {
		return failed("ACQ.PAYMENT_REQUEST_HAS_RISK", "支付有风险")
	}
	if !again {
		h = p.tried(h, step{Kind: capture, No: b.text("out_trade_no"), Amount: sum, Complete: completes(b)})
	}
	if forced == stepErrorNotDone && !again {
		return failed("ACQ.SYSTEM_ERROR", "系统异常")
	}
	o := newOrder(p, b, fromHold)
	if b.text("timeout_express") == "" && b.text("time_expire") == "" {
		o.Expires = p.now.Add(15 * 24 * time.Hour) // the default of all that is not face to face
	}
	o.Hold, o.TradeNo, o.Payer = h.No, p.newTradeNo(o.Wallet), h.Payer
	o = a.sim.beginCapture(p, o, forced)
	p.save(o)
	switch rep := payAnswer(o, p); forced {
	case stepReplyLost:
		return rep.lost()
	case stepErrorButDone:
		return unavailable("aop.ACQ.SYSTEM_ERROR", "系统异常")
	default:
		return rep
	}
}
