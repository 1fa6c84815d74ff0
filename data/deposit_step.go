package data

import (
	"context"
	"fmt"

	"frontdesk/payment"
)

// NewStep is what a caller knows about a step before it exists.
type NewStep struct {
	IntentID    string // made once per press of a button: the same intent never makes a second step
	DepositID   int64
	Kind        StepKind
	Amount      payment.Amount // fen; more than 0, at most what is left: of the deposit, or of the capture for a refund
	ReleaseRest bool           // capture only: what is left goes back with it
	OfStep      int64          // refund only: the capture
	Reason      string         // the person's words; may be empty
	StaffID     int64          // 0: the owner
	ApproverID  int64          // who allowed it; 0 where nobody had to
}

// StartStep commits one step, in RefundCreated, before anything is sent. What
// was captured and released, what is on its way and the new amount together
// never pass what is held; nor do refunds pass their capture. That is checked
// in the transaction that writes the step. With cash it is done at once: with
// its journal rows, the sums, and a slip that opens the drawer where notes go
// back to the guest.
//
// A capture that releases the rest is only started alone, for the rest is all
// that the channel then finds.
//
// Errors: ErrInvalid, ErrIntentMismatch, ErrNotFound, ErrNotHeld (nothing was
// ever held, or the channel gave it free), *HoldTooMuchError, *OpenStepError,
// ErrNotPaid (a refund of what was not captured), *RefundTooMuchError,
// ErrNumbersUsedUp, and those of any write.
func (l *Ledger) StartStep(ctx context.Context, n NewStep) (d Deposit, s Step, existing bool, err error) {
	if err := n.check(); err != nil {
		return Deposit{}, Step{}, false, fmt.Errorf("start step: %w", err)
	}
	err = l.change(ctx, func(x *tx) error {
		if s, existing, err = stepOfIntent(x, n); err != nil {
			return err
		}
		if existing {
			d, err = depositByID(x, s.DepositID)
			return err
		}
		d, s, err = l.startStep(x, n)
		return err
	})
	if err != nil {
		return Deposit{}, Step{}, false, fmt.Errorf("start step: %w", err)
	}
	return d, s, existing, nil
}

func (n NewStep) check() error {
	switch {
	case n.IntentID == "":
		return ErrInvalid.because("no intent")
	case n.Amount.Check(0) != nil:
		return ErrInvalid.because("amount: %w", n.Amount.Check(0))
	case n.Kind != StepCapture && n.Kind != StepRelease && n.Kind != StepRefund:
		return ErrInvalid.because("step of kind %q", n.Kind)
	case n.ReleaseRest && n.Kind != StepCapture:
		return ErrInvalid.because("a %s has no rest", n.Kind)
	case (n.OfStep != 0) != (n.Kind == StepRefund):
		return ErrInvalid.because("%s of step %d", n.Kind, n.OfStep)
	}
	return nil
}

func stepOfIntent(x *tx, n NewStep) (s Step, found bool, err error) {
	list, err := all(x, scanStep, "SELECT "+stepColumns+" FROM "+stepTables+" WHERE s.intent = ?", n.IntentID)
	if err != nil || len(list) == 0 {
		return Step{}, false, err
	}
	s = list[0]
	if s.DepositID != n.DepositID || s.Kind != n.Kind || s.Amount != n.Amount || s.ReleaseRest != n.ReleaseRest || s.OfStep != n.OfStep {
		return Step{}, false, ErrIntentMismatch.because("step %d", s.ID)
	}
	return s, true, nil
}

