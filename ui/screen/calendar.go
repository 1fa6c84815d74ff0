package screen

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/ui/kit"
)

// Calendar is one month as a block of days. Days after today cannot be picked.
//
// For a run of days, a first tap picks the first day, a second one the last; a
// third begins anew. For a single day each tap picks it.
type Calendar struct {
	d        *Desk
	today    data.Day // nothing after it can be picked
	single   bool
	root     *fyne.Container
	grid     *fyne.Container
	title    *kit.Text
	hint     *kit.Text
	next     *kit.Button
	month    data.Day // its first day
	from, to data.Day // picked; to is empty until the second tap
	changed  func()
}

// NewCalendar shows the month of to, with the days from from to to picked.
func NewCalendar(d *Desk, today, from, to data.Day, changed func()) *Calendar {
	c := &Calendar{d: d, today: today, month: FirstOfMonth(to), from: from, to: to, changed: changed}
	c.build()
	return c
}

// NewDayCalendar is a calendar for a single day.
func NewDayCalendar(d *Desk, today, day data.Day, changed func()) *Calendar {
	c := &Calendar{d: d, today: today, single: true, month: FirstOfMonth(day), from: day, to: day, changed: changed}
	c.build()
	return c
}

func (c *Calendar) build() {
	w := c.d.Words
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
}

// Object is the calendar's content.
func (c *Calendar) Object() fyne.CanvasObject { return c.root }

// Picked is the run of days as it is now, in order.
func (c *Calendar) Picked() (from, to data.Day) {
	if c.to == "" {
		return c.from, c.from
	}
	return min(c.from, c.to), max(c.from, c.to)
}

func (c *Calendar) turn(n int) {
	c.month = DayAt(DayTime(c.month).AddDate(0, n, 0))
	c.draw()
}

func (c *Calendar) tap(d data.Day) {
	switch {
	case c.single:
		c.from, c.to = d, d
	case c.to == "":
		c.to = d
	default:
		c.from, c.to = d, ""
	}
	c.draw()
	c.changed()
}

func (c *Calendar) draw() {
	w, today := c.d.Words, c.today
	first := DayTime(c.month)
	c.title.SetText(w.T("sales.period.month_title", "year", first.Year(), "month", first.Format("01")))
	hint := "sales.period.pick_first"
	switch {
	case c.single:
		hint = "sales.period.pick_day"
	case c.to == "":
		hint = "sales.period.pick_last"
	}
	c.hint.SetText(w.T(hint))
	c.next.SetEnabled(FirstOfMonth(today) > c.month)
	from, to := c.Picked()
	c.grid.Objects = nil
	for i := 0; i < monthOffset(first); i++ {
		c.grid.Objects = append(c.grid.Objects, nothing())
	}
	for day := c.month; day <= LastOfMonth(c.month); day = PlusDays(day, 1) {
		b := kit.NewQuick("", strconv.Itoa(DayTime(day).Day()), func() { c.tap(day) })
		b.SetChosen(day >= from && day <= to)
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
		Place(o, float32(i%7)*(w+monthGap), float32(i/7)*(monthDay+monthGap), w, monthDay)
	}
}

// AskDays lets a person pick a run of days. dates words it, as it is picked.
func (d *Desk) AskDays(today, from, to data.Day, dates func(from, to data.Day) string, then func(from, to data.Day)) {
	w := d.Words
	var dialog *kit.Dialog
	var c *Calendar
	c = NewCalendar(d, today, from, to, func() { dialog.SetFacts("", dates(c.Picked())) })
	dialog = kit.NewDialog(w.T("sales.period.title"), c.Object(), w.T("sales.period.cancel"), w.T("sales.period.show"))
	dialog.Bold = dates(c.Picked())
	dialog.OnAct = func() {
		dialog.Close()
		then(c.Picked())
	}
	dialog.Show(d.Window.Canvas())
}

// AskDay lets a person pick one day; the tap is enough.
func (d *Desk) AskDay(today, day data.Day, then func(day data.Day)) {
	var dialog *kit.Dialog
	var c *Calendar
	c = NewDayCalendar(d, today, day, func() {
		dialog.Close()
		picked, _ := c.Picked()
		then(picked)
	})
	dialog = kit.NewDialog(d.Words.T("sales.period.title_day"), c.Object(), d.Words.T("sales.period.cancel"), "")
	dialog.Show(d.Window.Canvas())
}
