package kit

import "fyne.io/fyne/v2"

// Heights of buttons. Between 46 and 52 serve filter bars.
const (
	ButtonSmall  float32 = 44 // in lists and forms
	ButtonFilter float32 = 52 // in filter bars
	ButtonNormal float32 = 56
	ButtonLarge  float32 = 72 // in dialogs and result panels
)

// Button is a word with, where it has them, an icon before it and the name of
// its key behind it. It is as wide as these and can be stretched.
type Button struct {
	focusPress
	word, key string
	icon      Icon
	kind      ActionKind
	height    float32
	inverse   bool // on the practice strip: a line and no fill
	slim      bool // a smaller word than the height would have
}

// NewButton makes a plain button of a height.
func NewButton(word string, height float32, tapped func()) *Button {
	b := &Button{word: word, height: height}
	b.OnTapped = tapped
	b.extend(b)
	return b
}

// Kind makes it default, destructive or the act that gives money out.
func (b *Button) Kind(kind ActionKind) *Button {
	b.kind = kind
	b.Refresh()
	return b
}

// Key shows the name of the key that does the same.
func (b *Button) Key(name string) *Button {
	b.key = name
	b.Refresh()
	return b
}

// Icon shows an icon before the word.
func (b *Button) Icon(icon Icon) *Button {
	b.icon = icon
	b.Refresh()
	return b
}

// SetWord changes the word.
func (b *Button) SetWord(word string) {
	if b.word != word {
		b.word = word
		b.Refresh()
	}
}

// Word is the present word.
func (b *Button) Word() string { return b.word }

const (
	buttonPad     float32 = 21
	buttonPadSlim float32 = 15
	buttonGap     float32 = 10
	buttonIcon    float32 = 22
)

// metrics are the padding and the size of the word for the button's height.
func (b *Button) metrics() (pad, size float32) {
	switch {
	case b.slim:
		return buttonPad, Body
	case b.height >= ButtonLarge:
		return buttonPad, ActionPx
	case b.height > ButtonSmall:
		return buttonPad, Row
	}
	return buttonPadSlim, Body
}

func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	ring := newRing()
	icon := newGlyph()
	_, size := b.metrics()
	word := newLine(size, true)
	key := newLine(Caption, false)
	paint := func() {
		look := b.look(b.kind)
		if b.inverse {
			look = b.inverseLook()
			word.TextStyle.Bold = false
		}
		f.paint(look.fill, look.line)
		write(word, b.word, look.word)
		write(key, b.key, look.key)
		drawGlyph(icon, b.icon, look.word)
		paintRing(ring, b.focused)
	}
	content := func() float32 {
		w := word.MinSize().Width
		if b.icon != NoIcon {
			w += buttonIcon
			if b.word != "" {
				w += buttonGap
			}
		}
		if b.key != "" {
			w += buttonGap + key.MinSize().Width
		}
		return w
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		layoutRing(ring, s.Width, s.Height)
		word.TextSize = size
		fitLine(word, word.MinSize().Width+s.Width-content()-8, smallerThan(size))
		x := (s.Width - content()) / 2
		if b.icon != NoIcon {
			put(icon, x, (s.Height-buttonIcon)/2, buttonIcon, buttonIcon)
			x += buttonIcon + buttonGap
		}
		putMiddle(word, x, 0, s.Height)
		if b.word != "" {
			x += word.MinSize().Width + buttonGap
		}
		putMiddle(key, x, 0, s.Height)
	}
	min := func() fyne.Size {
		pad, _ := b.metrics()
		word.TextSize = size
		return fyne.NewSize(max(b.height, content()+2*pad), b.height)
	}
	return newRender(b, paint, min, layout, ring, f.border, f.fill, icon, word, key)
}

// inverseLook is for a button that lies on the practice strip.
func (b *Button) inverseLook() look {
	l := look{Inverse, OnInverse, OnInverse, OnInverse}
	if b.hovered || b.pressed {
		l.fill, l.word, l.key = OnInverse, Inverse, Inverse
	}
	return l
}

// smallerThan lists the text sizes below size, largest first.
func smallerThan(size float32) []float32 {
	var out []float32
	for _, s := range []float32{AmountPx, 64, ResultPx, StatePx, Heading, ActionPx, Row, Body, Caption} {
		if s < size {
			out = append(out, s)
		}
	}
	return out
}
