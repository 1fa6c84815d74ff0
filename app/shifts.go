package app

import (
	"context"
	"errors"
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
)

// Shifts opens, counts and closes the shifts of a till, and moves its cash.
//
// The steps of closing one:
//
//  1. Count: the person types how many notes and coins there are, before the
//     till says how many there should be. Each count is in the journal.
//  2. Close: with a reason where the difference is over the shop's limit, with
//     what is taken out of the drawer, and with who takes over. It can always be
//     closed: what has no result yet is listed on it and settled later.
type Shifts struct {
	ledger   *data.Ledger
	till     *Till
	settings *Settings
}

// NewShifts joins a till and the settings "shift.*".
func NewShifts(ledger *data.Ledger, till *Till, settings *Settings) *Shifts {
	return &Shifts{ledger: ledger, till: till, settings: settings}
}

// Current is the open shift; ok is false when there is none. The first act of
// money opens one by itself then.
func (s *Shifts) Current(ctx context.Context) (shift data.Shift, ok bool, err error) {
	shift, ok, err = s.ledger.CurrentShift(ctx)
	return shift, ok, ledgerProblem(err)
}

// OpenOrder opens a shift for the person at the till.
type OpenOrder struct {
	Draft  string         // names the dialog; the same draft opens one shift
	Name   string         // "早班"; may be empty
	Float  payment.Amount // fen in the drawer, at least 0
	Counts []data.Count   // how it was counted; may be nil
}

// Open opens a shift. ProblemShiftOpen while another one is open.
func (s *Shifts) Open(ctx context.Context, o OpenOrder) (data.Shift, error) {
	staff, err := s.till.staff()
	if err != nil {
		return data.Shift{}, err
	}
	if o.Float < 0 || o.Float > payment.MaxAmount {
		return data.Shift{}, problem(ProblemCount)
	}
	shift, err := s.ledger.OpenShift(ctx, data.NewShift{IntentID: o.Draft, StaffID: staff, Name: strings.TrimSpace(o.Name), Float: o.Float, Counts: o.Counts})
	return shift, shiftProblem(err)
}

// CashOrder puts cash into the drawer or takes it out.
type CashOrder struct {
	Draft    string
	Kind     data.CashMoveKind // data.CashIn or data.CashOut
	Amount   payment.Amount    // fen, more than 0
	Reason   string            // required
	Approval *Approval         // of RightCash, where the person at the till lacks it
}

// MoveCash writes the movement down and opens the drawer. Where more is to go out
// than there is, ProblemDrawerShort says how much there is, and ProblemDrawerLess
// says it not to somebody who counts the drawer blind.
func (s *Shifts) MoveCash(ctx context.Context, o CashOrder) (data.CashMove, error) {
	if err := o.Amount.Check(payment.MaxAmount); err != nil {
		return data.CashMove{}, amountProblem(err, payment.MaxAmount)
	}
	if o.Reason = strings.TrimSpace(o.Reason); o.Reason == "" {
		return data.CashMove{}, problem(ProblemCashReason)
	}
	staff, approver, err := s.till.permit(ctx, RightCash, o.Approval)
	if err != nil {
		return data.CashMove{}, err
	}
	m, _, err := s.ledger.MoveCash(ctx, data.NewCashMove{IntentID: o.Draft, Kind: o.Kind, Amount: o.Amount, Reason: o.Reason, StaffID: staff, ApproverID: approver})
	if errors.Is(err, data.ErrDrawerShort) {
		blind, blindErr := s.blind(ctx)
		if blind || blindErr != nil {
			return data.CashMove{}, problem(ProblemDrawerLess)
		}
	}
	return m, shiftProblem(err)
}

// blind reports whether the person at the till counts the drawer before the sum
// that should be in it is seen.
func (s *Shifts) blind(ctx context.Context) (bool, error) {
	v := s.settings.Values(ctx)
	blind := v.Bool("shift.blind")
	if err := v.Err(); err != nil || !blind {
		return false, err
	}
	p, err := s.till.attending(ctx)
	return !May(p, RightExpected), err
}

