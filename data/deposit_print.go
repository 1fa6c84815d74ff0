package data

import (
	"context"
	"fmt"

	"frontdesk/payment"
)

// queueDepositPrint adds a job unless its paper is there already (see
// print_jobs.copy).
func queueDepositPrint(x *tx, p PrintJob, copy int64) error {
	_, err := x.exec(`INSERT INTO print_jobs (kind, deposit_id, step_id, copy, state, tries, drawer, created_at, not_before, ended_at, last_error, content)
		VALUES (?, ?, nullif(?, 0), ?, ?, 0, ?, ?, 0, ?, ?, '') ON CONFLICT (deposit_id, kind, copy) WHERE deposit_id IS NOT NULL DO NOTHING`,
		string(p.Kind), p.DepositID, p.StepID, copy, string(p.State), number(p.Drawer), milli(x.now), milli(p.EndedAt), p.LastError)
	if err != nil {
		return fmt.Errorf("queue print job of deposit: %w", err)
	}
	return nil
}

// queueSlip adds the automatic slip of a deposit that is held.
func queueSlip(x *tx, d Deposit, print, skipped bool) error {
	switch {
	case skipped:
		p := PrintJob{Kind: PrintDeposit, DepositID: d.ID, State: PrintSkipped, EndedAt: x.stamp(), LastError: TroubleTooOld}
		if err := queueDepositPrint(x, p, 0); err != nil {
			return err
		}
		return addDepositEvents(x, d.ID, []Event{{Kind: EventPrintSkipped, Detail: string(PrintDeposit)}})
	case print:
		return queueDepositPrint(x, PrintJob{Kind: PrintDeposit, DepositID: d.ID, State: PrintQueued}, 0)
	}
	return nil
}

// queueStepSlip adds the automatic slip of a step that is done. It opens the
// drawer when notes go back to the guest.
func queueStepSlip(x *tx, d Deposit, s Step) error {
	p := PrintJob{Kind: slipOf(s), DepositID: d.ID, StepID: s.ID, State: PrintQueued}
	p.Drawer = d.Method == payment.MethodCash && (s.Kind != StepCapture || s.Rest > 0)
	return queueDepositPrint(x, p, s.ID)
}

// slipOf is the kind of a step's slip.
func slipOf(s Step) PrintKind {
	if s.Kind == StepRefund {
		return PrintRefund
	}
	return PrintCheckout
}

// AddDepositPrint queues a job of a deposit that a person asks for: the deposit
// slip (PrintDeposit), the slip of a step (PrintCheckout, or PrintRefund for a
// refund out of a capture), a copy of either (PrintReprint; stepID is 0 for the
// deposit slip), or an opening of the drawer (PrintDrawer). A slip exists once:
// asking for it again returns the job that is there.
//
// Errors: ErrNotFound, ErrInvalid (another kind, or a step of another deposit),
// ErrNotPaid (no paper for money that did not move), and those of any write.
func (l *Ledger) AddDepositPrint(ctx context.Context, kind PrintKind, depositID, stepID int64, drawer bool) (p PrintJob, err error) {
	err = l.change(ctx, func(x *tx) error {
		copy, err := depositCopy(x, kind, depositID, stepID)
		if err != nil {
			return err
		}
		if err := queueDepositPrint(x, PrintJob{Kind: kind, DepositID: depositID, StepID: stepID, State: PrintQueued, Drawer: drawer}, copy); err != nil {
			return err
		}
		p, err = one(x, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE p.deposit_id = ? AND p.kind = ? AND p.copy = ?", depositID, string(kind), copy)
		return err
	})
	if err != nil {
		return PrintJob{}, fmt.Errorf("add print job of deposit: %w", err)
	}
	return p, nil
}

// depositCopy is the number of the job's copy, once it is sure that there is
// something to print.
func depositCopy(x *tx, kind PrintKind, depositID, stepID int64) (int64, error) {
	d, steps, err := depositWithSteps(x, depositID)
	if err != nil {
		return 0, err
	}
	step := stepAt(steps, stepID)
	switch {
	case stepID != 0 && step < 0:
		return 0, ErrInvalid.because("step %d is not of deposit %s", stepID, d.ReceiptNo)
	case kind == PrintDrawer:
	case stepID == 0 && d.Held == 0, stepID != 0 && steps[step].State != payment.RefundDone:
		return 0, ErrNotPaid.because("deposit %s, step %d", d.ReceiptNo, stepID)
	case kind == PrintReprint:
	case stepID == 0 && kind == PrintDeposit:
		return 0, nil
	case stepID != 0 && kind == slipOf(steps[step]):
		return stepID, nil
	default:
		return 0, ErrInvalid.because("print job of kind %q for step %d of a deposit", kind, stepID)
	}
	return one(x, scanInt, "SELECT coalesce(max(copy), 0) + 1 FROM print_jobs WHERE deposit_id = ? AND kind = ?", depositID, string(kind))
}
