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

// arrives reports whether a call with this fault was carried out.
func arrives(kind paysim.FaultKind) bool {
	switch kind {
	case paysim.ResetBefore, paysim.ErrorBefore, paysim.Refused:
		return false
	}
	return true
}

// refusals is what a definite no looks like for each method.
var refusals = map[string]string{
	"alipay.trade.pay":                  "ACQ.PAYMENT_REQUEST_HAS_RISK",
	"alipay.trade.precreate":            "ACQ.ACCESS_FORBIDDEN",
	"alipay.trade.query":                "ACQ.INVALID_PARAMETER",
	"alipay.trade.cancel":               "ACQ.CANCEL_NOT_ALLOWED",
	"alipay.trade.refund":               "ACQ.SELLER_BALANCE_NOT_ENOUGH",
	"alipay.trade.fastpay.refund.query": "ACQ.INVALID_PARAMETER",

	"alipay.fund.auth.order.freeze":           "MONEY_NOT_ENOUGH",
	"alipay.fund.auth.order.voucher.create":   "ACCESS_FORBIDDEN",
	"alipay.fund.auth.operation.detail.query": "ILLEGAL_ARGUMENT",
	"alipay.fund.auth.operation.cancel":       "CANCEL_OPERATION_TIME_OUT",
	"alipay.fund.auth.order.unfreeze":         "PAYER_USER_STATUS_LIMIT",
}

// everyFault runs f in a world of its own for each kind of fault, with the
// first call of method broken in that way.
func everyFault(t *testing.T, method string, config alipay.Config, f func(w *world, kind paysim.FaultKind)) {
	for _, kind := range paysim.FaultKinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, config, paysim.Options{})
			w.faultOnce(method, paysim.Fault{Kind: kind, SubCode: refusals[method]})
			f(w, kind)
			w.audit()
		})
	}
}

func TestAPayCallThatBreaks(t *testing.T) {
	everyFault(t, "alipay.trade.pay", haste, func(w *world, kind paysim.FaultKind) {
		want := ending{state: payment.StatePaid, seen: app.PhaseUnknown}
		switch {
		case kind == paysim.Refused:
			want = ending{state: payment.StateFailed, reason: payment.ReasonRisk}
		case !arrives(kind):
			want = ending{state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown}
		}
		want.check(w, w.finish(w.scan(9900, 1)))
	})
}

func TestAQRCallThatBreaks(t *testing.T) {
	everyFault(t, "alipay.trade.precreate", haste, func(w *world, kind paysim.FaultKind) {
		want := ending{state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown}
		if kind == paysim.Refused {
			want = ending{state: payment.StateFailed, reason: payment.ReasonMerchantSetup}
		}
		p := w.show(3500)
		if p.QRText != "" {
			w.Errorf("a QR is shown although its answer broke: %s", p.QRText)
		}
		want.check(w, w.finish(p))
	})
}

func TestAQueryThatBreaks(t *testing.T) {
	everyFault(t, "alipay.trade.query", patience, func(w *world, _ paysim.FaultKind) {
		ending{state: payment.StatePaid, seen: app.PhaseUnknown}.check(w, w.finish(w.scan(9900, 2)))
	})
}

func TestACancelThatBreaks(t *testing.T) {
	t.Run("unpaid", func(t *testing.T) {
		everyFault(t, "alipay.trade.cancel", haste, func(w *world, _ paysim.FaultKind) {
			ending{state: payment.StateClosed, reason: payment.ReasonTimeout}.check(w, w.finish(w.scan(9900, 3)))
		})
	})
	t.Run("paid in that moment", func(t *testing.T) {
		everyFault(t, "alipay.trade.cancel", haste, func(w *world, _ paysim.FaultKind) {
			ending{state: payment.StateReversed, reason: payment.ReasonTimeout}.check(w, w.finish(w.scan(9900, 12)))
		})
	})
}

func TestARefundCallThatBreaks(t *testing.T) {
	everyFault(t, "alipay.trade.refund", patience, func(w *world, kind paysim.FaultKind) {
		p := w.finish(w.scan(9900, 1))
		want := payment.RefundDone
		if kind == paysim.Refused {
			want = payment.RefundRefused
		}
		if r := w.refund(p, 3000); r.State != want {
			w.Errorf("the refund ended %s, want %s", r.State, want)
		}
	})
}

