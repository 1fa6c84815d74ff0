package taking

import (
	"context"
	"time"

	"frontdesk/app"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// begin takes the standing amount in a way. It returns at once; the answer comes
// to begun. While one call is on its way there is no other.
func (t *Taking[A]) begin(way Way) {
	if t.busy || t.desk.Till == nil {
		return
	}
	call := t.kind.Begin(way)
	t.busy, t.early = true, map[int64]A{}
	t.refused, t.Hint, t.goneAt = nil, panel.Hint{}, time.Time{}
	t.Unfocus()
	t.kind.Redraw()
	t.desk.Background(func(ctx context.Context) func() {
		a, err := call(ctx)
		return func() { t.begun(a, err) }
	})
}

func (t *Taking[A]) byCode(code string) {
	t.last = screen.KeepCode(code, t.desk.Now())
	t.begin(Way{Code: code})
}

// GoOn goes on in another way.
func (t *Taking[A]) GoOn(next Next) {
	switch {
	case next.Code != "":
		t.byCode(next.Code)
	case next.QR:
		t.ShowQR(next.Wallet)
	case next.Scan:
		t.ReadyToScan()
	}
}

// ReadyToScan tells a person to scan. It takes nothing: only a pay code does.
func (t *Taking[A]) ReadyToScan() {
	if t.amount.Due() <= 0 {
		t.Warn("till.hint.amount_missing")
		return
	}
	t.Unfocus()
	t.Hint = panel.Hint{Text: t.desk.Words.T(t.words.ScanNow), Ready: true}
	t.kind.Redraw()
}

// begun gets the answer to begin: the attempt as it began, or why there is none.
func (t *Taking[A]) begun(a A, err error) {
	early := t.early
	t.busy, t.early = false, nil
	id := t.attempts.Line(a).ID
	t.amount.Begun(err)
	if err != nil {
		t.next = Next{}
		t.Refuse(err)
	} else {
		if newer, ok := early[id]; ok {
			a = newer
		}
		t.follow(a)
		t.kind.Changed(a)
	}
	for other, heard := range early {
		if err != nil || other != id {
			t.Heard(heard)
		}
	}
	t.kind.Redraw()
}

// Heard gets every change of every attempt.
func (t *Taking[A]) Heard(a A) {
	line := t.attempts.Line(a)
	if t.busy && !t.shows(line.ID) { // it may be the answer that is on its way
		t.early[line.ID] = a
		return
	}
	changed := t.seen[line.ID] != line.State
	t.seen[line.ID] = line.State
	switch {
	case t.shows(line.ID):
		t.follow(a)
	case line.Phase.Final() && changed && line.PutAside():
		t.kind.Unawaited(a)
	}
	if changed {
		t.kind.Changed(a)
	}
	t.kind.Redraw()
}

// shows reports whether an attempt is the one on the right.
func (t *Taking[A]) shows(id int64) bool { return t.Current != nil && t.Current.Line.ID == id }

// TakeUp shows an attempt that was under way when the screen was made anew, as
// after a change of language.
func (t *Taking[A]) TakeUp() {
	for _, a := range t.attempts.Open() {
		if !t.attempts.Line(a).PutAside() {
			t.follow(a)
		}
	}
}

// follow shows the newest view of an attempt on the right.
func (t *Taking[A]) follow(a A) {
	line := t.attempts.Line(a)
	same := t.shows(line.ID)
	if !same {
		t.Current = &Shown[A]{askedAt: panel.ClockTime(t.desk.Now())}
		t.refused, t.Cash = nil, nil
	}
	before := t.Current.Line
	if same && before.Phase.Final() && !line.Phase.Final() {
		return // an older view that came late
	}
	t.Current.Of, t.Current.Line = a, line
	if line.Phase == app.PhaseQR {
		t.qrs.Last = line.Way.Wallet
	}
	if line.Phase != app.PhasePaid {
		t.goneAt = time.Time{} // what was taken back must be seen by somebody
	}
	if line.Queries != before.Queries {
		t.Current.askedAt = panel.ClockTime(t.desk.Now())
	}
	if !same || line.State != before.State || line.Phase != before.Phase {
		t.Current.Asked, t.Hint = false, panel.Hint{} // what was said was about the step before
		t.kind.ReadMore(a)
	}
	if line.Phase.Final() && (!same || !before.Phase.Final()) && !t.Current.Aside {
		t.ended(a, line.Phase)
	}
}

// ended makes the left side free again the moment a result is final.
func (t *Taking[A]) ended(a A, phase app.Phase) {
	next := t.next
	t.next = Next{}
	all := t.kind.Ended(a)
	switch {
	case phase == app.PhasePaid && all:
		t.GoesByItself()
	case phase == app.PhasePaid:
		t.GoOn(next)
	case phase == app.PhaseClosed && next != Next{}:
		t.Back()
		t.GoOn(next)
	}
}

// Refuse tells why nothing was sent: in a few words on the amount card where the
// hand that types can repair it, else on the right until it was seen.
func (t *Taking[A]) Refuse(err error) {
	w := t.desk.Words
	if p, ok := app.ProblemOf(err); ok {
		for _, where := range t.words.Hints {
			if key := where + string(p.Kind); w.Has(key) {
				t.Warn(key, p.Pairs...)
				return
			}
		}
	}
	t.Current, t.goneAt = nil, time.Time{}
	t.refused = &refusal{Panel: panel.NothingSent(t.desk, t.amount.Due(),
		w.T(t.words.RefusedTitle), w.T(t.words.RefusedLine), t.desk.Sentence(err), w.T(t.words.RefusedText))}
	t.kind.Explain(&t.refused.Panel, err)
	t.kind.Redraw()
}

// compareEvery is how often an open attempt is compared with the till.
const compareEvery = 5 * time.Second

// compare looks from time to time whether the till knows better than the screen:
// a change that was missed must not leave a payer waiting.
func (t *Taking[A]) compare(now time.Time) {
	if t.Current == nil || t.Current.Line.Phase.Final() || now.Sub(t.checked) < compareEvery {
		return
	}
	t.checked = now
	id := t.Current.Line.ID
	for _, a := range t.attempts.Open() {
		if t.attempts.Line(a).ID == id {
			t.follow(a)
			return
		}
	}
	t.desk.Background(func(ctx context.Context) func() {
		a, err := t.attempts.Newest(ctx, id)
		if err != nil {
			return nil
		}
		return func() { t.Heard(a) }
	})
}
