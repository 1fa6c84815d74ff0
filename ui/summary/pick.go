package summary

import (
	"strconv"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// pick lets a person choose another period of the same unit.
func (b *bar) pick() {
	s := b.s
	switch s.period.unit {
	case unitDay:
		s.desk.AskDay(s.today, s.period.from, func(d data.Day) { s.show(dayPeriod(d)) })
	case unitShift:
		b.pickShift()
	case unitMonth:
		b.askMonth()
	case unitYear:
		b.pickYear()
	case unitRange:
		b.askRange(s.period)
	}
}

// askRange lets a person pick a run of days. Nothing changes when it is given
// up, so the segment goes back to what is shown.
func (b *bar) askRange(p period) {
	s := b.s
	b.show()
	s.desk.AskDays(s.today, p.from, min(p.to, s.today),
		func(from, to data.Day) string { return rangeTitle(s.desk.Words, from, to) },
		func(from, to data.Day) { s.show(rangePeriod(from, to)) })
}

// pickShift offers the shifts of the day, and another day.
func (b *bar) pickShift() {
	s := b.s
	menu := &kit.Menu{Title: s.period.title(s.desk.Words)}
	for _, x := range s.shifts {
		menu.Items = append(menu.Items, kit.MenuItem{
			Word: shiftTitle(s.desk, x), Key: shiftTimes(s.desk, x), Chosen: x.ID == s.period.shiftID,
			Action: func() { s.show(shiftPeriod(s.period.from, x.ID)) },
		})
	}
	menu.Items = append(menu.Items, kit.MenuItem{Icon: kit.IconCalendar, Word: s.desk.Words.T("summary.shift.other_day"), Divider: len(s.shifts) > 0,
		Action: func() { s.desk.AskDay(s.today, s.period.from, func(d data.Day) { s.show(shiftPeriod(d, 0)) }) }})
	b.drop(menu)
}

// years is how many years the menu offers; the arrows go further back.
const years = 8

func (b *bar) pickYear() {
	s := b.s
	menu := &kit.Menu{}
	for n := range years {
		d := screen.DayAt(screen.DayTime(s.today).AddDate(-n, 0, 0))
		menu.Items = append(menu.Items, kit.MenuItem{Word: string(d[:4]), Chosen: yearPeriod(d) == s.period, Action: func() { s.show(yearPeriod(d)) }})
	}
	b.drop(menu)
}

// drop opens a menu below the box.
func (b *bar) drop(menu *kit.Menu) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.which)
	menu.Show(b.s.desk.Window.Canvas(), at.AddXY(0, b.which.Size().Height+4), max(b.which.Size().Width, kit.MenuWidth+40))
}

// months is a year as a block of months.
type months struct {
	s     *Screen
	year  data.Day // its first day
	title *kit.Text
	next  *kit.Button
	keys  [12]*kit.QuickButton
	root  *fyne.Container
}

// askMonth lets a person pick a month; the tap is enough.
func (b *bar) askMonth() {
	s := b.s
	var dialog *kit.Dialog
	m := newMonths(s, func(p period) {
		dialog.Close()
		s.show(p)
	})
	w := s.desk.Words
	dialog = kit.NewDialog(w.T("summary.month.title"), m.root, w.T("sales.period.cancel"), "")
	dialog.Show(s.desk.Window.Canvas())
}

func newMonths(s *Screen, picked func(period)) *months {
	m := &months{s: s, year: yearPeriod(s.period.from).from, title: kit.NewBold("", kit.Row, kit.Ink).Centered()}
	back := kit.NewButton("", kit.ButtonSmall, func() { m.turn(-1) }).Icon(kit.IconChevronLeft)
	m.next = kit.NewButton("", kit.ButtonSmall, func() { m.turn(1) }).Icon(kit.IconChevron)
	var cells []fyne.CanvasObject
	for i := range m.keys {
		m.keys[i] = kit.NewQuick(s.desk.Words.T("summary.month."+strconv.Itoa(i+1)), "", func() { picked(m.month(i)) })
		cells = append(cells, m.keys[i])
	}
	m.root = kit.Down(8, kit.Across(8, back, kit.Stretch(m.title), m.next), kit.Grid(4, 8, cells...))
	m.draw()
	return m
}

func (m *months) month(i int) period {
	return monthPeriod(screen.DayAt(screen.DayTime(m.year).AddDate(0, i, 0)))
}

func (m *months) turn(n int) {
	m.year = screen.DayAt(screen.DayTime(m.year).AddDate(n, 0, 0))
	m.draw()
}

func (m *months) draw() {
	m.title.SetText(string(m.year[:4]))
	m.next.SetEnabled(yearPeriod(m.s.today).from > m.year)
	for i, k := range m.keys {
		p := m.month(i)
		k.SetChosen(p == m.s.period)
		k.SetEnabled(p.from <= m.s.today)
	}
}