func TestARefundQueryThatBreaks(t *testing.T) {
	everyFault(t, "alipay.trade.fastpay.refund.query", patience, func(w *world, _ paysim.FaultKind) {
		p := w.finish(w.scan(9900, 1))
		if r := w.refund(p, 3001); r.State != payment.RefundDone { // ending in 1: the refund's own answer is lost
			w.Errorf("the refund ended %s", r.State)
		}
	})
}

// An answer, or a request, that takes longer than the till waits.
func TestSlowWires(t *testing.T) {
	config := haste
	config.RequestTimeout = 60 * time.Millisecond
	for _, c := range []struct {
		name  string
		fault paysim.Fault
	}{
		{"late answer", paysim.Fault{Hold: 200 * time.Millisecond}},
		{"late request", paysim.Fault{Delay: 150 * time.Millisecond}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := config
			config.PayTimeout = 5 * time.Second // the request arrives before the till gives up
			w := newWorld(t, config, paysim.Options{})
			w.faultOnce("alipay.trade.pay", c.fault)
			ending{state: payment.StatePaid, seen: app.PhaseUnknown}.check(w, w.finish(w.scan(9900, 1)))
			w.audit()
		})
	}
}

func TestWithoutANetwork(t *testing.T) {
	t.Run("at the payment", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, haste, paysim.Options{})
		check(t, w.sim.Offline(true))
		p := w.scan(9900, 1)
		waitFor(t, func() bool { return w.saw(p, app.PhaseUnknown) && w.till.Network() == app.NetworkDown })
		if p, err := w.till.Payment(t.Context(), p.Tender.ID); err != nil || !p.Offline {
			t.Errorf("the screen does not say that the network is down: %+v, %v", p, err)
		}
		check(t, w.sim.Offline(false))
		ending{state: payment.StateClosed, reason: payment.ReasonTimeout}.check(w, w.finish(p))
		w.audit()
	})
	t.Run("while the payer confirms", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, patience, paysim.Options{})
		p := w.scan(9900, 2)
		waitFor(t, func() bool { return w.saw(p, app.PhaseWaiting) })
		check(t, w.sim.Offline(true))
		waitFor(t, func() bool { return w.saw(p, app.PhaseUnknown) || w.saw(p, app.PhasePaid) })
		check(t, w.sim.Offline(false))
		ending{state: payment.StatePaid}.check(w, w.finish(p))
		w.audit()
	})
	t.Run("at the cancel", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, patience, paysim.Options{})
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
	t.Run("at the refund", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, patience, paysim.Options{})
		p := w.finish(w.scan(9900, 1))
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
}

// Money that arrives after the cashier was told that it would not: it is found,
// a person decides, and the books agree either way.
func TestLateMoneyIsFoundAndDecided(t *testing.T) {
	// A request that is on its way while the till cancels, and is carried out after.
	lateRequest := func(w *world) app.Payment {
		w.faultOnce("alipay.trade.pay", paysim.Fault{Delay: 1500 * time.Millisecond})
		p := w.finish(w.scan(9900, 1))
		waitFor(w.T, func() bool { return w.sim.Truth().Charged == 9900 })
		return p
	}
	// A QR that outlives its cancel in the payer's hand.
	lateScan := func(w *world) app.Payment {
		shown := w.show(9900)
		p := w.finish(shown)
		check(w, w.sim.ScanQR(shown.QRText, 1))
		return p
	}
	for _, c := range []struct {
		name   string
		arrive func(*world) app.Payment
		keep   bool
	}{
		{"late request, kept", lateRequest, true},
		{"late request, given back", lateRequest, false},
		{"late scan, kept", lateScan, true},
		{"late scan, given back", lateScan, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := haste
			config.RequestTimeout, config.QRTimeout = 100*time.Millisecond, 300*time.Millisecond
			w := newWorld(t, config, paysim.Options{QRSurvivesCancel: true})
			p := c.arrive(w)
			ending{state: payment.StateClosed, reason: payment.ReasonTimeout}.check(w, p)

			w.till.CheckLate(t.Context(), 0)
			found, err := w.ledger.AttentionSales(t.Context())
			check(t, err)
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
	}
}
