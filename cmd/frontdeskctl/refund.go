package main

import (
	"crypto/rand"
	"time"

	"frontdesk/app"
	"frontdesk/payment"
)

// refund gives a part of a sale back and waits for the end.
func (c *call) refund() error {
	d, err := c.shop.Books.Find(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	if _, err := c.shop.Till.Start(c.ctx); err != nil {
		return err
	}
	// A script that tries again after an unknown refund must not give twice:
	// unlike the window, no two runs of this program are one act.
	for _, r := range d.Refunds {
		if !r.State.Final() {
			return &app.Problem{Kind: app.ProblemRefundOpen}
		}
	}
	refunds, broken := c.shop.Till.GiveBack(c.ctx, app.RefundOrder{
		Draft: rand.Text(), SaleID: d.ID, Amount: c.amount("amount"), Reason: c.flags["reason"],
	})
	if len(refunds) == 0 {
		return broken
	}
	if refunds, err = c.followRefunds(refunds, c.patience(settleGrace)); err != nil {
		return err
	}
	end := c.finishRefunds(d.ID, refunds)
	if broken != nil { // a part was started before the ledger failed
		return broken
	}
	return end
}

// followRefunds waits until all are done or refused, or until the time is over.
// A refund that was sent cannot be cancelled: an interrupt only ends the
// waiting.
func (c *call) followRefunds(refunds []app.Refund, limit time.Duration) ([]app.Refund, error) {
	ctx, cancel := c.interruptible(limit)
	defer cancel()
	for i, r := range refunds {
		if r.State.Final() {
			continue
		}
		c.note("ctl.refunding", "channel", c.t("channel."+string(r.Channel)), "amount", r.Amount.Grouped())
		now, err := c.waitRefund(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		refunds[i].Refund = now
	}
	return refunds, nil
}

func (c *call) finishRefunds(saleID int64, refunds []app.Refund) error {
	d, err := c.shop.Books.Sale(c.ctx, saleID)
	if err != nil {
		return err
	}
	result := refundJSON{State: "refunded", Sale: saleOf(d)}
	var end error
	for _, r := range refunds {
		result.Refunds = append(result.Refunds, oneRefund{RequestNo: r.RequestNo, Channel: r.Channel, Amount: r.Amount, State: r.State, Reason: r.Why})
		switch {
		case r.State == payment.RefundRefused && result.State == "refunded":
			result.State, end = "refused", c.because(exitRefused, r.Why, r.Channel, r.Code)
		case !r.State.Final():
			result.State, end = "unknown", &failure{code: exitUnknown, kind: "unknown", key: "ctl.refund_unknown",
				pairs: []any{"channel", c.t("channel." + string(r.Channel))}}
		}
	}
	if err := c.tell(result, func() { c.printSale(d) }); err != nil {
		return err
	}
	c.print()
	return end
}
