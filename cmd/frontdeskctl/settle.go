package main

import (
	"slices"
	"time"

	"frontdesk/app"
)

const (
	settleTimeout = 60 * time.Second
	// lateAge is how old a payment without money must be to be asked about once
	// more: money of a request that was still on its way has arrived by then.
	lateAge = 15 * time.Second
)

// settle asks about everything that is open until nothing is, or until its time
// is over.
func (c *call) settle() error {
	ctx, cancel := c.interruptible(c.patience(settleTimeout))
	defer cancel()
	till := c.shop.Till
	if _, err := till.Start(c.ctx); err != nil {
		return err
	}
	payments, refunds := till.OpenPayments(), till.OpenRefunds()
	if n := len(payments) + len(refunds); n > 0 {
		c.note("ctl.settling", "count", n)
	}
	open := 0
	for _, p := range payments {
		p, err := c.waitPayment(ctx, p.Tender.ID)
		if err != nil {
			return err
		}
		if !p.Phase.Final() {
			open++
		}
	}
	for _, r := range refunds {
		r, err := c.waitRefund(ctx, r.ID)
		if err != nil {
			return err
		}
		if !r.State.Final() {
			open++
		}
	}
	till.CheckLate(ctx, lateAge)
	if err := c.tellSettled(open, payments, refunds); err != nil {
		return err
	}
	c.print()
	if open > 0 {
		return &failure{code: exitUnknown, kind: "unknown", key: "ctl.still_open", pairs: []any{"count", open}}
	}
	return nil
}

func (c *call) tellSettled(open int, payments []app.Payment, refunds []app.Refund) error {
	var ids []int64
	for _, p := range payments {
		ids = append(ids, p.Sale.ID)
	}
	for _, r := range refunds {
		ids = append(ids, r.SaleID)
	}
	slices.Sort(ids)
	result := settleJSON{Open: open, Sales: []saleJSON{}}
	rows := [][]string{}
	for _, id := range slices.Compact(ids) {
		detail, err := c.shop.Books.Sale(c.ctx, id)
		if err != nil {
			return err
		}
		result.Sales = append(result.Sales, saleOf(detail))
		rows = append(rows, c.saleRow(detail))
	}
	late, err := c.shop.Books.Attention(c.ctx)
	if err != nil {
		return err
	}
	if len(late) > 0 {
		c.note("ctl.attention", "count", len(late), "receipt", late[0].ReceiptNo)
	}
	return c.tell(result, func() {
		c.table(rows, saleAmounts...)
		if open == 0 {
			c.println(c.t("ctl.settled"))
		}
	})
}
