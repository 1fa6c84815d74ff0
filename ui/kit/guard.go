package kit

import "fyne.io/fyne/v2"

// KeyGuard stands before the keys of all fields of a window: one that looks for
// scans among what is typed, where no hook can do so before Fyne. The window's
// content is asked whether it is one.
//
// The guard calls pass when the key is to have its effect, now or a moment
// later, or never. PINs are guarded, too, so that a scan is no wrong PIN; fields
// for keys and passwords, which are pasted, are not.
type KeyGuard interface {
	GuardRune(r rune, pass func())
	GuardKey(ev *fyne.KeyEvent, pass func())
}

func guardOf(o fyne.CanvasObject) (KeyGuard, bool) {
	c := canvasOf(o)
	if c == nil {
		return nil, false
	}
	g, ok := c.Content().(KeyGuard)
	return g, ok
}

// guardRune has the guard decide about a character; without one it is typed.
func guardRune(o fyne.CanvasObject, r rune, pass func()) {
	if g, ok := guardOf(o); ok {
		g.GuardRune(r, pass)
		return
	}
	pass()
}

func guardKey(o fyne.CanvasObject, ev *fyne.KeyEvent, pass func()) {
	if g, ok := guardOf(o); ok {
		g.GuardKey(ev, pass)
		return
	}
	pass()
}
