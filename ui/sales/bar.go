package sales

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// bar is the row of filters above the list. Each change reads the list anew.
type bar struct {
	s      *Screen
	root   *fyne.Container
	filter filter

	before, after *kit.Button
	days          *kit.Select
	states        *kit.Select
	ways          *kit.Select
	amounts       *amountRange
	more          *kit.Button // what another tab asked for; a tap takes it away
	moreWords     string
	search        *kit.Field

	wayChoices []data.Way // behind "any"
	setting    bool       // the bar is being written to, not typed into
}

func newBar(s *Screen) *bar {
	w := s.desk.Words
	b := &bar{s: s, filter: filter{period: named(periodToday, s.desk.Books.Today())}}
	b.before = kit.NewButton("", kit.ButtonFilter, func() { b.step(-1) }).Icon(kit.IconChevronLeft)
	b.after = kit.NewButton("", kit.ButtonFilter, func() { b.step(1) }).Icon(kit.IconChevron)
	b.days = kit.NewDrop(kit.IconCalendar, "", b.pickPeriod)
	b.states = kit.NewSelect("", b.stateWords(), 0, b.pickedState)
	b.ways = kit.NewSelect("", nil, 0, b.pickedWay)
	b.amounts = newAmountRange(w.T("sales.filter.amount"), w.T("sales.filter.from"), w.T("sales.filter.to"), b.typed)
	b.search = kit.NewField("").Icon(kit.IconSearch).Placeholder(w.T("sales.filter.search"))
	b.search.Entry.OnChanged = func(string) { b.typed() }
	b.search.Entry.OnSubmitted = func(string) { b.submitted() }
	b.more = kit.NewButton("", kit.ButtonFilter, b.clear).Icon(kit.IconCross)
	b.root = &fyne.Container{Layout: barLayout{}, Objects: []fyne.CanvasObject{
		b.before, b.days, b.after, b.states, b.ways, b.amounts, b.more, b.search,
	}}
	b.show()
	return b
}

// stateWords are the words of stateChoices with "any" before them and what a
// person has to decide behind.
func (b *bar) stateWords() []string {
	w := b.s.desk.Words
	words := []string{w.T("sales.state.any")}
	for _, s := range stateChoices {
		words = append(words, w.T("badge."+string(s)))
	}
	return append(words, w.T("sales.state.attention"))
}

// show writes the filter into the bar.
func (b *bar) show() {
	b.setting = true
	defer func() { b.setting = false }()
	d := b.s.desk
	today := d.Books.Today()
	b.filter.period = b.filter.period.on(today)
	words := b.filter.period.dates(d.Words, today)
	if name := b.filter.period.name(d.Words); name != "" {
		words = name + "  " + words
	}
	ofShift := b.filter.more.ShiftID != 0
	if ofShift {
		words = d.Words.T("sales.period.any")
	}
	b.days.SetOptions([]string{words}, 0)
	_, ok := b.filter.period.step(1, today)
	b.before.SetEnabled(!ofShift)
	b.after.SetEnabled(ok && !ofShift)
	b.more.SetWord(shorten(b.moreWords, barMore))
	screen.Only(b.more, b.filter.more != data.Filter{})
	b.states.SetIndex(b.stateIndex())
	b.showWays()
	b.amounts.set(b.filter.min, b.filter.max)
	if b.search.Text() != b.filter.text {
		b.search.SetText(b.filter.text)
	}
	b.root.Refresh()
}

func (b *bar) stateIndex() int {
	if b.filter.attention {
		return len(stateChoices) + 1
	}
	for i, s := range stateChoices {
		if s == b.filter.state {
			return i + 1
		}
	}
	return 0
}

// showWays offers what people pay with, whichever channel takes it, Cloud Pay's
// part where that is set up, and what another tab asked for.
func (b *bar) showWays() {
	d := b.s.desk
	b.wayChoices = []data.Way{{Wallet: payment.WalletAlipay}, {Wallet: payment.WalletWeChat}}
	if d.Till != nil && d.Till.TakenBy(payment.WalletUnionPay) != "" {
		b.wayChoices = append(b.wayChoices, data.Way{Wallet: payment.WalletUnionPay})
	}
	b.wayChoices = append(b.wayChoices, data.Way{Channel: payment.Cash})
	if d.Till != nil && slices.Contains(d.Till.Channels(), payment.CloudPay) {
		b.wayChoices = append(b.wayChoices, data.Way{Channel: payment.CloudPay})
	}
	if b.filter.way == (data.Way{Channel: payment.Cash, Wallet: data.NoWallet}) { // said twice
		b.filter.way.Wallet = payment.WalletNone
	}
	if b.filter.way != (data.Way{}) && !slices.Contains(b.wayChoices, b.filter.way) {
		b.wayChoices = append(b.wayChoices, b.filter.way)
	}
	words, index := []string{d.Words.T("sales.channel.any")}, 0
	for i, way := range b.wayChoices {
		words = append(words, wayWord(d, way))
		if way == b.filter.way {
			index = i + 1
		}
	}
	b.ways.SetOptions(words, index)
}

