package paysim

import (
	"frontdesk/payment"
)

var cloudRefundFields = []field{
	must("refund_content", object([]field{
		must("out_trade_no", cloudNo), must("out_refund_no", cloudNo), must("total_fee", cloudFee), must("refund_fee", cloudFee),
		must("refund_fee_type", oneOf("CNY")), may("refund_reason", octets(64)), may("client_refund_flow_id", whole(1, 1<<62)),
		may("out_freeze_no", cloudNo),
		may("wx_pay_refund_content_ext", object([]field{
			must("refund_account", oneOf("REFUND_SOURCE_UNSETTLED_FUNDS", "REFUND_SOURCE_RECHARGE_FUNDS")),
		})),
	})),
	may("api_version", wholeOf(1, 2)),
	mchKey(must, rightFields...), clientField(must, may), cloudNonce,
}

var cloudRefundQueryFields = []field{
	must("out_trade_no", cloudNo), must("out_refund_no", cloudNo),
	mchKey(may), clientField(may, may), cloudNonce,
}

// The states of a refund; both wallets number these alike.
const (
	refundGone    = 2
	refundFailed  = 3
	refundWorking = 4
)

// mayGiveBack checks the right of the staff to give money back; strict is false
// where it is not asked for, and then only the form is checked.
func (c *cloudPay) mayGiveBack(key content, strict bool) (refused cloudReply, ok bool) {
	_, said := key["is_sub_admin"]
	admin, staff := key.truth("is_sub_admin"), key.text("authorization_staff_id")
	switch {
	case admin && staff != "", strict && !said, strict && !admin && staff == "":
		return callerError(cloudBadField, "参数is_sub_admin与authorization_staff_id不符."), false
	case strict && !admin && staff != c.account.StaffID:
		return saysNo(cloudSaid, cloudNoRight, "操作者没有退款权限。"), false
	}
	return cloudReply{}, true
}

// refund gives a part of a paid order back. One number gives back once; the
// last digit of fen of the amount chooses what else happens. An answer with
// status 0 says that the refund was accepted, and its state whether it is done.
func (c *cloudPay) refund(b content) cloudReply {
	r, key := b.object("refund_content"), b.object("pay_mch_key")
	if refused, ok := c.mayGiveBack(key, b.whole("api_version") == 2); !ok {
		return refused
	}
	if cloudWallet(key) != payment.WalletWeChat && r["wx_pay_refund_content_ext"] != nil {
		return callerError(cloudBadField, "参数wx_pay_refund_content_ext错误.")
	}
	return c.change(func(p *page) cloudReply {
		o, found := p.findOf(payment.CloudPay, r.text("out_trade_no"))
		if !found || o.Wallet != cloudWallet(key) {
			return cloudNoSuch()
		}
		no, sum := r.text("out_refund_no"), r.fen("refund_fee")
		i := o.findRefund(no)
		switch {
		case r.fen("total_fee") != o.Amount:
			return saysNo(cloudSaid, cloudBadField, "订单总金额不一致。")
		case r.text("out_freeze_no") != o.Hold:
			return saysNo(cloudSaid, cloudBadField, "押金冻结单号不一致。")
		case i >= 0 && o.Refunds[i].Amount != sum, i < 0 && cloudRefundUsed(p, no):
			return saysNo(cloudNewNumber, cloudNumberUsed, "退款单号重复，请换新单号重试。")
		case i >= 0 && o.Refunds[i].Done:
			return c.refundAnswer(p, o, i)
		case o.State != Paid || cloudState(o, p.now) == aliFinished && o.Wallet == payment.WalletAlipay:
			return saysNo(cloudSaid, cloudWrongState, "订单状态不允许退款。")
		case p.now.Sub(o.PaidAt) > cloudYear:
			return saysNo(cloudSaid, cloudWrongState, "订单已超过退款期限。")
		case o.refunded()+sum > o.Charged:
			return saysNo(cloudSaid, cloudTooMuch, "退款金额大于可退金额。")
		}
		return c.refundNow(p, o, i, b)
	})
}

// cloudRefundUsed reports a refund number that another order has.
func cloudRefundUsed(p *page, no string) bool {
	for _, o := range p.b.orders { // as written: time changes no refund
		if o.Channel == payment.CloudPay && o.findRefund(no) >= 0 {
			return true
		}
	}
	return false
}

