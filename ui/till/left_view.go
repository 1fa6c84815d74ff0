package till

import (
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
	"frontdesk/ui/taking"
)

// leftView words the left side for the present moment.
func (s *Screen) leftView() leftView {
	mode := s.mode()
	typing := mode == modeAmount || mode == modeCash
	v := leftView{
		amount: s.amountView(), typing: typing, fields: typing, noFixed: mode == modeCash, alipay: s.setup.alipay, ways: s.ways(mode),
	}
	if mode == modeCash {
		v.cash = s.taking.CashKeys()
	} else {
		v.goods, v.more = s.goodsKeys(mode == modeAmount), s.moreWord()
	}
	return v
}

// amountView is the amount card. Where a part is paid, it is about the rest.
func (s *Screen) amountView() kit.AmountView {
	w, v, mode := s.desk.Words, s.taking.AmountView(s.left.writing), s.mode()
	if mode == modeRest {
		v.Sum = w.T("till.rest.sum", "due", s.now.sent.Amount.Grouped(), "paid", (s.now.sent.Amount - s.now.left).Grouped())
	}
	if s.now.partPaid() && mode != modeCash {
		v.Label = w.T("till.rest")
	}
	return v
}

// ways are the large keys. Where deposits are taken, the amount can become one.
func (s *Screen) ways(mode taking.Mode) []panel.Way {
	w, keys := s.desk.Words, s.desk.Keys
	if mode == modeCash {
		received, due := s.taking.Cash.Received(), s.now.Due()
		return []panel.Way{
			{Word: w.T("cash.finish"), Key: "Enter", Kind: kit.Default, On: received >= due, Act: screen.ActDefault},
			{Word: w.T("cash.rest"), Key: string(keys[screen.ActScan]), Kind: kit.Plain, On: received > 0 && received < due, Act: screen.ActScan},
			{Word: w.T("cash.back"), Key: "Esc", Kind: kit.Plain, On: true, Act: screen.ActCancel},
		}
	}
	on := (mode == modeAmount || mode == modeRest) && s.now.Due() > 0
	list := []panel.Way{
		{Word: w.T("till.scan"), Key: s.taking.ScanKey(), Kind: kit.Default, On: on, Act: screen.ActScan},
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
