package ui

import (
	"context"
	"slices"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/people"
	"frontdesk/ui/screen"
	"frontdesk/ui/shift"
)

// crew is who is at the till, and on which shift, as it was last read.
type crew struct {
	known  bool
	plain  bool // one owner, who never was told apart from anybody
	anyPIN bool
	person data.Person
	shift  data.Shift
	open   bool // shift is open
}

// readCrew reads it again, and shows it in the head.
func (w *Window) readCrew() {
	w.desk.Background(func(ctx context.Context) func() {
		c, err := readCrew(ctx, w.desk)
		return func() {
			if err != nil {
				w.desk.Log.Warn("who is at the till cannot be read", "err", err)
				return
			}
			w.crew = c
			w.refreshHead()
			if !slices.Equal(w.tabsNow(), w.names) { // a window that may only look knows by now who may
				w.Rebuild(w.desk.Words, w.desk.Keys)
			}
		}
	})
}

func readCrew(ctx context.Context, d *screen.Desk) (c crew, err error) {
	c.known, c.plain = true, true
	if c.person, err = d.Person(ctx); err != nil {
		return c, err
	}
	if d.Shifts != nil {
		if c.shift, c.open, err = d.Shifts.Current(ctx); err != nil {
			return c, err
		}
	}
	if d.People == nil {
		return c, nil
	}
	all, err := d.People.List(ctx)
	if err != nil {
		return c, err
	}
	for _, p := range all {
		has, err := d.People.HasPIN(p.ID)
		if err != nil {
			return c, err
		}
		c.anyPIN = c.anyPIN || has && p.Active
	}
	named := d.PersonName(c.person.Staff) != d.Role(data.RoleOwner)
	c.plain = len(all) == 1 && !c.anyPIN && !named && (!c.open || c.shift.Name == "")
	return c, nil
}

// moneyMoved looks whether a shift was opened by it.
func (w *Window) moneyMoved() {
	if w.desk.Shifts != nil && w.crew.known && !w.crew.open {
		w.readCrew()
	}
}

// personWord is who is at the till, in the head: 王敏·早班.
func (w *Window) personWord() string {
	words, c := w.desk.Words, w.crew
	switch {
	case w.desk.Till == nil || !c.known || c.plain:
		if w.desk.Practice {
			return words.T("head.owner.practice")
		}
		return words.T("head.owner")
	case c.open && c.shift.Name != "":
		return w.desk.PersonName(c.person.Staff) + "·" + c.shift.Name
	}
	return w.desk.PersonName(c.person.Staff)
}

// seesSums reports whether the tab of the summary is for whoever looks on. In a
// window that may only look nobody proves who they are: where people have PINs,
// the sums stay away from it.
func (w *Window) seesSums() bool {
	return w.desk.Till != nil || w.crew.known && !w.crew.anyPIN
}

// locked reports that nobody has proved who is at the till.
func (w *Window) locked() bool { return w.desk.Till != nil && w.desk.Till.Locked() }

// shut keeps everything out of sight until somebody has proved who they are.
func (w *Window) shut() {
	if w.lock != nil {
		return
	}
	w.canvas().Unfocus()
	w.lock = people.NewLocked(w.desk, func(data.Person) { w.personChanged() })
	w.arrange()
	w.lock.Show()
}

// personChanged follows who is at the till: it locks, unlocks, and makes what
// was made for somebody else anew.
func (w *Window) personChanged() {
	if kit.Modal(w.canvas()) {
		w.late = true // the dialog comes first: it may be the one that changed it
		return
	}
	w.late = false
	if w.locked() {
		w.shut()
		return
	}
	if w.lock != nil {
		w.lock.Close()
		w.lock = nil
		w.canvas().Unfocus()
		w.arrange()
	}
	w.readCrew()
	if now := w.desk.Till.Person().ID; now != w.person {
		w.person = now
		w.forAnother()
	}
}

