package data

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"frontdesk/payment"
)

// maxReportDays bounds a range: thirty years, far more than any ledger has, and
// few enough to list.
const maxReportDays = 366 * 30

// Report is every figure of a shift, of a business day or of a range of them, as
// they stand now. It reads sums that the ledger keeps, so it takes
// milliseconds however many sales there are.
//
// Errors: ErrInvalid (days that are none, in the wrong order, or more than
// thirty years), ErrNoShift, and those of any read.
func (l *Ledger) Report(ctx context.Context, c Cut) (r Report, err error) {
	err = l.look(ctx, func(v snapshot) error {
		r, err = l.report(v, c, l.now())
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("report: %w", err)
	}
	return r, nil
}

// report makes a report of what s shows at the moment now. Inside of a write
// transaction it sees what that transaction has written so far.
func (l *Ledger) report(s source, c Cut, now time.Time) (Report, error) {
	b := reportBuilder{s: s, cut: c, cutover: l.Cutover()}
	b.r.At = moment(milli(now))
	for _, step := range []func() error{b.begin, b.figures, b.openRefunds, b.slices, b.open, b.drawer, b.moves, b.receipts, b.deposits, b.fees, b.head} {
		if err := step(); err != nil {
			return Report{}, err
		}
	}
	return b.r, nil
}

// reportBuilder makes one report.
type reportBuilder struct {
	s       source
	cut     Cut
	cutover time.Duration
	r       Report
	sums    reportSums
	cash    cashSums
}

// begin says what the report is about.
func (b *reportBuilder) begin() (err error) {
	if b.cut.ShiftID != 0 {
		return b.beginShift()
	}
	b.r.Kind, b.r.From, b.r.To = ReportRange, b.cut.From, b.cut.To
	if b.r.From == b.r.To {
		b.r.Kind = ReportDay
	}
	if b.r.Begin, err = b.r.From.begin(b.cutover); err != nil {
		return err
	}
	if _, err := b.r.To.begin(b.cutover); err != nil {
		return err
	}
	if b.r.End = b.end(); b.r.At.Before(b.r.End) {
		b.r.End = b.r.At
	}
	switch days := b.days(); {
	case days < 1:
		return ErrInvalid.because("days from %s to %s", b.r.From, b.r.To)
	case days > maxReportDays:
		return ErrInvalid.because("%d days, at most %d", days, maxReportDays)
	}
	return nil
}

func (b *reportBuilder) beginShift() error {
	s, err := shiftByID(b.s, b.cut.ShiftID)
	if KindOf(err) == KindNotFound {
		err = ErrNoShift.because("shift %d", b.cut.ShiftID)
	}
	if err != nil {
		return err
	}
	b.r.Kind, b.r.Shift = ReportShift, &s
	b.r.Begin, b.r.End = s.OpenedAt, b.r.At
	if s.State == ShiftClosed {
		b.r.End = s.ClosedAt
	}
	b.r.From = s.Day
	b.r.To = max(s.Day, DayOf(b.r.End, b.cutover)) // a clock that was put back ends no shift before it began
	return nil
}

// days is how many business days the report is about.
func (b *reportBuilder) days() int {
	from, _ := time.Parse(time.DateOnly, string(b.r.From)) // begin has read them
	to, _ := time.Parse(time.DateOnly, string(b.r.To))
	return int(to.Sub(from)/(24*time.Hour)) + 1
}

// begin is when a business day begins, in UTC.
func (d Day) begin(cutover time.Duration) (time.Time, error) {
	at, err := time.ParseInLocation(time.DateOnly, string(d), payment.Beijing)
	if err != nil {
		return time.Time{}, ErrInvalid.because("%q is no day", string(d))
	}
	return at.Add(cutover).UTC(), nil
}

// has reports whether the cut has what was asked for in this shift, on this
// business day.
func (b *reportBuilder) has(shiftID int64, day Day) bool {
	if b.cut.ShiftID != 0 {
		return shiftID == b.cut.ShiftID
	}
	return b.cut.From <= day && day <= b.cut.To
}

// where is the cut in SQL, over a table with the columns day and shift_id that
// is called by alias. Its words are those of the partial indexes over shifts.
func (c Cut) where(alias string) (string, []any) {
	if c.ShiftID != 0 {
		return alias + ".shift_id <> 0 AND " + alias + ".shift_id = ?", []any{c.ShiftID}
	}
	return alias + ".day BETWEEN ? AND ?", []any{string(c.From), string(c.To)}
}

// receipts are the numbers of the sales that were made in the cut. A sale was
// made in the shift of its first tender.
func (b *reportBuilder) receipts() (err error) {
	in, count := span{}, int64(0)
	if b.cut.ShiftID == 0 {
		in, count, err = saleSpan(b.s, string(b.cut.From), string(b.cut.To))
	} else {
		err = each(b.s, func(v *values) error {
			in, count = span{v.int(), v.int()}, v.int()
			return nil
		}, "SELECT coalesce(min(sale_id), 0), coalesce(max(sale_id), 0), count(*) FROM tenders WHERE shift_id <> 0 AND shift_id = ? AND attempt = 1", b.cut.ShiftID)
	}
	if b.r.Receipts.Count = int(count); count > 0 {
		b.r.Receipts.First, b.r.Receipts.Last = receiptOf(in.first), receiptOf(in.last)
	}
	return err
}

// end is when the last day ends, also while it still goes on.
func (b *reportBuilder) end() time.Time {
	last, _ := b.r.To.begin(b.cutover) // begin has read it
	return last.AddDate(0, 0, 1)
}

func (b *reportBuilder) deposits() (err error) {
	b.r.Deposits, err = depositTotals(b.s, "", b.cut)
	return err
}

// fees adds those of deposits to those of sales. Where nothing has moved there is
// no fee to know.
func (b *reportBuilder) fees() error {
	where, args := b.cut.where("f")
	var captures int64
	err := each(b.s, func(v *values) error {
		b.r.Fee, b.r.FeeOpen, captures = b.r.Total.Fee+payment.Amount(v.int()), b.r.Total.FeeOpen+int(v.int()), v.int()
		return nil
	}, `SELECT coalesce(sum(fee), 0), coalesce(sum(CASE channel WHEN 'cash' THEN 0 ELSE captures + refunds - billed END), 0), coalesce(sum(captures + refunds), 0)
		FROM deposit_figures f WHERE `+where, args...)
	b.r.FeeKnown = b.r.FeeOpen == 0 && (b.r.Total.Payments > 0 || b.r.Total.RefundsSettled > 0 || captures > 0)
	return err
}

func (b *reportBuilder) head() error {
	seq, hash, err := journalEnd(b.s)
	b.r.HeadSeq, b.r.HeadHash = seq, hexHash(hash)
	return err
}

// sortedKeys are the keys of m in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}
