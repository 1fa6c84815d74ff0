package data

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"frontdesk/payment"
)

// calendarDay counts days by the clock in Beijing.
type calendarDay int64

// dayLength is a day in milliseconds, and beijingAhead how far the clock in
// Beijing is ahead of UTC.
const (
	dayLength    = int64(24 * time.Hour / time.Millisecond)
	beijingAhead = int64(8 * time.Hour / time.Millisecond)
	longestSpan  = 31 * dayLength
)

func calendarDayOf(ms int64) calendarDay {
	n := ms + beijingAhead
	if n < 0 { // before 1970: a clock that is wrong, and whole days all the same
		n -= dayLength - 1
	}
	return calendarDay(n / dayLength)
}

// day is d as it is written.
func (d calendarDay) day() Day {
	return Day(time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly))
}

// moneySpan is between which moments money moved: one and the same where the
// channel said when, else from when it was asked for until it was known.
type moneySpan struct{ from, to time.Time }

// days are the calendar days on whose bills the money may be, first and last: a
// few minutes of grace around midnight, and never more than a month.
func (s moneySpan) days() (first, last calendarDay) {
	from, to := min(milli(s.from), milli(s.to)), max(milli(s.from), milli(s.to))
	from = max(from, to-longestSpan)
	grace := billGrace.Milliseconds()
	return calendarDayOf(from - grace), calendarDayOf(to + grace)
}

// span is when the money of t moved; false where none did as far as the ledger
// knows.
func (t Tender) span() (moneySpan, bool) {
	s := moneySpan{t.CreatedAt, t.EndedAt}
	if !t.PaidAt.IsZero() {
		s.from = t.PaidAt
	}
	switch {
	case !billed(t.Channel):
		return s, false
	case t.State == payment.StatePaid && !t.PaidAt.IsZero():
		s.to = t.PaidAt
		return s, true
	}
	return s, t.State == payment.StatePaid || t.State == payment.StateReversed
}

// span is when the money of r moved.
func (r Refund) span() (moneySpan, bool) {
	return moneySpan{r.CreatedAt, r.EndedAt}, r.State == payment.RefundDone
}

// span is when the money of s moved.
func (s Step) span() (moneySpan, bool) {
	return moneySpan{s.CreatedAt, s.EndedAt}, s.State == payment.RefundDone && s.Kind != StepRelease
}

// moneyMoved writes down the days on whose bills money of a channel may be.
func (t *tx) moneyMoved(channel payment.ChannelName, s moneySpan, moved bool) error {
	if !moved || !billed(channel) {
		return nil
	}
	first, last := s.days()
	for d := first; d <= last; d++ {
		key := moneyDay{channel, d}
		if t.w.moneyDays[key] {
			continue
		}
		if _, err := t.exec("INSERT INTO money_days (channel, day) VALUES (?, ?) ON CONFLICT (channel, day) DO NOTHING", string(channel), string(d.day())); err != nil {
			return fmt.Errorf("note a day of money: %w", err)
		}
		t.w.moneyDays[key] = true
	}
	return nil
}

// moneyDay is a row of money_days.
type moneyDay struct {
	channel payment.ChannelName
	day     calendarDay
}

// BillsWanted are the bills of the channels that the ledger wants and does not
// have: those of the calendar days in Beijing, from and to included, on which
// money of the channel moved by this ledger. The oldest come first.
//
// Errors: ErrInvalid (no days), and those of any read.
func (l *Ledger) BillsWanted(ctx context.Context, channels []payment.ChannelName, from, to Day) (list []BillDay, err error) {
	for _, day := range []Day{from, to} {
		if _, err := day.begin(0); err != nil {
			return nil, fmt.Errorf("bills wanted: %w", err)
		}
	}
	names, err := json.Marshal(channels)
	if err != nil {
		return nil, fmt.Errorf("bills wanted: %w", err)
	}
	scan := func(v *values) BillDay { return BillDay{Channel: payment.ChannelName(v.text()), Day: Day(v.text())} }
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scan, `SELECT m.channel, m.day FROM money_days m WHERE m.day BETWEEN ? AND ? AND m.channel IN (SELECT value FROM json_each(?))
			AND NOT EXISTS (SELECT 1 FROM bills k WHERE k.channel = m.channel AND k.day = m.day)`, string(from), string(to), string(names))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("bills wanted: %w", err)
	}
	slices.SortStableFunc(list, func(a, b BillDay) int {
		if a.Day != b.Day {
			if a.Day < b.Day {
				return -1
			}
			return 1
		}
		return slices.Index(channels, a.Channel) - slices.Index(channels, b.Channel)
	})
	return list, nil
}
