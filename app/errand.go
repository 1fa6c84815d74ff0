package app

import (
	"context"
	"errors"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// errand is an operation on money that the ledger holds already, under a number
// of its own: a refund, or a step of a deposit. Sending it again under the same
// number moves no more money, so it is pursued until the channel says done or no.
type errand interface {
	// send carries the operation out, ask asks what became of it; both report
	// false while the channel is not set up.
	send(ctx context.Context) (payment.StepOutcome, bool)
	ask(ctx context.Context) (payment.StepOutcome, bool)
	// whose is the channel that does it.
	whose() payment.ChannelName
	// pauses are the waits between two questions while it has no result; the
	// last one repeats.
	pauses() []time.Duration
	// record writes down what the channel said.
	record(out payment.StepOutcome, offline bool) error
}

// The rhythm of a refund without a result. The first pause is the ten seconds
// that Alipay wants between a refund and its query (alipay.trade.fastpay.
// refund.query), and more than the three seconds between two refunds of a trade.
var refundPauses = []time.Duration{10 * time.Second, 15 * time.Second, 30 * time.Second, time.Minute}

// The rhythm of a capture or release without a result: a guest stands at the
// desk, so it begins like that of a payment.
var stepPauses = []time.Duration{3 * time.Second, 3 * time.Second, 5 * time.Second, 10 * time.Second, 30 * time.Second, time.Minute}

// pursue sends the errand and asks about it until the channel says done or no,
// or until the till closes. Unless the channel knows the number, the same
// request is sent again, also when the question itself had no answer. A resumed
// errand is asked about first. doubtful is true for a no after an earlier try
// without an answer; see doubt.
func (t *Till) pursue(e errand, resumed bool) (doubtful bool) {
	ask := resumed
	for try := 0; ; try++ {
		out, ok := t.turn(e, ask)
		if t.ctx.Err() != nil {
			return false
		}
		pause := missingChannelWait
		if ok {
			t.atStep(StepRefundAnswered)
			if !t.write(e, out) || out.State.Final() {
				return ask && out.State == payment.RefundRefused
			}
			ask = true
			pause = t.pause(e.pauses(), try)
		}
		if !t.sleep(pause, nil) {
			return false
		}
	}
}

// doubtPauses are the waits before the questions that doubt asks.
var doubtPauses = []time.Duration{15 * time.Second, time.Minute, 3 * time.Minute, 10 * time.Minute}

// doubt asks a few times more about an errand that the channel refused, although
// an earlier try may still have been on its way, which the channel then carries
// out: the money has moved after all, and the ledger has to say so.
func (t *Till) doubt(e errand) {
	for i := range doubtPauses {
		if !t.sleep(t.pause(doubtPauses[i:], 0), nil) {
			return
		}
		if out, ok := e.ask(t.ctx); ok && out.State == payment.RefundDone && t.ctx.Err() == nil {
			t.log.Warn("done although it had been refused")
			t.write(e, out)
			return
		}
	}
}

// pause is the wait before the next question, unless others are set.
func (t *Till) pause(usual []time.Duration, try int) time.Duration {
	if set := t.current().pauses; len(set) > 0 {
		usual = set
	}
	return usual[min(try, len(usual)-1)]
}

// turn makes one question, or one try, or both.
func (t *Till) turn(e errand, ask bool) (payment.StepOutcome, bool) {
	if ask {
		out, ok := e.ask(t.ctx)
		if !ok || out.State.Final() || out.Found || t.ctx.Err() != nil {
			return out, ok
		}
	}
	return e.send(t.ctx)
}

// write has the errand record an answer, again and again while the ledger
// cannot be written. It reports whether the till goes on.
func (t *Till) write(e errand, out payment.StepOutcome) bool {
	offline := out.State == payment.RefundUnknown && isOffline(out.Detail)
	t.heard(e.whose(), out.State.Final() || out.Found, offline)
	for {
		err := e.record(out, offline)
		if err == nil {
			if out.State.Final() {
				t.atStep(StepRefundSettled)
			}
			return t.ctx.Err() == nil
		}
		t.log.Error("an answer cannot be written", "state", out.State, "err", err)
		if never(err) || !t.sleep(ledgerWait, nil) {
			return false
		}
	}
}

// never reports an error of the ledger that comes again however often it is
// tried: what it should write contradicts what it holds.
func never(err error) bool {
	for _, kind := range []error{data.ErrTransition, data.ErrOpenStep, data.ErrHoldTooMuch, data.ErrRefundTooMuch} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// stepOf is a refund's outcome in the terms of every errand.
func stepOf(o payment.RefundOutcome) payment.StepOutcome {
	return payment.StepOutcome{State: o.State, Found: o.Found, Waiting: o.Waiting, Reason: o.Reason, Code: o.Code, Detail: o.Detail, Discount: o.Discount}
}
