package paysim

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"frontdesk/payment"
)

// cloudFilter are the fields of query_order_list and its overview. The merchant
// is named without pay_mch_key here.
var cloudFilter = []field{
	must("out_sub_mch_id", octets(32)), may("out_shop_id", octets(32)), may("staff_id", octets(64)), may("device_id", octets(64)),
	may("qrcode_id", octets(64)), may("source_type", wholeOf(1, 2, 3, 4, 5, 6, 7)),
	may("sub_pay_platforms", anyList), may("trade_type", wholeOf(1, 2, 3, 4, 5, 6, 8, 9)),
	must("order_type", wholeOf(1, 2, 3, 4, 5)), must("start_time", whole(0, 1<<40)), must("end_time", whole(0, 1<<40)),
	may("pay_time_type", wholeOf(1, 2)), may("refund_time_type", wholeOf(1, 2)), may("time_filter", wholeOf(1, 2)), may("status", wholeOf(0, 1)),
	cloudNonce,
}

var cloudListFields = all(cloudFilter, []field{must("page_num", whole(1, 1<<31-1)), must("page_size", whole(1, 100))})

// anyList is a list of sub platforms.
func anyList(v any) string {
	l, ok := v.([]any)
	for _, e := range l {
		if wrong := wholeOf(100, 200, 300, 401, 402, 500)(e); wrong != "" {
			return wrong
		}
	}
	if !ok {
		return "应为数组"
	}
	return ""
}

// What a list is asked for (order_type).
const (
	listPays = 1 + iota
	listRefunds
	listAll // of both
	listHolds
	listReleases
)

// listed is one line of a list.
type listed struct {
	no      string // by which lines of one moment are sorted
	at      time.Time
	created time.Time
	success bool
	wallet  payment.Wallet
	note    cloudNote
	trade   int
	kind    string // order, refund_order, freeze_order or unfreeze_order
	fields  map[string]any
}

// queryList is the list of everything of a kind in a time, the newest first, a
// page at a time.
func (c *cloudPay) queryList(b content) cloudReply {
	if wrong := c.checkFilter(b); wrong != "" {
		return callerError(cloudBadField, wrong)
	}
	return c.change(func(p *page) cloudReply {
		lines := c.list(p, b)
		size := int(b.whole("page_size"))
		from := min((int(b.whole("page_num"))-1)*size, len(lines))
		details := []map[string]any{}
		for _, l := range lines[from:min(from+size, len(lines))] {
			details = append(details, map[string]any{l.kind: l.fields})
		}
		return cloudDone(map[string]any{"total_count": len(lines), "order_details": details})
	})
}

func (c *cloudPay) checkFilter(b content) string {
	shop := b.text("out_shop_id")
	switch {
	case shop != "" && shop != c.account.OutShopID:
		return "参数out_shop_id错误."
	case shop == "" && (b.text("staff_id") != "" || b.text("device_id") != "" || b.text("qrcode_id") != ""):
		return "参数out_shop_id错误：设置了staff_id、device_id或qrcode_id时必填."
	case b.whole("start_time") > b.whole("end_time"):
		return "参数end_time错误."
	}
	return ""
}

// list is what a filter lets through.
func (c *cloudPay) list(p *page, b content) []listed {
	kind := b.whole("order_type")
	var lines []listed
	for no := range p.b.orders {
		o, found := p.findOf(payment.CloudPay, no)
		if !found {
			continue
		}
		if kind == listPays || kind == listAll {
			lines = append(lines, c.orderLine(p, o, b))
		}
		if kind == listRefunds || kind == listAll {
			lines = append(lines, c.refundLines(p, o, b)...)
		}
	}
	if kind == listHolds || kind == listReleases {
		for no := range p.b.holds {
			if h, found := p.findHoldOf(payment.CloudPay, no); found {
				lines = append(lines, c.holdLines(p, h, int(kind))...)
			}
		}
	}
	lines = slices.DeleteFunc(lines, func(l listed) bool { return !matches(l, b) })
	slices.SortFunc(lines, func(x, y listed) int { return cmp.Or(y.created.Compare(x.created), cmp.Compare(x.no, y.no)) })
	return lines
}

func matches(l listed, b content) bool {
	platforms, _ := b["sub_pay_platforms"].([]any)
	sub := slices.ContainsFunc(platforms, func(v any) bool {
		n, _ := v.(json.Number)
		return content{"n": n}.whole("n") == int64(cloudPlatforms[l.wallet].sub)
	})
	staff, device, trade := b.text("staff_id"), b.text("device_id"), b.whole("trade_type")
	switch at := l.at.Unix(); {
	case at < b.whole("start_time") || at > b.whole("end_time"),
		len(platforms) > 0 && !sub,
		staff != "" && staff != l.note.Client.Staff,
		device != "" && device != l.note.Client.Device,
		trade != 0 && trade != int64(l.trade),
		b.text("qrcode_id") != "" || b.whole("source_type") != 0, // no till sells with a QR that hangs on the wall
		b.whole("status") == 0 && !l.success:
		return false
	}
	return true
}

// listCommon is what all lines have.
func (c *cloudPay) listCommon(w payment.Wallet, n cloudNote, trade int) map[string]any {
	return map[string]any{
		"out_mch_id": c.account.OutMchID, "out_sub_mch_id": c.account.OutSubMchID, "out_shop_id": c.account.OutShopID,
		"staff_id": n.Client.Staff, "device_id": n.Client.Device, "sub_pay_platform": cloudPlatforms[w].sub, "trade_type": trade,
	}
}

