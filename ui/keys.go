package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// takeKeys makes the window hear every key that no field uses. The parts of the
// kit hand on what they have no use for, so the keys work whatever has the
// focus.
func (w *Window) takeKeys() {
	c := w.canvas()
	c.SetOnTypedRune(w.typedRune)
	c.SetOnTypedKey(w.typedKey)
	for _, s := range w.hotkeys {
		c.RemoveShortcut(s)
	}
	w.hotkeys = nil
	for _, a := range screen.Actions {
		name, ok := w.desk.Keys[a].Ctrl()
		if !ok {
			continue
		}
		for _, modifier := range []fyne.KeyModifier{fyne.KeyModifierControl, fyne.KeyModifierSuper} {
			s := &desktop.CustomShortcut{KeyName: name, Modifier: modifier}
			c.AddShortcut(s, func(fyne.Shortcut) {
				if !kit.Modal(c) && w.lock == nil {
					w.act(a)
				}
			})
			w.hotkeys = append(w.hotkeys, s)
		}
	}
}

// typedRune gives a character to the tab in sight.
func (w *Window) typedRune(r rune) {
	w.root.GuardRune(r, func() {
		if w.lock != nil {
			w.lock.TypedRune(r)
			return
		}
		w.current().TypedRune(r)
	})
}

// typedKey gives a key to the tab in sight, as an action where it stands for
// one.
func (w *Window) typedKey(ev *fyne.KeyEvent) {
	w.root.GuardKey(ev, func() {
		if w.lock != nil {
			w.lock.TypedKey(ev.Name)
			return
		}
		if a, ok := w.desk.Keys.Action(ev.Name, 0); ok {
			w.act(a)
			return
		}
		w.current().TypedKey(ev.Name)
	})
}

// act offers an action to the tab in sight, and does what no tab does.
func (w *Window) act(a screen.Action) {
	if w.current().Act(a) {
		return
	}
	switch a {
	case screen.ActHelp:
		w.openHelp()
	case screen.ActTill:
		w.show(w.names[0], nil)
	case screen.ActSwitch:
		w.switchPerson()
	case screen.ActShift:
		w.handOver()
	case screen.ActSummary:
		w.show(screen.TabSummary, nil)
	case screen.ActDeposit:
		w.show(screen.TabDeposits, nil)
	case screen.ActSales:
		w.show(screen.TabSales, nil)
	case screen.ActSetup:
		w.show(screen.TabSettings, nil)
	case screen.ActRefund:
		w.show(screen.TabSales, nil)
	case screen.ActScan, screen.ActQR, screen.ActCash:
		w.showTaker(func() {}) // where the amount can be seen before it is taken
	case screen.ActReprint:
		w.till.Act(a)
	}
}
