package summary

import (
	"fmt"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// amountRow is a name and an amount.
func amountRow(name string, a payment.Amount) row {
	return row{CardLine: kit.CardLine{Word: name, Value: a.Grouped()}}
}

// newDrawer tells what should be in the drawer, and what was found. Who counts it
// later does not see what to find.
func newDrawer(d *screen.Desk, r reading) box {
	w, c := d.Words, r.report.Drawer
	b := box{title: w.T("summary.drawer")}
	if r.blind {
		b.rows = []row{amountRow(w.T("summary.drawer.float"), c.Float), blindRow(d)}
		return b
	}
	b.rows = []row{amountRow(w.T("summary.drawer.float"), c.Float), amountRow(w.T("summary.drawer.net"), c.Paid-c.Refunded)}
	for _, more := range []struct {
		key    string
		amount payment.Amount
	}{{"summary.drawer.deposits", c.Deposits}, {"summary.drawer.in", c.In}, {"summary.drawer.out", -c.Out}} {
		if more.amount != 0 {
			b.rows = append(b.rows, amountRow(w.T(more.key), more.amount))
		}
	}
	foot := amountRow(w.T("summary.drawer.expected"), c.Expected)
	switch {
	case c.IsCounted && c.Difference == 0:
		foot.Word = w.T("summary.drawer.right")
	case c.IsCounted:
		b.rows = append(b.rows, foot, amountRow(w.T("summary.drawer.counted"), c.Counted))
		foot = row{CardLine: kit.CardLine{Icon: kit.IconAlert, Ink: kit.Warn, Color: kit.Warn, Word: w.T("summary.drawer.over"), Value: c.Difference.Signed()}}
		if c.Difference < 0 {
			foot.Icon, foot.Ink, foot.Color, foot.Word = kit.IconFailed, kit.Bad, kit.Bad, w.T("summary.drawer.short")
		}
	default:
		foot.Count = w.T("summary.drawer.uncounted")
	}
	b.foot = &foot
	return b
}

// blindRow stands where figures would tell what is in the drawer.
func blindRow(d *screen.Desk) row {
	return row{CardLine: kit.CardLine{Icon: kit.IconHeld, Ink: kit.Ink3, Word: d.Words.T("summary.drawer.blind")}}
}

// newShifts lists the shifts of a day.
func newShifts(d *screen.Desk, r reading) box {
	if r.blind {
		return box{title: d.Words.T("summary.shifts"), rows: []row{blindRow(d)}}
	}
	b := box{title: d.Words.T("summary.shifts"), foot: sumRow(d, r)}
	for _, s := range r.report.Shifts {
		line := row{CardLine: kit.CardLine{Word: shiftName(d, s.Shift.ID, s.Shift.Name), Name: s.Shift.Staff.Name, Count: count(d, s.Payments), Value: s.Trade.Grouped()}}
		if s.Shift.Open {
			line.Word = d.Words.T("summary.shift.open", "name", line.Word)
		}
		if s.Shift.ID != 0 {
			line.to = periodOf(shiftPeriod(r.period.from, s.Shift.ID))
		}
		b.rows = append(b.rows, line)
	}
	return b.orNothing(d)
}

// newPeople lists who took the money.
func newPeople(d *screen.Desk, r reading) box {
	if r.blind {
		return box{title: d.Words.T("summary.people"), rows: []row{blindRow(d)}}
	}
	b := box{title: d.Words.T("summary.people"), foot: sumRow(d, r)}
	for _, s := range r.report.People {
		f := r.period.filter()
		f.StaffID = s.Staff.ID
		name := s.Staff.Name
		if name == "" {
			name = d.Words.T("summary.people.nobody")
		}
		b.rows = append(b.rows, row{kit.CardLine{Word: name, Count: count(d, s.Payments), Value: s.Trade.Grouped()}, salesOf(f)})
	}
	return b.orNothing(d)
}

func sumRow(d *screen.Desk, r reading) *row {
	t := r.report.Total
	foot := row{CardLine: kit.CardLine{Word: d.Words.T("summary.sum"), Count: count(d, t.Payments), Value: t.Trade.Grouped()}}
	return &foot
}

// orNothing says so where there are no rows.
func (b box) orNothing(d *screen.Desk) box {
	if len(b.rows) == 0 {
		b.rows = []row{{CardLine: kit.CardLine{Word: d.Words.T("summary.rows.none")}}}
	}
	return b
}

// newDeposits tells what was held, what came and went, and what is held.
func newDeposits(d *screen.Desk, r reading) box {
	w, t := d.Words, r.report.Deposits
	line := func(key string, n int, a payment.Amount) row {
		l := amountRow(w.T(key), a)
		l.Count = d.Words.T("summary.times", "n", grouped(n))
		return l
	}
	foot := amountRow(w.T("summary.deposits.closing"), t.ClosingHeld)
	foot.to = target{kind: toDeposits}
	return box{title: w.T("summary.deposits"), foot: &foot, rows: []row{
		amountRow(w.T("summary.deposits.opening"), t.OpeningHeld),
		line("summary.deposits.taken", t.Takes, t.Taken),
		line("summary.deposits.captured", t.Captures, -t.Captured),
		line("summary.deposits.released", t.Releases, -t.Released),
	}}
}

// newClosing lists what has to be in order for a day to be closed.
func newClosing(d *screen.Desk, r reading) box {
	w := d.Words
	b := box{title: w.T("summary.closing"), rows: []row{openRow(d, r)}}
	if bill, ok := billRow(d, r); ok {
		b.rows = append(b.rows, bill)
	}
	if z, ok := zRow(d, r); ok {
		b.rows = append(b.rows, z)
	}
	b.rows = append(b.rows, backupRow(d, r))
	return b
}

// openRow counts what has no result.
func openRow(d *screen.Desk, r reading) row {
	o := r.report.Open
	line := row{CardLine: kit.CardLine{Icon: kit.IconPaid, Ink: kit.Ok, Word: d.Words.T("summary.closing.open", "n", o.Count())}}
	if o.Count() == 0 {
		return line
	}
	line.Icon, line.Ink, line.Strong = kit.IconUnknown, kit.Warn, true
	f := r.period.filter()
	switch {
	case o.Payments > 0:
		f.State = data.SaleUnknown
		line.Value = o.Paid.Grouped()
		line.to = salesOf(f)
	case o.Refunds > 0:
		f.Refunds = true
		line.Value = (-o.Refunded).Grouped()
		line.to = salesOf(f)
	default:
		line.to = target{kind: toDeposits}
	}
	return line
}

// zRow tells whether the Z report was made; ok is false for what has none.
func zRow(d *screen.Desk, r reading) (line row, ok bool) {
	w := d.Words
	line = row{CardLine: kit.CardLine{Icon: kit.IconDot, Ink: kit.Ink3}}
	switch kind := string(r.period.unit); {
	case r.period.unit != unitDay && r.period.unit != unitShift:
		return row{}, false
	case r.hasZ && !r.z.Report.Total.SameMoney(r.report.Total): // something was settled since
		return row{kit.CardLine{Icon: kit.IconAlert, Ink: kit.Warn, Word: w.T("summary.closing.z.changed", "number", fmt.Sprintf("%04d", r.z.Number))},
			target{kind: toPaper}}, true
	case r.hasZ:
		return row{kit.CardLine{Icon: kit.IconPaid, Ink: kit.Ok, Word: w.T("summary.closing.z."+kind, "number", fmt.Sprintf("%04d", r.z.Number))},
			target{kind: toPaper}}, true
	case r.goingOn():
		line.Word = w.T("summary.closing.no_z." + kind + ".open")
	default:
		line.Icon, line.Ink, line.Word = kit.IconAlert, kit.Warn, w.T("summary.closing.no_z."+kind)
	}
	return line, true
}

// oldBackup is from when on a backup is too old: a day that was closed makes one.
const oldBackup = 48 * time.Hour

func backupRow(d *screen.Desk, r reading) row {
	w := d.Words
	if r.noBackup != "" { // the till goes on trying
		word := "summary.closing.backup.failed"
		if r.noBackup == string(data.KindDiskFull) {
			word = "summary.closing.backup.disk_full"
		}
		return row{CardLine: kit.CardLine{Icon: kit.IconAlert, Ink: kit.Warn, Word: w.T(word), Strong: true}}
	}
	if !r.hasBack {
		return row{CardLine: kit.CardLine{Icon: kit.IconAlert, Ink: kit.Warn, Word: w.T("summary.closing.no_backup")}}
	}
	line := row{CardLine: kit.CardLine{Icon: kit.IconPaid, Ink: kit.Ok, Word: w.T("summary.closing.backup", "time", moment(r.backup, r.now))}}
	if r.now.Sub(r.backup) > oldBackup {
		line.Icon, line.Ink = kit.IconAlert, kit.Warn
	}
	return line
}

// moment is a time in Beijing, with as much of its date as it takes to know it.
func moment(at, now time.Time) string {
	at, now = at.In(payment.Beijing), now.In(payment.Beijing)
	layout := "15:04"
	switch {
	case at.Year() != now.Year():
		layout = "2006-01-02 15:04"
	case at.YearDay() != now.YearDay():
		layout = "01-02 15:04"
	}
	return at.Format(layout)
}
