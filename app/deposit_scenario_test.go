package app_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// All deposits of one pace stand at the desk at the same time.
func TestEveryScannedScenarioOfAHold(t *testing.T) {
	everyHolder(t, func(t *testing.T, on way) {
		for _, soon := range []bool{false, true} {
			w := newWorld(t, on, paceFor(soon), paysim.Options{})
			holds := map[int]app.Deposit{}
			for _, s := range paysim.Scenarios {
				if on.byCode(s.Number).soon == soon { // as with payments
					d := w.hold(50000, s.Number)
					if d.State != data.DepositPending || d.Room != "306" || d.Guest != "王磊" || d.Nights != 2 {
						t.Errorf("at first %+v", d)
					}
					holds[s.Number] = d
				}
			}
			if soon {
				w.outlastHolds(slices.Collect(maps.Values(holds))...)
			}
			for n, d := range holds {
				w.part(fmt.Sprint("scenario ", n), func() { on.byCode(n).checkHold(w, w.finishHold(d)) })
			}
			w.audit()
		}
	})
}

// At Cloud Pay nobody can close the QR of a deposit: who scanned it and does not
// pay is outlasted, once everybody else is through.
func TestEveryScenarioOfAShownHold(t *testing.T) {
	waysThat(t, func(on way) bool { return on.holds.QR }, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		kept, unpaid := map[int]app.Deposit{}, map[int]app.Deposit{}
		for _, s := range paysim.Scenarios {
			if !s.QR {
				continue
			}
			d := w.showHold(50000)
			check(t, w.sim.ScanQR(d.QRText, s.Number))
			if on.byQR(s.Number).soon { // the receptionist does not wait for the time limit
				if on.tellsQR {
					waitFor(t, func() bool { return w.sawHold(d, app.PhaseQRScanned) })
				}
				_, err := w.till.CancelHold(t.Context(), d.ID)
				check(t, err)
			}
			if on.byQR(s.Number).state == payment.StatePaid {
				kept[s.Number] = d
			} else {
				unpaid[s.Number] = d
			}
		}
		finish := func(holds map[int]app.Deposit) {
			for n, d := range holds {
				w.part(fmt.Sprint("scenario ", n), func() {
					want := on.byQR(n)
					switch {
					case !want.soon || !on.noCancel:
					case want.state == payment.StatePaid:
						want.seen = "" // whether the wish or the payer came first is chance
					default:
						want.seen = app.PhaseUnknown
					}
					want.checkHold(w, w.finishHold(d))
				})
			}
		}
		finish(kept)
		w.outlastHolds(slices.Collect(maps.Values(unpaid))...)
		finish(unpaid)
		w.audit()
	})
}

func TestAHoldThatNobodyScansEndsWithoutMoney(t *testing.T) {
	waysThat(t, func(on way) bool { return on.holds.QR }, func(t *testing.T, on way) {
		for _, survives := range []bool{false, true} {
			w := newWorld(t, on, haste, paysim.Options{QRSurvivesCancel: survives})
			d := w.showHold(50000)
			w.outlastHolds(d)
			ending{state: payment.StateClosed, reason: payment.ReasonTimeout}.checkHold(w, w.finishHold(d))
			w.audit()
		}
	})
}

// withOther is a table of forced steps with the one that is done in order.
func withOther(cases []paysim.StepCase, key string) []paysim.StepCase {
	return append([]paysim.StepCase{{Digit: 0, Key: key, Done: true}}, cases...)
}

// ends wants a step to end as it was forced to; refused is the one that is no.
func (w *world) ends(s app.DepositStep, refused bool) {
	w.Helper()
	switch {
	case s.Deposit.ID != s.DepositID:
		w.Errorf("step of deposit %d comes with deposit %d", s.DepositID, s.Deposit.ID)
	case refused && (s.State != payment.RefundRefused || s.Why == payment.ReasonNone):
		w.Errorf("ended %s because of %q, though it was refused", s.State, s.Why)
	case !refused && (s.State != payment.RefundDone || s.Why != payment.ReasonNone):
		w.Errorf("ended %s because of %q", s.State, s.Why)
	}
}

