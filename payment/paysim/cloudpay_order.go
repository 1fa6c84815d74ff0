package paysim

import (
	"time"

	"frontdesk/payment"
)

// The states of an order in the words of the wallets. UnionPay has those of
// WeChat here: its own are not public.
const (
	wxInitial   = 1
	wxPaid      = 2 // by code
	wxPaidQR    = 3
	wxRefunded  = 4
	wxWaitingQR = 6
	wxClosed    = 7
	wxRevoked   = 8
	wxPaying    = 9
	wxFailed    = 10
	wxVoid      = 11 // Cloud Pay has it and the wallet has not
	wxAccepted  = 12
	wxConsumed  = 14 // out of a deposit

	aliInitial  = 1
	aliPaid     = 2
	aliWaiting  = 4
	aliClosed   = 5 // or refunded
	aliFinished = 6 // nothing can be refunded any more
	aliNotFound = 7
)

// cloudYear is how long a payment can be refunded.
const cloudYear = 365 * 24 * time.Hour

// cloudState is the order's state in its wallet's words.
//
// A refund of any part shows at WeChat, at Alipay only one of the whole. A QR
// of Alipay that nobody has scanned is not found: Alipay has no trade of it.
// Who never pays by WeChat's code is revoked by WeChat, what was refused failed,
// and what WeChat never got (code 08) is void.
func cloudState(o order, now time.Time) int {
	if o.Wallet == payment.WalletAlipay {
		return aliState(o, now)
	}
	qr := o.Method == payment.MethodQR
	switch {
	case o.State == Paid && o.refunded() > 0:
		return wxRefunded
	case o.State == Paid && o.Hold != "":
		return wxConsumed
	case o.State == Paid && qr:
		return wxPaidQR
	case o.State == Paid:
		return wxPaid
	case o.State == Closed:
		return wxEnd(o)
	case o.Hold != "":
		return wxAccepted
	case qr:
		return wxWaitingQR
	case o.Scenario == errorNotCharged:
		return wxInitial
	}
	return wxPaying
}

// wxEnd is how an order ended that was never paid.
func wxEnd(o order) int {
	if o.Method == payment.MethodQR {
		return wxClosed
	}
	switch o.Scenario {
	case errorNotCharged:
		return wxVoid
	case balanceTooLow, codeExpired:
		return wxFailed
	}
	return wxRevoked
}

func aliState(o order, now time.Time) int {
	switch {
	case o.State == Closed || (o.State == Paid && o.refunded() == o.Charged):
		return aliClosed
	case o.State == Paid && now.Sub(o.PaidAt) > cloudYear:
		return aliFinished
	case o.State == Paid:
		return aliPaid
	case o.State == Offered:
		return aliNotFound
	case o.Scenario == errorNotCharged && o.Method == payment.MethodCode:
		return aliInitial
	}
	return aliWaiting
}

// cloudTradeType is how an order is paid in Cloud Pay's words. A capture counts as
// paid by code.
func cloudTradeType(m payment.Method) int {
	if m == payment.MethodQR {
		return cloudScan
	}
	return cloudMicro
}

// cloudWorking reports that the platform says of itself that it is not through.
// It says so of some orders that wait and not of others: a till may not rest on it.
func cloudWorking(o order) bool {
	return o.State == Waiting && (o.Scenario == paidAfterPassword || o.Scenario == errorNotCharged)
}

// orderContent is order_content, all of it.
func (c *cloudPay) orderContent(p *page, o order) map[string]any {
	out := map[string]any{
		"out_trade_no": o.No, "trade_type": cloudTradeType(o.Method), "nonce_str": o.Cloud.Nonce,
		"create_time": o.Created.Unix(), "last_update_time": p.now.Unix(), "time_expire": cloudShownExpiry(o),
		"is_transforming": cloudWorking(o), "total_fee": o.Amount, "fee_type": "CNY",
		"body": o.Subject, "detail": o.Cloud.Detail, "remark": o.Cloud.Remark, "client_flow_id": o.Cloud.Flow,
	}
	if o.TradeNo != "" {
		out["transaction_id"] = o.TradeNo
	}
	if o.QR != "" {
		out["code_url"] = o.QR
	}
	if o.State == Paid {
		out["time_end"] = o.PaidAt.Unix()
		out["cash_fee"], out["cash_fee_type"] = o.Amount, "CNY"
		out["settlement_total_fee"] = o.Charged - o.Discount
	}
	if o.Hold != "" {
		c.addHold(p, out, o)
	}
	out[cloudPlatforms[o.Wallet].ext+"_order_content_ext"] = cloudOrderExt(o, p.now)
	return out
}

// addHold adds what a capture says of the hold it came out of.
func (c *cloudPay) addHold(p *page, out map[string]any, o order) {
	h, _ := p.written(o.Hold)
	i := h.findStep(capture, o.No)
	if i < 0 {
		return
	}
	out["out_freeze_no"], out["freeze_fee"], out["freeze_id"] = h.No, h.Amount, h.AuthNo
	out["is_deposit_mode"], out["is_confirm_unfreeze"] = true, h.Steps[i].Complete
	out["manual_unfreeze_fee"] = payment.Amount(0)
	for _, s := range h.Steps[i:] {
		if s.Kind == release && s.No == "" && h.Steps[i].Done && h.Steps[i].Complete {
			out["manual_unfreeze_fee"] = s.Amount // what went back with it
		}
	}
}

// cloudShownExpiry is the end of an order as an answer names it: two minutes for
// a code, whatever time the wallet really gives the payer.
func cloudShownExpiry(o order) int64 {
	if o.Method == payment.MethodQR {
		return o.Expires.Unix()
	}
	return o.Created.Add(2 * time.Minute).Unix()
}

// cloudOrderExt is the wallet's part of an order.
func cloudOrderExt(o order, now time.Time) map[string]any {
	ext := map[string]any{"current_trade_state": cloudState(o, now)}
	paid := o.State == Paid
	switch {
	case o.Wallet == payment.WalletAlipay:
		ext["buyer_logon_id"] = o.Payer.LogonID
		if paid {
			ext["fund_bill_list"] = []map[string]any{{"fund_channel": "ALIPAYACCOUNT", "amount": o.Amount}}
			ext["gmt_refund"], ext["gmt_close"], ext["refund_fee"] = 0, 0, 0
			ext["discount_goods_detail"] = ""
		}
	default:
		ext["attach"], ext["goods_tag"], ext["limit_pay"], ext["product_id"], ext["prepare_id"] = o.Cloud.Attach, o.Cloud.Tag, "", "", ""
		ext["trade_state_desc"] = ""
		if paid {
			ext["bank_type"], ext["coupon_fee"], ext["coupon_count"] = "CFT", 0, 0
		}
	}
	return ext
}

// outerState is the trade_state that samples show beside the documented state
// and no document explains: 4 on what is paid, refunded or released. Read as an
// order's state it would say refunded.
func outerState(done, waits bool) int {
	switch {
	case done:
		return 4
	case waits:
		return 2
	}
	return 5
}
