package paysim

import (
	"net/http"
	"time"

	"frontdesk/payment"
)

// native is .../transactions/native: make a QR. Unlike at Alipay the order is
// there at once. Asked for again with the same fields while it is not paid it
// says the same QR again.
func (w *weChat) native(c wxCall) wxReply {
	return w.change(func(p *page) wxReply {
		no := c.body.text("out_trade_no")
		if o, exists := p.find(no); exists {
			if refused, ok := c.reused(o, payment.MethodQR); !ok {
				return refused
			}
			return wxYes(map[string]any{"code_url": o.QR})
		}
		if _, exists := p.findHold(no); exists {
			return wxNumberUsed()
		}
		o := c.newOrder(p, payment.MethodQR)
		o.State, o.QR = Offered, p.newQR(o.Wallet)
		end, ok := w.qrEnd(p, c.body.text("time_expire"))
		if !ok {
			return wxWrong("body", "time_expire 应在一分钟以后、七天以内")
		}
		o.QRExpires, o.Expires = p.now.Add(qrLife), end
		p.save(o)
		return wxYes(map[string]any{"code_url": o.QR})
	})
}

// qrEnd is when an order can no longer be paid. With an injected clock the
// client's is another, and a time that does not fit it counts as none.
func (w *weChat) qrEnd(p *page, timeExpire string) (time.Time, bool) {
	none := p.now.Add(wechatOrderLife)
	if timeExpire == "" {
		return none, true
	}
	end, _ := time.Parse(time.RFC3339, timeExpire)
	left := end.Sub(p.now)
	switch {
	case left >= time.Minute && left <= 7*24*time.Hour:
		return end, true
	case w.sim.opts.Skew < 0:
		return none, true
	}
	return time.Time{}, false
}

// close is .../out-trade-no/{no}/close: a QR can no longer be paid. It says
// nothing (204). A paid order is refused and stays paid: the code 12 is paid in
// the very moment of the close, and only a refund gives it back.
func (w *weChat) close(c wxCall) wxReply {
	return w.change(func(p *page) wxReply {
		o, found := c.find(p)
		switch {
		case !found:
			return wxOrderUnknown()
		case o.Method != payment.MethodQR:
			return wxNo("INVALID_REQUEST", "付款码支付的订单请调用撤销接口")
		}
		waits := o.State == Waiting
		o, unknown := o.cancelled(p.now)
		switch {
		case unknown > 0:
			p.save(o)
			return wxSystemError()
		case o.State == Offered:
			o.State = Closed
		case o.State == Closed && waits:
		case o.State == Closed:
			return wxOrderClosed()
		default:
			p.save(o)
			return wxOrderPaid()
		}
		p.save(o)
		return wxReply{status: http.StatusNoContent}
	})
}
