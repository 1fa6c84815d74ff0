package paysim

import (
	"strconv"

	"frontdesk/payment"
)

var depositRefundFields = all(v2WhichFields, []field{
	must("out_refund_no", wxRefundNo),
	must("total_fee", v2Fen),
	must("refund_fee", v2Fen),
	may("refund_fee_type", wxCurrency),
	may("refund_desc", wxText(80)),
	may("refund_account", oneOf("REFUND_SOURCE_UNSETTLED_FUNDS", "REFUND_SOURCE_RECHARGE_FUNDS")),
})

var depositRefundQueryFields = all(v2WhichFields, []field{
	may("out_refund_no", wxRefundNo), may("refund_id", like(`[0-9]{1,32}`, "微信退款单号")), may("offset", wxOffset),
})

func wxOffset(v any) string {
	if n, ok := v2Amount(v); !ok || n > wxRefundMost {
		return "应为 0 到 50 的整数"
	}
	return ""
}

// depositRefund is /deposit/refund: give back of what was consumed. total_fee
// is that of the deposit. One number gives back once; the last digit of fen of
// refund_fee chooses what else happens.
func (w *weChat) depositRefund(c depositCall) v2Reply {
	return w.onDeposit(c, v2NotExist(), func(p *page, h hold) v2Reply {
		o, _ := p.find(h.No)
		no := c.body.text("out_refund_no")
		total, _ := v2Amount(c.body["total_fee"])
		sum, _ := v2Amount(c.body["refund_fee"])
		first, i := w.refundOf(p, h.Account, no)
		switch {
		case total != h.Amount, i >= 0 && (first.No != h.No || first.Refunds[i].Amount != sum):
			return v2No("INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试")
		case i >= 0 && first.Refunds[i].Done:
			return v2Yes(depositRefundAnswer(h, o, o.Refunds[i]))
		case o.Hold != h.No || o.Charged == 0:
			return v2No("TRADE_ERROR", "押金未消费，不可退款")
		case !p.now.Before(h.HeldAt.AddDate(0, wxRefundMonths, 0)):
			return v2No("TRADE_OVERDUE", "订单已经超过退款期限")
		case o.refunded()+sum > o.Charged:
			return v2No("INVALID_REQUEST", "退款金额大于可退金额")
		case i < 0 && len(o.Refunds) >= wxRefundMost:
			return v2No("INVALID_REQUEST", "部分退款次数超过 50 次")
		case i < 0 && wxLastRefund(o).Add(w.sim.opts.WeChat.RefundEvery).After(p.now):
			return v2No("FREQUENCY_LIMITED", "频率限制")
		}
		return w.depositRefundNow(p, h, o, no, sum)
	})
}

// depositRefundNow carries a refund out that may be carried out. The forced
// error that did nothing is BIZERR_NEED_RETRY.
func (w *weChat) depositRefundNow(p *page, h hold, o order, no string, sum payment.Amount) v2Reply {
	o, r, forced := w.repay(p, o, no, sum)
	switch forced {
	case refundNoFunds:
		return v2No("NOTENOUGH", "余额不足")
	case refundErrorNotDone:
		return v2No("BIZERR_NEED_RETRY", "退款业务流程错误，需要商户触发重试来解决")
	case refundErrorButDone:
		return v2SystemError()
	case refundReplyLost:
		return v2Reply{}.sentBy(replyLost)
	}
	return v2Yes(depositRefundAnswer(h, o, r))
}

// depositRefundAnswer says that a refund was taken; whether it was done is for
// the query to say.
func depositRefundAnswer(h hold, o order, r refund) map[string]string {
	return map[string]string{
		"transaction_id": h.AuthNo, "out_trade_no": h.No, "out_refund_no": r.RequestNo, "refund_id": wxRefundID(o, r),
		"total_fee": v2Sum(h.Amount), "refund_fee": v2Sum(r.Amount), "cash_fee": v2Sum(h.Amount), "fee_type": "CNY",
	}
}

// depositRefundQuery is /deposit/refundquery. Named by its own number there is
// one refund, named by the deposit there are all, ten at a time.
func (w *weChat) depositRefundQuery(c depositCall) v2Reply {
	return w.changeV2(func(p *page) v2Reply {
		h, o, found := w.refundsAskedFor(p, c)
		var list []refund
		for _, r := range o.Refunds {
			no, id := c.body.text("out_refund_no"), c.body.text("refund_id")
			if r.Done && r.RequestNo != "" && (no == "" || no == r.RequestNo) && (id == "" || id == wxRefundID(o, r)) {
				list = append(list, r)
			}
		}
		if !found || len(list) == 0 {
			return v2No("REFUNDNOTEXIST", "退款订单查询失败")
		}
		fields := map[string]string{
			"transaction_id": h.AuthNo, "out_trade_no": h.No, "total_fee": v2Sum(h.Amount), "cash_fee": v2Sum(h.Amount), "fee_type": "CNY",
			"refund_fee": v2Sum(o.refunded()), "total_refund_count": strconv.Itoa(len(list)),
		}
		offset, _ := v2Amount(c.body["offset"])
		list = list[min(int(offset), len(list)):]
		list = list[:min(10, len(list))]
		fields["refund_count"] = strconv.Itoa(len(list))
		for i, r := range list {
			n := "_" + strconv.Itoa(i)
			fields["out_refund_no"+n], fields["refund_id"+n], fields["refund_fee"+n] = r.RequestNo, wxRefundID(o, r), v2Sum(r.Amount)
			fields["refund_status"+n], fields["refund_channel"+n], fields["refund_success_time"+n] = "SUCCESS", "ORIGINAL", moment(r.At)
			fields["refund_recv_accout"+n] = "支付用户零钱" // misspelt as in the documents
		}
		return v2Yes(fields)
	})
}

// refundsAskedFor is the deposit whose refunds a query is about.
func (w *weChat) refundsAskedFor(p *page, c depositCall) (h hold, o order, found bool) {
	account := c.merchant.account()
	if c.body.text("transaction_id") != "" || c.body.text("out_trade_no") != "" {
		h, found = c.find(p)
		o, _ = p.find(h.No)
		return h, o, found && o.Hold == h.No
	}
	no := c.body.text("out_refund_no")
	if id := c.body.text("refund_id"); id != "" {
		no = w.refundByID(p, account, id)
	}
	o, i := w.refundOf(p, account, no)
	if i < 0 || o.Hold == "" {
		return h, order{}, false
	}
	h, found = p.findHoldOf(payment.WeChat, o.Hold)
	return h, o, found
}

// refundByID is the merchant's number of a refund that WeChat's own is known
// of; "" when there is none.
func (w *weChat) refundByID(p *page, account, id string) string {
	for key, no := range w.refunds {
		if o, found := p.findOf(payment.WeChat, no); found && key[0] == account {
			for _, r := range o.Refunds {
				if wxRefundID(o, r) == id {
					return r.RequestNo
				}
			}
		}
	}
	return ""
}
