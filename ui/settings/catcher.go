package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"frontdesk/assets/lang"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// keyCatcher shows a key and, once it has the focus, takes the next one that is
// pressed. Esc leaves it as it was; Tab goes on to the next one.
type keyCatcher struct {
	widget.BaseWidget
	words   *lang.Words
	key     screen.Key
	was     string // what is said beside the key; may be empty
	focused bool
	caught  func(screen.Key)
}

var (
	_ fyne.Focusable    = (*keyCatcher)(nil)
	_ fyne.Shortcutable = (*keyCatcher)(nil)
)

func newKeyCatcher(words *lang.Words, caught func(screen.Key)) *keyCatcher {
	c := &keyCatcher{words: words, caught: caught}
	c.ExtendBaseWidget(c)
	return c
}

func (c *keyCatcher) set(key screen.Key, was string) {
	if c.key != key || c.was != was {
		c.key, c.was = key, was
		c.Refresh()
	}
}

func (c *keyCatcher) Tapped(*fyne.PointEvent) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c)
	}
}

func (c *keyCatcher) FocusGained() { c.focused = true; c.Refresh() }
func (c *keyCatcher) FocusLost()   { c.focused = false; c.Refresh() }

// TypedRune takes nothing: a key that types something cannot stand for an
// action.
func (c *keyCatcher) TypedRune(rune) {}

func (c *keyCatcher) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
		c.done()
	default:
		c.catch(screen.Key(ev.Name))
	}
}

// TypedShortcut takes a key that was pressed together with Ctrl.
func (c *keyCatcher) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *desktop.CustomShortcut:
		if s.Modifier == fyne.KeyModifierControl || s.Modifier == fyne.KeyModifierSuper {
			c.catch("Ctrl+" + screen.Key(s.KeyName))
		}
	case fyne.KeyboardShortcut: // copy, paste and the like have types of their own
		c.catch("Ctrl+" + screen.Key(s.Key()))
	}
}

func (c *keyCatcher) catch(key screen.Key) {
	c.caught(key)
	c.done()
}

func (c *keyCatcher) done() {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil && canvas.Focused() == fyne.Focusable(c) {
		canvas.Unfocus()
	}
}

func (c *keyCatcher) CreateRenderer() fyne.WidgetRenderer {
	r := &catcherRenderer{c: c, border: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil),
		key: kit.NewText("", kit.Body, kit.Ink).Mono(), was: kit.NewText("", kit.Caption, kit.Ink3).Trailing()}
	r.border.CornerRadius, r.fill.CornerRadius = 10, 9
	r.Refresh()
	return r
}

type catcherRenderer struct {
	c            *keyCatcher
	border, fill *canvas.Rectangle
	key, was     *kit.Text
}

func (r *catcherRenderer) Destroy()           {}
func (r *catcherRenderer) MinSize() fyne.Size { return fyne.NewSize(200, kit.ButtonSmall) }
func (r *catcherRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.border, r.fill, r.key, r.was}
}

func (r *catcherRenderer) Layout(s fyne.Size) {
	width := float32(1)
	if r.c.focused {
		width = 2
	}
	screen.Place(r.border, 0, 0, s.Width, s.Height)
	screen.Place(r.fill, width, width, s.Width-2*width, s.Height-2*width)
	h := r.key.MinSize().Height
	screen.Place(r.key, 14, (s.Height-h)/2, s.Width-28, h)
	h = r.was.MinSize().Height
	screen.Place(r.was, 14, (s.Height-h)/2, s.Width-28, h)
}

func (r *catcherRenderer) Refresh() {
	line, text, ink := kit.LineStrong, string(r.c.key), kit.Ink
	if r.c.focused {
		line, text, ink = kit.AccentInk, r.c.words.T("settings.keys.press"), kit.AccentInk
	}
	r.border.FillColor, r.fill.FillColor = kit.Color(line), kit.Color(kit.KeyFill)
	r.key.SetText(text)
	r.key.SetColor(ink)
	r.was.SetText(r.c.was)
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}