// wayWord names a choice of money: by wallet, by channel, or by both.
func wayWord(d *screen.Desk, way data.Way) string {
	w := d.Words
	switch wallet := "wallet." + string(way.Wallet); {
	case way.Channel == "":
		return w.T(wallet)
	case way.Wallet == payment.WalletNone, way.Wallet == data.NoWallet:
		return d.Channel(way.Channel)
	case string(way.Wallet) == string(way.Channel):
		return w.T("wallet.through", "wallet", w.T(wallet), "channel", w.T("channel."+string(way.Channel)+".short"))
	}
	return d.Through(way.Channel, way.Wallet)
}

// change takes a new filter over and reads the list.
func (b *bar) change(f filter) {
	b.filter = f
	b.show()
	b.validate()
	b.s.list.reload(0)
}

func (b *bar) validate() {
	_, badMin, badMax := b.filter.query(b.s.desk.Books.Today())
	b.amounts.setBad(badMin, badMax)
}

// typed is called for every character. Amounts that cannot be read do not count
// until they can.
func (b *bar) typed() {
	if b.setting {
		return
	}
	b.filter.min, b.filter.max = b.amounts.texts()
	b.filter.text = b.search.Text()
	b.validate()
	b.s.list.reload(0)
}

// submitted is Enter in the search field: on to the list, and to the first sale
// where none is chosen.
func (b *bar) submitted() {
	b.s.focusList()
	if table := b.s.list.table; table.Selected() < 0 {
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
}

func (b *bar) pickedState(i int) {
	f := b.filter
	f.state, f.attention = "", i == len(stateChoices)+1
	if i > 0 && i <= len(stateChoices) {
		f.state = stateChoices[i-1]
	}
	b.change(f)
}

func (b *bar) pickedWay(i int) {
	f := b.filter
	f.way = data.Way{}
	if i > 0 {
		f.way = b.wayChoices[i-1]
	}
	b.change(f)
}

// step goes to the period before or after.
func (b *bar) step(n int) {
	if p, ok := b.filter.period.step(n, b.s.desk.Books.Today()); ok {
		b.setPeriod(p)
	}
}

func (b *bar) setPeriod(p period) {
	f := b.filter
	f.period = p
	if f.more.ShiftID != 0 { // days of a shift are all its own
		f.more = data.Filter{}
	}
	b.change(f)
}

// clear drops everything but the days.
func (b *bar) clear() { b.change(b.filter.cleared()) }

// pickPeriod opens the menu of periods.
func (b *bar) pickPeriod() {
	d := b.s.desk
	today := d.Books.Today()
	menu := &kit.Menu{}
	for _, kind := range periodKinds {
		item := kit.MenuItem{Word: d.Words.T("sales.period." + string(kind)), Chosen: kind == b.filter.period.kind}
		if kind == periodChosen {
			item.Divider = true
			item.Action = func() { b.askDays(b.filter.period) }
		} else {
			p := named(kind, today)
			item.Key = p.dates(d.Words, today)
			item.Action = func() { b.setPeriod(p) }
		}
		menu.Items = append(menu.Items, item)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.days)
	menu.Show(d.Window.Canvas(), at.AddXY(0, b.days.Size().Height+4), max(b.days.Size().Width, kit.MenuWidth))
}

// askDays lets a person pick a run of days.
func (b *bar) askDays(p period) {
	d := b.s.desk
	today := d.Books.Today()
	d.AskDays(today, p.from, p.to,
		func(from, to data.Day) string { return chosen(from, to, today).dates(d.Words, today) },
		func(from, to data.Day) { b.setPeriod(chosen(from, to, d.Books.Today())) })
}

// only shows one business day, without any other filter, as when a sale of
// that day is opened from elsewhere.
func (b *bar) only(day data.Day) {
	b.filter = filter{period: chosen(day, day, b.s.desk.Books.Today())}
	b.show()
	b.validate()
}

// barLayout gives each part what it needs and the search the rest.
type barLayout struct{}

const (
	barGap     float32 = 8
	barStep    float32 = 44 // the buttons for the day before and after
	barAmounts float32 = 196
	barMore    float32 = 150 // the words of what another tab asked for
)

func (barLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, kit.ButtonFilter) }

func (barLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	widths := []float32{barStep, max(208, o[1].MinSize().Width), barStep, max(136, o[3].MinSize().Width), max(128, o[4].MinSize().Width), barAmounts, o[6].MinSize().Width, 0}
	x := float32(0)
	for i, part := range o {
		if !part.Visible() {
			continue
		}
		w := float32(math.Ceil(float64(widths[i]))) // borders are sharp on whole pixels only
		if i == len(o)-1 {
			w = max(120, s.Width-x)
		}
		screen.Place(part, x, 0, w, kit.ButtonFilter)
		x += w + barGap
		if i < 2 { // the buttons belong to the days
			x -= barGap / 2
		}
	}
}
