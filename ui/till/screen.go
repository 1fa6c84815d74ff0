package till

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// Screen is the tab on which money is taken. It belongs to the UI goroutine.
type Screen struct {
	desk  *screen.Desk
	setup setup
	left  *left
	right *right
	root  *fyne.Container

	now      standing
	cash     *panel.Counted          // nil unless cash is being counted
	current  *shown                  // the payment on the right; nil while the list or a refusal is there
	refused  *refused                // why nothing was sent; nil almost always
	trouble  string                  // an act that did not work, in a sentence; empty almost always
	paidAt   time.Time               // when current was seen to be paid; zero otherwise
	busy     bool                    // something is being written that starts a payment
	early    map[int64]app.Payment   // by tender: what was heard while busy
	next     nextStep                // what follows the end of the current payment
	last     screen.LastCode         // the pay code that was sent last
	qrs      panel.QRs               // whose QR was shown last
	part     *app.Payment            // the last paid part of the standing sale; nil while nothing is paid
	hint     panel.Hint              // what the amount card says, for a while
	books    books                   // today's list as it was read
	seen     map[int64]payment.State // by tender: the last state that was heard of
	results  []app.Payment           // ends of payments that were put aside, not yet looked at
	checked  time.Time               // when current was last compared with the till
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

// nextStep is what the cashier wants to happen once a payment is over.
type nextStep struct {
	scan bool   // wait for a pay code
	code string // a pay code that was scanned already; empty for none
	qr   bool   // show a QR
	// wallet is whose QR; WalletNone for that of the last one.
	wallet payment.Wallet
}

// New makes the screen. It shows nothing until Show.
func New(d *screen.Desk) *Screen {
	s := &Screen{desk: d, seen: map[int64]payment.State{}}
	s.left = newLeft(s)
	s.right = newRight(s)
	s.root = s.left.object(s.right.root)
	if d.Till != nil {
		stopPayments := d.Till.Watch(func(p app.Payment) { d.Post(func() { s.heard(p) }) })
		stopRefunds := d.Till.WatchRefunds(func(r app.Refund) { d.Post(func() { s.heardRefund(r) }) })
		s.stop = func() { stopPayments(); stopRefunds() }
		s.takeUp()
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

// takeUp shows a payment that was under way when the screen was made anew, as
// after a change of language.
func (s *Screen) takeUp() {
	for _, p := range s.desk.Till.OpenPayments() {
		if !p.Tender.Parked && !p.Resumed {
			s.follow(p)
		}
	}
}

// mode is what the left side is for at the moment.
type mode int

const (
	modeAmount mode = iota // an amount is typed
	modeRest               // a part is paid: the rest is to be taken
	modeCash               // the cash that was handed over is typed
	modeLocked             // a payment has no end yet
	modeReadOnly
)

func (s *Screen) mode() mode {
	switch {
	case s.desk.Till == nil:
		return modeReadOnly
	case s.busy, s.current != nil && !s.current.aside && !s.current.payment.Phase.Final():
		return modeLocked
	case s.cash != nil:
		return modeCash
	case s.now.partPaid():
		return modeRest
	}
	return modeAmount
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
	s.right.draw(s.rightView())
	if s.OnChanged != nil {
		s.OnChanged()
	}
}

// lookEvery is how often a window that may only look reads today's list.
const lookEvery = 5 * time.Second

// Tick is called every second while the screen is visible.
func (s *Screen) Tick() {
	now := s.desk.Now()
	if s.hint.Over(now) {
		s.hint = panel.Hint{}
	}
	if !s.paidAt.IsZero() && now.Sub(s.paidAt) >= seen {
		s.dismiss()
	}
	switch {
	case s.books.day == "":
	case s.books.day != s.desk.Books.Today():
		s.reload()
	case s.desk.Till == nil && now.Sub(s.books.at) >= lookEvery:
		s.reload() // another window takes the money, and nobody tells
	}
	s.compare(now)
	s.refresh()
}

// warn tells the cashier in a few words why nothing happened.
func (s *Screen) warn(key string, pairs ...any) {
	s.hint = panel.Warn(s.desk.Words.T(key, pairs...), s.desk.Now())
	s.refresh()
}

// inform tells that something was done.
func (s *Screen) inform(key string, pairs ...any) {
	s.hint = panel.Inform(s.desk.Words.T(key, pairs...), s.desk.Now())
	s.refresh()
}
