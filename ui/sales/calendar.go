package sales

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// calendar is one month as a block of days. A first tap picks the first day, a
// second one the last; a third begins anew.
type calendar struct {
	s        *Screen
	root     *fyne.Container
	grid     *fyne.Container
	title    *kit.Text
	hint     *kit.Text
	next     *kit.Button
	month    data.Day // its first day
	from, to data.Day // picked; to is empty until the second tap
	changed  func()
}

func newCalendar(s *Screen, p period, changed func()) *calendar {
	w := s.desk.Words
	c := &calendar{s: s, month: firstOfMonth(p.to), from: p.from, to: p.to, changed: changed}
	c.title = kit.NewBold("", kit.Row, kit.Ink).Centered()
	c.hint = kit.NewText("", kit.Body, kit.Ink2)
	back := kit.NewButton("", kit.ButtonSmall, func() { c.turn(-1) }).Icon(kit.IconChevronLeft)
	c.next = kit.NewButton("", kit.ButtonSmall, func() { c.turn(1) }).Icon(kit.IconChevron)
	c.grid = &fyne.Container{Layout: monthLayout{}}
	var names []fyne.CanvasObject
	for i := range 7 { // weeks begin on Monday
		names = append(names, kit.NewText(w.T("sales.weekday.short."+strconv.Itoa((i+1)%7)), kit.Caption, kit.Ink3).Centered())
	}
	c.root = kit.Down(8,
		c.hint,
		kit.Across(8, back, kit.Stretch(c.title), c.next),
		kit.Grid(7, monthGap, names...),
		c.grid)
	c.draw()
	return c
}

// picked is the run of days as it is now.
func (c *calendar) picked() period {
	to := c.to
	if to == "" {
		to = c.from
	}
	return chosen(c.from, to, c.s.desk.Books.Today())
}

func (c *calendar) turn(n int) {
	c.month = dayOf(dayTime(c.month).AddDate(0, n, 0))
	c.draw()
}

func (c *calendar) tap(d data.Day) {
	if c.to == "" {
		c.to = d
	} else {
		c.from, c.to = d, ""
	}
	c.draw()
	c.changed()
}

func (c *calendar) draw() {
	w, today := c.s.desk.Words, c.s.desk.Books.Today()
	first := dayTime(c.month)
	c.title.SetText(w.T("sales.period.month_title", "year", first.Year(), "month", first.Format("01")))
	hint := "sales.period.pick_first"
	if c.to == "" {
		hint = "sales.period.pick_last"
	}
	c.hint.SetText(w.T(hint))
	c.next.SetEnabled(firstOfMonth(today) > c.month)
	p := c.picked()
	c.grid.Objects = nil
	for i := 0; i < monthOffset(first); i++ {
		c.grid.Objects = append(c.grid.Objects, nothing())
	}
	for day := c.month; day <= lastOfMonth(c.month); day = plus(day, 1) {
		b := kit.NewQuick("", strconv.Itoa(dayTime(day).Day()), func() { c.tap(day) })
		b.SetChosen(day >= p.from && day <= p.to)
		b.SetEnabled(day <= today)
		c.grid.Objects = append(c.grid.Objects, b)
	}
	c.grid.Refresh()
}

// monthOffset is how many empty places stand before the first day.
func monthOffset(first time.Time) int { return (int(first.Weekday()) + 6) % 7 }

// nothing is an empty place that still counts for a layout.
func nothing() fyne.CanvasObject { return kit.NewText("", kit.Caption, kit.Ink3) }

// monthLayout has seven columns and always six rows, so that the dialog keeps
// its height from month to month.
type monthLayout struct{}

const (
	monthGap float32 = 6
	monthDay float32 = 46
)

func (monthLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(7*56+6*monthGap, 6*monthDay+5*monthGap)
}

func (monthLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w := (s.Width - 6*monthGap) / 7
	for i, o := range objects {
		screen.Place(o, float32(i%7)*(w+monthGap), float32(i/7)*(monthDay+monthGap), w, monthDay)
	}
}

// askDays lets a person pick a run of days.
func (s *Screen) askDays(p period) {
	w := s.desk.Words
	var dialog *kit.Dialog
	var c *calendar
	facts := func() string { return c.picked().dates(w, s.desk.Books.Today()) }
	c = newCalendar(s, p, func() { dialog.SetFacts("", facts()) })
	dialog = kit.NewDialog(w.T("sales.period.title"), c.root, w.T("sales.period.cancel"), w.T("sales.period.show"))
	dialog.Bold = facts()
	dialog.OnAct = func() {
		dialog.Close()
		s.bar.setPeriod(c.picked())
	}
	dialog.Show(s.desk.Window.Canvas())
}
