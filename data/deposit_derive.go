package data

import "frontdesk/payment"

// DeriveDepositState is the one rule that makes a deposit's state from its
// hold, its sums and its steps. The ledger stores the result with every change,
// and Verify compares.
func DeriveDepositState(d Deposit, steps []Step) DepositState {
	switch d.Hold {
	case payment.StateCreated, payment.StatePending:
		return DepositPending
	case payment.StateUnknown:
		return DepositUnknown
	case payment.StateFailed:
		return DepositFailed
	case payment.StateClosed:
		return DepositClosed
	}
	for _, s := range steps {
		if s.State == payment.RefundUnknown {
			return DepositUnknown
		}
	}
	switch {
	case d.Left() > 0:
		return DepositHeld
	case d.Captured > 0:
		return DepositCaptured
	}
	return DepositReleased
}

// sum makes the deposit's sums and state from its hold and its steps. What the
// channel took back was released by it.
func (d *Deposit) sum(steps []Step) {
	if d.Hold == payment.StatePaid {
		d.Held = d.Amount
	}
	d.Captured, d.Released, d.Refunded = 0, 0, 0
	for _, s := range steps {
		if s.State != payment.RefundDone {
			continue
		}
		switch s.Kind {
		case StepCapture:
			d.Captured += s.Amount
			d.Released += s.Rest
		case StepRelease:
			d.Released += s.Amount
		case StepRefund:
			d.Refunded += s.Amount
		}
	}
	if d.Hold == payment.StateReversed {
		d.Released = d.Held - d.Captured
	}
	d.State = DeriveDepositState(*d, steps)
}