func TestEveryCaptureCase(t *testing.T) {
	everyHolder(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		for _, c := range withOther(paysim.CaptureCases, "sim.step.capture.other") {
			refused := c.Key == "sim.step.capture.2"
			amount := payment.Amount(13800 + c.Digit)
			w.part(c.Key+" and the rest goes back", func() {
				d := w.held(50000)
				charged := amount
				w.ends(w.capture(d, charged, false), refused)
				if refused { // nothing moved, so the guest can be charged otherwise
					w.stands(d.ID, data.DepositHeld, 0, 0, 0)
					charged = 13800
					w.capture(d, charged, false)
				}
				w.stands(d.ID, data.DepositCaptured, charged, 50000-charged, 0)
				_, err := w.till.Capture(w.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 1})
				w.problem(err, app.ProblemNotHeld)
			})
			w.part(c.Key+" and the rest is kept", func() {
				whole := payment.Amount(50000 + 2*c.Digit) // so that the rest forces nothing
				d, taken := w.held(whole), payment.Amount(0)
				if !on.holds.KeepRest {
					_, err := w.till.Capture(w.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: amount, KeepRest: true})
					w.problem(err, app.ProblemKeepRest)
					w.stands(d.ID, data.DepositHeld, 0, 0, 0)
					return
				}
				for range 2 { // several captures of one deposit keep apart
					w.ends(w.capture(d, amount, true), refused)
					if !refused {
						taken += amount
					}
					w.stands(d.ID, data.DepositHeld, taken, 0, 0)
				}
				_, err := w.till.Capture(w.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: whole + 1 - taken})
				w.problem(err, app.ProblemHoldTooMuch)
				w.release(d, 0)
				state := data.DepositCaptured
				if refused {
					state = data.DepositReleased
				}
				w.stands(d.ID, state, taken, whole-taken, 0)
			})
		}
		w.audit()
	})
}

// The last digit of what is released forces something: of a part, or of all.
func TestEveryReleaseCase(t *testing.T) {
	everyHolder(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		for _, c := range withOther(paysim.ReleaseCases, "sim.step.release.other") {
			refused := c.Key == "sim.step.release.2"
			w.part(c.Key+" of all", func() {
				amount := payment.Amount(50000 + c.Digit)
				d := w.held(amount)
				w.ends(w.release(d, 0), refused)
				if refused {
					w.stands(d.ID, data.DepositHeld, 0, 0, 0)
					return
				}
				w.stands(d.ID, data.DepositReleased, 0, amount, 0)
				_, err := w.till.Release(w.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID})
				w.problem(err, app.ProblemNotHeld)
			})
			w.part(c.Key+" of parts", func() {
				whole := payment.Amount(50000 + 2*c.Digit)
				d, given := w.held(whole), payment.Amount(0)
				part := payment.Amount(10000 + c.Digit)
				if !on.holds.ReleasePart {
					_, err := w.till.Release(w.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID, Amount: part})
					w.problem(err, app.ProblemReleasePart)
					w.stands(d.ID, data.DepositHeld, 0, 0, 0)
					return
				}
				for range 2 {
					w.ends(w.release(d, part), refused)
					if !refused {
						given += part
					}
					w.stands(d.ID, data.DepositHeld, 0, given, 0)
				}
				_, err := w.till.Release(w.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID, Amount: whole + 1 - given})
				w.problem(err, app.ProblemHoldTooMuch)
				taken := whole - given - 10
				w.capture(d, taken, true)
				w.stands(d.ID, data.DepositHeld, taken, given, 0)
				w.release(d, 10)
				w.stands(d.ID, data.DepositCaptured, taken, given+10, 0)
			})
		}
		w.audit()
	})
}

func TestEveryRefundOfACapture(t *testing.T) {
	everyHolder(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		for _, c := range refundCases {
			w.part(c.Key, func() {
				d := w.held(50000)
				capture := w.capture(d, 13800, on.holds.KeepRest)
				state := capture.Deposit.State
				back := payment.Amount(0)
				for n := range 2 {
					amount := payment.Amount(300 + c.Digit)
					r := w.refundCapture(capture, amount)
					want := payment.RefundDone
					if c.Key == noFunds {
						want = payment.RefundRefused
					} else {
						back += amount
					}
					if r.State != want || (want == payment.RefundRefused) != (r.Why == payment.ReasonMerchantFunds) {
						w.Errorf("refund %d ended %s because of %q, want %s", n+1, r.State, r.Why, want)
					}
				}
				w.stands(d.ID, state, 13800, capture.Deposit.Released, back)
				_, err := w.till.RefundCapture(w.Context(), app.CaptureRefund{Draft: newDraft(), DepositID: d.ID, StepID: capture.ID, Amount: 13801 - back, Reason: "x"})
				w.problem(err, app.ProblemRefundTooMuch)
				w.refundCapture(capture, 13800-back)
			})
		}
		w.audit()
	})
}