// forAnother drops the tabs that were made for somebody else, and shows the one
// that takes money. What is typed there stays: it belongs to the customer.
func (w *Window) forAnother() {
	for i, t := range w.tabs {
		if t == nil {
			continue
		}
		if _, takes := t.(taker); takes {
			continue
		}
		if i == w.at {
			if w.over == nil {
				t.Hide()
			}
			w.at = 0
		}
		if c, ok := t.(interface{ Close() }); ok {
			c.Close()
		}
		w.tabs[i] = nil
	}
	w.desk.SettingsPage = ""
	if w.over != nil {
		return // it tells what came of the hand-over; the tab is shown after it
	}
	w.showBody()
}

// showBody puts the present tab, or the hand-over, below the head.
func (w *Window) showBody() {
	content := screen.Screen(w.over)
	if w.over == nil {
		content = w.tab(w.at)
	}
	w.body.Objects = append(w.body.Objects[:0:0], content.Object())
	w.body.Refresh()
	content.Show()
	if w.over == nil {
		w.head.SetTab(w.at)
	} else {
		w.head.SetTab(-1)
	}
	w.placeCorner()
	w.refreshHead()
}

// switchPerson lets somebody else come to the till, once nothing would be lost.
func (w *Window) switchPerson() {
	if w.desk.Till == nil || w.desk.People == nil {
		return
	}
	w.leave(func() {
		add := func() {
			w.desk.SettingsPage = "people"
			w.resetSettings()
			w.show(screen.TabSettings, nil)
		}
		people.Switch(w.desk, func(data.Person) {
			if w.over != nil {
				w.endOver()
			}
			w.personChanged()
		}, add)
	})
}

// resetSettings lets the settings be made anew, on the page that was asked for.
func (w *Window) resetSettings() {
	if i := w.place(screen.TabSettings); i >= 0 && i != w.at {
		w.tabs[i] = nil
	}
}

// handOver begins to hand the shift over; where none is open, it opens one.
func (w *Window) handOver() {
	if w.desk.Shifts == nil || w.over != nil {
		return
	}
	w.desk.Background(func(ctx context.Context) func() {
		_, open, err := w.desk.Shifts.Current(ctx)
		return func() {
			switch {
			case kit.Modal(w.canvas()) || w.lock != nil || w.over != nil:
			case err == nil && !open:
				w.openShift()
			default:
				w.leave(w.beginOver)
			}
		}
	})
}

func (w *Window) beginOver() {
	w.canvas().Unfocus()
	w.tabs[w.at].Hide()
	w.over = shift.New(w.desk, shift.Options{Close: w.endOver, Changed: w.shiftChanged, Open: w.openShift, Lock: w.lockTill})
	w.showBody()
}

// endOver shows the tab again.
func (w *Window) endOver() {
	if w.over == nil {
		return
	}
	w.canvas().Unfocus()
	w.over.Hide()
	w.closeOver()
	w.showBody()
}

func (w *Window) closeOver() {
	if w.over != nil {
		w.over.Close()
		w.over = nil
	}
}

func (w *Window) openShift() {
	shift.Open(w.desk, func() { w.tell("head.told.shift"); w.shiftChanged() })
}

// shiftChanged says everybody that another shift is open, or none, or that cash
// moved in it.
func (w *Window) shiftChanged() {
	w.readCrew()
	for _, t := range w.tabs {
		if c, ok := t.(interface{ Changed() }); ok {
			c.Changed()
		}
	}
}

func (w *Window) lockTill() {
	if w.desk.Till != nil {
		w.leave(w.desk.Till.Lock)
	}
}

// tell says for a moment, on the lamps, what was done.
func (w *Window) tell(key string) {
	w.told, w.toldAt = w.desk.Words.T(key), w.desk.Now()
	w.refreshHead()
}

// SummaryLimits says what the person at the till may see of the sums: all of
// them, or else which shift, 0 for none.
func (w *Window) SummaryLimits() (all bool, shiftID int64) {
	c := w.crew
	switch {
	case w.desk.Till == nil, app.May(c.person, app.RightReports):
		return true, 0
	case c.open && c.shift.Staff.ID == c.person.ID:
		return false, c.shift.ID
	}
	return false, 0
}
