package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Look is the way a state is shown everywhere: its icon and its colours. The
// word comes from the caller.
type Look int

const (
	LookNone     Look = iota
	LookPaid          // paid, done
	LookPaying        // on its way
	LookUnknown       // nobody knows yet; a person should look
	LookFailed        // definite, no money moved
	LookClosed        // cancelled or expired, no money moved
	LookRefunded      // given back, in full or in part; reversed
	LookHeld          // a deposit is held
)

// lookOf is icon, text colour and ground of a look.
func lookOf(l Look) (icon Icon, ink, ground Token) {
	switch l {
	case LookPaid:
		return IconPaid, Ok, OkSoft
	case LookPaying:
		return IconWaiting, AccentInk, AccentSoft
	case LookUnknown:
		return IconUnknown, Warn, WarnSoft
	case LookFailed:
		return IconFailed, Bad, BadSoft
	case LookClosed:
		return IconClosed, Mute, MuteSoft
	case LookRefunded:
		return IconRefunded, Mute, MuteSoft
	case LookHeld:
		return IconHeld, AccentInk, AccentSoft
	}
	return NoIcon, Ink2, NoColor
}

// Icon is the drawing of the look.
func (l Look) Icon() Icon { icon, _, _ := lookOf(l); return icon }

// Ink is the colour of the look as text or icon on the usual grounds.
func (l Look) Ink() Token { _, ink, _ := lookOf(l); return ink }

const (
	badgeHeight float32 = 32
	badgeIcon   float32 = 20
	badgeLeft   float32 = 8 // before the icon; lists move badges left by it
	badgeGap    float32 = 6
	badgeRight  float32 = 10
)

// Badge is a state in a word with its icon, on its ground. It is as wide as
// its word.
type Badge struct {
	widget.BaseWidget
	look   Look
	word   string
	inList bool
}

// NewBadge makes a badge.
func NewBadge(look Look, word string) *Badge {
	b := &Badge{look: look, word: word}
	b.ExtendBaseWidget(b)
	return b
}

// InList leaves the ground of paid out: what is normal is quiet in a list.
func (b *Badge) InList() *Badge { b.inList = true; return b }

// Set changes the state.
func (b *Badge) Set(look Look, word string) {
	if b.look != look || b.word != word {
		b.look, b.word = look, word
		b.Refresh()
	}
}

func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	ground := newFill(radiusBadge)
	icon := newGlyph()
	word := newLine(Body, true)
	paint := func() {
		glyph, ink, fill := lookOf(b.look)
		if b.inList && b.look == LookPaid {
			fill = NoColor
		}
		ground.FillColor = Color(fill)
		drawGlyph(icon, glyph, ink)
		write(word, b.word, ink)
	}
	layout := func(s fyne.Size) {
		y := floor((s.Height - badgeHeight) / 2)
		put(ground, 0, y, s.Width, badgeHeight)
		put(icon, badgeLeft, y+(badgeHeight-badgeIcon)/2, badgeIcon, badgeIcon)
		putMiddle(word, badgeLeft+badgeIcon+badgeGap, y, badgeHeight)
	}
	min := func() fyne.Size {
		return fyne.NewSize(badgeLeft+badgeIcon+badgeGap+word.MinSize().Width+badgeRight, badgeHeight)
	}
	return newRender(b, paint, min, layout, ground, icon, word)
}
