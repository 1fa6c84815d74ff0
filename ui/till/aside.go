package till

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// Payments that the left side does not wait for: put aside, of an earlier run,
// or late.

// ShowPayment shows an open payment on the right, while the left side stays
// free. It does nothing while another payment has no end yet.
func (s *Screen) ShowPayment(tenderID int64) {
	if s.desk.Till != nil && s.mode() != modeLocked && s.mode() != modeRest {
		s.taking.ShowAside(tenderID)
	}
}

// showUrgent shows the payment of a sale about which a person has to decide.
func (s *Screen) showUrgent(sale data.Sale) {
	if s.mode() != modeAmount {
		return
	}
	s.desk.Background(func(ctx context.Context) func() {
		detail, err := s.desk.Books.Sale(ctx, sale.ID)
		if err != nil {
			return func() { s.taking.Refuse(err) }
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
			s.taking.Show(p, true)
			s.about = about{p.Tender.ID, detail}
			s.refresh()
		}
	})
}

// PrintsChanged reads again what became of the papers of the shown sale.
func (s *Screen) PrintsChanged() {
	if now := s.taking.Current; now != nil && now.Line.Phase.Final() {
		sale{s}.ReadMore(now.Of)
	}
	if s.desk.Practice && !s.practice.reprint {
		s.reload()
	}
}
