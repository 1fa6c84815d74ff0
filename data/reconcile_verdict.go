package data

import (
	"frontdesk/payment"
)

// keptBills reports whether the bills of all of these calendar days are kept.
type keptBills func(first, last calendarDay) (bool, error)

// verdict is what became of the comparison of one record with its lines. The
// state is empty where neither side has anything to say.
type verdict struct {
	state  MatchState
	till   payment.Amount
	billed payment.Amount
}

// moved are the lines of one record, added up.
type moved struct {
	in, out           payment.Amount
	timesIn, timesOut int
	span              moneySpan // the first and the last of them
}

func (m *moved) add(b billLine) {
	if b.Kind == payment.BilledPayment {
		m.in += b.Amount
		m.timesIn++
	} else {
		m.out += b.Amount
		m.timesOut++
	}
	if m.span.from.IsZero() || b.At.Before(m.span.from) {
		m.span.from = b.At
	}
	if b.At.After(m.span.to) {
		m.span.to = b.At
	}
}

func (m moved) none() bool { return m.timesIn+m.timesOut == 0 }

func (m moved) net() payment.Amount { return m.in - m.out }

// verdictOfTender compares a tender with its lines: own are its payments and what
// undid them, back those of its refunds.
//
// A tender that is open is open, whatever the bills say. One that is paid has one
// line of its amount. One that is not has none, or lines that cancel each other
// out, refunds counted in or not; else the channel says that it has the money.
// The second of such lines may come with the bill of a later day.
func verdictOfTender(t Tender, own moved, back payment.Amount, kept keptBills) (v verdict, err error) {
	span, paid := t.span()
	paid = paid && t.State == payment.StatePaid
	v.billed = own.net()
	if paid {
		v.till = t.Amount
	}
	switch {
	case t.State.Open():
		v.state = MatchOpen
	case own.none() && paid:
		v.state, err = missing(span, kept)
	case own.none():
	case paid && own.timesIn == 1 && own.timesOut == 0 && own.in == t.Amount:
		v.state = MatchSame
	case paid:
		v.state = MatchDiffers
	case own.net() == 0, own.net() == back:
		v.state = MatchSame
	default:
		if v.state, err = missing(span.with(own.span), kept); v.state == MatchOnlyTill {
			v.state = MatchDiffers
		}
	}
	return v, err
}

// verdictOfRefund compares a refund, or a step of a deposit, with its lines.
func verdictOfRefund(amount payment.Amount, state payment.RefundState, span moneySpan, own moved, kept keptBills) (v verdict, err error) {
	done := state == payment.RefundDone
	if done {
		v.till = amount
	}
	v.billed = max(own.net(), -own.net())
	switch {
	case !state.Final():
		v.state = MatchOpen
	case own.none() && done:
		v.state, err = missing(span, kept)
	case own.none():
	case done && own.timesIn+own.timesOut == 1 && v.billed == amount:
		v.state = MatchSame
	default:
		v.state = MatchDiffers
	}
	return v, err
}

// missing is the state of money that no bill has: open until all bills that
// could have it are kept.
func missing(span moneySpan, kept keptBills) (MatchState, error) {
	all, err := kept(span.days())
	if !all {
		return MatchOpen, err
	}
	return MatchOnlyTill, err
}

// with is a span that has both in it.
func (s moneySpan) with(o moneySpan) moneySpan {
	if o.from.Before(s.from) {
		s.from = o.from
	}
	if o.to.After(s.to) {
		s.to = o.to
	}
	return s
}
