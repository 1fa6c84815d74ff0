package summary

import (
	"context"
	"slices"

	"frontdesk/data"
	"frontdesk/ui/screen"
)

// aroundDays is how far shifts are looked for before and after one, to step to:
// further than any shop is closed.
const aroundDays = 62

// wish is what is to be read.
type wish struct {
	period   period
	limited  bool
	deposits bool // the shop takes them
	today    data.Day
}

// answer is what was read.
type answer struct {
	asked wish
	reading
	shifts, around []data.Shift
	none           bool // there is no such shift
	err            error
}

// reload reads the present period anew.
func (s *Screen) reload() {
	if !s.visible {
		return // Show reads everything anew
	}
	if s.reading {
		s.again = true
		return
	}
	s.limit()
	s.reading, s.again = true, false
	s.dirty.Store(false) // what changes from now on is read again
	w := wish{period: s.period, limited: s.limited, deposits: s.desk.Mode.Deposits(), today: s.today}
	s.desk.Background(func(ctx context.Context) func() {
		a := s.read(ctx, w)
		return func() { s.got(a) }
	})
}

// limit holds a person who may not see everything to the own shift.
func (s *Screen) limit() {
	before := s.limited
	s.limited = false
	if s.Allowed != nil {
		if all, id := s.Allowed(); !all {
			s.limited = true
			if p := shiftPeriod(s.today, id); p.unit != s.period.unit || p.shiftID != s.period.shiftID {
				s.period, s.ready = p, false
			}
		}
	}
	if s.limited != before {
		if before { // somebody else is at the till now
			s.period, s.day = dayPeriod(s.today), s.today
		}
		s.ready, s.failed, s.none = false, false, false
		s.last = reading{} // what somebody else may see is gone at once
		s.bar.show()
		s.body.show()
	}
}

// read is everything about a period. It runs off the UI goroutine.
func (s *Screen) read(ctx context.Context, w wish) (a answer) {
	a.asked = w
	a.reading = reading{period: w.period, today: w.today, deposits: w.deposits, blind: w.limited}
	a.err = func() (err error) {
		if w.period.unit == unitShift && !w.limited {
			if err := s.readShifts(ctx, &a); err != nil {
				return err
			}
		}
		cut, ok := a.period.cut()
		if a.none = !ok; a.none {
			return nil
		}
		if a.report, err = s.books.Report(ctx, cut); err != nil {
			return err
		}
		if s.Blind != nil {
			if a.blind, err = s.Blind(ctx); err != nil {
				return err
			}
		}
		a.blind = a.blind && a.goingOn() // after the count there is nothing to hide
		switch w.period.unit {
		case unitDay:
			if a.compare, err = s.books.Compare(ctx, cut.From); err != nil {
				return err
			}
			a.compared = true
			if a.match, err = s.books.Reconciliation(ctx, cut.From); err != nil {
				return err
			}
			a.matched = true
			a.z, a.hasZ, err = s.books.ZOfDay(ctx, cut.From)
		case unitShift:
			a.z, a.hasZ, err = s.books.ZOfShift(ctx, cut.ShiftID)
		}
		if err != nil {
			return err
		}
		if a.noBackup, err = s.books.BackupTrouble(ctx); err != nil {
			return err
		}
		a.backup, a.hasBack, err = s.books.LastBackup(ctx)
		return err
	}()
	a.now = s.desk.Now()
	return a
}

// readShifts finds the shifts of the day and those around it. Where none was
// chosen, the last one of the day is it.
func (s *Screen) readShifts(ctx context.Context, a *answer) (err error) {
	p := &a.period
	if a.shifts, err = s.books.Shifts(ctx, p.from, p.from); err != nil {
		return err
	}
	if p.shiftID == 0 && len(a.shifts) > 0 {
		p.shiftID = a.shifts[len(a.shifts)-1].ID
	}
	a.around, err = s.books.Shifts(ctx, screen.PlusDays(p.from, -aroundDays), min(screen.PlusDays(p.from, aroundDays), a.today))
	return err
}

// got takes over what was read. What was read for another period is dropped.
func (s *Screen) got(a answer) {
	s.reading = false
	if stale := a.asked.period != s.period || a.asked.limited != s.limited; stale || s.again {
		s.reload()
		if stale {
			return
		}
	}
	s.failed, s.none = a.err != nil, a.none
	s.shifts, s.around = a.shifts, a.around
	if s.failed {
		s.desk.Log.Error("the summary cannot be read", "err", a.err)
		s.ready = false
	} else {
		s.period, s.last, s.ready = a.period, a.reading, !a.none
		if s.ready {
			s.shown = newView(s.desk, a.reading)
		}
	}
	s.bar.show()
	s.body.show()
}

// step goes to the period before or after: of a shift, to the one that was
// opened before or after it.
func (s *Screen) step(n int) {
	if p, ok := s.next(n); ok {
		s.show(p)
	}
}

// next is where step would go; ok is false when there is nothing.
func (s *Screen) next(n int) (period, bool) {
	if s.limited {
		return period{}, false
	}
	if s.period.unit != unitShift {
		return s.period.step(n, s.today)
	}
	at := slices.IndexFunc(s.around, func(x data.Shift) bool { return x.ID == s.period.shiftID })
	if s.period.shiftID == 0 {
		// Between two shifts: those before this day, and those after it.
		at = len(s.around)
		for i, x := range s.around {
			if x.Day > s.period.from {
				at = i
				break
			}
		}
		if n > 0 {
			at--
		}
	} else if at < 0 {
		return period{}, false
	}
	if at += n; at < 0 || at >= len(s.around) {
		return period{}, false
	}
	return shiftPeriod(s.around[at].Day, s.around[at].ID), true
}
