package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// overlay lays a part over the window: a dialog over a scrim, or a menu over
// nothing. While it is there all keys that nothing inside uses come to key, and
// no digit reaches the screen below. It gives the focus back when it goes.
type overlay struct {
	widget.BaseWidget
	canvas  fyne.Canvas
	scrim   Token
	content fyne.CanvasObject
	place   func(window fyne.Size) (fyne.Position, fyne.Size)
	outside func()               // the window beside the part was tapped
	key     func(*fyne.KeyEvent) // a key that nothing inside used

	before     fyne.Focusable
	beforeKey  func(*fyne.KeyEvent)
	beforeRune func(rune)
}

func newOverlay(c fyne.Canvas, scrim Token, content fyne.CanvasObject, place func(fyne.Size) (fyne.Position, fyne.Size)) *overlay {
	o := &overlay{canvas: c, scrim: scrim, content: content, place: place}
	o.ExtendBaseWidget(o)
	return o
}

func (o *overlay) show() {
	o.before = o.canvas.Focused()
	o.beforeKey, o.beforeRune = o.canvas.OnTypedKey(), o.canvas.OnTypedRune()
	if o.before != nil {
		// The field below would otherwise go on looking focused.
		o.before.FocusLost()
	}
	o.canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if o.key != nil {
			o.key(ev)
		}
	})
	o.canvas.SetOnTypedRune(nil)
	o.canvas.Overlays().Add(o)
}

// hide puts things back as they were. Overlays close in the reverse order of
// their opening; Fyne removes those above together with this one.
func (o *overlay) hide() {
	o.canvas.Overlays().Remove(o)
	o.canvas.SetOnTypedKey(o.beforeKey)
	o.canvas.SetOnTypedRune(o.beforeRune)
	if o.before == nil {
		return
	}
	if before, ok := o.before.(fyne.CanvasObject); ok && !before.Visible() {
		o.canvas.Unfocus() // the screen has changed meanwhile
		return
	}
	if o.canvas.Focused() == o.before {
		o.before.FocusGained()
	} else {
		o.canvas.Focus(o.before)
	}
}

// Tapped is a tap that nothing in the content wanted.
func (o *overlay) Tapped(ev *fyne.PointEvent) {
	at, size := o.content.Position(), o.content.Size()
	inside := ev.Position.X >= at.X && ev.Position.X < at.X+size.Width &&
		ev.Position.Y >= at.Y && ev.Position.Y < at.Y+size.Height
	if !inside && o.outside != nil {
		o.outside()
	}
}

func (o *overlay) TappedSecondary(*fyne.PointEvent) {}

func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	return newRender(o,
		func() { ground.FillColor = Color(o.scrim) },
		func() fyne.Size { return fyne.Size{} },
		func(s fyne.Size) {
			put(ground, 0, 0, s.Width, s.Height)
			at, size := o.place(s)
			o.content.Move(at)
			o.content.Resize(size)
		},
		ground, o.content)
}
