package paysim

import "frontdesk/payment"

var unfreezeFields = []field{
	must("auth_no", authNo),
	must("out_request_no", orderNo),
	must("amount", amount),
	must("remark", wide(100)),
	may("extra_param", plain(1024)),
}

// unfreeze is alipay.fund.auth.order.unfreeze: give a part of a hold back. One
// request number gives back once; the last digit of fen of the amount chooses
// what else happens.
//
// The documents want the same number and amount when a request is repeated,
// and name no exception for a hold that is used up. Here the hold's end is
// named first: a till whose last release was done and whose answer was lost
// learns that by a query, not by repeating it.
func (a *alipay) unfreeze(b content) reply {
	return a.change(func(p *page) reply {
		h, found := p.findAuthOf(payment.Alipay, b.text("auth_no"))
		if !found {
			return noHold()
		}
		sum, no := b.amount("amount"), b.text("out_request_no")
		i := h.findStep(release, no)
		switch {
		case (i < 0 && p.requestTaken(no)) || (i >= 0 && h.Steps[i].Amount != sum):
			return failed("UNIQUE_VIOLATION", "解冻信息被篡改")
		case h.State == Waiting:
			return failed("ILLEGAL_STATUS", "订单状态非法")
		case h.State != Held:
			return ended(h)
		case i >= 0 && h.Steps[i].Done:
			return unfreezeAnswer(h, h.Steps[i])
		case sum > h.rest():
			return failed("REQUEST_AMOUNT_EXCEED", "请求解冻金额超限")
		case sum > h.rest()-p.promised(h):
			return failed("BIZ_ERROR", "业务异常")
		}
		return unfreezeNow(p, h, i, b)
	})
}

// unfreezeNow carries a release out that may be carried out; i is the place of
// an earlier try with the same number, or -1.
func unfreezeNow(p *page, h hold, i int, b content) reply {
	again := i >= 0
	if !again {
		h = p.tried(h, step{Kind: release, No: b.text("out_request_no"), Amount: b.amount("amount"), Remark: b.text("remark")})
		i = len(h.Steps) - 1
	}
	s := &h.Steps[i]
	forced := int(s.Amount % 10)
	if forced == stepRefused || (forced == stepErrorNotDone && !again) {
		p.saveHold(h)
		if forced == stepRefused {
			return failed("PAYER_USER_STATUS_LIMIT", "付款方状态受限")
		}
		return failed("SYSTEM_ERROR", "系统错误")
	}
	s.Done, s.At = true, p.now
	h = h.settled()
	p.saveHold(h)
	switch rep := unfreezeAnswer(h, *s); forced {
	case stepReplyLost:
		return rep.lost()
	case stepErrorButDone:
		return unavailable("aop.unknow-error", "系统繁忙")
	default:
		return rep
	}
}

func unfreezeAnswer(h hold, s step) reply {
	fields := holdIDs(h, s.OperationID, s.No)
	fields["amount"], fields["status"], fields["gmt_trans"] = s.Amount.String(), "SUCCESS", moment(s.At)
	return done("10000", ownMoney(fields, "", s.Amount))
}
