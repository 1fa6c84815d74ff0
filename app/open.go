package app

import (
	"context"

	"frontdesk/data"
)

// Cancel ends an open payment: the channel is asked to cancel and the result
// confirmed, in the background. A payment that is final already stays as it is.
func (t *Till) Cancel(ctx context.Context, tenderID int64) (Payment, error) {
	p, ok := t.open(tenderID)
	if !ok {
		return t.Payment(ctx, tenderID)
	}
	if ch, ok := p.line.asker(); ok && neverCancelled(p.line.row(), ch.Policy()) {
		return p.view(), problem(ProblemNoCancel)
	}
	p.want()
	return p.view(), nil
}

// QueryNow asks the channel at once instead of at the next turn.
func (t *Till) QueryNow(tenderID int64) {
	if p, ok := t.open(tenderID); ok {
		p.poke()
	}
}

// Park puts an open payment aside so that the next customer can be served. It
// goes on in the background; its result is shown when it comes.
func (t *Till) Park(ctx context.Context, tenderID int64) error {
	p, ok := t.open(tenderID)
	if !ok {
		return nil // it has just become final: nothing to put aside
	}
	p.unwatch()
	if _, tender := p.line.now(); tender.Parked {
		return nil
	}
	yes := true // and no state: the payment goes on meanwhile
	return ledgerProblem(p.move(ctx, data.Move{Parked: &yes, Events: []data.NewEvent{{Kind: data.EventParked}}}))
}

// open is the payment of a tender without a result.
func (t *Till) open(tenderID int64) (*livePayment, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, ok := t.live[tenderID]
	return p, ok
}