func (l *Ledger) startStep(x *tx, n NewStep) (d Deposit, s Step, err error) {
	staff, err := staffOrOwner(x, n.StaffID)
	if err != nil {
		return d, s, err
	}
	approver, err := approverOf(x, n.ApproverID, staff)
	if err != nil {
		return d, s, err
	}
	d, steps, err := depositWithSteps(x, n.DepositID)
	if err != nil {
		return d, s, err
	}
	s = Step{
		DepositID: d.ID, ReceiptNo: d.ReceiptNo, Kind: n.Kind, Amount: n.Amount, ReleaseRest: n.ReleaseRest, OfStep: n.OfStep,
		State: payment.RefundCreated, Reason: n.Reason, Staff: staff, Day: DayOf(x.now, l.Cutover()), CreatedAt: x.stamp(),
	}
	if s.Rest, err = restOf(d, steps, s); err != nil {
		return d, s, err
	}
	if s.Number, err = stepNo(x, d, steps, s); err != nil {
		return d, s, err
	}
	if s.ShiftID, err = l.shiftOf(x, staff); err != nil {
		return d, s, err
	}
	if s.ID, err = insertStep(x, s, n.IntentID); err != nil {
		return d, s, err
	}
	asked := map[StepKind]EventKind{StepCapture: EventCaptureAsked, StepRelease: EventReleaseAsked, StepRefund: EventRefundAsked}[s.Kind]
	events := []Event{{StepID: s.ID, Kind: asked, Amount: s.Amount}}
	if approver.ID != 0 {
		events = append(events, Event{StepID: s.ID, Kind: EventApproved, Detail: approver.Name, Amount: s.Amount})
	}
	if err := addDepositEvents(x, d.ID, events); err != nil {
		return d, s, err
	}
	err = l.approve(x, approval{act: ApproveDeposit + string(s.Kind), approver: approver, staff: staff, row: journalRow{channel: d.Channel, amount: s.Amount,
		deposit: depositPart{depositID: d.ID, stepID: s.ID, left: d.Left()}, counts: countPart{shiftID: s.ShiftID}}})
	if err != nil {
		return d, s, err
	}
	if d.Method != payment.MethodCash {
		return d, s, billDeposit(x, d.ID, func(*depositBill) {})
	}
	d, s, _, err = l.moveStep(x, s.ID, StepMove{To: payment.RefundDone, Print: true})
	return d, s, err
}

// restOf checks that a new step fits beside the others, and is what it
// releases with it.
func restOf(d Deposit, steps []Step, s Step) (payment.Amount, error) {
	if s.Kind == StepRefund {
		left, err := leftOfCapture(d, steps, s.OfStep)
		if err == nil && s.Amount > left {
			err = &RefundTooMuchError{Left: left}
		}
		return 0, err
	}
	if d.Hold != payment.StatePaid {
		return 0, ErrNotHeld.because("the hold of deposit %s is %s", d.ReceiptNo, d.Hold)
	}
	left, open := leftOfHold(d, steps)
	switch {
	case s.ReleaseRest && open != nil:
		return 0, &OpenStepError{Step: *open}
	case s.Amount > left:
		return 0, &HoldTooMuchError{Left: left}
	case s.ReleaseRest:
		return left - s.Amount, nil
	}
	return 0, nil
}

// leftOfHold is what may still be captured or released of d, and a step on its
// way that was taken off; nil when there is none.
func leftOfHold(d Deposit, steps []Step) (left payment.Amount, open *Step) {
	left = d.Left()
	for i, s := range steps {
		if s.Kind != StepRefund && !s.State.Final() {
			left -= s.Amount + s.Rest
			open = &steps[i]
		}
	}
	return max(0, left), open
}

// leftOfCapture is what may still be given back out of a capture.
func leftOfCapture(d Deposit, steps []Step, id int64) (payment.Amount, error) {
	i := stepAt(steps, id)
	switch {
	case i < 0:
		return 0, ErrNotFound.because("step %d of deposit %s", id, d.ReceiptNo)
	case steps[i].Kind != StepCapture || steps[i].State != payment.RefundDone:
		return 0, ErrNotPaid.because("step %d is a %s that is %s", id, steps[i].Kind, steps[i].State)
	}
	left := steps[i].Amount - steps[i].Refunded
	for _, s := range steps {
		if s.OfStep == id && !s.State.Final() {
			left -= s.Amount
		}
	}
	return max(0, left), nil
}

func insertStep(x *tx, s Step, intent string) (int64, error) {
	id, err := x.insert(`INSERT INTO steps (deposit_id, kind, intent, number, trade_no, amount, release_rest, rest, of_step, refunded, state, why, code, reason,
			staff_id, day, created_at, ended_at, tries, shift_id)
		VALUES (?, ?, ?, ?, '', ?, ?, ?, nullif(?, 0), 0, ?, '', '', ?, ?, ?, ?, 0, 0, ?)`,
		s.DepositID, string(s.Kind), intent, s.Number, int64(s.Amount), number(s.ReleaseRest), int64(s.Rest), s.OfStep, string(s.State), s.Reason,
		s.Staff.ID, string(s.Day), milli(s.CreatedAt), s.ShiftID)
	if err != nil {
		return 0, fmt.Errorf("insert step: %w", err)
	}
	return id, nil
}
