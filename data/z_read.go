package data

import (
	"context"
	"encoding/json"
	"fmt"
)

// Z is a Z report by its id; ErrNotFound when there is none.
func (l *Ledger) Z(ctx context.Context, id int64) (Z, error) {
	z, ok, err := l.oneZ(ctx, "z.id = ?", id)
	if err == nil && !ok {
		err = fmt.Errorf("read Z report: %w", ErrNotFound.because("Z report %d", id))
	}
	return z, err
}

// ZOfDay is the Z report of a business day; ok is false when there is none.
func (l *Ledger) ZOfDay(ctx context.Context, day Day) (z Z, ok bool, err error) {
	return l.oneZ(ctx, "z.kind = 'day' AND z.day = ?", string(day))
}

// ZOfShift is the Z report of a shift; ok is false while it is open.
func (l *Ledger) ZOfShift(ctx context.Context, shiftID int64) (z Z, ok bool, err error) {
	return l.oneZ(ctx, "z.kind = 'shift' AND z.shift_id = ?", shiftID)
}

func (l *Ledger) oneZ(ctx context.Context, where string, args ...any) (Z, bool, error) {
	list, err := l.zs(ctx, where, args...)
	if err != nil || len(list) == 0 {
		return Z{}, false, err
	}
	return list[0], true, nil
}

// Zs are the Z reports of the business days from and to and all between, in the
// order in which they were made: those of days, and those of the shifts that
// were closed then.
func (l *Ledger) Zs(ctx context.Context, from, to Day) ([]Z, error) {
	return l.zs(ctx, "z.day BETWEEN ? AND ?", string(from), string(to))
}

func (l *Ledger) zs(ctx context.Context, where string, args ...any) (list []Z, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanZ, "SELECT "+zColumns+" FROM "+zTables+" WHERE "+where+" ORDER BY z.id", args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read Z reports: %w", err)
	}
	return list, nil
}

// queueReport adds the job of a report, unless its paper is there already.
func queueReport(x *tx, p PrintJob, copy int64) error {
	content := ""
	if p.Report != nil {
		text, err := json.Marshal(p.Report)
		if err != nil {
			return fmt.Errorf("content of report: %w", err)
		}
		content = string(text)
	}
	_, err := x.exec(`INSERT INTO print_jobs (kind, z_id, copy, state, tries, drawer, created_at, not_before, ended_at, last_error, content)
		VALUES (?, nullif(?, 0), ?, ?, 0, 0, ?, 0, 0, '', ?) ON CONFLICT (z_id, copy) WHERE z_id IS NOT NULL DO NOTHING`,
		string(p.Kind), p.ZID, copy, string(p.State), milli(x.now), content)
	if err != nil {
		return fmt.Errorf("queue print job of report: %w", err)
	}
	return nil
}

// AddXPrint queues a report of how things stand, to print what r says however
// late the printer wakes up.
func (l *Ledger) AddXPrint(ctx context.Context, r Report) (p PrintJob, err error) {
	err = l.change(ctx, func(x *tx) error {
		if err := queueReport(x, PrintJob{Kind: PrintX, State: PrintQueued, Report: &r}, 0); err != nil {
			return err
		}
		p, err = one(x, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE p.id = last_insert_rowid()")
		return err
	})
	if err != nil {
		return PrintJob{}, fmt.Errorf("add print job of report: %w", err)
	}
	return p, nil
}

// AddZPrint queues a Z report once more, marked as a copy. ErrNotFound when
// there is no such report.
func (l *Ledger) AddZPrint(ctx context.Context, zID int64) (p PrintJob, err error) {
	err = l.change(ctx, func(x *tx) error {
		if _, err := one(x, scanInt, "SELECT id FROM z_reports WHERE id = ?", zID); err != nil {
			return err
		}
		copy, err := one(x, scanInt, "SELECT coalesce(max(copy), 0) + 1 FROM print_jobs WHERE z_id = ?", zID)
		if err != nil {
			return err
		}
		if err := queueReport(x, PrintJob{Kind: PrintZ, ZID: zID, State: PrintQueued}, copy); err != nil {
			return err
		}
		p, err = one(x, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE p.z_id = ? AND p.copy = ?", zID, copy)
		return err
	})
	if err != nil {
		return PrintJob{}, fmt.Errorf("add print job of Z report: %w", err)
	}
	return p, nil
}
