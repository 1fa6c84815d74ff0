package kit

import (
	"fyne.io/fyne/v2"
)

// Keys that a part has no use for go to the window's own handlers, those of
// Canvas.SetOnTypedKey, SetOnTypedRune and AddShortcut. Fyne asks these only
// when nothing has the focus; all parts of the kit hand on what they do not
// use, so a screen's F-keys, Esc, Enter and digits work whatever has the focus.

// Modal reports whether a dialog or menu lies over the window. Handlers of
// shortcuts ask it first: Fyne calls them under a dialog too.
func Modal(c fyne.Canvas) bool { return c != nil && c.Overlays().Top() != nil }

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	return app.Driver().CanvasForObject(o)
}

func forwardKey(o fyne.CanvasObject, ev *fyne.KeyEvent) {
	if c := canvasOf(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(ev)
	}
}

func forwardRune(o fyne.CanvasObject, r rune) {
	if c := canvasOf(o); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

func forwardShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	shortcutTo(canvasOf(o), s)
}

// shortcutTo reaches the handlers of Canvas.AddShortcut. The canvas of a real
// window has the method, though the interface does not name it; that of Fyne's
// test driver hides it.
func shortcutTo(c fyne.Canvas, s fyne.Shortcut) {
	if c, ok := c.(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// isFunctionKey reports whether name is F1 to F12.
func isFunctionKey(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		return true
	}
	return false
}

func isEnter(name fyne.KeyName) bool { return name == fyne.KeyReturn || name == fyne.KeyEnter }
