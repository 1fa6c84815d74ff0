package app_test

import (
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

func TestAPayCallThatBreaks(t *testing.T) {
	everyFault(t, callPay, haste, func(w *world, kind paysim.FaultKind, broken func()) {
		broken()
		w.way.afterSending(callPay, kind).check(w, w.finish(w.scan(9900, 1)))
	})
}

// Nobody saw the QR of an answer that broke, so it is closed.
func TestAQRCallThatBreaks(t *testing.T) {
	everyFault(t, callQR, haste, func(w *world, kind paysim.FaultKind, broken func()) {
		want, shown := w.way.afterAskingForQR(callQR, kind)
		broken()
		p := w.finish(w.show(3500))
		want.check(w, p)
		if w.saw(p, app.PhaseQR) != shown {
			w.Errorf("a QR was shown: %v, want %v", !shown, shown)
		}
	})
}

func TestAQueryThatBreaks(t *testing.T) {
	everyFault(t, callQuery, patience, func(w *world, kind paysim.FaultKind, broken func()) {
		broken()
		w.way.afterAsking(kind).check(w, w.finish(w.scan(9900, 2)))
	})
}

func TestACancelThatBreaks(t *testing.T) {
	for scenario, name := range map[int]string{3: "unpaid", 12: "paid in that moment"} {
		t.Run(name, func(t *testing.T) {
			everyFault(t, callCancel, haste, func(w *world, _ paysim.FaultKind, broken func()) {
				want := w.way.byCode(scenario)
				broken()
				want.check(w, w.finish(w.scan(9900, scenario)))
			})
		})
	}
}

func TestTheCloseOfAQRThatBreaks(t *testing.T) {
	for scenario, name := range map[int]string{3: "unpaid", 12: "paid in that moment"} {
		t.Run(name, func(t *testing.T) {
			everyFault(t, callClose, patience, func(w *world, _ paysim.FaultKind, broken func()) {
				p := w.show(3500)
				check(w, w.sim.ScanQR(p.QRText, scenario))
				broken()
				_, err := w.till.Cancel(w.Context(), p.Tender.ID)
				check(w, err)
				want := w.way.byQR(scenario)
				want.seen = ""
				want.check(w, w.finish(p))
			})
		})
	}
}

func TestARefundCallThatBreaks(t *testing.T) {
	everyFault(t, callRefund, patience, func(w *world, kind paysim.FaultKind, broken func()) {
		p := w.paid(9900)
		want, why := payment.RefundDone, payment.ReasonNone
		if kind == paysim.Refused {
			want, why = payment.RefundRefused, w.way.noes[callRefund].why
		}
		broken()
		if r := w.refund(p, 3000); r.State != want || r.Why != why {
			w.Errorf("the refund ended %s because of %q, want %s because of %q", r.State, r.Why, want, why)
		}
	})
}

func TestARefundQueryThatBreaks(t *testing.T) {
	everyFault(t, callRefundQuery, patience, func(w *world, _ paysim.FaultKind, broken func()) {
		p := w.paid(9900)
		broken()
		if r := w.refund(p, 3001); r.State != payment.RefundDone { // ending in 1: the refund's own answer is lost
			w.Errorf("the refund ended %s", r.State)
		}
	})
}

// slowWires are an answer, and a request, that take longer than the till waits.
var slowWires = map[string]paysim.Fault{
	"late answer":  {Hold: 600 * time.Millisecond},
	"late request": {Delay: 500 * time.Millisecond},
}

// slowed is the pace for them: the request arrives before the till gives up.
var slowed = pace{ask: 3 * time.Millisecond, pay: time.Minute, qr: time.Minute, request: 250 * time.Millisecond, lost: time.Minute}

func TestSlowWires(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		w := newWorld(t, on, slowed, paysim.Options{})
		for name, fault := range slowWires {
			w.part(name, func() {
				w.faultOnce(callPay, fault)
				ending{state: payment.StatePaid, seen: app.PhaseUnknown}.check(w, w.finish(w.scan(9900, 1)))
			})
		}
		w.audit()
	})
}

