package sales

import (
	"testing"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/screen"
)

const today data.Day = "2026-11-21" // a Saturday

func TestNamedPeriodsMoveWithTheCalendar(t *testing.T) {
	for _, c := range []struct {
		kind     periodKind
		from, to data.Day
	}{
		{periodToday, "2026-11-21", "2026-11-21"},
		{periodYesterday, "2026-11-20", "2026-11-20"},
		{periodWeek, "2026-11-15", "2026-11-21"},
		{periodMonth, "2026-11-01", "2026-11-21"},
	} {
		p := named(c.kind, today)
		if p.from != c.from || p.to != c.to {
			t.Errorf("%s is %s to %s, want %s to %s", c.kind, p.from, p.to, c.from, c.to)
		}
		if later := p.on("2026-12-01"); later.to != screen.PlusDays(c.to, 10) {
			t.Errorf("%s ten days later ends on %s", c.kind, later.to)
		}
	}
	if p := chosen("2026-11-03", "2026-11-09", today); p.on("2026-12-01") != p {
		t.Error("a chosen period moved")
	}
}

func TestPeriodsStepByTheirOwnLength(t *testing.T) {
	for _, c := range []struct {
		name string
		p    period
		n    int
		want period
		ok   bool
	}{
		{"today back", named(periodToday, today), -1, named(periodYesterday, today), true},
		{"yesterday back", named(periodYesterday, today), -1, period{periodChosen, "2026-11-19", "2026-11-19"}, true},
		{"back to today", named(periodYesterday, today), 1, named(periodToday, today), true},
		{"not after today", named(periodToday, today), 1, named(periodToday, today), false},
		{"a week back", named(periodWeek, today), -1, period{periodChosen, "2026-11-08", "2026-11-14"}, true},
		{"this month back", named(periodMonth, today), -1, period{periodChosen, "2026-10-01", "2026-10-31"}, true},
		{"over the year's end", period{periodChosen, "2026-01-01", "2026-01-31"}, -1, period{periodChosen, "2025-12-01", "2025-12-31"}, true},
		{"on to this month", period{periodChosen, "2026-10-01", "2026-10-31"}, 1, named(periodMonth, today), true},
		{"not after this month", named(periodMonth, today), 1, named(periodMonth, today), false},
		{"chosen run", period{periodChosen, "2026-11-03", "2026-11-05"}, 1, period{periodChosen, "2026-11-06", "2026-11-08"}, true},
		{"leap day", period{periodChosen, "2028-03-01", "2028-03-31"}, -1, period{periodChosen, "2028-02-01", "2028-02-29"}, true},
	} {
		on := today
		if c.name == "leap day" {
			on = "2028-04-02"
		}
		got, ok := c.p.step(c.n, on)
		if got != c.want || ok != c.ok {
			t.Errorf("%s: %v %v, want %v %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func TestPickedDaysInEitherOrder(t *testing.T) {
	if got := chosen("2026-11-09", "2026-11-03", today); got != (period{periodChosen, "2026-11-03", "2026-11-09"}) {
		t.Errorf("got %v", got)
	}
	if got := chosen(today, today, today); got.kind != periodToday {
		t.Errorf("picking today gives %v", got)
	}
}

func TestPeriodWords(t *testing.T) {
	w := lang.Load(lang.Chinese)
	for _, c := range []struct {
		p           period
		name, dates string
	}{
		{named(periodToday, today), "今天", "11-21 周六"},
		{named(periodWeek, today), "近 7 天", "11-15 至 11-21"},
		{period{periodChosen, "2025-12-31", "2025-12-31"}, "", "2025-12-31 周三"},
		{period{periodChosen, "2025-12-30", "2026-01-02"}, "", "2025-12-30 至 01-02"},
	} {
		if c.p.name(w) != c.name || c.p.dates(w, today) != c.dates {
			t.Errorf("%v reads %q %q, want %q %q", c.p, c.p.name(w), c.p.dates(w, today), c.name, c.dates)
		}
	}
}
