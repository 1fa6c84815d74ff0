package till

import (
	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// notices are what is open, what came of it, and what has to be decided, the
// most urgent last: nearest to the hand.
func (s *Screen) notices() []panel.Notice {
	var list []panel.Notice
	if n := len(s.results); n > 0 {
		list = append(list, s.resultNotice(s.results[n-1]))
	}
	if n, ok := s.taking.TroubleNotice(); ok {
		list = append(list, n)
	}
	for _, sale := range s.books.urgent {
		list = append(list, s.urgentNotice(sale))
	}
	if n, ok := s.taking.WaitingNotice(s.ShowPayment); ok {
		list = append(list, n)
	}
	return list[max(0, len(list)-maxNotices):]
}

// resultNotice is about a payment that was put aside and has ended.
func (s *Screen) resultNotice(p app.Payment) panel.Notice {
	w := s.desk.Words
	n := panel.Notice{
		Line:   w.T("till.result."+string(p.Phase), "amount", p.Tender.Amount.Grouped()),
		Second: w.T("till.result.text", "receipt", p.Sale.ReceiptNo),
		Icon:   kit.IconClosed, Color: kit.Mute, Calm: true, Word: w.T("till.show"),
		Tap: func() {
			s.results = nil
			s.desk.Go(screen.TabSales, p.Sale.ID)
			s.refresh()
		},
	}
	switch p.Phase {
	case app.PhasePaid:
		n.Icon, n.Color = kit.IconPaid, kit.Ok
	case app.PhaseFailed:
		n.Icon, n.Color = kit.IconFailed, kit.Bad
	case app.PhaseReversed:
		n.Icon = kit.IconRefunded
	}
	return n
}

// urgentNotice is about money that a person has to decide about.
func (s *Screen) urgentNotice(sale data.Sale) panel.Notice {
	key, amount := "till.urgent.late", sale.Paid
	switch sale.Attention {
	case data.AttentionOverpaid:
		key, amount = "till.urgent.overpaid", sale.Paid-sale.Refunded-sale.Amount
	case data.AttentionTaken:
		key, amount = "till.urgent.taken", sale.Amount
	}
	w := s.desk.Words
	return panel.Notice{
		Line: w.T(key, "amount", amount.Grouped()), Second: w.T(key + ".text"),
		Icon: kit.IconAlert, Color: kit.Warn, Word: w.T("till.show"),
		Tap: func() { s.showUrgent(sale) },
	}
}
