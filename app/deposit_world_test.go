package app_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// holdOrder is a guest's deposit.
func holdOrder(amount payment.Amount) app.HoldOrder {
	return app.HoldOrder{Draft: newDraft(), Amount: amount, Room: "306", Guest: "王磊", Phone: "139 1234 0066", Nights: 2, Remark: "高层"}
}

// hold scans a fresh code of the scenario for a deposit, and does not wait.
func (w *world) hold(amount payment.Amount, scenario int) app.Deposit {
	w.Helper()
	d, err := w.till.HoldByCode(w.Context(), holdOrder(amount), w.sim.FreshCode(scenario))
	check(w, err)
	return d
}

// showHold asks for a QR and waits until it stands on the screen, or until there
// is none to come.
func (w *world) showHold(amount payment.Amount) app.Deposit {
	w.Helper()
	d, err := w.till.HoldQR(w.Context(), holdOrder(amount), "")
	check(w, err)
	waitFor(w.T, func() bool {
		d, err = w.till.Deposit(w.Context(), d.ID)
		check(w, err)
		return d.QRText != "" || d.Phase.Final()
	})
	return d
}

// held is a deposit that stands.
func (w *world) held(amount payment.Amount) app.Deposit {
	w.Helper()
	d := w.finishHold(w.hold(amount, 1))
	if d.Phase != app.PhasePaid {
		w.Fatalf("the deposit is %s", d.Hold)
	}
	return d
}

func (w *world) finishHold(d app.Deposit) app.Deposit {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 20*time.Second)
	defer cancel()
	end, err := w.till.WaitDeposit(ctx, d.ID)
	check(w, err)
	if !end.Phase.Final() {
		w.Fatalf("the hold did not end: phase %s, %s", end.Phase, end.Hold)
	}
	return end
}

func (w *world) sawHold(d app.Deposit, phase app.Phase) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Contains(w.holdPhases[d.ID], phase)
}

// capture takes a part of a deposit and waits for the end.
func (w *world) capture(d app.Deposit, amount payment.Amount, keepRest bool) app.DepositStep {
	w.Helper()
	s, err := w.till.Capture(w.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: amount, KeepRest: keepRest})
	check(w, err)
	return w.finishStep(s)
}

// release gives a part of a deposit free, all of it with 0, and waits for the
// end.
func (w *world) release(d app.Deposit, amount payment.Amount) app.DepositStep {
	w.Helper()
	s, err := w.till.Release(w.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID, Amount: amount, Reason: "退房"})
	check(w, err)
	return w.finishStep(s)
}

// refundCapture gives back of what a capture took and waits for the end.
func (w *world) refundCapture(capture app.DepositStep, amount payment.Amount) app.DepositStep {
	w.Helper()
	s, err := w.till.RefundCapture(w.Context(), app.CaptureRefund{Draft: newDraft(), DepositID: capture.DepositID, StepID: capture.ID, Amount: amount, Reason: "多收"})
	check(w, err)
	return w.finishStep(s)
}

func (w *world) finishStep(s app.DepositStep) app.DepositStep {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 20*time.Second)
	defer cancel()
	end, err := w.till.WaitStep(ctx, s.ID)
	check(w, err)
	if !end.State.Final() {
		w.Fatalf("the %s did not end: %s", end.Kind, end.State)
	}
	return end
}

// stands wants these sums of a deposit in the ledger, in fen.
func (w *world) stands(id int64, state data.DepositState, captured, released, refunded payment.Amount) {
	w.Helper()
	d := w.depositDetail(id)
	if d.State != state || d.Captured != captured || d.Released != released || d.Refunded != refunded {
		w.Errorf("the deposit is %s with %s captured, %s released, %s refunded; want %s with %s, %s, %s",
			d.State, d.Captured, d.Released, d.Refunded, state, captured, released, refunded)
	}
}

func (w *world) depositDetail(id int64) data.DepositDetail {
	w.Helper()
	d, err := w.ledger.DepositByID(w.Context(), id)
	check(w, err)
	return d
}

// allDeposits are those of the whole ledger, oldest first.
func (w *world) allDeposits() []data.Deposit {
	w.Helper()
	list, _, err := w.ledger.Deposits(w.Context(), data.DepositFilter{Limit: 1_000_000, OldestFirst: true})
	check(w, err)
	return list
}

// auditDeposits compares every deposit with the simulator's truth, hold by hold
// and step by step, to the fen. It takes the trades of captures off the truth's
// orders, and returns what the shop has out of deposits at Alipay.
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
	sum, err := w.ledger.DepositTotalsOf(w.Context(), payment.Alipay, "2000-01-01", "2999-12-31")
	check(w, err)
	if sum.OpeningHeld != 0 || sum.Taken-sum.Captured-sum.Released != sum.ClosingHeld || sum.ClosingHeld != truth.Rest() || sum.Captured != truth.Captured ||
		sum.Captured-sum.Refunded != net || sum.Unknown != 0 {
		w.Errorf("the sums are %+v; the truth has %s captured and %s set aside", sum, truth.Captured, truth.Rest())
	}
	return net
}

// within are the rules that hold at every moment.
func within(t *testing.T, d data.Deposit) {
	t.Helper()
	if d.Captured+d.Released > d.Held || d.Refunded > d.Captured || d.Held > d.Amount || d.Left() < 0 || d.Captured < 0 || d.Released < 0 || d.Refunded < 0 {
		t.Errorf("deposit %s: held %s, captured %s, released %s, refunded %s", d.ReceiptNo, d.Held, d.Captured, d.Released, d.Refunded)
	}
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
	if d.Hold == payment.StatePaid && (d.AuthNo != truth.AuthNo || d.AuthNo == "" || d.HoldID == "" || d.PayerID == "") {
		w.Errorf("deposit %s has the numbers %q, %q, %q; the truth has %q", d.OutOrderNo, d.AuthNo, d.HoldID, d.PayerID, truth.AuthNo)
	}
	captures, releases, rest := map[string]payment.Amount{}, map[string]payment.Amount{}, payment.Amount(0)
	for _, s := range d.Steps {
		switch {
		case s.Kind == data.StepCapture:
			w.auditCapture(d, s, all.Orders[s.Number])
			delete(all.Orders, s.Number)
		case s.Kind == data.StepRelease && s.State == payment.RefundDone:
			releases[s.Number] = s.Amount
		}
		if s.Kind == data.StepCapture && s.State == payment.RefundDone {
			captures[s.Number], rest = s.Amount, rest+s.Rest
		}
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

func orNone(m map[string]payment.Amount) map[string]payment.Amount {
	if m == nil {
		return map[string]payment.Amount{}
	}
	return m
}

// auditCapture compares a capture and its refunds with the trade that it made.
func (w *world) auditCapture(d data.DepositDetail, s data.Step, truth paysim.OrderTruth) {
	w.Helper()
	charged := payment.Amount(0)
	if s.State == payment.RefundDone {
		charged = s.Amount
	}
	if truth.Charged != charged || truth.Refunded != s.Refunded || (charged > 0 && (truth.Hold != d.OutOrderNo || truth.TradeNo != s.TradeNo)) {
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
