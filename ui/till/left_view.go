package till

import (
	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// leftView words the left side for the present moment.
func (s *Screen) leftView() leftView {
	mode := s.mode()
	v := leftView{
		amount: s.amountView(mode), typing: mode == modeAmount || mode == modeCash,
		fields: mode == modeAmount || mode == modeCash, noFixed: mode == modeCash, alipay: s.setup.alipay,
		ways: s.ways(mode),
	}
	if mode == modeCash {
		v.cash = panel.CashKeys(s.desk.Words, s.now.due(), s.cash.Chosen, s.suggest)
	} else {
		v.goods, v.more = s.goodsKeys(mode == modeAmount), s.moreWord()
	}
	return v
}

// amountView is the amount card.
func (s *Screen) amountView(mode mode) kit.AmountView {
	w := s.desk.Words
	v := kit.AmountView{Label: w.T("till.due"), Sum: s.now.entry.Sum(), Active: !s.left.writing}
	if due := s.now.due(); due > 0 || !s.now.entry.Empty() {
		v.Text = due.Grouped()
	}
	switch mode {
	case modeReadOnly:
		v.Locked = w.T("till.locked.read_only")
	case modeLocked:
		v.Locked = w.T(s.lockedWords())
	case modeCash:
		v.Label, v.Sum, v.Text = w.T("cash.received"), w.T("cash.due", "due", s.now.due().Grouped()), ""
		if !s.cash.Entry.Empty() {
			v.Text = s.cash.Received().Grouped()
		}
	case modeRest:
		v.Label = w.T("till.rest")
		v.Sum = w.T("till.rest.sum", "due", s.now.sent.Amount.Grouped(), "paid", (s.now.sent.Amount - s.now.left).Grouped())
	}
	if s.now.partPaid() && mode == modeLocked {
		v.Label = w.T("till.rest")
	}
	if !s.hint.On(&v) && v.Locked == "" {
		s.addHint(&v, mode)
	}
	return v
}

// lockedWords is why the amount cannot be changed now.
func (s *Screen) lockedWords() string {
	if s.busy {
		return "till.locked.paying"
	}
	switch s.current.payment.Phase {
	case app.PhaseQR, app.PhaseQRScanned:
		return "till.locked.qr"
	case app.PhaseUnknown:
		return "till.locked.unknown"
	case app.PhaseCancelling:
		return "till.locked.cancelling"
	}
	return "till.locked.paying"
}

// addHint says in a few words what is expected.
func (s *Screen) addHint(v *kit.AmountView, mode mode) {
	w := s.desk.Words
	switch {
	case mode == modeCash:
	case s.now.due() > 0:
		v.Hint, v.HintIcon = w.T("till.hint.ready"), kit.IconScan
	case s.stands(app.PhasePaid):
		v.Hint = w.T("till.hint.next")
	default:
		v.Hint = w.T("till.hint.empty")
	}
}

// ways are the large keys. Where deposits are taken, the amount can become one.
func (s *Screen) ways(mode mode) []panel.Way {
	w, keys := s.desk.Words, s.desk.Keys
	if mode == modeCash {
		received, due := s.cash.Received(), s.now.due()
		return []panel.Way{
			{Word: w.T("cash.finish"), Key: "Enter", Kind: kit.Default, On: received >= due, Act: screen.ActDefault},
			{Word: w.T("cash.rest"), Key: string(keys[screen.ActScan]), Kind: kit.Plain, On: received > 0 && received < due, Act: screen.ActScan},
			{Word: w.T("cash.back"), Key: "Esc", Kind: kit.Plain, On: true, Act: screen.ActCancel},
		}
	}
	on := (mode == modeAmount || mode == modeRest) && s.now.due() > 0
	scan := string(keys[screen.ActScan]) + "·Enter"
	if s.refused != nil || s.stands(app.PhaseFailed) || s.stands(app.PhaseClosed) || s.stands(app.PhaseReversed) {
		scan = string(keys[screen.ActScan]) // Enter belongs to the panel
	}
	list := []panel.Way{
		{Word: w.T("till.scan"), Key: scan, Kind: kit.Default, On: on, Act: screen.ActScan},
		{Word: w.T("till.qr"), Key: string(keys[screen.ActQR]), Kind: kit.Plain, On: on, Act: screen.ActQR},
		{Word: w.T("till.cash"), Key: string(keys[screen.ActCash]), Kind: kit.Plain, On: on, Act: screen.ActCash},
	}
	if s.desk.Mode.Deposits() {
		list = append(list, panel.Way{Word: w.T("till.deposit"), Key: string(keys[screen.ActDeposit]), On: on && mode == modeAmount, Act: screen.ActDeposit})
	}
	return list
}

// goodsKeys are the quick amounts. Those that do not fit are behind the key for
// more.
func (s *Screen) goodsKeys(on bool) []panel.QuickKey {
	var list []panel.QuickKey
	for _, q := range s.setup.quick {
		name, price := panel.QuickName(q)
		list = append(list, panel.QuickKey{Name: name, Price: price, On: on, Tap: func() { s.tappedQuick(q) }})
	}
	return list
}

// moreWord is the key that opens all quick amounts, or says where they are made.
func (s *Screen) moreWord() string {
	switch {
	case !s.setup.known:
		return ""
	case len(s.setup.quick) == 0:
		return s.desk.Words.T("till.quick.add")
	}
	return s.desk.Words.T("till.more")
}
