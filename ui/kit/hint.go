package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Hint is a line with an icon before it: 可直接扫付款码, 不要让顾客再付一次.
type Hint struct {
	widget.BaseWidget
	icon  Icon
	text  string
	size  float32
	token Token
	ink   Token
	bold  bool
}

var _ Flowing = (*Hint)(nil)

// NewScanHint says that a code can be scanned now.
func NewScanHint(text string) *Hint { return NewHint(IconScan, AccentInk, text, Body, AccentInk) }

// NewHint makes a line of a size, with the colours of icon and text.
func NewHint(icon Icon, token Token, text string, size float32, ink Token) *Hint {
	h := &Hint{icon: icon, text: text, size: size, token: token, ink: ink}
	h.ExtendBaseWidget(h)
	return h
}

// Bold sets the text bold.
func (h *Hint) Bold() *Hint { h.bold = true; h.Refresh(); return h }

// Set changes icon and text.
func (h *Hint) Set(icon Icon, token Token, text string, ink Token) {
	if h.icon != icon || h.token != token || h.text != text || h.ink != ink {
		h.icon, h.token, h.text, h.ink = icon, token, text, ink
		h.Refresh()
	}
}

func (h *Hint) indent() float32 {
	if h.icon == NoIcon {
		return 0
	}
	return h.size + 10
}

// HeightFor is the height in a column of that width; long hints break.
func (h *Hint) HeightFor(width float32) float32 {
	n := len(wrap(h.text, width-h.indent(), h.size, fyne.TextStyle{Bold: h.bold}))
	return float32(n) * pitch(h.size)
}

func (h *Hint) CreateRenderer() fyne.WidgetRenderer {
	icon := newGlyph()
	text := NewParagraph(h.text, h.size, h.ink)
	return newRender(h,
		func() {
			drawGlyph(icon, h.icon, h.token)
			text.style.Bold = h.bold
			text.text, text.token = h.text, h.ink
			text.Refresh()
		},
		func() fyne.Size {
			style := fyne.TextStyle{Bold: h.bold}
			return fyne.NewSize(h.indent()+fyne.MeasureText(h.text, h.size, style).Width, h.HeightFor(h.Size().Width))
		},
		func(s fyne.Size) {
			side := h.size + 2
			put(icon, 0, (pitch(h.size)-side)/2, side, side)
			put(text, h.indent(), -opticalRatio*h.size/2, s.Width-h.indent(), s.Height)
		},
		icon, text)
}
