package app_test

import (
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// begun waits until a step has had no answer, starts the program again, and
// gives the network back.
func (w *world) begun() app.DepositStep {
	w.Helper()
	var open []app.DepositStep
	waitFor(w.T, func() bool {
		open = w.till.OpenSteps()
		return len(open) == 1 && open[0].State == payment.RefundUnknown && open[0].Offline
	})
	w.restart()
	if open := w.till.OpenSteps(); len(open) != 1 {
		w.Fatalf("after the restart %d steps are open", len(open))
	}
	check(w, w.sim.Offline(false))
	return w.finishStep(open[0])
}

// afterCapture is what a deposit of 500.00 comes to by a capture of 138.00: the
// rest stays held where that can be.
func (w *world) afterCapture(id int64, refunded payment.Amount) {
	w.Helper()
	if w.way.holds.KeepRest {
		w.stands(id, data.DepositHeld, 13800, 0, refunded)
	} else {
		w.stands(id, data.DepositCaptured, 13800, 36200, refunded)
	}
}

// The network fails, the program ends and starts again, the network is back.
func TestAcrossARestartWithoutANetwork(t *testing.T) {
	t.Run("at the hold", func(t *testing.T) {
		everyHolder(t, func(t *testing.T, on way) {
			w := newWorld(t, on, haste, paysim.Options{})
			check(t, w.sim.Offline(true))
			d := w.hold(50000, 1)
			waitFor(t, func() bool { return w.sawHold(d, app.PhaseUnknown) && w.till.Network() == app.NetworkDown })
			if d, err := w.till.Deposit(t.Context(), d.ID); err != nil || !d.Offline {
				t.Errorf("the screen does not say that the network is down: %+v, %v", d, err)
			}
			w.restart()
			if open := w.till.OpenHolds(); len(open) != 1 || !open[0].Resumed {
				t.Errorf("after the restart: %+v", open)
			}
			check(t, w.sim.Offline(false))
			lost.checkHold(w, w.finishHold(d))
			w.audit()
		})
	})
	t.Run("while the guest confirms", func(t *testing.T) {
		everyHolder(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.hold(50000, 2)
			waitFor(t, func() bool { return w.sawHold(d, app.PhaseWaiting) })
			check(t, w.sim.Offline(true))
			waitFor(t, func() bool { return w.sawHold(d, app.PhaseUnknown) || w.sawHold(d, app.PhasePaid) })
			w.restart()
			check(t, w.sim.Offline(false))
			ending{state: payment.StatePaid}.checkHold(w, w.finishHold(d))
			w.audit()
		})
	})
	t.Run("at the cancel", func(t *testing.T) {
		waysThat(t, func(on way) bool { return on.has(callHoldCancel) }, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.hold(50000, 12)
			waitFor(t, func() bool { return w.sawHold(d, app.PhaseWaiting) })
			check(t, w.sim.Offline(true))
			_, err := w.till.CancelHold(t.Context(), d.ID)
			check(t, err)
			waitFor(t, func() bool {
				d := w.depositDetail(d.ID)
				return d.CancelAsked && d.Hold == payment.StateUnknown
			})
			w.restart() // the wish to cancel outlives the program
			check(t, w.sim.Offline(false))
			ending{state: payment.StateReversed, reason: payment.ReasonTimeout}.checkHold(w, w.finishHold(d))
			w.audit()
		})
	})
	t.Run("at the capture", func(t *testing.T) {
		everyHolder(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.rested(50000)
			check(t, w.sim.Offline(true))
			_, err := w.till.Capture(t.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 13800, KeepRest: on.holds.KeepRest})
			check(t, err)
			_, err = w.till.Capture(t.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 100})
			w.problem(err, app.ProblemStepOpen) // one at a time
			_, err = w.till.Release(t.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID})
			w.problem(err, app.ProblemStepOpen)
			waitFor(t, func() bool { return w.depositDetail(d.ID).State == data.DepositUnknown })
			if s := w.begun(); s.State != payment.RefundDone {
				t.Errorf("the capture ended %s", s.State)
			}
			w.afterCapture(d.ID, 0)
			w.audit()
		})
	})
	t.Run("at the release", func(t *testing.T) {
		everyHolder(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.rested(50000)
			check(t, w.sim.Offline(true))
			_, err := w.till.Release(t.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID})
			check(t, err)
			if s := w.begun(); s.State != payment.RefundDone {
				t.Errorf("the release ended %s", s.State)
			}
			w.stands(d.ID, data.DepositReleased, 0, 50000, 0)
			w.audit()
		})
	})
	t.Run("at the refund", func(t *testing.T) {
		everyHolder(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.rested(50000)
			capture := w.capture(d, 13800, on.holds.KeepRest)
			check(t, w.sim.Offline(true))
			order := app.CaptureRefund{Draft: newDraft(), DepositID: d.ID, StepID: capture.ID, Amount: 800, Reason: "x"}
			_, err := w.till.RefundCapture(t.Context(), order)
			check(t, err)
			order.Draft = newDraft()
			_, err = w.till.RefundCapture(t.Context(), order)
			w.problem(err, app.ProblemStepOpen)
			if s := w.begun(); s.State != payment.RefundDone {
				t.Errorf("the refund ended %s", s.State)
			}
			w.afterCapture(d.ID, 800)
			w.audit()
		})
	})
}

