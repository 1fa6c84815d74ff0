package people

import (
	"time"

	"frontdesk/app"
	"frontdesk/ui/screen"
)

// wait counts the seconds until a PIN is taken again, after wrong ones.
type wait struct {
	desk  *screen.Desk
	tell  func(seconds int) // once a second, with 0 when it is over
	until time.Time         // zero while nobody has to wait
	stop  chan struct{}
}

// begin starts over with so many seconds.
func (w *wait) begin(seconds int) {
	w.end()
	if seconds <= 0 {
		return
	}
	w.until = w.desk.Now().Add(time.Duration(seconds) * time.Second)
	w.stop = make(chan struct{})
	w.tell(seconds)
	go w.beat(w.stop)
}

func (w *wait) beat(stop <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			w.desk.Post(func() {
				select {
				case <-stop: // it ended while this was on its way
				default:
					w.tick()
				}
			})
		case <-stop:
			return
		}
	}
}

// tick tells what is left.
func (w *wait) tick() {
	if w.until.IsZero() {
		return
	}
	left := int((w.until.Sub(w.desk.Now()) + time.Second - 1) / time.Second)
	if left <= 0 {
		w.end()
	}
	w.tell(max(0, left))
}

// waiting reports whether no PIN is taken now.
func (w *wait) waiting() bool { return !w.until.IsZero() }

// end forgets the wait.
func (w *wait) end() {
	if w.stop != nil {
		close(w.stop)
		w.stop = nil
	}
	w.until = time.Time{}
}

// pinFault is what was wrong with a PIN; ok is false for an error about
// something else. seconds is how long the next try has to wait.
func pinFault(err error) (kind app.ProblemKind, seconds int, ok bool) {
	p, found := app.ProblemOf(err)
	if !found || (p.Kind != app.ProblemPINWrong && p.Kind != app.ProblemPINWait) {
		return "", 0, false
	}
	if len(p.Pairs) == 2 {
		seconds, _ = p.Pairs[1].(int)
	}
	return p.Kind, seconds, true
}

// pinSentence words it.
func pinSentence(d *screen.Desk, kind app.ProblemKind, seconds int) string {
	switch {
	case kind == app.ProblemPINWait:
		return d.Words.T("pin.wait", "seconds", seconds)
	case seconds > 0:
		return d.Words.T("pin.wrong.wait", "seconds", seconds)
	}
	return d.Words.T("pin.wrong")
}
