package app_test

import (
	"errors"
	"sync"
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// together runs act n times at once.
func together(n int, act func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { act(i) })
	}
	wg.Wait()
}

// The receptionist presses twice, the scanner's trigger sticks: one deposit.
func TestOneDraftIsOneDeposit(t *testing.T) {
	for name, hold := range map[string]func(w *world, o app.HoldOrder, code string) (app.Deposit, error){
		"code": func(w *world, o app.HoldOrder, code string) (app.Deposit, error) {
			return w.till.HoldByCode(w.Context(), o, code)
		},
		"QR": func(w *world, o app.HoldOrder, _ string) (app.Deposit, error) {
			return w.till.HoldQR(w.Context(), o, "")
		},
		"cash": func(w *world, o app.HoldOrder, _ string) (app.Deposit, error) {
			return w.till.HoldCash(w.Context(), o, 60000)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, alipayDirect, patience, paysim.Options{})
			order, code := holdOrder(50000), w.code(2)
			together(5, func(int) {
				if _, err := hold(w, order, code); err != nil {
					t.Errorf("pressed again: %v", err)
				}
			})
			all := w.allDeposits()
			if len(all) != 1 {
				t.Fatalf("one draft made %d deposits", len(all))
			}
			if name == "QR" {
				check(t, w.sim.ScanQR(w.shown(all[0].ID), 1))
			}
			if d := w.finishHold(app.Deposit{Deposit: all[0]}); d.Hold != payment.StatePaid {
				t.Errorf("the hold ended %s", d.Hold)
			}
			again, err := hold(w, order, code) // once it is held, it is not taken again
			if err != nil || again.ID != all[0].ID || len(w.allDeposits()) != 1 {
				t.Errorf("afterwards: deposit %d, %v", again.ID, err)
			}
			w.audit()
		})
	}
}

// shown waits for the QR of a deposit.
func (w *world) shown(id int64) (text string) {
	w.Helper()
	waitFor(w.T, func() bool {
		d, err := w.till.Deposit(w.Context(), id)
		check(w, err)
		text = d.QRText
		return text != ""
	})
	return text
}

// While a hold of a draft is open, another code waits; after it failed, the
// same draft is tried again under a number of its own.
func TestADraftIsTriedAgainOnlyAfterItFailed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, alipayDirect, patience, paysim.Options{})
	order := holdOrder(50000)
	first, err := w.till.HoldByCode(t.Context(), order, w.code(13))
	check(t, err)
	_, err = w.till.HoldByCode(t.Context(), order, w.code(1))
	w.problem(err, app.ProblemPaymentOpen)
	_, err = w.till.HoldQR(t.Context(), order, "")
	w.problem(err, app.ProblemPaymentOpen)
	_, err = w.till.CancelHold(t.Context(), first.ID)
	check(t, err)
	if end := w.finishHold(first); end.Hold != payment.StateClosed {
		t.Fatalf("the first hold ended %s", end.Hold)
	}
	second, err := w.till.HoldByCode(t.Context(), order, w.code(1))
	check(t, err)
	if end := w.finishHold(second); end.Hold != payment.StatePaid || end.ID == first.ID || end.OutOrderNo == first.OutOrderNo {
		t.Errorf("the second hold ended %s as deposit %d after %d", end.Hold, end.ID, first.ID)
	}
	w.audit()
}

// The same dialog confirmed several times is one step.
func TestOneDraftIsOneStep(t *testing.T) {
	type start = func(w *world, id, captured int64, draft string) (app.DepositStep, error)
	for name, c := range map[string]struct {
		start                        start
		captured, released, refunded payment.Amount // beside the 100.00 that were captured before
	}{
		"capture": {func(w *world, id, _ int64, draft string) (app.DepositStep, error) {
			return w.till.Capture(w.Context(), app.CaptureOrder{Draft: draft, DepositID: id, Amount: 10001, KeepRest: true})
		}, 10001, 0, 0},
		"release of a part": {func(w *world, id, _ int64, draft string) (app.DepositStep, error) {
			return w.till.Release(w.Context(), app.ReleaseOrder{Draft: draft, DepositID: id, Amount: 10001})
		}, 0, 10001, 0},
		"release of all": {func(w *world, id, _ int64, draft string) (app.DepositStep, error) {
			return w.till.Release(w.Context(), app.ReleaseOrder{Draft: draft, DepositID: id})
		}, 0, 40000, 0},
		"refund": {func(w *world, id, captured int64, draft string) (app.DepositStep, error) {
			return w.till.RefundCapture(w.Context(), app.CaptureRefund{Draft: draft, DepositID: id, StepID: captured, Amount: 1001, Reason: "x"})
		}, 0, 0, 1001},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, alipayDirect, patience, paysim.Options{})
			d := w.rested(50000)
			captured := w.capture(d, 10000, true)
			draft := newDraft()
			press := func(int) {
				if _, err := c.start(w, d.ID, captured.ID, draft); err != nil {
					t.Errorf("pressed again: %v", err)
				}
			}
			together(5, press)
			waitFor(t, func() bool { return len(w.till.OpenSteps()) == 0 })
			press(0) // and once more when it is done
			detail := w.depositDetail(d.ID)
			if len(detail.Steps) != 2 {
				t.Errorf("one draft made %d steps", len(detail.Steps)-1)
			}
			w.stands(d.ID, detail.State, 10000+c.captured, c.released, c.refunded)
			w.audit()
		})
	}
}

// Two dialogs of one deposit at once: what they ask for together is more than is
// held, and the second one is told so.
func TestTwoDialogsNeverTakeTheSameMoney(t *testing.T) {
	t.Parallel()
	w := newWorld(t, alipayDirect, patience, paysim.Options{})
	d := w.rested(50000)
	together(6, func(i int) {
		var err error
		if i%2 == 0 {
			_, err = w.till.Capture(t.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 30000, KeepRest: true})
		} else {
			_, err = w.till.Release(t.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID, Amount: 30000})
		}
		if p := (*app.Problem)(nil); err != nil && (!errors.As(err, &p) || (p.Kind != app.ProblemStepOpen && p.Kind != app.ProblemHoldTooMuch)) {
			t.Errorf("the other dialog: %v", err)
		}
	})
	waitFor(t, func() bool { return len(w.till.OpenSteps()) == 0 })
	if detail := w.depositDetail(d.ID); len(detail.Steps) != 1 || detail.Left() != 20000 {
		t.Errorf("%d steps, %s left", len(detail.Steps), detail.Left())
	}
	w.audit()
}

// A refund and a step of a deposit may carry the same draft: dialogs of
// different things know nothing of each other.
func TestDraftsOfRefundsAndStepsKeepApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, alipayDirect, patience, paysim.Options{})
	d, p, draft := w.rested(50000), w.finish(w.scan(9900, 1)), newDraft()
	refunds, err := w.till.GiveBack(t.Context(), app.RefundOrder{Draft: draft, SaleID: p.Sale.ID, Amount: 300, Reason: "x"})
	check(t, err)
	s, err := w.till.Capture(t.Context(), app.CaptureOrder{Draft: draft, DepositID: d.ID, Amount: 13800})
	check(t, err)
	if r, s := w.finishRefund(refunds[0].ID), w.finishStep(s); r.State != payment.RefundDone || s.Kind != data.StepCapture || s.State != payment.RefundDone {
		t.Errorf("refund %s, %s %s", r.State, s.Kind, s.State)
	}
	w.audit()
}
