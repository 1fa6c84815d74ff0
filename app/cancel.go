package app

import (
	"context"

	"frontdesk/data"
	"frontdesk/payment"
)

// cancelUntilSettled cancels the tender and asks until both the cancel and a
// query after it agree on where the money is. A cancel without an answer is
// repeated: it may have been carried out, so nothing else makes the tender
// final. It returns early only when the till closes; the wish to cancel is in
// the ledger by then, and the next run goes on here.
func (a *attempt) cancelUntilSettled() {
	if !a.askCancel() {
		return
	}
	a.till.atStep(StepCancelAsked)
	cancelled := payment.Unknown
	for !a.final() {
		ch, ok := a.till.channel(a.name())
		if !ok {
			if !a.till.sleep(missingChannelWait, a.wake) {
				return
			}
			continue
		}
		if !definite(cancelled) {
			o := ch.Cancel(a.till.ctx, a.order())
			if a.till.ctx.Err() != nil {
				return
			}
			a.till.atStep(StepCancelled)
			a.heard(o)
			if cancelled = o.Result; !a.noteCancel(o) {
				return
			}
		}
		truth := ch.Query(a.till.ctx, a.order())
		if a.till.ctx.Err() != nil {
			return
		}
		a.till.atStep(StepConfirmed)
		a.heard(truth)
		to, known := verdict(cancelled, truth.Result)
		if known {
			a.settle(to, truth)
			return
		}
		a.count(1)
		if truth.Result != payment.Unknown {
			cancelled = payment.Unknown // they disagree: cancel once more
		}
		if !a.till.sleep(ch.Policy().CancelEvery, a.wake) {
			return
		}
	}
}

// definite reports whether a cancel's answer need not be repeated.
func definite(r payment.Result) bool {
	switch r {
	case payment.Closed, payment.Reversed, payment.NotFound, payment.Failed:
		return true
	}
	return false
}

// verdict joins the answer of a cancel with that of the query after it. known
// is false when they do not prove where the money is.
//
// A cancel without an answer proves nothing, whatever the query says: a paid
// order may still be on its way back.
func verdict(cancelled, truth payment.Result) (to payment.State, known bool) {
	switch cancelled {
	case payment.Closed:
		switch truth {
		case payment.Closed, payment.NotFound, payment.Failed:
			return payment.StateClosed, true
		case payment.Reversed:
			return payment.StateReversed, true
		}
	case payment.Reversed:
		if truth == payment.Reversed || truth == payment.Closed { // a full refund reads as closed
			return payment.StateReversed, true
		}
	case payment.NotFound:
		switch truth {
		case payment.NotFound, payment.Closed, payment.Failed:
			return payment.StateClosed, true
		case payment.Reversed:
			return payment.StateReversed, true
		}
	case payment.Failed: // the channel will not cancel: the query is the truth
		switch truth {
		case payment.Paid:
			return payment.StatePaid, true
		case payment.Closed, payment.Failed, payment.NotFound:
			return payment.StateClosed, true
		case payment.Reversed:
			return payment.StateReversed, true
		}
	}
	return "", false
}

// askCancel writes the wish to cancel down before anything is sent.
func (a *attempt) askCancel() bool {
	a.mu.Lock()
	already, wanted := a.tender.CancelAsked, a.wanted
	state := a.tender.State
	a.mu.Unlock()
	if already {
		return true
	}
	who := "timeout"
	if wanted {
		who = "cashier"
	}
	if state == payment.StateCreated {
		state = payment.StateUnknown
	}
	yes := true
	return a.write(data.Move{To: state, CancelAsked: &yes,
		Events: []data.NewEvent{{Kind: data.EventCancelAsked, Detail: who}}})
}

// noteCancel counts the cancel and says so when it had no result.
func (a *attempt) noteCancel(o payment.Outcome) bool {
	_, t := a.snapshot()
	m := data.Move{To: t.State, AddCancels: 1}
	if !definite(o.Result) {
		m.To = payment.StateUnknown
		m.Code = o.Code
		if t.Cancels == 0 {
			m.Events = []data.NewEvent{{Kind: data.EventCancelUnknown, Detail: o.Code}}
		}
	}
	return a.write(m)
}

// settle writes the end of a cancelled tender.
func (a *attempt) settle(to payment.State, truth payment.Outcome) {
	m := data.Move{To: to, TradeNo: truth.TradeNo, Payer: truth.Payer, PaidAt: truth.PaidAt, AddQueries: 1}
	kind := data.EventClosed
	switch to {
	case payment.StatePaid:
		kind = data.EventPaid
	case payment.StateReversed:
		kind, m.Reason = data.EventReversed, a.cancelReason()
	default:
		m.Reason = a.cancelReason()
	}
	_, t := a.snapshot()
	m.Events = []data.NewEvent{{Kind: kind, Amount: t.Amount}}
	a.write(m)
}

// cancelReason tells the cashier's wish from the end of the time.
func (a *attempt) cancelReason() payment.Reason {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.wanted {
		return payment.ReasonCancelled
	}
	return payment.ReasonTimeout
}

// Cancel ends an open payment: the channel is asked to cancel and the result
// confirmed, in the background. A payment that is final already stays as it is.
func (t *Till) Cancel(ctx context.Context, tenderID int64) (Payment, error) {
	a, ok := t.attempt(tenderID)
	if !ok {
		return t.Payment(ctx, tenderID)
	}
	a.mu.Lock()
	a.wanted = true
	p := a.viewLocked()
	a.mu.Unlock()
	a.poke()
	t.notify(p)
	return p, nil
}

// QueryNow asks the channel at once instead of at the next turn.
func (t *Till) QueryNow(tenderID int64) {
	if a, ok := t.attempt(tenderID); ok {
		a.poke()
	}
}

// Park puts an open payment aside so that the next customer can be served. It
// goes on in the background; its result is shown when it comes.
func (t *Till) Park(ctx context.Context, tenderID int64) error {
	a, ok := t.attempt(tenderID)
	if !ok {
		return nil // it has just become final: nothing to put aside
	}
	a.mu.Lock()
	already := a.tender.Parked
	a.watched = false
	a.mu.Unlock()
	if already {
		return nil
	}
	yes := true // and no state: the payment goes on meanwhile
	_, err := a.move(ctx, data.Move{Parked: &yes, Events: []data.NewEvent{{Kind: data.EventParked}}})
	return ledgerProblem(err)
}

func (t *Till) attempt(tenderID int64) (*attempt, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a, ok := t.live[tenderID]
	return a, ok
}
