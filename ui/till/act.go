package till

import (
	"context"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/people"
	"frontdesk/ui/screen"
	"frontdesk/ui/taking"
)

// Act does what a key, a button or a menu line asks for.
func (s *Screen) Act(a screen.Action) bool {
	switch a {
	case screen.ActDefault:
		s.taking.Enter()
	case screen.ActCancel:
		s.escape()
	case screen.ActScan:
		s.way(taking.Next{Scan: true})
	case screen.ActQR:
		s.way(taking.Next{QR: true})
	case screen.ActCash:
		s.wayCash()
	case screen.ActDeposit:
		return s.toDeposit()
	case screen.ActQuery:
		s.taking.AskNow()
	case screen.ActReprint:
		s.reprintLast()
	case screen.ActRefund:
		return s.refundShown()
	default:
		return false
	}
	return true
}

// escape goes one step back. A sale that is paid in part is left with the second
// Esc only.
func (s *Screen) escape() {
	switch {
	case s.mode() == modeRest && s.taking.Stands(app.PhasePaid) && !s.taking.Refused():
		s.leaveWithSecondEscape()
	case !s.taking.Escape():
		s.clear()
	}
}

func (s *Screen) leaveWithSecondEscape() {
	if s.taking.Current.Asked {
		s.taking.NextCustomer() // the sale stays in the list, paid in part
	} else {
		s.taking.Current.Asked = true
	}
	s.refresh()
}

// clear empties what was typed: first the amount, then the fields.
func (s *Screen) clear() {
	if s.now.Empty() {
		s.left.clearFields()
	}
	s.clearAmount()
}

func (s *Screen) clearAmount() {
	s.now.clear()
	s.taking.Hint = panel.Hint{}
	s.refresh()
}

// way takes the amount by scan or QR.
func (s *Screen) way(next taking.Next) {
	switch s.mode() {
	case modeReadOnly:
		s.taking.Warn("till.hint.read_only")
	case modeLocked:
		if next.QR {
			s.taking.TurnQR(1)
		} else {
			s.taking.InsteadOfQR()
		}
	case modeCash:
		s.taking.SplitCash(next)
	default:
		s.taking.GoOn(next)
	}
}

func (s *Screen) wayCash() {
	switch s.mode() {
	case modeReadOnly:
		s.taking.Warn("till.hint.read_only")
	case modeAmount, modeRest:
		s.taking.EnterCash()
	}
}

// toDeposit makes a deposit of the amount that stands, on the tab of deposits;
// false when there is none, for the window to decide.
func (s *Screen) toDeposit() bool {
	if !s.desk.Mode.Deposits() || s.mode() != modeAmount || s.now.Due() <= 0 {
		return false
	}
	amount := s.now.Due()
	s.taking.Back()
	s.clearAmount()
	s.desk.TakeDeposit(amount)
	return true
}

// do carries out what a button of the panel asks for.
func (s *Screen) do(what panel.Intent) {
	if s.taking.Do(what) {
		return
	}
	p := s.taking.Current.Of
	switch what {
	case leavePart:
		s.leaveWithSecondEscape()
	case reprint:
		s.reprint(p.Sale.ID)
	case refund:
		s.desk.Refund(p.Sale.ID)
	case panel.KeepLate:
		s.taking.Background(func(ctx context.Context) error { return s.desk.Till.KeepLate(ctx, p.Sale.ID) }, s.decided)
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
		Failed: func(err error) { s.taking.Trouble = s.desk.Sentence(err); s.refresh() },
	})
}

// decided closes the panel of a late payment.
func (s *Screen) decided() {
	s.taking.Back()
	s.reload()
}

// reprintLast prints the shown sale again, or else the last one that was paid.
func (s *Screen) reprintLast() {
	switch now := s.taking.Current; {
	case s.desk.Till == nil:
		s.taking.Warn("till.hint.read_only")
	case now != nil && now.Of.Sale.Paid > 0:
		s.reprint(now.Of.Sale.ID)
	default:
		if id, ok := s.books.lastPaid(); ok {
			s.reprint(id)
			return
		}
		s.taking.Warn("till.hint.nothing_to_print")
	}
}

func (s *Screen) reprint(saleID int64) {
	s.taking.Background(func(ctx context.Context) error {
		_, err := s.desk.Till.Reprint(ctx, saleID)
		return err
	}, func() {
		s.desk.WakePrinter()
		s.taking.Inform("till.hint.reprinting")
		s.PrintsChanged()
	})
}

// refundShown opens the refund of the sale on the right; false when there is
// none, for the window to decide.
func (s *Screen) refundShown() bool {
	now := s.taking.Current
	if now == nil || now.Of.Sale.Paid == 0 || s.desk.Till == nil {
		return false
	}
	s.desk.Refund(now.Of.Sale.ID)
	return true
}
