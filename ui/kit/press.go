package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is what everything that can be pressed has in common: it knows whether
// the pointer is over it, whether it is held down, and whether it is switched
// off, and it calls OnTapped once for each tap.
//
// A tap leaves the focus where it was. A cashier who types a note and taps a
// key goes on in the note, and an Enter later does not press that key again.
type press struct {
	widget.BaseWidget
	// OnTapped is called for each tap and, on focusable parts, for each Space
	// and Enter. It may be nil.
	OnTapped func()

	self                       fyne.Widget // the part itself, as Fyne knows it
	hovered, pressed, disabled bool
	before                     fyne.Focusable // had the focus when the pointer went down
}

// extend must be called by the constructor of every part that embeds a press.
func (p *press) extend(self fyne.Widget) {
	p.self = self
	p.ExtendBaseWidget(self)
}

func (p *press) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
}

func (p *press) MouseMoved(*desktop.MouseEvent) {}

func (p *press) MouseOut() {
	p.hovered, p.pressed = false, false
	p.Refresh()
}

func (p *press) MouseDown(*desktop.MouseEvent) {
	if p.disabled {
		return
	}
	if c := p.canvas(); c != nil {
		p.before = c.Focused()
	}
	p.pressed = true
	p.Refresh()
}

func (p *press) MouseUp(*desktop.MouseEvent) {
	if p.pressed {
		p.pressed = false
		p.Refresh()
	}
}

// Tapped is called by Fyne when the pointer goes up where it went down.
func (p *press) Tapped(*fyne.PointEvent) {
	before := p.before
	p.before, p.pressed = nil, false
	if p.disabled {
		return
	}
	// Fyne has taken the focus away by now; the handler should find it back.
	if c := p.canvas(); c != nil && before != nil && c.Focused() == nil {
		if f, ok := before.(interface{ resume() }); ok {
			f.resume()
		}
		c.Focus(before)
	}
	p.act()
}

func (p *press) act() {
	if p.OnTapped != nil && !p.disabled {
		p.OnTapped()
	}
}

// Enable switches the part on.
func (p *press) Enable() { p.SetEnabled(true) }

// Disable switches the part off. It stays in its place.
func (p *press) Disable() { p.SetEnabled(false) }

// Disabled reports whether the part is switched off.
func (p *press) Disabled() bool { return p.disabled }

// SetEnabled switches the part on or off; switched off, it gives the focus up.
func (p *press) SetEnabled(on bool) {
	if p.disabled != on {
		return
	}
	p.disabled = !on
	p.pressed = false
	if f, ok := p.self.(fyne.Focusable); ok && p.disabled {
		if c := p.canvas(); c != nil && c.Focused() == f {
			c.Unfocus()
		}
	}
	p.Refresh()
}

func (p *press) canvas() fyne.Canvas { return canvasOf(p.self) }

// focusPress is a press that the keyboard can reach: Space and Enter act, all
// other keys go on to the window.
type focusPress struct {
	press
	focused bool
}

func (p *focusPress) FocusGained() {
	p.focused = true
	p.Refresh()
}

func (p *focusPress) FocusLost() {
	p.focused = false
	p.Refresh()
}

func (p *focusPress) TypedRune(r rune) {
	if r != ' ' {
		forwardRune(p.self, r)
	}
}

func (p *focusPress) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.act()
	default:
		forwardKey(p.self, ev)
	}
}

// fill and line are the colours of a plain key or button in its present state.
func (p *press) fill(normal Token) (fill, line Token) {
	switch {
	case p.disabled:
		return FillOff, NoColor
	case p.pressed:
		return KeyPressed, LineStrong
	case p.hovered:
		return KeyHover, Line
	}
	return normal, Line
}

// accentFill is the same for the default action.
func (p *press) accentFill() Token {
	switch {
	case p.disabled:
		return FillOff
	case p.pressed:
		return AccentPressed
	case p.hovered:
		return AccentHover
	}
	return Accent
}
