package data

import (
	"context"
	"fmt"

	"frontdesk/payment"
)

// DepositTotals sums the deposits of the business days from and to and all
// between. It reads a few rows a day, however many deposits there are. Held and
// Unknown count those of now, whenever they were taken.
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
		t, err = depositTotals(v, channel, Cut{From: from, To: to})
		return err
	})
	if err != nil {
		return DepositTotals{}, fmt.Errorf("sum days of deposits: %w", err)
	}
	return t, nil
}

// depositTotals sums the deposits of a cut; channel may be empty for all.
//
// Of a shift, OpeningHeld is what all shifts before it, and what is older than
// shifts, left held. Shifts follow each other without a gap and what is settled
// late counts in the shift that asked for it, so it is what was held when the
// shift began, and each shift closes with what the next one opens with.
func depositTotals(s source, channel payment.ChannelName, c Cut) (t DepositTotals, err error) {
	before, first := "day < ?", any(string(c.From))
	if c.ShiftID != 0 {
		before, first = "shift_id < ?", any(c.ShiftID)
	}
	where, args := c.where("f")
	err = each(s, func(v *values) error {
		t.OpeningHeld = payment.Amount(v.int())
		t.Takes, t.Taken = int(v.int()), payment.Amount(v.int())
		t.Captures, t.Captured = int(v.int()), payment.Amount(v.int())
		t.Releases, t.Released = int(v.int()), payment.Amount(v.int())
		t.Refunds, t.Refunded = int(v.int()), payment.Amount(v.int())
		t.ClosingHeld = t.OpeningHeld + t.Taken - t.Captured - t.Released
		return nil
	}, `SELECT (SELECT coalesce(sum(taken - captured - released), 0) FROM deposit_figures WHERE `+before+` AND ? IN ('', channel)),
			coalesce(sum(takes), 0), coalesce(sum(taken), 0), coalesce(sum(captures), 0), coalesce(sum(captured), 0),
			coalesce(sum(releases), 0), coalesce(sum(released), 0), coalesce(sum(refunds), 0), coalesce(sum(refunded), 0)
		FROM deposit_figures f WHERE `+where+` AND ? IN ('', channel)`, append(append([]any{first, string(channel)}, args...), string(channel))...)
	if err != nil {
		return t, err
	}
	return t, each(s, func(v *values) error {
		t.Held, t.Unknown = int(v.int()), int(v.int())
		return nil
	}, `SELECT (SELECT count(*) FROM deposits d INDEXED BY deposits_held WHERE `+isHeld+` AND (?1 = '' OR d.channel = ?1)),
		(SELECT count(*) FROM deposits d INDEXED BY deposits_unknown WHERE d.state = 'unknown' AND (?1 = '' OR d.channel = ?1))`, string(channel))
}
