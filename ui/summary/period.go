package summary

import (
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/screen"
)

// unit is what a summary is about.
type unit string

const (
	unitDay   unit = "day"
	unitShift unit = "shift"
	unitMonth unit = "month"
	unitYear  unit = "year"
	unitRange unit = "range" // any run of days
)

// units are what the bar offers, in its order.
var units = []unit{unitDay, unitShift, unitMonth, unitYear, unitRange}

// period is what is summed: business days, or a shift.
type period struct {
	unit     unit
	from, to data.Day // both included; of a shift, the day under which it was looked for, twice
	shiftID  int64    // unitShift only; 0 while it is not known, or the day has none
}

func dayPeriod(d data.Day) period { return period{unit: unitDay, from: d, to: d} }

func monthPeriod(d data.Day) period {
	return period{unit: unitMonth, from: screen.FirstOfMonth(d), to: screen.LastOfMonth(d)}
}

func yearPeriod(d data.Day) period {
	return period{unit: unitYear, from: d[:5] + "01-01", to: d[:5] + "12-31"}
}

// rangePeriod is a run of days; one of a single day is a day.
func rangePeriod(from, to data.Day) period {
	if from == to {
		return dayPeriod(from)
	}
	return period{unit: unitRange, from: from, to: to}
}

// shiftPeriod is a shift, looked for under a day; 0 for the last one of that day.
func shiftPeriod(d data.Day, id int64) period {
	return period{unit: unitShift, from: d, to: d, shiftID: id}
}

// cut is what the ledger is asked for; ok is false for a day without a shift.
func (p period) cut() (c data.Cut, ok bool) {
	if p.unit == unitShift {
		return data.Cut{ShiftID: p.shiftID}, p.shiftID != 0
	}
	return data.Cut{From: p.from, To: p.to}, true
}

// filter chooses the sales whose money belongs to the period.
func (p period) filter() data.Filter {
	if p.unit == unitShift {
		return data.Filter{ShiftID: p.shiftID, ByMoney: true}
	}
	return data.Filter{From: p.from, To: p.to, ByMoney: true}
}

// has reports whether a day lies in it.
func (p period) has(d data.Day) bool { return p.from <= d && d <= p.to }

// as is the same time in another unit. day is the day that was looked at last:
// where it lies in the period, that one is shown.
func (p period) as(u unit, day, today data.Day) period {
	if !p.has(day) {
		day = max(p.from, min(p.to, today))
	}
	switch u {
	case unitDay:
		return dayPeriod(day)
	case unitShift:
		return shiftPeriod(day, 0)
	case unitMonth:
		return monthPeriod(day)
	case unitYear:
		return yearPeriod(day)
	}
	return period{unit: unitRange, from: p.from, to: min(p.to, max(p.from, today))}
}

// step is the period before (-1) or after (+1) this one. Nothing lies after
// today: ok is false then. Shifts step by the list of shifts instead.
func (p period) step(n int, today data.Day) (next period, ok bool) {
	switch p.unit {
	case unitDay:
		next = dayPeriod(screen.PlusDays(p.from, n))
	case unitMonth:
		next = monthPeriod(screen.DayAt(screen.DayTime(p.from).AddDate(0, n, 0)))
	case unitYear:
		next = yearPeriod(screen.DayAt(screen.DayTime(p.from).AddDate(n, 0, 0)))
	case unitRange:
		days := p.days()
		next = rangePeriod(screen.PlusDays(p.from, n*days), screen.PlusDays(p.to, n*days))
	default:
		return p, false
	}
	return next, next.from <= today && next.from >= firstDay
}

// firstDay bounds the past: no till is older.
const firstDay data.Day = "2000-01-01"

// days is how many days the period has.
func (p period) days() int {
	return int(screen.DayTime(p.to).Sub(screen.DayTime(p.from)).Hours()/24) + 1
}

// title names the period. Of a shift it names the day only.
func (p period) title(w *lang.Words) string {
	switch p.unit {
	case unitMonth:
		return string(p.from[:7])
	case unitYear:
		return string(p.from[:4])
	case unitRange:
		return rangeTitle(w, p.from, p.to)
	}
	return string(p.from) + "  " + screen.Weekday(w, p.from)
}

// rangeTitle names a run of days, with the year once where it is the same.
func rangeTitle(w *lang.Words, from, to data.Day) string {
	if from == to {
		return string(from) + "  " + screen.Weekday(w, from)
	}
	end := string(to)
	if from[:4] == to[:4] {
		end = end[5:]
	}
	return w.T("sales.period.range", "from", string(from), "to", end)
}