// refundNow carries a refund out that may be carried out; i is the place of an
// earlier try with the same number, or -1.
func (c *cloudPay) refundNow(p *page, o order, i int, b content) cloudReply {
	part := b.object("refund_content")
	again := i >= 0
	if !again {
		note := noteOf(b, part)
		note.Remark, note.Flow = part.text("refund_reason"), part.written("client_refund_flow_id")
		o.Refunds = append(o.Refunds, refund{RequestNo: part.text("out_refund_no"), Amount: part.fen("refund_fee"), At: p.now, Cloud: note})
		i = len(o.Refunds) - 1
	}
	r := &o.Refunds[i]
	forced := int(r.Amount % 10)
	switch {
	case forced == refundNoFunds:
		r.Cloud.Refused = true
		p.save(o)
		return saysNo(cloudSaid, cloudPoor, "退款失败：商户账户余额不足。")
	case forced == refundErrorNotDone && !again:
		p.save(o)
		return cloudBusy()
	}
	o = o.repaid(i, p.now)
	o.Refunds[i].Cloud.ID = "50" + p.day() + p.b.random(digits, 18)
	p.save(o)
	switch rep := c.refundAnswer(p, o, i); forced {
	case refundReplyLost:
		return rep.lost()
	case refundErrorButDone:
		return cloudBusy()
	default:
		return rep
	}
}

// refundState is the state of a refund that the wallet knows of. Code 5 has left
// the merchant at once and is on its way to the payer for two queries.
func refundState(r refund) int {
	switch {
	case r.Cloud.Refused:
		return refundFailed
	case r.Amount%10 == refundSilent && r.Cloud.Queries <= 2:
		return refundWorking
	}
	return refundGone
}

func (c *cloudPay) refundAnswer(p *page, o order, i int) cloudReply {
	return cloudDone(map[string]any{
		"pay_mch_key": c.mchKey(o.Wallet, o.Payer), "refund_order_content": c.refundContent(p, o, o.Refunds[i], false),
	})
}

// refundContent is refund_order_content. The time of a refund at Alipay is a
// text in the answer to the refund, and a number in that to a query: the
// documents have it both ways.
func (c *cloudPay) refundContent(p *page, o order, r refund, queried bool) map[string]any {
	state := refundState(r)
	out := map[string]any{
		"out_refund_no": r.RequestNo, "out_trade_no": o.No, "trade_type": cloudTradeType(o.Method), "nonce_str": r.Cloud.Nonce,
		"create_time": r.At.Unix(), "last_update_time": p.now.Unix(), "is_transforming": state == refundWorking,
		"refund_success_time": 0, "refund_reason": c.reasonShown(r), "total_fee": o.Amount, "refund_fee": r.Amount, "refund_fee_type": "CNY",
		"exchange_rate": 100000000, "client_refund_flow_id": r.Cloud.Flow,
		"settlement_refund_fee": r.Amount - r.Discount, "trade_state": outerState(state == refundGone, state == refundWorking),
	}
	if r.Cloud.ID != "" {
		out["refund_id"] = r.Cloud.ID
	}
	if o.Hold != "" {
		out["is_deposit_mode"], out["out_freeze_no"] = true, o.Hold
	}
	ext := map[string]any{"state": state}
	switch o.Wallet {
	case payment.WalletAlipay:
		ext = map[string]any{"refund_status": state, "fund_change": "N", "gmt_refund_pay": moment(r.At)}
		if state == refundGone {
			ext["fund_change"] = "Y"
		}
		if queried {
			ext["gmt_refund_pay"] = r.At.Unix()
		}
	default:
		ext["cash_refund_fee"], ext["coupon_refund_fee"], ext["coupon_refund_count"] = r.Amount, 0, 0
		ext["refund_account"], ext["refund_channel"], ext["refund_recv_account"] = "REFUND_SOURCE_UNSETTLED_FUNDS", "ORIGINAL", "支付用户的零钱"
	}
	out[cloudPlatforms[o.Wallet].ext+"_refund_order_content_ext"] = ext
	return out
}

// reasonShown is the reason with who asked and who allowed it written behind it.
func (c *cloudPay) reasonShown(r refund) string {
	s := r.Cloud.Remark + "\n操作者：" + r.Cloud.Client.Staff
	if r.Cloud.Permit != "" {
		s += "\n授权者：" + r.Cloud.Permit
	}
	return s
}

// queryRefund says what has become of a refund. One that failed on its way to
// the wallet (code 4) is not there.
func (c *cloudPay) queryRefund(b content) cloudReply {
	return c.change(func(p *page) cloudReply {
		o, found := c.find(p, b)
		i := o.findRefund(b.text("out_refund_no"))
		if !found || i < 0 || (!o.Refunds[i].Done && !o.Refunds[i].Cloud.Refused) {
			return saysNo(cloudSaid, cloudNoRefund, "退款单不存在。")
		}
		if refundState(o.Refunds[i]) == refundWorking {
			o.Refunds[i].Cloud.Queries++
			p.save(o)
		}
		return cloudDone(map[string]any{
			"pay_mch_key":          c.mchKey(o.Wallet, o.Payer),
			"refund_order_content": []map[string]any{c.refundContent(p, o, o.Refunds[i], true)},
			"order_client":         []map[string]any{o.Refunds[i].Cloud.client()},
		})
	})
}
