package paysim

import (
	"time"

	"frontdesk/payment"
)

var cloudConsumeFields = []field{
	must("pay_content", object(all(cloudOrderFields, []field{
		must("out_freeze_no", cloudNo), must("is_confirm_unfreeze", oneTruth), may("time_expire", whole(1, 1<<40)),
		wxpayExt(may("product_id", octets(32))),
	}))),
	mchKey(may), clientField(must, may), cloudNonce,
}

// consume takes a part of a hold. With WeChat the rest always goes back with it.
// It makes an order that is queried and refunded like any other. The last digit
// of fen of the amount chooses what happens; what waits has its money promised
// to it. The same request again says how it stands.
func (c *cloudPay) consume(b content) cloudReply {
	part := b.object("pay_content")
	return c.change(func(p *page) cloudReply {
		h, found := c.findHold(p, b, part.text("out_freeze_no"))
		if !found {
			return cloudNoSuchHold()
		}
		switch {
		case h.Wallet == payment.WalletWeChat && !part.truth("is_confirm_unfreeze"):
			return callerError(cloudBadField, "参数is_confirm_unfreeze错误：微信支付只能为true.")
		case h.Wallet != payment.WalletWeChat && part["wxpay_pay_content_ext"] != nil:
			return callerError(cloudBadField, "参数wxpay_pay_content_ext错误.")
		}
		no := part.text("out_trade_no")
		i := h.findStep(capture, no)
		o, exists := p.find(no)
		_, hold := p.findHold(no)
		same := i >= 0 && h.Steps[i].Amount == part.fen("total_fee") && h.Steps[i].Complete == part.truth("is_confirm_unfreeze")
		switch {
		case hold, i >= 0 && !same, exists && o.Hold != h.No:
			return cloudUsed()
		case exists:
			return c.consumeAnswer(p, o)
		}
		if refused, ok := checkConsume(p, h, part); !ok {
			return refused
		}
		return c.consumeNow(p, h, i, b)
	})
}

// checkConsume is what a new capture has to be to its hold; ok is false when it
// is refused.
func checkConsume(p *page, h hold, part content) (refused cloudReply, ok bool) {
	promised := p.promised(h)
	switch {
	case h.State != Held:
		return cloudHoldEnded(), false
	case part.fen("total_fee") > h.rest()-promised:
		return saysNo(cloudSaid, cloudTooMuch, "消费金额大于剩余冻结金额。"), false
	case part.truth("is_confirm_unfreeze") && promised > 0:
		return saysNo(cloudSaid, cloudWrongState, "冻结单有消费正在处理。"), false
	}
	return cloudReply{}, true
}

// consumeNow carries a capture out that may be carried out; i is the place of an
// earlier try with the same number, or -1.
func (c *cloudPay) consumeNow(p *page, h hold, i int, b content) cloudReply {
	part := b.object("pay_content")
	sum := part.fen("total_fee")
	forced, again := int(sum%10), i >= 0
	if forced == stepRefused {
		return saysNo(cloudSaid, cloudRisk, "消费失败：支付有风险。")
	}
	if !again {
		h = p.tried(h, step{Kind: capture, No: part.text("out_trade_no"), Amount: sum, Complete: part.truth("is_confirm_unfreeze")})
	}
	if forced == stepErrorNotDone && !again {
		return cloudBusy()
	}
	o := order{
		No: part.text("out_trade_no"), Channel: payment.CloudPay, Method: fromHold, Wallet: h.Wallet, Amount: sum, Subject: part.text("body"),
		State: Waiting, Hold: h.No, Payer: h.Payer, Created: p.now, Expires: p.now.Add(15 * 24 * time.Hour), Cloud: noteOf(b, part),
	}
	o.TradeNo = h.AuthNo // WeChat's deposit and its one capture have one number
	if h.Wallet != payment.WalletWeChat {
		o.TradeNo = p.newTradeNo(h.Wallet)
	}
	o = c.sim.beginCapture(p, o, forced)
	p.save(o)
	switch rep := c.consumeAnswer(p, o); forced {
	case stepReplyLost:
		return rep.lost()
	case stepErrorButDone:
		return cloudBusy()
	default:
		return rep
	}
}

func (c *cloudPay) consumeAnswer(p *page, o order) cloudReply {
	return cloudDone(map[string]any{"order_content": c.orderContent(p, o), "pay_mch_key": c.mchKey(o.Wallet, o.Payer)})
}
