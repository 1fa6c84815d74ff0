package data

import (
	"context"
	"fmt"
	"time"

	"frontdesk/payment"
)

// StepMove is what became of a step, or news about it that changes no state.
type StepMove struct {
	To       payment.StepState // "" or the present state: no step
	TradeNo  string            // capture: the channel's number of the trade; kept when not empty
	Code     string            // the channel's code; kept when not empty
	Why      payment.Reason    // for refused; for unknown what keeps it from its end, mostly empty
	Events   []NewEvent        // for the timeline, beside the events of the step itself
	AddTries int
	Print    bool // queue the slip when the step is done
}

// MoveStep writes what is now known about a step: step, deposit, sums, journal,
// timeline and slip in one transaction. A capture that releases the rest is
// done together with its release. changed is false when the step was in m.To
// already.
//
// Errors: ErrNotFound, *TransitionError, *HoldTooMuchError and
// *RefundTooMuchError (a step that had been refused turns out to be done, and
// what it took was used otherwise meanwhile), and those of any write.
func (l *Ledger) MoveStep(ctx context.Context, id int64, m StepMove) (d Deposit, s Step, changed bool, err error) {
	err = l.change(ctx, func(x *tx) error {
		d, s, changed, err = l.moveStep(x, id, m)
		return err
	})
	if err != nil {
		return Deposit{}, Step{}, false, fmt.Errorf("move step %d: %w", id, err)
	}
	return d, s, changed, nil
}

func (l *Ledger) moveStep(x *tx, id int64, m StepMove) (d Deposit, s Step, changed bool, err error) {
	before, steps, i, err := depositOfStep(x, id)
	if err != nil {
		return d, s, false, err
	}
	d, s = before, steps[i]
	stepBefore := s
	changed = m.To != "" && m.To != s.State
	if changed && !s.State.CanBecome(m.To) {
		return d, s, false, &TransitionError{From: string(s.State), To: string(m.To)}
	}
	steps[i].apply(m, x.stamp())
	done := changed && m.To == payment.RefundDone
	if done {
		if err := settleStep(x, before, steps, i); err != nil {
			return d, s, false, err
		}
	}
	events := stepMoveEvents(s.State, steps[i])
	s = steps[i]
	if err := updateStep(x, s); err != nil {
		return d, s, false, err
	}
	d.sum(steps)
	if err := updateDeposit(x, before, d); err != nil {
		return d, s, false, err
	}
	if done {
		if err := l.journalStep(x, d, s); err != nil {
			return d, s, false, err
		}
	}
	if err := addDepositEvents(x, d.ID, depositEvents(events, m.Events, s.ID)); err != nil {
		return d, s, false, err
	}
	if done && m.Print {
		if err := queueStepSlip(x, d, s); err != nil {
			return d, s, false, err
		}
	}
	if changed {
		err = stepBilled(x, d, stepBefore, s)
	}
	return d, s, changed, err
}

// apply changes s as m says.
func (s *Step) apply(m StepMove, now time.Time) {
	s.Tries += m.AddTries
	step := m.To != "" && m.To != s.State
	if s.State.Final() && !step {
		return // what the journal has proved stays as it was
	}
	if s.Kind == StepCapture {
		s.TradeNo = either(m.TradeNo, s.TradeNo)
	}
	s.Code = either(m.Code, s.Code)
	if m.To == payment.RefundUnknown {
		s.Why = m.Why
	}
	if !step {
		return
	}
	if s.State = m.To; m.To != payment.RefundUnknown {
		s.Why = ""
	}
	switch m.To {
	case payment.RefundRefused:
		s.Why = m.Why
	case payment.RefundDone:
		s.Code = m.Code
	}
	if m.To.Final() {
		s.EndedAt = now
	}
}

// settleStep makes sure that what steps[i] has done fits into its deposit, or
// into its capture, which it then adds to. The rest of a capture is what is
// left by now: another amount than when it was made, only if a step that had
// been refused was done after all.
func settleStep(x *tx, d Deposit, steps []Step, i int) error {
	s := &steps[i]
	if s.Kind == StepRefund {
		capture := &steps[stepAt(steps, s.OfStep)]
		if left := capture.Amount - capture.Refunded; s.Amount > left {
			return &RefundTooMuchError{Left: left}
		}
		capture.Refunded += s.Amount
		return updateStep(x, *capture)
	}
	if s.Amount > d.Left() {
		return &HoldTooMuchError{Left: d.Left()}
	}
	if s.ReleaseRest {
		s.Rest = d.Left() - s.Amount
	}
	return nil
}

func updateStep(x *tx, s Step) error {
	_, err := x.exec("UPDATE steps SET trade_no = ?, rest = ?, refunded = ?, state = ?, why = ?, code = ?, ended_at = ?, tries = ? WHERE id = ?",
		s.TradeNo, int64(s.Rest), int64(s.Refunded), string(s.State), string(s.Why), s.Code, milli(s.EndedAt), s.Tries, s.ID)
	if err != nil {
		return fmt.Errorf("update step: %w", err)
	}
	return nil
}

// stepWords are the events of a step that is done, refused and unknown.
var stepWords = map[StepKind]map[payment.StepState]EventKind{
	StepCapture: {payment.RefundDone: EventCaptured, payment.RefundRefused: EventCaptureRefused, payment.RefundUnknown: EventCaptureUnknown},
	StepRelease: {payment.RefundDone: EventReleased, payment.RefundRefused: EventReleaseRefused, payment.RefundUnknown: EventReleaseUnknown},
	StepRefund:  {payment.RefundDone: EventRefunded, payment.RefundRefused: EventRefundRefused, payment.RefundUnknown: EventRefundUnknown},
}

// stepMoveEvents are the events of the way of s from before to its state.
func stepMoveEvents(before payment.StepState, s Step) []Event {
	kind := stepWords[s.Kind][s.State]
	if before == s.State || kind == "" {
		return nil
	}
	if s.State != payment.RefundDone {
		return []Event{{Kind: kind, Detail: s.Code, Amount: s.Amount}}
	}
	events := []Event{{Kind: kind, Amount: s.Amount}}
	if s.Rest > 0 {
		events = append(events, Event{Kind: EventReleased, Amount: s.Rest})
	}
	return events
}