// What cannot be is said in a sentence, and nothing is sent.
func TestStepsThatCannotBe(t *testing.T) {
	t.Parallel()
	w := newWorld(t, alipayDirect, haste, paysim.Options{})
	ctx := t.Context()
	failed := w.finishHold(w.hold(50000, 4))
	held := w.held(50000)
	release := w.release(held, 100)
	for name, c := range map[string]struct {
		err  func() error
		kind app.ProblemKind
	}{
		"capture of nothing": {func() error {
			_, err := w.till.Capture(ctx, app.CaptureOrder{Draft: newDraft(), DepositID: held.ID})
			return err
		}, app.ProblemAmountMissing},
		"capture of less than nothing": {func() error {
			_, err := w.till.Capture(ctx, app.CaptureOrder{Draft: newDraft(), DepositID: held.ID, Amount: -1})
			return err
		}, app.ProblemAmountMissing},
		"release of less than nothing": {func() error {
			_, err := w.till.Release(ctx, app.ReleaseOrder{Draft: newDraft(), DepositID: held.ID, Amount: -1})
			return err
		}, app.ProblemAmountMissing},
		"capture of what failed": {func() error {
			_, err := w.till.Capture(ctx, app.CaptureOrder{Draft: newDraft(), DepositID: failed.ID, Amount: 1})
			return err
		}, app.ProblemNotHeld},
		"release of what failed": {func() error {
			_, err := w.till.Release(ctx, app.ReleaseOrder{Draft: newDraft(), DepositID: failed.ID})
			return err
		}, app.ProblemNotHeld},
		"no such deposit": {func() error {
			_, err := w.till.Release(ctx, app.ReleaseOrder{Draft: newDraft(), DepositID: 77})
			return err
		}, app.ProblemNotFound},
		"refund without a reason": {func() error {
			_, err := w.till.RefundCapture(ctx, app.CaptureRefund{Draft: newDraft(), DepositID: held.ID, StepID: release.ID, Amount: 1})
			return err
		}, app.ProblemRefundReason},
		"refund of a release": {func() error {
			_, err := w.till.RefundCapture(ctx, app.CaptureRefund{Draft: newDraft(), DepositID: held.ID, StepID: release.ID, Amount: 1, Reason: "x"})
			return err
		}, app.ProblemNotPaid},
		"refund of no capture": {func() error {
			_, err := w.till.RefundCapture(ctx, app.CaptureRefund{Draft: newDraft(), DepositID: held.ID, StepID: 99, Amount: 1, Reason: "x"})
			return err
		}, app.ProblemNotFound},
		"a wallet that holds nothing": {func() error { _, err := w.till.HoldByCode(ctx, holdOrder(100), "134567890123456789"); return err }, app.ProblemNoHold},
		"no pay code":                 {func() error { _, err := w.till.HoldByCode(ctx, holdOrder(100), "6901234567892"); return err }, app.ProblemCodeUnknown},
		"too large a deposit":         {func() error { _, err := w.till.HoldByCode(ctx, holdOrder(50_000_01), w.sim.FreshCode(1)); return err }, app.ProblemAmountLimit},
		"too little cash":             {func() error { _, err := w.till.HoldCash(ctx, holdOrder(500), 499); return err }, app.ProblemCashShort},
		"a QR of no channel":          {func() error { _, err := w.till.HoldQR(ctx, holdOrder(500), payment.WalletWeChat); return err }, app.ProblemNoHold},
	} {
		t.Run(name, func(t *testing.T) { w.problem(c.err(), c.kind) })
	}
	w.stands(held.ID, data.DepositHeld, 0, 100, 0)
	w.audit()
}
