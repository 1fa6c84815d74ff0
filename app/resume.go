package app

import (
	"context"
	"maps"
	"slices"

	"frontdesk/data"
)

// Start takes up what the last run left open, in the background, and returns
// how many payments, refunds, holds and steps of deposits that is.
func (t *Till) Start(ctx context.Context) (open int, err error) {
	tenders, err := t.ledger.OpenTenders(ctx)
	if err != nil {
		return 0, ledgerProblem(err)
	}
	for _, tender := range tenders {
		detail, err := t.ledger.SaleByID(ctx, tender.SaleID)
		if err != nil {
			return 0, ledgerProblem(err)
		}
		t.resume(detail.Sale, tender)
	}
	refunds, err := t.ledger.OpenRefunds(ctx)
	if err != nil {
		return 0, ledgerProblem(err)
	}
	for _, r := range refunds {
		if err := t.resumeRefund(ctx, r); err != nil {
			return 0, err
		}
	}
	deposits, err := t.resumeDeposits(ctx)
	if err != nil {
		return 0, err
	}
	t.spawn(t.lookLate)
	return len(tenders) + len(refunds) + deposits, nil
}

// resumeDeposits goes on with holds and steps of an earlier run, and returns
// how many there are.
func (t *Till) resumeDeposits(ctx context.Context) (int, error) {
	holds, err := t.ledger.OpenHolds(ctx)
	if err != nil {
		return 0, ledgerProblem(err)
	}
	for _, d := range holds {
		h := newLiveHold(t, d)
		t.mu.Lock()
		t.holds[d.ID] = h
		t.mu.Unlock()
		h.resume(h.end)
	}
	steps, err := t.ledger.OpenSteps(ctx)
	if err != nil {
		return 0, ledgerProblem(err)
	}
	for _, s := range steps {
		detail, err := t.ledger.DepositByID(ctx, s.DepositID)
		if err != nil {
			return 0, ledgerProblem(err)
		}
		t.runStep(newStepErrand(t, detail.Deposit, s, detail), true)
	}
	return len(holds) + len(steps), nil
}

// resume goes on with a tender of an earlier run.
func (t *Till) resume(sale data.Sale, tender data.Tender) {
	p := newLivePayment(t, sale, tender)
	t.mu.Lock()
	t.live[tender.ID] = p
	t.mu.Unlock()
	p.resume(p.end)
}

// Payment is the present view of one tender, open or final.
func (t *Till) Payment(ctx context.Context, tenderID int64) (Payment, error) {
	if p, ok := t.open(tenderID); ok {
		return p.view(), nil
	}
	tender, err := t.ledger.Tender(ctx, tenderID)
	if err != nil {
		return Payment{}, ledgerProblem(err)
	}
	detail, err := t.ledger.SaleByID(ctx, tender.SaleID)
	if err != nil {
		return Payment{}, ledgerProblem(err)
	}
	return Payment{Sale: detail.Sale, Tender: tender, Phase: phaseOf(tender.State, tender.CancelAsked), Left: left(detail.Sale), Since: tender.CreatedAt}, nil
}

// OpenPayments are all payments without a result, oldest first.
func (t *Till) OpenPayments() []Payment {
	t.mu.Lock()
	live := slices.Collect(maps.Values(t.live))
	t.mu.Unlock()
	var open []Payment
	for _, l := range live {
		if p := l.view(); !p.Phase.Final() {
			open = append(open, p)
		}
	}
	sortPayments(open)
	return open
}

// Wait blocks until the tender is final or ctx ends, and returns its last view.
func (t *Till) Wait(ctx context.Context, tenderID int64) (Payment, error) {
	return t.payments.await(ctx, func(p Payment) bool { return p.Tender.ID == tenderID }, func() (Payment, bool, error) {
		p, err := t.Payment(ctx, tenderID)
		return p, p.Phase.Final(), err
	})
}

// Rest blocks until nothing is going on for the tender any more, or until ctx
// ends. Wait returns as soon as there is a result; the channel may be asked
// once more after that, whether it stands by its word. A program that does not
// stay calls Rest before Close.
func (t *Till) Rest(ctx context.Context, tenderID int64) {
	if p, ok := t.open(tenderID); ok {
		p.waitRest(ctx)
	}
}
