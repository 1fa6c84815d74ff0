package main

import (
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"

	"frontdesk/hardware/scanner"
)

// wedge stands between the keyboard and the window: every key goes through the
// scanner's detector before Fyne sees it, so that a scan works whatever has
// the focus. It lives on the UI goroutine.
//
// It rests on a method of Fyne's window that is not in Fyne's interface
// (RunWithContext) and on GLFW returning the callbacks that it replaces. Where
// either is missing install reports false, and the window's own fields feed a
// detector instead.
type wedge struct {
	detector *scanner.Detector
	pulse    scanner.Pulse
	scanned  func(scanner.Scan)
	trial    func(scanner.Trial)
	timer    *time.Timer
}

// installWedge puts the detector before window's keys. It must run on the UI
// goroutine once the window exists.
func installWedge(window fyne.Window, rules scanner.Rules, scanned func(scanner.Scan), trial func(scanner.Trial)) (*wedge, bool) {
	native, ok := window.(interface{ RunWithContext(func()) })
	if !ok {
		return nil, false
	}
	detector, err := scanner.New(rules)
	if err != nil {
		detector, _ = scanner.New(scanner.DefaultRules())
	}
	w := &wedge{detector: detector, scanned: scanned, trial: trial}
	installed := false
	native.RunWithContext(func() {
		if target := glfw.GetCurrentContext(); target != nil {
			installed = w.hook(target)
		}
	})
	return w, installed
}

// hook chains the detector before the callbacks that Fyne set.
func (w *wedge) hook(target *glfw.Window) bool {
	var char glfw.CharCallback
	var key glfw.KeyCallback
	var mouse glfw.MouseButtonCallback
	var repeating bool // the last key came from a key that is held down
	mouse = target.SetMouseButtonCallback(func(g *glfw.Window, b glfw.MouseButton, action glfw.Action, mods glfw.ModifierKey) {
		w.obey(w.detector.Flush()) // what was typed belongs to where the focus was before the click
		if mouse != nil {
			mouse(g, b, action, mods)
		}
	})
	char = target.SetCharCallback(func(g *glfw.Window, r rune) {
		w.feed(scanner.Event{Kind: scanner.Char, Rune: r, Repeat: repeating}, func() { char(g, r) })
	})
	key = target.SetKeyCallback(func(g *glfw.Window, k glfw.Key, code int, action glfw.Action, mods glfw.ModifierKey) {
		repeating = action == glfw.Repeat
		w.feed(keyEvent(k, action, mods), func() { key(g, k, code, action, mods) })
	})
	if char == nil || key == nil {
		target.SetCharCallback(char)
		target.SetKeyCallback(key)
		return false
	}
	return true
}

// beat keeps the pulse until done is closed.
func (w *wedge) beat(done <-chan struct{}) {
	ticker := time.NewTicker(scanner.BeatEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			fyne.Do(func() { w.pulse.Beat(time.Now()) })
		case <-done:
			return
		}
	}
}

// setRules takes over changed settings; rules that cannot work are ignored.
func (w *wedge) setRules(rules scanner.Rules) error {
	decision, err := w.detector.SetRules(rules)
	if err != nil {
		return err
	}
	w.obey(decision)
	return nil
}

func (w *wedge) feed(e scanner.Event, pass func()) {
	e.At = time.Now()
	e.Late = w.pulse.Late(e.At)
	e.Payload = pass
	w.obey(w.detector.Feed(e))
}

func (w *wedge) obey(d scanner.Decision) {
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
	for _, e := range d.Replay {
		e.Payload.(func())()
	}
	if d.Hold > 0 {
		w.timer = time.AfterFunc(d.Hold, func() {
			fyne.Do(func() {
				now := time.Now()
				w.obey(w.detector.Expire(now, w.pulse.Late(now)))
			})
		})
	}
	if d.Trial != nil {
		w.trial(*d.Trial)
	}
	if d.Scan != nil {
		w.scanned(*d.Scan)
	}
}

// keyEvent says what a key is to the detector.
func keyEvent(k glfw.Key, action glfw.Action, mods glfw.ModifierKey) scanner.Event {
	e := scanner.Event{Kind: scanner.Other, Code: int(k), Repeat: action == glfw.Repeat}
	const commands = glfw.ModControl | glfw.ModAlt | glfw.ModSuper
	switch {
	case action == glfw.Release:
		e.Kind = scanner.Up
	case k == glfw.KeyLeftShift || k == glfw.KeyRightShift:
		e.Kind = scanner.Down
	case mods&commands != 0:
	case k == glfw.KeyEnter || k == glfw.KeyKPEnter:
		e.Kind = scanner.Terminator
	case k == glfw.KeyTab && mods&glfw.ModShift == 0:
		e.Kind, e.Tab = scanner.Terminator, true
	case k >= glfw.KeySpace && k <= glfw.KeyGraveAccent, k >= glfw.KeyKP0 && k <= glfw.KeyKPEqual:
		e.Kind = scanner.Down
	}
	return e
}
