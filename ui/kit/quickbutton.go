package kit

import "fyne.io/fyne/v2"

// QuickButton is a key of the quick column: a name, a price, or both. Either
// line may be empty. A chosen one stands out.
type QuickButton struct {
	focusPress
	name, price string
	chosen      bool
}

// NewQuick makes a quick key. The price is a ready figure: "2.00".
func NewQuick(name, price string, tapped func()) *QuickButton {
	b := &QuickButton{name: name, price: price}
	b.OnTapped = tapped
	b.extend(b)
	return b
}

// Set changes both lines.
func (b *QuickButton) Set(name, price string) {
	if b.name != name || b.price != price {
		b.name, b.price = name, price
		b.Refresh()
	}
}

// SetChosen marks the key as the one that made the present amount.
func (b *QuickButton) SetChosen(chosen bool) {
	if b.chosen != chosen {
		b.chosen = chosen
		b.Refresh()
	}
}

func (b *QuickButton) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	ring := newRing()
	name := newLine(Body, false)
	price := newLine(Row, true)
	width := lineThin
	paint := func() {
		fill, line := b.fill(KeyFill)
		ink := Ink
		width = lineThin
		switch {
		case b.disabled:
			ink = InkOff
		case b.chosen && !b.pressed:
			fill, line, width = AccentSoft, AccentInk, lineActive
		}
		f.paint(fill, line)
		write(name, b.name, ink)
		write(price, b.price, ink)
		paintRing(ring, b.focused)
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, width)
		layoutRing(ring, s.Width, s.Height)
		room := s.Width - 16
		name.TextSize, price.TextSize = Body, Row
		name.Text = shorten(b.name, room, Body, name.TextStyle)
		fitLine(price, room, []float32{Body, Caption})
		if b.name == "" || b.price == "" {
			putCenter(name, 0, 0, s.Width, s.Height)
			putCenter(price, 0, 0, s.Width, s.Height)
			return
		}
		putLine(name, floor((s.Width-name.MinSize().Width)/2), s.Height/2-13-opticalCenter(Body))
		putLine(price, floor((s.Width-price.MinSize().Width)/2), s.Height/2+14-opticalCenter(price.TextSize))
	}
	return newRender(b, paint, func() fyne.Size { return fyne.NewSize(96, 64) }, layout,
		ring, f.border, f.fill, name, price)
}
