package paysim

import (
	"time"

	"frontdesk/payment"
)

// query is .../transactions/out-trade-no/{no} and .../transactions/id/{id}. The
// payer of code 02 has entered the password by the third query. A QR that nobody
// has scanned is an order that is not paid.
func (w *weChat) query(c wxCall) wxReply {
	return w.change(func(p *page) wxReply {
		o, found := c.find(p)
		if !found {
			return wxOrderUnknown()
		}
		o = asked(p, o)
		return wxYes(c.orderFields(o, w.tradeState(p, o)))
	})
}

func wxOrderUnknown() wxReply { return wxNo("ORDER_NOT_EXIST", "订单不存在") }

// tradeState is the order's state in WeChat's words. USERPAYING and REVOKED are
// only for codes that were scanned.
func (w *weChat) tradeState(p *page, o order) string {
	code := o.Method == payment.MethodCode
	partly := o.refunded() > 0 && o.refunded() < o.Charged
	switch {
	case o.State == Waiting && code && w.gaveUp(p, o.Created):
		return "PAYERROR"
	case o.State == Waiting && code:
		return "USERPAYING"
	case o.State == Waiting || o.State == Offered:
		return "NOTPAY"
	case o.State == Closed && code:
		return "REVOKED"
	case o.State == Closed:
		return "CLOSED"
	case partly && w.sim.opts.WeChat.PartRefundIsSuccess, o.refunded() == 0:
		return "SUCCESS"
	}
	return "REFUND"
}

// gaveUp reports that the payer of a code kept WeChat waiting for too long.
func (w *weChat) gaveUp(p *page, since time.Time) bool {
	patience := w.sim.opts.WeChat.GivesUpAfter
	return patience > 0 && p.now.Sub(since) >= patience
}

var wxStates = map[string]string{
	"SUCCESS": "支付成功", "REFUND": "转入退款", "NOTPAY": "订单未支付", "CLOSED": "订单已关闭", "REVOKED": "订单已撤销", "USERPAYING": "需要用户输入支付密码",
	"PAYERROR": "支付失败，请撤销订单",
}

// names are the fields of every answer that say whose order it is.
func (c wxCall) names(fields map[string]any) map[string]any {
	if c.merchant.isPartner() {
		fields["sp_appid"], fields["sp_mchid"], fields["sub_mchid"] = c.merchant.appID, c.merchant.mchID, c.merchant.sub
	} else {
		fields["appid"], fields["mchid"] = c.merchant.appID, c.merchant.mchID
	}
	return fields
}

// orderFields is the answer about an order. What is not paid has no transaction
// number, no payer and no time yet.
func (c wxCall) orderFields(o order, state string) map[string]any {
	amount := map[string]any{"total": int64(o.Amount), "currency": "CNY"}
	fields := c.names(map[string]any{
		"out_trade_no": o.No, "trade_state": state, "trade_state_desc": wxStates[state], "amount": amount,
	})
	if o.Attach != "" {
		fields["attach"] = o.Attach
	}
	if o.Charged == 0 {
		return fields
	}
	fields["transaction_id"], fields["trade_type"], fields["bank_type"], fields["success_time"] = o.TradeNo, wxTradeType(o), "OTHERS", rfc3339(o.PaidAt)
	fields["payer"] = map[string]any{c.openID(): o.Payer.UserID}
	amount["payer_total"], amount["payer_currency"] = int64(o.Charged-o.Discount), "CNY"
	if o.Discount > 0 {
		fields["promotion_detail"] = wxPromotion(o)
	}
	return fields
}

func (c wxCall) openID() string {
	if c.merchant.isPartner() {
		return "sp_openid"
	}
	return "openid"
}

func wxTradeType(o order) string {
	if o.Method == payment.MethodCode {
		return "MICROPAY"
	}
	return "NATIVE"
}

// wxPromotion is the one coupon that there is: the merchant pays for it, and it is
// not settled (NOCASH).
func wxPromotion(o order) []map[string]any {
	return []map[string]any{{
		"coupon_id": wxCoupon, "name": "商家立减", "scope": "GLOBAL", "type": "NOCASH", "amount": int64(o.Discount), "stock_id": "9867041",
		"wechatpay_contribute": 0, "merchant_contribute": int64(o.Discount), "other_contribute": 0, "currency": "CNY",
	}}
}

const wxCoupon = "109519"
