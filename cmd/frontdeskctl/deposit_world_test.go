package main

import (
	"maps"

	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// deposit is what the program told about one.
func (w *world) deposit(r result) depositJSON {
	w.Helper()
	return decode[depositJSON](w, r.out)
}

// auditDeposits wants every deposit and step to the fen as the simulator has
// it. It takes the trades of captures off the truth's orders, and returns what
// the shop has out of deposits.
func (w *world) auditDeposits(s *shop.Shop, truth paysim.Truth) (net payment.Amount) {
	w.Helper()
	list, sums, err := s.Books.Deposits(w.Context(), data.DepositFilter{Limit: 1_000_000})
	check(w, err)
	left := payment.Amount(0)
	for _, row := range list {
		d, err := s.Books.Deposit(w.Context(), row.ID)
		check(w, err)
		if d.Captured+d.Released > d.Held || d.Refunded > d.Captured {
			w.Errorf("deposit %s gave out more than it holds: %+v", d.ReceiptNo, d.Deposit)
		}
		if d.Channel != w.way.channel {
			continue
		}
		net += d.Captured - d.Refunded
		left += d.Left()
		w.auditDeposit(d, truth)
		delete(truth.Holds, d.OutOrderNo)
	}
	for no, hold := range truth.Holds {
		if hold.Held > 0 {
			w.Errorf("hold %s is not in the ledger", no)
		}
	}
	if left != truth.Rest() || sums.Unknown != 0 {
		w.Errorf("the ledger holds %s with %d unknown, the simulator %s", left, sums.Unknown, truth.Rest())
	}
	all, err := s.Books.DepositTotals(w.Context(), "2000-01-01", "2999-12-31")
	check(w, err)
	if all.OpeningHeld != 0 || all.Taken-all.Captured-all.Released != all.ClosingHeld || all.ClosingHeld != sums.Left {
		w.Errorf("the days add up to %+v, %s is held", all, sums.Left)
	}
	return net
}

func (w *world) auditDeposit(d data.DepositDetail, all paysim.Truth) {
	w.Helper()
	truth, held, released := all.Holds[d.OutOrderNo], d.Held, d.Released
	if d.Hold == payment.StateReversed && d.Held == 0 { // the cancel gave it free before the ledger had it
		held, released = d.Amount, d.Amount
	}
	if !d.Hold.Final() || truth.Held != held || truth.Captured != d.Captured || truth.Released != released {
		w.Errorf("deposit %s is %s with %s held, %s captured, %s released; the truth is %s, %s, %s and %s",
			d.OutOrderNo, d.Hold, held, d.Captured, released, truth.State, truth.Held, truth.Captured, truth.Released)
	}
	captures, releases := map[string]payment.Amount{}, map[string]payment.Amount{}
	for _, s := range d.Steps {
		w.auditNumber(s.Number)
		if !s.State.Final() {
			w.Errorf("%s %s is still %s", s.Kind, s.Number, s.State)
		}
		no := w.stepNo(d, s)
		if s.Kind == data.StepCapture {
			w.auditCapture(s, all.Orders[no])
		}
		switch {
		case s.State != payment.RefundDone:
		case s.Kind == data.StepCapture:
			captures[no] = s.Amount
			if s.Rest > 0 {
				releases[""] += s.Rest
			}
		case s.Kind == data.StepRelease && w.way.numbers:
			releases[no] = s.Amount
		case s.Kind == data.StepRelease:
			releases[""] += s.Amount
		}
	}
	for _, s := range d.Steps {
		delete(all.Orders, w.stepNo(d, s))
	}
	if d.Hold == payment.StatePaid && (!maps.Equal(captures, truth.Captures) || !maps.Equal(releases, truth.Releases)) {
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

func (w *world) auditCapture(s data.Step, order paysim.OrderTruth) {
	w.Helper()
	done := payment.Amount(0)
	if s.State == payment.RefundDone {
		done = s.Amount
	}
	if order.Charged != done || order.Refunded != s.Refunded {
		w.Errorf("capture %s is %s with %s refunded; the truth is %s and %s", s.Number, s.State, s.Refunded, order.Charged, order.Refunded)
	}
}
