package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Heights of the amount card.
const (
	AmountCardTight  float32 = 92  // where the keys need the room
	AmountCardShort  float32 = 124 // windows under 780, and 押金
	AmountCardNormal float32 = 164
	AmountCardLarge  float32 = 208 // windows of 1000 and more
)

// AmountView is what the amount card shows. All strings are ready for people.
type AmountView struct {
	Label string // 应收
	Text  string // "128.50"; empty shows 0.00 greyed
	Sum   string // "120 + 8.5"; may be empty

	Hint     string // bottom left; may be empty
	HintIcon Icon   // with an icon the hint has the accent: scan now
	HintBad  bool   // the hint is a fault, such as a limit exceeded

	Active bool   // typing goes here
	Locked string // a reason locks the card and stands in place of the hint
}

// AmountCard shows the amount that is being typed. It takes no keys itself:
// the screen keeps the amount and shows it here.
type AmountCard struct {
	widget.BaseWidget
	// OnTapped brings typing back to the amount, from another field.
	OnTapped func()

	now AmountView
}

// NewAmountCard makes an empty card.
func NewAmountCard() *AmountCard {
	c := &AmountCard{}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes everything that the card shows.
func (c *AmountCard) Set(a AmountView) {
	if c.now != a {
		c.now = a
		c.Refresh()
	}
}

func (c *AmountCard) Tapped(*fyne.PointEvent) {
	if c.OnTapped != nil && c.now.Locked == "" {
		c.OnTapped()
	}
}

// numberSize is the size of the figure in a card of that height.
func numberSize(height float32) float32 {
	switch {
	case height >= AmountCardLarge-8:
		return AmountXPx
	case height < AmountCardShort-8:
		return ResultPx
	}
	return AmountPx
}

func (c *AmountCard) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusPanel)
	label := newLine(Row, false)
	sum := newLine(Row, false)
	hint := newLine(Body, false)
	icon := newGlyph()
	number := newAmountPair()
	width := lineThin
	paint := func() {
		a := c.now
		fill, line := Surface, Line
		width = lineThin
		words, ink, glyph := a.Hint, Ink2, a.HintIcon
		switch {
		case a.Locked != "":
			fill, words, glyph = SurfaceAlt, a.Locked, IconHeld
		case a.Active:
			line, width = AccentInk, lineActive
		}
		switch {
		case a.Locked != "":
		case a.HintBad:
			ink, glyph = Bad, IconFailed
		case glyph != NoIcon:
			ink = AccentInk
		}
		f.paint(fill, line)
		write(label, a.Label, Ink2)
		write(sum, a.Sum, Ink2)
		write(hint, words, ink)
		if words == "" {
			glyph = NoIcon
		}
		drawGlyph(icon, glyph, ink)
		if a.Text == "" {
			number.write("¥", "0.00", InkOff)
		} else {
			number.write("¥", a.Text, Ink)
		}
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, width)
		left, right := PadPanel+1, s.Width-PadPanel-1
		putMiddle(label, left, 9, 40)
		sum.TextSize, sum.Text = Row, c.now.Sum
		room := right - left - label.MinSize().Width - Gap
		fitLine(sum, room, []float32{Body, Caption})
		sum.Text = shortenStart(c.now.Sum, room, sum.TextSize, sum.TextStyle)
		if s.Height < AmountCardNormal-8 { // beside the label, the number needs the rest
			putMiddle(sum, left+label.MinSize().Width+Gap, 9, 40)
		} else {
			putRight(sum, right, 9, 40)
		}
		baseline, hintMiddle := s.Height-28, s.Height-35
		switch {
		case s.Height < AmountCardNormal-8:
			baseline, hintMiddle = s.Height-18, s.Height-29
		case s.Height >= AmountCardLarge-8:
			baseline, hintMiddle = s.Height-32, s.Height-45
		}
		number.resize(numberSize(s.Height))
		x := left
		if icon.Visible() {
			put(icon, left, hintMiddle-11, 22, 22)
			x += 30
		}
		hint.TextSize = Body
		// The hint gives way first, then the figure; neither is cut.
		room = right - x - 12
		if number.width() > room-hint.MinSize().Width {
			fitLine(hint, room-number.width(), []float32{Caption})
		}
		number.fit(room - hintWidth(hint.Visible(), hint.MinSize().Width))
		number.place(right, baseline)
		putMiddle(hint, x, hintMiddle-15, 30)
	}
	min := func() fyne.Size { return fyne.NewSize(320, AmountCardTight) }
	return newRender(c, paint, min, layout,
		f.border, f.fill, label, sum, hint, icon, number.symbol, number.number)
}

func hintWidth(visible bool, width float32) float32 {
	if !visible {
		return 0
	}
	return width
}
