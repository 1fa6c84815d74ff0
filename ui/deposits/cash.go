package deposits

import (
	"context"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
)

// enterCash begins to count.
func (s *Screen) enterCash() {
	if s.now.amount() <= 0 {
		s.warn("till.hint.amount_missing")
		return
	}
	s.back()
	s.cash = &panel.Counted{}
	s.unfocus()
	s.refresh()
}

// leaveCash goes back to the amount; nothing was taken.
func (s *Screen) leaveCash() {
	s.cash = nil
	s.refresh()
}

// suggest takes a suggested amount as handed over.
func (s *Screen) suggest(a payment.Amount) {
	s.cash.Suggest(a)
	s.refresh()
}

// finishCash takes the deposit in cash, with the change.
func (s *Screen) finishCash() {
	received, due := s.cash.Received(), s.now.amount()
	switch {
	case received == 0:
		s.warn("till.hint.cash_missing")
	case received < due:
		s.warn("till.hint.cash_short", "left", (due - received).Grouped())
	default:
		s.hold(func(ctx context.Context, t *app.Till, o app.HoldOrder) (app.Deposit, error) {
			return t.HoldCash(ctx, o, received)
		})
	}
}

// cashView words the counting of cash.
func (s *Screen) cashView() panel.Cash {
	w := s.desk.Words
	v := panel.CountCash(w, s.cash.Received(), s.now.amount())
	v.Head = kit.ResultHead{Kind: kit.ResultPlain, Icon: kit.IconCash, Word: w.T("deposit.cash.title"), Line: w.T("deposit.cash.line"), Compact: true}
	v.Hints = w.T("deposit.cash.hint")
	return v
}
