package deposits

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// Screen is the tab of deposits. It belongs to the UI goroutine.
type Screen struct {
	desk  *screen.Desk
	setup setup
	root  *fyne.Container
	list  *list
	take  *take
	out   *out

	now     standing
	cash    *panel.Counted        // nil unless cash is being counted
	current *shown                // what the panel on the right tells; nil while the list or a refusal is there
	refused *refused              // why nothing was sent; nil almost always
	endedAt time.Time             // when current was seen to be held or done; zero otherwise
	busy    bool                  // a hold is being written
	early   map[int64]app.Deposit // by deposit: what was heard while busy
	next    nextStep              // what follows the end of the current hold
	last    screen.LastCode       // the pay code that was sent last
	qrs     panel.QRs             // whose QR was shown last

	open *opened // the deposit that is looked at; nil while deposits are taken

	hint      panel.Hint // what the amount card says, for a while
	trouble   string
	results   []result                    // ends of what was put aside, not yet looked at
	seen      map[int64]payment.State     // by deposit: the last state of its hold that was heard of
	seenSteps map[int64]payment.StepState // by step
	checked   time.Time                   // when something was last compared with the ledger

	// OnChanged is called when something may have changed that the window around
	// the screen shows.
	OnChanged func()

	stop func()
}

var (
	_ screen.Screen     = (*Screen)(nil)
	_ screen.Ticker     = (*Screen)(nil)
	_ screen.SaleOpener = (*Screen)(nil)
)

// nextStep is what is wanted once a QR is cancelled.
type nextStep struct {
	scan bool           // wait for a pay code
	code string         // a pay code that was scanned already; empty for none
	qr   payment.Wallet // show a QR for this wallet; WalletNone for none
}

// New makes the screen. It shows nothing until Show.
func New(d *screen.Desk) *Screen {
	s := &Screen{desk: d, seen: map[int64]payment.State{}, seenSteps: map[int64]payment.StepState{}}
	s.setup.age = ageRule{days: 30, warn: 25} // until the settings were read
	s.list = newList(s)
	s.list.age = s.setup.age
	s.take = newTake(s)
	s.out = newOut(s)
	s.root = container.NewStack(s.take.root, s.out.root)
	if d.Till != nil {
		stopHolds := d.Till.WatchDeposits(func(h app.Deposit) { d.Post(func() { s.heard(h) }) })
		stopSteps := d.Till.WatchSteps(func(step app.DepositStep) { d.Post(func() { s.heardStep(step) }) })
		s.stop = func() { stopHolds(); stopSteps() }
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
	s.list.reload()
	s.reload()
	s.refresh()
}

// Hide is called when another tab is shown. What is under way goes on.
func (s *Screen) Hide() {}

// takeUp shows a hold that was under way when the screen was made anew, as after
// a change of language.
func (s *Screen) takeUp() {
	for _, d := range s.desk.Till.OpenHolds() {
		if !d.Parked && !d.Resumed {
			s.follow(d)
		}
	}
}

// mode is what the left side is for at the moment.
type mode int

const (
	modeAmount   mode = iota // the amount of a deposit is typed
	modeCash                 // the cash that was handed over is typed
	modeLocked               // a hold has no end yet
	modeDue                  // what the guest of the open deposit owes is typed
	modeStep                 // a step of the open deposit is under way, or was refused and not seen yet
	modeSettled              // nothing can be done with the open deposit now
	modeReadOnly             // this window may only look
)

func (s *Screen) mode() mode {
	switch {
	case s.open != nil && (s.open.busy || s.open.step != nil):
		return modeStep
	case s.open != nil && (!s.open.read() || !s.open.held()):
		return modeSettled
	case s.desk.Till == nil:
		return modeReadOnly
	case s.open != nil:
		return modeDue
	case s.busy, s.current != nil && !s.current.aside && !s.current.deposit.Phase.Final():
		return modeLocked
	case s.cash != nil:
		return modeCash
	}
	return modeAmount
}

// refresh draws everything anew. It is cheap where nothing changed: the parts
// compare.
func (s *Screen) refresh() {
	if s.open != nil {
		s.out.draw(s.outView())
	} else {
		s.take.draw(s.takeView())
		s.out.detail.drawn = false
	}
	screen.Only(s.out.root, s.open != nil)
	screen.Only(s.take.root, s.open == nil)
	if s.OnChanged != nil {
		s.OnChanged()
	}
}

// Tick is called every second while the screen is visible.
func (s *Screen) Tick() {
	now := s.desk.Now()
	if s.hint.Over(now) {
		s.hint = panel.Hint{}
	}
	if !s.endedAt.IsZero() && now.Sub(s.endedAt) >= seen {
		s.back()
	}
	if s.list.day != "" && s.list.day != s.desk.Books.Today() {
		s.list.reload()
	}
	s.compare(now)
	s.refresh()
}

// Look reads the list without showing it: what waits for a person is counted in
// the window's head.
func (s *Screen) Look() { s.list.reload() }

// Take puts an amount in that was typed on the till, fen, unless something else
// is under way; 0 only goes back to taking deposits.
func (s *Screen) Take(a payment.Amount) {
	if s.open != nil && !s.open.busy && s.open.step == nil {
		s.leave()
	}
	if s.open != nil || s.mode() != modeAmount || a <= 0 {
		return
	}
	s.back()
	s.now.edit(func(e *app.Entry) { e.Set(a) })
	s.readyToScan()
}

// OpenNumber shows the deposit of a scanned number, and says so when there is
// none.
func (s *Screen) OpenNumber(text string) { s.find(text) }

// CheckFirst asks to look at the amount: a pay code was scanned while it was out
// of sight.
func (s *Screen) CheckFirst() {
	switch {
	case s.mode() == modeLocked:
		s.warn("till.hint.payment_open")
	case s.open != nil:
		s.warn("deposit.hint.no_scan")
	case s.now.amount() > 0:
		s.warn("till.hint.verify_first")
	default:
		s.warn("till.hint.amount_missing")
	}
}

// Idle reports whether the right side shows the list.
func (s *Screen) Idle() bool {
	return s.open == nil && s.current == nil && s.refused == nil && s.cash == nil && !s.busy
}

// QR is what the code on the screen holds; empty when there is none.
func (s *Screen) QR() string {
	if s.open != nil || s.current == nil || s.current.aside {
		return ""
	}
	return s.current.deposit.QRText
}

// find opens the deposit whose slip was scanned, or the guest's bill; or the sale
// that the number belongs to.
func (s *Screen) find(text string) {
	s.desk.Background(func(ctx context.Context) func() {
		tab, id, err := s.desk.Find(ctx, text)
		return func() {
			switch {
			case err == nil && tab == screen.TabDeposits:
				s.openAs(id, "", true)
			case err == nil:
				s.desk.Go(tab, id)
			case !notFound(err):
				s.tell(err)
			case data.KindOfReceipt(text) != data.ReceiptNone:
				s.warn("till.hint.not_found")
			default:
				s.warn("till.hint.code_unknown")
			}
		}
	})
}

// tell shows what could not be read below the list.
func (s *Screen) tell(err error) {
	s.trouble = s.desk.Sentence(err)
	s.refresh()
}

// warn tells in a few words why nothing happened.
func (s *Screen) warn(key string, pairs ...any) {
	s.hint = panel.Warn(s.desk.Words.T(key, pairs...), s.desk.Now())
	s.refresh()
}
