package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"frontdesk/hardware/scanner"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// root is the window's content. Fields of the kit ask it before they take a
// key, so that scans can be found among what is typed.
type root struct {
	widget.BaseWidget
	content *fyne.Container
	guard   *guard // nil where a hook before the window finds the scans
}

var _ kit.KeyGuard = (*root)(nil)

func newRoot() *root {
	r := &root{content: &fyne.Container{}}
	r.ExtendBaseWidget(r)
	return r
}

func (r *root) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

func (r *root) GuardRune(c rune, pass func()) {
	if r.guard == nil || r.guard.passing {
		pass()
		return
	}
	r.guard.feed(scanner.Event{Kind: scanner.Char, Rune: c}, pass)
}

func (r *root) GuardKey(ev *fyne.KeyEvent, pass func()) {
	if r.guard == nil || r.guard.passing {
		pass()
		return
	}
	e := scanner.Event{Kind: scanner.Other, Code: ev.Physical.ScanCode}
	if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
		e.Kind = scanner.Terminator
	}
	r.guard.feed(e, pass)
}

// guard feeds typed keys to the scanner's detector and obeys it: keys are held
// for a moment, and then typed or taken as a scan.
type guard struct {
	window   *Window
	detector *scanner.Detector
	pulse    scanner.Pulse
	timer    *time.Timer
	passing  bool // a key is on its way to its field: it was judged already
}

// ScanThroughFields finds scans among the keys that the window's fields get. It
// is for systems where no hook can stand before the window's keys; Tab cannot
// end a scan here. Calling it again takes over other rules; rules that cannot
// work are taken for the usual ones.
func (w *Window) ScanThroughFields(rules scanner.Rules) {
	if w.root.guard != nil {
		if d, err := w.root.guard.detector.SetRules(rules); err == nil {
			w.root.guard.obey(d)
		}
		return
	}
	detector, err := scanner.New(rules)
	if err != nil {
		w.desk.Log.Warn("scanner rules do not work; the usual ones hold", "err", err)
		if detector, err = scanner.New(scanner.DefaultRules()); err != nil {
			w.desk.Log.Error("scans cannot be found among keys", "err", err)
			return
		}
	}
	g := &guard{window: w, detector: detector}
	w.root.guard = g
	go g.beat(w.stop)
}

// beat keeps the pulse: it tells late keys from fast ones.
func (g *guard) beat(stop <-chan struct{}) {
	ticker := time.NewTicker(scanner.BeatEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			g.window.desk.Post(func() { g.pulse.Beat(time.Now()) })
		case <-stop:
			return
		}
	}
}

func (g *guard) feed(e scanner.Event, pass func()) {
	e.At = time.Now()
	e.Late = g.pulse.Late(e.At)
	e.Payload = pass
	g.obey(g.detector.Feed(e))
}

func (g *guard) obey(d scanner.Decision) {
	if g.timer != nil {
		g.timer.Stop()
		g.timer = nil
	}
	g.passing = true
	for _, e := range d.Replay {
		if pass, ok := e.Payload.(func()); ok {
			pass()
		}
	}
	g.passing = false
	if d.Hold > 0 {
		g.timer = time.AfterFunc(d.Hold, func() { g.window.desk.Post(g.expire) })
	}
	if d.Trial != nil {
		g.window.Tried(*d.Trial)
	}
	if d.Scan != nil {
		g.window.Scanned(screen.Scan{Text: d.Scan.Code, Duration: d.Scan.Duration, Sure: !d.Scan.Late})
	}
}

func (g *guard) expire() {
	now := time.Now()
	g.obey(g.detector.Expire(now, g.pulse.Late(now)))
}

// Tried tells what was made of a burst of keys, for the scanner's test page.
func (w *Window) Tried(t scanner.Trial) {
	if page, ok := w.current().(screen.TrialWatcher); ok && w.lock == nil {
		page.Tried(t)
	}
}
