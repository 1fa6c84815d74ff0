package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestShortcutsThatDoNotEditAreTheWindows(t *testing.T) {
	ctrl := func(key fyne.KeyName) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
	}
	for _, c := range []struct {
		shortcut fyne.Shortcut
		edits    bool
	}{
		{&fyne.ShortcutCopy{}, true},
		{&fyne.ShortcutPaste{}, true},
		{&fyne.ShortcutUndo{}, true},
		{&fyne.ShortcutSelectAll{}, true},
		{ctrl(fyne.KeyLeft), true},
		{ctrl(fyne.KeyBackspace), true},
		{ctrl(fyne.KeyR), false},
		{ctrl(fyne.KeyP), false},
		{ctrl(fyne.KeyReturn), false},
	} {
		if got := editsText(c.shortcut); got != c.edits {
			t.Errorf("%s: edits text %v, want %v", c.shortcut.ShortcutName(), got, c.edits)
		}
	}
}

// windowCanvas has the method that the canvas of a real window has.
type windowCanvas struct {
	fyne.Canvas
	fyne.ShortcutHandler
}

func (c *windowCanvas) AddShortcut(s fyne.Shortcut, f func(fyne.Shortcut)) {
	c.ShortcutHandler.AddShortcut(s, f)
}

func (c *windowCanvas) RemoveShortcut(s fyne.Shortcut) { c.ShortcutHandler.RemoveShortcut(s) }

func TestAForwardedShortcutReachesItsHandler(t *testing.T) {
	reprint := &desktop.CustomShortcut{KeyName: fyne.KeyP, Modifier: fyne.KeyModifierControl}
	c := &windowCanvas{Canvas: test.NewCanvas()}
	n := 0
	c.AddShortcut(reprint, func(fyne.Shortcut) { n++ })
	shortcutTo(c, reprint)
	if n != 1 {
		t.Errorf("the handler was called %d times", n)
	}
	shortcutTo(nil, reprint)              // no window yet
	shortcutTo(test.NewCanvas(), reprint) // one that hides the method
}

func TestLinesBreakByTheRulesOfChinese(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	text := "请顾客刷新付款码，然后再扫一次。小票号 01006128，共 12,860.50 元（含退款）。Do not charge again!"
	for width := float32(60); width < 900; width += 7 {
		lines := wrap(text, width, Row, fyne.TextStyle{})
		joined := ""
		for i, line := range lines {
			joined += line
			if w := fyne.MeasureText(line, Row, fyne.TextStyle{}).Width; w > width {
				t.Fatalf("at %v the line %q is %v wide", width, line, w)
			}
			if i == 0 || line == "" || width < 120 { // a word wider than a line is broken inside
				continue
			}
			switch r := []rune(line)[0]; r {
			case '，', '。', '）', '.', ',', '!':
				t.Errorf("at %v a line begins with %q: %q", width, r, line)
			}
			last := []rune(lines[i-1])
			if last[len(last)-1] == '（' {
				t.Errorf("at %v a line ends with （: %q", width, lines[i-1])
			}
		}
		if want := withoutSpaces(text); withoutSpaces(joined) != want {
			t.Fatalf("at %v characters are lost: %q", width, joined)
		}
	}
	if got := wrap("one\ntwo", 0, Row, fyne.TextStyle{}); len(got) != 2 {
		t.Errorf("line breaks of the text give %q", got)
	}
}

func withoutSpaces(s string) string {
	out := ""
	for _, r := range s {
		if r != ' ' {
			out += string(r)
		}
	}
	return out
}

func TestQRModulesAreWholePixels(t *testing.T) {
	const n = 29
	modules := make([][]bool, n)
	for y := range modules {
		modules[y] = make([]bool, n)
		for x := range modules[y] {
			modules[y][x] = (x+y)%2 == 0
		}
	}
	for _, side := range []int{37, 100, 370, 371, 463} {
		img := drawQR(modules, side, side)
		module := side / (n + 8)
		black := func(x, y int) bool { r, _, _, _ := img.At(x, y).RGBA(); return r == 0 }
		left := (side - n*module) / 2
		if left < 4*module {
			t.Errorf("%d: the white border is %d px, a module is %d", side, left, module)
		}
		for y := range side {
			for x := range side {
				mx, my := x-left, y-left
				want := mx >= 0 && my >= 0 && mx < n*module && my < n*module && modules[my/module][mx/module]
				if black(x, y) != want {
					t.Fatalf("%d: pixel %d,%d is black: %v", side, x, y, !want)
				}
			}
		}
	}
	if img := drawQR(modules, 20, 20); img.Bounds().Dx() != 20 {
		t.Error("a code that cannot be drawn has another size")
	}
}
