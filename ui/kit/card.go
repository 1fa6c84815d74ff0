package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Card is a panel with a title, a quiet hint at its right end, content, and a
// foot below a line where it has one.
type Card struct {
	widget.BaseWidget
	title, hint string
	body, foot  fyne.CanvasObject // foot may be nil
}

var _ Holder = (*Card)(nil)

// NewCard makes a card. The content reaches from border to border; rows bring
// their own space.
func NewCard(title string, body fyne.CanvasObject) *Card {
	c := &Card{title: title, body: body}
	c.ExtendBaseWidget(c)
	return c
}

// SetTitle changes the line on top.
func (c *Card) SetTitle(title, hint string) {
	if c.title != title || c.hint != hint {
		c.title, c.hint = title, hint
		c.Refresh()
	}
}

// SetContent changes what the card holds; foot may be nil.
func (c *Card) SetContent(body, foot fyne.CanvasObject) {
	if c.body != body || c.foot != foot {
		c.body, c.foot = body, foot
		c.Refresh()
	}
}

// Held are the objects inside, for dialogs and tests.
func (c *Card) Held() []fyne.CanvasObject {
	if c.foot == nil {
		return []fyne.CanvasObject{c.body}
	}
	return []fyne.CanvasObject{c.body, c.foot}
}

const (
	cardHead float32 = 44 // the title's
	cardFoot float32 = 46 // 44 for a finger, and the lines
	cardEnd  float32 = 4  // below content without a foot
)

func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusPanel)
	title, hint := newLine(Row, true), newLine(Caption, false)
	rule := newFill(0)
	var r *render
	paint := func() {
		f.paint(Surface, Line)
		write(title, c.title, Ink)
		write(hint, c.hint, Ink3)
		rule.FillColor = Color(Line)
		show(rule, c.foot != nil)
		if r != nil {
			r.objects = append(r.objects[:5], c.Held()...)
		}
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		const left = PadList + 1
		putMiddle(title, left, 12, 30)
		hint.Text = shorten(c.hint, s.Width-2*left-title.MinSize().Width-Gap, Caption, hint.TextStyle)
		putRight(hint, s.Width-left, 13, 30)
		bottom := s.Height - cardEnd
		if c.foot != nil {
			bottom = s.Height - cardFoot
			put(rule, left, bottom, s.Width-2*left, 1)
			put(c.foot, 1, bottom+1, s.Width-2, cardFoot-2)
		}
		put(c.body, 1, cardHead, s.Width-2, max(0, bottom-cardHead))
	}
	min := func() fyne.Size {
		m := c.body.MinSize()
		return fyne.NewSize(max(m.Width, 200)+2, m.Height+cardHead+cardEnd)
	}
	r = newRender(c, paint, min, layout, append([]fyne.CanvasObject{f.border, f.fill, title, hint, rule}, c.Held()...)...)
	return r
}
