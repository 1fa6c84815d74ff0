package kit

import "fyne.io/fyne/v2"

// ActionKind is how much an action key or button stands out.
type ActionKind int

const (
	Plain       ActionKind = iota
	Default                // the one that Enter presses: filled with the accent
	Destructive            // its word is red: undoes or stops something
	MoneyOut               // the default act where money leaves: filled red
)

// ActionKey is one of the large keys below the keypad: a word over the name of
// its key on the keyboard.
type ActionKey struct {
	focusPress
	word, key string
	kind      ActionKind
}

// NewActionKey makes an action key. The key's name may be empty.
func NewActionKey(word, key string, kind ActionKind, tapped func()) *ActionKey {
	a := &ActionKey{word: word, key: key, kind: kind}
	a.OnTapped = tapped
	a.extend(a)
	return a
}

// Set changes the word, the key's name and the kind.
func (a *ActionKey) Set(word, key string, kind ActionKind) {
	if a.word != word || a.key != key || a.kind != kind {
		a.word, a.key, a.kind = word, key, kind
		a.Refresh()
	}
}

// lowKey is the height up to which the default key has no larger word.
const lowKey float32 = 64

func (a *ActionKey) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	ring := newRing()
	word := newLine(ActionPx, true)
	key := newLine(Caption, false)
	paint := func() {
		look := a.look(a.kind)
		f.paint(look.fill, look.line)
		write(word, a.word, look.word)
		write(key, a.key, look.key)
		paintRing(ring, a.focused)
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		layoutRing(ring, s.Width, s.Height)
		word.TextSize = ActionPx
		if a.kind == Default && !a.disabled && s.Height > lowKey {
			word.TextSize = Heading
		}
		fitLine(word, s.Width-16, []float32{ActionPx, Row, Body})
		if a.key == "" {
			putCenter(word, 0, 0, s.Width, s.Height)
			return
		}
		below := float32(17)
		if word.TextSize > ActionPx {
			below = 20
		}
		putLine(word, floor((s.Width-word.MinSize().Width)/2), s.Height/2-9-opticalCenter(word.TextSize))
		putLine(key, floor((s.Width-key.MinSize().Width)/2), s.Height/2+below-opticalCenter(Caption))
	}
	min := func() fyne.Size {
		return fyne.NewSize(max(96, TextWidth(a.word, ActionPx, true)+16), 64)
	}
	return newRender(a, paint, min, layout, ring, f.border, f.fill, word, key)
}

// look is the set of colours of an action in a state.
type look struct{ fill, line, word, key Token }

func (p *focusPress) look(kind ActionKind) look {
	fill, line := p.fill(KeyFill)
	edge := NoColor // of a filled one: only while it is pressed
	if p.pressed {
		edge = LineStrong
	}
	switch {
	case p.disabled:
		return look{FillOff, NoColor, InkOff, InkOff}
	case kind == Default:
		return look{p.accentFill(), edge, OnAccent, OnAccent}
	case kind == MoneyOut:
		return look{BadFill, edge, OnFill, OnFill}
	case kind == Destructive:
		return look{fill, line, Bad, Ink2}
	}
	return look{fill, line, Ink, Ink2}
}
