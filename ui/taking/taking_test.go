package taking_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
	"frontdesk/ui/taking"
)

const alipayCode, otherCode = payment.PayCode("280000000000000001"), payment.PayCode("280000000000000002")

func TestRepeatedScansAreOneAttempt(t *testing.T) {
	w := newCounter(t)
	w.types("12.80")
	for range 3 { // the scanner reads twice, the cashier scans once more
		w.take.Scanned(alipayCode)
	}
	w.take.Enter()
	w.take.Scanned(otherCode) // somebody else's phone came too near
	w.take.ShowQR(payment.WalletAlipay)
	w.answered()
	if len(w.ways) != 1 || w.ways[0].Code != alipayCode.Raw() {
		t.Errorf("the till was asked for %+v", w.ways)
	}
	if w.take.Mode() != taking.ModeLocked {
		t.Error("the amount is free while an attempt has no end")
	}
}

func TestWhatWasHeardBeforeTheAnswerIsNewer(t *testing.T) {
	w := newCounter(t)
	w.types("5")
	w.take.Scanned(alipayCode)
	w.take.Heard(line(1, app.PhasePaid)) // faster than the answer to the call
	aside := line(7, app.PhasePaid)
	aside.Parked = true
	w.take.Heard(aside) // and the end of one that was put aside
	w.answered()
	if !w.take.Stands(app.PhasePaid) || w.customers != 1 {
		t.Errorf("the end was lost: %+v, %d customers", w.take.Current, w.customers)
	}
	if len(w.unawaited) != 1 || w.unawaited[0].ID != 7 {
		t.Errorf("ends that nobody waited for: %+v", w.unawaited)
	}
	w.take.Heard(line(1, app.PhaseWaiting))
	if !w.take.Stands(app.PhasePaid) {
		t.Error("an older view replaced the end")
	}
}

func TestOneQRIsClosedBeforeTheNext(t *testing.T) {
	for name, tt := range map[string]struct {
		instead func(*counter)
		way     taking.Way
	}{
		"another wallet": {func(w *counter) { w.take.TurnQR(1) }, taking.Way{Wallet: payment.WalletWeChat}},
		"a pay code":     {func(w *counter) { w.take.Scanned(otherCode) }, taking.Way{Code: otherCode.Raw()}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newCounter(t)
			w.types("5")
			w.take.ShowQR(payment.WalletNone)
			w.answered()
			w.take.Heard(line(1, app.PhaseQR))
			tt.instead(w)
			w.posts.Until(t, "the cancel is asked for", func() bool { return w.cancelled == 1 })
			w.take.Heard(line(1, app.PhaseCancelling))
			if len(w.ways) != 1 {
				t.Fatalf("there are two ways to pay one amount: %+v", w.ways)
			}
			w.take.Heard(line(1, app.PhaseClosed))
			w.answered()
			if len(w.ways) != 2 || w.ways[1] != tt.way {
				t.Errorf("asked for %+v, want %+v at last", w.ways, tt.way)
			}
		})
	}
}

func TestARefusalStaysUntilItWasSeen(t *testing.T) {
	w := newCounter(t)
	w.fails = errors.New("the ledger is on a dead disk")
	w.types("5")
	w.take.Scanned(alipayCode)
	w.answered()
	for range 2 {
		if p, _ := w.take.Right(); p == nil || !w.take.Refused() {
			t.Fatal("nobody is told that nothing was sent")
		}
		w.now = w.now.Add(time.Hour)
		w.take.Tick()
		w.take.Enter()
	}
	if p, _ := w.take.Right(); p != nil || w.amount.Due() != 5_00 {
		t.Errorf("after the second Enter: %+v, %s stands", p, w.amount.Due())
	}
}

func TestAnEndGoesByItselfUnlessItWasTakenBack(t *testing.T) {
	for phase, stays := range map[app.Phase]bool{app.PhasePaid: false, app.PhaseReversed: true, app.PhaseFailed: true} {
		w := newCounter(t)
		w.types("5")
		w.take.Scanned(alipayCode)
		w.answered()
		w.take.Heard(line(1, app.PhasePaid))
		if phase != app.PhasePaid {
			w.take.Heard(line(1, phase))
		}
		w.now = w.now.Add(time.Hour)
		w.take.Tick()
		if got := w.take.Current != nil; got != stays {
			t.Errorf("after an hour, what is %s is there: %v", phase, got)
		}
	}
}

