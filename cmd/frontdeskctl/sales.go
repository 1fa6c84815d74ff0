package main

import (
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// pageSize is how many sales are read at a time: a year may be asked for.
const pageSize = 500

// sales lists the sales of one business day, newest first.
func (c *call) sales() error {
	day, _ := c.period()
	totals, details, err := c.salesOf(day)
	if err != nil {
		return err
	}
	list := []saleJSON{}
	for _, d := range details {
		list = append(list, saleOf(d))
	}
	return c.tell(list, func() {
		if len(list) == 0 {
			c.println(c.t("ctl.no_sales", "day", day))
			return
		}
		rows := [][]string{{c.t("ctl.col.receipt"), c.t("ctl.col.time"), c.t("ctl.col.state"), c.t("ctl.col.channel"),
			c.t("ctl.col.amount"), c.t("ctl.col.paid"), c.t("ctl.col.refunded")}}
		for _, d := range details {
			rows = append(rows, c.saleRow(d))
		}
		c.table(rows, saleAmounts...)
		if hidden, err := c.shop.Books.HidesCash(c.ctx); hidden || err != nil {
			c.println(c.t("ctl.cash_hidden"))
		}
		c.println(c.t("ctl.sales_sum", "day", day, "count", totals.Sales, "paid", totals.Paid.Grouped(),
			"refunded", totals.Refunded.Grouped(), "net", (totals.Paid - totals.Refunded).Grouped()))
	})
}

func (c *call) salesOf(day data.Day) (totals data.Totals, details []data.SaleDetail, err error) {
	filter := data.Filter{From: day, To: day, Limit: pageSize}
	last := int64(0)
	for {
		rows, sum, err := c.shop.Books.Page(c.ctx, filter)
		if err != nil {
			return totals, nil, err
		}
		if filter.Offset == 0 {
			totals = sum
		}
		for _, row := range rows {
			// The window may have sold since the last page: the same sales come again.
			if last != 0 && row.ID >= last {
				continue
			}
			last = row.ID
			d, err := c.shop.Books.Sale(c.ctx, row.ID)
			if err != nil {
				return totals, nil, err
			}
			details = append(details, d)
		}
		if len(rows) < pageSize {
			return totals, details, nil
		}
		filter.Offset += pageSize
	}
}

// saleAmounts are the columns of saleRow that hold amounts.
var saleAmounts = []int{4, 5, 6}

func (c *call) saleRow(d data.SaleDetail) []string {
	channels, seen := "", map[payment.ChannelName]bool{}
	for _, t := range d.Tenders {
		if seen[t.Channel] {
			continue
		}
		if seen[t.Channel] = true; channels != "" {
			channels += "+"
		}
		channels += c.t("channel." + string(t.Channel))
	}
	return []string{d.ReceiptNo, clock(d.CreatedAt), c.t("badge." + string(d.State)), channels,
		d.Amount.Grouped(), d.Paid.Grouped(), d.Refunded.Grouped()}
}

// clock is a time of day as people read it here.
func clock(t time.Time) string { return t.In(payment.Beijing).Format(time.TimeOnly) }

// moment is a time with its day; empty for the zero time.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(payment.Beijing).Format(time.DateTime)
}
