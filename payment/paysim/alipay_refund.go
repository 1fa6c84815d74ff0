package paysim

import "frontdesk/payment"

var refundFields = all(whichFields, []field{
	must("refund_amount", amount),
	may("out_request_no", orderNo),
	may("refund_reason", plain(256)),
	may("refund_currency", oneOf("CNY")),
	may("operator_id", plain(30)),
	may("store_id", plain(32)),
	may("terminal_id", plain(32)),
	may("query_options", texts),
	may("org_pid", accountNo),
	may("goods_detail", objects(goodsFields)),
})

var refundQueryFields = all(whichFields, []field{
	must("out_request_no", orderNo),
	may("query_options", texts),
	may("org_pid", accountNo),
})

// refund is alipay.trade.refund. One request number gives back once; the last
// digit of fen of the amount chooses what else happens.
func (a *alipay) refund(b content) reply {
	return a.onTrade(b, func(p *page, o order) reply {
		sum, no := b.amount("refund_amount"), b.text("out_request_no")
		partial := sum != o.Amount
		if no == "" && !partial {
			no = o.No // the whole order needs no number of its own
		}
		i := o.findRefund(no)
		if no == "" {
			i = -1 // "" is the number of a cancel, not of a client
		}
		switch {
		case i >= 0 && o.Refunds[i].Amount != sum:
			return failed("ACQ.DISCORDANT_REPEAT_REQUEST", "重复的退款请求，金额与首次不一致")
		case i >= 0 && o.Refunds[i].Done:
			return refundAnswer(o, o.Refunds[i], "N", b)
		case o.State == Waiting:
			return failed("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
		case o.State == Closed:
			return failed("ACQ.TRADE_HAS_CLOSE", "交易已经关闭")
		case tradeStatus(o, p.now) == "TRADE_FINISHED":
			return failed("ACQ.TRADE_HAS_FINISHED", "交易已经完结")
		case no == "":
			return failed("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "部分退款必须传入 out_request_no")
		case o.refunded()+sum > o.Charged:
			return failed("ACQ.REASON_TRADE_REFUND_FEE_ERR", "退款金额无效")
		}
		return refundNow(p, o, i, no, sum, b)
	})
}

// refundNow carries a refund out that may be carried out; i is the place of an
// earlier try with the same number, or -1.
func refundNow(p *page, o order, i int, no string, sum payment.Amount, b content) reply {
	again := i >= 0
	if !again {
		o.Refunds = append(o.Refunds, refund{RequestNo: no, Amount: sum})
		i = len(o.Refunds) - 1
	}
	forced := int(sum % 10)
	if forced == refundNoFunds || (forced == refundErrorNotDone && !again) {
		p.save(o)
		if forced == refundNoFunds {
			return failed("ACQ.SELLER_BALANCE_NOT_ENOUGH", "商户的支付宝账户中无足够的资金进行退款")
		}
		return failed("ACQ.SYSTEM_ERROR", "系统错误")
	}
	o = o.repaid(i, p.now)
	p.save(o)
	switch rep := refundAnswer(o, o.Refunds[i], "Y", b); forced {
	case refundReplyLost:
		return rep.lost()
	case refundErrorButDone:
		return unavailable("aop.ACQ.SYSTEM_ERROR", "系统异常")
	case refundSilent:
		delete(rep.fields, "fund_change")
		return rep
	default:
		return rep
	}
}

// refundAnswer says what was given back. refund_fee is the sum of all refunds
// of the trade, not this one. send_back_fee, what this one took out of the
// merchant's account, is told only when it is asked for: the service says 0.00
// otherwise.
func refundAnswer(o order, r refund, fundChange string, b content) reply {
	fields := identity(o)
	fields["fund_change"] = fundChange
	fields["refund_fee"] = o.refunded().String()
	fields["gmt_refund_pay"] = moment(r.At)
	fields["send_back_fee"] = "0.00"
	return done("10000", refundDetails(fields, r, b))
}

// refundDetails adds where the money of a refund came from, when it is asked for.
func refundDetails(fields map[string]any, r refund, b content) map[string]any {
	if b.lists("query_options", "refund_detail_item_list") {
		fields["send_back_fee"] = (r.Amount - r.Discount).String()
		fields["refund_detail_item_list"] = bills(r.Amount, r.Discount)
	}
	return fields
}

// refundQuery is alipay.trade.fastpay.refund.query. A number that is not known
// or did not get through is answered with a success that says nothing.
func (a *alipay) refundQuery(b content) reply {
	return a.onTrade(b, func(p *page, o order) reply {
		i := o.findRefund(b.text("out_request_no"))
		if i < 0 || !o.Refunds[i].Done {
			return done("10000", nil)
		}
		r := o.Refunds[i]
		fields := map[string]any{
			"out_trade_no": o.No, "trade_no": o.TradeNo, "out_request_no": r.RequestNo, "refund_status": "REFUND_SUCCESS",
			"refund_amount": r.Amount.String(), "total_amount": o.Amount.String(),
		}
		if b.lists("query_options", "gmt_refund_pay") {
			fields["gmt_refund_pay"] = moment(r.At)
		}
		return done("10000", refundDetails(fields, r, b))
	})
}
