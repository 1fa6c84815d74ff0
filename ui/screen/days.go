package screen

import (
	"time"

	"frontdesk/assets/lang"
	"frontdesk/data"
)

// Business days are counted in UTC: they are names, not moments.

// DayTime is the beginning of a day in UTC, to count with.
func DayTime(d data.Day) time.Time {
	t, _ := time.Parse(time.DateOnly, string(d)) // the ledger and the calendar make no others
	return t
}

// DayAt is the day of such a time.
func DayAt(t time.Time) data.Day { return data.Day(t.Format(time.DateOnly)) }

// PlusDays is the day that many days later, or earlier.
func PlusDays(d data.Day, days int) data.Day { return DayAt(DayTime(d).AddDate(0, 0, days)) }

// FirstOfMonth and LastOfMonth are the ends of a day's month.
func FirstOfMonth(d data.Day) data.Day { return d[:8] + "01" }
func LastOfMonth(d data.Day) data.Day {
	return DayAt(DayTime(FirstOfMonth(d)).AddDate(0, 1, -1))
}

// Weekday is the word for a day's place in the week: 周六.
func Weekday(w *lang.Words, d data.Day) string {
	return w.T("sales.weekday." + string(rune('0'+DayTime(d).Weekday())))
}
