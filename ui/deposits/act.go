package deposits

import (
	"context"

	"frontdesk/payment"
	"frontdesk/ui/panel"
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
		s.scan()
	case screen.ActQR:
		if !s.taking.TurnQR(1) {
			s.way(s.askQR)
		}
	case screen.ActCash:
		s.way(s.taking.EnterCash)
	case screen.ActDeposit:
		s.deposit()
	case actRelease:
		s.askRelease()
	case screen.ActQuery:
		s.taking.AskNow()
	case screen.ActReprint:
		return s.reprintShown()
	case screen.ActRefund:
		return s.refundShown()
	default:
		return false
	}
	return true
}

// enter presses the default action of the moment; after a check-out, that is the
// next deposit of the room.
func (s *Screen) enter() {
	switch {
	case s.open != nil:
		s.enterOpened()
	case s.checkedOut() && s.now.Due() == 0 && len(s.aboutShown().room) > 0:
		s.do(openNext)
	default:
		s.taking.Enter()
	}
}

// checkedOut reports whether the right side shows the end of a step.
func (s *Screen) checkedOut() bool {
	return s.mode() == modeAmount && s.taking.Current != nil && s.taking.Current.Of.step != nil
}

// enterOpened presses the default action of an opened deposit.
func (s *Screen) enterOpened() {
	switch step := s.open.step; {
	case step != nil && step.State == payment.RefundRefused:
		s.acknowledgeStep()
	case step != nil && !s.open.busy:
		s.do(panel.Park)
	case s.mode() == modeDue:
		s.capture()
	}
}

// escape goes one step back.
func (s *Screen) escape() {
	switch {
	case s.open != nil:
		s.escapeOpened()
	case !s.taking.Escape():
		s.clear()
	}
}

func (s *Screen) escapeOpened() {
	switch step := s.open.step; {
	case s.open.busy:
	case step != nil && step.State == payment.RefundRefused:
		s.forgetStep()
	case step != nil:
		s.park()
	default:
		s.leave()
	}
}

// clear empties what was typed: first the amount, then the fields, then the
// search.
func (s *Screen) clear() {
	switch {
	case !s.now.Empty():
		s.now.clear()
	case s.take.guest() != guest{}:
		s.take.clearFields()
	default:
		s.list.clear()
	}
	s.taking.Hint = panel.Hint{}
	s.refresh()
}

// way takes the amount in one of the ways, where that is possible now.
func (s *Screen) way(take func()) {
	switch s.mode() {
	case modeReadOnly:
		s.taking.Warn("till.hint.read_only")
	case modeAmount:
		take()
	}
}

// scan asks for a pay code; in place of the QR, where one stands.
func (s *Screen) scan() {
	if !s.taking.InsteadOfQR() {
		s.way(s.taking.ReadyToScan)
	}
}

// askQR asks for a QR with which the wallet of the last one sets money aside.
func (s *Screen) askQR() {
	if s.now.Due() > 0 && len(s.taking.QRWallets()) == 0 {
		s.taking.Warn("deposit.hint.no_qr")
		return
	}
	s.taking.ShowQR(payment.WalletNone)
}

// deposit is the key for deposits, pressed on their own tab: back to taking one.
func (s *Screen) deposit() {
	switch {
	case s.open != nil:
		s.escapeOpened()
	case s.mode() == modeAmount && s.now.Due() > 0:
		s.taking.ReadyToScan()
	}
}

// do carries out what a button of a panel asks for.
func (s *Screen) do(what panel.Intent) {
	if s.open != nil {
		s.doOpened(what)
		return
	}
	if s.taking.Do(what) {
		return
	}
	id := s.taking.Current.Of.ID
	switch what {
	case reprint:
		s.reprintShown()
	case openIt:
		s.Open(id, "")
	case openNext:
		if room := s.aboutShown().room; len(room) > 0 {
			s.Open(room[0].ID, "")
		}
	case panel.KeepLate:
		s.taking.Background(func(ctx context.Context) error { return s.desk.Till.KeepLateDeposit(ctx, id) }, s.decided)
	case panel.ReturnLate:
		reason := s.desk.Words.T("hold.late.reason")
		s.taking.Background(func(ctx context.Context) error { return s.desk.Till.ReturnLateDeposit(ctx, id, reason) }, s.decided)
	}
	s.refresh()
}

// doOpened carries out what a button of a step's panel asks for.
func (s *Screen) doOpened(what panel.Intent) {
	switch what {
	case panel.Park:
		s.park()
	case panel.Dismiss:
		s.forgetStep()
	}
}

// decided closes the panel of a late deposit.
func (s *Screen) decided() {
	s.taking.Back()
	s.list.reload()
}

// reprintShown prints the last paper of the deposit in sight again; false when
// there is none, for the window to decide.
func (s *Screen) reprintShown() bool {
	switch now := s.taking.Current; {
	case s.open != nil && s.open.read() && s.open.detail.Held > 0:
		s.reprintPaper(s.open.id, lastPaper(s.open.detail))
	case now != nil && now.Of.step != nil:
		s.reprintPaper(now.Of.ID, now.Of.step.ID)
	case now != nil && now.Of.Held > 0:
		s.reprintPaper(now.Of.ID, 0)
	default:
		return false
	}
	return true
}

// refundShown gives captured money of the deposit in sight back; false when
// there is none.
func (s *Screen) refundShown() bool {
	switch now := s.taking.Current; {
	case s.open != nil:
		s.askRefund()
	case now != nil && now.Of.Captured > 0:
		s.Open(now.Of.ID, screen.ActRefund)
	default:
		return false
	}
	return true
}
