package settings

import (
	"time"

	"frontdesk/assets/lang"
	"frontdesk/payment"
)

// newShiftsPage is how shifts are handed over and days are closed, and what
// clerks see.
func newShiftsPage(s *Screen) *page {
	p := newPage(s, "shifts")
	w := s.desk.Words
	p.heading("shift")
	p.text("shift.names", asIs, isLines(w, 1, 60))
	p.toggle("shift.blind", p.word("shift.blind.on"))
	p.text("shift.limit", asIs, isAmountOrNone(w))
	p.toggle("staff.see_all", p.word("staff.see_all.on"))
	p.heading("day")
	p.text("day.cutover", asIs, isClock(w))
	p.toggle("day.auto", p.word("day.auto.on"))
	p.toggle("day.print", p.word("day.print.on"))
	p.toggle("day.backup", p.word("day.backup.on"))
	p.toggle("day.bills", p.word("day.bills.on"))
	p.text("day.keep", asIs, isCount(w, 1, 9999))
	return p.finish()
}

// isAmountOrNone wants money, or nothing at all: 0.00.
func isAmountOrNone(w *lang.Words) func(string) string {
	return func(s string) string {
		if a, err := payment.ParseAmount(s); s != "" && (err != nil || a < 0 || a > payment.MaxAmount) {
			return w.T("settings.bad.amount_or_none")
		}
		return ""
	}
}

// latestCutover is the last time of day at which a business day can begin.
const latestCutover = "12:00"

// isClock wants a time of day from midnight to noon.
func isClock(w *lang.Words) func(string) string {
	return func(s string) string {
		if s == "" {
			return ""
		}
		at, err := time.Parse("15:04", s)
		if err != nil || at.Format("15:04") > latestCutover {
			return w.T("settings.bad.clock", "latest", latestCutover)
		}
		return ""
	}
}
