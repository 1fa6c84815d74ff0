package shift

import (
	"strings"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// Title is a shift in words: 王敏·早班, or the name alone.
func Title(d *screen.Desk, s data.Shift) string {
	name := d.PersonName(s.Staff)
	if s.Name == "" {
		return name
	}
	return name + "·" + s.Name
}

// Since is when a shift began, with its day where that is not today: "07:00".
func Since(d *screen.Desk, s data.Shift) string {
	at := s.OpenedAt.In(payment.Beijing)
	if screen.DayAt(at) == screen.DayAt(d.Now().In(payment.Beijing)) {
		return at.Format("15:04")
	}
	return at.Format("01-02 15:04")
}

// names are the shop's usual names of shifts, in their order.
func names(setting string) []string { return strings.Fields(setting) }

// nameAfter is the usual name that follows one; the first where it is none of
// them.
func nameAfter(list []string, name string) string {
	for i, n := range list {
		if n == name {
			return list[(i+1)%len(list)]
		}
	}
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// signed is an amount that says by its sign which way it went.
func signed(a payment.Amount) string {
	if a > 0 {
		return "+" + a.Grouped()
	}
	return a.Grouped()
}

// openLine is what has no result yet, in one line: "2 笔待确认　¥99.00"; empty for
// nothing. The sum is that of the payments, refunds and deposits together.
func openLine(d *screen.Desk, o data.OpenSums) (line string) {
	if o.Count() == 0 {
		return ""
	}
	return d.Words.T("shift.open.line", "n", o.Count(), "amount", (o.Paid + o.Refunded + o.Held + o.Stepped).Grouped())
}

// openKinds says of what kinds they are, where there is more than payments.
func openKinds(d *screen.Desk, o data.OpenSums) string {
	var parts []string
	add := func(key string, n int, a payment.Amount) {
		if n > 0 {
			parts = append(parts, d.Words.T("shift.open."+key, "n", n, "amount", a.Grouped()))
		}
	}
	add("payments", o.Payments, o.Paid)
	add("refunds", o.Refunds, o.Refunded)
	add("holds", o.Holds, o.Held)
	add("steps", o.Steps, o.Stepped)
	return strings.Join(parts, d.Words.T("till.comma"))
}

// clock is a moment as people read it.
func clock(t time.Time) string { return t.In(payment.Beijing).Format("15:04") }
