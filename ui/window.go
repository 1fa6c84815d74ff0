package ui

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/deposits"
	"frontdesk/ui/kit"
	"frontdesk/ui/people"
	"frontdesk/ui/phone"
	"frontdesk/ui/screen"
	"frontdesk/ui/shift"
	"frontdesk/ui/till"
)

// Options is what a Window is made of.
type Options struct {
	Desk *screen.Desk // New sets Go, ShowSales, Refund, SwitchPerson and TakeDeposit; all other fields are the caller's

	// Sales, Summary and Settings make the other tabs when they are first shown,
	// and again after Rebuild and when somebody else comes to the till. A nil
	// Summary leaves that tab out.
	Sales    func(*screen.Desk) screen.Screen
	Summary  func(*screen.Desk) screen.Screen
	Settings func(*screen.Desk) screen.Screen

	// Owner says in a sentence who owns the till when this window may only
	// look; Desk.Till is nil then. Empty otherwise.
	Owner string

	// Phone is the customer's phone of practice mode; nil outside of it.
	Phone *Phone
	// GoLive is asked for by 正式使用 in practice mode; nil leaves the button out.
	GoLive func()
}

// Phone is what the customer's phone of practice mode needs.
type Phone struct {
	Wallet    phone.Wallet
	Wallets   []payment.Wallet // the apps on it
	Scenarios []phone.Scenario
	// NewWindow makes and shows a window beside the main one, on screens at
	// least WideScreen wide; it is called by Start. Nil keeps the phone in a
	// corner of the main window.
	NewWindow func(title string, content fyne.CanvasObject, size fyne.Size) fyne.Window
}

// WideScreen is how wide a screen must be, in Fyne units, for the phone to have
// a window of its own.
const WideScreen float32 = 1640

// Window is the main window's content and behaviour.
type Window struct {
	o    Options
	desk *screen.Desk

	root   *root
	head   *kit.Head
	strip  fyne.CanvasObject // practice, or read-only; nil for neither
	body   *fyne.Container
	corner *corner // the customer's phone; nil outside of practice mode

	over *shift.Screen  // hands the shift over in place of a tab; nil almost always
	lock *people.Locked // keeps the till shut; nil almost always
	crew crew           // who is at the till, and on which shift

	till     *till.Screen
	deposits *deposits.Screen // nil until first shown, and where there are none
	names    []screen.Tab     // the tabs in their order
	tabs     []screen.Screen  // nil until first shown
	at       int
	lamps    []kit.Lamp
	stuck    int       // papers that need a person
	trouble  string    // the kind of trouble of the first of them
	printer  string    // where receipts are printed; empty for nowhere
	scanned  time.Time // when the scanner last read something; zero for never
	ignored  time.Time // when a scan met something that had no use for it; zero for never
	excuse   string    // and the words that say so
	told     string    // what was just done, on the lamps; empty for nothing
	toldAt   time.Time
	person   int64    // who the tabs were made for
	late     bool     // somebody else came while a dialog was open
	watching []func() // stop hearing of the till
	hotkeys  []fyne.Shortcut
	ticker   *time.Ticker
	stop     chan struct{}
	stopOnce sync.Once
}

// New makes the window's content. Nothing moves until Start.
func New(o Options) *Window {
	w := &Window{o: o, desk: o.Desk, stop: make(chan struct{})}
	w.desk.Go, w.desk.Refund, w.desk.TakeDeposit = w.goTo, w.refund, w.takeDeposit
	w.desk.ShowSales, w.desk.SwitchPerson = w.showSales, w.switchPerson
	if o.Desk.Till != nil {
		w.person = o.Desk.Till.Person().ID
	}
	w.root = newRoot()
	w.build()
	w.watch()
	return w
}

// Content is what belongs into the Fyne window; always the same object.
func (w *Window) Content() fyne.CanvasObject { return w.root }

// Start takes over the keyboard of Desk.Window, shows the first tab, and begins
// to tick.
func (w *Window) Start() {
	w.begin()
	w.ticker = time.NewTicker(time.Second)
	go func() {
		for {
			select {
			case <-w.ticker.C:
				w.desk.Post(w.Tick)
			case <-w.stop:
				return
			}
		}
	}()
}

// Close stops the ticking and the screens. The window is not used afterwards.
func (w *Window) Close() {
	w.stopOnce.Do(func() {
		close(w.stop)
		if w.ticker != nil {
			w.ticker.Stop()
		}
		for _, stop := range w.watching {
			stop()
		}
		w.closeOver()
		if w.lock != nil {
			w.lock.Close()
		}
		w.closeTabs()
	})
}

// watch hears who comes to the till, and that money moved: the first of it opens
// a shift.
func (w *Window) watch() {
	t := w.desk.Till
	if t == nil {
		return
	}
	moved := func() { w.desk.Post(w.moneyMoved) }
	w.watching = []func(){
		t.WatchPerson(func(data.Person) { w.desk.Post(w.personChanged) }),
		t.Watch(func(app.Payment) { moved() }),
		t.WatchDeposits(func(app.Deposit) { moved() }),
	}
}

// Rebuild makes everything anew in other words and with other keys, and with the
// tabs of Desk.Mode. Payments under way are shown again.
func (w *Window) Rebuild(words *lang.Words, keys screen.Keymap) {
	w.current().Hide()
	w.closeOver()
	w.closeTabs()
	if w.lock != nil {
		w.lock.Close()
		w.lock = nil
	}
	if w.corner != nil {
		w.corner.close()
	}
	w.desk.Words, w.desk.Keys = words, keys
	w.lamps = nil
	w.build()
	w.begin()
}

