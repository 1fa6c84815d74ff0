package screentest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/screen"
)

// word is a text on the screen and where it is.
type word struct {
	text string
	at   fyne.Position
	size fyne.Size
	in   fyne.Position // its part
	part fyne.Size
	tap  fyne.Tappable // what a finger on it would hit
	hit  fyne.Position // where that lies

	clipped     bool // only what lies between top and bottom is in sight
	top, bottom float32

	layer int // 0 for the window, 1 for what lies over it, ...
}

// words are all texts in sight, from back to front.
func words(win fyne.Window) []word {
	var list []word
	collect := func(w word) { list = append(list, w) }
	size := win.Canvas().Size()
	look(win.Canvas().Content(), word{part: size}, collect)
	for i, o := range win.Canvas().Overlays().List() {
		look(o, word{part: size, layer: i + 1}, collect)
	}
	return list
}

// look walks what is visible below an object. around is where the object lies.
func look(o fyne.CanvasObject, around word, collect func(word)) {
	if !o.Visible() {
		return
	}
	around.at = around.at.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		if o.Text == "" {
			return
		}
		m, x := o.MinSize(), around.at.X
		switch o.Alignment {
		case fyne.TextAlignTrailing:
			x += o.Size().Width - m.Width
		case fyne.TextAlignCenter:
			x += (o.Size().Width - m.Width) / 2
		}
		around.text, around.at, around.size = o.Text, fyne.NewPos(x, around.at.Y), m
		if around.clipped && (around.at.Y < around.top || around.at.Y+m.Height > around.bottom) {
			return
		}
		collect(around)
	case *fyne.Container:
		for _, child := range o.Objects {
			look(child, around, collect)
		}
	case fyne.Widget:
		around.in, around.part = around.at, o.Size()
		if _, ok := o.(*screen.Scroll); ok {
			around.clipped, around.top, around.bottom = true, around.at.Y, around.at.Y+o.Size().Height
		}
		if t, ok := o.(fyne.Tappable); ok {
			around.tap, around.hit = t, around.at
		}
		for _, child := range test.WidgetRenderer(o).Objects() {
			look(child, around, collect)
		}
	}
}

// Tap puts a finger on a text: on the last one drawn, where it stands twice.
func Tap(tb testing.TB, win fyne.Window, text string) {
	tb.Helper()
	hits := tappable(win, text)
	if len(hits) == 0 {
		tb.Fatalf("nothing to tap says %q:\n%s", text, Text(win))
	}
	finger(tb, text, hits[len(hits)-1])
}

// TapFirst is Tap on the first one.
func TapFirst(tb testing.TB, win fyne.Window, text string) {
	tb.Helper()
	hits := tappable(win, text)
	if len(hits) == 0 {
		tb.Fatalf("nothing to tap says %q:\n%s", text, Text(win))
	}
	finger(tb, text, hits[0])
}

func tappable(win fyne.Window, text string) (hits []word) {
	for _, w := range words(win) {
		if w.text == text && w.tap != nil {
			hits = append(hits, w)
		}
	}
	return hits
}

func finger(tb testing.TB, text string, w word) {
	tb.Helper()
	if d, ok := w.tap.(fyne.Disableable); ok && d.Disabled() {
		tb.Fatalf("%q is switched off", text)
	}
	w.tap.Tapped(&fyne.PointEvent{Position: w.at.Subtract(w.hit).AddXY(w.size.Width/2, w.size.Height/2)})
}

// Text is everything that can be read in the window, a line for each text.
func Text(win fyne.Window) string {
	var lines []string
	for _, w := range words(win) {
		lines = append(lines, w.text)
	}
	return strings.Join(lines, "\n")
}

// Has reports whether a text can be read; it may be broken into lines anywhere.
func Has(win fyne.Window, text string) bool {
	return strings.Contains(unbroken(Text(win)), unbroken(text))
}

// unbroken drops spaces and line ends.
func unbroken(text string) string { return strings.Join(strings.Fields(text), "") }

// Faults lists words that are missing, lie outside of their part or the window,
// or lie over each other.
func Faults(win fyne.Window) []string {
	var list []string
	window := win.Canvas().Size()
	words := words(win)
	for i, w := range words {
		switch {
		case strings.Contains(w.text, "⟨"):
			list = append(list, "no words for "+w.text)
		case w.at.X < w.in.X-1 || w.at.X+w.size.Width > w.in.X+w.part.Width+1:
			list = append(list, "wider than its part: "+w.text)
		case w.at.X < 0 || w.at.X+w.size.Width > window.Width || w.at.Y < 0 || w.at.Y+w.size.Height > window.Height+6:
			list = append(list, "outside of the window: "+w.text)
		}
		for _, other := range words[i+1:] {
			if w.layer == other.layer && over(w, other) {
				list = append(list, "over each other: "+w.text+" | "+other.text)
			}
		}
	}
	return list
}

// over reports whether two texts cover each other. Lines have air above and
// below, so some overlap of their heights is not seen.
func over(a, b word) bool {
	const air = 0.3
	ax, ay, aw, ah := a.at.X, a.at.Y+a.size.Height*air, a.size.Width, a.size.Height*(1-2*air)
	bx, by, bw, bh := b.at.X, b.at.Y+b.size.Height*air, b.size.Width, b.size.Height*(1-2*air)
	return ax+1 < bx+bw && bx+1 < ax+aw && ay+1 < by+bh && by+1 < ay+ah
}
