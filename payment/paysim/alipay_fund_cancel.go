package paysim

var cancelHoldFields = all(whichOperation, []field{must("remark", wide(100))})

// cancelHold is alipay.fund.auth.operation.cancel: end a hold of which nothing
// has gone out. It may be repeated and then says again what it did.
//
// What it answers where there is nothing to cancel is not written down. Here a
// QR that nobody has scanned gets a success without an action, as from
// alipay.trade.cancel, and a number that nobody knows is refused as unknown: a
// till must survive both.
func (a *alipay) cancelHold(b content) reply {
	return a.onHold(b, func(p *page, h hold, n operationNo) reply {
		switch {
		case !n.is(h.OperationID, h.RequestNo):
			return noOperation()
		case h.AuthNo == "":
			if h.State == Offered && !a.sim.opts.QRSurvivesCancel {
				h.State = Closed
				p.saveHold(h)
			}
			return done("10000", map[string]any{"out_order_no": h.No, "out_request_no": h.RequestNo})
		}
		return cancelHoldNow(p, h)
	})
}

func cancelHoldNow(p *page, h hold) reply {
	h, unknown := h.cancelled(p.now) // one that was held by it is released below
	if unknown > 0 {
		p.saveHold(h)
		if unknown == 1 {
			return unavailable("aop.unknow-error", "系统繁忙")
		}
		return failed("SYSTEM_ERROR", "系统错误")
	}
	switch {
	case h.State == Closed && h.Action == "":
		h.Action = "close"
	case h.Action != "": // the same cancel again
	case h.State == Finished:
		return ended(h)
	case moved(p, h):
		return failed("REQUEST_AMOUNT_EXCEED", "撤销触发的解冻金额超过冻结金额")
	case p.now.Sub(h.HeldAt) > cancelWindow:
		return failed("CANCEL_OPERATION_TIME_OUT", "撤销操作超过允许时间范围")
	default:
		h.Action = "unfreeze"
		h = p.freed(h)
	}
	p.saveHold(h)
	fields := holdIDs(h, h.OperationID, h.RequestNo)
	fields["action"] = h.Action
	return done("10000", fields)
}
