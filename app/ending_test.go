package app_test

import (
	"maps"
	"slices"
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// ending is how a scenario of the simulator has to end in the ledger.
type ending struct {
	state  payment.State
	reason payment.Reason
	seen   app.Phase // a phase that the screen must have shown on the way
	soon   bool      // nobody will pay: let the time limit come soon
}

var endings = map[int]ending{
	1:  {state: payment.StatePaid},
	2:  {state: payment.StatePaid, seen: app.PhaseWaiting},
	3:  {state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseCancelling, soon: true},
	4:  {state: payment.StateFailed, reason: payment.ReasonBalance},
	5:  {state: payment.StateFailed, reason: payment.ReasonCodeInvalid},
	6:  {state: payment.StatePaid, seen: app.PhaseUnknown},
	7:  {state: payment.StatePaid, seen: app.PhaseUnknown},
	8:  {state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown, soon: true},
	9:  {state: payment.StatePaid, seen: app.PhaseUnknown},
	10: {state: payment.StatePaid, seen: app.PhaseUnknown},
	11: {state: payment.StatePaid},
	12: {state: payment.StateReversed, reason: payment.ReasonTimeout, seen: app.PhaseCancelling, soon: true},
	13: {state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown, soon: true},
	14: {state: payment.StatePaid},
}

// byCode is how a scanned code ends on this way. Where nothing is cancelled, who
// cannot decide in time is called unknown and then pays, or the wallet ends it.
func (on way) byCode(n int) ending {
	e := endings[n]
	switch {
	case !on.noCancel:
	case n == 12:
		e = ending{state: payment.StatePaid, seen: app.PhaseWaiting}
	case e.soon:
		e.seen = app.PhaseUnknown
	}
	return e
}

// byQR is how a QR ends on this way. Nobody waits for the time limit of who does
// not pay: the cashier cancels. Only Alipay's cancel gives back what was paid in
// that moment.
func (on way) byQR(n int) ending {
	e := endings[n]
	if e.soon {
		e.reason = payment.ReasonCancelled
	}
	if e.seen == app.PhaseWaiting {
		e.seen = app.PhaseQRScanned
	}
	if n == 12 && on.channel != payment.Alipay {
		e.state, e.reason = payment.StatePaid, payment.ReasonNone
	}
	if e.seen == app.PhaseQRScanned && !on.tellsQR {
		e.seen = app.PhaseQR
	}
	return e
}

// refused is how a call ends that the channel refused.
func (on way) refused(of call) ending {
	return ending{state: payment.StateFailed, reason: on.noes[of].why}
}

// lost is how a request ends that did not arrive.
var lost = ending{state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown}

func (e ending) check(w *world, p app.Payment) {
	w.Helper()
	if p.Tender.State != e.state || p.Tender.Reason != e.reason {
		w.Errorf("ended %s because of %q, want %s because of %q", p.Tender.State, p.Tender.Reason, e.state, e.reason)
	}
	if e.seen != "" && !w.saw(p, e.seen) {
		w.Errorf("the screen never showed %s, only %s", e.seen, w.phases[p.Tender.ID])
	}
	if p.Tender.State == payment.StatePaid && (p.Tender.TradeNo == "" || p.Sale.Paid != p.Tender.Amount) {
		w.Errorf("paid with trade number %q, the sale has %s of %s", p.Tender.TradeNo, p.Sale.Paid, p.Tender.Amount)
	}
}

// checkHold is check for a deposit: held stands for paid.
func (e ending) checkHold(w *world, d app.Deposit) {
	w.Helper()
	if d.Hold != e.state || d.Reason != e.reason {
		w.Errorf("ended %s because of %q, want %s because of %q", d.Hold, d.Reason, e.state, e.reason)
	}
	if e.seen != "" && !w.sawHold(d, e.seen) {
		w.Errorf("the screen never showed %s, only %s", e.seen, w.holdPhases[d.ID])
	}
	want := data.Deposit{State: data.DepositFailed}
	switch e.state {
	case payment.StatePaid:
		want = data.Deposit{State: data.DepositHeld, Held: d.Amount}
	case payment.StateClosed:
		want.State = data.DepositClosed
	case payment.StateReversed:
		want.State = data.DepositReleased
	}
	if d.State != want.State || d.Held != want.Held || d.Attention != data.AttentionNone {
		w.Errorf("the deposit is %s with %s held and attention %q", d.State, d.Held, d.Attention)
	}
	if e.state == payment.StatePaid && (d.HeldAt.IsZero() || (d.Payer == "") == w.way.guests) {
		w.Errorf("held by %q at %s", d.Payer, d.HeldAt)
	}
}

// The tables know every scenario, and keep what the simulator keeps.
func TestAnEndingIsKnownOfEveryScenario(t *testing.T) {
	var numbers []int
	for _, s := range paysim.Scenarios {
		numbers = append(numbers, s.Number)
		for _, on := range ways {
			if e := on.byCode(s.Number); paysim.KeptAt(on.channel, s.Number, false) != (e.state == payment.StatePaid) {
				t.Errorf("%s: a code of scenario %d ends %s", on.name, s.Number, e.state)
			}
			if e := on.byQR(s.Number); s.QR && paysim.KeptAt(on.channel, s.Number, true) != (e.state == payment.StatePaid) {
				t.Errorf("%s: a QR of scenario %d ends %s", on.name, s.Number, e.state)
			}
		}
	}
	if known := slices.Sorted(maps.Keys(endings)); !slices.Equal(known, numbers) {
		t.Errorf("endings are known of %v, there are the scenarios %v", known, numbers)
	}
}
