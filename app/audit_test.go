package app_test

import (
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// audit ends the till and compares the ledger with the simulator's truth, order
// by order and in sum, to the fen.
func (w *world) audit() {
	w.Helper()
	w.till.Close()
	verify(w.T, w.ledger)
	open, err := w.ledger.OpenTenders(w.Context())
	check(w, err)
	refunding, err := w.ledger.OpenRefunds(w.Context())
	check(w, err)
	if len(open)+len(refunding) > 0 {
		w.Errorf("left open: tenders %+v, refunds %+v", open, refunding)
	}
	if w.auditReports(); w.sim == nil {
		return
	}
	truth := w.sim.Truth()
	rows, totals, err := w.ledger.Sales(w.Context(), data.Filter{Limit: 1_000_000, Channel: w.way.channel})
	check(w, err)
	if net := totals.Paid - totals.Refunded + w.auditDeposits(truth); net != truth.Net() {
		w.Errorf("the ledger has %s, the simulator %s", net, truth.Net())
	}
	for _, row := range rows {
		detail, err := w.ledger.SaleByID(w.Context(), row.ID)
		check(w, err)
		for _, t := range detail.Tenders {
			if t.Channel == w.way.channel {
				w.auditTender(t, detail.Refunds, truth.Orders[t.OutTradeNo])
				delete(truth.Orders, t.OutTradeNo)
			}
		}
	}
	for no, order := range truth.Orders {
		w.Errorf("order %s (%s, charged %s) is not in the ledger", no, order.State, order.Charged)
	}
}

func (w *world) auditTender(t data.Tender, refunds []data.Refund, truth paysim.OrderTruth) {
	w.Helper()
	var charged, refunded, discount payment.Amount
	switch t.State {
	case payment.StatePaid:
		charged, refunded, discount = t.Amount, t.Refunded, t.Discount
	case payment.StateReversed:
		charged, refunded, discount = t.Amount, t.Amount, truth.Discount
	}
	if truth.Charged != charged || truth.Refunded != refunded || truth.Discount != discount {
		w.Errorf("tender %s is %s with %s charged, %s of it a discount, and %s refunded; the truth is %s, %s, %s and %s",
			t.OutTradeNo, t.State, charged, discount, refunded, truth.State, truth.Charged, truth.Discount, truth.Refunded)
	}
	w.auditNumber(t.OutTradeNo)
	for _, r := range refunds {
		if r.TenderID != t.ID {
			continue
		}
		w.auditNumber(r.RequestNo)
		want := payment.Amount(0)
		if r.State == payment.RefundDone {
			want = r.Amount
		}
		if truth.Refunds[r.RequestNo] != want || truth.RefundDiscounts[r.RequestNo] != r.Discount {
			w.Errorf("refund %s is %s with %s, %s of it a discount; the truth is %s and %s",
				r.RequestNo, r.State, r.Amount, r.Discount, truth.Refunds[r.RequestNo], truth.RefundDiscounts[r.RequestNo])
		}
	}
}

// auditNumber wants a number of ours to begin as the channel wants it.
func (w *world) auditNumber(no string) {
	w.Helper()
	if n, ok := w.channel.(payment.Numbered); ok && !strings.HasPrefix(no, n.OrderPrefix()) {
		w.Errorf("number %s does not begin with %s", no, n.OrderPrefix())
	}
}

// auditReports compares the report that a manager reads with a recount of every
// sale and with the simulator's truth: in sum, and slice by slice.
func (w *world) auditReports() {
	w.Helper()
	cut := data.Cut{From: w.ledger.Today().Plus(-1), To: w.ledger.Today().Plus(400)}
	report, err := w.ledger.Report(w.Context(), cut)
	check(w, err)
	rows, _, err := w.ledger.Sales(w.Context(), data.Filter{Limit: 1_000_000})
	check(w, err)
	var total data.Figures
	channels := map[payment.ChannelName]data.Figures{}
	for _, row := range rows {
		detail, err := w.ledger.SaleByID(w.Context(), row.ID)
		check(w, err)
		for _, t := range detail.Tenders {
			f := recount(t, detail.Refunds)
			channels[t.Channel] = plus(channels[t.Channel], f)
			total = plus(total, f)
		}
	}
	if report.Total.Sales = 0; report.Total != total { // sales are counted where their first money came in
		w.Errorf("the report has %+v, a recount %+v", report.Total, total)
	}
	for name, slices := range map[string][]data.Slice{
		"channel": report.Channels, "method": report.Methods, "person": report.People, "shift": report.Shifts, "day": report.Days,
	} {
		var sum data.Figures
		for _, s := range slices {
			s.Sales = 0
			sum = plus(sum, s.Figures)
			if f := channels[s.Channel]; name == "channel" && s.Figures != f {
				w.Errorf("%s: the report has %+v, a recount %+v", s.Channel, s.Figures, f)
			}
		}
		if sum != total {
			w.Errorf("by %s the report adds up to %+v, want %+v", name, sum, total)
		}
	}
}

// recount is what one tender and its refunds bring to a report.
func recount(t data.Tender, refunds []data.Refund) (f data.Figures) {
	if t.State != payment.StatePaid {
		return f
	}
	f.Payments, f.Trade, f.Discount, f.Settled = 1, t.Amount, t.Discount, t.Amount-t.Discount
	for _, r := range refunds {
		if r.TenderID == t.ID && r.State == payment.RefundDone {
			f.Refunds, f.RefundsSettled = f.Refunds+1, f.RefundsSettled+1
			f.Refunded, f.RefundSettled = f.Refunded+r.Amount, f.RefundSettled+r.Amount-r.Discount
		}
	}
	f.Net = f.Settled - f.RefundSettled
	if t.Channel != payment.Cash { // no bill was read
		f.FeeOpen = f.Payments + f.Refunds
	}
	return f
}

func plus(a, b data.Figures) data.Figures {
	return data.Figures{
		Sales: a.Sales + b.Sales, Payments: a.Payments + b.Payments, Trade: a.Trade + b.Trade, Discount: a.Discount + b.Discount, Settled: a.Settled + b.Settled,
		Refunds: a.Refunds + b.Refunds, Refunded: a.Refunded + b.Refunded, RefundsSettled: a.RefundsSettled + b.RefundsSettled,
		RefundSettled: a.RefundSettled + b.RefundSettled, Net: a.Net + b.Net, Fee: a.Fee + b.Fee, FeeOpen: a.FeeOpen + b.FeeOpen,
	}
}
