package summary

import (
	"context"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Screen is the tab of the summary. It belongs to the UI goroutine.
type Screen struct {
	// Allowed says whether the person at the till may see everything, and else
	// which shift: the own open one, 0 where there is none. Nil lets everybody
	// see everything. It is asked each time something is read.
	Allowed func() (all bool, shiftID int64)
	// Blind says whether the person at the till counts the drawer before its sum
	// is seen. It is called off the UI goroutine; nil means whoever sees one
	// shift only.
	Blind func(ctx context.Context) (bool, error)

	desk  *screen.Desk
	books Books
	bills Bills // nil where nobody can read them
	root  *fyne.Container
	bar   *bar
	body  *body
	note  *note

	period  period
	day     data.Day // the day that was looked at last
	today   data.Day
	limited bool // the person sees one shift only

	shown   view
	last    reading // what shown was made of
	ready   bool    // shown is of the present period
	failed  bool
	none    bool         // the day has no shift
	shifts  []data.Shift // of the day, to choose from
	around  []data.Shift // those before and after, to step through
	visible bool
	reading bool
	again   bool        // something changed while it was read
	dirty   atomic.Bool // the till changed something
	printed bool        // a paper is on its way into the queue
	export  *export     // while a file is written
	stop    []func()
}

var (
	_ screen.Screen = (*Screen)(nil)
	_ screen.Ticker = (*Screen)(nil)
	_ Books         = (*app.Books)(nil)
)

// New makes the screen, for today. It reads nothing until Show.
func New(d *screen.Desk) *Screen {
	s := newScreen(d, d.Books)
	if d.Bills != nil {
		s.bills = d.Bills
		s.stop = append(s.stop, d.Bills.Watch(func(app.BillsRead) { s.Changed() }))
	}
	return s
}

func newScreen(d *screen.Desk, books Books) *Screen {
	s := &Screen{desk: d, books: books, today: books.Today()}
	s.period, s.day = dayPeriod(s.today), s.today
	s.note = newNote(s)
	s.bar = newBar(s)
	s.body = newBody(s)
	s.bar.show()
	s.root = &fyne.Container{Layout: screenLayout{s}, Objects: []fyne.CanvasObject{s.bar.root, s.body.root}}
	s.watch()
	return s
}

// watch marks what is shown as old when the till changes something. Its
// functions are called from other goroutines.
func (s *Screen) watch() {
	t := s.desk.Till
	if t == nil {
		return
	}
	s.stop = []func(){
		t.Watch(func(app.Payment) { s.Changed() }),
		t.WatchRefunds(func(app.Refund) { s.Changed() }),
		t.WatchDeposits(func(app.Deposit) { s.Changed() }),
		t.WatchSteps(func(app.DepositStep) { s.Changed() }),
		t.WatchPerson(func(data.Person) { s.Changed() }), // who may see other things
	}
}

// Changed says that the ledger holds something new. What is in sight is read
// again with the next Tick. It may be called from any goroutine.
func (s *Screen) Changed() { s.dirty.Store(true) }

// Close stops listening to the till, and a file that is being written.
func (s *Screen) Close() {
	for _, stop := range s.stop {
		stop()
	}
	s.stop = nil
	if s.export != nil {
		s.export.cancel()
	}
}

// Object is the screen's content.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Show reads anew: much was sold on the other tabs.
func (s *Screen) Show() {
	s.visible = true
	s.follow()
	s.reload()
}

// Hide is called when another tab is shown. A file goes on being written.
func (s *Screen) Hide() { s.visible = false }

// Tick reads again what has changed, and moves on when the business day does.
func (s *Screen) Tick() {
	if !s.visible {
		return
	}
	s.note.tick()
	s.follow()
	if s.dirty.Load() {
		s.reload()
	}
}

// follow goes on to the new business day where the old one was looked at. The
// rest of the screen has to know of it too: nothing is shown that has not come.
func (s *Screen) follow() {
	now := s.books.Today()
	if now == s.today {
		return
	}
	before := s.today
	s.today = now
	if s.period == dayPeriod(before) {
		s.show(dayPeriod(now))
		return
	}
	s.bar.show()
	s.reload()
}

// show turns to another period. Its figures are grey until they are read.
func (s *Screen) show(p period) {
	s.period = p
	if p.from == p.to {
		s.day = p.from
	}
	s.ready = false
	s.body.show()
	s.body.top()
	s.bar.show()
	s.reload()
}

// open shows what a figure is made of.
func (s *Screen) open(t target) {
	switch t.kind {
	case toSales:
		if s.desk.ShowSales != nil {
			s.desk.ShowSales(t.filter)
		}
	case toPeriod:
		if !s.limited {
			s.show(t.period)
		}
	case toDeposits:
		s.desk.Go(screen.TabDeposits, 0)
	case toPaper:
		s.print()
	case toBills:
		s.showBills()
	}
}

// TypedRune has no use for characters: there is no field.
func (s *Screen) TypedRune(rune) bool { return false }

// TypedKey moves in the chart and from period to period.
func (s *Screen) TypedKey(key fyne.KeyName) bool {
	if s.busy() {
		return false
	}
	switch key {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		s.desk.Window.Canvas().Focus(s.body.chart)
		s.body.chart.TypedKey(&fyne.KeyEvent{Name: key})
	case fyne.KeyPageUp:
		s.step(-1)
	case fyne.KeyPageDown:
		s.step(1)
	default:
		return false
	}
	return true
}

// Act does what a key or a menu asks for.
func (s *Screen) Act(a screen.Action) bool {
	if s.busy() {
		return false
	}
	switch a {
	case screen.ActReprint:
		if s.limited {
			return false // the window prints the last receipt again
		}
		s.print()
	case screen.ActCancel:
		return s.note.dismiss()
	default:
		return false
	}
	return true
}

// Scanned has no use for codes: the window looks for what they name.
func (s *Screen) Scanned(screen.Scan) bool { return false }

// busy reports whether a dialog or menu lies over the window.
func (s *Screen) busy() bool { return kit.Modal(s.desk.Window.Canvas()) }

// screenLayout puts the bar above the rest.
type screenLayout struct{ s *Screen }

func (screenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1280, 600) }

func (l screenLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := kit.Gap + kit.ButtonFilter + kit.GapDense
	screen.Place(o[0], kit.Gap, kit.Gap, size.Width-2*kit.Gap, kit.ButtonFilter)
	screen.Place(o[1], kit.Gap, top, size.Width-2*kit.Gap, size.Height-top-kit.Gap)
}
