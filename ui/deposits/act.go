package deposits

import (
	"context"

	"frontdesk/app"
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
		if !s.turnQR(1) {
			s.way(s.askQR)
		}
	case screen.ActCash:
		s.way(s.enterCash)
	case screen.ActDeposit:
		s.deposit()
	case actRelease:
		s.askRelease()
	case screen.ActQuery:
		s.askNow()
	case screen.ActReprint:
		return s.reprintShown()
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
	case s.open != nil:
		s.enterOpened(mode)
	case s.refused != nil, s.stands(app.PhaseFailed), s.stands(app.PhaseClosed), s.stands(app.PhaseReversed):
		s.acknowledge()
	case mode == modeCash:
		s.finishCash()
	case mode == modeLocked:
		if d := s.current.deposit; (d.Phase == app.PhaseUnknown || d.Phase == app.PhaseCancelling || !d.DueAt.IsZero()) && !s.current.asked {
			s.do(panel.Park)
		}
	case s.stands(app.PhasePaid) && s.now.amount() == 0:
		// A second Enter after the last one must not look like a fault; after a
		// check-out it goes on with the room.
		if s.current.step != nil && len(s.current.room) > 0 {
			s.do(openNext)
		}
	default:
		s.readyToScan()
	}
}

// enterOpened presses the default action of an opened deposit.
func (s *Screen) enterOpened(mode mode) {
	switch step := s.open.step; {
	case step != nil && step.State == payment.RefundRefused:
		s.acknowledgeStep()
	case step != nil && !s.open.busy:
		s.do(panel.Park)
	case mode == modeDue:
		s.capture()
	}
}

// stands reports whether the hold of the standing amount ended in a phase and
// its panel is still there.
func (s *Screen) stands(phase app.Phase) bool {
	return s.current != nil && !s.current.aside && s.current.deposit.Phase == phase
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
	case s.open != nil:
		s.escapeOpened()
	case s.refused != nil:
		s.dismiss()
	case s.current != nil && s.current.asked:
		if s.current.deposit.Phase.Final() && !s.current.aside {
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
		case !s.current.deposit.DueAt.IsZero():
			s.warn("till.hint.no_cancel")
		case s.cancellable():
			s.do(panel.Cancel)
		}
	case s.current != nil:
		s.dismiss()
	default:
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

// cancellable reports whether Esc alone cancels: not where the money may have
// moved already.
func (s *Screen) cancellable() bool {
	switch s.current.deposit.Phase {
	case app.PhaseSending, app.PhaseWaiting, app.PhaseQR, app.PhaseQRScanned:
		return true
	}
	return false
}

// clear empties what was typed: first the amount, then the fields, then the
// search.
func (s *Screen) clear() {
	switch {
	case !s.now.entry.Empty():
		s.now.clear()
	case s.take.guest() != guest{}:
		s.take.clearFields()
	default:
		s.list.clear()
	}
	s.hint = panel.Hint{}
	s.refresh()
}

// way takes the amount in one of the ways, where that is possible now.
func (s *Screen) way(take func()) {
	switch s.mode() {
	case modeReadOnly:
		s.warn("till.hint.read_only")
	case modeAmount:
		take()
	}
}

// scan asks for a pay code; in place of the QR, where one stands.
func (s *Screen) scan() {
	if s.mode() == modeLocked && !s.busy && s.current.deposit.QRText != "" {
		s.do(panel.SwitchToScan)
		return
	}
	s.way(s.readyToScan)
}

// deposit is the key for deposits, pressed on their own tab: back to taking one.
func (s *Screen) deposit() {
	switch {
	case s.open != nil:
		s.escapeOpened()
	case s.mode() == modeAmount && s.now.amount() > 0:
		s.readyToScan()
	}
}

// askNow asks the channels about every hold that is open.
func (s *Screen) askNow() {
	if s.desk.Till == nil {
		return
	}
	for _, d := range s.desk.Till.OpenHolds() {
		s.desk.Till.QueryHoldNow(d.ID)
	}
}

// do carries out what a button of a panel asks for.
func (s *Screen) do(what panel.Intent) {
	switch {
	case s.open != nil:
		s.doOpened(what)
		return
	case s.refused != nil:
		s.dismiss()
		return
	case s.current == nil:
		return
	}
	d := s.current.deposit
	switch what {
	case panel.Cancel:
		s.current.asked = false
		s.background(func(ctx context.Context) error {
			_, err := s.desk.Till.CancelHold(ctx, d.ID)
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
		s.background(func(ctx context.Context) error { return s.desk.Till.ParkHold(ctx, d.ID) }, s.parked(d.ID))
	case panel.QueryNow:
		s.desk.Till.QueryHoldNow(d.ID)
	case panel.Back, panel.Dismiss:
		s.back()
	case reprint:
		s.reprintShown()
	case openIt:
		s.Open(d.ID, "")
	case openNext:
		if len(s.current.room) > 0 {
			s.Open(s.current.room[0].ID, "")
		}
	case panel.KeepLate:
		s.background(func(ctx context.Context) error { return s.desk.Till.KeepLateDeposit(ctx, d.ID) }, s.decided)
	case panel.ReturnLate:
		reason := s.desk.Words.T("hold.late.reason")
		s.background(func(ctx context.Context) error { return s.desk.Till.ReturnLateDeposit(ctx, d.ID, reason) }, s.decided)
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

// parked makes room for the next guest, unless the result came first.
func (s *Screen) parked(id int64) func() {
	return func() {
		if s.current == nil || s.current.deposit.ID != id || s.current.deposit.Phase.Final() {
			return
		}
		s.current, s.next, s.hint = nil, nextStep{}, panel.Hint{}
		s.now.clear()
		s.take.clearFields()
		s.list.reload()
	}
}

// decided closes the panel of a late deposit.
func (s *Screen) decided() {
	s.back()
	s.list.reload()
}

// reprintShown prints the last paper of the deposit in sight again; false when
// there is none, for the window to decide.
func (s *Screen) reprintShown() bool {
	switch {
	case s.open != nil && s.open.read() && s.open.detail.Held > 0:
		s.reprintPaper(s.open.id, lastPaper(s.open.detail))
	case s.current != nil && s.current.step != nil:
		s.reprintPaper(s.current.deposit.ID, s.current.step.ID)
	case s.current != nil && s.current.deposit.Held > 0:
		s.reprintPaper(s.current.deposit.ID, 0)
	default:
		return false
	}
	return true
}

// refundShown gives captured money of the deposit in sight back; false when
// there is none.
func (s *Screen) refundShown() bool {
	switch {
	case s.open != nil:
		s.askRefund()
	case s.current != nil && s.current.deposit.Captured > 0:
		s.Open(s.current.deposit.ID, screen.ActRefund)
	default:
		return false
	}
	return true
}
