package data

import (
	"context"
	"fmt"
)

// CurrentShift is the open shift; ok is false when there is none. The first act
// of money opens one then.
func (l *Ledger) CurrentShift(ctx context.Context) (s Shift, ok bool, err error) {
	list, err := l.shifts(ctx, "h.state = 'open'")
	if err != nil || len(list) == 0 {
		return Shift{}, false, err
	}
	return list[0], true, nil
}

// Shift is one shift by its id. ErrNoShift when there is none.
func (l *Ledger) Shift(ctx context.Context, id int64) (Shift, error) {
	list, err := l.shifts(ctx, "h.id = ?", id)
	switch {
	case err != nil:
		return Shift{}, err
	case len(list) == 0:
		return Shift{}, fmt.Errorf("read shift: %w", ErrNoShift.because("shift %d", id))
	}
	return list[0], nil
}

// Shifts are the shifts that were open on one of the business days from and to
// and all between, oldest first.
func (l *Ledger) Shifts(ctx context.Context, from, to Day) ([]Shift, error) {
	begin, err := from.begin(l.Cutover())
	if err != nil {
		return nil, fmt.Errorf("read shifts: %w", err)
	}
	// A shift that began before the range reaches into it when it was closed
	// in it, or later, or not yet.
	return l.shifts(ctx, "h.day <= ? AND (h.day >= ? OR h.state = 'open' OR h.closed_at >= ?)", string(to), string(from), milli(begin))
}

func (l *Ledger) shifts(ctx context.Context, where string, args ...any) (list []Shift, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanShift, "SELECT "+shiftColumns+" FROM "+shiftTables+" WHERE "+where+" ORDER BY h.id", args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read shifts: %w", err)
	}
	return list, nil
}
