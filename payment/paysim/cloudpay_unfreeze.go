package paysim

import (
	"frontdesk/payment"
)

var cloudUnfreezeFields = []field{
	must("unfreeze_content", object([]field{
		must("out_freeze_no", cloudNo), must("out_unfreeze_no", cloudNo), must("unfreeze_fee", cloudFee), may("remark", octets(128)),
	})),
	mchKey(must, all(rightFields, []field{may("is_sub_mch_admin", oneTruth)})...), clientField(must, may), cloudNonce,
}

var cloudUnfreezeQueryFields = []field{
	must("out_freeze_no", cloudNo), may("out_unfreeze_no", cloudNo), mchKey(must), clientField(may, may), cloudNonce,
}

// unfreeze gives a part of a hold back, with WeChat only all of it and before
// anything was consumed. One number gives back once; the last digit of fen of
// the amount chooses what else happens. The table of its fields calls the
// administrator is_sub_admin and its sample is_sub_mch_admin: either is taken.
func (c *cloudPay) unfreeze(b content) cloudReply {
	part, key := b.object("unfreeze_content"), b.object("pay_mch_key")
	if other, there := key["is_sub_mch_admin"]; there {
		if _, both := key["is_sub_admin"]; both {
			return callerError(cloudBadField, "参数is_sub_mch_admin错误.")
		}
		key["is_sub_admin"] = other
	}
	if refused, ok := c.mayGiveBack(key, true); !ok {
		return refused
	}
	return c.change(func(p *page) cloudReply {
		h, found := c.findHold(p, b, part.text("out_freeze_no"))
		if !found {
			return cloudNoSuchHold()
		}
		no, sum := part.text("out_unfreeze_no"), part.fen("unfreeze_fee")
		i := h.findStep(release, no)
		switch {
		case (i < 0 && p.requestTaken(no)) || (i >= 0 && h.Steps[i].Amount != sum):
			return cloudUsed()
		case i >= 0 && h.Steps[i].Done:
			return c.unfreezeAnswer(p, h, h.Steps[i])
		case h.State != Held:
			return cloudHoldEnded()
		case sum > h.rest():
			return saysNo(cloudSaid, cloudTooMuch, "解冻金额大于剩余冻结金额。")
		case h.Wallet == payment.WalletWeChat && sum != h.Amount:
			return saysNo(cloudSaid, cloudWrongState, "微信支付押金只能全额解冻。")
		case sum > h.rest()-p.promised(h):
			return saysNo(cloudSaid, cloudWrongState, "冻结单有消费正在处理。")
		}
		return c.unfreezeNow(p, h, i, b)
	})
}

func cloudHoldEnded() cloudReply {
	return saysNo(cloudSaid, cloudWrongState, "冻结单未冻结成功，或已全部解冻、消费。")
}

// unfreezeNow carries a release out that may be carried out; i is the place of
// an earlier try with the same number, or -1.
func (c *cloudPay) unfreezeNow(p *page, h hold, i int, b content) cloudReply {
	part := b.object("unfreeze_content")
	again := i >= 0
	if !again {
		h = p.tried(h, step{
			Kind: release, No: part.text("out_unfreeze_no"), Amount: part.fen("unfreeze_fee"), Remark: part.text("remark"), Cloud: noteOf(b, part),
		})
		i = len(h.Steps) - 1
	}
	s := &h.Steps[i]
	forced := int(s.Amount % 10)
	switch {
	case forced == stepRefused:
		s.Cloud.Refused = true
		p.saveHold(h)
		return saysNo(cloudSaid, cloudRisk, "解冻失败：付款方账户状态受限。")
	case forced == stepErrorNotDone && !again:
		return cloudBusy()
	}
	s.Done, s.At = true, p.now
	done := *s
	h = h.settled()
	p.saveHold(h)
	switch rep := c.unfreezeAnswer(p, h, done); forced {
	case stepReplyLost:
		return rep.lost()
	case stepErrorButDone:
		return cloudBusy()
	default:
		return rep
	}
}

func (c *cloudPay) unfreezeAnswer(p *page, h hold, s step) cloudReply {
	return cloudDone(map[string]any{
		"pay_mch_key": c.mchKey(h.Wallet, h.Payer), "unfreeze_order_content": unfreezeContent(p, h, s),
	})
}

// The states of a release; both wallets number these alike.
const (
	unfrozen       = 2
	unfreezeFailed = 3
)

// unfreezeContent is unfreeze_order_content.
func unfreezeContent(p *page, h hold, s step) map[string]any {
	state := unfrozen
	if !s.Done {
		state = unfreezeFailed
	}
	ext := map[string]any{"current_trade_state": state}
	if h.Wallet == payment.WalletAlipay && s.Done {
		ext["credit_amount"], ext["fund_amount"] = 0, s.Amount
	}
	return map[string]any{
		"out_freeze_no": h.No, "out_unfreeze_no": s.No, "trade_type": cloudTradeType(h.Method), "nonce_str": s.Cloud.Nonce,
		"create_time": s.Asked.Unix(), "last_update_time": p.now.Unix(), "is_transforming": false,
		"unfreeze_fee": s.Amount, "fee_type": "CNY", "remark": s.Remark, "freeze_id": h.AuthNo,
		cloudPlatforms[h.Wallet].ext + "_unfreeze_order_content_ext": ext,
	}
}

// queryUnfreeze says what has become of one release, or of all of a hold. What
// went back with a capture has no number and is not told; what failed on its
// way to the wallet (code 4) is not there.
func (c *cloudPay) queryUnfreeze(b content) cloudReply {
	return c.change(func(p *page) cloudReply {
		h, found := c.findHold(p, b, b.text("out_freeze_no"))
		if !found {
			return cloudNoSuchHold()
		}
		var list, clients []map[string]any
		for _, s := range h.Steps {
			if s.Kind != release || s.No == "" || (!s.Done && !s.Cloud.Refused) {
				continue
			}
			if no := b.text("out_unfreeze_no"); no != "" && no != s.No {
				continue
			}
			content := unfreezeContent(p, h, s)
			content["unfreeze_id"], content["time_end"] = "", 0
			content["trade_state"] = outerState(s.Done, false)
			list, clients = append(list, content), append(clients, s.Cloud.client())
		}
		if len(list) == 0 {
			return saysNo(cloudSaid, cloudNoRefund, "解冻单不存在。")
		}
		return cloudDone(map[string]any{
			"pay_mch_key": c.mchKey(h.Wallet, h.Payer), "unfreeze_order_content": list, "order_client": clients,
		})
	})
}