// OpenDrawer opens the drawer without a sale. Who did it, and who approved it,
// is in the journal.
func (s *Shifts) OpenDrawer(ctx context.Context, approval *Approval) error {
	staff, approver, err := s.till.permit(ctx, RightCash, approval)
	if err != nil {
		return err
	}
	if approver != 0 {
		if err := s.ledger.RecordApproval(ctx, actDrawer, "", 0, staff, approver); err != nil {
			return ledgerProblem(err)
		}
	}
	if err := s.ledger.RecordAct(ctx, actDrawer, "", 0, staff); err != nil {
		return ledgerProblem(err)
	}
	_, err = s.ledger.AddPrint(ctx, data.PrintDrawer, 0, 0, true)
	return ledgerProblem(err)
}

// Acts that the journal keeps without records of their own.
const (
	actDrawer = "drawer"      // the drawer was opened without a sale
	actCount  = "shift_count" // somebody counted the drawer
)

// Counting is what a count came to.
type Counting struct {
	Shift       data.Shift
	Counts      []data.Count
	Counted     payment.Amount // fen
	Expected    payment.Amount
	Difference  payment.Amount // Counted - Expected
	NeedsReason bool           // the difference is over the shop's limit
	Report      data.Report    // of the shift, as it stands
}

// Count takes a count of the drawer and only then says what there should be.
// The count is in the journal, so a second one that fits better is seen.
func (s *Shifts) Count(ctx context.Context, counts []data.Count) (Counting, error) {
	staff, err := s.till.staff()
	if err != nil {
		return Counting{}, err
	}
	counted, err := sumCounts(counts)
	if err != nil {
		return Counting{}, err
	}
	shift, open, err := s.Current(ctx)
	if err != nil {
		return Counting{}, err
	}
	if !open {
		return Counting{}, problem(ProblemNoShift)
	}
	if err := s.ledger.RecordAct(ctx, actCount, "", counted, staff); err != nil {
		return Counting{}, ledgerProblem(err)
	}
	report, err := s.ledger.Report(ctx, data.Cut{ShiftID: shift.ID})
	if err != nil {
		return Counting{}, ledgerProblem(err)
	}
	limit, err := s.limit(ctx)
	if err != nil {
		return Counting{}, err
	}
	c := Counting{Shift: shift, Counts: counts, Counted: counted, Expected: report.Drawer.Expected, Report: report}
	c.Difference = c.Counted - c.Expected
	c.NeedsReason = overLimit(c.Difference, limit)
	return c, nil
}

// sumCounts adds notes and coins up. A value or number that cannot be is
// ProblemCount.
func sumCounts(counts []data.Count) (payment.Amount, error) {
	var sum payment.Amount
	for _, c := range counts {
		part, ok := c.Value.Times(c.Number)
		if c.Value <= 0 || c.Number < 0 || !ok || part > payment.MaxAmount-sum {
			return 0, problem(ProblemCount)
		}
		sum += part
	}
	return sum, nil
}

func overLimit(difference, limit payment.Amount) bool { return max(difference, -difference) > limit }

func (s *Shifts) limit(ctx context.Context) (payment.Amount, error) {
	v := s.settings.Values(ctx)
	limit := v.Amount("shift.limit")
	return limit, v.Err()
}

// CloseOrder closes the open shift.
type CloseOrder struct {
	ShiftID  int64          // the shift that was counted
	Counts   []data.Count   // nil when nobody counts
	Uncount  bool           // nobody counts: the ledger's figure stands. Who has to count blind needs somebody else's word for it
	Taken    payment.Amount // fen taken out of the drawer, at most what was counted
	Reason   string         // required where the difference is over the limit
	HandTo   int64          // who takes over and opens the next shift; 0 for nobody
	PIN      string         // of HandTo, where they have one
	NextName string         // of the next shift; may be empty
	Approval *Approval      // of RightShift, where the shift is somebody else's and the person at the till lacks it; of RightExpected for Uncount
}

