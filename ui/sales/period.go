package sales

import (
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/screen"
)

// A period is the run of business days that the list shows. Named periods move
// with the calendar: "today" is another day after the cut-over.
type period struct {
	kind     periodKind
	from, to data.Day // both included
}

type periodKind string

const (
	periodToday     periodKind = "today"
	periodYesterday periodKind = "yesterday"
	periodWeek      periodKind = "week"  // today and the six days before
	periodMonth     periodKind = "month" // from the first to today
	periodChosen    periodKind = "chosen"
)

// periodKinds are what the popup offers, in its order.
var periodKinds = []periodKind{periodToday, periodYesterday, periodWeek, periodMonth, periodChosen}

// named is a named period as it stands on a day.
func named(kind periodKind, today data.Day) period {
	switch kind {
	case periodYesterday:
		return period{kind, screen.PlusDays(today, -1), screen.PlusDays(today, -1)}
	case periodWeek:
		return period{kind, screen.PlusDays(today, -6), today}
	case periodMonth:
		return period{kind, screen.FirstOfMonth(today), today}
	}
	return period{periodToday, today, today}
}

// chosen is a run of days that a person picked, in either order. Today and
// yesterday get their names back.
func chosen(a, b, today data.Day) period {
	if b < a {
		a, b = b, a
	}
	p := period{periodChosen, a, b}
	for _, kind := range []periodKind{periodToday, periodYesterday} {
		if n := named(kind, today); n.from == a && n.to == b {
			return n
		}
	}
	return p
}

// on is the period as it stands on another day: named ones move.
func (p period) on(today data.Day) period {
	if p.kind == periodChosen {
		return p
	}
	return named(p.kind, today)
}

// single reports whether the period is one day.
func (p period) single() bool { return p.from == p.to }

// step is the period of the same length before (-1) or after (+1) this one;
// whole months step by months. Nothing lies after today: ok is false then.
func (p period) step(n int, today data.Day) (next period, ok bool) {
	if p.wholeMonth() {
		from := screen.DayAt(screen.DayTime(p.from).AddDate(0, n, 0))
		next = period{periodChosen, from, screen.LastOfMonth(from)}
		if screen.FirstOfMonth(today) == from {
			next = named(periodMonth, today)
		}
	} else {
		length := p.days()
		next = chosen(screen.PlusDays(p.from, n*length), screen.PlusDays(p.to, n*length), today)
	}
	if next.from > today || next == p {
		return p, false
	}
	return next, true
}

func (p period) wholeMonth() bool {
	return p.kind == periodMonth || (p.from == screen.FirstOfMonth(p.from) && p.to == screen.LastOfMonth(p.from))
}

// days is how many days the period has.
func (p period) days() int {
	return int(screen.DayTime(p.to).Sub(screen.DayTime(p.from)).Hours()/24) + 1
}

// name is the word of a named period and empty for a chosen one.
func (p period) name(w *lang.Words) string {
	if p.kind == periodChosen {
		return ""
	}
	return w.T("sales.period." + string(p.kind))
}

// dates says which days it is: "11-21 周六", "11-15 至 11-21". The year stands
// there only when it is not this one.
func (p period) dates(w *lang.Words, today data.Day) string {
	if p.single() {
		return shortDay(p.from, today) + " " + screen.Weekday(w, p.from)
	}
	return w.T("sales.period.range", "from", shortDay(p.from, today), "to", shortDay(p.to, today))
}

func shortDay(d, today data.Day) string {
	if d[:4] == today[:4] {
		return string(d[5:])
	}
	return string(d)
}
