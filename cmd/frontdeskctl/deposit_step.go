package main

import (
	"context"
	"crypto/rand"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// depositCapture takes a part of a deposit; the rest goes back to the guest with
// it, or is kept.
func (c *call) depositCapture() error {
	return c.onDeposit(func(d data.DepositDetail) error {
		return c.finishStep(c.shop.Till.Capture(c.ctx, app.CaptureOrder{
			Draft: rand.Text(), DepositID: d.ID, Amount: c.amount("amount"), KeepRest: c.flags["keep-rest"] != "", Reason: c.flags["reason"],
		}))
	})
}

// depositRelease gives a deposit free, or a part of it.
func (c *call) depositRelease() error {
	return c.onDeposit(func(d data.DepositDetail) error {
		return c.finishStep(c.shop.Till.Release(c.ctx, app.ReleaseOrder{
			Draft: rand.Text(), DepositID: d.ID, Amount: c.amount("amount"), Reason: c.flags["reason"],
		}))
	})
}

// depositRefund gives back of what was captured, the latest capture first.
func (c *call) depositRefund() error {
	return c.onDeposit(func(d data.DepositDetail) error {
		rest := c.amount("amount")
		switch left := d.Captured - d.Refunded; {
		case left == 0:
			return &app.Problem{Kind: app.ProblemNotPaid}
		case rest > left:
			return &app.Problem{Kind: app.ProblemRefundTooMuch, Pairs: []any{"left", left.Grouped()}}
		}
		var last app.DepositStep
		for i := len(d.Steps) - 1; i >= 0 && rest > 0; i-- {
			s := d.Steps[i]
			if s.Kind != data.StepCapture || s.State != payment.RefundDone || s.Refunded == s.Amount {
				continue
			}
			part := min(rest, s.Amount-s.Refunded)
			step, err := c.shop.Till.RefundCapture(c.ctx, app.CaptureRefund{
				Draft: rand.Text(), DepositID: d.ID, StepID: s.ID, Amount: part, Reason: c.flags["reason"],
			})
			if err == nil {
				last, err = c.followStep(step)
			}
			if err != nil {
				return err
			}
			if last.State != payment.RefundDone {
				break
			}
			rest -= part
		}
		return c.endStep(last)
	})
}

// onDeposit does something with the deposit of the command line.
//
// A script that tries again after an unknown capture must not take twice:
// unlike the window, no two runs of this program are one act. So nothing is
// begun where something was open before this run.
func (c *call) onDeposit(do func(d data.DepositDetail) error) error {
	d, err := c.shop.Books.FindDeposit(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	if _, err := c.shop.Till.Start(c.ctx); err != nil {
		return err
	}
	for _, s := range d.Steps {
		if !s.State.Final() {
			return &app.Problem{Kind: app.ProblemStepOpen}
		}
	}
	return do(d)
}

// finishStep waits for the end of a step that was begun, and tells it.
func (c *call) finishStep(s app.DepositStep, err error) error {
	if err == nil {
		s, err = c.followStep(s)
	}
	if err != nil {
		return err
	}
	return c.endStep(s)
}

// followStep waits until a step is done or refused, or until the time is over.
// A step that was sent cannot be cancelled: an interrupt only ends the waiting.
func (c *call) followStep(s app.DepositStep) (app.DepositStep, error) {
	if s.State.Final() {
		return s, nil
	}
	c.note("ctl.step."+string(s.Kind), "channel", c.t("channel."+string(s.Channel)), "amount", s.Amount.Grouped())
	ctx, cancel := c.interruptible(c.patience(settleGrace))
	defer cancel()
	return c.waitStep(ctx, s.ID)
}

// waitStep waits until the step is final or ctx ends, and says how it stands
// then.
func (c *call) waitStep(ctx context.Context, id int64) (app.DepositStep, error) {
	if _, err := c.shop.Till.WaitStep(ctx, id); err != nil && ctx.Err() == nil {
		return app.DepositStep{}, err
	}
	return c.shop.Till.DepositStep(c.ctx, id)
}

// endStep tells the result of a step, prints what is queued, and returns the
// command's end. When the channel says that it no longer holds what the ledger
// has as held, what became of it is asked first.
func (c *call) endStep(s app.DepositStep) error {
	if s.Why == payment.ReasonHoldClosed || s.Why == payment.ReasonHoldTooMuch {
		if _, err := c.shop.Till.CheckHeld(c.ctx, s.DepositID); err != nil {
			return err
		}
	}
	if err := c.tellDeposit(s.DepositID); err != nil {
		return err
	}
	c.print()
	switch s.State {
	case payment.RefundDone:
		return nil
	case payment.RefundRefused:
		return c.because(exitRefused, s.Why, s.Channel, s.Code)
	}
	return &failure{code: exitUnknown, kind: "unknown", key: "ctl.step_unknown", pairs: []any{"channel", c.t("channel." + string(s.Channel))}}
}
