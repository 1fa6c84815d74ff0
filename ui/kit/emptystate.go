package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// EmptyState stands where a list would, when there is nothing, when it is being
// read, or when it cannot be read.
type EmptyState struct {
	widget.BaseWidget
	icon    Icon
	ink     Token
	title   string
	text    string
	buttons []*Button
}

// NewEmpty makes one. The icon's colour is Ink3, or Bad for a fault.
func NewEmpty(icon Icon, ink Token, title, text string, buttons ...*Button) *EmptyState {
	e := &EmptyState{icon: icon, ink: ink, title: title, text: text, buttons: buttons}
	e.ExtendBaseWidget(e)
	return e
}

func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer {
	const glyph float32 = 48
	icon := newGlyph()
	title := newLine(ActionPx, true)
	text := NewParagraph(e.text, Body, Ink2).Centered()
	objects := []fyne.CanvasObject{icon, title, text}
	for _, b := range e.buttons {
		objects = append(objects, b)
	}
	paint := func() {
		drawGlyph(icon, e.icon, e.ink)
		write(title, e.title, Ink)
		text.SetText(e.text)
		text.Refresh()
	}
	width := func(s fyne.Size) float32 { return min(s.Width-2*PadPanel, 560) }
	height := func(w float32) float32 {
		h := glyph + 8 + LineHeight(ActionPx) + 4 + text.HeightFor(w)
		if len(e.buttons) > 0 {
			h += 16 + ButtonNormal
		}
		return h
	}
	layout := func(s fyne.Size) {
		w := width(s)
		y := max(0, floor((s.Height-height(w))/2))
		put(icon, floor((s.Width-glyph)/2), y, glyph, glyph)
		y += glyph + 8
		title.TextSize = ActionPx
		fitLine(title, s.Width-2*PadPanel, []float32{Row, Body})
		putLine(title, floor((s.Width-title.MinSize().Width)/2), y)
		y += LineHeight(ActionPx) + 4
		h := text.HeightFor(w)
		put(text, floor((s.Width-w)/2), y, w, h)
		y += h + 16
		row := 12 * float32(max(0, len(e.buttons)-1))
		for _, b := range e.buttons {
			row += b.MinSize().Width
		}
		x := floor((s.Width - row) / 2)
		for _, b := range e.buttons {
			put(b, x, floor(y), b.MinSize().Width, ButtonNormal)
			x += b.MinSize().Width + 12
		}
	}
	min := func() fyne.Size { return fyne.NewSize(280, height(280)) }
	return newRender(e, paint, min, layout, objects...)
}