func TestWithoutANetwork(t *testing.T) {
	t.Run("at the payment", func(t *testing.T) {
		everyWay(t, func(t *testing.T, on way) {
			w := newWorld(t, on, haste, paysim.Options{})
			check(t, w.sim.Offline(true))
			p := w.scan(9900, 1)
			waitFor(t, func() bool { return w.saw(p, app.PhaseUnknown) && w.till.Network() == app.NetworkDown })
			if p, err := w.till.Payment(t.Context(), p.Tender.ID); err != nil || !p.Offline {
				t.Errorf("the screen does not say that the network is down: %+v, %v", p, err)
			}
			check(t, w.sim.Offline(false))
			lost.check(w, w.finish(p))
			w.audit()
		})
	})
	t.Run("while the payer confirms", func(t *testing.T) {
		everyWay(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			p := w.scan(9900, 2)
			waitFor(t, func() bool { return w.saw(p, app.PhaseWaiting) })
			check(t, w.sim.Offline(true))
			waitFor(t, func() bool { return w.saw(p, app.PhaseUnknown) || w.saw(p, app.PhasePaid) })
			w.restart()
			check(t, w.sim.Offline(false))
			ending{state: payment.StatePaid}.check(w, w.finish(p))
			w.audit()
		})
	})
	t.Run("at the cancel", func(t *testing.T) {
		waysThat(t, func(on way) bool { return on.has(callCancel) }, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			p := w.scan(9900, 12)
			waitFor(t, func() bool { return w.saw(p, app.PhaseWaiting) })
			check(t, w.sim.Offline(true))
			_, err := w.till.Cancel(t.Context(), p.Tender.ID)
			check(t, err)
			waitFor(t, func() bool {
				p, err := w.ledger.Tender(t.Context(), p.Tender.ID)
				check(t, err)
				return p.CancelAsked && p.State == payment.StateUnknown
			})
			w.restart() // the wish to cancel outlives the program
			check(t, w.sim.Offline(false))
			ending{state: payment.StateReversed, reason: payment.ReasonTimeout}.check(w, w.finish(p))
			w.audit()
		})
	})
	t.Run("at the refund", func(t *testing.T) {
		everyWay(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			p := w.paid(9900)
			check(t, w.sim.Offline(true))
			refunds, err := w.till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 3000, Reason: "x"})
			check(t, err)
			waitFor(t, func() bool {
				open := w.till.OpenRefunds()
				return len(open) == 1 && open[0].State == payment.RefundUnknown
			})
			_, err = w.till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 9000, Reason: "x"})
			w.problem(err, app.ProblemRefundTooMuch) // what is under way counts
			w.restart()
			check(t, w.sim.Offline(false))
			if r := w.finishRefund(refunds[0].ID); r.State != payment.RefundDone {
				t.Errorf("the refund ended %s", r.State)
			}
			w.audit()
		})
	})
}

// Money that arrives after the cashier was told that it would not: it is found,
// a person decides, and the books agree either way.
func TestLateMoneyIsFoundAndDecided(t *testing.T) {
	// A request that is on its way while the till gives up, and is carried out after.
	lateRequest := func(w *world) app.Payment {
		arrive := w.delayed(callPay)
		p := w.finish(w.scan(9900, 1))
		lost.check(w, p)
		arrive()
		waitFor(w.T, func() bool { return w.sim.Truth().Charged == 9900 })
		return p
	}
	// A QR that outlives its cancel in the payer's hand.
	lateScan := func(w *world) app.Payment {
		shown := w.show(9900)
		_, err := w.till.Cancel(w.Context(), shown.Tender.ID)
		check(w, err)
		p := w.finish(shown)
		ending{state: payment.StateClosed, reason: payment.ReasonCancelled}.check(w, p)
		check(w, w.sim.ScanQR(shown.QRText, 1))
		return p
	}
	for _, c := range []struct {
		name   string
		arrive func(*world) app.Payment
		pace   pace
		can    func(way) bool
		keep   bool
	}{
		{"late request, kept", lateRequest, hurry, way.takesPayments, true},
		{"late request, given back", lateRequest, hurry, way.takesPayments, false},
		{"late scan, kept", lateScan, patience, way.mayScanLate, true},
		{"late scan, given back", lateScan, patience, way.mayScanLate, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			waysThat(t, c.can, func(t *testing.T, on way) {
				w := newWorld(t, on, c.pace, paysim.Options{QRSurvivesCancel: true})
				p := c.arrive(w)
				var found []data.Sale
				waitFor(t, func() bool { // a question may take too long for the hurry that the till is in
					w.till.CheckLate(t.Context(), 0)
					var err error
					found, err = w.ledger.AttentionSales(t.Context())
					check(t, err)
					return len(found) > 0
				})
				if len(found) != 1 || found[0].ID != p.Sale.ID || found[0].Attention != data.AttentionLatePaid {
					t.Fatalf("asking for attention: %+v", found)
				}
				if c.keep {
					check(t, w.till.KeepLate(t.Context(), p.Sale.ID))
				} else {
					refunds, err := w.till.ReturnLate(t.Context(), p.Sale.ID, "迟到的付款", nil)
					check(t, err)
					w.finishRefund(refunds[0].ID)
				}
				if found, err := w.ledger.AttentionSales(t.Context()); err != nil || len(found) != 0 {
					t.Errorf("still asking for attention: %+v, %v", found, err)
				}
				w.audit()
			})
		})
	}
}

func (on way) takesPayments() bool { return true }

// mayScanLate reports that a QR may outlive its close. A query about one of
// WeChat's says that it still waits, so the till does not believe the close.
func (on way) mayScanLate() bool { return on.wallet == payment.WalletAlipay }

// hurry is the pace of a till that gives up on a request before it arrives.
var hurry = pace{ask: 3 * time.Millisecond, pay: 30 * time.Millisecond, qr: 30 * time.Millisecond, request: 150 * time.Millisecond, lost: 50 * time.Millisecond}

// delayed holds the next call of that kind up on its way, until arrive lets it go
// on.
func (w *world) delayed(of call) (arrive func()) {
	let := make(chan struct{})
	arrive = sync.OnceFunc(func() { close(let) })
	w.Cleanup(arrive)
	w.sim.SetFault(func(called string, n int) paysim.Fault {
		if called == w.way.calls[of] && n == 1 {
			<-let
		}
		return paysim.Fault{}
	})
	return arrive
}
