package paysim

import (
	"frontdesk/payment"
)

var cloudFreezeQueryFields = []field{
	must("out_freeze_no", cloudNo), mchKey(must), clientField(may, may), cloudNonce,
}

// The states of a hold in the words of the wallets.
const (
	wxHoldInitial = 1
	wxHeld        = 2
	wxHoldWaiting = 3
	wxHoldStopped = 4 // by the payer
	wxHoldUsedUp  = 5
	wxHoldFailed  = 6
	wxHoldVoid    = 7

	aliHoldInitial  = 1 // also while the payer is asked
	aliHeld         = 2
	aliHoldClosed   = 3 // or used up
	aliHoldNotFound = 4
)

// cloudHoldState is the hold's state in its wallet's words.
func cloudHoldState(h hold) int {
	if h.Wallet == payment.WalletAlipay {
		switch h.State {
		case Held:
			return aliHeld
		case Waiting:
			return aliHoldInitial
		case Offered:
			return aliHoldNotFound
		}
		return aliHoldClosed
	}
	switch {
	case h.State == Held:
		return wxHeld
	case h.State == Finished || h.State == Released:
		return wxHoldUsedUp
	case h.State == Waiting && h.Scenario == errorNotCharged:
		return wxHoldInitial
	case h.State == Waiting:
		return wxHoldWaiting
	case h.Scenario == errorNotCharged:
		return wxHoldVoid
	case h.Scenario == cancelUnknownTwice:
		return wxHoldStopped
	}
	return wxHoldFailed
}

// queryFreeze says what has become of a hold. The payer of code 02 has entered
// the password by the third query. A QR cannot be closed, so who scanned it with
// code 12 confirms it a while after the till first asks.
func (c *cloudPay) queryFreeze(b content) cloudReply {
	return c.change(func(p *page) cloudReply {
		h, found := c.findHold(p, b, b.text("out_freeze_no"))
		if !found {
			return cloudNoSuchHold()
		}
		switch {
		case h.State == Waiting && h.Scenario == paidAtCancel && h.HoldAt.IsZero():
			h.HoldAt = p.now.Add(c.sim.opts.Password)
			p.saveHold(h)
		case h.State == Waiting && h.Scenario == errorNotCharged && h.Method == payment.MethodCode:
			if h.Queries++; h.Queries > 2 {
				h.State = Closed
			}
			p.saveHold(h)
		default:
			h = askedHold(p, h)
		}
		held := c.freezeContent(p, h)
		held["total_consume_fee"], held["total_manual_unfreeze_fee"] = h.captured(), h.released()
		held["total_auto_unfreeze_fee"], held["total_refund_fee"] = 0, refundedOf(p, h)
		return cloudDone(map[string]any{
			"freeze_order_content": held, "pay_mch_key": c.mchKey(h.Wallet, h.Payer), "order_client": h.Cloud.client(),
		})
	})
}

// refundedOf is what was given back of all that was captured out of a hold.
func refundedOf(p *page, h hold) payment.Amount {
	var sum payment.Amount
	for _, s := range h.Steps {
		if s.Kind == capture {
			o, _ := p.find(s.No)
			sum += o.refunded()
		}
	}
	return sum
}

// findHold is the hold with a number. One of another wallet than the request
// says is not found.
func (c *cloudPay) findHold(p *page, b content, no string) (h hold, found bool) {
	h, found = p.findHoldOf(payment.CloudPay, no)
	key := b.object("pay_mch_key")
	if !found || (key.whole("pay_platform") != 0 && cloudWallet(key) != h.Wallet) {
		return hold{}, false
	}
	return h, true
}

func cloudNoSuchHold() cloudReply { return saysNo(cloudSaid, cloudNoOrder, "冻结单不存在。") }

// freezeContent is freeze_order_content, but for the sums of what became of the
// money. The wallet's number (freeze_id) is in the table of its fields and in
// none of the samples; here it is told as soon as there is one.
func (c *cloudPay) freezeContent(p *page, h hold) map[string]any {
	out := map[string]any{
		"out_freeze_no": h.No, "trade_type": cloudTradeType(h.Method), "time_expire": h.Expires.Unix(),
		"create_time": h.Created.Unix(), "last_update_time": p.now.Unix(),
		"is_transforming": h.State == Waiting && (h.Scenario == paidAfterPassword || h.Scenario == errorNotCharged),
		"freeze_fee":      h.Amount, "fee_type": "CNY", "cash_fee": h.Held, "cash_fee_type": "CNY", "settlement_total_fee": h.Held,
		"body": h.Title, "detail": h.Cloud.Detail, "remark": h.Cloud.Remark,
	}
	if h.AuthNo != "" {
		out["freeze_id"] = h.AuthNo
	}
	if h.Held > 0 {
		out["time_end"] = h.HeldAt.Unix()
	}
	ext := map[string]any{"current_trade_state": cloudHoldState(h)}
	switch h.Wallet {
	case payment.WalletAlipay:
		ext["product_code"] = preAuth
	default:
		ext["attach"], ext["goods_tag"], ext["limit_pay"], ext["trade_state_desc"] = h.Cloud.Attach, h.Cloud.Tag, "", ""
		if h.Held > 0 {
			ext["bank_type"] = "CFT"
		}
	}
	out[cloudPlatforms[h.Wallet].ext+"_freeze_order_content_ext"] = ext
	return out
}