// begin shows what was built and takes over the keyboard.
func (w *Window) begin() {
	w.takeKeys()
	w.current().Show()
	w.readCrew()
	w.readStuck()
	w.lookAtDeposits()
	if w.corner != nil {
		w.corner.open()
	}
	if w.locked() {
		w.shut()
	}
}

func (w *Window) closeTabs() {
	for _, t := range w.tabs {
		if c, ok := t.(interface{ Close() }); ok {
			c.Close()
		}
	}
}

// build makes the screens and puts everything together.
func (w *Window) build() {
	before := screen.Tab("")
	if w.at < len(w.names) {
		before = w.names[w.at]
	}
	w.till, w.deposits = till.New(w.desk), nil
	w.till.OnChanged = w.takerChanged
	w.names = w.tabsNow()
	w.tabs = make([]screen.Screen, len(w.names))
	w.at = max(0, w.place(before))
	w.buildHead()
	w.buildStrip()
	w.body = container.NewStack(w.tab(w.at).Object())
	w.corner = nil
	if w.o.Phone != nil {
		w.corner = newCorner(w)
	}
	w.arrange()
	w.takerChanged()
}

// arrange puts everything in its place; nothing but the lock, while there is one.
func (w *Window) arrange() {
	w.root.content.Layout = windowLayout{w}
	if w.lock != nil {
		w.root.content.Objects = []fyne.CanvasObject{w.lock.Object()}
		w.root.Refresh()
		return
	}
	w.root.content.Objects = []fyne.CanvasObject{w.head, w.body}
	if w.strip != nil {
		w.root.content.Objects = append(w.root.content.Objects, w.strip)
	}
	if w.corner != nil && w.corner.inside() {
		w.root.content.Objects = append(w.root.content.Objects, w.corner.phone.Compact())
	}
	w.root.Refresh()
}

// current is what is in sight: a tab, or the hand-over in its place.
func (w *Window) current() screen.Screen {
	if w.over != nil {
		return w.over
	}
	return w.tabs[w.at]
}

// Tick is called once a second.
func (w *Window) Tick() {
	if t, ok := w.current().(screen.Ticker); ok {
		t.Tick()
	}
	if w.late && !kit.Modal(w.canvas()) {
		w.personChanged()
	}
	w.refreshHead()
}

// goTo switches to another tab and, where it can, to one sale or deposit on it.
func (w *Window) goTo(tab screen.Tab, id int64) {
	w.show(tab, func() {
		if o, ok := w.tabs[w.at].(screen.SaleOpener); ok && id != 0 {
			o.Open(id, "")
		}
	})
}

// refund shows a sale and opens its refund dialog.
func (w *Window) refund(saleID int64) {
	w.show(screen.TabSales, func() {
		if o, ok := w.tabs[w.at].(screen.SaleOpener); ok {
			o.Open(saleID, screen.ActRefund)
		}
	})
}

// show switches to a tab and then calls then. The tab that is left may ask
// first, about changes that were not saved.
func (w *Window) show(tab screen.Tab, then func()) {
	i := w.place(tab)
	if i < 0 || w.lock != nil {
		return
	}
	if i == w.at && w.over == nil {
		w.change(i, then)
		return
	}
	w.leave(func() { w.change(i, then) })
}

// leave calls then once what is in sight may be left.
func (w *Window) leave(then func()) {
	if l, ok := w.current().(screen.Leaver); ok {
		l.Leave(then)
		return
	}
	then()
}

func (w *Window) change(to int, then func()) {
	if to != w.at || w.over != nil {
		w.desk.Window.Canvas().Unfocus()
		w.current().Hide()
		w.closeOver()
		w.at = to
		w.body.Objects = []fyne.CanvasObject{w.tab(to).Object()}
		w.body.Refresh()
		w.tabs[to].Show()
		w.placeCorner()
	}
	w.head.SetTab(w.at)
	if then != nil {
		then()
	}
}

// PrintsChanged tells the window that a print job has ended. It may be called
// from any goroutine.
func (w *Window) PrintsChanged() {
	w.desk.Post(func() {
		for _, t := range w.tabs {
			if p, ok := t.(screen.PrintWatcher); ok {
				p.PrintsChanged()
			}
		}
		if w.over != nil {
			w.over.PrintsChanged()
		}
		w.readStuck()
	})
}

// windowLayout puts head, strip and tab below each other, and the compact phone
// into the corner.
type windowLayout struct{ w *Window }

func (l windowLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1024, 600) }

func (l windowLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	w := l.w
	if w.lock != nil {
		screen.Place(w.lock.Object(), 0, 0, size.Width, size.Height)
		return
	}
	screen.Place(w.head, 0, 0, size.Width, kit.HeadHeight)
	y := kit.HeadHeight
	if w.strip != nil {
		screen.Place(w.strip, 0, y, size.Width, kit.StripHeight)
		y += kit.StripHeight
	}
	screen.Place(w.body, 0, y, size.Width, size.Height-y)
	if w.corner != nil && w.corner.inside() {
		s := phone.CompactSize
		screen.Place(w.corner.phone.Compact(), size.Width-kit.Gap-s.Width, size.Height-kit.Gap-s.Height, s.Width, s.Height)
	}
}
