package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// lineRatio and baseRatio are the height of a line and the place of its
// baseline, as parts of the text size, in the embedded fonts.
const (
	lineRatio float32 = 1.448
	baseRatio float32 = 1.16
	// opticalRatio is how far below the middle of its line a character's
	// middle lies.
	opticalRatio float32 = 0.08
)

// LineHeight is the height of a line of text of that size.
func LineHeight(size float32) float32 { return size * lineRatio }

// TextWidth is the width of a line of text as it will be drawn.
func TextWidth(s string, size float32, bold bool) float32 {
	return fyne.MeasureText(s, size, fyne.TextStyle{Bold: bold}).Width
}

// Text is one line of text that follows the theme. It is as wide as its words;
// with Ellipsis or Fit it can be put into less.
type Text struct {
	widget.BaseWidget
	text     string
	size     float32
	style    fyne.TextStyle
	token    Token
	align    fyne.TextAlign
	fit      []float32
	ellipsis bool
}

// NewText makes a regular, left-aligned line.
func NewText(text string, size float32, token Token) *Text {
	t := &Text{text: text, size: size, token: token}
	t.ExtendBaseWidget(t)
	return t
}

// NewBold makes a bold, left-aligned line.
func NewBold(text string, size float32, token Token) *Text {
	t := NewText(text, size, token)
	t.style.Bold = true
	return t
}

// Mono sets the line in the monospaced font: order numbers, codes.
func (t *Text) Mono() *Text { t.style = fyne.TextStyle{Monospace: true}; return t }

// Trailing aligns the line to the right end of its place.
func (t *Text) Trailing() *Text { t.align = fyne.TextAlignTrailing; return t }

// Centered centres the line in its place.
func (t *Text) Centered() *Text { t.align = fyne.TextAlignCenter; return t }

// Ellipsis lets the line end in … where its place is too narrow. For words of
// people only; amounts and states are never cut.
func (t *Text) Ellipsis() *Text { t.ellipsis = true; return t }

// Fit lets the line step down to these smaller sizes, largest first, where its
// place is too narrow.
func (t *Text) Fit(smaller ...float32) *Text { t.fit = smaller; return t }

// Text is the present text.
func (t *Text) Text() string { return t.text }

// SetText changes the words.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// SetColor changes the colour.
func (t *Text) SetColor(token Token) {
	if t.token != token {
		t.token = token
		t.Refresh()
	}
}

// SetBold changes the weight.
func (t *Text) SetBold(bold bool) {
	if t.style.Bold != bold {
		t.style.Bold = bold
		t.Refresh()
	}
}

func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewText("", nil)
	paint := func() {
		line.Text, line.TextSize, line.TextStyle, line.Alignment = t.text, t.size, t.style, t.align
		line.Color = Color(t.token)
	}
	layout := func(s fyne.Size) {
		line.Text, line.TextSize = t.text, t.size
		fitLine(line, s.Width, t.fit)
		if t.ellipsis {
			line.Text = shorten(line.Text, s.Width, line.TextSize, line.TextStyle)
		}
		put(line, 0, 0, s.Width, s.Height)
	}
	min := func() fyne.Size {
		size := fyne.MeasureText(t.text, t.size, t.style)
		switch {
		case t.ellipsis:
			size.Width = min(size.Width, 2*t.size)
		case len(t.fit) > 0:
			size.Width = fyne.MeasureText(t.text, t.fit[len(t.fit)-1], t.style).Width
		}
		return size
	}
	return newRender(t, paint, min, layout, line)
}

// fitLine gives line the largest of its own size and the smaller ones at which
// it is at most width wide; when none fits, the smallest.
func fitLine(line *canvas.Text, width float32, smaller []float32) {
	for _, size := range smaller {
		if line.MinSize().Width <= width+0.5 {
			return
		}
		line.TextSize = size
	}
}

// shorten cuts text at a character and adds … so that it is at most width wide.
func shorten(text string, width, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(text, size, style).Width <= width+0.5 {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes) // the first low characters fit, high do not
	for low+1 < high {
		mid := (low + high) / 2
		if fyne.MeasureText(string(runes[:mid])+"…", size, style).Width <= width {
			low = mid
		} else {
			high = mid
		}
	}
	return string(runes[:low]) + "…"
}

// shortenStart cuts text at its beginning: of a long sum the end matters.
func shortenStart(text string, width, size float32, style fyne.TextStyle) string {
	runes := []rune(text)
	for i := range runes {
		short := string(runes[i:])
		if i > 0 {
			short = "…" + short
		}
		if fyne.MeasureText(short, size, style).Width <= width+0.5 {
			return short
		}
	}
	return ""
}

// newLine is a canvas text for use inside parts.
func newLine(size float32, bold bool) *canvas.Text {
	t := canvas.NewText("", nil)
	t.TextSize = size
	t.TextStyle.Bold = bold
	return t
}

// write puts words and colour into a line.
func write(t *canvas.Text, text string, token Token) {
	t.Text = text
	t.Color = Color(token)
	show(t, text != "")
}

// putLine places a line with its left top at x, y.
func putLine(t *canvas.Text, x, y float32) {
	s := t.MinSize()
	put(t, x, y, s.Width, s.Height)
}

// putMiddle places a line from x on, centred in the height from y to y+h.
func putMiddle(t *canvas.Text, x, y, h float32) {
	s := t.MinSize()
	put(t, floor(x), middle(t.TextSize, y, h), s.Width, s.Height)
}

// putRight places a line so that it ends at right, centred in y to y+h.
func putRight(t *canvas.Text, right, y, h float32) {
	putMiddle(t, right-t.MinSize().Width, y, h)
}

// putCenter places a line in the middle of the box.
func putCenter(t *canvas.Text, x, y, w, h float32) {
	putMiddle(t, x+(w-t.MinSize().Width)/2, y, h)
}

// middle is where a line of that size starts so that its characters, rather
// than its line box, lie in the middle: a line has more air above than below.
func middle(size, y, h float32) float32 {
	return floor(y + (h-LineHeight(size))/2 - opticalRatio*size + 0.5)
}

// opticalCenter is the height at which the characters of a line have their
// middle, below the top of the line.
func opticalCenter(size float32) float32 { return (lineRatio/2 + opticalRatio) * size }