// orderLine is an order. The time of one that was paid is that of the payment,
// unless the filter asks for when it was made.
func (c *cloudPay) orderLine(p *page, o order, b content) listed {
	trade := cloudTradeType(o.Method)
	f := c.listCommon(o.Wallet, o.Cloud, trade)
	at := o.Created
	f["out_trade_no"], f["transaction_id"], f["total_fee"], f["fee_type"] = o.No, o.TradeNo, o.Amount, "CNY"
	f["create_time"], f["last_update_time"], f["body"] = o.Created.Unix(), p.now.Unix(), o.Subject
	f[cloudPlatforms[o.Wallet].ext+"_current_trade_state"] = cloudState(o, p.now)
	if o.Charged > 0 {
		if b.whole("pay_time_type") != 1 {
			at = o.PaidAt
		}
		f["time_end"], f["cash_fee"], f["settlement_total_fee"], f["discount_fee"] = o.PaidAt.Unix(), o.Amount, o.Charged-o.Discount, o.Discount
		f["refunded_fee"], f["refunded_settlement_fee"] = o.refunded(), o.sentBack()
		f["remaining_settlement_fee"] = o.Charged - o.Discount - o.sentBack()
	}
	if o.Hold != "" {
		f["out_freeze_no"], f["is_deposit_mode"] = o.Hold, true
	}
	for _, b := range o.booked() {
		if o.Charged > 0 && b.kind == payment.BilledPayment {
			addPoundage(f, b, p.now)
		}
	}
	return listed{o.No, at, o.Created, listedAsSuccess(o, p.now), o.Wallet, o.Cloud, trade, "order", f}
}

// listedAsSuccess is what "only success" means: the state of a success. The
// documents do not say whether an order of which something was refunded still has
// it; here it has not.
func listedAsSuccess(o order, now time.Time) bool {
	state := cloudState(o, now)
	if o.Wallet == payment.WalletAlipay {
		return state == aliPaid || state == aliFinished
	}
	return state == wxPaid || state == wxPaidQR || state == wxConsumed
}

// addPoundage adds the fee, and what is left after it, once the wallet has given
// out its own bill. The documents do not say with which sign the fee of a refund
// comes; here it has none.
func addPoundage(f map[string]any, b booked, now time.Time) {
	if !billed(b.at, now) {
		return
	}
	fee := max(b.fee, -b.fee)
	f["poundage"], f["income_fee"] = fee, b.amount-b.discount-fee
}

// refundLines are the refunds of an order that the wallet knows of.
func (c *cloudPay) refundLines(p *page, o order, _ content) (lines []listed) {
	for _, r := range o.Refunds {
		if !r.Done && !r.Cloud.Refused {
			continue
		}
		trade := cloudTradeType(o.Method)
		f := c.listCommon(o.Wallet, r.Cloud, trade)
		f["out_trade_no"], f["total_fee"], f["out_refund_no"], f["refund_id"] = o.No, o.Amount, r.RequestNo, r.Cloud.ID
		f["refund_fee"], f["settlement_refund_fee"], f["refund_fee_type"] = r.Amount, r.Amount-r.Discount, "CNY"
		f["create_time"], f["last_update_time"], f["refund_start_processing_time"] = r.At.Unix(), p.now.Unix(), r.At.Unix()
		f["refund_reason"] = c.reasonShown(r)
		f[cloudPlatforms[o.Wallet].ext+"_refund_state"] = refundState(r)
		for _, b := range o.booked() {
			if r.Done && b.kind == payment.BilledRefund && b.refund.RequestNo == r.RequestNo {
				addPoundage(f, b, p.now)
			}
		}
		if o.Hold != "" {
			f["out_freeze_no"], f["is_deposit_mode"] = o.Hold, true
		}
		lines = append(lines, listed{r.RequestNo, r.At, r.At, refundState(r) == refundGone, o.Wallet, r.Cloud, trade, "refund_order", f})
	}
	return lines
}

// holdLines are a hold or its releases.
func (c *cloudPay) holdLines(p *page, h hold, kind int) (lines []listed) {
	trade := cloudTradeType(h.Method)
	state := cloudPlatforms[h.Wallet].ext + "_current_trade_state"
	if kind == listHolds {
		f := c.listCommon(h.Wallet, h.Cloud, trade)
		f["out_freeze_no"], f["freeze_id"], f["freeze_fee"], f["fee_type"], f["body"] = h.No, h.AuthNo, h.Amount, "CNY", h.Title
		f["create_time"], f["last_update_time"] = h.Created.Unix(), p.now.Unix()
		f["total_consume_fee"], f["total_manual_unfreeze_fee"], f["total_auto_unfreeze_fee"] = h.captured(), h.released(), 0
		f["total_refund_fee"] = refundedOf(p, h)
		f[state] = cloudHoldState(h)
		at := h.Created
		if h.Held > 0 {
			at = h.HeldAt
			f["time_end"], f["cash_fee"] = at.Unix(), h.Held
		}
		return []listed{{h.No, at, h.Created, h.Held > 0, h.Wallet, h.Cloud, trade, "freeze_order", f}}
	}
	for _, s := range h.Steps {
		if s.Kind != release || s.No == "" || (!s.Done && !s.Cloud.Refused) {
			continue
		}
		f := c.listCommon(h.Wallet, s.Cloud, trade)
		f["out_freeze_no"], f["out_unfreeze_no"], f["freeze_id"] = h.No, s.No, h.AuthNo
		f["unfreeze_fee"], f["fee_type"], f["remark"] = s.Amount, "CNY", s.Remark
		f["create_time"], f["last_update_time"] = s.Asked.Unix(), p.now.Unix()
		f[state] = unfrozen
		if !s.Done {
			f[state] = unfreezeFailed
		}
		lines = append(lines, listed{s.No, s.Asked, s.Asked, s.Done, h.Wallet, s.Cloud, trade, "unfreeze_order", f})
	}
	return lines
}
