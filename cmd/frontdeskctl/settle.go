package main

import (
	"context"
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
	all := loose{till.OpenPayments(), till.OpenRefunds(), till.OpenHolds(), till.OpenSteps()}
	if n := all.count(); n > 0 {
		c.note("ctl.settling", "count", n)
	}
	open, err := c.waitAll(ctx, all)
	if err != nil {
		return err
	}
	till.CheckLate(ctx, lateAge)
	if err := c.tellSettled(open, all); err != nil {
		return err
	}
	c.print()
	if open > 0 {
		return &failure{code: exitUnknown, kind: "unknown", key: "ctl.still_open", pairs: []any{"count", open}}
	}
	return nil
}

// loose is what has no result.
type loose struct {
	payments []app.Payment
	refunds  []app.Refund
	holds    []app.Deposit
	steps    []app.DepositStep
}

func (l loose) count() int { return len(l.payments) + len(l.refunds) + len(l.holds) + len(l.steps) }

// waitAll waits until everything has a result, or until ctx ends; open is how
// much has none then.
func (c *call) waitAll(ctx context.Context, all loose) (open int, err error) {
	ended := func(final bool, err error) error {
		if err == nil && !final {
			open++
		}
		return err
	}
	for _, p := range all.payments {
		p, err := c.waitPayment(ctx, p.Tender.ID)
		if err := ended(p.Phase.Final(), err); err != nil {
			return 0, err
		}
	}
	for _, r := range all.refunds {
		r, err := c.waitRefund(ctx, r.ID)
		if err := ended(r.State.Final(), err); err != nil {
			return 0, err
		}
	}
	for _, d := range all.holds {
		d, err := c.waitHold(ctx, d.ID)
		if err := ended(d.Phase.Final(), err); err != nil {
			return 0, err
		}
	}
	for _, s := range all.steps {
		s, err := c.waitStep(ctx, s.ID)
		if err := ended(s.State.Final(), err); err != nil {
			return 0, err
		}
	}
	return open, nil
}

// sales and deposits are the ids of those that had something open, each once.
func (l loose) sales() (ids []int64) {
	for _, p := range l.payments {
		ids = append(ids, p.Sale.ID)
	}
	for _, r := range l.refunds {
		ids = append(ids, r.SaleID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (l loose) deposits() (ids []int64) {
	for _, d := range l.holds {
		ids = append(ids, d.ID)
	}
	for _, s := range l.steps {
		ids = append(ids, s.DepositID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (c *call) tellSettled(open int, all loose) error {
	result := settleJSON{Open: open, Sales: []saleJSON{}, Deposits: []depositJSON{}}
	rows, depositRows := [][]string{}, [][]string{}
	for _, id := range all.sales() {
		detail, err := c.shop.Books.Sale(c.ctx, id)
		if err != nil {
			return err
		}
		result.Sales = append(result.Sales, saleOf(detail))
		rows = append(rows, c.saleRow(detail))
	}
	for _, id := range all.deposits() {
		detail, err := c.shop.Books.Deposit(c.ctx, id)
		if err != nil {
			return err
		}
		result.Deposits = append(result.Deposits, depositOf(detail))
		depositRows = append(depositRows, c.depositRow(detail))
	}
	if err := c.noteAttention(); err != nil {
		return err
	}
	return c.tell(result, func() {
		c.table(rows, saleAmounts...)
		c.table(depositRows, depositAmounts...)
		if open == 0 {
			c.println(c.t("ctl.settled"))
		}
	})
}

// noteAttention says what a person has to decide.
func (c *call) noteAttention() error {
	sales, err := c.shop.Books.Attention(c.ctx)
	if err != nil {
		return err
	}
	if len(sales) > 0 {
		c.note("ctl.attention", "count", len(sales), "receipt", sales[0].ReceiptNo)
	}
	deposits, err := c.shop.Books.AttentionDeposits(c.ctx)
	if err != nil {
		return err
	}
	if len(deposits) > 0 {
		c.note("ctl.attention_deposits", "count", len(deposits), "receipt", deposits[0].ReceiptNo)
	}
	return nil
}
