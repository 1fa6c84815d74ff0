package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// FigureView is what a card with one figure shows, in ready words.
type FigureView struct {
	Label  string
	Figure string   // an amount, or a word where there is none
	Under  []string // what stands below it, at the right end; two lines where one is too narrow
	Word   bool     // Figure is a word, and quiet
	Dim    bool     // the figure is being read
}

// FigureCard is a panel with one figure of a summary: its name above, what there
// is to say about it below. The main one is larger and has a ¥. A figure that
// does not fit becomes smaller; it is never cut.
type FigureCard struct {
	focusPress
	view FigureView
	main bool
}

var _ fyne.Accessible = (*FigureCard)(nil)

// FigureCardHeight is the height of a card with one figure.
const FigureCardHeight float32 = 123

// NewFigureCard makes an empty card. Nothing can be tapped where tapped is nil.
func NewFigureCard(tapped func()) *FigureCard {
	c := &FigureCard{}
	c.OnTapped = tapped
	c.disabled = tapped == nil
	c.extend(c)
	return c
}

// Main makes it the largest of its row.
func (c *FigureCard) Main() *FigureCard { c.main = true; return c }

// Set changes all that is shown.
func (c *FigureCard) Set(v FigureView) {
	if c.view.Label != v.Label || c.view.Figure != v.Figure || c.view.Word != v.Word || c.view.Dim != v.Dim || !slices.Equal(c.view.Under, v.Under) {
		c.view = v
		c.Refresh()
	}
}

// AccessibilityLabel is the card in words.
func (c *FigureCard) AccessibilityLabel() string {
	return c.view.Label + "  " + c.view.Figure + "  " + strings.Join(c.view.Under, "  ")
}

func (c *FigureCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// size is the figure's, where there is room.
func (c *FigureCard) size() float32 {
	switch {
	case c.view.Word:
		return ActionPx
	case c.main:
		return StatePx
	}
	return Heading
}

func (c *FigureCard) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusPanel)
	ring := newRing()
	ring.CornerRadius = radiusPanel + ringDistance
	label := newLine(Body, false)
	figure := newAmountPair()
	under := []*canvas.Text{newLine(Caption, false), newLine(Caption, false)}
	paint := func() {
		fill, line := Surface, Line
		if ground := c.ground(); ground != NoColor {
			fill = ground
		}
		f.paint(fill, line)
		paintRing(ring, c.focused)
		write(label, c.view.Label, Ink2)
		ink, second := Ink, Ink2
		switch {
		case c.view.Dim:
			ink, second = InkOff, InkOff
		case c.view.Word:
			ink = Ink3
		}
		symbol := ""
		if c.main && !c.view.Word {
			symbol = "¥"
		}
		figure.write(symbol, c.view.Figure, ink)
		for _, u := range under {
			write(u, "", second)
		}
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		layoutRing(ring, s.Width, s.Height)
		const left = PadList + 1
		right := s.Width - left
		label.TextSize = Body
		fitLine(label, right-left, []float32{Caption})
		putMiddle(label, left, 10, 30)
		c.layoutFigure(figure, under, left, right)
	}
	min := func() fyne.Size { return fyne.NewSize(160, FigureCardHeight) }
	return newRender(c, paint, min, layout, ring, f.border, f.fill, label, figure.symbol, figure.number, under[0], under[1])
}

// layoutFigure places the figure and what stands below it.
func (c *FigureCard) layoutFigure(figure *amountPair, under []*canvas.Text, left, right float32) {
	figure.resize(c.size())
	for _, smaller := range smallerThan(c.size()) {
		if figure.width() <= right-left {
			break
		}
		figure.resize(smaller)
	}
	first, second := c.underLines(right - left)
	middleOf, below := float32(60), float32(90)
	switch {
	case second != "":
		middleOf, below = 54, 84
	case c.main:
		middleOf, below = 64, 98
	}
	figure.place(right, middleOf-opticalCenter(figure.number.TextSize)+baseRatio*figure.number.TextSize)
	for i, text := range []string{first, second} {
		under[i].Text = shorten(text, right-left, Caption, under[i].TextStyle)
		show(under[i], text != "")
		putRight(under[i], right, below-15+float32(i)*21, 30)
	}
}

// underLines is what stands below the figure: one line, or two where one is too
// narrow. Two things part between them, one thing where a line may break.
func (c *FigureCard) underLines(width float32) (first, second string) {
	fits := func(s string) bool { return fyne.MeasureText(s, Caption, fyne.TextStyle{}).Width <= width }
	all := strings.Join(c.view.Under, underGap)
	if fits(all) {
		return all, ""
	}
	if len(c.view.Under) == 2 && fits(c.view.Under[0]) && fits(c.view.Under[1]) {
		return c.view.Under[0], c.view.Under[1]
	}
	lines := wrap(all, width, Caption, fyne.TextStyle{})
	return lines[0], strings.Join(lines[1:], "")
}

// underGap parts two things on one line.
const underGap = "   "
