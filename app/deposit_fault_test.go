package app_test

import (
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// rested is a deposit that stands and about which nothing more is asked.
func (w *world) rested(amount payment.Amount) app.Deposit {
	w.Helper()
	d := w.held(amount)
	w.till.RestHold(w.Context(), d.ID)
	return d
}

func TestAHoldCallThatBreaks(t *testing.T) {
	everyFault(t, callHold, haste, func(w *world, kind paysim.FaultKind, broken func()) {
		broken()
		w.way.afterSending(callHold, kind).checkHold(w, w.finishHold(w.hold(50000, 1)))
	})
}

// Nobody saw the QR of an answer that broke. Where it cannot be closed, it ends
// by its own time.
func TestAHoldQRCallThatBreaks(t *testing.T) {
	everyFault(t, callHoldQR, haste, func(w *world, kind paysim.FaultKind, broken func()) {
		want, shown := w.way.afterAskingForQR(callHoldQR, kind)
		broken()
		d, err := w.till.HoldQR(w.Context(), holdOrder(50000), "")
		check(w, err)
		w.outlastHolds(d)
		want.checkHold(w, w.finishHold(d))
		if w.sawHold(d, app.PhaseQR) != shown {
			w.Errorf("a QR was shown: %v, want %v", !shown, shown)
		}
	})
}

func TestAHoldQueryThatBreaks(t *testing.T) {
	everyFault(t, callHoldQuery, patience, func(w *world, _ paysim.FaultKind, broken func()) {
		broken()
		ending{state: payment.StatePaid, seen: app.PhaseUnknown}.checkHold(w, w.finishHold(w.hold(50000, 2)))
	})
}

func TestAHoldCancelThatBreaks(t *testing.T) {
	for scenario, name := range map[int]string{3: "unconfirmed", 12: "held in that moment"} {
		t.Run(name, func(t *testing.T) {
			everyFault(t, callHoldCancel, haste, func(w *world, _ paysim.FaultKind, broken func()) {
				want := w.way.byCode(scenario)
				want.seen = ""
				broken()
				want.checkHold(w, w.finishHold(w.hold(50000, scenario)))
			})
		})
	}
}

func TestACaptureCallThatBreaks(t *testing.T) {
	for name, keepRest := range map[string]bool{"rest goes back": false, "rest is kept": true} {
		t.Run(name, func(t *testing.T) {
			everyFault(t, callCapture, patience, func(w *world, kind paysim.FaultKind, broken func()) {
				if keepRest && !w.way.holds.KeepRest {
					w.Skip("this wallet always gives the rest back")
				}
				d := w.rested(50000)
				broken()
				s := w.capture(d, 13800, keepRest)
				switch {
				case kind == paysim.Refused:
					if why := w.way.noes[callCapture].why; s.State != payment.RefundRefused || s.Why != why {
						w.Errorf("the capture ended %s because of %q, want %q", s.State, s.Why, why)
					}
					w.stands(d.ID, data.DepositHeld, 0, 0, 0)
				case keepRest:
					w.stands(d.ID, data.DepositHeld, 13800, 0, 0)
				default:
					w.stands(d.ID, data.DepositCaptured, 13800, 36200, 0)
				}
			})
		})
	}
}

func TestACaptureQueryThatBreaks(t *testing.T) {
	everyFault(t, callCaptureQuery, patience, func(w *world, _ paysim.FaultKind, broken func()) {
		d := w.rested(50000)
		broken()
		w.capture(d, 13801, false) // ending in 1: the capture's own answer is lost
		w.stands(d.ID, data.DepositCaptured, 13801, 36199, 0)
	})
}

func TestAReleaseCallThatBreaks(t *testing.T) {
	for name, amount := range map[string]payment.Amount{"a part": 20000, "all": 0} {
		t.Run(name, func(t *testing.T) {
			everyFault(t, callRelease, patience, func(w *world, kind paysim.FaultKind, broken func()) {
				if amount > 0 && !w.way.holds.ReleasePart {
					w.Skip("this wallet only gives all of it free")
				}
				d := w.rested(50000)
				broken()
				s := w.release(d, amount)
				switch {
				case kind == paysim.Refused:
					if why := w.way.noes[callRelease].why; s.State != payment.RefundRefused || s.Why != why {
						w.Errorf("the release ended %s because of %q, want %q", s.State, s.Why, why)
					}
					w.stands(d.ID, data.DepositHeld, 0, 0, 0)
				case amount == 0:
					w.stands(d.ID, data.DepositReleased, 0, 50000, 0)
				default:
					w.stands(d.ID, data.DepositHeld, 0, 20000, 0)
				}
			})
		})
	}
}

func TestAReleaseQueryThatBreaks(t *testing.T) {
	everyFault(t, callReleaseQuery, patience, func(w *world, _ paysim.FaultKind, broken func()) {
		d := w.rested(50001)
		broken()
		w.release(d, 0) // ending in 1: its own answer is lost
		w.stands(d.ID, data.DepositReleased, 0, 50001, 0)
	})
}

func TestARefundOfACaptureThatBreaks(t *testing.T) {
	for _, of := range []call{callGiveBack, callGivenBack} {
		t.Run(string(of), func(t *testing.T) {
			everyFault(t, of, patience, func(w *world, kind paysim.FaultKind, broken func()) {
				capture := w.capture(w.rested(50000), 13800, false)
				broken()
				want, back := payment.RefundDone, payment.Amount(301) // ending in 1: its own answer is lost
				if of == callGiveBack && kind == paysim.Refused {
					want, back = payment.RefundRefused, 0
				}
				if r := w.refundCapture(capture, 301); r.State != want {
					w.Errorf("the refund ended %s, want %s", r.State, want)
				}
				w.stands(capture.DepositID, data.DepositCaptured, 13800, 36200, back)
			})
		})
	}
}

// An answer, or a request, that takes longer than the till waits.
func TestSlowWiresToADeposit(t *testing.T) {
	everyHolder(t, func(t *testing.T, on way) {
		w := newWorld(t, on, slowed, paysim.Options{})
		for name, fault := range slowWires {
			w.part(name, func() {
				w.faultOnce(callHold, fault)
				d := w.finishHold(w.hold(50000, 1))
				ending{state: payment.StatePaid, seen: app.PhaseUnknown}.checkHold(w, d)
				w.faultOnce(callCapture, fault)
				capture := w.capture(d, 10000, on.holds.KeepRest)
				w.faultOnce(callGiveBack, fault)
				w.refundCapture(capture, 500)
				w.faultOnce(callRelease, fault)
				if on.holds.KeepRest {
					w.release(d, 0)
				} else {
					other := w.rested(50000)
					w.release(other, 0)
					w.stands(other.ID, data.DepositReleased, 0, 50000, 0)
				}
				w.stands(d.ID, data.DepositCaptured, 10000, 40000, 500)
			})
		}
		w.audit()
	})
}
