package taking

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// Taking is one screen's amount on its way to money.
type Taking[A any] struct {
	// Current is the attempt on the right; nil while the list or a refusal is
	// there.
	Current *Shown[A]
	// Behind is what a panel that goes makes room for: the paid part of a sale.
	// The screen sets it; nil for the list.
	Behind *A
	// Cash is nil unless cash is being counted.
	Cash *panel.Counted
	// Hint is what the amount card says, for a while.
	Hint panel.Hint
	// Trouble is an act that did not work, in a sentence; empty almost always.
	Trouble string

	desk     *screen.Desk
	attempts Attempts[A]
	kind     Kind[A]
	amount   Amount
	words    Words

	busy    bool                    // a call that begins an attempt is on its way
	early   map[int64]A             // what was heard meanwhile
	seen    map[int64]payment.State // the last state that was heard of
	refused *refusal                // why nothing was sent; nil almost always
	next    Next                    // what follows the end of Current
	last    screen.LastCode         // the pay code that was sent last
	qrs     panel.QRs               // whose QR was shown last
	goneAt  time.Time               // when Current goes by itself; zero while it stays
	checked time.Time               // when Current was last compared with the till
}

// refusal is the panel of an act that led to no attempt at all. Like a failure it
// stays until it was seen.
type refusal struct {
	panel.Panel
	again bool // Enter was pressed once
}

// New makes one that takes an amount.
func New[A any](d *screen.Desk, attempts Attempts[A], kind Kind[A], amount Amount, words Words) *Taking[A] {
	return &Taking[A]{desk: d, attempts: attempts, kind: kind, amount: amount, words: words, seen: map[int64]payment.State{}}
}

// Mode is what the left side is for at the moment.
type Mode int

const (
	ModeAmount   Mode = iota // an amount is typed
	ModeCash                 // the cash that was handed over is typed
	ModeLocked               // an attempt has no end yet
	ModeReadOnly             // this window may only look
	ModeOwn                  // a screen's own modes begin here
)

// Mode is the present one.
func (t *Taking[A]) Mode() Mode {
	switch {
	case t.desk.Till == nil:
		return ModeReadOnly
	case t.busy, t.Current != nil && !t.Current.Aside && !t.Current.Line.Phase.Final():
		return ModeLocked
	case t.Cash != nil:
		return ModeCash
	}
	return ModeAmount
}

// Stands reports whether the attempt of the standing amount ended in a phase and
// its panel is still there.
func (t *Taking[A]) Stands(phase app.Phase) bool {
	return t.Current != nil && !t.Current.Aside && t.Current.Line.Phase == phase
}

// StandsWithout reports whether it ended without money, and nobody has seen it.
func (t *Taking[A]) StandsWithout() bool {
	return t.Stands(app.PhaseFailed) || t.Stands(app.PhaseClosed) || t.Stands(app.PhaseReversed)
}

// Refused reports whether the right side says why nothing was sent.
func (t *Taking[A]) Refused() bool { return t.refused != nil }

// Busy reports whether a call that begins an attempt is on its way.
func (t *Taking[A]) Busy() bool { return t.busy }

// Idle reports whether the right side shows the list.
func (t *Taking[A]) Idle() bool {
	return t.Current == nil && t.refused == nil && t.Cash == nil && !t.busy
}

// QR is what the code on the screen holds; empty when there is none.
func (t *Taking[A]) QR() string {
	if t.Current == nil || t.Current.Aside {
		return ""
	}
	return t.Current.Line.QRText
}

// Show shows an attempt on the right; the left side is free when it is aside.
func (t *Taking[A]) Show(a A, aside bool) {
	t.Current = &Shown[A]{Of: a, Line: t.attempts.Line(a), Aside: aside, askedAt: panel.ClockTime(t.desk.Now())}
}

// ShowAside shows an open attempt that was put aside, while the left side stays
// free.
func (t *Taking[A]) ShowAside(id int64) {
	for _, a := range t.attempts.Open() {
		if t.attempts.Line(a).ID == id {
			t.Cash, t.refused = nil, nil
			t.Show(a, true)
			t.kind.ReadMore(a)
			t.kind.Redraw()
			return
		}
	}
}

// stays is how long a result is shown when nothing is typed.
const stays = 30 * time.Second

// GoesByItself lets what is shown go after a while.
func (t *Taking[A]) GoesByItself() { t.goneAt = t.desk.Now().Add(stays) }

// Back takes a finished panel away.
func (t *Taking[A]) Back() {
	t.Current, t.refused, t.goneAt = nil, nil, time.Time{}
	if t.Behind != nil {
		t.Show(*t.Behind, false)
		t.kind.ReadMore(*t.Behind)
	}
}

// Dismiss is a person's "I have seen it".
func (t *Taking[A]) Dismiss() {
	t.Back()
	t.kind.Redraw()
}

// NextCustomer leaves everything that stands.
func (t *Taking[A]) NextCustomer() {
	t.Behind, t.next, t.Hint = nil, Next{}, panel.Hint{}
	t.Back()
	t.kind.NextCustomer()
}

// Tick is called every second while the screen is visible.
func (t *Taking[A]) Tick() {
	now := t.desk.Now()
	if t.Hint.Over(now) {
		t.Hint = panel.Hint{}
	}
	if !t.goneAt.IsZero() && !now.Before(t.goneAt) {
		t.Back()
	}
	t.compare(now)
}

// Warn tells in a few words why nothing happened.
func (t *Taking[A]) Warn(key string, pairs ...any) {
	t.Hint = panel.Warn(t.desk.Words.T(key, pairs...), t.desk.Now())
	t.kind.Redraw()
}

// Inform tells that something was done.
func (t *Taking[A]) Inform(key string, pairs ...any) {
	t.Hint = panel.Inform(t.desk.Words.T(key, pairs...), t.desk.Now())
	t.kind.Redraw()
}

// CheckFirst asks a person to look at the amount: a pay code was scanned while
// it was out of sight.
func (t *Taking[A]) CheckFirst() {
	switch {
	case t.Mode() == ModeLocked:
		t.Warn("till.hint.payment_open")
	case t.amount.Due() > 0:
		t.Warn("till.hint.verify_first")
	default:
		t.Warn("till.hint.amount_missing")
	}
}

// Background runs work off the UI goroutine; then follows when it went well, and
// else a sentence in Trouble.
func (t *Taking[A]) Background(work func(context.Context) error, then func()) {
	t.desk.Background(func(ctx context.Context) func() {
		err := work(ctx)
		return func() {
			switch {
			case err != nil:
				t.Trouble = t.desk.Sentence(err)
			case then != nil:
				then()
			}
			t.kind.Redraw()
		}
	})
}

// Unfocus takes the focus out of the fields, so that typing goes to the amount.
func (t *Taking[A]) Unfocus() {
	if t.desk.Window != nil {
		t.desk.Window.Canvas().Unfocus()
	}
}

func (t *Taking[A]) focused() fyne.Focusable {
	if t.desk.Window == nil {
		return nil
	}
	return t.desk.Window.Canvas().Focused()
}