// Closed is what closing a shift led to.
type Closed struct {
	Shift data.Shift
	Z     data.Z
	Next  data.Shift // ID 0 when nobody takes over
}

// Close closes the shift, makes its Z report and prints it. Closing it twice
// gives the same Z. Whoever takes over is at the till afterwards.
func (s *Shifts) Close(ctx context.Context, o CloseOrder) (Closed, error) {
	staff, approver, err := s.mayClose(ctx, o)
	if err != nil {
		return Closed{}, err
	}
	order := data.CloseShift{
		ShiftID: o.ShiftID, StaffID: staff, ApproverID: approver, Counts: o.Counts, IsCounted: !o.Uncount, Taken: o.Taken,
		Reason: strings.TrimSpace(o.Reason), NextName: strings.TrimSpace(o.NextName), HandTo: o.HandTo, Print: true,
	}
	if err := s.checkCount(ctx, &order); err != nil {
		return Closed{}, err
	}
	next, err := s.successor(ctx, o)
	if err != nil {
		return Closed{}, err
	}
	var c Closed
	if c.Shift, c.Z, c.Next, err = s.ledger.CloseShift(ctx, order); err != nil {
		return Closed{}, shiftProblem(err)
	}
	if next.ID == 0 {
		return c, nil
	}
	s.till.setPresence(presence{person: next})
	return c, s.till.keepPerson(ctx, next)
}

// mayClose is who closes the shift, and with whose approval.
func (s *Shifts) mayClose(ctx context.Context, o CloseOrder) (staff, approver int64, err error) {
	p, err := s.till.attending(ctx)
	if err != nil {
		return 0, 0, err
	}
	shift, err := s.ledger.Shift(ctx, o.ShiftID)
	if err != nil {
		return 0, 0, shiftProblem(err)
	}
	if shift.Staff.ID != p.ID {
		return s.till.permit(ctx, RightShift, o.Approval)
	}
	blind, err := s.blind(ctx)
	if err != nil || !blind || !o.Uncount {
		return p.ID, 0, err
	}
	// Without a count the Z report would say what is in the drawer to somebody who
	// may still put it right.
	return s.till.permit(ctx, RightExpected, o.Approval)
}

// checkCount adds the count up and holds that a large difference has a reason.
func (s *Shifts) checkCount(ctx context.Context, order *data.CloseShift) (err error) {
	if !order.IsCounted {
		return nil
	}
	if order.Counted, err = sumCounts(order.Counts); err != nil {
		return err
	}
	if order.Taken < 0 || order.Taken > order.Counted {
		return problem(ProblemCount)
	}
	limit, err := s.limit(ctx)
	if err != nil {
		return err
	}
	report, err := s.ledger.Report(ctx, data.Cut{ShiftID: order.ShiftID})
	if err != nil {
		return ledgerProblem(err)
	}
	difference := order.Counted - report.Drawer.Expected
	if overLimit(difference, limit) && order.Reason == "" && report.Shift.State == data.ShiftOpen {
		return problem(ProblemDifference, "difference", difference.Signed())
	}
	return nil
}

// successor proves who takes over.
func (s *Shifts) successor(ctx context.Context, o CloseOrder) (data.Person, error) {
	if o.HandTo == 0 {
		return data.Person{}, nil
	}
	if o.HandTo == s.till.Person().ID && o.PIN == "" { // the next shift is the same person's
		return s.till.attending(ctx)
	}
	return s.till.people.Prove(ctx, o.HandTo, o.PIN)
}

// shiftProblem words what the ledger has against an act with a shift.
func shiftProblem(err error) error {
	for _, known := range []struct {
		err  error
		kind ProblemKind
	}{
		{data.ErrDrawerShort, ProblemDrawerShort},
		{data.ErrNoShift, ProblemNoShift},
	} {
		if errors.Is(err, known.err) {
			return &Problem{Kind: known.kind, Pairs: data.Values(err), Cause: err}
		}
	}
	return ledgerProblem(err)
}
