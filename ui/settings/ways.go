package settings

import (
	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// waysPage says which channel takes the payments of which wallet.
type waysPage struct {
	*page
	lines []*wayLine
}

// wayLine is the choice for one wallet.
type wayLine struct {
	wallet  payment.Wallet
	ways    []string // the two values of its setting
	choices *kit.Choices
	note    *kit.Hint // says when nobody takes it
}

func newWaysPage(s *Screen) *page {
	p := newPage(s, "ways")
	p.title.SetText(p.word("ways.title"))
	w := &waysPage{page: p}
	s.wallets = w
	p.guard()
	p.line(kit.NewParagraph(p.word("ways.text"), kit.Body, kit.Ink2))
	w.add(payment.WalletAlipay, app.WayDirect, app.WayCloudPay)
	w.add(payment.WalletWeChat, app.WayDirect, app.WayCloudPay)
	w.add(payment.WalletUnionPay, app.WayNone, app.WayCloudPay)
	p.onShow = p.show // channels may have been switched on other pages
	return p.finish()
}

func (w *waysPage) add(wallet payment.Wallet, ways ...string) {
	l := &wayLine{wallet: wallet, ways: ways, note: kit.NewHint(kit.IconInfo, kit.Ink2, "", kit.Caption, kit.Ink2)}
	key := "wallet." + string(wallet)
	l.choices = kit.NewChoices(make([]kit.Choice, len(ways)), kit.ChoiceTall, 0, func(i int) { w.typed(key, ways[i]); w.show() })
	part := kit.Down(4, kit.Sized(0, kit.ChoiceTall, kit.Grid(len(ways), kit.GapKeys, l.choices.Objects()...)), l.note)
	w.lines = append(w.lines, l)
	w.page.add(&input{key: key, show: func(v *values) { w.draw(l, v) }}, part)
}

// draw shows the way that holds. A channel that is off cannot be chosen, and
// says so.
func (w *waysPage) draw(l *wayLine, v *values) {
	for i, way := range l.ways {
		why := w.closed(l.wallet, way, v)
		second := why
		if why == "" {
			second = w.word("ways." + way + ".second")
		}
		l.choices.Set(i, kit.Choice{Word: w.word("ways." + way), Second: second})
		l.choices.Rows[i].SetEnabled(why == "" && !w.locked)
	}
	at, taken := wayNow(l.wallet, v)
	for i, way := range l.ways {
		if way == at {
			l.choices.SetIndex(i)
		}
	}
	note := ""
	if !taken && l.wallet != payment.WalletUnionPay {
		note = w.word("ways.nobody", "wallet", w.s.desk.Words.T("wallet."+string(l.wallet)))
	}
	l.note.Set(kit.IconInfo, kit.Ink2, note, kit.Ink2)
	setVisible(l.note, note != "")
}

// closed says why a way cannot be chosen; empty where it can.
func (w *waysPage) closed(wallet payment.Wallet, way string, v *values) string {
	switch {
	case way == app.WayNone, open(wallet, way, v):
		return ""
	case way == app.WayCloudPay && isOn(payment.CloudPay, v): // but not for this wallet
		return w.word("ways.no_union")
	}
	return w.word("ways.off", "channel", w.word("page."+string(channelOfWay(wallet, way))))
}

// wayNow is the way that holds, as the program takes the settings: a wallet whose
// own channel is off goes through Cloud Pay where that is on. taken is false
// where nobody takes the wallet.
func wayNow(wallet payment.Wallet, v *values) (way string, taken bool) {
	way = v.get("wallet." + string(wallet))
	switch {
	case way == app.WayNone, open(wallet, way, v):
		return way, way != app.WayNone
	case open(wallet, app.WayCloudPay, v):
		return app.WayCloudPay, true
	}
	return way, false
}

// open reports whether a wallet can go a way.
func open(wallet payment.Wallet, way string, v *values) bool {
	if !isOn(channelOfWay(wallet, way), v) {
		return false
	}
	signed := v.get("cloudpay.unionpay_platform")
	return wallet != payment.WalletUnionPay || signed != "" && signed != "0"
}

// channelOfWay is the channel that a way leads to.
func channelOfWay(wallet payment.Wallet, way string) payment.ChannelName {
	if way == app.WayCloudPay {
		return payment.CloudPay
	}
	return payment.ChannelName(wallet)
}

func isOn(channel payment.ChannelName, v *values) bool {
	return v.get(string(channel)+".enabled") == "true"
}
