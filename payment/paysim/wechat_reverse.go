package paysim

import (
	"cmp"
	"time"

	"frontdesk/payment"
)

// wxReverseWindow is how long a paid order can be reversed; after it a refund is
// the way.
const wxReverseWindow = 7 * 24 * time.Hour

// reverseAfter is how long after the pay call a reverse is taken.
func (w *weChat) reverseAfter() time.Duration {
	return cmp.Or(w.sim.opts.WeChat.ReverseAfter, 15*time.Second)
}

// reverse is .../out-trade-no/{no}/reverse: end the order of a scanned code
// whatever its state. Unpaid it is revoked, paid it is given back, and repeated
// it says the same again.
//
// The answer to a number that nobody knows, or that is somebody else's, is a
// success too. That is what merchants complain of: a till must not believe a
// reverse but the query after it. The code 13 gets SYSTEM_ERROR from the first
// reverse and USERPAYING from the second, which here as with codepay is HTTP 202.
func (w *weChat) reverse(c wxCall) wxReply {
	said := wxYes(c.names(map[string]any{"out_trade_no": c.no}))
	return w.change(func(p *page) wxReply {
		o, found := c.find(p)
		switch {
		case !found:
			return said
		case o.Method != payment.MethodCode:
			return wxNo("INVALID_REQUEST", "支付场景不适用，仅付款码支付的订单可以撤销")
		case p.now.Sub(o.Created) < w.reverseAfter():
			return wxNo("INVALID_REQUEST", "支付后 15 秒内不可撤销，请稍后再试")
		}
		o, unknown := o.cancelled(p.now)
		switch {
		case unknown == 1:
			p.save(o)
			return wxSystemError()
		case unknown > 1:
			p.save(o)
			return wxNo("USERPAYING", "用户支付中，需要输入密码")
		case o.State != Paid: // revoked just now, or by an earlier reverse
			p.save(o)
			return said
		case o.refunded() > 0:
			return wxNo("INVALID_REQUEST", "订单已有退款，不可撤销")
		case p.now.Sub(o.PaidAt) > wxReverseWindow:
			return wxNo("INVALID_REQUEST", "订单超过 7 天，不可撤销，请申请退款")
		}
		p.save(o.reversed(p.now))
		return said
	})
}