// The answer was lost and the program ended before it could ask.
func TestAcrossARestartWithALostAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		start                        func(w *world, d app.Deposit) (app.DepositStep, error)
		state                        data.DepositState
		captured, released, refunded payment.Amount
	}{
		"capture": {func(w *world, d app.Deposit) (app.DepositStep, error) {
			return w.till.Capture(w.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 13801})
		}, data.DepositCaptured, 13801, 36199, 0},
		"release of all": {func(w *world, d app.Deposit) (app.DepositStep, error) {
			return w.till.Release(w.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID})
		}, data.DepositReleased, 0, 50000, 0},
	} {
		t.Run(name, func(t *testing.T) {
			everyHolder(t, func(t *testing.T, on way) {
				w := newWorld(t, on, patience, paysim.Options{})
				d := w.rested(50000)
				w.sim.SetFault(func(string, int) paysim.Fault { return paysim.Fault{Kind: paysim.ResetAfter} })
				s, err := c.start(w, d)
				check(t, err)
				waitFor(t, func() bool {
					truth := w.sim.Truth()
					return truth.Captured == c.captured && truth.Released == c.released
				})
				w.restart()
				w.sim.SetFault(nil)
				w.finishStep(s)
				w.stands(d.ID, c.state, c.captured, c.released, c.refunded)
				w.audit()
			})
		})
	}
}

// A deposit that is held after the receptionist was told that it would not be:
// it is found, a person decides, and the books agree either way.
func TestALateDepositIsFoundAndDecided(t *testing.T) {
	lateRequest := func(w *world) app.Deposit {
		arrive := w.delayed(callHold)
		d := w.finishHold(w.hold(50000, 1))
		lost.checkHold(w, d)
		arrive()
		waitFor(w.T, func() bool { return w.sim.Truth().Held == 50000 })
		return d
	}
	lateScan := func(w *world) app.Deposit {
		shown := w.showHold(50000)
		_, err := w.till.CancelHold(w.Context(), shown.ID)
		check(w, err)
		d := w.finishHold(shown)
		ending{state: payment.StateClosed, reason: payment.ReasonCancelled}.checkHold(w, d)
		check(w, w.sim.ScanQR(shown.QRText, 1))
		return d
	}
	for _, c := range []struct {
		name   string
		arrive func(*world) app.Deposit
		pace   pace
		can    func(way) bool
		keep   bool
	}{
		{"late request, kept", lateRequest, hurry, way.takesDeposits, true},
		{"late request, given back", lateRequest, hurry, way.takesDeposits, false},
		{"late scan, kept", lateScan, patience, way.mayScanLateHold, true},
		{"late scan, given back", lateScan, patience, way.mayScanLateHold, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			waysThat(t, c.can, func(t *testing.T, on way) {
				w := newWorld(t, on, c.pace, paysim.Options{QRSurvivesCancel: true})
				d := c.arrive(w)
				var found []data.Deposit
				waitFor(t, func() bool {
					w.till.CheckLate(t.Context(), 0)
					var err error
					found, err = w.ledger.AttentionDeposits(t.Context())
					check(t, err)
					return len(found) > 0
				})
				if len(found) != 1 || found[0].ID != d.ID || found[0].Attention != data.AttentionLatePaid || !found[0].Late || found[0].AuthNo == "" {
					t.Fatalf("asking for attention: %+v", found)
				}
				w.stands(d.ID, data.DepositHeld, 0, 0, 0)
				if c.keep {
					check(t, w.till.KeepLateDeposit(t.Context(), d.ID))
					w.capture(d, 13800, false) // and it can be used like any other
					w.stands(d.ID, data.DepositCaptured, 13800, 36200, 0)
				} else {
					check(t, w.till.ReturnLateDeposit(t.Context(), d.ID, "迟到的押金"))
					check(t, w.till.ReturnLateDeposit(t.Context(), d.ID, "迟到的押金")) // the button pressed twice
					waitFor(t, func() bool { return len(w.till.OpenSteps()) == 0 })
					w.stands(d.ID, data.DepositReleased, 0, 50000, 0)
				}
				if found, err := w.ledger.AttentionDeposits(t.Context()); err != nil || len(found) != 0 {
					t.Errorf("still asking for attention: %+v, %v", found, err)
				}
				w.audit()
			})
		})
	}
}

func (on way) takesDeposits() bool { return on.holds.Holds }

// mayScanLateHold reports that a deposit's QR can be closed, and may outlive that.
func (on way) mayScanLateHold() bool { return on.holds.QR && !on.noCancel }
