package summary

import (
	"strconv"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

const (
	fewestHours = 8  // in the chart of a day, so that one busy hour is no wall
	mostDays    = 62 // a longer run of days is shown by month
)

// newChart draws a day and a shift by hour, a month and a run of days by day, a
// year by month.
func newChart(d *screen.Desk, r reading) chartView {
	var c chartView
	kind := "hour"
	switch {
	case r.period.unit == unitDay || r.period.unit == unitShift:
		c = hourChart(d, r)
	case r.period.unit == unitYear || r.period.days() > mostDays:
		kind = "month"
		c = monthChart(d, r)
	default:
		kind = "day"
		c = dayChart(d, r)
	}
	w := d.Words
	c.Title, c.hint = w.T("summary.chart."+kind), w.T("summary.chart."+kind+".do")
	c.Unit, c.Scale = 100, func(fen int64) string { return scale(w, fen) }
	highest := payment.Amount(0)
	for _, b := range c.Bars {
		highest = max(highest, payment.Amount(b.Value))
	}
	if r.blind {
		c.empty, c.do = w.T("summary.chart.blind"), w.T("summary.chart.blind.do")
	} else if highest == 0 {
		c.empty, c.do = w.T("summary.empty."+string(r.period.unit)), w.T("summary.empty.do")
		if r.goingOn() {
			c.empty, c.do = w.T("summary.empty.so_far"), w.T("summary.empty.so_far.do")
		}
	}
	return c
}

// add puts a bar behind the others. Nothing can be opened where nothing came in
// and nothing went back.
func (c *chartView) add(d *screen.Desk, label, name string, f data.Figures, to target) {
	words := d.Words.T("summary.bar.none", "name", name)
	if f.Payments > 0 {
		words = d.Words.T("summary.bar", "name", name, "count", count(d, f.Payments), "amount", f.Trade.Grouped())
	}
	off := f.Payments == 0 && f.Refunds == 0
	if off {
		to = target{}
	}
	c.Bars = append(c.Bars, kit.Bar{Label: label, Value: max(0, int64(f.Trade)), Figure: f.Trade.Grouped(), Words: words, Off: off})
	c.to = append(c.to, to)
}

func hourChart(d *screen.Desk, r reading) (c chartView) {
	for _, s := range busyHours(r.report.Hours) {
		f, hour := r.period.filter(), s.Hour
		f.Hour = &hour
		c.add(d, strconv.Itoa(s.Hour), d.Words.T("summary.bar.hour", "hour", s.Hour), s.Figures, salesOf(f))
	}
	return c
}

// busyHours are the hours from the first with money to the last one, and some
// beside them where they are few.
func busyHours(hours []data.Slice) []data.Slice {
	first, last := -1, -1
	for i, h := range hours {
		if h.Payments > 0 || h.Trade != 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil
	}
	for last-first+1 < min(fewestHours, len(hours)) {
		if last+1 < len(hours) {
			last++
		}
		if last-first+1 < fewestHours && first > 0 {
			first--
		}
	}
	return hours[first : last+1]
}

// dayChart has a bar for each day; those of this month that have not come keep
// their place.
func dayChart(d *screen.Desk, r reading) (c chartView) {
	for _, s := range r.report.Days {
		label := strconv.Itoa(screen.DayTime(s.Day).Day())
		if r.period.unit == unitRange {
			label = string(s.Day[5:])
		}
		name := string(s.Day[5:]) + " " + screen.Weekday(d.Words, s.Day)
		c.add(d, label, name, s.Figures, periodOf(dayPeriod(s.Day)))
	}
	return c
}

// monthChart has a bar for each month.
func monthChart(d *screen.Desk, r reading) (c chartView) {
	var month data.Day
	var sum data.Figures
	add := func() {
		if month != "" {
			label := d.Words.T("summary.month." + strconv.Itoa(int(screen.DayTime(month).Month())))
			c.add(d, label, string(month[:7]), sum, periodOf(monthPeriod(month)))
		}
	}
	for _, s := range r.report.Days {
		if m := screen.FirstOfMonth(s.Day); m != month {
			add()
			month, sum = m, data.Figures{}
		}
		sum.Payments += s.Payments
		sum.Trade += s.Trade
		sum.Refunds += s.Refunds
	}
	add()
	return c
}

// scale words a line of the chart, in yuan. It is a round figure; large ones are
// told in 万 and 亿, or in millions.
func scale(w *lang.Words, fen int64) string {
	yuan := fen / 100
	const million, wan, yi = 1_000_000, 10_000, 100_000_000
	chinese := w.Language() == lang.Chinese
	switch {
	case yuan < million:
		return grouped(int(yuan))
	case chinese && yuan%yi == 0:
		return w.T("summary.scale.yi", "n", grouped(int(yuan/yi)))
	case chinese && yuan%wan == 0:
		return w.T("summary.scale.wan", "n", grouped(int(yuan/wan)))
	case !chinese && yuan%million == 0:
		return w.T("summary.scale.million", "n", grouped(int(yuan/million)))
	}
	return grouped(int(yuan))
}
