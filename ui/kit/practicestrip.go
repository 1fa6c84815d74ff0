package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// StripHeight is the height of the practice strip.
const StripHeight float32 = 52

// PracticeStrip stands under the head on every tab while nothing is real.
type PracticeStrip struct {
	widget.BaseWidget
	words   string
	buttons []*Button
}

// NewPracticeStrip makes a strip with buttons on the right; see NewStripButton.
func NewPracticeStrip(words string, buttons ...*Button) *PracticeStrip {
	s := &PracticeStrip{words: words, buttons: buttons}
	s.ExtendBaseWidget(s)
	return s
}

// NewStripButton makes a button that lies on the strip.
func NewStripButton(icon Icon, word string, tapped func()) *Button {
	b := NewButton(word, ButtonSmall, tapped).Icon(icon)
	b.inverse = true
	b.Refresh()
	return b
}

func (p *PracticeStrip) CreateRenderer() fyne.WidgetRenderer {
	ground := newFill(0)
	icon := newGlyph()
	words := newLine(Body, true)
	objects := []fyne.CanvasObject{ground, icon, words}
	for _, b := range p.buttons {
		objects = append(objects, b)
	}
	paint := func() {
		ground.FillColor = Color(Inverse)
		drawGlyph(icon, IconInfo, OnInverse)
		write(words, p.words, OnInverse)
		for _, b := range p.buttons {
			b.Refresh()
		}
	}
	layout := func(s fyne.Size) {
		put(ground, 0, 0, s.Width, s.Height)
		put(icon, 24, (s.Height-22)/2, 22, 22)
		putMiddle(words, 58, 0, s.Height)
		right := s.Width - Gap
		for i := len(p.buttons) - 1; i >= 0; i-- {
			w := p.buttons[i].MinSize().Width
			right -= w
			put(p.buttons[i], right, (s.Height-ButtonSmall)/2, w, ButtonSmall)
			right -= 12
		}
	}
	min := func() fyne.Size {
		w := 58 + words.MinSize().Width + 2*Gap
		for _, b := range p.buttons {
			w += b.MinSize().Width + 12
		}
		return fyne.NewSize(w, StripHeight)
	}
	return newRender(p, paint, min, layout, objects...)
}
