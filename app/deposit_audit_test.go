package app_test

import (
	"maps"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// auditDeposits compares every deposit with the simulator's truth, hold by hold
// and step by step, to the fen. It takes the trades of captures off the truth's
// orders, and returns what the shop has out of deposits at the channel.
func (w *world) auditDeposits(truth paysim.Truth) (net payment.Amount) {
	w.Helper()
	openHolds, err := w.ledger.OpenHolds(w.Context())
	check(w, err)
	openSteps, err := w.ledger.OpenSteps(w.Context())
	check(w, err)
	if len(openHolds)+len(openSteps) > 0 {
		w.Errorf("left open: holds %+v, steps %+v", openHolds, openSteps)
	}
	for _, d := range w.allDeposits() {
		within(w.T, d)
		if d.Channel == payment.Cash {
			continue
		}
		net += d.Captured - d.Refunded
		w.auditHold(w.depositDetail(d.ID), truth)
		delete(truth.Holds, d.OutOrderNo)
	}
	for no, hold := range truth.Holds {
		if hold.Held > 0 {
			w.Errorf("hold %s (%s, %s) is not in the ledger", no, hold.State, hold.Held)
		}
	}
	sum, err := w.ledger.DepositTotalsOf(w.Context(), w.way.channel, "2000-01-01", "2999-12-31")
	check(w, err)
	if sum.OpeningHeld != 0 || sum.Taken-sum.Captured-sum.Released != sum.ClosingHeld || sum.ClosingHeld != truth.Rest() || sum.Captured != truth.Captured ||
		sum.Captured-sum.Refunded != net || sum.Unknown != 0 {
		w.Errorf("the sums are %+v; the truth has %s captured and %s set aside", sum, truth.Captured, truth.Rest())
	}
	return net
}

func (w *world) auditHold(d data.DepositDetail, all paysim.Truth) {
	w.Helper()
	truth := all.Holds[d.OutOrderNo]
	held, released := d.Held, d.Released
	if d.Hold == payment.StateReversed && d.Held == 0 { // the cancel gave it free before the ledger had it
		held, released = d.Amount, d.Amount
	}
	if truth.Held != held || truth.Captured != d.Captured || truth.Released != released || truth.Rest != d.Left() {
		w.Errorf("deposit %s is %s with %s held, %s captured, %s released; the truth is %s, %s, %s and %s",
			d.OutOrderNo, d.Hold, held, d.Captured, released, truth.State, truth.Held, truth.Captured, truth.Released)
	}
	if d.Hold == payment.StatePaid && (d.AuthNo != truth.AuthNo || d.AuthNo == "") {
		w.Errorf("deposit %s has the number %q; the truth has %q", d.OutOrderNo, d.AuthNo, truth.AuthNo)
	}
	captures, releases, rest := map[string]payment.Amount{}, map[string]payment.Amount{}, payment.Amount(0)
	for _, s := range d.Steps {
		w.auditNumber(s.Number)
		no := w.stepNo(d, s)
		switch {
		case s.State != payment.RefundDone:
			if s.Kind == data.StepCapture && w.way.numbers {
				w.auditCapture(d, s, all.Orders[no])
			}
		case s.Kind == data.StepCapture:
			w.auditCapture(d, s, all.Orders[no])
			captures[no], rest = s.Amount, rest+s.Rest
		case s.Kind == data.StepRelease && w.way.numbers:
			releases[no] = s.Amount
		case s.Kind == data.StepRelease:
			rest += s.Amount
		}
	}
	for _, s := range d.Steps {
		delete(all.Orders, w.stepNo(d, s))
	}
	if d.Hold == payment.StateReversed {
		return // what the channel gave free by itself has numbers of its own
	}
	if rest > 0 {
		releases[""] = rest
	}
	if !maps.Equal(captures, orNone(truth.Captures)) || !maps.Equal(releases, orNone(truth.Releases)) {
		w.Errorf("deposit %s has the captures %v and releases %v; the truth %v and %v", d.OutOrderNo, captures, releases, truth.Captures, truth.Releases)
	}
}

// stepNo is what the channel calls a step: the deposit itself, where steps have no
// numbers of their own.
func (w *world) stepNo(d data.DepositDetail, s data.Step) string {
	if w.way.numbers || s.Kind == data.StepRefund {
		return s.Number
	}
	return d.OutOrderNo
}

func orNone(m map[string]payment.Amount) map[string]payment.Amount {
	if m == nil {
		return map[string]payment.Amount{}
	}
	return m
}

// auditCapture compares a capture and its refunds with the trade that it made.
func (w *world) auditCapture(d data.DepositDetail, s data.Step, truth paysim.OrderTruth) {
	w.Helper()
	charged, trade := payment.Amount(0), truth.TradeNo
	if s.State == payment.RefundDone {
		charged = s.Amount
	}
	if !w.way.numbers {
		trade = ""
	}
	if truth.Charged != charged || truth.Refunded != s.Refunded || (charged > 0 && (truth.Hold != d.OutOrderNo || trade != s.TradeNo)) {
		w.Errorf("capture %s of %s is %s with %s refunded; the truth is %s with %s and %s, trade %q of %q",
			s.Number, s.Amount, s.State, s.Refunded, truth.State, truth.Charged, truth.Refunded, truth.TradeNo, s.TradeNo)
	}
	for _, r := range d.Steps {
		if r.OfStep != s.ID {
			continue
		}
		want := payment.Amount(0)
		if r.State == payment.RefundDone {
			want = r.Amount
		}
		if truth.Refunds[r.Number] != want {
			w.Errorf("refund %s is %s with %s; the truth is %s", r.Number, r.State, r.Amount, truth.Refunds[r.Number])
		}
	}
}
