// Package screentest holds what the tests of screens have in common: a queue
// that stands in for Fyne's goroutine, and a window of Fyne's test driver to
// look at. The program itself never imports it.
package screentest

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Queue takes what is posted to the UI goroutine until the test runs it.
type Queue struct {
	mu    sync.Mutex
	posts []func()
}

// Post is for Desk.Post.
func (q *Queue) Post(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.posts = append(q.posts, f)
}

// Run runs what was posted so far; it reports whether there was anything.
func (q *Queue) Run() bool {
	q.mu.Lock()
	posts := q.posts
	q.posts = nil
	q.mu.Unlock()
	for _, f := range posts {
		f()
	}
	return len(posts) > 0
}

// Empty reports whether nothing is posted.
func (q *Queue) Empty() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.posts) == 0
}

// Until runs what is posted until cond holds, and fails the test when it never
// does.
func (q *Queue) Until(tb testing.TB, what string, cond func() bool) {
	tb.Helper()
	for limit := time.Now().Add(time.Minute); !cond(); {
		if q.Run() {
			continue
		}
		if time.Now().After(limit) {
			tb.Fatalf("never: %s", what)
		}
		time.Sleep(time.Millisecond) // what the test waits for may not be posted
	}
}

// NewWindow makes an empty window with the program's theme. There is one at a
// time: a test driver's objects belong to the last one.
func NewWindow(tb testing.TB, mode kit.Mode) fyne.Window {
	tb.Helper()
	app := test.NewApp()
	app.Settings().SetTheme(kit.NewTheme(mode))
	win := app.NewWindow("")
	win.SetPadded(false)
	tb.Cleanup(func() {
		win.Close()
		test.NewApp()
	})
	return win
}

// Show puts a screen into the window, below a stand-in for its head.
func Show(win fyne.Window, tab int, o fyne.CanvasObject, width, height float32) {
	head := kit.NewHead("收款", "流水", "设置")
	head.SetTab(tab)
	content := container.NewWithoutLayout(head, o)
	content.Layout = screen.Free{Place: func(s fyne.Size) {
		screen.Place(head, 0, 0, s.Width, kit.HeadHeight)
		screen.Place(o, 0, kit.HeadHeight, s.Width, s.Height-kit.HeadHeight)
	}}
	win.SetContent(content)
	win.Resize(fyne.NewSize(width, height))
}

// Texts is every word that is on the window.
func Texts(win fyne.Window) string {
	return strings.Join(strings.Fields(test.RenderToMarkup(win.Canvas())), " ")
}

// Keep stores a picture of the window, after a look for sentences that no
// translation file has.
func Keep(tb testing.TB, win fyne.Window, dir, name string) {
	tb.Helper()
	if _, rest, missing := strings.Cut(Texts(win), "⟨"); missing {
		key, _, _ := strings.Cut(rest, "⟩")
		tb.Errorf("%s: there is no sentence for %s", name, key)
	}
	Check(tb, os.MkdirAll(dir, 0o755))
	f, err := os.Create(filepath.Join(dir, name+".png"))
	Check(tb, err)
	defer f.Close()
	Check(tb, png.Encode(f, win.Canvas().Capture()))
}

// Button is the visible button with a word, somewhere in o; nil when there is
// none.
func Button(o fyne.CanvasObject, word string) *kit.Button {
	if b, ok := o.(*kit.Button); ok && b.Word() == word && b.Visible() {
		return b
	}
	var children []fyne.CanvasObject
	switch part := o.(type) {
	case *fyne.Container:
		children = part.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(part).Objects()
	}
	for _, child := range children {
		if b := Button(child, word); b != nil {
			return b
		}
	}
	return nil
}

// Check fails the test on an error.
func Check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
