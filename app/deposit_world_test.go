package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// holdOrder is a guest's deposit.
func holdOrder(amount payment.Amount) app.HoldOrder {
	return app.HoldOrder{Draft: newDraft(), Amount: amount, Room: "306", Guest: "王磊", Phone: "139 1234 0066", Nights: 2, Remark: "高层"}
}

// hold scans a fresh code of the scenario for a deposit, and does not wait.
func (w *world) hold(amount payment.Amount, scenario int) app.Deposit {
	w.Helper()
	d, err := w.till.HoldByCode(w.Context(), holdOrder(amount), w.code(scenario))
	check(w, err)
	return d
}

// outlastHolds waits until holds have ended or are overdue, and lets the wallet's
// time run out.
func (w *world) outlastHolds(holds ...app.Deposit) {
	w.Helper()
	if !w.way.noCancel {
		return
	}
	for _, d := range holds {
		waitFor(w.T, func() bool { return w.sawHold(d, app.PhaseUnknown) || w.holdEnded(d) })
	}
	w.outlast()
}

// showHold asks for a QR and waits until it stands on the screen, or until the
// till has given it up.
func (w *world) showHold(amount payment.Amount) app.Deposit {
	w.Helper()
	d, err := w.till.HoldQR(w.Context(), holdOrder(amount), "")
	check(w, err)
	waitFor(w.T, func() bool {
		d, err = w.till.Deposit(w.Context(), d.ID)
		check(w, err)
		return d.QRText != "" || d.CancelAsked || d.Phase.Final()
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

// holdEnded reports whether nothing more will happen to a hold by itself.
func (w *world) holdEnded(d app.Deposit) bool {
	w.Helper()
	now, err := w.till.Deposit(w.Context(), d.ID)
	check(w, err)
	return now.Phase.Final()
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

// within are the rules that hold at every moment.
func within(t *testing.T, d data.Deposit) {
	t.Helper()
	if d.Captured+d.Released > d.Held || d.Refunded > d.Captured || d.Held > d.Amount || d.Left() < 0 || d.Captured < 0 || d.Released < 0 || d.Refunded < 0 {
		t.Errorf("deposit %s: held %s, captured %s, released %s, refunded %s", d.ReceiptNo, d.Held, d.Captured, d.Released, d.Refunded)
	}
}
