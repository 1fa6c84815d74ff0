package till

import (
	"strings"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// The panels of a payment that is over.

// paid: the money is ours.
func (v view) paid() (out panel.Panel) {
	p := v.payment
	out.Head = kit.ResultHead{Kind: kit.ResultPaid, Icon: kit.IconPaid, Word: v.t("pay.paid.title"), Line: v.channel, Amount: p.Sale.Amount.Grouped()}
	if p.Tender.Amount != p.Sale.Amount {
		out.Head.Line = v.shares()
	}
	fact1 := func(key, value string) { out.Facts = append(out.Facts, kit.Fact{Label: v.t(key), Value: value}) }
	out.Facts = append(out.Facts, kit.Fact{Label: v.t("pay.receipt"), Value: p.Sale.ReceiptNo, Bold: true})
	if p.Tender.Channel == payment.Cash {
		out.Figure = panel.Figure{Name: v.t("pay.change"), Amount: p.Tender.Change.Grouped()}
		fact1("pay.tendered", p.Tender.Tendered.Grouped())
	} else {
		took := p.Tender.EndedAt.Sub(p.Tender.CreatedAt)
		at := panel.ClockTime(p.Tender.EndedAt)
		if took >= time.Second {
			at = v.t("pay.took", "time", at, "span", panel.Span(v.d.Words, took))
		}
		fact1("pay.paid_at", at)
		if p.Tender.Discount > 0 {
			fact1("receipt.discount", v.t("pay.discount", "discount", p.Tender.Discount.Grouped(), "settled", (p.Tender.Amount-p.Tender.Discount).Grouped()))
		}
		if p.Tender.Payer != "" {
			fact1("pay.payer", p.Tender.Payer)
		}
		if p.Tender.TradeNo != "" {
			out.Facts = append(out.Facts, kit.Fact{Label: v.t("pay.trade_no"), Value: panel.Middle(p.Tender.TradeNo), Mono: true})
		}
	}
	out.Facts = append(out.Facts, panel.Paper(v.d, v.t("pay.paper"), v.detail.Prints, data.PrintReceipt, data.PrintReprint))
	if v.today != "" {
		fact1("pay.today", v.today)
	}
	out.Second = []panel.Button{
		{Word: v.t("pay.reprint"), Key: string(v.d.Keys[screen.ActReprint]), Icon: kit.IconPrint, Do: reprint},
		{Word: v.t("pay.refund"), Key: string(v.d.Keys[screen.ActRefund]), Do: refund, Apart: true},
	}
	out.Caption = v.t("pay.paid.hint")
	return out
}

// shares says how a sale was paid in parts: "现金 100.00，支付宝 28.50".
func (v view) shares() string {
	var parts []string
	for _, t := range v.detail.Tenders {
		if t.State == payment.StatePaid {
			parts = append(parts, v.d.Wallet(t.Channel, t.Wallet)+" "+t.Amount.Grouped())
		}
	}
	if len(parts) == 0 {
		return v.channel
	}
	return strings.Join(parts, v.t("till.comma"))
}

// partPaid: some is paid, and the left side waits for the rest.
func (v view) partPaid() (out panel.Panel) {
	p := v.payment
	out.Head = kit.ResultHead{Kind: kit.ResultWaiting, Icon: kit.IconWaiting, Word: v.t("pay.part.title"),
		Line: v.t("pay.part.paid", "paid", p.Sale.Paid.Grouped()), Amount: p.Left.Grouped()}
	out.Lead, out.Text = v.t("pay.part.what", "paid", p.Sale.Paid.Grouped(), "left", p.Left.Grouped()), v.t("pay.part.do")
	out.Facts = []kit.Fact{
		{Label: v.t("pay.due"), Value: p.Sale.Amount.Grouped()},
		{Label: v.t("pay.part.so_far"), Value: v.shares()},
		{Label: v.t("pay.part.left"), Value: p.Left.Grouped(), Bold: true},
		{Label: v.t("pay.receipt"), Value: p.Sale.ReceiptNo},
	}
	if p.Tender.Change > 0 {
		out.Figure = panel.Figure{Name: v.t("pay.change"), Amount: p.Tender.Change.Grouped()}
	}
	out.Second = []panel.Button{
		{Word: v.t("pay.part.leave"), Key: "Esc", Do: leavePart},
		{Word: v.t("pay.part.return"), Key: string(v.d.Keys[screen.ActRefund]), Kind: kit.Destructive, Do: refund, Apart: true, Far: true},
	}
	out.Caption = v.t("pay.part.hint")
	return out
}

// failed: a definite no.
func (v view) failed(tell panel.Telling) panel.Panel {
	out := tell.Failed()
	if tell.Reason == payment.ReasonMerchantSetup {
		out.Head.Word = v.t("pay.failed.setup")
	}
	return out
}

// closed: cancelled or too late, and the channel confirmed that no money moved.
func (v view) closed(tell panel.Telling) panel.Panel {
	if tell.Expired() {
		return tell.Closed(v.t("pay.closed.expired.what"), v.t("pay.closed.do"))
	}
	return tell.Closed(tell.Why())
}

// attention: something happened to the money that a person has to decide about.
func (v view) attention(tell panel.Telling) (out panel.Panel) {
	sale := v.payment.Sale
	if sale.Attention == data.AttentionTaken {
		out = tell.Taken(tell.Amount)
	} else {
		out = tell.Late()
	}
	if sale.Attention == data.AttentionOverpaid {
		out.Lead = v.t("pay.over.what", "amount", (sale.Paid - sale.Refunded - sale.Amount).Grouped())
	}
	out.Facts = []kit.Fact{
		{Label: v.t("pay.receipt"), Value: sale.ReceiptNo, Bold: true},
		{Label: v.t("pay.due"), Value: sale.Amount.Grouped()},
		{Label: v.t("pay.received"), Value: sale.Paid.Grouped()},
	}
	return out
}
