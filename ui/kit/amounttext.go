package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// AmountText is a large figure with ¥ at half its size before it, both on one
// baseline, at the right end of its place. A figure that does not fit steps
// down to smaller sizes; it is never cut.
type AmountText struct {
	widget.BaseWidget
	text   string
	size   float32
	token  Token
	symbol string
}

// NewAmount makes a figure of a size: AmountPx, ResultPx, StatePx. The text is
// ready for people: "1,234.50".
func NewAmount(text string, size float32, token Token) *AmountText {
	a := &AmountText{text: text, size: size, token: token, symbol: "¥"}
	a.ExtendBaseWidget(a)
	return a
}

// Plain leaves the ¥ out.
func (a *AmountText) Plain() *AmountText { a.symbol = ""; return a }

// Set changes the figure and its colour.
func (a *AmountText) Set(text string, token Token) {
	if a.text != text || a.token != token {
		a.text, a.token = text, token
		a.Refresh()
	}
}

func (a *AmountText) CreateRenderer() fyne.WidgetRenderer {
	p := newAmountPair()
	return newRender(a,
		func() { p.write(a.symbol, a.text, a.token) },
		func() fyne.Size { return fyne.NewSize(p.widthAt(p.fitting(a.size, 0)), LineHeight(a.size)) },
		func(s fyne.Size) {
			p.resize(a.size)
			p.fit(s.Width)
			p.place(s.Width, s.Height-(lineRatio-baseRatio)*a.size)
		},
		p.symbol, p.number)
}

// amountPair is the figure and its ¥, for use inside parts.
type amountPair struct {
	symbol, number *canvas.Text
}

func newAmountPair() *amountPair {
	return &amountPair{symbol: newLine(StatePx, true), number: newLine(AmountPx, true)}
}

func (p *amountPair) write(symbol, number string, token Token) {
	write(p.symbol, symbol, token)
	write(p.number, number, token)
}

func (p *amountPair) resize(size float32) {
	p.number.TextSize, p.symbol.TextSize = size, size/2
}

// gapAt is what lies between ¥ and a figure of a size.
func (p *amountPair) gapAt(size float32) float32 {
	switch {
	case !p.symbol.Visible():
		return 0
	case size >= AmountPx:
		return 10
	}
	return 8
}

// widthAt is how wide the pair would be at a size. It changes nothing: a part
// that changed while it is measured would be laid out and painted for ever.
func (p *amountPair) widthAt(size float32) float32 {
	w := fyne.MeasureText(p.number.Text, size, p.number.TextStyle).Width + p.gapAt(size)
	if p.symbol.Visible() {
		w += fyne.MeasureText(p.symbol.Text, size/2, p.symbol.TextStyle).Width
	}
	return w
}

// width is how wide the pair is.
func (p *amountPair) width() float32 { return p.widthAt(p.number.TextSize) }

// fitting is the largest size, from a size down, at which the pair is at most
// width wide, or the smallest that there is.
func (p *amountPair) fitting(size, width float32) float32 {
	for _, smaller := range smallerThan(size) {
		if smaller < Row || p.widthAt(size) <= width {
			break
		}
		size = smaller
	}
	return size
}

// fit steps down until the pair is at most width wide, or as small as it gets.
func (p *amountPair) fit(width float32) { p.resize(p.fitting(p.number.TextSize, width)) }

// place puts the pair so that it ends at right and stands on baseline.
func (p *amountPair) place(right, baseline float32) {
	x := right - p.number.MinSize().Width
	putLine(p.number, x, baseline-baseRatio*p.number.TextSize)
	if p.symbol.Visible() {
		x -= p.gapAt(p.number.TextSize) + p.symbol.MinSize().Width
		putLine(p.symbol, x, baseline-baseRatio*p.symbol.TextSize)
	}
}
