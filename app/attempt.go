package app

import (
	"context"
	"sync"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// attempt drives one open line to its end: ask in the channel's rhythm, then
// cancel until the channel answers, and write each step down before the next.
type attempt struct {
	till    *Till
	line    line
	started time.Time // monotonic: a changed clock neither shortens nor lengthens a wait
	wake    chan struct{}
	rest    chan struct{} // closed when nothing is going on for the line any more
	writing sync.Mutex    // held from a write until its result is in memory, so that an older one never follows a newer one

	mu        sync.Mutex
	qrText    string
	scanned   bool // the payer scanned the QR
	wanted    bool // somebody asked for the cancel and it is not written down yet
	offline   bool
	resumed   bool
	watched   bool // a person still waits for the result at the till
	broken    bool // the channel says that the payment broke off, and waits for a cancel
	trouble   *Problem
	uncounted int // queries not yet written to the ledger
}

func newAttempt(t *Till, l line) *attempt {
	return &attempt{
		till: t, line: l, started: time.Now(), watched: true,
		wake: make(chan struct{}, 1), rest: make(chan struct{}),
	}
}

// first makes the one call that can move the payer's money. call reports false
// when the channel was switched off meanwhile, so that nothing was sent.
func (a *attempt) first(call func(context.Context) (payment.Outcome, bool)) {
	o, sent := call(a.till.ctx)
	if !sent {
		a.write(data.Move{To: payment.StateFailed, Reason: payment.ReasonMerchantSetup,
			Events: []data.NewEvent{{Kind: data.EventFailed}}})
		return
	}
	a.till.atStep(StepAnswered)
	if a.heard(o); !a.record(o, asked) {
		return
	}
	a.till.atStep(StepRecorded)
	a.ask()
	a.confirm(o)
}

// resume goes on with a line of an earlier run. Nobody knows whether its
// request went out, so it is unknown until the channel answers. end is called
// when nothing more is done in this run.
func (a *attempt) resume(end func()) {
	r := a.line.row()
	a.started = time.Now().Add(-max(0, time.Since(r.createdAt)))
	a.mu.Lock()
	a.resumed, a.watched = true, false
	a.mu.Unlock()
	a.till.spawn(func() {
		defer close(a.rest)
		defer end()
		if !a.write(data.Move{To: payment.StateUnknown, Events: []data.NewEvent{{Kind: data.EventResumed}}}) {
			return
		}
		if r.cancelAsked {
			a.cancelUntilSettled()
			return
		}
		a.ask()
	})
}

// ask queries until there is a result, or until the time or the cashier's
// patience is over: then it cancels, directly after the last query.
func (a *attempt) ask() {
	for !a.final() {
		ch, ok := a.line.asker()
		if !ok { // not set up now: wait for somebody to repair it
			if !a.till.sleep(missingChannelWait, a.wake) {
				return
			}
			continue
		}
		policy := ch.Policy()
		if !a.mustCancel(policy) && !a.till.sleep(a.nextQuery(policy), a.wake) {
			return
		}
		o := ch.Query(a.till.ctx, a.line.row().order)
		if a.till.ctx.Err() != nil {
			return
		}
		a.till.atStep(StepQueried)
		if a.heard(o); !a.record(o, queried) {
			return
		}
		if !a.final() && a.mustCancel(policy) {
			a.cancelUntilSettled()
			return
		}
	}
}

// missingChannelWait is how often an open payment looks whether its channel is
// set up again.
const missingChannelWait = 2 * time.Second

// confirm asks once more after a payment that was paid at the first call: the
// channel's documents allow it to take such an answer back (Alipay 00f7ns).
func (a *attempt) confirm(first payment.Outcome) {
	if first.Result != payment.Paid {
		return
	}
	ch, ok := a.line.asker()
	if !ok {
		return
	}
	o := ch.Query(a.till.ctx, a.line.row().order)
	if o.Result != payment.Reversed && o.Result != payment.Closed {
		return
	}
	if !a.line.givenBackHere(a.till.ctx) { // a trade that we refunded in full reads the same
		a.till.log.Warn("payment taken back by the channel", "order", a.line.row().order.OutTradeNo, "code", o.Code)
		a.write(data.Move{To: payment.StateReversed, Code: o.Code, AddQueries: 1,
			Events: []data.NewEvent{{Kind: data.EventReversed, Detail: o.Code}}})
	}
}

// origin says which call an outcome answers.
type origin int

const (
	asked   origin = iota // the pay or QR call
	queried               // a query
)

// record writes an outcome into the ledger. It reports whether to go on: false
// once the till is closing or the tender is final for another reason.
func (a *attempt) record(o payment.Outcome, from origin) bool {
	r := a.line.row()
	m := data.Move{TradeNo: o.TradeNo, Payer: o.Payer, PaidAt: o.PaidAt, Code: o.Code, Reason: o.Reason}
	if from == queried {
		m.AddQueries = 1
	}
	event := data.EventKind("")
	switch o.Result {
	case payment.Paid:
		m.To, m.Discount, event = payment.StatePaid, o.Discount, data.EventPaid
	case payment.Failed:
		m.To, event = payment.StateFailed, data.EventFailed
	case payment.Closed:
		m.To, event = payment.StateClosed, data.EventClosed
		if m.Reason == payment.ReasonNone { // the wallet or the channel gave the payer up
			m.Reason = a.cancelReason()
		}
	case payment.Reversed:
		m.To, event = payment.StateReversed, data.EventReversed
	case payment.Waiting:
		m.To, event = payment.StatePending, waitingEvent(r, o)
	case payment.NotFound:
		if m.To, event = a.notFound(r); m.To == payment.StateClosed {
			m.Reason = payment.ReasonTimeout
		}
	default:
		m.To, event = payment.StateUnknown, data.EventUnknown
	}
	if r.method == payment.MethodQR && o.Result == payment.Waiting && o.Password && from == queried && !a.setScanned() {
		event = data.EventWaiting
	} else if m.To == r.state {
		event = "" // the same as before: the counter tells
	}
	if event != "" {
		m.Events = []data.NewEvent{{Kind: event, Detail: o.Code, Amount: r.order.Amount}}
	}
	return a.write(m)
}

// notFound is the honest reading of "no such order": a QR that nobody scanned
// yet, or a pay request whose fate is open.
//
// A line that is never cancelled would stay open for ever when its request did
// not arrive. A pay code lives for about a minute, so a request that the channel
// does not know so much later was lost: nothing can come of it any more.
func (a *attempt) notFound(r row) (payment.State, data.EventKind) {
	a.mu.Lock()
	shown := a.qrText != ""
	a.mu.Unlock()
	if r.method == payment.MethodQR && shown {
		return payment.StatePending, data.EventWaiting
	}
	if ch, ok := a.line.asker(); ok && neverCancelled(r, ch.Policy()) && time.Since(a.started) >= a.till.current().lostAfter {
		return payment.StateClosed, data.EventClosed
	}
	return payment.StateUnknown, data.EventUnknown
}

// lostAfter is how long after it was sent a request that the channel still does
// not know counts as lost.
const lostAfter = 10 * time.Minute

func waitingEvent(r row, o payment.Outcome) data.EventKind {
	switch {
	case r.method == payment.MethodQR:
		return data.EventQRShown
	case o.Password:
		return data.EventPassword
	}
	return data.EventWaiting
}

// write commits m, again and again while the ledger cannot be written (a full
// disk): what the channel said must not be lost as long as the program lives.
// It reports whether the till goes on.
func (a *attempt) write(m data.Move) bool {
	if m.To == payment.StatePaid {
		m.Print, m.PrintSkipped = a.printing()
	}
	for {
		r := a.line.row()
		if m.To == r.state && len(m.Events) == 0 && m.CancelAsked == nil && m.Parked == nil && m.AddCancels == 0 {
			a.count(m.AddQueries) // nothing but a counter: kept for the next real write
			return a.till.ctx.Err() == nil
		}
		err := a.move(context.WithoutCancel(a.till.ctx), m)
		if err == nil {
			if a.final() {
				a.till.atStep(StepSettled)
			}
			return a.till.ctx.Err() == nil
		}
		if never(err) {
			a.till.log.Error("impossible move", "order", r.order.OutTradeNo, "from", r.state, "to", m.To, "err", err)
			return false
		}
		a.till.log.Error("ledger cannot be written", "order", r.order.OutTradeNo, "err", err)
		p, _ := ProblemOf(ledgerProblem(err))
		a.fail(p)
		if !a.till.sleep(ledgerWait, nil) {
			return false
		}
	}
}

// move commits m once and takes over what the ledger then holds.
func (a *attempt) move(ctx context.Context, m data.Move) error {
	a.writing.Lock()
	defer a.writing.Unlock()
	if err := a.line.move(ctx, a.withCount(m)); err != nil {
		return err
	}
	a.mu.Lock()
	a.trouble, a.uncounted = nil, 0
	a.mu.Unlock()
	a.line.show(a.glance())
	return nil
}

// ledgerWait is the pause between two tries to write to a ledger that refused.
const ledgerWait = time.Second

// printing decides whether a result still prints by itself: always while the
// cashier looks at it, and for a parked or resumed one only within the age limit.
func (a *attempt) printing() (print, skipped bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	old := time.Since(a.line.row().createdAt) > a.till.current().printAge
	return true, old && (!a.watched || a.resumed)
}
