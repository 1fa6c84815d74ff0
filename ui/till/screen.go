package till

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
	"frontdesk/ui/taking"
)

// Screen is the tab on which money is taken. It belongs to the UI goroutine.
type Screen struct {
	desk  *screen.Desk
	setup setup
	left  *left
	list  *list
	right *panel.Right // with the list
	root  *fyne.Container

	taking   *taking.Taking[app.Payment]
	now      standing
	about    about         // what was read beside the payment on the right
	books    books         // today's list as it was read
	results  []app.Payment // ends of payments that were put aside, not yet looked at
	practice checklist

	// OnChanged is called when something may have changed that the window around
	// the screen shows.
	OnChanged func()

	stop func()
}

var (
	_ screen.Screen       = (*Screen)(nil)
	_ screen.Ticker       = (*Screen)(nil)
	_ screen.PrintWatcher = (*Screen)(nil)
)

// setup is what the settings say about this screen.
type setup struct {
	known      bool // they were read
	quick      []app.QuickAmount
	phoneOrder bool // 1-2-3 on top
	alipay     bool // so there is a field for what no discount may touch
}

// New makes the screen. It shows nothing until Show.
func New(d *screen.Desk) *Screen {
	s := &Screen{desk: d}
	s.taking = taking.New(d, payments{d}, sale{s}, &s.now, words)
	s.list = newList(s)
	s.right = panel.NewRight(d.Words, s.list.root, s.do, s.taking.ChoseQR)
	s.left = newLeft(s)
	s.root = s.left.object(s.right.Object())
	if d.Till != nil {
		stopPayments := d.Till.Watch(func(p app.Payment) { d.Post(func() { s.taking.Heard(p) }) })
		stopRefunds := d.Till.WatchRefunds(func(app.Refund) { d.Post(s.reload) })
		s.stop = func() { stopPayments(); stopRefunds() }
		s.taking.TakeUp()
	}
	s.refresh()
	return s
}

// Close stops listening to the till. The screen is not used afterwards.
func (s *Screen) Close() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// Object is the screen's content.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Show reads settings and list anew: both may have changed on another tab.
func (s *Screen) Show() {
	s.readSetup()
	s.reload()
	s.refresh()
}

// Hide is called when another tab is shown. A payment goes on.
func (s *Screen) Hide() {}

// What the left side is for beside what every Taking has.
const (
	modeAmount   = taking.ModeAmount
	modeCash     = taking.ModeCash
	modeLocked   = taking.ModeLocked
	modeReadOnly = taking.ModeReadOnly
	modeRest     = taking.ModeOwn // a part is paid: the rest is to be taken
)

func (s *Screen) mode() taking.Mode {
	if mode := s.taking.Mode(); mode != modeAmount || !s.now.partPaid() {
		return mode
	}
	return modeRest
}

// readSetup reads the settings that change this screen.
func (s *Screen) readSetup() {
	if s.desk.Till != nil {
		s.setup.alipay = false
		for _, name := range s.desk.Till.Channels() {
			s.setup.alipay = s.setup.alipay || name == payment.Alipay
		}
	}
	s.desk.Background(func(ctx context.Context) func() {
		v := s.desk.Settings.Values(ctx)
		quick, keypad := v.Text("till.quick"), v.Text("ui.keypad")
		list, err := app.ParseQuickAmounts(quick)
		if err == nil {
			err = v.Err()
		}
		if err != nil {
			s.desk.Log.Warn("settings of the till cannot be read", "err", err)
			return nil
		}
		return func() {
			s.setup.known, s.setup.quick, s.setup.phoneOrder = true, list, keypad == "123"
			s.refresh()
		}
	})
}

// refresh draws everything anew. It is cheap where nothing changed: the parts
// compare.
func (s *Screen) refresh() {
	s.left.draw(s.leftView())
	p, cash := s.taking.Right()
	if p == nil && cash == nil {
		s.list.draw(s.listView())
	}
	s.right.Draw(p, cash)
	if s.OnChanged != nil {
		s.OnChanged()
	}
}

// lookEvery is how often a window that may only look reads today's list.
const lookEvery = 5 * time.Second

// Tick is called every second while the screen is visible.
func (s *Screen) Tick() {
	switch {
	case s.books.day == "":
	case s.books.day != s.desk.Books.Today():
		s.reload()
	case s.desk.Till == nil && s.desk.Now().Sub(s.books.at) >= lookEvery:
		s.reload() // another window takes the money, and nobody tells
	}
	s.taking.Tick()
	s.refresh()
}
