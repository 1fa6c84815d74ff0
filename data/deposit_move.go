package data

import (
	"context"
	"fmt"
	"time"

	"frontdesk/payment"
)

// HoldMove is one step in the life of a deposit's hold, or news about it that
// changes no state.
type HoldMove struct {
	To           payment.State  // "" or the present state: no step; StatePaid: held
	AuthNo       string         // the channel's numbers; kept when not empty
	HoldID       string         //
	PayerID      string         // kept when not empty
	Payer        string         // kept when not empty
	Code         string         // the channel's code; kept when not empty
	Reason       payment.Reason // for failed, closed and reversed
	HeldAt       time.Time      // the channel's time, for held; zero when it did not say
	Events       []NewEvent     // for the timeline, beside the event of the step itself
	CancelAsked  *bool          // nil: as it was
	Parked       *bool          // nil: as it was
	AddQueries   int
	AddCancels   int
	Print        bool // queue the deposit slip when this step makes it held
	PrintSkipped bool // the result is too old to print by itself: the slip's job is recorded as skipped
}

// MoveHold writes what is now known about a deposit's hold: deposit, journal,
// timeline and slip in one transaction. changed is false when the hold was in
// m.To already; events and counters are written all the same.
//
// Once a hold is final, only counters, flags and events of it still change, and
// numbers of the channel that were missing are added. A hold that arrives after
// failed or closed is marked Late and asks for attention. So does one that the
// channel gives free by itself (paid to reversed: its time limit, the
// merchant's back office): what was left is released then.
//
// Errors: ErrNotFound, *TransitionError (also for cash, which is held and stays
// so), *OpenStepError (given free by the channel while a capture or release is
// not settled: settle it first), and those of any write.
func (l *Ledger) MoveHold(ctx context.Context, id int64, m HoldMove) (d Deposit, changed bool, err error) {
	err = l.change(ctx, func(x *tx) error {
		d, changed, err = l.moveHold(x, id, m)
		return err
	})
	if err != nil {
		return Deposit{}, false, fmt.Errorf("move hold of deposit %d: %w", id, err)
	}
	return d, changed, nil
}

func (l *Ledger) moveHold(x *tx, id int64, m HoldMove) (d Deposit, changed bool, err error) {
	before, steps, err := depositWithSteps(x, id)
	if err != nil {
		return d, false, err
	}
	d = before
	changed = m.To != "" && m.To != d.Hold
	if changed && (!d.Hold.CanBecome(m.To) || d.Method == payment.MethodCash) {
		return d, false, &TransitionError{From: string(d.Hold), To: string(m.To)}
	}
	if _, open := leftOfHold(d, steps); changed && d.Hold == payment.StatePaid && open != nil {
		return d, false, &OpenStepError{Step: *open}
	}
	d.apply(m, x.stamp())
	d.sum(steps)
	kind := holdMovement(before, d)
	switch kind {
	case journalLateHold:
		d.Attention = AttentionLatePaid
	case journalHoldTaken:
		d.Attention = AttentionTaken
	}
	if err := updateDeposit(x, before, d); err != nil {
		return d, false, err
	}
	if kind != "" {
		if err := l.journalHold(x, kind, before, d); err != nil {
			return d, false, err
		}
	}
	if err := addDepositEvents(x, d.ID, depositEvents(holdEvents(before, d), m.Events, 0)); err != nil {
		return d, false, err
	}
	if changed && d.Hold == payment.StatePaid {
		err = queueSlip(x, d, m.Print, m.PrintSkipped)
	}
	return d, changed, err
}

