package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// BannerHeight is the height of a banner.
const BannerHeight float32 = 76

// Banner says that something waits for a person, with a button to look at it.
type Banner struct {
	widget.BaseWidget
	line, second string
	button       *Button
}

// NewBanner makes a banner. The button's word is 查看 or the like.
func NewBanner(line, second, word string, tapped func()) *Banner {
	b := &Banner{line: line, second: second, button: NewButton(word, ButtonNormal, tapped)}
	b.button.slim = true
	b.ExtendBaseWidget(b)
	return b
}

// Set changes both lines.
func (b *Banner) Set(line, second string) {
	if b.line != line || b.second != second {
		b.line, b.second = line, second
		b.Refresh()
	}
}

func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	icon := newGlyph()
	line := newLine(Row, true)
	second := newLine(Body, false)
	const text float32 = 61
	paint := func() {
		f.paint(WarnSoft, WarnFill)
		drawGlyph(icon, IconUnknown, Warn)
		write(line, b.line, Ink)
		write(second, b.second, Ink2)
		b.button.Refresh()
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		put(icon, 17, (s.Height-30)/2, 30, 30)
		w := b.button.MinSize().Width
		put(b.button, s.Width-13-w, (s.Height-ButtonNormal)/2, w, ButtonNormal)
		room := s.Width - 13 - w - 12 - text
		line.TextSize = Row
		fitLine(line, room, []float32{Body, Caption})
		second.TextSize, second.Text = Body, b.second
		fitLine(second, room, []float32{Caption})
		second.Text = shorten(b.second, room, second.TextSize, second.TextStyle)
		putLine(line, text, s.Height/2-13-opticalCenter(line.TextSize))
		putLine(second, text, s.Height/2+14-opticalCenter(second.TextSize))
	}
	min := func() fyne.Size {
		return fyne.NewSize(text+160+b.button.MinSize().Width, BannerHeight)
	}
	return newRender(b, paint, min, layout, f.border, f.fill, icon, line, second, b.button)
}
