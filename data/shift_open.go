package data

import (
	"context"
	"fmt"
	"strconv"

	"frontdesk/payment"
)

// NewShift is what a caller knows about a shift before it exists.
type NewShift struct {
	IntentID string         // made once per press of a button: the same intent never opens a second shift
	StaffID  int64          // whose it is; 0: the owner
	Name     string         // "早班"; may be empty
	Float    payment.Amount // fen that its person found in the drawer, at least 0
	Counts   []Count        // notes and coins of Float; nil when nobody counted them
}

// OpenShift opens a shift with the float that its person found in the drawer.
// What is more or less than the ledger thinks is there becomes a cash move of
// kind CashFloat.
//
// An intent that is there already returns its shift as it now is.
//
// Errors: ErrInvalid (a float below 0, counts that do not add up to it),
// ErrNotFound (no such person), ErrShiftOpen, ErrIntentMismatch, and those of
// any write.
func (l *Ledger) OpenShift(ctx context.Context, n NewShift) (s Shift, err error) {
	if err := n.check(); err != nil {
		return Shift{}, fmt.Errorf("open shift: %w", err)
	}
	err = l.change(ctx, func(x *tx) error {
		list, err := all(x, scanShift, "SELECT "+shiftColumns+" FROM "+shiftTables+" WHERE h.intent <> '' AND h.intent = ?", n.IntentID)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			if s = list[0]; s.Float != n.Float || n.StaffID != 0 && s.Staff.ID != n.StaffID {
				return ErrIntentMismatch.because("shift %d", s.ID)
			}
			return nil
		}
		open, err := x.openShift()
		switch {
		case err != nil:
			return err
		case open != 0:
			return ErrShiftOpen.because("shift %d", open)
		}
		s.Staff, err = staffOrOwner(x, n.StaffID)
		if err != nil {
			return err
		}
		s.Name, s.Float, s.Notes = n.Name, n.Float, n.Counts
		s, err = l.openShift(x, s, n.IntentID)
		return err
	})
	if err != nil {
		return Shift{}, fmt.Errorf("open shift: %w", err)
	}
	return s, nil
}

func (n NewShift) check() error {
	if n.IntentID == "" {
		return ErrInvalid.because("no intent")
	}
	return checkCounted(n.Float, n.Counts)
}

// checkCounted holds that an amount is one that can be in a drawer, and that
// the notes and coins, where there are any, add up to it.
func checkCounted(counted payment.Amount, counts []Count) error {
	if counted < 0 || counted > payment.MaxAmount {
		return ErrInvalid.because("%s in the drawer", counted)
	}
	if len(counts) == 0 {
		return nil
	}
	var sum payment.Amount
	for _, c := range counts {
		part, ok := c.Value.Times(c.Number)
		if c.Value <= 0 || c.Number < 0 || !ok || part > payment.MaxAmount-sum {
			return ErrInvalid.because("%d times %s in the drawer", c.Number, c.Value)
		}
		sum += part
	}
	if sum != counted {
		return ErrInvalid.because("notes and coins add up to %s, counted were %s", sum, counted)
	}
	return nil
}

// openShift opens s, of which the people, the float and the names are set.
func (l *Ledger) openShift(x *tx, s Shift, intent string) (Shift, error) {
	balance, err := drawerBalance(x)
	if err != nil {
		return s, err
	}
	if s.ID, err = one(x, scanInt, "SELECT coalesce(max(id), 0) + 1 FROM shifts"); err != nil {
		return s, err
	}
	s.Day, s.OpenedAt, s.State = DayOf(x.now, l.Cutover()), x.stamp(), ShiftOpen
	if err := insertShift(x, s, intent); err != nil {
		return s, err
	}
	x.shift, x.shiftKnown = s.ID, true
	err = l.journal(x, journalRow{kind: journalShiftOpened, staffID: s.Staff.ID, amount: s.Float, detail: strconv.FormatInt(s.ID, 10), proof: proofOfShift(s),
		counts: countPart{shiftID: s.ID}})
	if err != nil || s.Float == balance {
		return s, err
	}
	_, err = l.cashMove(x, CashMove{Kind: CashFloat, ShiftID: s.ID, Staff: s.Staff, Amount: s.Float - balance}, ownIntent(s.ID, CashFloat))
	return s, err
}

// ownIntent is the intent of a cash move that the ledger makes by itself, once
// for each shift.
func ownIntent(shiftID int64, kind CashMoveKind) string {
	return fmt.Sprintf("shift %d %s", shiftID, kind)
}

// shiftOf is the shift to which an act of money belongs: the open one. Where
// none is open, one is opened for the person of the act, with what should be in
// the drawer as its float.
func (l *Ledger) shiftOf(x *tx, staff Staff) (int64, error) {
	id, err := x.openShift()
	if err != nil || id != 0 {
		return id, err
	}
	balance, err := drawerBalance(x)
	if err != nil {
		return 0, err
	}
	s, err := l.openShift(x, Shift{Staff: staff, Float: max(0, balance), Auto: true}, "")
	return s.ID, err
}

// openShift is the id of the open shift; 0 when there is none. Nobody else
// writes while the folder is locked, so it is read once.
func (t *tx) openShift() (int64, error) {
	if t.shiftKnown {
		return t.shift, nil
	}
	if t.shift, t.shiftKnown = t.w.shift, t.w.shiftKnown; t.shiftKnown {
		return t.shift, nil
	}
	id, err := one(t, scanInt, "SELECT coalesce((SELECT id FROM shifts WHERE state = 'open'), 0)")
	if err != nil {
		return 0, err
	}
	t.shift, t.shiftKnown = id, true
	return id, nil
}
