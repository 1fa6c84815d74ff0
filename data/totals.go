package data

import (
	"context"
	"fmt"

	"frontdesk/payment"
)

// Summary is what a range of business days brought, by channel. Money counts on
// the day on which it was asked for, whenever the channel confirmed it. Report
// says all that there is to say; this is the short form of it.
type Summary struct {
	From, To Day
	Channels []ChannelSummary // only those with movements, by name
	Totals   Totals           // Rows is 0: days count money, not sales without it
}

// ChannelSummary is the part of one channel.
type ChannelSummary struct {
	Channel  payment.ChannelName
	Payments int            // tenders paid, less those taken back
	Paid     payment.Amount // fen
	Refunds  int
	Refunded payment.Amount
}

// Net is what stayed, in fen; less than nothing when more went out than came in.
func (c ChannelSummary) Net() payment.Amount { return c.Paid - c.Refunded }

// DayTotals are the totals of one business day.
func (l *Ledger) DayTotals(ctx context.Context, d Day) (Totals, error) {
	s, err := l.Summary(ctx, d, d)
	return s.Totals, err
}

// Summary sums the business days from and to and all between. It reads a few rows
// a day, however many sales there are.
func (l *Ledger) Summary(ctx context.Context, from, to Day) (Summary, error) {
	sum := Summary{From: from, To: to}
	err := l.look(ctx, func(v snapshot) error {
		err := each(v, func(row *values) error {
			c := ChannelSummary{Channel: payment.ChannelName(row.text()), Payments: int(row.int()), Paid: payment.Amount(row.int()),
				Refunds: int(row.int()), Refunded: payment.Amount(row.int())}
			sum.Channels = append(sum.Channels, c)
			sum.Totals.Sales += int(row.int())
			sum.Totals.Paid += c.Paid
			sum.Totals.Refunds += c.Refunds
			sum.Totals.Refunded += c.Refunded
			return nil
		}, `SELECT channel, sum(payments), sum(paid), sum(refunds), sum(refunded), sum(sales) FROM figure_days
			WHERE day BETWEEN ? AND ? GROUP BY channel ORDER BY channel`, string(from), string(to))
		if err != nil {
			return err
		}
		return unknownTotals(v, &sum.Totals, "coalesce(nullif(t.day, ''), s.day) BETWEEN ? AND ?", string(from), string(to))
	})
	if err != nil {
		return Summary{}, fmt.Errorf("sum days: %w", err)
	}
	return sum, nil
}

// unknownTotals adds the tenders t of unknown outcome: those that, with their
// sales s, pass where. It reads only open tenders, which are few.
func unknownTotals(s source, sum *Totals, where string, args ...any) error {
	return each(s, func(row *values) error {
		sum.Unknown, sum.UnknownSum = int(row.int()), payment.Amount(row.int())
		return nil
	}, `SELECT count(*), coalesce(sum(t.amount), 0) FROM tenders t `+openTenders+` AND t.state = 'unknown'
		AND EXISTS (SELECT 1 FROM sales s WHERE s.id = t.sale_id AND `+where+`)`, args...)
}
