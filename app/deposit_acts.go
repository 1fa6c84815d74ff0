package app

import (
	"context"
	"fmt"

	"frontdesk/data"
)

// KeepLateDeposit closes the question about a deposit: what arrived late is
// kept, or what the channel took back was seen.
func (t *Till) KeepLateDeposit(ctx context.Context, id int64) error {
	staff, err := t.staff()
	if err != nil {
		return err
	}
	return ledgerProblem(t.ledger.DecideLateDeposit(ctx, id, true, staff))
}

// ReturnLateDeposit gives a deposit that arrived late free again, all that is
// left of it, and closes the question. A second call gives back nothing more.
func (t *Till) ReturnLateDeposit(ctx context.Context, id int64, reason string) error {
	if _, err := t.staff(); err != nil {
		return err
	}
	detail, err := t.ledger.DepositByID(ctx, id)
	if err != nil {
		return ledgerProblem(err)
	}
	if left := Releasable(detail); left > 0 {
		draft := fmt.Sprintf("late-deposit/%d", id)
		if _, err := t.Release(ctx, ReleaseOrder{Draft: draft, DepositID: id, Amount: left, Reason: reason}); err != nil {
			return err
		}
	}
	return ledgerProblem(t.ledger.DecideLateDeposit(ctx, id, false, t.Person().ID))
}

// ReprintDeposit queues a marked copy of a deposit's slip; of the slip of one of
// its steps unless stepID is 0.
func (t *Till) ReprintDeposit(ctx context.Context, id, stepID int64) (data.PrintJob, error) {
	job, err := t.ledger.AddDepositPrint(ctx, data.PrintReprint, id, stepID, false)
	return job, ledgerProblem(err)
}
