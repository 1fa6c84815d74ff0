package app_test

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

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
	if e.state == payment.StatePaid && (d.HeldAt.IsZero() || d.Payer == "") {
		w.Errorf("held by %q at %s", d.Payer, d.HeldAt)
	}
}

func TestEveryScannedScenarioOfAHold(t *testing.T) {
	for _, s := range paysim.Scenarios {
		t.Run(s.Hold, func(t *testing.T) {
			t.Parallel()
			want := byCode[s.Number] // as with payments
			w := newWorld(t, want.config(), paysim.Options{})
			d := w.hold(50000, s.Number)
			if d.State != data.DepositPending || d.Room != "306" || d.Guest != "王磊" || d.Nights != 2 {
				t.Errorf("at first %+v", d)
			}
			want.checkHold(w, w.finishHold(d))
			w.audit()
		})
	}
}

func TestEveryScenarioOfAShownHold(t *testing.T) {
	for _, s := range paysim.Scenarios {
		if !s.QR {
			continue
		}
		t.Run(s.Hold, func(t *testing.T) {
			t.Parallel()
			want := byCode[s.Number]
			config := want.config()
			if want.soon {
				config.QRTimeout = time.Second // long enough for the guest to scan
			}
			w := newWorld(t, config, paysim.Options{})
			d := w.showHold(50000)
			check(t, w.sim.ScanQR(d.QRText, s.Number))
			if want.seen == app.PhaseWaiting {
				want.seen = app.PhaseQRScanned
			}
			if !s.Kept { // the receptionist does not wait for the time limit
				waitFor(t, func() bool { return w.sawHold(d, app.PhaseQRScanned) })
				_, err := w.till.CancelHold(t.Context(), d.ID)
				check(t, err)
				want.reason = payment.ReasonCancelled
			}
			want.checkHold(w, w.finishHold(d))
			w.audit()
		})
	}
}

func TestAHoldThatNobodyScansEndsWithoutMoney(t *testing.T) {
	for _, survives := range []bool{false, true} {
		t.Run(fmt.Sprintf("survives the cancel %v", survives), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, haste, paysim.Options{QRSurvivesCancel: survives})
			ending{state: payment.StateClosed, reason: payment.ReasonTimeout}.checkHold(w, w.finishHold(w.showHold(50000)))
			w.audit()
		})
	}
}

// withOther is a table of forced steps with the one that is done in order.
func withOther(cases []paysim.StepCase, key string) []paysim.StepCase {
	return append([]paysim.StepCase{{Digit: 0, Key: key, Done: true}}, cases...)
}

func TestEveryCaptureCase(t *testing.T) {
	for _, c := range withOther(paysim.CaptureCases, "sim.step.capture.other") {
		refused := c.Key == "sim.step.capture.2"
		amount := payment.Amount(13800 + c.Digit)
		ends := func(w *world, s app.DepositStep) {
			w.Helper()
			want, why := payment.RefundDone, payment.ReasonNone
			if refused {
				want, why = payment.RefundRefused, payment.ReasonRisk
			}
			if s.State != want || s.Why != why || s.Deposit.ID != s.DepositID {
				w.Errorf("ended %s because of %q, want %s because of %q", s.State, s.Why, want, why)
			}
		}
		t.Run(c.Key+" and the rest goes back", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, patience, paysim.Options{})
			d := w.held(50000)
			charged := amount // its own: the other story runs beside this one
			ends(w, w.capture(d, charged, false))
			if refused { // nothing moved, so the guest can be charged otherwise
				w.stands(d.ID, data.DepositHeld, 0, 0, 0)
				charged = 13800
				w.capture(d, charged, false)
			}
			w.stands(d.ID, data.DepositCaptured, charged, 50000-charged, 0)
			_, err := w.till.Capture(t.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 1})
			w.problem(err, app.ProblemNotHeld)
			w.audit()
		})
		t.Run(c.Key+" and the rest is kept", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, patience, paysim.Options{})
			whole := payment.Amount(50000 + 2*c.Digit) // so that the rest forces nothing
			d, taken := w.held(whole), payment.Amount(0)
			for range 2 { // several captures of one deposit keep apart
				ends(w, w.capture(d, amount, true))
				if !refused {
					taken += amount
				}
				w.stands(d.ID, data.DepositHeld, taken, 0, 0)
			}
			_, err := w.till.Capture(t.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: whole + 1 - taken})
			w.problem(err, app.ProblemHoldTooMuch)
			w.release(d, 0)
			state := data.DepositCaptured
			if refused {
				state = data.DepositReleased
			}
			w.stands(d.ID, state, taken, whole-taken, 0)
			w.audit()
		})
	}
}

