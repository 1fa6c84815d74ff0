package till

import (
	"context"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/people"
	"frontdesk/ui/screen"
)

// Act does what a key, a button or a menu line asks for.
func (s *Screen) Act(a screen.Action) bool {
	switch a {
	case screen.ActDefault:
		s.enter()
	case screen.ActCancel:
		s.escape()
	case screen.ActScan:
		s.way(nextStep{scan: true})
	case screen.ActQR:
		s.way(nextStep{qr: true})
	case screen.ActCash:
		s.wayCash()
	case screen.ActDeposit:
		return s.toDeposit()
	case screen.ActQuery:
		s.askNow()
	case screen.ActReprint:
		s.reprintLast()
	case screen.ActRefund:
		return s.refundShown()
	default:
		return false
	}
	return true
}

// enter presses the default action of the moment.
func (s *Screen) enter() {
	mode := s.mode()
	switch {
	case mode == modeReadOnly, s.busy:
	case s.refused != nil:
		s.acknowledge()
	case mode == modeCash:
		s.finishCash()
	case mode == modeLocked:
		if p := s.current.payment; (p.Phase == app.PhaseUnknown || p.Phase == app.PhaseCancelling || !p.DueAt.IsZero()) && !s.current.asked {
			s.do(panel.Park)
		}
	case s.stands(app.PhaseFailed), s.stands(app.PhaseClosed), s.stands(app.PhaseReversed):
		s.acknowledge()
	case s.stands(app.PhasePaid) && s.now.due() == 0:
		// A second Enter after the last one must not look like a fault.
	default:
		s.readyToScan()
	}
}

// stands reports whether the payment of the standing amount ended in a phase
// and its panel is still there.
func (s *Screen) stands(phase app.Phase) bool {
	return s.current != nil && !s.current.aside && s.current.payment.Phase == phase
}

// acknowledge closes a failure with the second Enter: one Enter more than the
// hand was about to press anyway.
func (s *Screen) acknowledge() {
	switch {
	case s.refused != nil && !s.refused.again:
		s.refused.again = true
		s.refused.Caption = s.desk.Words.T("pay.failed.again")
	case s.refused == nil && !s.current.asked:
		s.current.asked = true
	default:
		s.back()
	}
	s.refresh()
}

// escape goes one step back.
func (s *Screen) escape() {
	mode := s.mode()
	switch {
	case s.refused != nil:
		s.dismiss()
	case s.current != nil && s.current.asked && mode != modeRest:
		if s.current.payment.Phase.Final() && !s.current.aside {
			s.dismiss()
		} else {
			s.do(panel.KeepIt)
		}
	case mode == modeCash:
		s.leaveCash()
	case s.current != nil && s.current.aside:
		s.dismiss()
	case mode == modeLocked:
		switch {
		case s.busy:
		case !s.current.payment.DueAt.IsZero():
			s.warn("till.hint.no_cancel")
		case s.cancellable():
			s.do(panel.Cancel)
		}
	case s.stands(app.PhasePaid) && s.now.partPaid():
		s.leaveWithSecondEscape()
	case s.current != nil:
		s.dismiss()
	default:
		s.clear()
	}
}

// cancellable reports whether Esc alone cancels: not where the money may have
// moved already.
func (s *Screen) cancellable() bool {
	switch s.current.payment.Phase {
	case app.PhaseSending, app.PhaseWaiting, app.PhaseQR, app.PhaseQRScanned:
		return true
	}
	return false
}

func (s *Screen) leaveWithSecondEscape() {
	if s.current.asked {
		s.leavePart()
		return
	}
	s.current.asked = true
	s.refresh()
}

// clear empties what was typed: first the amount, then the fields.
func (s *Screen) clear() {
	if s.now.entry.Empty() {
		s.left.clearFields()
	}
	s.now.clear()
	s.hint = panel.Hint{}
	s.refresh()
}

// way takes the amount by scan or QR.
func (s *Screen) way(next nextStep) {
	switch s.mode() {
	case modeReadOnly:
		s.warn("till.hint.read_only")
	case modeLocked:
		switch {
		case next.qr:
			s.turnQR(1)
		case next.scan && !s.busy && s.current.payment.QRText != "":
			s.do(panel.SwitchToScan)
		}
	case modeCash:
		s.splitCash(next)
	default:
		s.goOn(next)
	}
}

func (s *Screen) wayCash() {
	switch s.mode() {
	case modeReadOnly:
		s.warn("till.hint.read_only")
	case modeAmount, modeRest:
		s.enterCash()
	}
}

// toDeposit makes a deposit of the amount that stands, on the tab of deposits;
// false when there is none, for the window to decide.
func (s *Screen) toDeposit() bool {
	if !s.desk.Mode.Deposits() || s.mode() != modeAmount || s.now.due() <= 0 {
		return false
	}
	amount := s.now.due()
	s.back()
	s.now.clear()
	s.hint = panel.Hint{}
	s.refresh()
	s.desk.TakeDeposit(amount)
	return true
}

