package till

import (
	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// notice is something below the list that a person should look at.
type notice struct {
	line, second string
	icon         kit.Icon
	color        kit.Token
	calm         bool // settled, nothing to worry about
	word         string
	tap          func()
}

// notices are what is open, what came of it, and what has to be decided, the
// most urgent last: nearest to the hand.
func (s *Screen) notices() []notice {
	var list []notice
	if n := len(s.results); n > 0 {
		list = append(list, s.resultNotice(s.results[n-1]))
	}
	if s.trouble != "" {
		list = append(list, notice{
			line: s.trouble, icon: kit.IconAlert, color: kit.Warn, word: s.desk.Words.T("pay.ok"),
			tap: func() { s.trouble = ""; s.refresh() },
		})
	}
	for _, sale := range s.books.urgent {
		list = append(list, s.urgentNotice(sale))
	}
	if n, ok := s.openNotice(); ok {
		list = append(list, n)
	}
	return list[max(0, len(list)-maxNotices):]
}

// openNotice is about payments without a result that were put aside, or that
// the last run left behind.
func (s *Screen) openNotice() (notice, bool) {
	list, sum, resumed := s.open()
	if len(list) == 0 {
		return notice{}, false
	}
	w := s.desk.Words
	v := view{d: s.desk}
	n := notice{icon: kit.IconUnknown, color: kit.Warn, word: w.T("till.show"), tap: s.showOpen}
	span := v.span(since(list, s.desk.Now()))
	cancelling, offline := true, true
	for _, p := range list {
		cancelling = cancelling && p.Tender.CancelAsked
		offline = offline && p.Offline
	}
	n.line = w.T("till.open.one")
	if len(list) > 1 {
		n.line = w.T("till.open.many", "n", len(list))
	}
	switch {
	case offline:
		n.second = w.T("till.open.offline")
	case cancelling:
		n.second = w.T("till.open.cancelling", "span", span)
	default:
		n.second = w.T("till.open.asking", "span", span)
	}
	if resumed {
		n.line = w.T("till.resumed", "n", len(list))
		if len(list) > 1 {
			n.line = w.T("till.resumed.many", "n", len(list))
		}
		n.second = w.T("till.resumed.text")
	}
	n.line += "   ¥" + sum.Grouped()
	return n, true
}

// resultNotice is about a payment that was put aside and has ended.
func (s *Screen) resultNotice(p app.Payment) notice {
	w := s.desk.Words
	n := notice{
		line:   w.T("till.result."+string(p.Phase), "amount", p.Tender.Amount.Grouped()),
		second: w.T("till.result.text", "receipt", p.Sale.ReceiptNo),
		icon:   kit.IconClosed, color: kit.Mute, calm: true, word: w.T("till.show"),
		tap: func() {
			s.results = nil
			s.desk.Go(screen.TabSales, p.Sale.ID)
			s.refresh()
		},
	}
	switch p.Phase {
	case app.PhasePaid:
		n.icon, n.color = kit.IconPaid, kit.Ok
	case app.PhaseFailed:
		n.icon, n.color = kit.IconFailed, kit.Bad
	case app.PhaseReversed:
		n.icon = kit.IconRefunded
	}
	return n
}

// urgentNotice is about money that a person has to decide about.
func (s *Screen) urgentNotice(sale data.Sale) notice {
	key, amount := "till.urgent.late", sale.Paid
	switch sale.Attention {
	case data.AttentionOverpaid:
		key, amount = "till.urgent.overpaid", sale.Paid-sale.Refunded-sale.Amount
	case data.AttentionTaken:
		key, amount = "till.urgent.taken", sale.Amount
	}
	w := s.desk.Words
	return notice{
		line: w.T(key, "amount", amount.Grouped()), second: w.T(key + ".text"),
		icon: kit.IconAlert, color: kit.Warn, word: w.T("till.show"),
		tap: func() { s.showUrgent(sale) },
	}
}

// noticePart draws a notice: as wide as the list, 76 high.
type noticePart struct {
	root   *fyne.Container
	banner *kit.Banner
	calm   *kit.Panel
	icon   *kit.IconView
	line   *kit.Text
	second *kit.Text
	button *kit.Button
	now    notice
}

func newNoticePart() *noticePart {
	p := &noticePart{icon: kit.NewIcon(kit.IconPaid, 30, kit.Ok)}
	tap := func() {
		if p.now.tap != nil {
			p.now.tap()
		}
	}
	p.line, p.second = kit.NewBold("", kit.Row, kit.Ink).Fit(kit.Body, kit.Caption), kit.NewText("", kit.Body, kit.Ink2).Fit(kit.Caption)
	p.button = kit.NewButton("", kit.ButtonNormal, tap)
	inside := &fyne.Container{Objects: []fyne.CanvasObject{p.icon, p.line, p.second, p.button}}
	inside.Layout = screen.Free{Min: fyne.NewSize(200, kit.BannerHeight-2), Place: func(size fyne.Size) {
		w := p.button.MinSize().Width
		screen.Place(p.icon, 16, 0, 30, size.Height)
		screen.Place(p.line, 60, 8, size.Width-w-84, 30)
		screen.Place(p.second, 60, 37, size.Width-w-84, 28)
		screen.Place(p.button, size.Width-w-12, (size.Height-kit.ButtonNormal)/2, w, kit.ButtonNormal)
	}}
	p.calm = kit.NewInset(inside)
	p.root = &fyne.Container{}
	p.root.Layout = screen.Free{Min: fyne.NewSize(200, kit.BannerHeight), Place: func(size fyne.Size) {
		for _, o := range p.root.Objects {
			screen.Place(o, 0, 0, size.Width, size.Height)
		}
	}}
	return p
}

func (p *noticePart) draw(n notice) {
	before := p.now
	p.now = n
	if p.banner == nil || before.word != n.word || before.calm != n.calm {
		p.banner = kit.NewBanner(n.line, n.second, n.word, func() { p.now.tap() })
		p.button.SetWord(n.word)
		var o fyne.CanvasObject = p.banner
		if n.calm {
			o = p.calm
		}
		p.root.Objects = []fyne.CanvasObject{o}
		p.root.Refresh()
	}
	p.banner.Set(n.line, n.second)
	p.icon.Set(n.icon, n.color)
	p.line.SetText(n.line)
	p.second.SetText(n.second)
}