func TestEveryReleaseCase(t *testing.T) {
	for _, c := range withOther(paysim.ReleaseCases, "sim.step.release.other") {
		refused := c.Key == "sim.step.release.2"
		ends := func(w *world, s app.DepositStep) {
			w.Helper()
			want, why := payment.RefundDone, payment.ReasonNone
			if refused {
				want, why = payment.RefundRefused, payment.ReasonPayerCannot
			}
			if s.State != want || s.Why != why {
				w.Errorf("ended %s because of %q, want %s because of %q", s.State, s.Why, want, why)
			}
		}
		t.Run(c.Key+" of all", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, patience, paysim.Options{})
			amount := payment.Amount(50000 + c.Digit)
			d := w.held(amount)
			ends(w, w.release(d, 0))
			if refused {
				w.stands(d.ID, data.DepositHeld, 0, 0, 0)
			} else {
				w.stands(d.ID, data.DepositReleased, 0, amount, 0)
				_, err := w.till.Release(t.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID})
				w.problem(err, app.ProblemNotHeld)
			}
			w.audit()
		})
		t.Run(c.Key+" of parts", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, patience, paysim.Options{})
			whole := payment.Amount(50000 + 2*c.Digit)
			d, given := w.held(whole), payment.Amount(0)
			for range 2 {
				part := payment.Amount(10000 + c.Digit)
				ends(w, w.release(d, part))
				if !refused {
					given += part
				}
				w.stands(d.ID, data.DepositHeld, 0, given, 0)
			}
			_, err := w.till.Release(t.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID, Amount: whole + 1 - given})
			w.problem(err, app.ProblemHoldTooMuch)
			taken := whole - given - 10
			w.capture(d, taken, true)
			w.stands(d.ID, data.DepositHeld, taken, given, 0)
			w.release(d, 10)
			w.stands(d.ID, data.DepositCaptured, taken, given+10, 0)
			w.audit()
		})
	}
}

func TestEveryRefundOfACapture(t *testing.T) {
	cases := append([]paysim.RefundCase{{Digit: 0, Key: "sim.refund.other", Done: true}}, paysim.RefundCases...)
	for _, c := range cases {
		t.Run(c.Key, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, patience, paysim.Options{})
			d := w.held(50000)
			capture := w.capture(d, 13800, true)
			back := payment.Amount(0)
			for n := range 2 {
				amount := payment.Amount(300 + c.Digit)
				r := w.refundCapture(capture, amount)
				want := payment.RefundDone
				if c.Key == "sim.refund.2" {
					want = payment.RefundRefused
				} else {
					back += amount
				}
				if r.State != want || (want == payment.RefundRefused) != (r.Why == payment.ReasonMerchantFunds) {
					t.Errorf("refund %d ended %s because of %q, want %s", n+1, r.State, r.Why, want)
				}
			}
			w.stands(d.ID, data.DepositHeld, 13800, 0, back)
			_, err := w.till.RefundCapture(t.Context(), app.CaptureRefund{Draft: newDraft(), DepositID: d.ID, StepID: capture.ID, Amount: 13801 - back, Reason: "x"})
			w.problem(err, app.ProblemRefundTooMuch)
			w.refundCapture(capture, 13800-back)
			w.audit()
		})
	}
}

// What cannot be is said in a sentence, and nothing is sent.
func TestStepsThatCannotBe(t *testing.T) {
	t.Parallel()
	w := newWorld(t, haste, paysim.Options{})
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
