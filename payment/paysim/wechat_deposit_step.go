package paysim

import (
	"slices"
	"time"

	"frontdesk/payment"
)

var consumeFields = all(v2WhichFields, []field{
	must("total_fee", v2Fen), must("consume_fee", v2Fen), must("fee_type", wxCurrency),
})

// depositReverse is /deposit/reverse: end a deposit of which nothing was
// consumed. Unpaid it is revoked, paid all of it goes back; then the last digit
// of fen of the deposit chooses what else happens, with the numbers of
// ReleaseCases.
//
// recall says whether to call again: Y with every answer that ended nothing,
// also of the code 13, whose first reverse is answered SYSTEMERROR and the second
// USERPAYING. A number that nobody knows gets a success, as with a payment. After
// a consume it is ORDERNOTEXIST, as merchants have seen it: a till must not take
// that for a deposit that never was.
func (w *weChat) depositReverse(c depositCall) v2Reply {
	recall := func(r v2Reply, s string) v2Reply { return r.with(map[string]string{"recall": s}) }
	ended := recall(v2Yes(nil), "N")
	return w.onDeposit(c, ended, func(p *page, h hold) v2Reply {
		if p.now.Sub(h.Created) < w.reverseAfter() {
			return recall(v2No("INVALID_REQUEST", "支付后 15 秒内不可撤销，请稍后再试"), "Y")
		}
		forced := 0
		if h.State == Held {
			forced = int(h.Amount % 10)
		}
		h, unknown := h.cancelled(p.now)
		p.saveHold(h)
		switch {
		case unknown == 1:
			return recall(v2SystemError(), "Y")
		case unknown > 1:
			return recall(v2No("USERPAYING", "用户支付中，需要输入密码"), "Y")
		case h.State == Closed || h.State == Released:
			return ended
		case h.State == Finished:
			return recall(v2NotExist(), "N")
		case p.promised(h) > 0:
			return recall(v2No("TRADE_ERROR", "押金消费处理中"), "Y")
		case forced == stepRefused:
			return recall(v2No("TRADE_ERROR", "用户账户异常"), "N")
		case forced == stepErrorNotDone && h.Action == "":
			h.Action = "unfreeze" // asked for once
			p.saveHold(h)
			return recall(v2SystemError(), "Y")
		}
		h.Action = "unfreeze"
		p.saveHold(p.freed(h))
		switch forced {
		case stepReplyLost:
			return ended.sentBy(replyLost)
		case stepErrorButDone:
			return recall(v2SystemError(), "Y")
		}
		return ended
	})
}

// consume is /deposit/consume: take a part of a deposit, or all; the rest goes
// back by itself. The last digit of fen of consume_fee chooses what happens, with
// the numbers of CaptureCases; what waits is answered FAIL with SETTLING.
//
// There is one consume for each deposit, and no number that would make a
// repeated one the same: here it is refused, also when it is about the same sum.
// A till whose answer was lost learns by a query what became of it.
func (w *weChat) consume(c depositCall) v2Reply {
	return w.onDeposit(c, v2NotExist(), func(p *page, h hold) v2Reply {
		total, _ := v2Amount(c.body["total_fee"])
		sum, _ := v2Amount(c.body["consume_fee"])
		switch {
		case total != h.Amount:
			return v2Wrong("total_fee 与押金金额不一致")
		case sum > total:
			return v2Wrong("consume_fee 大于押金金额")
		case h.State == Waiting:
			return v2No("INVALID_REQUEST", "押金未支付")
		case h.State == Closed, h.State == Released:
			return v2No("ORDERREVERSED", "押金已撤销或已退回")
		case h.State == Finished:
			return v2No("INVALID_REQUEST", "押金已消费，不可重复消费")
		case p.promised(h) > 0:
			return settling()
		}
		return w.consumeNow(p, h, sum)
	})
}

func settling() v2Reply { return v2No("SETTLING", "押金消费处理中，请查询结果") }

// consumeNow carries a consume out that may be carried out.
func (w *weChat) consumeNow(p *page, h hold, sum payment.Amount) v2Reply {
	forced := int(sum % 10)
	again := slices.ContainsFunc(h.Steps, func(s step) bool { return s.Kind == capture && s.Amount == sum })
	if forced == stepRefused && !w.sim.opts.WeChat.SettlementFails {
		return v2No("TRADE_ERROR", "押金消费失败")
	}
	// An earlier try that came to nothing has no number of its own.
	h.Steps = slices.DeleteFunc(h.Steps, func(s step) bool { return s.Kind == capture })
	h = p.tried(h, step{Kind: capture, No: h.No, Amount: sum, Complete: true})
	switch {
	case forced == stepRefused:
		return v2Yes(consumeAnswer(h, sum))
	case forced == stepErrorNotDone && !again:
		return v2SystemError()
	}
	o := order{
		No: h.No, Channel: h.Channel, Method: fromHold, Wallet: h.Wallet, Account: h.Account, TradeNo: h.AuthNo, Amount: sum, Subject: h.Title,
		State: Waiting, Payer: h.Payer, Hold: h.No, Created: p.now, Expires: p.now.Add(15 * 24 * time.Hour),
	}
	o = w.sim.beginCapture(p, o, forced)
	p.save(o)
	switch rep := v2Yes(consumeAnswer(h, sum)); forced {
	case stepReplyLost:
		return rep.sentBy(replyLost)
	case stepErrorButDone:
		return v2SystemError()
	case stepWaits:
		return settling()
	default:
		return rep
	}
}

func consumeAnswer(h hold, sum payment.Amount) map[string]string {
	return map[string]string{
		"transaction_id": h.AuthNo, "out_trade_no": h.No, "total_fee": v2Sum(h.Amount), "consume_fee": v2Sum(sum), "fee_type": "CNY",
	}
}
