package data

import (
	"context"
	"fmt"

	"frontdesk/payment"
)

// Acts that somebody with the right approved, as the journal names them.
// RecordApproval takes any other word.
const (
	ApproveRefund  = "refund"
	ApproveDeposit = "deposit_"    // and the kind of the step
	ApproveCash    = "cash"        // cash put in or taken out
	ApproveClose   = "close_shift" //
)

// approval is one person's leave for one act of another.
type approval struct {
	act      string
	approver Staff // ID 0: nobody had to approve
	staff    Staff // for whom
	detail   string
	row      journalRow // the records that it is about
}

// approve writes an approval down, in the transaction of the act itself. Its
// row is the approver's; its detail names the act and whose it was.
func (l *Ledger) approve(x *tx, a approval) error {
	if a.approver.ID == 0 {
		return nil
	}
	r := a.row
	r.kind, r.staffID, r.detail = journalApproval, a.approver.ID, fmt.Sprintf("%s %d", a.act, a.staff.ID)
	if a.detail != "" {
		r.detail += " " + a.detail
	}
	return l.journal(x, r)
}

// approverOf is who approves an act of staff; nobody for 0.
func approverOf(s source, id int64, staff Staff) (Staff, error) {
	switch id {
	case 0:
		return Staff{}, nil
	case staff.ID:
		return Staff{}, ErrInvalid.because("person %d approves their own act", id)
	}
	return activeStaff(s, id)
}

// RecordApproval writes down that somebody with the right allowed an act that
// has no record of its own, such as opening the drawer. act is the caller's
// word for it; detail may be empty and holds no secret.
//
// Errors: ErrInvalid (no act, nobody who approves, or somebody who has left),
// ErrNotFound (no such person), and those of any write.
func (l *Ledger) RecordApproval(ctx context.Context, act, detail string, amount payment.Amount, staffID, approverID int64) error {
	if act == "" || approverID == 0 {
		return fmt.Errorf("record approval: %w", ErrInvalid.because("act %q, approved by %d", act, approverID))
	}
	err := l.change(ctx, func(x *tx) error {
		staff, err := staffOrOwner(x, staffID)
		if err != nil {
			return err
		}
		approver, err := approverOf(x, approverID, staff)
		if err != nil {
			return err
		}
		return l.approve(x, approval{act: act, approver: approver, staff: staff, detail: detail, row: journalRow{amount: amount}})
	})
	if err != nil {
		return fmt.Errorf("record approval: %w", err)
	}
	return nil
}
