package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ResultKind is the state that the head of a result panel tells by its fill.
type ResultKind int

const (
	ResultPlain   ResultKind = iota // no state: cash, a form
	ResultWaiting                   // paying, waiting, QR shown
	ResultPaid
	ResultFailed
	ResultUnknown
)

// colors are fill, icon and text of a head.
func (k ResultKind) colors() (fill, icon, ink Token) {
	switch k {
	case ResultWaiting:
		return AccentSoft, AccentInk, Ink
	case ResultPaid:
		return OkFill, OnFill, OnFill
	case ResultFailed:
		return BadFill, OnFill, OnFill
	case ResultUnknown:
		return WarnFill, OnWarn, OnWarn
	}
	return Surface, AccentInk, Ink
}

// ResultHead is what stands in the coloured head of a result panel.
type ResultHead struct {
	Kind    ResultKind
	Icon    Icon
	Word    string // the state: 已支付
	Line    string // channel, time; may be empty
	Amount  string // ready figure; may be empty
	Compact bool   // 104 high instead of 200: for QR, cash, deposits
}

const (
	headFull    float32 = 200
	headCompact float32 = 104
	// ResultWidth is the width that body and foot of a result panel have at most.
	ResultWidth float32 = 640
	footBelow   float32 = 20
)

// ResultPanel tells how a payment stands: a head with the state, a body, and a
// foot with what can be done.
type ResultPanel struct {
	widget.BaseWidget
	head       ResultHead
	body, foot fyne.CanvasObject
}

// NewResult makes a panel. Body and foot may be nil.
func NewResult(head ResultHead, body, foot fyne.CanvasObject) *ResultPanel {
	p := &ResultPanel{head: head, body: body, foot: foot}
	p.ExtendBaseWidget(p)
	return p
}

// SetHead changes the head.
func (p *ResultPanel) SetHead(head ResultHead) {
	if p.head != head {
		p.head = head
		p.Refresh()
	}
}

// SetContent changes body and foot.
func (p *ResultPanel) SetContent(body, foot fyne.CanvasObject) {
	p.body, p.foot = body, foot
	p.Refresh()
}

func (p *ResultPanel) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusPanel)
	ground := newFill(0)
	ground.TopLeftCornerRadius, ground.TopRightCornerRadius = radiusPanel-1, radiusPanel-1
	below := newFill(0)
	icon := newGlyph()
	word, line := newLine(StatePx, true), newLine(Row, false)
	amount := newAmountPair()
	parts := []fyne.CanvasObject{f.border, f.fill, ground, below, icon, word, line, amount.symbol, amount.number}
	var r *render
	paint := func() {
		fill, glyph, ink := p.head.Kind.colors()
		f.paint(Surface, Line)
		ground.FillColor, below.FillColor = Color(fill), Color(Line)
		show(below, p.head.Kind == ResultPlain)
		drawGlyph(icon, p.head.Icon, glyph)
		write(word, p.head.Word, ink)
		write(line, p.head.Line, ink)
		symbol := "¥"
		if p.head.Amount == "" {
			symbol = ""
		}
		amount.write(symbol, p.head.Amount, ink)
		if r != nil {
			r.objects = p.objects(parts)
		}
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		h := headFull
		if p.head.Compact {
			h = headCompact
		}
		put(ground, 1, 1, s.Width-2, h)
		put(below, 1, h+1, s.Width-2, 1)
		left, right := PadPanel+1, s.Width-PadPanel-1
		line.Text = p.head.Line
		if p.head.Compact {
			put(icon, left, 29, 48, 48)
			x := left + 64
			amount.resize(StatePx)
			word.TextSize, line.TextSize = Heading, Body
			fitLine(word, right-x-amount.width()-12, []float32{ActionPx, Row})
			amount.fit(right - x - word.MinSize().Width - 12)
			amount.place(right, 70)
			line.Text = shorten(p.head.Line, right-x-amount.width()-12, Body, line.TextStyle)
			if p.head.Line == "" {
				putMiddle(word, x, 1, h)
			} else {
				putLine(word, x, 41-opticalCenter(word.TextSize))
				putLine(line, x, 74-opticalCenter(Body))
			}
		} else {
			put(icon, left, 28, 72, 72)
			x := left + 92
			word.TextSize, line.TextSize = StatePx, Row
			fitLine(word, right-x, []float32{Heading, ActionPx})
			line.Text = shorten(p.head.Line, right-x, Row, line.TextStyle)
			putLine(word, x, 53-opticalCenter(word.TextSize))
			putLine(line, x, 90-opticalCenter(Row))
			amount.resize(ResultPx)
			amount.fit(right - left)
			amount.place(right, 172)
		}
		p.layoutBody(s, h+1)
	}
	min := func() fyne.Size {
		s := fyne.NewSize(400, headFull)
		for _, o := range []fyne.CanvasObject{p.body, p.foot} {
			if o != nil {
				m := o.MinSize()
				s = fyne.NewSize(max(s.Width, m.Width+2*PadPanel+2), s.Height+m.Height)
			}
		}
		return s
	}
	r = newRender(p, paint, min, layout, p.objects(parts)...)
	return r
}

// layoutBody gives the foot its height at the bottom and the body the rest.
func (p *ResultPanel) layoutBody(s fyne.Size, top float32) {
	w := min(ResultWidth, s.Width-2*PadPanel-2)
	x := floor((s.Width - w) / 2)
	bottom := s.Height - 1
	if p.foot != nil {
		h := HeightFor(p.foot, w)
		bottom -= h + footBelow
		put(p.foot, x, bottom, w, h)
	}
	if p.body != nil {
		put(p.body, x, top, w, max(0, bottom-top))
	}
}

func (p *ResultPanel) objects(parts []fyne.CanvasObject) []fyne.CanvasObject {
	out := append([]fyne.CanvasObject{}, parts...)
	for _, o := range []fyne.CanvasObject{p.body, p.foot} {
		if o != nil {
			out = append(out, o)
		}
	}
	return out
}
