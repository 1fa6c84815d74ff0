package data

import (
	"context"
	"fmt"

	"frontdesk/payment"
)

// DepositTotals sums the deposits of the business days from and to and all
// between. It reads one row a day and channel, however many deposits there are.
// Held and Unknown count those of now, whenever they were taken.
func (l *Ledger) DepositTotals(ctx context.Context, from, to Day) (DepositTotals, error) {
	return l.depositTotals(ctx, "", from, to)
}

// DepositTotalsOf is DepositTotals of one channel alone: of payment.Cash for
// what has to be in the drawer.
func (l *Ledger) DepositTotalsOf(ctx context.Context, channel payment.ChannelName, from, to Day) (DepositTotals, error) {
	return l.depositTotals(ctx, channel, from, to)
}

func (l *Ledger) depositTotals(ctx context.Context, channel payment.ChannelName, from, to Day) (t DepositTotals, err error) {
	err = l.look(ctx, func(v snapshot) error {
		err := each(v, func(row *values) error {
			t.OpeningHeld = payment.Amount(row.int())
			t.Takes, t.Taken = int(row.int()), payment.Amount(row.int())
			t.Captures, t.Captured = int(row.int()), payment.Amount(row.int())
			t.Releases, t.Released = int(row.int()), payment.Amount(row.int())
			t.Refunds, t.Refunded = int(row.int()), payment.Amount(row.int())
			t.ClosingHeld = t.OpeningHeld + t.Taken - t.Captured - t.Released
			return nil
		}, `SELECT (SELECT coalesce(sum(taken - captured - released), 0) FROM deposit_days WHERE day < ?1 AND (?3 = '' OR channel = ?3)),
				coalesce(sum(takes), 0), coalesce(sum(taken), 0), coalesce(sum(captures), 0), coalesce(sum(captured), 0),
				coalesce(sum(releases), 0), coalesce(sum(released), 0), coalesce(sum(refunds), 0), coalesce(sum(refunded), 0)
			FROM deposit_days WHERE day BETWEEN ?1 AND ?2 AND (?3 = '' OR channel = ?3)`, string(from), string(to), string(channel))
		if err != nil {
			return err
		}
		return each(v, func(row *values) error {
			t.Held, t.Unknown = int(row.int()), int(row.int())
			return nil
		}, `SELECT (SELECT count(*) FROM deposits d INDEXED BY deposits_held WHERE `+isHeld+` AND (?1 = '' OR d.channel = ?1)),
			(SELECT count(*) FROM deposits d INDEXED BY deposits_unknown WHERE d.state = 'unknown' AND (?1 = '' OR d.channel = ?1))`, string(channel))
	})
	if err != nil {
		return DepositTotals{}, fmt.Errorf("sum days of deposits: %w", err)
	}
	return t, nil
}
