package data

import (
	"context"
	"database/sql"
	"fmt"

	"frontdesk/payment"
)

// Summary is what a range of business days brought. Money counts on the day on
// which the ledger learned of it, so a closed day never changes: a sale of the
// evening before that is paid after the cut-over belongs to the new day.
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

// Summary sums the business days from and to and all between. It reads one row
// a day and channel, however many sales there are.
func (l *Ledger) Summary(ctx context.Context, from, to Day) (Summary, error) {
	sum := Summary{From: from, To: to}
	err := l.look(ctx, func(v snapshot) error {
		rows, err := v.query(`SELECT channel, sum(sales), sum(payments), sum(paid), sum(refunds), sum(refunded) FROM day_totals
			WHERE day BETWEEN ? AND ? GROUP BY channel ORDER BY channel`, string(from), string(to))
		sum.Channels, err = all(rows, err, func(rows *sql.Rows) (c ChannelSummary, err error) {
			var sales int
			err = rows.Scan(&c.Channel, &sales, &c.Payments, &c.Paid, &c.Refunds, &c.Refunded)
			sum.Totals.Sales += sales
			return c, err
		})
		if err != nil {
			return err
		}
		for _, c := range sum.Channels {
			sum.Totals.Paid += c.Paid
			sum.Totals.Refunds += c.Refunds
			sum.Totals.Refunded += c.Refunded
		}
		return scanOne(v, `SELECT count(*), coalesce(sum(c.amount), 0) FROM tenders c CROSS JOIN sales s ON s.id = c.sale_id
			WHERE c.`+openTenders+` AND c.state = 'unknown' AND s.day BETWEEN ? AND ?`, []any{string(from), string(to)}, &sum.Totals.Unknown, &sum.Totals.UnknownSum)
	})
	if err != nil {
		return Summary{}, fmt.Errorf("sum days: %w", err)
	}
	return sum, nil
}
