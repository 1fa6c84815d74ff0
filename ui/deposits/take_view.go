package deposits

import (
	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
	"frontdesk/ui/taking"
)

// takeView words both sides for the present moment.
func (s *Screen) takeView() takeView {
	mode := s.mode()
	typing := mode == modeAmount || mode == modeCash
	v := takeView{amount: s.taking.AmountView(s.take.writing), typing: typing, fields: typing, ways: s.takeWays(mode)}
	if mode == modeCash {
		v.notes = s.taking.CashKeys()
	} else {
		v.amounts = s.amountKeys(mode == modeAmount)
	}
	v.panel, v.cash = s.taking.Right()
	return v
}

// takeWays are the three large keys.
func (s *Screen) takeWays(mode taking.Mode) []panel.Way {
	w, keys := s.desk.Words, s.desk.Keys
	if mode == modeCash {
		return []panel.Way{
			{Word: w.T("deposit.cash.finish"), Key: "Enter", Kind: kit.Default, On: s.taking.Cash.Received() >= s.now.Due(), Act: screen.ActDefault},
			{Word: w.T("cash.back"), Key: "Esc", On: true, Act: screen.ActCancel},
		}
	}
	on := mode == modeAmount && s.now.Due() > 0
	list := []panel.Way{{Word: w.T("deposit.scan"), Key: s.taking.ScanKey(), Kind: kit.Default, On: on, Act: screen.ActScan}}
	if s.desk.Till == nil || len(s.taking.QRWallets()) > 0 {
		list = append(list, panel.Way{Word: w.T("till.qr"), Key: string(keys[screen.ActQR]), On: on, Act: screen.ActQR})
	}
	return append(list, panel.Way{Word: w.T("till.cash"), Key: string(keys[screen.ActCash]), On: on, Act: screen.ActCash})
}

// amountKeys are the usual deposits; the one that stands is marked.
func (s *Screen) amountKeys(on bool) []panel.QuickKey {
	var list []panel.QuickKey
	for _, a := range s.setup.amounts {
		list = append(list, panel.QuickKey{Price: a.Grouped(), On: on, Chosen: on && s.now.Due() == a, Tap: func() { s.tappedAmount(a) }})
	}
	return list
}

// tappedAmount takes a usual deposit in place of what stands.
func (s *Screen) tappedAmount(a payment.Amount) {
	hold{s}.Type(func(e *app.Entry) { e.Set(a) })
}
