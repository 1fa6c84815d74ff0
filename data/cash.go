package data

import (
	"context"
	"fmt"
	"strconv"

	"frontdesk/payment"
)

// NewCashMove is what a caller knows about cash that is put into the drawer or
// taken out of it.
type NewCashMove struct {
	IntentID   string         // made once per press of a button: the same intent never moves cash twice
	Kind       CashMoveKind   // CashIn or CashOut
	Amount     payment.Amount // fen, more than 0 for both kinds
	Reason     string         // required: the person's words
	StaffID    int64          // 0: the owner
	ApproverID int64          // who allowed it; 0 where nobody had to
}

// MoveCash writes down that cash was put in or taken out, in the open shift,
// and opens the drawer for it. An intent that is there already returns its
// move, with existing true; nothing is written then, and no drawer opens.
//
// Errors: ErrInvalid, ErrIntentMismatch, ErrNotFound (no such person),
// *DrawerShortError, and those of any write.
func (l *Ledger) MoveCash(ctx context.Context, n NewCashMove) (m CashMove, existing bool, err error) {
	if err := n.check(); err != nil {
		return CashMove{}, false, fmt.Errorf("move cash: %w", err)
	}
	err = l.change(ctx, func(x *tx) error {
		if m, existing, err = cashOfIntent(x, n); err != nil || existing {
			return err
		}
		m, err = l.moveCash(x, n)
		return err
	})
	if err != nil {
		return CashMove{}, false, fmt.Errorf("move cash: %w", err)
	}
	return m, existing, nil
}

func (n NewCashMove) check() error {
	switch {
	case n.IntentID == "":
		return ErrInvalid.because("no intent")
	case n.Kind != CashIn && n.Kind != CashOut:
		return ErrInvalid.because("cash move of kind %q", n.Kind)
	case n.Amount.Check(0) != nil:
		return ErrInvalid.because("amount: %w", n.Amount.Check(0))
	case n.Reason == "":
		return ErrInvalid.because("no reason")
	}
	return nil
}

// change is what n does to the drawer.
func (n NewCashMove) change() payment.Amount {
	if n.Kind == CashOut {
		return -n.Amount
	}
	return n.Amount
}

func cashOfIntent(x *tx, n NewCashMove) (m CashMove, found bool, err error) {
	list, err := all(x, scanCash, "SELECT "+cashColumns+" FROM "+cashTables+" WHERE m.intent = ?", n.IntentID)
	if err != nil || len(list) == 0 {
		return CashMove{}, false, err
	}
	if m = list[0]; m.Kind != n.Kind || m.Amount != n.change() {
		return CashMove{}, false, ErrIntentMismatch.because("cash move %d", m.ID)
	}
	return m, true, nil
}

func (l *Ledger) moveCash(x *tx, n NewCashMove) (m CashMove, err error) {
	if m.Staff, err = staffOrOwner(x, n.StaffID); err != nil {
		return m, err
	}
	if m.Approver, err = approverOf(x, n.ApproverID, m.Staff); err != nil {
		return m, err
	}
	if m.ShiftID, err = l.shiftOf(x, m.Staff); err != nil {
		return m, err
	}
	balance, err := drawerBalance(x)
	if err != nil {
		return m, err
	}
	if n.Kind == CashOut && n.Amount > balance {
		return m, &DrawerShortError{Left: max(0, balance)}
	}
	m.Kind, m.Amount, m.Reason = n.Kind, n.change(), n.Reason
	if m, err = l.cashMove(x, m, n.IntentID); err != nil {
		return m, err
	}
	err = l.approve(x, approval{act: ApproveCash, approver: m.Approver, staff: m.Staff, detail: strconv.FormatInt(m.ID, 10),
		row: journalRow{channel: payment.Cash, amount: m.Amount, counts: countPart{shiftID: m.ShiftID}}})
	if err != nil {
		return m, err
	}
	return m, queuePrint(x, PrintJob{Kind: PrintDrawer, State: PrintQueued, Drawer: true}, 0)
}

// cashMove writes m down, now.
func (l *Ledger) cashMove(x *tx, m CashMove, intent string) (_ CashMove, err error) {
	m.Day, m.At = DayOf(x.now, l.Cutover()), x.stamp()
	if m.ID, err = insertCash(x, m, intent); err != nil {
		return m, err
	}
	return m, l.journal(x, journalRow{kind: journalCash, staffID: m.Staff.ID, channel: payment.Cash, amount: m.Amount, detail: strconv.FormatInt(m.ID, 10),
		proof: proofOfCash(m), counts: countPart{shiftID: m.ShiftID, drawer: m.Amount}})
}
