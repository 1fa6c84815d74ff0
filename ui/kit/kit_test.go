package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
)

// begin gives the test an app with our theme.
func begin(t *testing.T, mode kit.Mode) fyne.App {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.NewTheme(mode))
	return app
}

// stage puts an object into a window of a size and notes the keys that reach
// the window.
type stage struct {
	win       fyne.Window
	keys      []fyne.KeyName
	runes     string
	shortcuts []string
}

func show(t *testing.T, w, h float32, o fyne.CanvasObject) *stage {
	t.Helper()
	app := begin(t, kit.Light)
	s := &stage{win: app.NewWindow("")}
	t.Cleanup(s.win.Close)
	s.win.SetPadded(false)
	s.win.SetContent(o)
	s.win.Resize(fyne.NewSize(w, h))
	c := s.win.Canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) { s.keys = append(s.keys, ev.Name) })
	c.SetOnTypedRune(func(r rune) { s.runes += string(r) })
	c.AddShortcut(ctrl(fyne.KeyR), func(sc fyne.Shortcut) { s.shortcuts = append(s.shortcuts, sc.ShortcutName()) })
	return s
}

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
}

// press sends a key as Fyne does: to what has the focus, else to the window.
func (s *stage) press(names ...fyne.KeyName) {
	c := s.win.Canvas()
	for _, name := range names {
		ev := &fyne.KeyEvent{Name: name}
		if f := c.Focused(); f != nil {
			f.TypedKey(ev)
		} else if c.OnTypedKey() != nil {
			c.OnTypedKey()(ev)
		}
	}
}

// typeText sends characters the same way.
func (s *stage) typeText(text string) {
	c := s.win.Canvas()
	for _, r := range text {
		if f := c.Focused(); f != nil {
			f.TypedRune(r)
		} else if c.OnTypedRune() != nil {
			c.OnTypedRune()(r)
		}
	}
}

// tap goes through what the driver does for one tap, the loss of the focus on
// press and release included.
func (s *stage) tap(o fyne.CanvasObject) {
	m, hasMouse := o.(desktop.Mouseable)
	if hasMouse {
		m.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	}
	if f, ok := o.(fyne.Focusable); !ok || s.win.Canvas().Focused() != f {
		s.win.Canvas().Unfocus()
	}
	if hasMouse {
		m.MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	}
	o.(fyne.Tappable).Tapped(&fyne.PointEvent{})
}

// line is a text as it lies in the window.
type line struct {
	text string
	size float32
	x, w float32 // absolute place and width of the characters
	y, h float32
}

// lines lists all visible texts below o.
func lines(o fyne.CanvasObject) []line {
	var out []line
	var walk func(o fyne.CanvasObject, x, y float32)
	walk = func(o fyne.CanvasObject, x, y float32) {
		if !o.Visible() {
			return
		}
		x, y = x+o.Position().X, y+o.Position().Y
		switch o := o.(type) {
		case *canvas.Text:
			if o.Text == "" {
				return
			}
			w := o.MinSize().Width
			at := x
			switch o.Alignment {
			case fyne.TextAlignTrailing:
				at = x + o.Size().Width - w
			case fyne.TextAlignCenter:
				at = x + (o.Size().Width-w)/2
			}
			out = append(out, line{o.Text, o.TextSize, at, w, y, o.MinSize().Height})
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, x, y)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, x, y)
			}
		}
	}
	walk(o, -o.Position().X, -o.Position().Y)
	return out
}

// find is the line with that text.
func find(t *testing.T, o fyne.CanvasObject, text string) line {
	t.Helper()
	for _, l := range lines(o) {
		if l.text == text {
			return l
		}
	}
	t.Fatalf("no %q among %v", text, texts(o))
	return line{}
}

func texts(o fyne.CanvasObject) []string {
	var out []string
	for _, l := range lines(o) {
		out = append(out, l.text)
	}
	return out
}

// inside fails when a text below o reaches out of a width.
func inside(t *testing.T, o fyne.CanvasObject, width float32) {
	t.Helper()
	for _, l := range lines(o) {
		if l.x < -0.5 || l.x+l.w > width+0.5 {
			t.Errorf("%q reaches from %.1f to %.1f in a width of %.0f", l.text, l.x, l.x+l.w, width)
		}
	}
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s: %s, want %s", what, g, w)
	}
}

func typeName(o any) string { return fmt.Sprintf("%T", o) }

// tappables lists the visible parts below o that can be tapped, in the order
// in which they lie.
func tappables(o fyne.CanvasObject) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, child := range test.WidgetRenderer(o.(fyne.Widget)).Objects() {
		if _, ok := child.(fyne.Tappable); ok && child.Visible() {
			out = append(out, child)
		}
	}
	return out
}
