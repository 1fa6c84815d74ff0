package ui

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/shift"
)

// openMenu is the person's menu: what belongs to no tab. It reads first how the
// shift stands.
func (w *Window) openMenu() {
	if kit.Modal(w.canvas()) {
		return
	}
	w.desk.Background(func(ctx context.Context) func() {
		m := menuNow{}
		var err error
		if m.crew, err = readCrew(ctx, w.desk); err == nil {
			m.blind, err = w.desk.Blind(ctx)
		}
		if err == nil && m.crew.open {
			var r data.Report
			r, err = w.desk.Books.Report(ctx, data.Cut{ShiftID: m.crew.shift.ID})
			m.trades = r.Total.Payments
		}
		if err != nil {
			w.desk.Log.Warn("the shift cannot be read", "err", err) // the menu opens all the same
		}
		return func() {
			if !kit.Modal(w.canvas()) && w.lock == nil {
				w.showMenu(m)
			}
		}
	})
}

// menuNow is what the menu was read with.
type menuNow struct {
	crew   crew
	blind  bool
	trades int
}

func (w *Window) showMenu(m menuNow) {
	if m.crew.known {
		w.crew = m.crew
		w.refreshHead()
	}
	menu := &kit.Menu{Title: w.personWord(), Second: w.shiftLine(m)}
	menu.Items = append(menu.Items, w.crewItems(m)...)
	menu.Items = append(menu.Items, w.shiftItems(m)...)
	menu.Items = append(menu.Items, w.otherItems()...)
	menu.Show(w.canvas(), w.head.PersonPlace(), kit.MenuWidth)
}

// shiftLine says since when the shift goes on, how much was done in it, and whose
// it is where that is not who is at the till.
func (w *Window) shiftLine(m menuNow) string {
	words, c := w.desk.Words, m.crew
	switch {
	case w.desk.Shifts == nil:
		return w.till.DayLine()
	case !c.open:
		return words.T("head.shift.none")
	}
	key := "head.shift.line"
	if c.shift.Auto {
		key = "head.shift.auto"
	}
	line := words.T(key, "since", shift.Since(w.desk, c.shift), "n", m.trades)
	if c.shift.Staff.ID != c.person.ID {
		return words.T("head.shift.of", "name", w.desk.PersonName(c.shift.Staff), "line", line)
	}
	return line
}

// crewItems are about people and the drawer.
func (w *Window) crewItems(m menuNow) (items []kit.MenuItem) {
	words, keys := w.desk.Words, w.desk.Keys
	if w.desk.People != nil && w.desk.Till != nil {
		items = append(items, kit.MenuItem{Icon: kit.IconPerson, Word: words.T("head.menu.switch"), Key: string(keys[screen.ActSwitch]), Action: w.switchPerson})
		if m.crew.anyPIN {
			items = append(items, kit.MenuItem{Icon: kit.IconClosed, Word: words.T("head.menu.lock"), Action: w.lockTill})
		}
	}
	if w.desk.Shifts != nil {
		items = append(items,
			kit.MenuItem{Icon: kit.IconCash, Word: words.T("head.menu.cash"), Action: func() {
				shift.MoveCash(w.desk, func() { w.tell("head.told.cash"); w.shiftChanged() })
			}},
			kit.MenuItem{Icon: kit.IconHeld, Word: words.T("head.menu.drawer"), Action: func() {
				shift.OpenDrawer(w.desk, func() { w.tell("head.told.drawer") })
			}})
	}
	return items
}

// shiftItems are the reading of the shift, and its end or its beginning.
func (w *Window) shiftItems(m menuNow) []kit.MenuItem {
	if w.desk.Shifts == nil {
		return nil
	}
	words := w.desk.Words
	word := "head.menu.shift"
	if !m.crew.open {
		word = "head.menu.open"
	}
	x := kit.MenuItem{Icon: kit.IconPrint, Word: words.T("head.menu.x"), Divider: true, Action: w.printX}
	if why := m.noX(); why != "" {
		x.Off, x.Key = true, words.T(why)
	}
	return []kit.MenuItem{x, {Icon: kit.IconHandOver, Word: words.T(word), Key: string(w.desk.Keys[screen.ActShift]), Action: w.handOver}}
}

// noX is why the person cannot print a reading of the shift now; empty where they
// can. It says what should be in the drawer, so who counts it later waits for it.
func (m menuNow) noX() string {
	c := m.crew
	switch {
	case app.May(c.person, app.RightReports):
		return ""
	case !c.open:
		return "head.menu.x.none"
	case m.blind:
		return "head.menu.x.blind"
	case c.shift.Staff.ID != c.person.ID:
		return "head.menu.x.other"
	}
	return ""
}

// otherItems were always there.
func (w *Window) otherItems() []kit.MenuItem {
	words, keys := w.desk.Words, w.desk.Keys
	return []kit.MenuItem{
		{Icon: kit.IconPrint, Word: words.T("head.menu.reprint"), Key: string(keys[screen.ActReprint]), Off: w.desk.Till == nil, Divider: w.desk.Shifts != nil,
			Action: func() { w.act(screen.ActReprint) }},
		{Icon: kit.IconInfo, Word: words.T("head.menu.health"), Action: w.openHealth},
		{Icon: kit.IconHelp, Word: words.T("head.menu.help"), Key: string(keys[screen.ActHelp]), Action: func() { w.act(screen.ActHelp) }},
	}
}

// printX queues a reading of the open shift, or of the day where none is open.
func (w *Window) printX() {
	cut := data.Cut{ShiftID: w.crew.shift.ID}
	if !w.crew.open {
		today := w.desk.Books.Today()
		cut = data.Cut{From: today, To: today}
	}
	w.desk.Background(func(ctx context.Context) func() {
		err := w.desk.Books.PrintReport(ctx, cut)
		return func() {
			if err != nil {
				w.desk.Log.Warn("the reading cannot be printed", "err", err)
				w.tell("head.told.failed")
				return
			}
			w.desk.WakePrinter()
			w.tell("head.told.x")
		}
	})
}
