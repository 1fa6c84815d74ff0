package data

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// zRow is a Z report as it lies in its table.
type zRow struct {
	Z
	day      Day
	shiftID  int64 // 0 for a day's
	headSeq  int64
	headHash []byte
	content  string // JSON of the report
}

const zColumns = `z.id, z.kind, z.number, z.day, coalesce(z.shift_id, 0), z.made_at, z.head_seq, z.head_hash, z.content,
	z.staff_id, coalesce(p.name, ''), coalesce(p.role, '')`

// zTables are what zColumns are read from.
const zTables = "z_reports z LEFT JOIN staff p ON p.id = z.staff_id"

func scanZRow(v *values) zRow {
	z := zRow{Z: Z{ID: v.int(), Kind: ReportKind(v.text()), Number: v.int()}, day: Day(v.text()), shiftID: v.int()}
	z.MadeAt, z.headSeq, z.headHash, z.content, z.Staff = moment(v.int()), v.int(), v.bytes(), v.text(), scanStaff(v)
	return z
}

func scanZ(v *values) Z {
	z := scanZRow(v)
	if err := json.Unmarshal([]byte(z.content), &z.Report); err != nil {
		v.fail("content of Z report %d: %w", z.ID, err)
	}
	return z.Z
}

// makeZ makes the Z report of a cut, as it is now, with everything that this
// transaction has written. day is the business day under which it is found.
func (l *Ledger) makeZ(x *tx, c Cut, day Day, staff Staff, print bool) (Z, error) {
	z := zRow{Z: Z{Kind: ReportDay, MadeAt: x.stamp(), Staff: staff}, day: day, shiftID: c.ShiftID}
	if c.ShiftID != 0 {
		z.Kind = ReportShift
	}
	var err error
	if z.Report, err = l.report(x, c, x.now); err != nil {
		return z.Z, err
	}
	content, err := json.Marshal(z.Report)
	if err != nil {
		return z.Z, fmt.Errorf("content of Z report: %w", err)
	}
	z.content = string(content)
	if z.headSeq, z.headHash, err = journalEnd(x); err != nil {
		return z.Z, err
	}
	if z.headHash == nil {
		z.headHash = []byte{} // a day on which nothing ever happened
	}
	if z.Number, err = one(x, scanInt, "SELECT coalesce(max(number), 0) + 1 FROM z_reports WHERE kind = ?", string(z.Kind)); err != nil {
		return z.Z, err
	}
	z.ID, err = x.insert(`INSERT INTO z_reports (kind, number, day, shift_id, made_at, staff_id, head_seq, head_hash, content)
		VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?)`,
		string(z.Kind), z.Number, string(z.day), z.shiftID, milli(z.MadeAt), z.Staff.ID, z.headSeq, z.headHash, z.content)
	if err != nil {
		return z.Z, fmt.Errorf("insert Z report: %w", err)
	}
	err = l.journal(x, journalRow{kind: journalZ, staffID: z.Staff.ID, amount: z.Report.Total.Net, detail: strconv.FormatInt(z.ID, 10), proof: proofOfZ(z),
		counts: countPart{shiftID: z.shiftID}})
	if err != nil || !print {
		return z.Z, err
	}
	return z.Z, queueReport(x, PrintJob{Kind: PrintZ, ZID: z.ID, State: PrintQueued}, 0)
}

// MakeDayZ makes the Z report of a business day that has ended, or returns the
// one that is there. Their numbers follow the days. staffID is 0 when the
// program makes it by itself; print queues it.
//
// Errors: ErrInvalid (no day, or one before the ledger knew Z reports),
// ErrDayNotOver, *EarlierDayError (an earlier day has to be made first),
// *LaterDayError (a later one has been made), ErrNotFound (no such person), and
// those of any write.
func (l *Ledger) MakeDayZ(ctx context.Context, day Day, staffID int64, print bool) (z Z, err error) {
	if _, err := day.begin(0); err != nil {
		return Z{}, fmt.Errorf("make Z report: %w", err)
	}
	err = l.change(ctx, func(x *tx) error {
		list, err := all(x, scanZ, "SELECT "+zColumns+" FROM "+zTables+" WHERE z.kind = 'day' AND z.day = ?", string(day))
		if err != nil {
			return err
		}
		if len(list) > 0 {
			z = list[0]
			return nil
		}
		if err := l.mayMakeDay(x, day); err != nil {
			return err
		}
		var staff Staff
		if staffID != 0 {
			if staff, err = staffByID(x, staffID); err != nil {
				return err
			}
		}
		z, err = l.makeZ(x, Cut{From: day, To: day}, day, staff, print)
		return err
	})
	if err != nil {
		return Z{}, fmt.Errorf("make Z report of %s: %w", day, err)
	}
	return z, nil
}

