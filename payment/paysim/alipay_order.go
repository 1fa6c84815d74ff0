package paysim

import (
	"time"

	"frontdesk/payment"
)

// whichFields name an order that exists.
var whichFields = []field{may("out_trade_no", orderNo), may("trade_no", tradeNo)}

// orderFields are what trade.pay and trade.precreate have in common, as the
// official client's models have them.
var orderFields = []field{
	must("out_trade_no", orderNo),
	must("total_amount", amount),
	must("subject", subject),
	may("discountable_amount", amount),
	may("undiscountable_amount", amount),
	may("body", plain(128)),
	may("seller_id", accountNo),
	may("store_id", plain(32)),
	may("alipay_store_id", plain(32)),
	may("operator_id", plain(28)),
	may("terminal_id", plain(32)),
	may("merchant_order_no", plain(32)),
	may("passback_params", plain(512)),
	may("disable_pay_channels", plain(128)),
	may("timeout_express", express),
	may("time_expire", expireMoment),
	may("goods_detail", objects(goodsFields)),
	may("extend_params", object(extendFields)),
	may("query_options", texts),
	may("business_params", oneObject),
	may("ext_user_info", oneObject),
	may("royalty_info", oneObject),
	may("settle_info", oneObject),
	may("sub_merchant", oneObject),
	may("bkagent_req_info", oneObject),
}

var goodsFields = []field{
	must("goods_id", plain(64)), must("goods_name", plain(256)), must("quantity", number), must("price", number),
	may("alipay_goods_id", plain(32)), may("goods_category", plain(24)), may("categories_tree", plain(128)),
	may("body", plain(1000)), may("show_url", plain(400)),
}

var extendFields = []field{
	may("sys_service_provider_id", accountNo), may("hb_fq_num", plain(5)), may("hb_fq_seller_percent", plain(3)),
	may("industry_reflux_info", plain(512)), may("card_type", plain(32)), may("specified_seller_name", plain(32)),
}

// checkOrder is what the fields of a new order have to be to each other and to
// the merchant; ok is false when it is refused.
func (a *alipay) checkOrder(p *page, b content) (refused reply, ok bool) {
	total, part, rest := b.amount("total_amount"), b.amount("discountable_amount"), b.amount("undiscountable_amount")
	switch {
	case part > total || rest > total || (part > 0 && rest > 0 && part+rest != total):
		return failed("ACQ.INVALID_PARAMETER", "参数无效：可打折金额与不可打折金额之和应等于 total_amount"), false
	case b.text("seller_id") != "" && b.text("seller_id") != a.sim.SellerID:
		return failed("ACQ.INVALID_RECEIVE_ACCOUNT", "seller_id 不是本应用的收款账号"), false
	}
	if s := b.text("time_expire"); s != "" {
		t, _ := parseMoment(s)
		if left := t.Sub(p.now); left <= 0 || left > 15*24*time.Hour {
			return failed("ACQ.INVALID_PARAMETER", "参数无效：time_expire 应在 15 天以内的将来"), false
		}
	}
	return reply{}, true
}

// expires is when an order made now is closed unpaid: time_expire wins over
// timeout_express, and face to face the default is three hours.
func expires(p *page, b content) time.Time {
	if s := b.text("time_expire"); s != "" {
		t, _ := parseMoment(s)
		return t
	}
	if s := b.text("timeout_express"); s != "" {
		t, _ := expressEnd(s, p.now)
		return t
	}
	return p.now.Add(3 * time.Hour)
}

// newOrder is the order that a request asks for; the caller sets it off.
func newOrder(p *page, b content, m payment.Method) order {
	return order{
		No: b.text("out_trade_no"), Channel: payment.Alipay, Method: m, Wallet: payment.WalletAlipay, Amount: b.amount("total_amount"), Subject: b.text("subject"),
		Undiscountable: b.amount("undiscountable_amount"), State: Waiting, Created: p.now, Expires: expires(p, b),
	}
}

// reused is the answer to an order number that is used already and can take no
// new attempt. ok is true when the order is the same one and may go on.
//
// The documents do not say which comes first for an order that is paid and is
// asked for again with another amount. Here the difference is named first, so
// that a till cannot take somebody else's payment for its own.
func reused(o order, b content, m payment.Method) (refused reply, ok bool) {
	switch {
	case o.Channel != payment.Alipay || o.Method != m || o.Amount != b.amount("total_amount") || o.Subject != b.text("subject"):
		return failed("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改"), false
	case o.State == Paid && o.refunded() < o.Charged:
		return failed("ACQ.TRADE_HAS_SUCCESS", "交易已被支付"), false
	case o.State != Waiting && o.State != Offered:
		return failed("ACQ.TRADE_HAS_CLOSE", "交易已经关闭"), false
	}
	return reply{}, true
}

// tradeStatus is the order's state in Alipay's words. A year after the payment
// nothing can be refunded any more.
func tradeStatus(o order, now time.Time) string {
	switch {
	case o.State == Waiting:
		return "WAIT_BUYER_PAY"
	case o.State != Paid || o.refunded() == o.Charged:
		return "TRADE_CLOSED"
	case !now.Before(o.PaidAt.AddDate(1, 0, 0)):
		return "TRADE_FINISHED"
	}
	return "TRADE_SUCCESS"
}

// identity are the fields of every answer about a trade.
func identity(o order) map[string]any {
	return map[string]any{
		"out_trade_no": o.No, "trade_no": o.TradeNo, "buyer_logon_id": o.Payer.LogonID, "buyer_user_id": o.Payer.UserID,
	}
}

// amounts adds what was paid, which is nothing while the payer is waited for. A
// discount of the merchant's own is part of the total and of nothing else.
func amounts(fields map[string]any, o order) map[string]any {
	paid := (o.Charged - o.Discount).String()
	fields["total_amount"] = o.Amount.String()
	fields["buyer_pay_amount"], fields["receipt_amount"], fields["invoice_amount"] = paid, paid, paid
	fields["point_amount"] = "0.00"
	if o.Discount > 0 {
		fields["mdiscount_amount"], fields["discount_amount"] = o.Discount.String(), "0.00" // the merchant's, and the service's
	}
	if o.Charged > 0 {
		fields["fund_bill_list"] = bills(o.Charged, o.Discount)
	}
	return fields
}

// bills say where a sum came from, or went back to.
func bills(sum, discount payment.Amount) []map[string]string {
	var list []map[string]string
	if sum > discount {
		list = append(list, map[string]string{"amount": (sum - discount).String(), "fund_channel": "ALIPAYACCOUNT"})
	}
	if discount > 0 {
		list = append(list, map[string]string{"amount": discount.String(), "fund_channel": "MDISCOUNT"})
	}
	return list
}

// notExist is the answer about an order without a trade.
func notExist() reply { return failed("ACQ.TRADE_NOT_EXIST", "交易不存在") }
