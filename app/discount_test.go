package app_test

import (
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// withDiscount is the scenario that charges all and settles less: the shop gives a
// tenth away by itself.
const withDiscount = 14

// A payment of 128.50 with 12.85 of the shop's own discount, given back in parts
// until nothing is left: at each step the ledger, the reports and the channel
// agree on what was traded, given away, settled and sent back, and at the end all
// of it is nothing. The drawer never moves.
func TestADiscountOfTheShop(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		s := &story{world: newWorld(t, on, patience, paysim.Options{})}
		scanned := s.finish(s.scan(12850, withDiscount))
		shown := s.show(12850)
		check(t, s.sim.ScanQR(shown.QRText, withDiscount))
		shown = s.finish(shown)
		s.paid(10000) // a neighbour without one
		for _, p := range []app.Payment{scanned, shown} {
			if p.Tender.State != payment.StatePaid || p.Tender.Discount != 1285 || p.Sale.Paid != 12850 || p.Left != 0 {
				t.Errorf("by %s: %s with a discount of %s, %s paid", p.Tender.Method, p.Tender.State, p.Tender.Discount, p.Sale.Paid)
			}
			s.till.Rest(t.Context(), p.Tender.ID)
		}
		s.counts(data.Figures{Payments: 3, Trade: 35700, Discount: 2570, Settled: 33130, Net: 33130})

		// What of the discounts falls away with each part. The second one's own
		// answer is lost.
		back := payment.Amount(0)
		for n, part := range []payment.Amount{3000, 4001, 5, 5844} {
			for _, p := range []app.Payment{scanned, shown} {
				r := s.refund(p, part)
				if truth := s.sim.Truth().Orders[p.Tender.OutTradeNo].RefundDiscounts[r.RequestNo]; r.State != payment.RefundDone || r.Discount != truth {
					t.Errorf("part %d by %s: %s with a discount of %s, in truth %s", n+1, p.Tender.Method, r.State, r.Discount, truth)
				}
				back += r.Discount
			}
			truth := s.sim.Truth()
			got := s.report().Total
			if got.Refunded != truth.Refunded || got.RefundSettled != truth.SentBack || got.Net != truth.Settled-truth.SentBack || got.RefundsSettled != 2*(n+1) {
				t.Errorf("after part %d the report has %+v; in truth %s were refunded, %s of them sent back, %s settled", n+1, got, truth.Refunded, truth.SentBack, truth.Settled)
			}
		}
		if back != 2570 {
			t.Errorf("of 25.70 of discounts %s fell away with the refunds", back)
		}
		s.counts(data.Figures{Payments: 3, Trade: 35700, Discount: 2570, Settled: 33130, Refunds: 8, RefundsSettled: 8, Refunded: 25700, RefundSettled: 23130, Net: 10000})
		for _, p := range []app.Payment{scanned, shown} {
			_, err := s.till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 1, Reason: "x"})
			s.problem(err, app.ProblemNotPaid)
		}
		s.checkDrawer()
		s.restart()
		s.counts(data.Figures{Payments: 3, Trade: 35700, Discount: 2570, Settled: 33130, Refunds: 8, RefundsSettled: 8, Refunded: 25700, RefundSettled: 23130, Net: 10000})
		s.audit()
	})
}

// counts wants these figures in the report of the day, for the channel as in sum.
func (s *story) counts(want data.Figures) {
	s.Helper()
	want.FeeOpen = want.Payments + want.Refunds // no bill was read
	r := s.report()
	r.Total.Sales = 0
	if r.Total != want {
		s.Errorf("the report has %+v, want %+v", r.Total, want)
	}
	if len(r.Channels) != 1 || r.Channels[0].Channel != s.way.channel || r.Channels[0].Wallet != s.way.wallet {
		s.Fatalf("by channel the report has %+v", r.Channels)
	}
	if r.Channels[0].Sales = 0; r.Channels[0].Figures != want {
		s.Errorf("of the channel the report has %+v, want %+v", r.Channels[0].Figures, want)
	}
}

// A discount beside cash in one sale: it is the channel's part alone, and what goes
// back of the cash has none.
func TestADiscountInASplitSale(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		s := &story{world: newWorld(t, on, patience, paysim.Options{})}
		charge := app.Charge{Draft: newDraft(), Amount: 20000, Part: 5000}
		_, err := s.till.TakeCash(t.Context(), charge, 5000)
		check(t, err)
		s.drawer.Paid += 5000
		charge.Part = 0
		p, err := s.till.PayByCode(t.Context(), charge, s.code(withDiscount))
		check(t, err)
		if p = s.finish(p); p.Tender.Discount != 1500 || p.Sale.State != data.SalePaid {
			t.Errorf("a discount of %s, the sale is %s", p.Tender.Discount, p.Sale.State)
		}
		s.till.Rest(t.Context(), p.Tender.ID)
		s.gaveBack(p.Sale.ID, 20000)
		got := s.report().Total
		if got.Trade != 20000 || got.Discount != 1500 || got.Refunded != 20000 || got.RefundSettled != 18500 || got.Net != 0 {
			t.Errorf("given back altogether: %+v", got)
		}
		s.checkDrawer()
		s.audit()
	})
}

// A payment with a discount whose answer was lost, that the next run finds: the
// discount is found with it.
func TestADiscountThatOnlyTheQueryTells(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		w.sim.SetFault(func(string, int) paysim.Fault { return paysim.Fault{Kind: paysim.ErrorAfter} })
		p := w.scan(12850, withDiscount)
		waitFor(t, func() bool { return w.saw(p, app.PhaseUnknown) && w.sim.Truth().Charged == 12850 })
		w.restart()
		w.sim.SetFault(nil)
		if p = w.finish(p); p.Tender.State != payment.StatePaid || p.Tender.Discount != 1285 {
			t.Errorf("%s with a discount of %s", p.Tender.State, p.Tender.Discount)
		}
		w.audit()
	})
}
