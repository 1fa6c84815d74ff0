package paysim

import (
	"strconv"

	"frontdesk/payment"
)

func v2Sum(a payment.Amount) string { return strconv.FormatInt(int64(a), 10) }

// depositQuery is /deposit/orderquery. A deposit that is not paid says its state
// and nothing else, as every query of APIv2 does.
func (w *weChat) depositQuery(c depositCall) v2Reply {
	return w.onDeposit(c, v2NotExist(), func(p *page, h hold) v2Reply {
		h = askedHold(p, h)
		if o, consuming := p.find(h.No); consuming && o.Hold == h.No {
			o = asked(p, o)
			h, _ = p.findHold(h.No)
		}
		state := w.depositState(p, h)
		fields := map[string]string{"out_trade_no": h.No}
		if h.Held > 0 {
			fields = depositFields(h)
		}
		fields["trade_state"], fields["trade_state_desc"] = state, depositStates[state]
		if h.captured() > 0 {
			fields["consume_fee"] = v2Sum(h.captured())
		}
		return v2Yes(fields)
	})
}

// depositStates are the ordinary ones of APIv2 and three that only public
// clients name.
var depositStates = map[string]string{
	"SUCCESS": "支付成功", "USERPAYING": "用户支付中", "REVOKED": "已撤销", "REFUND": "转入退款",
	"SETTLING": "押金消费处理中", "SETTLEMENTFAIL": "押金消费失败", "CONSUMED": "押金已消费",
	"PAYERROR": "支付失败，请撤销订单",
}

// depositState is the deposit's state in WeChat's words. REFUND is both: one
// that went back as a whole, and one of which consumed money was refunded; only
// consume_fee tells them apart.
func (w *weChat) depositState(p *page, h hold) string {
	switch h.State {
	case Waiting:
		if w.gaveUp(p, h.Created) {
			return "PAYERROR"
		}
		return "USERPAYING"
	case Closed:
		return "REVOKED"
	case Released:
		return "REFUND"
	case Finished:
		if o, _ := p.find(h.No); o.refunded() > 0 {
			return "REFUND"
		}
		return "CONSUMED"
	}
	if p.promised(h) > 0 {
		return "SETTLING"
	}
	if i := h.findStep(capture, h.No); i >= 0 && h.Steps[i].Amount%10 == stepRefused {
		return "SETTLEMENTFAIL"
	}
	return "SUCCESS"
}
