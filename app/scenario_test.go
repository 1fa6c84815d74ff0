package app_test

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/paysim"
)

// ending is how a scenario of the simulator has to end in the ledger.
type ending struct {
	state  payment.State
	reason payment.Reason
	seen   app.Phase // a phase that the screen must have shown on the way
	soon   bool      // nobody will pay: let the time limit come soon
}

var byCode = map[int]ending{
	1:  {state: payment.StatePaid},
	2:  {state: payment.StatePaid, seen: app.PhaseWaiting},
	3:  {state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseCancelling, soon: true},
	4:  {state: payment.StateFailed, reason: payment.ReasonBalance},
	5:  {state: payment.StateFailed, reason: payment.ReasonCodeInvalid},
	6:  {state: payment.StatePaid, seen: app.PhaseUnknown},
	7:  {state: payment.StatePaid, seen: app.PhaseUnknown},
	8:  {state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown, soon: true},
	9:  {state: payment.StatePaid, seen: app.PhaseUnknown},
	10: {state: payment.StatePaid, seen: app.PhaseUnknown},
	11: {state: payment.StatePaid},
	12: {state: payment.StateReversed, reason: payment.ReasonTimeout, seen: app.PhaseCancelling, soon: true},
	13: {state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown, soon: true},
	14: {state: payment.StatePaid},
}

func (e ending) config() alipay.Config {
	if e.soon {
		return haste
	}
	return patience
}

func (e ending) check(w *world, p app.Payment) {
	w.Helper()
	if p.Tender.State != e.state || p.Tender.Reason != e.reason {
		w.Errorf("ended %s because of %q, want %s because of %q", p.Tender.State, p.Tender.Reason, e.state, e.reason)
	}
	if e.seen != "" && !w.saw(p, e.seen) {
		w.Errorf("the screen never showed %s, only %s", e.seen, w.phases[p.Tender.ID])
	}
	if p.Tender.State == payment.StatePaid && (p.Tender.TradeNo == "" || p.Sale.Paid != p.Tender.Amount) {
		w.Errorf("paid with trade number %q, the sale has %s of %s", p.Tender.TradeNo, p.Sale.Paid, p.Tender.Amount)
	}
}

func TestEveryScannedScenarioEndsAsTheSimulatorHasIt(t *testing.T) {
	for _, s := range paysim.Scenarios {
		t.Run(s.Key, func(t *testing.T) {
			t.Parallel()
			want, ok := byCode[s.Number]
			if !ok || s.Kept != (want.state == payment.StatePaid) {
				t.Fatalf("no ending is known for scenario %d", s.Number)
			}
			w := newWorld(t, want.config(), paysim.Options{})
			want.check(w, w.finish(w.scan(12850, s.Number)))
			w.audit()
		})
	}
}

func TestEveryScenarioOfAShownQR(t *testing.T) {
	for _, s := range paysim.Scenarios {
		if !s.QR {
			continue
		}
		t.Run(s.Key, func(t *testing.T) {
			t.Parallel()
			want := byCode[s.Number]
			config := want.config()
			if want.soon {
				config.QRTimeout = time.Second // long enough for the payer to scan
			}
			w := newWorld(t, config, paysim.Options{})
			p := w.show(3500)
			check(t, w.sim.ScanQR(p.QRText, s.Number))
			if want.seen == app.PhaseWaiting {
				want.seen = app.PhaseQRScanned
			}
			if !s.Kept { // the cashier does not wait for the time limit
				waitFor(t, func() bool { return w.saw(p, app.PhaseQRScanned) })
				_, err := w.till.Cancel(t.Context(), p.Tender.ID)
				check(t, err)
				want.reason = payment.ReasonCancelled
			}
			want.check(w, w.finish(p))
			w.audit()
		})
	}
}

func TestAQRThatNobodyScansEndsWithoutMoney(t *testing.T) {
	for _, survives := range []bool{false, true} {
		t.Run(fmt.Sprintf("survives the cancel %v", survives), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, haste, paysim.Options{QRSurvivesCancel: survives})
			p := w.finish(w.show(500))
			ending{state: payment.StateClosed, reason: payment.ReasonTimeout}.check(w, p)
			w.audit()
		})
	}
}

func TestEveryRefundCase(t *testing.T) {
	cases := append([]paysim.RefundCase{{Digit: 0, Key: "sim.refund.other", Done: true}}, paysim.RefundCases...)
	for _, c := range cases {
		t.Run(c.Key, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, patience, paysim.Options{})
			p := w.finish(w.scan(9900, 1))
			for n := range 2 { // several refunds of one tender keep apart
				r := w.refund(p, payment.Amount(300+c.Digit))
				want := payment.RefundDone
				if c.Key == "sim.refund.2" {
					want = payment.RefundRefused
				}
				if r.State != want || (want == payment.RefundRefused) != (r.Why == payment.ReasonMerchantFunds) {
					t.Errorf("refund %d ended %s because of %q, want %s", n+1, r.State, r.Why, want)
				}
			}
			_, err := w.till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 9901, Reason: "x"})
			w.problem(err, app.ProblemRefundTooMuch)
			w.audit()
		})
	}
}

func TestAWholeSaleIsGivenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, patience, paysim.Options{})
	p := w.finish(w.scan(8600, 1))
	if r := w.refund(p, 8600); r.State != payment.RefundDone {
		t.Fatalf("refund ended %s", r.State)
	}
	_, err := w.till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 1, Reason: "x"})
	w.problem(err, app.ProblemNotPaid)
	w.audit()
}
