package main

import (
	"context"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

const (
	// settleGrace is how long a payment is waited for beyond the channel's own
	// time limit: for the cancel and its confirmation.
	settleGrace = 60 * time.Second
	// restGrace bounds the one question that may follow a result.
	restGrace = 5 * time.Second
	// printGrace bounds the printing of what a command has queued.
	printGrace = 10 * time.Second
)

// interruptible is a context that ends after limit or with the next interrupt.
func (c *call) interruptible(limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(c.ctx, limit)
	go func() {
		select {
		case <-c.Interrupts:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// untilDecided is how long a payment can take at the most: until it is cancelled
// by itself, or until dueAt, where it is never cancelled.
func untilDecided(deadline, dueAt time.Time) time.Duration {
	if deadline.IsZero() {
		deadline = dueAt
	}
	if deadline.IsZero() {
		return settleGrace
	}
	return time.Until(deadline) + settleGrace
}

// underway is a context for the waiting for a payment or hold, which ends after
// limit. The first interrupt cancels it properly, with cancelIt, the second one
// stops the waiting. What has no end by then stays open in the ledger.
func (c *call) underway(limit time.Duration, cancelIt func(context.Context) error) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(c.ctx)
	timer := time.AfterFunc(limit, cancel)
	go func() {
		defer timer.Stop()
		select {
		case <-c.Interrupts:
		case <-ctx.Done():
			return
		}
		timer.Reset(max(limit, settleGrace))
		if err := cancelIt(ctx); err != nil {
			c.shop.Log.Error("cannot cancel", "err", err)
			if p, ok := app.ProblemOf(err); ok {
				c.note("problem."+string(p.Kind), p.Pairs...)
			}
		}
		select {
		case <-c.Interrupts:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// follow waits for the end of a payment and tells on the way how it stands.
func (c *call) follow(p app.Payment) (app.Payment, error) {
	ctx, cancel := c.underway(c.patience(untilDecided(p.Deadline, p.DueAt)), func(ctx context.Context) error {
		_, err := c.shop.Till.Cancel(ctx, p.Tender.ID)
		return err
	})
	defer cancel()
	n := narrator{call: c, words: "ctl.phase.", channel: p.Tender.Channel}
	defer n.start(p.Phase, func(tell func(app.Phase)) (stop func()) {
		return c.shop.Till.Watch(func(now app.Payment) {
			if now.Tender.ID == p.Tender.ID {
				tell(now.Phase)
			}
		})
	})()
	p, err := c.waitPayment(ctx, p.Tender.ID)
	if err != nil || p.Phase != app.PhasePaid {
		return p, err
	}
	rest, stop := context.WithTimeout(c.ctx, restGrace)
	defer stop()
	c.shop.Till.Rest(rest, p.Tender.ID)
	return c.shop.Till.Payment(c.ctx, p.Tender.ID)
}

// waitPayment waits until the payment is final or ctx ends, and says how it
// stands then.
func (c *call) waitPayment(ctx context.Context, id int64) (app.Payment, error) {
	if _, err := c.shop.Till.Wait(ctx, id); err != nil && ctx.Err() == nil {
		return app.Payment{}, err
	}
	return c.shop.Till.Payment(c.ctx, id)
}

// waitRefund is the same for a refund.
func (c *call) waitRefund(ctx context.Context, id int64) (data.Refund, error) {
	if _, err := c.shop.Till.WaitRefund(ctx, id); err != nil && ctx.Err() == nil {
		return data.Refund{}, err
	}
	return c.shop.Ledger.Refund(c.ctx, id)
}

// outcome turns the end of a payment into what the command returns.
func (c *call) outcome(p app.Payment) error {
	switch p.Phase {
	case app.PhasePaid:
		return nil
	case app.PhaseReversed:
		return &failure{code: exitRefused, kind: string(p.Phase), key: "ctl.reversed"}
	case app.PhaseFailed, app.PhaseClosed:
		return c.because(exitRefused, p.Tender.Reason, p.Tender.Channel, p.Tender.Code)
	}
	return &failure{code: exitUnknown, kind: "unknown", key: "ctl.unknown", pairs: []any{"channel", c.t("channel." + string(p.Tender.Channel))}}
}

// finish tells the result of a payment, prints what is queued, and returns the
// command's end.
func (c *call) finish(p app.Payment) error {
	if err := c.tellSale(p.Sale.ID); err != nil {
		return err
	}
	c.print()
	return c.outcome(p)
}

// print prints receipts that are due. It warns when the printer has trouble:
// the money is where it is all the same.
func (c *call) print() {
	ctx, cancel := c.interruptible(printGrace)
	defer cancel()
	c.shop.FinishPrinting(ctx, printGrace)
	if trouble := c.shop.Queue.Trouble(); trouble != "" {
		c.note("ctl.print_trouble", "why", c.t("printer.error."+trouble))
	}
}

// setUp explains a payment that no channel took by what is wrong with the
// channel that is switched on.
func (c *call) setUp(err error) error {
	p, ok := app.ProblemOf(err)
	if !ok || (p.Kind != app.ProblemWalletRefused && p.Kind != app.ProblemNoQR && p.Kind != app.ProblemNoHold) {
		return err
	}
	for _, channel := range []payment.ChannelName{payment.Alipay, payment.WeChat, payment.CloudPay} {
		if broken := c.shop.Broken(channel); broken != nil {
			return broken
		}
	}
	return err
}
