package app

import (
	"context"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// line is a row of the ledger that an attempt brings to its end: the tender of
// a sale, or the hold of a deposit. What is done about both is the same.
type line interface {
	// row is the line as the ledger holds it.
	row() row
	// asker is the line's channel as it is set up now; ok is false when it is not.
	asker() (a asker, ok bool)
	// move commits m and takes over what the ledger then holds.
	move(ctx context.Context, m data.Move) error
	// show tells the watchers how the line stands.
	show(g glance)
	// givenBackHere reports whether the till itself has begun to give the
	// line's money back, or cannot tell.
	givenBackHere(ctx context.Context) bool
}

// row is what an attempt needs to know of its line.
type row struct {
	channel     payment.ChannelName
	method      payment.Method
	state       payment.State
	order       payment.Order
	cancelAsked bool
	cancels     int
	createdAt   time.Time
}

// asker is what a channel does for an attempt after the first call.
type asker interface {
	Policy() payment.Policy
	Query(ctx context.Context, o payment.Order) payment.Outcome
	Cancel(ctx context.Context, o payment.Order) payment.Outcome
}

// glance is what an attempt knows beside the ledger.
type glance struct {
	started   time.Time
	qrText    string // what the QR holds, while one is shown
	scanned   bool   // the payer scanned the QR
	wanted    bool   // somebody asked for the cancel and it is not written down yet
	offline   bool
	resumed   bool
	trouble   *Problem
	uncounted int // queries not yet written to the ledger
}

// phase is what is shown of a line in state with this glance.
func (g glance) phase(r row) Phase {
	p := phaseOf(r.state, r.cancelAsked)
	if p == PhaseWaiting && r.method == payment.MethodQR && g.qrText != "" {
		p = PhaseQR
		if g.scanned {
			p = PhaseQRScanned
		}
	}
	if g.wanted && !p.Final() && p != PhaseUnknown {
		p = PhaseCancelling
	}
	return p
}

// deadline is when the line is cancelled by itself; zero once that is wanted,
// and for a line that is never cancelled.
func (g glance) deadline(r row, policy payment.Policy) time.Time {
	if r.state.Final() || r.cancelAsked || g.wanted || neverCancelled(r, policy) {
		return time.Time{}
	}
	return g.started.Add(limitOf(r, policy))
}

// dueAt is when the time of a line that is never cancelled is over; zero for
// others.
func (g glance) dueAt(r row, policy payment.Policy) time.Time {
	if r.state.Final() || !neverCancelled(r, policy) {
		return time.Time{}
	}
	return g.started.Add(limitOf(r, policy))
}

// overdue reports that the time of a line that is never cancelled is over: it
// is asked about on and on, and a person looks into the channel's back office.
func (g glance) overdue(r row, policy payment.Policy) bool {
	return !r.state.Final() && neverCancelled(r, policy) && time.Since(g.started) >= limitOf(r, policy)
}

// neverCancelled reports a line whose channel takes no cancel from here.
func neverCancelled(r row, p payment.Policy) bool {
	return p.NoCancel && r.method == payment.MethodCode
}

// limitOf is how long the payer has.
func limitOf(r row, p payment.Policy) time.Duration {
	if r.method == payment.MethodQR {
		return p.QRTimeout
	}
	return p.PayTimeout
}