// apply changes the hold of d as m says.
func (d *Deposit) apply(m HoldMove, now time.Time) {
	d.Queries += m.AddQueries
	d.Cancels += m.AddCancels
	if m.CancelAsked != nil {
		d.CancelAsked = *m.CancelAsked
	}
	if m.Parked != nil {
		d.Parked = *m.Parked
	}
	step := m.To != "" && m.To != d.Hold
	if d.Hold.Final() && !step {
		if d.Hold == payment.StatePaid && d.Method != payment.MethodCash {
			d.AuthNo, d.HoldID = either(d.AuthNo, m.AuthNo), either(d.HoldID, m.HoldID)
			d.PayerID, d.Payer = either(d.PayerID, m.PayerID), either(d.Payer, m.Payer)
		}
		return
	}
	d.AuthNo, d.HoldID = either(m.AuthNo, d.AuthNo), either(m.HoldID, d.HoldID)
	d.PayerID, d.Payer = either(m.PayerID, d.PayerID), either(m.Payer, d.Payer)
	d.Code = either(m.Code, d.Code)
	if !step {
		return
	}
	d.Late = d.Late || (m.To == payment.StatePaid && d.Hold.Final())
	d.Hold = m.To
	switch {
	case m.To == payment.StatePaid:
		d.Reason, d.Code, d.HeldAt, d.EndedAt = payment.ReasonNone, m.Code, moment(milli(m.HeldAt)), now
	case m.To.Final():
		d.Reason, d.EndedAt = m.Reason, now
	}
}

// holdMovement is the kind of journal row for the step from before to d; ""
// when nothing happened that the journal proves.
func holdMovement(before, d Deposit) string {
	switch {
	case before.Hold == d.Hold && d.Hold == payment.StatePaid &&
		(before.AuthNo != d.AuthNo || before.HoldID != d.HoldID || before.PayerID != d.PayerID || before.Payer != d.Payer):
		return journalHoldNamed
	case before.Hold == d.Hold:
		return ""
	case d.Hold == payment.StatePaid && before.Hold.Final():
		return journalLateHold
	case d.Hold == payment.StatePaid:
		return journalHold
	case before.Hold == payment.StatePaid:
		return journalHoldTaken
	}
	return ""
}

// holdEvents are the events of the step from before to d.
func holdEvents(before, d Deposit) []Event {
	if before.Hold == d.Hold {
		return nil
	}
	switch d.Hold {
	case payment.StatePaid:
		if before.Hold.Final() {
			return []Event{{Kind: EventLateHeld, Amount: d.Amount}}
		}
		return []Event{{Kind: EventHeld, Amount: d.Amount}}
	case payment.StateFailed:
		return []Event{{Kind: EventHoldFailed, Detail: d.Code, Amount: d.Amount}}
	case payment.StateClosed:
		return []Event{{Kind: EventHoldClosed, Amount: d.Amount}}
	case payment.StateReversed:
		if before.Hold == payment.StatePaid {
			return []Event{{Kind: EventHoldTaken, Amount: before.Left()}}
		}
		return []Event{{Kind: EventHoldReversed, Amount: d.Amount}}
	case payment.StateUnknown:
		return []Event{{Kind: EventUnknown, Detail: d.Code, Amount: d.Amount}}
	}
	return nil // pending: the caller knows what is being waited for
}

// DecideLateDeposit writes down a person's decision about a deposit that asks
// for attention: keep what came, or give it back (by a release, which the
// caller starts). It does nothing when nothing is to be decided, so a second
// press of the button is harmless.
func (l *Ledger) DecideLateDeposit(ctx context.Context, id int64, keep bool, staffID int64) error {
	err := l.change(ctx, func(x *tx) error {
		d, err := depositByID(x, id)
		if err != nil || d.Attention == AttentionNone {
			return err
		}
		staff, err := staffOrOwner(x, staffID)
		if err != nil {
			return err
		}
		before, kind := d, journalGiveBack
		if keep {
			kind = journalKept
			if err := addDepositEvents(x, d.ID, []Event{{Kind: EventKept, Detail: string(d.Attention)}}); err != nil {
				return err
			}
		}
		d.Attention = AttentionNone
		if err := updateDeposit(x, before, d); err != nil {
			return err
		}
		return l.journal(x, journalRow{kind: kind, staffID: staff.ID, detail: string(before.Attention), deposit: depositPart{depositID: d.ID, left: d.Left()}})
	})
	if err != nil {
		return fmt.Errorf("decide about deposit %d: %w", id, err)
	}
	return nil
}
