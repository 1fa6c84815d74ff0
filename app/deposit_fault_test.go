package app_test

import (
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/paysim"
)

// everyHoldFault runs f for each kind of fault, with the next call of method
// broken in that way.
func everyHoldFault(t *testing.T, method string, config alipay.Config, f func(w *world, kind paysim.FaultKind)) {
	everyDepositFault(t, config, func(w *world, kind paysim.FaultKind) {
		w.broken(method, kind)
		f(w, kind)
	})
}

// everyStepFault is the same where f orders the fault itself, once what came
// before is done.
func everyStepFault(t *testing.T, f func(w *world, kind paysim.FaultKind)) {
	everyDepositFault(t, patience, f)
}

// everyDepositFault runs f for each kind of fault, with deposits of one world.
func everyDepositFault(t *testing.T, config alipay.Config, f func(w *world, kind paysim.FaultKind)) {
	t.Parallel()
	w := newWorld(t, config, paysim.Options{})
	for _, kind := range paysim.FaultKinds {
		t.Logf("a call broken by %s", kind)
		if f(w, kind); t.Failed() {
			return
		}
	}
	w.audit()
}

// broken is the first further call of method, broken in that way.
func (w *world) broken(method string, kind paysim.FaultKind) {
	w.faultOnce(method, paysim.Fault{Kind: kind, SubCode: refusals[method]})
}

// rested is a deposit that stands and about which nothing more is asked.
func (w *world) rested(amount payment.Amount) app.Deposit {
	w.Helper()
	d := w.held(amount)
	w.till.RestHold(w.Context(), d.ID)
	return d
}

func TestAHoldCallThatBreaks(t *testing.T) {
	everyHoldFault(t, "alipay.fund.auth.order.freeze", haste, func(w *world, kind paysim.FaultKind) {
		want := ending{state: payment.StatePaid, seen: app.PhaseUnknown}
		switch {
		case kind == paysim.Refused:
			want = ending{state: payment.StateFailed, reason: payment.ReasonBalance}
		case !arrives(kind):
			want = ending{state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown}
		}
		want.checkHold(w, w.finishHold(w.hold(50000, 1)))
	})
}

func TestAHoldQRCallThatBreaks(t *testing.T) {
	everyHoldFault(t, "alipay.fund.auth.order.voucher.create", haste, func(w *world, kind paysim.FaultKind) {
		want := ending{state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown}
		if kind == paysim.Refused {
			want = ending{state: payment.StateFailed, reason: payment.ReasonMerchantSetup}
		}
		d := w.showHold(50000)
		if d.QRText != "" {
			w.Errorf("a QR is shown although its answer broke: %s", d.QRText)
		}
		want.checkHold(w, w.finishHold(d))
	})
}

func TestAHoldQueryThatBreaks(t *testing.T) {
	everyHoldFault(t, "alipay.fund.auth.operation.detail.query", patience, func(w *world, _ paysim.FaultKind) {
		ending{state: payment.StatePaid, seen: app.PhaseUnknown}.checkHold(w, w.finishHold(w.hold(50000, 2)))
	})
}

func TestAHoldCancelThatBreaks(t *testing.T) {
	t.Run("unconfirmed", func(t *testing.T) {
		everyHoldFault(t, "alipay.fund.auth.operation.cancel", haste, func(w *world, _ paysim.FaultKind) {
			ending{state: payment.StateClosed, reason: payment.ReasonTimeout}.checkHold(w, w.finishHold(w.hold(50000, 3)))
		})
	})
	t.Run("held in that moment", func(t *testing.T) {
		everyHoldFault(t, "alipay.fund.auth.operation.cancel", haste, func(w *world, _ paysim.FaultKind) {
			ending{state: payment.StateReversed, reason: payment.ReasonTimeout}.checkHold(w, w.finishHold(w.hold(50000, 12)))
		})
	})
}

func TestACaptureCallThatBreaks(t *testing.T) {
	for name, keepRest := range map[string]bool{"rest goes back": false, "rest is kept": true} {
		t.Run(name, func(t *testing.T) {
			everyStepFault(t, func(w *world, kind paysim.FaultKind) {
				d := w.rested(50000)
				w.broken("alipay.trade.pay", kind)
				s := w.capture(d, 13800, keepRest)
				switch {
				case kind == paysim.Refused:
					if s.State != payment.RefundRefused || s.Why != payment.ReasonRisk {
						w.Errorf("the capture ended %s because of %q", s.State, s.Why)
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
	everyStepFault(t, func(w *world, kind paysim.FaultKind) {
		d := w.rested(50000)
		w.broken("alipay.trade.query", kind)
		w.capture(d, 13801, false) // ending in 1: the capture's own answer is lost
		w.stands(d.ID, data.DepositCaptured, 13801, 36199, 0)
	})
}

func TestAReleaseCallThatBreaks(t *testing.T) {
	for name, amount := range map[string]payment.Amount{"a part": 20000, "all": 0} {
		t.Run(name, func(t *testing.T) {
			everyStepFault(t, func(w *world, kind paysim.FaultKind) {
				d := w.rested(50000)
				w.broken("alipay.fund.auth.order.unfreeze", kind)
				s := w.release(d, amount)
				switch {
				case kind == paysim.Refused:
					if s.State != payment.RefundRefused || s.Why != payment.ReasonPayerCannot {
						w.Errorf("the release ended %s because of %q", s.State, s.Why)
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
	everyStepFault(t, func(w *world, kind paysim.FaultKind) {
		d := w.rested(50001)
		w.broken("alipay.fund.auth.operation.detail.query", kind)
		w.release(d, 0) // ending in 1: its own answer is lost
		w.stands(d.ID, data.DepositReleased, 0, 50001, 0)
	})
}

func TestARefundOfACaptureThatBreaks(t *testing.T) {
	for _, method := range []string{"alipay.trade.refund", "alipay.trade.fastpay.refund.query"} {
		t.Run(method, func(t *testing.T) {
			everyStepFault(t, func(w *world, kind paysim.FaultKind) {
				capture := w.capture(w.rested(50000), 13800, false)
				w.broken(method, kind)
				want, back := payment.RefundDone, payment.Amount(301) // ending in 1: its own answer is lost
				if method == "alipay.trade.refund" && kind == paysim.Refused {
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
	for _, c := range []struct {
		name  string
		fault paysim.Fault
	}{
		{"late answer", paysim.Fault{Hold: 200 * time.Millisecond}},
		{"late request", paysim.Fault{Delay: 150 * time.Millisecond}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := haste
			config.RequestTimeout, config.PayTimeout = 60*time.Millisecond, 5*time.Second // the request arrives before the till gives up
			w := newWorld(t, config, paysim.Options{})
			w.faultOnce("alipay.fund.auth.order.freeze", c.fault)
			d := w.finishHold(w.hold(50000, 1))
			ending{state: payment.StatePaid, seen: app.PhaseUnknown}.checkHold(w, d)
			w.faultOnce("alipay.trade.pay", c.fault)
			capture := w.capture(d, 10000, true)
			w.faultOnce("alipay.trade.refund", c.fault)
			w.refundCapture(capture, 500)
			w.faultOnce("alipay.fund.auth.order.unfreeze", c.fault)
			w.release(d, 0)
			w.stands(d.ID, data.DepositCaptured, 10000, 40000, 500)
			w.audit()
		})
	}
}
