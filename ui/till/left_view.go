package till

import (
	"strconv"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// leftView words the left side for the present moment.
func (s *Screen) leftView() leftView {
	mode := s.mode()
	v := leftView{
		amount: s.amountView(mode), typing: mode == modeAmount || mode == modeCash,
		fields: mode == modeAmount || mode == modeCash, noFixed: mode == modeCash, alipay: s.setup.alipay,
		keys: s.ways(mode),
	}
	if mode == modeCash {
		v.cash = s.cashKeys()
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
		if !s.cash.entry.Empty() {
			v.Text = s.cash.received().Grouped()
		}
	case modeRest:
		v.Label = w.T("till.rest")
		v.Sum = w.T("till.rest.sum", "due", s.now.sent.Amount.Grouped(), "paid", (s.now.sent.Amount - s.now.left).Grouped())
	}
	if s.now.partPaid() && mode == modeLocked {
		v.Label = w.T("till.rest")
	}
	switch {
	case v.Locked == "":
		s.addHint(&v, mode)
	case s.hint.text != "":
		v.Locked = s.hint.text
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

// addHint says in a few words what is expected, or what was wrong just now.
func (s *Screen) addHint(v *kit.AmountView, mode mode) {
	w := s.desk.Words
	switch {
	case s.hint.text != "":
		v.Hint, v.HintBad = s.hint.text, s.hint.bad
		if s.hint.ready {
			v.HintIcon = kit.IconScan
		}
	case mode == modeCash:
	case s.now.due() > 0:
		v.Hint, v.HintIcon = w.T("till.hint.ready"), kit.IconScan
	case s.stands(app.PhasePaid):
		v.Hint = w.T("till.hint.next")
	default:
		v.Hint = w.T("till.hint.empty")
	}
}

// ways are the three large keys.
func (s *Screen) ways(mode mode) [3]wayKey {
	w, keys := s.desk.Words, s.desk.Keys
	if mode == modeCash {
		received, due := s.cash.received(), s.now.due()
		return [3]wayKey{
			{w.T("cash.finish"), "Enter", kit.Default, received >= due, screen.ActDefault},
			{w.T("cash.rest"), string(keys[screen.ActScan]), kit.Plain, received > 0 && received < due, screen.ActScan},
			{w.T("cash.back"), "Esc", kit.Plain, true, screen.ActCancel},
		}
	}
	on := (mode == modeAmount || mode == modeRest) && s.now.due() > 0
	scan := string(keys[screen.ActScan]) + "·Enter"
	if s.refused != nil || s.stands(app.PhaseFailed) || s.stands(app.PhaseClosed) || s.stands(app.PhaseReversed) {
		scan = string(keys[screen.ActScan]) // Enter belongs to the panel
	}
	return [3]wayKey{
		{w.T("till.scan"), scan, kit.Default, on, screen.ActScan},
		{w.T("till.qr"), string(keys[screen.ActQR]), kit.Plain, on, screen.ActQR},
		{w.T("till.cash"), string(keys[screen.ActCash]), kit.Plain, on, screen.ActCash},
	}
}

// goodsKeys are the quick amounts. Those that do not fit are behind the key for
// more.
func (s *Screen) goodsKeys(on bool) []quickKey {
	var list []quickKey
	for _, q := range s.setup.quick {
		name, price := quickName(q)
		list = append(list, quickKey{name: name, price: price, on: on, tap: func() { s.tappedQuick(q) }})
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

// cashKeys are what a customer is likely to hand over.
func (s *Screen) cashKeys() []quickKey {
	due := s.now.due()
	list := []quickKey{{
		name: s.desk.Words.T("cash.exact"), price: due.Grouped(), on: true,
		chosen: s.cash.chosen == due, tap: func() { s.suggest(due) },
	}}
	for _, a := range handed(due, maxCash-1) {
		list = append(list, quickKey{price: a.Grouped(), on: true, chosen: s.cash.chosen == a, tap: func() { s.suggest(a) }})
	}
	return list
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
