package app

import (
	"context"
	"errors"
	"net"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// The small steps of an attempt that only touch its own memory.

func (a *attempt) final() bool { return a.line.row().state.Final() }

// glance is what is known beside the ledger, at this moment.
func (a *attempt) glance() glance {
	a.mu.Lock()
	defer a.mu.Unlock()
	return glance{
		started: a.started, qrText: a.qrText, scanned: a.scanned, wanted: a.wanted,
		offline: a.offline, resumed: a.resumed, trouble: a.trouble, uncounted: a.uncounted,
	}
}

// fail shows that the ledger could not be written.
func (a *attempt) fail(p *Problem) {
	a.mu.Lock()
	a.trouble = p
	a.mu.Unlock()
	a.line.show(a.glance())
}

// setQR keeps what the QR holds that is shown now.
func (a *attempt) setQR(text string) {
	a.mu.Lock()
	a.qrText = text
	a.mu.Unlock()
}

// want notes that a person wants the line cancelled.
func (a *attempt) want() {
	a.mu.Lock()
	a.wanted = true
	a.mu.Unlock()
	a.poke()
	a.line.show(a.glance())
}

// unwatch notes that nobody waits for the result at the till any more.
func (a *attempt) unwatch() {
	a.mu.Lock()
	a.watched = false
	a.mu.Unlock()
}

// count keeps a query that changed nothing in memory: a durable write every
// three seconds would say nothing new.
func (a *attempt) count(queries int) {
	a.mu.Lock()
	a.uncounted += queries
	a.mu.Unlock()
	a.line.show(a.glance())
}

func (a *attempt) withCount(m data.Move) data.Move {
	a.mu.Lock()
	defer a.mu.Unlock()
	m.AddQueries += a.uncounted
	return m
}

// setScanned notes that the payer scanned the QR; it reports whether that was
// known before.
func (a *attempt) setScanned() (before bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before, a.scanned = a.scanned, true
	return before
}

// heard keeps what an answer tells about the network.
func (a *attempt) heard(o payment.Outcome) {
	off := o.Result == payment.Unknown && isOffline(o.Detail)
	a.mu.Lock()
	a.offline, a.broken = off, o.Broken
	a.mu.Unlock()
	a.till.heard(a.line.row().channel, o.Result != payment.Unknown, off)
	if o.Detail != nil {
		a.till.log.Info("channel answer", "order", a.line.row().order.OutTradeNo, "result", o.Result, "code", o.Code, "detail", o.Detail)
	}
}

// isOffline tells a broken line from a channel that answered strangely.
func isOffline(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || (errors.As(err, &op) && op.Op == "dial")
}

// mustCancel reports whether the line's time is over, or a cancel is wanted by
// somebody or by the channel.
func (a *attempt) mustCancel(p payment.Policy) bool {
	r := a.line.row()
	if neverCancelled(r, p) {
		return false
	}
	a.mu.Lock()
	wanted := a.wanted || a.broken
	a.mu.Unlock()
	if wanted || r.cancelAsked { // a QR was shown and nothing was charged: it may be closed at any time
		return r.method == payment.MethodQR || time.Since(a.started) >= p.CancelAfter
	}
	return a.timeLeft(p) <= 0
}

// timeLeft is how long the payer may still take.
func (a *attempt) timeLeft(p payment.Policy) time.Duration {
	return limitOf(a.line.row(), p) - time.Since(a.started)
}

// nextQuery is the wait before the next query. The last one is asked right
// before the cancel; a line that is never cancelled is asked about less often
// once its time is over.
func (a *attempt) nextQuery(p payment.Policy) time.Duration {
	left := a.timeLeft(p)
	switch {
	case !neverCancelled(a.line.row(), p):
		return min(p.QueryEvery, left)
	case left > 0:
		return p.QueryEvery
	}
	return overdueFactor * p.QueryEvery
}

// overdueFactor is how much less often an overdue line is asked about.
const overdueFactor = 3

func (a *attempt) poke() { poke(a.wake) }

// waitRest blocks until nothing is going on for the line any more, or until ctx
// ends.
func (a *attempt) waitRest(ctx context.Context) {
	select {
	case <-a.rest:
	case <-ctx.Done():
	}
}
