package kit

import "fyne.io/fyne/v2"

// CardLine is what one row of a card shows, in ready words. Only Word has to be
// there.
type CardLine struct {
	Icon   Icon
	Ink    Token // of the icon; NoColor means ink2
	Word   string
	Name   string // behind the word; shortened where it is narrow
	Count  string // behind the name
	Value  string // at the right end, bold
	Strong bool   // the words are bold and in ink
	Color  Token  // of all words and the value; NoColor means ink2 and ink
	Dim    bool   // the figures are being read
}

// CardRow is one row of a card: words on the left, a figure on the right. One
// that can be tapped is 44 high at least, one that only tells 30.
type CardRow struct {
	focusPress
	line CardLine
}

var _ fyne.Accessible = (*CardRow)(nil)

// NewCardRow makes a row. Nothing can be tapped where tapped is nil.
func NewCardRow(line CardLine, tapped func()) *CardRow {
	r := &CardRow{line: line}
	r.OnTapped = tapped
	r.disabled = tapped == nil
	r.extend(r)
	return r
}

// Line is what the row shows.
func (r *CardRow) Line() CardLine { return r.line }

// Set changes what the row shows and what a tap does; nil for nothing, which
// changes its height.
func (r *CardRow) Set(line CardLine, tapped func()) {
	r.OnTapped = tapped
	r.SetEnabled(tapped != nil)
	if r.line != line {
		r.line = line
		r.Refresh()
	}
}

// AccessibilityLabel is the row in words.
func (r *CardRow) AccessibilityLabel() string {
	label := ""
	for _, s := range []string{r.line.Word, r.line.Name, r.line.Count, r.line.Value} {
		if s != "" {
			label += "  " + s
		}
	}
	return label[min(2, len(label)):]
}

// AccessibilityRole is a button where the row can be tapped.
func (r *CardRow) AccessibilityRole() fyne.AccessibleRole {
	if r.disabled {
		return fyne.AccessibleRoleText
	}
	return fyne.AccessibleRoleButton
}

const (
	cardRowLow  float32 = 30
	cardRowTall float32 = 44
	cardRowIcon float32 = 22
	cardRowGap  float32 = 14
)

func (r *CardRow) height() float32 {
	if r.disabled {
		return cardRowLow
	}
	return cardRowTall
}

func (r *CardRow) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := newFill(radiusBadge), newRing()
	icon := newGlyph()
	word, name, count, value := newLine(Body, false), newLine(Body, false), newLine(Body, false), newLine(Row, true)
	paint := func() {
		l := r.line
		quiet, ink := or(l.Color, Ink2), or(l.Color, Ink)
		if l.Icon != NoIcon || l.Strong {
			quiet = ink
		}
		second := or(l.Color, Ink2)
		if l.Dim {
			ink, quiet, second = InkOff, InkOff, InkOff
		}
		ground.FillColor = Color(r.ground())
		paintRing(ring, r.focused)
		drawGlyph(icon, l.Icon, or(l.Ink, Ink2))
		word.TextStyle.Bold = l.Strong
		write(word, l.Word, quiet)
		write(name, l.Name, quiet)
		write(count, l.Count, second)
		write(value, l.Value, ink)
	}
	layout := func(s fyne.Size) {
		put(ground, GapKeys, 0, s.Width-2*GapKeys, s.Height)
		put(ring, GapKeys, 0, s.Width-2*GapKeys, s.Height)
		left, right := PadList, s.Width-PadList
		put(icon, left+2, (s.Height-cardRowIcon)/2, cardRowIcon, cardRowIcon)
		if r.line.Icon != NoIcon {
			left += cardRowIcon + cardRowGap
		}
		r.layoutWords(word, name, count, value, left, right, s.Height)
	}
	min := func() fyne.Size { return fyne.NewSize(160, r.height()) }
	return newRender(r, paint, min, layout, ground, icon, word, name, count, value, ring)
}
