package main

import (
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
)

// sale shows one sale, found by its receipt number, a merchant order number or
// the channel's trade number.
func (c *call) sale() error {
	d, err := c.shop.Books.Find(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	return c.tell(saleOf(d), func() {
		c.printSale(d)
		c.printTimeline(d)
	})
}

// tellSale prints what a command has done to a sale.
func (c *call) tellSale(id int64) error {
	d, err := c.shop.Books.Sale(c.ctx, id)
	if err != nil {
		return err
	}
	return c.tell(saleOf(d), func() { c.printSale(d) })
}

func (c *call) printSale(d data.SaleDetail) {
	c.println(c.t("badge."+string(d.State)) + "  " + d.Amount.Grouped())
	lines := [][2]string{{c.t("receipt.no"), d.ReceiptNo}, {c.t("receipt.time"), moment(d.CreatedAt)}}
	if d.Paid != 0 && d.Paid != d.Amount {
		lines = append(lines, [2]string{c.t("receipt.paid"), d.Paid.Grouped()})
	}
	if d.Refunded != 0 {
		lines = append(lines, [2]string{c.t("receipt.refunded"), d.Refunded.Grouped()})
	}
	lines = append(lines, [2]string{c.t("receipt.remark"), d.Remark})
	for _, t := range d.Tenders {
		lines = append(lines, c.tenderLines(t)...)
	}
	for _, r := range d.Refunds {
		lines = append(lines, [2]string{c.t("receipt.request_no"), r.RequestNo},
			[2]string{c.t("receipt.refunded"), r.Amount.Grouped() + "  " + c.t("ctl.refund."+string(r.State))})
	}
	c.pairs(lines)
}

func (c *call) tenderLines(t data.Tender) [][2]string {
	channel := c.t("channel." + string(t.Channel))
	if t.Method == payment.MethodCash {
		return [][2]string{{c.t("receipt.method"), channel + "  " + t.Amount.Grouped()},
			{c.t("receipt.tendered"), t.Tendered.Grouped()}, {c.t("receipt.change"), t.Change.Grouped()}}
	}
	return [][2]string{
		{c.t("receipt.method"), channel + "  " + t.Amount.Grouped() + "  " + c.t("state."+string(t.State))},
		{c.t("receipt.payer"), t.Payer},
		{c.t("receipt.order_no"), t.OutTradeNo},
		{c.t("receipt.trade_no", "channel", channel), t.TradeNo},
	}
}

// printTimeline tells everything that happened to a sale, oldest first.
func (c *call) printTimeline(d data.SaleDetail) {
	tenders := map[int64]data.Tender{}
	for _, t := range d.Tenders {
		tenders[t.ID] = t
	}
	c.println("")
	for _, e := range d.Events {
		c.println(moment(e.At) + "  " + c.event(e, tenders[e.TenderID]))
	}
}

// event words one line of the timeline. Some kinds have words of their own for a
// detail or a method.
func (c *call) event(e data.Event, t data.Tender) string {
	key, detail := "event."+string(e.Kind), e.Detail
	for _, special := range []string{key + "." + e.Detail, key + "." + string(t.Method)} {
		if c.words.Has(special) {
			key = special
			break
		}
	}
	if trouble := "printer.error." + e.Detail; e.Kind == data.EventPrintStuck && c.words.Has(trouble) {
		detail = c.t(trouble)
	}
	return strings.TrimSpace(c.t(key, "channel", c.t("channel."+string(t.Channel)), "amount", e.Amount.Grouped(), "detail", detail))
}
