package summary

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// window is the screen in a window of Fyne's test driver.
type window struct {
	tb    testing.TB
	posts *screentest.Queue
	desk  *screen.Desk
	win   fyne.Window
	s     *Screen

	sales []data.Filter // what was asked for on the tab of sales
	tabs  []screen.Tab  // where the person was sent
	wakes int           // how often the printer was woken
}

// saturday is when the tests look: the day after the sample day.
var saturday = time.Date(2026, 11, 21, 9, 30, 0, 0, payment.Beijing)

func newWindow(tb testing.TB, language lang.Language, mode kit.Mode) *window {
	tb.Helper()
	w := &window{tb: tb, posts: &screentest.Queue{}, win: screentest.NewWindow(tb, mode)}
	w.desk = &screen.Desk{
		Words: lang.Load(language), Keys: screen.DefaultKeys(), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return saturday },
		Mode: app.ModeSales, Post: w.posts.Post, Window: w.win,
		Go:          func(tab screen.Tab, _ int64) { w.tabs = append(w.tabs, tab) },
		ShowSales:   func(f data.Filter) { w.sales = append(w.sales, f) },
		WakePrinter: func() { w.wakes++ },
	}
	return w
}

// open shows the screen below the head.
func (w *window) open(books Books, width, height float32) *window {
	w.tb.Helper()
	w.build(books, width, height)
	w.s.Show()
	w.settle()
	return w
}

// build makes the screen without showing anything on it.
func (w *window) build(books Books, width, height float32) {
	w.tb.Helper()
	w.s = newScreen(w.desk, books)
	w.tb.Cleanup(w.s.Close)
	var tabs []string
	for _, t := range []screen.Tab{screen.TabTill, screen.TabDeposits, screen.TabSales, screen.TabSummary, screen.TabSettings} {
		tabs = append(tabs, w.desk.Words.T("head."+string(t)))
	}
	head := kit.NewHead(tabs...)
	head.SetTab(3)
	content := container.NewWithoutLayout(head, w.s.Object())
	content.Layout = screen.Free{Place: func(s fyne.Size) {
		screen.Place(head, 0, 0, s.Width, kit.HeadHeight)
		screen.Place(w.s.Object(), 0, kit.HeadHeight, s.Width, s.Height-kit.HeadHeight)
	}}
	w.win.SetContent(content)
	w.win.Resize(fyne.NewSize(width, height))
}

// settle runs what was posted until all is read.
func (w *window) settle() {
	w.tb.Helper()
	w.posts.Until(w.tb, "the summary is read", func() bool { return w.posts.Empty() && !w.s.reading && !w.s.printed })
}

// tap puts a finger on a word; the last one of several.
func (w *window) tap(word string) {
	w.tb.Helper()
	screentest.Tap(w.tb, w.win, word)
	w.settle()
}

// turn chooses a part of the segment.
func (w *window) turn(u unit) {
	w.tb.Helper()
	i := slices.Index(units, u)
	w.s.bar.units.SetIndex(i)
	w.s.bar.units.OnChanged(i)
	w.settle()
}

// has fails when a text cannot be read.
func (w *window) has(texts ...string) {
	w.tb.Helper()
	for _, text := range texts {
		if !screentest.Has(w.win, text) {
			w.tb.Errorf("nothing says %q:\n%s", text, screentest.Text(w.win))
		}
	}
}

// hasNot fails when a text can be read.
func (w *window) hasNot(texts ...string) {
	w.tb.Helper()
	for _, text := range texts {
		if screentest.Has(w.win, text) {
			w.tb.Errorf("something says %q", text)
		}
	}
}

// faultless fails where words are missing, cut, or over each other.
func (w *window) faultless(name string) {
	w.tb.Helper()
	for _, fault := range screentest.Faults(w.win) {
		w.tb.Errorf("%s: %s", name, fault)
	}
}
