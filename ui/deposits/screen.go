package deposits

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
	"frontdesk/ui/taking"
)

// Screen is the tab of deposits. It belongs to the UI goroutine.
type Screen struct {
	desk  *screen.Desk
	setup setup
	root  *fyne.Container
	list  *list
	take  *take
	out   *out

	taking *taking.Taking[shown]
	now    standing
	about  about // what was read beside the deposit on the right

	open *opened // the deposit that is looked at; nil while deposits are taken

	results   []result                    // ends of what was put aside, not yet looked at
	seenSteps map[int64]payment.StepState // the last state that was heard of
	checked   time.Time                   // when the step was last compared with the ledger

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

// New makes the screen. It shows nothing until Show.
func New(d *screen.Desk) *Screen {
	s := &Screen{desk: d, seenSteps: map[int64]payment.StepState{}}
	s.taking = taking.New(d, holds{d}, hold{s}, &s.now, words)
	s.setup.age = ageRule{days: 30, warn: 25} // until the settings were read
	s.list = newList(s)
	s.list.age = s.setup.age
	s.take = newTake(s)
	s.out = newOut(s)
	s.root = container.NewStack(s.take.root, s.out.root)
	if d.Till != nil {
		stopHolds := d.Till.WatchDeposits(func(h app.Deposit) { d.Post(func() { s.taking.Heard(shown{Deposit: h}) }) })
		stopSteps := d.Till.WatchSteps(func(step app.DepositStep) { d.Post(func() { s.heardStep(step) }) })
		s.stop = func() { stopHolds(); stopSteps() }
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
	s.list.reload()
	s.reload()
	s.refresh()
}

// Hide is called when another tab is shown. What is under way goes on.
func (s *Screen) Hide() {}

// What the left side is for beside what every Taking has.
const (
	modeAmount   = taking.ModeAmount
	modeCash     = taking.ModeCash
	modeLocked   = taking.ModeLocked
	modeReadOnly = taking.ModeReadOnly
)
const (
	modeDue     = taking.ModeOwn + iota // what the guest of the open deposit owes is typed
	modeStep                            // a step of the open deposit is under way, or was refused and not seen yet
	modeSettled                         // nothing can be done with the open deposit now
)

func (s *Screen) mode() taking.Mode {
	switch {
	case s.open == nil:
		return s.taking.Mode()
	case s.open.busy || s.open.step != nil:
		return modeStep
	case !s.open.read() || !s.open.held():
		return modeSettled
	case s.desk.Till == nil:
		return modeReadOnly
	}
	return modeDue
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
	if s.list.day != "" && s.list.day != s.desk.Books.Today() {
		s.list.reload()
	}
	s.taking.Tick()
	s.compareStep()
	s.refresh()
}

// compareEvery is how often an open step is compared with the ledger.
const compareEvery = 5 * time.Second

// compareStep looks from time to time whether the ledger knows better than the
// screen: an end that was missed must not leave a guest waiting.
func (s *Screen) compareStep() {
	if now := s.desk.Now(); s.following() && now.Sub(s.checked) >= compareEvery {
		s.checked = now
		s.reload()
	}
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
	s.taking.Back()
	s.now.Edit(func(e *app.Entry) { e.Set(a) })
	s.taking.ReadyToScan()
}

// OpenNumber shows the deposit of a scanned number, and says so when there is
// none.
func (s *Screen) OpenNumber(text string) { s.find(text) }

// ShowHold shows a hold that was put aside on the right, while the left side
// stays free. It does nothing while another one has no end yet.
func (s *Screen) ShowHold(id int64) {
	if s.desk.Till != nil && s.mode() == modeAmount {
		s.taking.ShowAside(id)
	}
}

// CheckFirst asks to look at the amount: a pay code was scanned while it was out
// of sight.
func (s *Screen) CheckFirst() {
	if s.open != nil {
		s.taking.Warn("deposit.hint.no_scan")
		return
	}
	s.taking.CheckFirst()
}

// Idle reports whether the right side shows the list.
func (s *Screen) Idle() bool { return s.open == nil && s.taking.Idle() }

// QR is what the code on the screen holds; empty when there is none.
func (s *Screen) QR() string {
	if s.open != nil {
		return ""
	}
	return s.taking.QR()
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
				s.taking.Warn("till.hint.not_found")
			default:
				s.taking.Warn("till.hint.code_unknown")
			}
		}
	})
}

// tell shows what could not be read below the list.
func (s *Screen) tell(err error) {
	s.taking.Trouble = s.desk.Sentence(err)
	s.refresh()
}
