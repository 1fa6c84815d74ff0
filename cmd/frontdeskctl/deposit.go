package main

import (
	"context"
	"crypto/rand"
	"strconv"

	"frontdesk/app"
)

// depositHold sets money of a guest aside by the scanned code and waits for the
// end.
func (c *call) depositHold() error {
	code, err := c.code()
	if err != nil {
		return err
	}
	if _, err := c.shop.Till.Start(c.ctx); err != nil {
		return err
	}
	d, err := c.shop.Till.HoldByCode(c.ctx, c.holdOrder(), code)
	if err != nil {
		return c.setUp(err)
	}
	if d, err = c.followHold(d); err != nil {
		return err
	}
	return c.finishHold(d)
}

// depositCash takes a deposit in cash and says the change.
func (c *call) depositCash() error {
	d, err := c.shop.Till.HoldCash(c.ctx, c.holdOrder(), c.amount("received"))
	if err != nil {
		return err
	}
	return c.finishHold(d)
}

// holdOrder is the deposit that is asked for: one run of the program is one.
func (c *call) holdOrder() app.HoldOrder {
	nights, _ := strconv.Atoi(c.flags["nights"])
	return app.HoldOrder{
		Draft: rand.Text(), Amount: c.amount("amount"), Room: c.flags["room"], Guest: c.flags["guest"], Phone: c.flags["phone"],
		Nights: nights, Remark: c.flags["remark"],
	}
}

// followHold waits for the end of a hold and tells on the way how it stands.
func (c *call) followHold(d app.Deposit) (app.Deposit, error) {
	ctx, cancel := c.underway(c.patience(untilDecided(d.Deadline, d.DueAt)), func(ctx context.Context) error {
		_, err := c.shop.Till.CancelHold(ctx, d.ID)
		return err
	})
	defer cancel()
	n := narrator{call: c, words: "ctl.hold_phase.", channel: d.Channel}
	defer n.start(d.Phase, func(tell func(app.Phase)) (stop func()) {
		return c.shop.Till.WatchDeposits(func(now app.Deposit) {
			if now.ID == d.ID {
				tell(now.Phase)
			}
		})
	})()
	d, err := c.waitHold(ctx, d.ID)
	if err != nil || d.Phase != app.PhasePaid {
		return d, err
	}
	rest, stop := context.WithTimeout(c.ctx, restGrace)
	defer stop()
	c.shop.Till.RestHold(rest, d.ID)
	return c.shop.Till.Deposit(c.ctx, d.ID)
}

// waitHold waits until the hold is final or ctx ends, and says how it stands
// then.
func (c *call) waitHold(ctx context.Context, id int64) (app.Deposit, error) {
	if _, err := c.shop.Till.WaitDeposit(ctx, id); err != nil && ctx.Err() == nil {
		return app.Deposit{}, err
	}
	return c.shop.Till.Deposit(c.ctx, id)
}

// finishHold tells the result of a hold, prints what is queued, and returns the
// command's end.
func (c *call) finishHold(d app.Deposit) error {
	if err := c.tellDeposit(d.ID); err != nil {
		return err
	}
	c.print()
	switch d.Phase {
	case app.PhasePaid:
		return nil
	case app.PhaseReversed:
		return &failure{code: exitRefused, kind: string(d.Phase), key: "ctl.hold_reversed"}
	case app.PhaseFailed, app.PhaseClosed:
		return c.because(exitRefused, d.Reason, d.Channel, d.Code)
	}
	return &failure{code: exitUnknown, kind: "unknown", key: "ctl.hold_unknown", pairs: []any{"channel", c.t("channel." + string(d.Channel))}}
}
