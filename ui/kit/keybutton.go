package kit

import "fyne.io/fyne/v2"

// KeyButton is one key of a keypad: a digit or sign, or an icon. It looks
// pressed from the moment the pointer goes down and acts when it is tapped.
//
// It is left out of the Tab order: what a keypad types can be typed on the
// keyboard itself, and twenty stops between two fields would help nobody.
type KeyButton struct {
	press
	word     string
	icon     Icon
	function bool
	ring     bool
}

// NewKey makes a key that shows a digit or sign. A function key (C, +) has the
// quieter ground.
func NewKey(word string, function bool, tapped func()) *KeyButton {
	k := &KeyButton{word: word, function: function}
	k.OnTapped = tapped
	k.extend(k)
	return k
}

// NewIconKey makes a function key that shows an icon.
func NewIconKey(icon Icon, tapped func()) *KeyButton {
	k := &KeyButton{icon: icon, function: true}
	k.OnTapped = tapped
	k.extend(k)
	return k
}

// ShowRing draws the key with the focus ring, for a sheet of all states.
func (k *KeyButton) ShowRing() {
	k.ring = true
	k.Refresh()
}

// largeKey is the height from which a key shows its digit larger.
const largeKey float32 = 96

func (k *KeyButton) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	ring := newRing()
	word := newLine(Heading, false)
	icon := newGlyph()
	paint := func() {
		normal, ink := KeyFill, Ink
		if k.function {
			normal = SurfaceAlt
		}
		if k.disabled {
			ink = InkOff
		}
		f.paint(k.fill(normal))
		write(word, k.word, ink)
		drawGlyph(icon, k.icon, ink)
		paintRing(ring, k.ring)
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		layoutRing(ring, s.Width, s.Height)
		word.TextSize = Heading
		glyph := float32(34)
		if s.Height >= largeKey {
			word.TextSize, glyph = 36, 40
		}
		putCenter(word, 0, 0, s.Width, s.Height)
		put(icon, (s.Width-glyph)/2, (s.Height-glyph)/2, glyph, glyph)
	}
	return newRender(k, paint, func() fyne.Size { return fyne.NewSize(64, 64) }, layout,
		ring, f.border, f.fill, word, icon)
}