// askNow asks the channels about everything that is open.
func (s *Screen) askNow() {
	if s.desk.Till == nil {
		return
	}
	for _, p := range s.desk.Till.OpenPayments() {
		s.desk.Till.QueryNow(p.Tender.ID)
	}
}

// do carries out what a button of the panel asks for.
func (s *Screen) do(what panel.Intent) {
	if s.refused != nil {
		s.dismiss()
		return
	}
	if s.current == nil {
		return
	}
	p := s.current.payment
	switch what {
	case panel.Cancel:
		s.current.asked = false
		s.background(func(ctx context.Context) error {
			_, err := s.desk.Till.Cancel(ctx, p.Tender.ID)
			return err
		}, nil)
	case panel.SwitchToScan:
		s.next = nextStep{scan: true}
		s.do(panel.Cancel)
	case panel.AskCancel, panel.AskReturnLate:
		s.current.asked = true
	case panel.KeepIt:
		s.current.asked = false
	case panel.Park:
		s.background(func(ctx context.Context) error { return s.desk.Till.Park(ctx, p.Tender.ID) }, s.parked(p.Tender.ID))
	case panel.QueryNow:
		s.desk.Till.QueryNow(p.Tender.ID)
	case panel.Dismiss, panel.Back:
		s.back()
	case leavePart:
		s.leaveWithSecondEscape()
	case reprint:
		s.reprint(p.Sale.ID)
	case refund:
		s.desk.Refund(p.Sale.ID)
	case panel.KeepLate:
		s.background(func(ctx context.Context) error { return s.desk.Till.KeepLate(ctx, p.Sale.ID) }, s.decided)
	case panel.ReturnLate:
		s.returnLate(p)
	}
	s.refresh()
}

// returnLate gives late money back. The panel has asked already; where the person
// may not do it alone, somebody else is asked for their word.
func (s *Screen) returnLate(p app.Payment) {
	w, amount := s.desk.Words, p.Tender.Amount.Grouped()
	people.Ask(s.desk, people.Question{
		Act: people.ActRefund, Kind: kit.MoneyOut,
		Title: w.T("pay.late.return"), Text: w.T("sales.late.back.text", "amount", amount), Word: w.T("pay.late.sure", "amount", amount),
		Do: func(ctx context.Context, approval *app.Approval) error {
			_, err := s.desk.Till.ReturnLate(ctx, p.Sale.ID, w.T("pay.late.reason"), approval)
			return err
		},
		Then:   s.decided,
		Failed: func(err error) { s.trouble = s.desk.Sentence(err); s.refresh() },
	})
}

// background runs work off the UI goroutine; then follows when it went well.
func (s *Screen) background(work func(context.Context) error, then func()) {
	s.desk.Background(func(ctx context.Context) func() {
		err := work(ctx)
		return func() {
			switch {
			case err != nil:
				s.trouble = s.desk.Sentence(err)
			case then != nil:
				then()
			}
			s.refresh()
		}
	})
}

// parked makes room for the next customer, unless the result came first.
func (s *Screen) parked(tenderID int64) func() {
	return func() {
		if s.current == nil || s.current.payment.Tender.ID != tenderID || s.current.payment.Phase.Final() {
			return
		}
		s.current, s.part, s.next, s.hint = nil, nil, nextStep{}, panel.Hint{}
		s.now.clear()
		s.left.clearFields()
		s.reload()
	}
}

// decided closes the panel of a late payment.
func (s *Screen) decided() {
	s.back()
	s.reload()
}

// reprintLast prints the shown sale again, or else the last one that was paid.
func (s *Screen) reprintLast() {
	switch {
	case s.desk.Till == nil:
		s.warn("till.hint.read_only")
	case s.current != nil && s.current.payment.Sale.Paid > 0:
		s.reprint(s.current.payment.Sale.ID)
	default:
		if id, ok := s.books.lastPaid(); ok {
			s.reprint(id)
			return
		}
		s.warn("till.hint.nothing_to_print")
	}
}

func (s *Screen) reprint(saleID int64) {
	s.background(func(ctx context.Context) error {
		_, err := s.desk.Till.Reprint(ctx, saleID)
		return err
	}, func() {
		s.desk.WakePrinter()
		s.inform("till.hint.reprinting")
		s.PrintsChanged()
	})
}

// refundShown opens the refund of the sale on the right; false when there is
// none, for the window to decide.
func (s *Screen) refundShown() bool {
	if s.current == nil || s.current.payment.Sale.Paid == 0 || s.desk.Till == nil {
		return false
	}
	s.desk.Refund(s.current.payment.Sale.ID)
	return true
}
