package deposits

import (
	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// takeView words both sides for the present moment.
func (s *Screen) takeView() takeView {
	mode := s.mode()
	v := takeView{
		amount: s.amountView(mode), typing: mode == modeAmount || mode == modeCash, fields: mode == modeAmount || mode == modeCash,
		ways: s.takeWays(mode),
	}
	if mode == modeCash {
		v.notes = panel.CashKeys(s.desk.Words, s.now.amount(), s.cash.Chosen, s.suggest)
	} else {
		v.amounts = s.amountKeys(mode == modeAmount)
	}
	switch {
	case s.refused != nil:
		v.panel = &s.refused.Panel
	case s.cash != nil:
		cash := s.cashView()
		v.cash = &cash
	case s.current != nil:
		s.current.now = s.desk.Now()
		s.current.qrs, s.current.toWallet = s.qrWallets(), s.next.qr
		p := s.current.panel(s.desk)
		v.panel = &p
	}
	return v
}

// amountView is the amount card.
func (s *Screen) amountView(mode mode) kit.AmountView {
	w := s.desk.Words
	v := kit.AmountView{Label: w.T("deposit.amount"), Sum: s.now.entry.Sum(), Active: !s.take.writing}
	if !s.now.entry.Empty() {
		v.Text = s.now.amount().Grouped()
	}
	switch mode {
	case modeReadOnly:
		v.Locked = w.T("till.locked.read_only")
	case modeLocked:
		v.Locked = w.T(s.lockedWords())
	case modeCash:
		v.Label, v.Sum, v.Text = w.T("cash.received"), w.T("deposit.cash.due", "due", s.now.amount().Grouped()), ""
		if !s.cash.Entry.Empty() {
			v.Text = s.cash.Received().Grouped()
		}
	}
	if !s.hint.On(&v) && v.Locked == "" {
		s.addHint(&v, mode)
	}
	return v
}

// lockedWords is why the amount cannot be changed now.
func (s *Screen) lockedWords() string {
	if s.busy || s.current == nil {
		return "deposit.locked.holding"
	}
	switch s.current.deposit.Phase {
	case app.PhaseQR, app.PhaseQRScanned:
		return "till.locked.qr"
	case app.PhaseUnknown:
		return "till.locked.unknown"
	case app.PhaseCancelling:
		return "till.locked.cancelling"
	}
	return "deposit.locked.holding"
}

// addHint says in a few words what is expected.
func (s *Screen) addHint(v *kit.AmountView, mode mode) {
	w := s.desk.Words
	switch {
	case mode == modeCash:
	case s.now.amount() > 0:
		v.Hint, v.HintIcon = w.T("till.hint.ready"), kit.IconScan
	case s.stands(app.PhasePaid):
		v.Hint = w.T("deposit.hint.next")
	default:
		v.Hint = w.T("deposit.hint.empty")
	}
}

// takeWays are the three large keys.
func (s *Screen) takeWays(mode mode) []panel.Way {
	w, keys := s.desk.Words, s.desk.Keys
	if mode == modeCash {
		return []panel.Way{
			{Word: w.T("deposit.cash.finish"), Key: "Enter", Kind: kit.Default, On: s.cash.Received() >= s.now.amount(), Act: screen.ActDefault},
			{Word: w.T("cash.back"), Key: "Esc", On: true, Act: screen.ActCancel},
		}
	}
	on := mode == modeAmount && s.now.amount() > 0
	scan := string(keys[screen.ActScan]) + "·Enter"
	if s.refused != nil || s.stands(app.PhaseFailed) || s.stands(app.PhaseClosed) || s.stands(app.PhaseReversed) {
		scan = string(keys[screen.ActScan]) // Enter belongs to the panel
	}
	list := []panel.Way{{Word: w.T("deposit.scan"), Key: scan, Kind: kit.Default, On: on, Act: screen.ActScan}}
	if s.desk.Till == nil || len(s.qrWallets()) > 0 {
		list = append(list, panel.Way{Word: w.T("till.qr"), Key: string(keys[screen.ActQR]), On: on, Act: screen.ActQR})
	}
	return append(list, panel.Way{Word: w.T("till.cash"), Key: string(keys[screen.ActCash]), On: on, Act: screen.ActCash})
}

// amountKeys are the usual deposits; the one that stands is marked.
func (s *Screen) amountKeys(on bool) []panel.QuickKey {
	var list []panel.QuickKey
	for _, a := range s.setup.amounts {
		list = append(list, panel.QuickKey{Price: a.Grouped(), On: on, Chosen: on && s.now.amount() == a, Tap: func() { s.tappedAmount(a) }})
	}
	return list
}

// tappedAmount takes a usual deposit in place of what stands.
func (s *Screen) tappedAmount(a payment.Amount) {
	s.typeInto(func(e *app.Entry) { e.Set(a) })
}
