package paysim

import (
	"time"
)

// cancelWindow is how long a paid order can be cancelled. The documents name
// no length; after it a refund is the way.
const cancelWindow = 24 * time.Hour

var (
	cancelFields = whichFields
	closeFields  = all(whichFields, []field{may("operator_id", plain(28))})
)

// cancel is alipay.trade.cancel: end the order whatever its state. It may be
// repeated and then says again what it did. The answer to an order number that
// nobody knows is a success without an action.
func (a *alipay) cancel(b content) reply {
	if err := needWhich(b); err != nil {
		return failed("ACQ.INVALID_PARAMETER", "参数无效："+err.Error())
	}
	return a.change(func(p *page) reply {
		o, found := a.findOrder(p, b)
		switch {
		case found && o.TradeNo != "":
			return cancelTrade(p, o)
		case b.text("trade_no") != "":
			return notExist().with(map[string]any{"trade_no": b.text("trade_no"), "retry_flag": "N"})
		case found && o.State == Offered && !a.sim.opts.QRSurvivesCancel:
			o.State = Closed
			p.save(o)
		}
		return done("10000", map[string]any{"out_trade_no": b.text("out_trade_no"), "retry_flag": "N"})
	})
}

func cancelTrade(p *page, o order) reply {
	said := map[string]any{"out_trade_no": o.No, "trade_no": o.TradeNo, "retry_flag": "N"}
	refused := func(sub, msg string) reply { return failed(sub, msg).with(said) }
	o, unknown := o.cancelled(p.now) // one that was paid by it is given back below
	if unknown > 0 {
		p.save(o)
		said["retry_flag"] = "Y"
		if unknown == 1 {
			return unavailable("aop.ACQ.SYSTEM_ERROR", "系统异常").with(said)
		}
		return failed("AQC.SYSTEM_ERROR", "系统错误").with(said) // misspelt as in the documents
	}
	switch {
	case o.State == Closed && o.Action == "":
		o.Action = "close"
	case o.Action != "": // the same cancel again
	case o.refunded() > 0:
		return refused("ACQ.REASON_TRADE_REFUND_FEE_ERR", "退款金额无效")
	case tradeStatus(o, p.now) == "TRADE_FINISHED":
		return refused("ACQ.TRADE_HAS_FINISHED", "交易已经完结")
	case p.now.Sub(o.PaidAt) > cancelWindow:
		return refused("ACQ.TRADE_CANCEL_TIME_OUT", "超过撤销时间范围")
	default:
		o = o.reversed(p.now)
		o.Action = "refund"
	}
	p.save(o)
	said["action"] = o.Action
	return done("10000", said)
}

// close is alipay.trade.close: only an order that waits can be closed.
func (a *alipay) close(b content) reply {
	return a.onTrade(b, func(p *page, o order) reply {
		if o.State == Waiting && o.Scenario == paidAtCancel {
			o, _ = o.cancelled(p.now)
			p.save(o)
		}
		switch o.State {
		case Waiting:
			o.State = Closed
			p.save(o)
			return done("10000", map[string]any{"out_trade_no": o.No, "trade_no": o.TradeNo})
		case Paid:
			return failed("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
		}
		return failed("ACQ.REASON_TRADE_STATUS_INVALID", "交易状态异常")
	})
}
