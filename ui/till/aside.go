package till

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/panel"
)

// Payments that the left side does not wait for: put aside, of an earlier run,
// or late.

// showOpen shows the oldest open payment that was put aside.
func (s *Screen) showOpen() {
	if list := s.asideList(); len(list) > 0 {
		s.ShowPayment(list[0].Tender.ID)
	}
}

// ShowPayment shows an open payment on the right, while the left side stays
// free. It does nothing while another payment has no end yet.
func (s *Screen) ShowPayment(tenderID int64) {
	if s.desk.Till == nil || s.mode() == modeLocked || s.mode() == modeRest {
		return
	}
	for _, p := range s.desk.Till.OpenPayments() {
		if p.Tender.ID == tenderID {
			s.cash, s.refused = nil, nil
			s.current = &shown{payment: p, aside: true, asking: panel.ClockTime(s.desk.Now())}
			s.readDetail()
			s.refresh()
			return
		}
	}
}

// showUrgent shows the payment of a sale about which a person has to decide.
func (s *Screen) showUrgent(sale data.Sale) {
	if mode := s.mode(); mode != modeAmount {
		return
	}
	s.desk.Background(func(ctx context.Context) func() {
		detail, err := s.desk.Books.Sale(ctx, sale.ID)
		if err != nil {
			return func() { s.problem(err) }
		}
		p := app.Payment{Sale: detail.Sale, Left: max(0, detail.Amount-detail.Paid)}
		for _, t := range detail.Tenders {
			if t.Late || t.State == payment.StateReversed || p.Tender.ID == 0 {
				p.Tender = t
			}
		}
		p.Phase = app.PhasePaid
		if p.Tender.State == payment.StateReversed {
			p.Phase = app.PhaseReversed
		}
		return func() {
			if s.mode() != modeAmount {
				return
			}
			s.current = &shown{payment: p, detail: detail, aside: true}
			s.refresh()
		}
	})
}

// PrintsChanged reads again what became of the papers of the shown sale.
func (s *Screen) PrintsChanged() {
	if s.current != nil && s.current.payment.Phase.Final() {
		s.readDetail()
	}
	if s.desk.Practice && !s.practice.reprint {
		s.reload()
	}
}
