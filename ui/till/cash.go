package till

import (
	"context"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
)

// enterCash begins to count.
func (s *Screen) enterCash() {
	if s.now.due() <= 0 {
		s.warn("till.hint.amount_missing")
		return
	}
	s.dropPanel()
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

// finishCash books what was handed over: all that is due, with the change.
func (s *Screen) finishCash() {
	received, due := s.cash.Received(), s.now.due()
	switch {
	case received == 0:
		s.warn("till.hint.cash_missing")
	case received < due:
		s.warn("till.hint.cash_short", "left", (due - received).Grouped())
	default:
		s.takeCash(0, received, nextStep{})
	}
}

// splitCash books a part in cash and goes on with the rest in another way.
func (s *Screen) splitCash(next nextStep) {
	received, due := s.cash.Received(), s.now.due()
	switch {
	case received == 0: // nothing was counted: all of it the other way
		s.leaveCash()
		s.goOn(next)
	case received >= due:
		s.warn("till.hint.cash_enough")
	default:
		s.takeCash(received, received, next)
	}
}

func (s *Screen) takeCash(part, received payment.Amount, next nextStep) {
	s.next = next
	s.pay(func(ctx context.Context, t *app.Till, c app.Charge) (app.Payment, error) {
		c.Part = part
		return t.TakeCash(ctx, c, received)
	})
}

// cashView words the counting of cash.
func (s *Screen) cashView() panel.Cash {
	w := s.desk.Words
	v := panel.CountCash(w, s.cash.Received(), s.now.due())
	v.Head = kit.ResultHead{Kind: kit.ResultPlain, Icon: kit.IconCash, Word: w.T("cash.title"), Line: w.T("cash.line"), Compact: true}
	v.Hints = w.T("cash.hint1") + "\n" + w.T("cash.hint2")
	return v
}
