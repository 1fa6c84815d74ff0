package summary

import (
	"testing"

	"frontdesk/assets/lang"
	"frontdesk/data"
)

const today data.Day = "2026-11-21" // a Saturday

func TestPeriodsStepByTheirOwnLength(t *testing.T) {
	for _, c := range []struct {
		name string
		p    period
		n    int
		want period
		ok   bool
	}{
		{"day back", dayPeriod(today), -1, dayPeriod("2026-11-20"), true},
		{"over a leap day", dayPeriod("2028-03-01"), -1, dayPeriod("2028-02-29"), true},
		{"nothing is after today", dayPeriod(today), 1, dayPeriod("2026-11-22"), false},
		{"day on", dayPeriod("2026-11-20"), 1, dayPeriod(today), true},
		{"month back over the year's end", monthPeriod("2026-01-15"), -1, period{unit: unitMonth, from: "2025-12-01", to: "2025-12-31"}, true},
		{"this month is the last", monthPeriod(today), 1, monthPeriod("2026-12-01"), false},
		{"month on", monthPeriod("2026-10-31"), 1, monthPeriod(today), true},
		{"year back", yearPeriod(today), -1, period{unit: unitYear, from: "2025-01-01", to: "2025-12-31"}, true},
		{"this year is the last", yearPeriod(today), 1, yearPeriod("2027-05-05"), false},
		{"run of days back", rangePeriod("2026-11-03", "2026-11-09"), -1, rangePeriod("2026-10-27", "2026-11-02"), true},
		{"run of days that would begin tomorrow", rangePeriod("2026-11-19", today), 1, rangePeriod("2026-11-22", "2026-11-24"), false},
		{"before all tills", dayPeriod(firstDay), -1, dayPeriod("1999-12-31"), false},
	} {
		on := today
		if c.p.from > today {
			on = "2028-04-01"
		}
		if got, ok := c.p.step(c.n, on); got != c.want || ok != c.ok {
			t.Errorf("%s: %v %v, want %v %v", c.name, got, ok, c.want, c.ok)
		}
	}
	if _, ok := shiftPeriod(today, 5).step(-1, today); ok {
		t.Error("a shift stepped by the calendar")
	}
}

func TestAnotherUnitShowsTheSameTime(t *testing.T) {
	for _, c := range []struct {
		name string
		p    period
		to   unit
		day  data.Day
		want period
	}{
		{"day to month", dayPeriod(today), unitMonth, today, monthPeriod(today)},
		{"month to the day that was seen before", monthPeriod(today), unitDay, "2026-11-11", dayPeriod("2026-11-11")},
		{"this month to today", monthPeriod(today), unitDay, "2026-10-30", dayPeriod(today)},
		{"an older month to its last day", monthPeriod("2026-09-01"), unitDay, today, dayPeriod("2026-09-30")},
		{"an older year to its last month", yearPeriod("2025-03-03"), unitMonth, today, monthPeriod("2025-12-31")},
		{"day to the shifts of it", dayPeriod("2026-11-20"), unitShift, "2026-11-20", shiftPeriod("2026-11-20", 0)},
		{"this month to a run of days ends today", monthPeriod(today), unitRange, today, period{unit: unitRange, from: "2026-11-01", to: today}},
	} {
		if got := c.p.as(c.to, c.day, today); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWhatTheLedgerIsAskedFor(t *testing.T) {
	if c, ok := monthPeriod(today).cut(); c != (data.Cut{From: "2026-11-01", To: "2026-11-30"}) || !ok {
		t.Errorf("month: %v %v", c, ok)
	}
	if c, ok := shiftPeriod(today, 7).cut(); c != (data.Cut{ShiftID: 7}) || !ok {
		t.Errorf("shift: %v %v", c, ok)
	}
	if _, ok := shiftPeriod(today, 0).cut(); ok {
		t.Error("a shift that is none was asked for")
	}
	if f := shiftPeriod(today, 7).filter(); f != (data.Filter{ShiftID: 7, ByMoney: true}) {
		t.Errorf("sales of a shift: %+v", f)
	}
	if f := dayPeriod(today).filter(); f != (data.Filter{From: today, To: today, ByMoney: true}) {
		t.Errorf("sales of a day: %+v", f)
	}
}

func TestPeriodsAreNamed(t *testing.T) {
	w := lang.Load(lang.Chinese)
	for p, want := range map[period]string{
		dayPeriod(today):                        "2026-11-21  周六",
		monthPeriod(today):                      "2026-11",
		yearPeriod(today):                       "2026",
		rangePeriod("2026-11-03", "2026-11-09"): "2026-11-03 至 11-09",
		rangePeriod("2025-12-30", "2026-01-02"): "2025-12-30 至 2026-01-02",
		rangePeriod("2026-11-20", "2026-11-20"): "2026-11-20  周五",
		shiftPeriod("2026-11-20", 3):            "2026-11-20  周五",
	} {
		if got := p.title(w); got != want {
			t.Errorf("%v is %q, want %q", p, got, want)
		}
	}
}
