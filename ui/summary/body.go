package summary

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// body is everything below the bar. It has two looks: the figures, or one
// sentence where there are none.
type body struct {
	s     *Screen
	root  *fyne.Container
	all   *fyne.Container // the figures
	state *kit.Panel      // the sentence

	figures [figureCount]*kit.FigureCard
	chart   *kit.Chart
	bars    fyne.CanvasObject // the chart with space around it
	graph   *kit.Card
	ways    *rowList[*kit.ShareRow]
	share   *kit.Card
	drawer  *boxCard
	middle  *boxCard
	deposit *boxCard
	closing *boxCard
}

func newBody(s *Screen) *body {
	b := &body{s: s}
	for i := range b.figures {
		b.figures[i] = kit.NewFigureCard(func() { s.open(s.shown.cards[i].to) })
	}
	b.figures[figureNet].Main()
	b.chart = kit.NewChart(func(i int) { s.open(s.shown.chart.to[i]) })
	b.bars = kit.Pad(4, kit.PadList, 0, kit.PadList, b.chart)
	b.graph = kit.NewCard("", b.bars)
	b.ways = newRowList[*kit.ShareRow](sharePitch)
	b.share = kit.NewCard(s.desk.Words.T("summary.ways"), b.ways.object)
	b.drawer, b.middle, b.deposit, b.closing = newBoxCard(s), newBoxCard(s), newBoxCard(s), newBoxCard(s)
	b.all = &fyne.Container{Layout: bodyLayout{b}}
	for _, f := range b.figures {
		b.all.Objects = append(b.all.Objects, f)
	}
	b.all.Objects = append(b.all.Objects, b.graph, b.share, b.drawer.card, b.middle.card, b.deposit.card, b.closing.card)
	b.state = kit.NewPanel(kit.Spacer())
	b.root = &fyne.Container{Layout: stackLayout{fyne.NewSize(900, 500)}, Objects: []fyne.CanvasObject{b.all, b.state}}
	b.show()
	return b
}

// show writes what was read. Figures of another period stay where they are, grey,
// until theirs are read.
func (b *body) show() {
	s := b.s
	sentence := b.sentence()
	screen.Only(b.all, sentence == nil)
	screen.Only(b.state, sentence != nil)
	if sentence != nil {
		b.state.SetContent(sentence)
		return
	}
	if s.last.period == (period{}) {
		s.shown = newFrame(s.desk, s.period)
	}
	b.fill(s.shown, !s.ready)
	b.all.Refresh()
}

// sentence is what stands in place of the figures; nil when they are there.
func (b *body) sentence() fyne.CanvasObject {
	s, w := b.s, b.s.desk.Words
	switch {
	case s.failed:
		again := kit.NewButton(w.T("summary.again"), kit.ButtonNormal, s.reload).Icon(kit.IconAgain).Kind(kit.Default)
		return kit.NewEmpty(kit.IconFailed, kit.Bad, w.T("summary.unreadable"), w.T("summary.unreadable.do"), again)
	case s.none && s.limited:
		return kit.NewEmpty(kit.IconPerson, kit.Ink3, w.T("summary.own.none"), w.T("summary.own.none.do"))
	case s.none:
		return kit.NewEmpty(kit.IconFile, kit.Ink3, w.T("summary.shift.none"), w.T("summary.shift.none.do"))
	}
	return nil
}

// fill writes a view into the parts. Nothing of a dim one can be tapped: it is
// about another period.
func (b *body) fill(v view, dim bool) {
	for i, f := range v.cards {
		f.Dim = dim
		b.figures[i].Set(f.FigureView)
		b.figures[i].SetEnabled(!dim && f.to.kind != toNothing)
	}
	b.fillChart(v.chart, dim)
	b.fillWays(v.shares, dim)
	b.drawer.fill(v.drawer, dim)
	b.middle.fill(v.middle, dim)
	b.deposit.fill(v.deposit, dim)
	screen.Only(b.deposit.card, v.deposit.title != "")
	b.closing.fill(v.closing, dim)
}

// top shows the beginning of all lists.
func (b *body) top() {
	b.ways.scroll.ScrollTop()
	for _, c := range []*boxCard{b.drawer, b.middle, b.deposit, b.closing} {
		c.list.scroll.ScrollTop()
	}
}

func (b *body) fillChart(c chartView, dim bool) {
	hint := c.hint
	var content fyne.CanvasObject = b.bars
	if c.empty != "" && !dim {
		hint = ""
		content = kit.NewEmpty(kit.IconFile, kit.Ink3, c.empty, c.do)
	}
	c.Dim = dim
	if dim {
		for i := range c.Bars {
			c.Bars[i].Off = true
		}
	}
	b.chart.Set(c.ChartView)
	b.graph.SetTitle(c.Title, hint)
	b.graph.SetContent(content, nil)
}

func (b *body) fillWays(list []share, dim bool) {
	if len(list) == 0 && !dim {
		list = []share{{Share: kit.Share{Word: b.s.desk.Words.T("summary.rows.none")}}}
	}
	b.ways.fit(len(list), func() *kit.ShareRow { return kit.NewShareRow(kit.Share{}, nil) })
	for i, l := range list {
		l.Dim = dim
		b.ways.rows[i].Set(l.Share)
		b.ways.rows[i].OnTapped = func() { b.s.open(l.to) }
		b.ways.rows[i].SetEnabled(!dim && l.to.kind != toNothing)
	}
	b.ways.object.Refresh()
	b.ways.scroll.Flow()
}

// stackLayout gives all objects the whole place.
type stackLayout struct{ least fyne.Size }

func (l stackLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.least }

func (stackLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, part := range o {
		screen.Place(part, 0, 0, s.Width, s.Height)
	}
}
