package app

import (
	"context"

	"frontdesk/data"
	"frontdesk/payment"
)

// A channel can give a deposit free without the till: at the end of its time
// limit, or because somebody did so in the merchant's back office. It tells
// nobody, so it is asked when there is a reason to doubt.

// whyRefused asks what is left of a deposit after the channel refused a capture
// or release for the deposit's own state, until the channel answers.
func (t *Till) whyRefused(s DepositStep) {
	switch s.Why {
	case payment.ReasonHoldClosed, payment.ReasonHoldTooMuch:
	default:
		return
	}
	for try := 0; !t.checkHeld(s.DepositID); try++ {
		if !t.sleep(t.pause(stepPauses, try), nil) {
			return
		}
	}
}

// CheckHeld asks the channel once whether a deposit is still held. What it gave
// free by itself is booked as released, and asks for attention. Without an
// answer the deposit stays as it is.
func (t *Till) CheckHeld(ctx context.Context, id int64) (Deposit, error) {
	t.checkHeld(id)
	return t.Deposit(ctx, id)
}

// checkHeld reports whether the question is settled.
func (t *Till) checkHeld(id int64) bool {
	d, err := t.ledger.DepositByID(t.ctx, id)
	if err != nil || d.Hold != payment.StatePaid || d.Left() == 0 || d.Channel == payment.Cash || Releasable(d) != d.Left() {
		return true // or a step is under way, which will tell
	}
	holder, ok := t.holder(d.Channel)
	if !ok {
		return false
	}
	l := &holdLine{till: t, deposit: d.Deposit}
	o := holder.QueryHold(t.ctx, l.hold())
	t.heard(d.Channel, o.Result != payment.Unknown, o.Result == payment.Unknown && isOffline(o.Detail))
	switch {
	case o.Result == payment.Unknown:
		return false
	case o.Result == payment.Released && d.Captured == 0:
	case o.Result == payment.Held && o.Known && o.Rest == 0 && o.Captured == d.Captured:
	default:
		if o.Known && (o.Rest != d.Left() || o.Captured != d.Captured) {
			t.log.Error("the channel holds another amount", "order", d.OutOrderNo, "rest", o.Rest.String(), "captured", o.Captured.String(),
				"ledger_rest", d.Left().String(), "ledger_captured", d.Captured.String())
		}
		return true
	}
	t.log.Warn("deposit given free by the channel", "order", d.OutOrderNo, "left", d.Left().String())
	l.heard(o)
	if err := l.move(context.WithoutCancel(t.ctx), data.Move{To: payment.StateReversed, Code: o.Code, AddQueries: 1}); err != nil {
		t.log.Error("freed deposit cannot be written", "order", d.OutOrderNo, "err", err)
		return false
	}
	l.show(glance{})
	return true
}