// mayMakeDay holds the order of the Z reports of days.
func (l *Ledger) mayMakeDay(x *tx, day Day) error {
	today := DayOf(x.now, l.Cutover())
	if day >= today {
		return ErrDayNotOver.because("%s, today is %s", day, today)
	}
	last, err := lastDayZ(x, today)
	if err != nil {
		return err
	}
	if last > day {
		return &LaterDayError{Day: last}
	}
	first, err := l.firstZDay(x)
	if err != nil {
		return err
	}
	if day < first {
		return ErrInvalid.because("%s is before the first day of Z reports, %s", day, first)
	}
	missing, err := l.daysWithoutZ(x, day)
	if err == nil && len(missing) > 0 {
		err = &EarlierDayError{Day: missing[0]}
	}
	return err
}

// DaysWithoutZ are the business days that have ended without a Z report, oldest
// first: those since the newest one on which money was asked for, moved or
// counted.
func (l *Ledger) DaysWithoutZ(ctx context.Context) (days []Day, err error) {
	err = l.look(ctx, func(v snapshot) error {
		days, err = l.daysWithoutZ(v, l.Today())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read days without Z report: %w", err)
	}
	return days, nil
}

// daysWithoutZ are those before a day. Sales are skipped through day by day,
// for there are many of them and a year may have gone by.
func (l *Ledger) daysWithoutZ(s source, before Day) ([]Day, error) {
	first, err := l.firstZDay(s)
	if err != nil {
		return nil, err
	}
	last, err := lastDayZ(s, before)
	if err != nil {
		return nil, err
	}
	if last >= first {
		first = last.Plus(1)
	}
	return all(s, func(v *values) Day { return Day(v.text()) }, `WITH RECURSIVE sold (day) AS (
			SELECT min(day) FROM sales WHERE day >= ?1
			UNION ALL SELECT (SELECT min(day) FROM sales WHERE sales.day > sold.day) FROM sold WHERE sold.day < ?2)
		SELECT day FROM (SELECT day FROM sold
			UNION SELECT day FROM figure_days WHERE day >= ?1
			UNION SELECT day FROM deposits WHERE day >= ?1
			UNION SELECT day FROM deposit_figures WHERE day >= ?1
			UNION SELECT day FROM drawer_days WHERE day >= ?1
			UNION SELECT day FROM shifts WHERE day >= ?1
			UNION SELECT day FROM cash_moves WHERE day >= ?1
			UNION SELECT day FROM z_reports WHERE kind = 'shift' AND day >= ?1
			UNION SELECT t.day FROM tenders t `+openTenders+`
			UNION SELECT r.day FROM refunds r `+openRefunds+`
			UNION SELECT s.day FROM `+openSteps+`)
		WHERE day >= ?1 AND day < ?2 ORDER BY day`, string(first), string(before))
}

// firstZDay is the first business day that gets a Z report: the one on which
// the ledger became one that has them.
func (l *Ledger) firstZDay(s source) (Day, error) {
	at, err := one(s, scanInt, "SELECT at FROM migrations WHERE version = 3")
	return DayOf(time.UnixMilli(at), l.Cutover()), err
}

// lastDayZ is the newest business day before one that has a Z report; "" for none.
// A report of the future, made while the clock ran ahead, holds no other up.
func lastDayZ(s source, before Day) (Day, error) {
	day, err := one(s, scanText, "SELECT coalesce(max(day), '') FROM z_reports WHERE kind = 'day' AND day < ?", string(before))
	return Day(day), err
}