func TestCashIsCountedBeforeItIsTaken(t *testing.T) {
	w := newCounter(t)
	w.types("12.80")
	w.take.EnterCash()
	w.types("10")
	w.take.Enter()
	if len(w.ways) != 0 || w.take.Hint.Text == "" {
		t.Fatalf("too little cash was taken: %+v", w.ways)
	}
	w.types("0")
	w.take.Enter()
	w.answered()
	if len(w.ways) != 1 || w.ways[0] != (taking.Way{Cash: 100_00}) {
		t.Errorf("taken: %+v", w.ways)
	}
}

// counter is a screen on which amounts are taken by attempts that are nothing
// but lines.
type counter struct {
	t      *testing.T
	posts  screentest.Queue
	now    time.Time
	take   *taking.Taking[panel.Line]
	amount amount

	fails     error        // what the next calls end with; nil mostly
	ways      []taking.Way // that the till was asked for
	cancelled int
	unawaited []panel.Line
	customers int // that were served
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	w := &counter{t: t, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	d := &screen.Desk{
		Words: lang.Load(lang.Chinese), Keys: screen.DefaultKeys(), Till: new(app.Till), Post: w.posts.Post,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: func() time.Time { return w.now },
	}
	w.take = taking.New(d, attempts{w}, kind{w}, &w.amount, taking.Words{Panels: "pay", Lists: "till", Hints: []string{"till.hint."}})
	return w
}

func line(id int64, phase app.Phase) panel.Line {
	l := panel.Line{ID: id, Phase: phase, Amount: 5_00}
	switch phase {
	case app.PhasePaid:
		l.State = payment.StatePaid
	case app.PhaseClosed:
		l.State = payment.StateClosed
	case app.PhaseFailed:
		l.State = payment.StateFailed
	case app.PhaseReversed:
		l.State = payment.StateReversed
	case app.PhaseQR:
		l.State, l.QRText, l.Method, l.Way.Wallet = payment.StatePending, "https://qr.example/1", payment.MethodQR, payment.WalletAlipay
	}
	return l
}

func (w *counter) types(keys string) {
	for _, r := range keys {
		w.take.TypedRune(r)
	}
}

// answered waits for the answer of the call that is on its way.
func (w *counter) answered() {
	w.t.Helper()
	w.posts.Until(w.t, "the till has answered", func() bool { return !w.take.Busy() })
}

// amount is what was typed.
type amount struct{ app.Entry }

func (a *amount) Due() payment.Amount     { return a.Amount() }
func (a *amount) Edit(f func(*app.Entry)) { f(&a.Entry) }
func (a *amount) Begun(error)             {}

type attempts struct{ *counter }

func (attempts) Line(l panel.Line) panel.Line { return l }
func (attempts) Open() []panel.Line           { return nil }
func (attempts) Ask(int64)                    {}
func (attempts) QRWallets() []payment.Wallet {
	return []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat}
}
func (w attempts) Newest(_ context.Context, id int64) (panel.Line, error) {
	return line(id, app.PhaseWaiting), nil
}
func (w attempts) Park(context.Context, int64) error { return nil }
func (w attempts) Cancel(context.Context, int64) error {
	w.posts.Post(func() { w.cancelled++ })
	return nil
}

type kind struct{ *counter }

func (w kind) Begin(way taking.Way) func(context.Context) (panel.Line, error) {
	w.ways = append(w.ways, way)
	id, err := int64(len(w.ways)), w.fails
	return func(context.Context) (panel.Line, error) { return line(id, app.PhaseSending), err }
}
func (w kind) InsteadOfCash(next taking.Next) { w.take.SplitCash(next) }
func (w kind) Ended(l panel.Line) bool {
	if l.Phase == app.PhasePaid {
		w.NextCustomer()
	}
	return l.Phase == app.PhasePaid
}
func (w kind) NextCustomer() {
	w.customers++
	w.amount = amount{}
}
func (w kind) Unawaited(l panel.Line)                           { w.unawaited = append(w.unawaited, l) }
func (kind) Changed(panel.Line)                                 {}
func (kind) ReadMore(panel.Line)                                {}
func (kind) Panel(_ panel.Line, tell panel.Telling) panel.Panel { return tell.Open() }
func (kind) Explain(*panel.Panel, error)                        {}
func (w kind) Type(edit func(*app.Entry)) bool                  { return w.take.Type(edit) }
func (kind) Redraw()                                            {}
