package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// FieldHeight is the height of fields, FieldTall that on large windows.
const (
	FieldHeight float32 = 52
	FieldTall   float32 = 56
)

const (
	fieldPad    float32 = 14
	fieldGap    float32 = 12 // between label and text
	fieldIcon   float32 = 22
	errorGap    float32 = 8  // between the box and the sentence below it
	errorIndent float32 = 28 // of the sentence, its icon stands before it
)

// fieldState is what decides the looks of a field.
type fieldState struct {
	label    string
	icon     Icon
	err      string // the sentence below; empty when all is well
	focused  bool
	disabled bool
	fill     Token // NoColor means Surface
	quiet    bool  // a thin line instead of a strong one: things to choose from
}

// fieldBox draws what all fields share: the box, the label inside it on the
// left, and the sentence of an error below.
type fieldBox struct {
	f      frame
	icon   *canvas.Image
	label  *canvas.Text
	failed *canvas.Image
	reason *Paragraph
	width  float32
}

func newFieldBox() *fieldBox {
	return &fieldBox{
		f:      newFieldFrame(),
		icon:   newGlyph(),
		label:  newLine(Body, false),
		failed: newGlyph(),
		reason: NewParagraph("", Body, Bad),
	}
}

func (b *fieldBox) objects() []fyne.CanvasObject {
	return append(b.f.objects(), b.icon, b.label, b.failed, b.reason)
}

func (b *fieldBox) paint(s fieldState) {
	fill, line, ink := s.fill, LineStrong, Ink2
	if fill == NoColor {
		fill = Surface
	}
	if s.quiet {
		line = Line
	}
	b.width = lineThin
	switch {
	case s.disabled:
		fill, line, ink = FillOff, NoColor, InkOff
	case s.err != "":
		line, b.width = Bad, lineActive
	case s.focused:
		line, b.width = AccentInk, lineActive
	}
	b.f.paint(fill, line)
	write(b.label, s.label, ink)
	if s.quiet && !s.disabled {
		ink = Ink
	}
	drawGlyph(b.icon, s.icon, ink)
	if s.err == "" {
		drawGlyph(b.failed, NoIcon, Bad)
	} else {
		drawGlyph(b.failed, IconFailed, Bad)
	}
	b.reason.SetText(s.err)
	show(b.reason, s.err != "")
}

// errorHeight is what the sentence of an error needs below the box.
func errorHeight(sentence string, width float32) float32 {
	if sentence == "" {
		return 0
	}
	lines := wrap(sentence, width-errorIndent, Body, fyne.TextStyle{})
	return errorGap + float32(len(lines))*pitch(Body)
}

// layout places everything and returns where the text begins and how high the
// box is.
func (b *fieldBox) layout(s fieldState, size fyne.Size) (left, height float32) {
	below := errorHeight(s.err, size.Width)
	height = size.Height - below
	b.f.layout(0, 0, size.Width, height, b.width)
	left = fieldPad
	if s.icon != NoIcon {
		put(b.icon, left, (height-fieldIcon)/2, fieldIcon, fieldIcon)
		left += fieldIcon + fieldGap
	}
	if s.label != "" {
		putMiddle(b.label, left, 0, height)
		left += b.label.MinSize().Width + fieldGap
	}
	if s.err != "" {
		top := height + errorGap
		put(b.failed, 0, top+(pitch(Body)-20)/2, 20, 20)
		put(b.reason, errorIndent, top, size.Width-errorIndent, below-errorGap)
	}
	return left, height
}
