package data

import (
	"context"
	"fmt"
	"strconv"

	"frontdesk/payment"
)

// ReasonTaken is the reason of the cash move for what was taken out of the
// drawer at the close of a shift: the key of its words. All other reasons are a
// person's own words.
const ReasonTaken = "cash.reason.close"

// CloseShift is what a caller knows when a shift is closed.
type CloseShift struct {
	ShiftID    int64
	StaffID    int64          // who closes it; 0: the owner
	ApproverID int64          // who allowed it; 0 where nobody had to
	HandTo     int64          // who takes over, with a shift of their own; 0 for nobody
	NextName   string         // of that shift; may be empty
	Counts     []Count        // notes and coins, which add up to Counted; nil where only the sum is known
	Counted    payment.Amount // fen in the drawer; read only with IsCounted
	IsCounted  bool           // somebody counted; else there is what there should be
	Taken      payment.Amount // fen taken out at the close; the rest is the next float
	Reason     string         // why there is a difference; may be empty
	Print      bool           // queue the Z report
}

// CloseShift closes a shift, in one transaction with its difference, what is
// taken out, its Z report and, where somebody takes over, their shift. It can
// always be closed: what has no result yet is listed on its Z report and counts
// in it once it is settled.
//
// A shift that is closed already returns what it became; nothing is written
// then. next is the shift of whoever took over; its ID is 0 for nobody.
//
// Errors: ErrNoShift, ErrInvalid (counts that do not add up, somebody who has
// left), ErrNotFound (no such person), *DrawerShortError (more taken out than
// there is), and those of any write.
func (l *Ledger) CloseShift(ctx context.Context, n CloseShift) (s Shift, z Z, next Shift, err error) {
	if err := n.check(); err != nil {
		return Shift{}, Z{}, Shift{}, fmt.Errorf("close shift %d: %w", n.ShiftID, err)
	}
	err = l.change(ctx, func(x *tx) error {
		if s, err = shiftByID(x, n.ShiftID); err != nil {
			if KindOf(err) == KindNotFound {
				err = ErrNoShift.because("shift %d", n.ShiftID)
			}
			return err
		}
		if s.State == ShiftClosed {
			z, next, err = becameOf(x, s)
			return err
		}
		s, z, next, err = l.closeShift(x, s, n)
		return err
	})
	if err != nil {
		return Shift{}, Z{}, Shift{}, fmt.Errorf("close shift %d: %w", n.ShiftID, err)
	}
	return s, z, next, nil
}

func (n CloseShift) check() error {
	switch {
	case n.Taken < 0:
		return ErrInvalid.because("%s taken out", n.Taken)
	case !n.IsCounted:
		return nil
	}
	return checkCounted(n.Counted, n.Counts)
}

// becameOf is what a closed shift became. Shifts are numbered without a gap, so
// whoever took over has the next one.
func becameOf(x *tx, s Shift) (z Z, next Shift, err error) {
	if z, err = one(x, scanZ, "SELECT "+zColumns+" FROM "+zTables+" WHERE z.kind = 'shift' AND z.shift_id = ?", s.ID); err != nil || s.HandedTo.ID == 0 {
		return z, next, err
	}
	next, err = shiftByID(x, s.ID+1)
	return z, next, err
}

func (l *Ledger) closeShift(x *tx, s Shift, n CloseShift) (_ Shift, z Z, next Shift, err error) {
	if s, err = l.countOut(x, s, n); err != nil {
		return s, z, next, err
	}
	if err := endShift(x, s); err != nil {
		return s, z, next, err
	}
	x.shift, x.shiftKnown = 0, true
	err = l.journal(x, journalRow{kind: journalShiftClosed, staffID: s.ClosedBy.ID, amount: s.Counted, detail: strconv.FormatInt(s.ID, 10), proof: proofOfShift(s),
		counts: countPart{shiftID: s.ID}})
	if err != nil {
		return s, z, next, err
	}
	if z, err = l.makeZ(x, Cut{ShiftID: s.ID}, DayOf(x.now, l.Cutover()), s.ClosedBy, n.Print); err != nil || n.HandTo == 0 {
		return s, z, next, err
	}
	next, err = l.openShift(x, Shift{Name: n.NextName, Staff: s.HandedTo, Float: s.Counted - s.Taken}, "")
	return s, z, next, err
}

// countOut is s with what was counted, and makes the cash moves of its close.
func (l *Ledger) countOut(x *tx, s Shift, n CloseShift) (_ Shift, err error) {
	if s.ClosedBy, err = staffOrOwner(x, n.StaffID); err != nil {
		return s, err
	}
	approver, err := approverOf(x, n.ApproverID, s.ClosedBy)
	if err != nil {
		return s, err
	}
	if n.HandTo != 0 {
		if s.HandedTo, err = activeStaff(x, n.HandTo); err != nil {
			return s, err
		}
	}
	if s.Expected, err = drawerBalance(x); err != nil {
		return s, err
	}
	s.State, s.ClosedAt, s.Reason, s.Taken = ShiftClosed, x.stamp(), n.Reason, n.Taken
	if s.Counted = max(0, s.Expected); n.IsCounted {
		s.Counted, s.Counts = n.Counted, n.Counts
		if s.Counts == nil {
			s.Counts = []Count{}
		}
	}
	if s.Taken > s.Counted {
		return s, &DrawerShortError{Left: s.Counted}
	}
	err = l.approve(x, approval{act: ApproveClose, approver: approver, staff: s.ClosedBy, detail: strconv.FormatInt(s.ID, 10),
		row: journalRow{amount: s.Counted, counts: countPart{shiftID: s.ID}}})
	if err != nil {
		return s, err
	}
	move := CashMove{ShiftID: s.ID, Staff: s.ClosedBy, Approver: approver}
	if move.Kind, move.Amount, move.Reason = CashDifference, s.Difference(), s.Reason; move.Amount != 0 {
		if _, err = l.cashMove(x, move, ownIntent(s.ID, CashDifference)); err != nil {
			return s, err
		}
	}
	if move.Kind, move.Amount, move.Reason = CashOut, -s.Taken, ReasonTaken; move.Amount != 0 {
		_, err = l.cashMove(x, move, ownIntent(s.ID, CashOut))
	}
	return s, err
}
