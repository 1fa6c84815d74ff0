package app

import (
	"context"
	"time"

	"frontdesk/data"
)

// Report is every figure of a shift, a business day, or a range of them, as far
// as the person who looks may see them: HidesCash says whether cash was left out
// of what the open shift is a part of. ProblemNoRight for the days and the shifts
// of others.
func (b *Books) Report(ctx context.Context, c data.Cut) (data.Report, error) {
	s, err := b.sight(ctx)
	if err == nil {
		err = b.mayRead(ctx, s, c)
	}
	if err != nil {
		return data.Report{}, err
	}
	r, err := b.ledger.Report(ctx, c)
	if err != nil {
		return data.Report{}, shiftProblem(err)
	}
	return s.veil(r), nil
}

// Comparison is what a business day is compared with.
type Comparison struct {
	DayBefore     data.Figures // of the day before
	WeekBefore    data.Figures // of the same weekday, a week before
	HasDayBefore  bool         // false where nothing was taken then
	HasWeekBefore bool
}

// Compare is what a day is compared with.
func (b *Books) Compare(ctx context.Context, day data.Day) (Comparison, error) {
	var c Comparison
	for _, other := range []struct {
		day     data.Day
		figures *data.Figures
		has     *bool
	}{{day.Plus(-1), &c.DayBefore, &c.HasDayBefore}, {day.Plus(-7), &c.WeekBefore, &c.HasWeekBefore}} {
		r, err := b.Report(ctx, data.Cut{From: other.day, To: other.day})
		if err != nil {
			return Comparison{}, err
		}
		*other.figures, *other.has = r.Total, r.Total.Payments > 0
	}
	return c, nil
}

// Reconciliation compares a business day with the bills of the channels that are
// kept; Bills reads them. ProblemNoRight for who may not see the whole day.
func (b *Books) Reconciliation(ctx context.Context, day data.Day) (data.Reconciliation, error) {
	if err := b.mayLook(ctx, data.Cut{From: day, To: day}); err != nil {
		return data.Reconciliation{}, err
	}
	r, err := b.ledger.Reconciliation(ctx, day)
	return r, ledgerProblem(err)
}

// Shifts are those that touch the business days from from to to.
func (b *Books) Shifts(ctx context.Context, from, to data.Day) ([]data.Shift, error) {
	list, err := b.ledger.Shifts(ctx, from, to)
	return list, ledgerProblem(err)
}

// ZOfDay is the Z report of a business day; ok is false while it has none.
func (b *Books) ZOfDay(ctx context.Context, day data.Day) (z data.Z, ok bool, err error) {
	if err := b.mayLook(ctx, data.Cut{From: day, To: day}); err != nil {
		return data.Z{}, false, err
	}
	z, ok, err = b.ledger.ZOfDay(ctx, day)
	return z, ok, ledgerProblem(err)
}

// ZOfShift is the Z report of a shift; ok is false while it is open.
func (b *Books) ZOfShift(ctx context.Context, id int64) (z data.Z, ok bool, err error) {
	if err := b.mayLook(ctx, data.Cut{ShiftID: id}); err != nil {
		return data.Z{}, false, err
	}
	z, ok, err = b.ledger.ZOfShift(ctx, id)
	return z, ok, ledgerProblem(err)
}

// Zs are the Z reports of some business days, shifts and days, oldest first.
func (b *Books) Zs(ctx context.Context, from, to data.Day) ([]data.Z, error) {
	if err := b.mayLook(ctx, data.Cut{From: from, To: to}); err != nil {
		return nil, err
	}
	list, err := b.ledger.Zs(ctx, from, to)
	return list, ledgerProblem(err)
}

// PrintReport queues a report for the receipt printer: the Z report again, as a
// copy, where there is one, and else an X report of how things stand.
// ProblemNoRight for what the person who looks may not see whole.
func (b *Books) PrintReport(ctx context.Context, c data.Cut) error {
	if err := b.mayTake(ctx, c); err != nil {
		return err
	}
	z, made, err := b.zOf(ctx, c)
	if err != nil {
		return err
	}
	if made {
		_, err = b.ledger.AddZPrint(ctx, z.ID)
		return ledgerProblem(err)
	}
	r, err := b.Report(ctx, c)
	if err != nil {
		return err
	}
	_, err = b.ledger.AddXPrint(ctx, r)
	return ledgerProblem(err)
}

// zOf is the Z report of what is cut out; ranges have none.
func (b *Books) zOf(ctx context.Context, c data.Cut) (data.Z, bool, error) {
	switch {
	case c.ShiftID != 0:
		return b.ZOfShift(ctx, c.ShiftID)
	case c.From == c.To:
		return b.ZOfDay(ctx, c.From)
	}
	return data.Z{}, false, nil
}

// The ledger's notes of automatic backups.
const (
	backupKey        = "day.last_backup"    // when the last one was written
	backupDueKey     = "day.backup_due"     // the day that was closed and asks for one; empty for none
	backupTroubleKey = "day.backup_trouble" // the kind of what stood in the way of it; empty for nothing
)

// BackupTrouble is what stands in the way of the automatic backup, as the kind of
// the ledger's errors (words "data.error.<kind>"); empty for nothing. The till goes
// on trying.
func (b *Books) BackupTrouble(ctx context.Context) (kind string, err error) {
	kind, _, err = b.ledger.Setting(ctx, backupTroubleKey)
	return kind, ledgerProblem(err)
}

// LastBackup is when the last automatic backup was made; ok is false when there
// was none.
func (b *Books) LastBackup(ctx context.Context) (at time.Time, ok bool, err error) {
	value, ok, err := b.ledger.Setting(ctx, backupKey)
	if err != nil || !ok {
		return time.Time{}, false, ledgerProblem(err)
	}
	at, err = time.Parse(time.RFC3339, value)
	return at, err == nil, nil
}
