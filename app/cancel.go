package app

import (
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
		ch, ok := a.line.asker()
		if !ok {
			if !a.till.sleep(missingChannelWait, a.wake) {
				return
			}
			continue
		}
		if !definite(cancelled) {
			o := ch.Cancel(a.till.ctx, a.line.row().order)
			if a.till.ctx.Err() != nil {
				return
			}
			a.till.atStep(StepCancelled)
			a.heard(o)
			if cancelled = o.Result; !a.noteCancel(o) {
				return
			}
		}
		truth := ch.Query(a.till.ctx, a.line.row().order)
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
	r := a.line.row()
	if r.cancelAsked {
		return true
	}
	wanted, state := a.glance().wanted, r.state
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
	r := a.line.row()
	m := data.Move{To: r.state, AddCancels: 1}
	if !definite(o.Result) {
		m.To = payment.StateUnknown
		m.Code = o.Code
		if r.cancels == 0 {
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
		kind, m.Discount = data.EventPaid, truth.Discount
	case payment.StateReversed:
		kind, m.Reason = data.EventReversed, a.cancelReason()
	default:
		m.Reason = a.cancelReason()
	}
	m.Events = []data.NewEvent{{Kind: kind, Amount: a.line.row().order.Amount}}
	a.write(m)
}

// cancelReason tells the cashier's wish from the end of the time.
func (a *attempt) cancelReason() payment.Reason {
	if a.glance().wanted {
		return payment.ReasonCancelled
	}
	return payment.ReasonTimeout
}
