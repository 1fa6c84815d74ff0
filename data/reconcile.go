package data

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"frontdesk/payment"
)

// Reconciliation compares what counts on a business day in the ledger with the
// channels' bills: payments, refunds, captures of deposits and their refunds,
// whenever they were settled. What only a channel has belongs to the business
// day in which it was booked; lines of other tills and other programs of the
// merchant are left out.
//
// Cash is in no bill. A payment whose bill is not kept yet is open, and so is one
// within ten minutes of midnight until both days' bills are.
//
// Errors: ErrInvalid (no day), and those of any read.
func (l *Ledger) Reconciliation(ctx context.Context, day Day) (Reconciliation, error) {
	r := reconciler{till: l.till, r: Reconciliation{Day: day}, channels: map[payment.ChannelName]*ReconciledChannel{}, kept: map[moneyDay]bool{}}
	var err error
	if r.begin, err = day.begin(l.Cutover()); err != nil {
		return Reconciliation{}, fmt.Errorf("reconcile: %w", err)
	}
	r.end = r.begin.AddDate(0, 0, 1)
	err = l.look(ctx, func(v snapshot) error {
		r.s = v
		for _, step := range []func() error{r.bills, r.sales, r.deposits, r.alone} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Reconciliation{}, fmt.Errorf("reconcile %s: %w", day, err)
	}
	return r.result(), nil
}

// reconciler compares one business day.
type reconciler struct {
	s          source
	till       int
	begin, end time.Time // of the business day
	r          Reconciliation
	channels   map[payment.ChannelName]*ReconciledChannel
	kept       map[moneyDay]bool // whether a bill is kept, as far as it was asked
}

// bills notes when the newest bill of each channel was read that has a part of
// the business day.
func (r *reconciler) bills() error {
	first, last := calendarDayOf(milli(r.begin)), calendarDayOf(milli(r.end)-1)
	return each(r.s, func(v *values) error {
		c := r.channel(payment.ChannelName(v.text()))
		c.ReadAt = moment(v.int())
		return nil
	}, "SELECT channel, max(read_at) FROM bills WHERE day BETWEEN ? AND ? GROUP BY channel", string(first.day()), string(last.day()))
}

func (r *reconciler) channel(name payment.ChannelName) *ReconciledChannel {
	c, ok := r.channels[name]
	if !ok {
		c = &ReconciledChannel{Channel: name}
		r.channels[name] = c
	}
	return c
}

// keptOf reports which bills of a channel are kept.
func (r *reconciler) keptOf(channel payment.ChannelName) keptBills {
	return func(first, last calendarDay) (bool, error) {
		for d := first; d <= last; d++ {
			key := moneyDay{channel, d}
			kept, known := r.kept[key]
			if !known {
				b, err := billOf(r.s, channel, d.day())
				if err != nil {
					return false, err
				}
				kept = b.id != 0
				r.kept[key] = kept
			}
			if !kept {
				return false, nil
			}
		}
		return true, nil
	}
}

// count takes what was found about one movement of money.
func (r *reconciler) count(v verdict, d Difference) {
	if v.state == "" {
		return
	}
	c := r.channel(d.Channel)
	switch v.state {
	case MatchSame:
		c.Same++
	case MatchOpen:
		c.Open++
	default:
		c.Different++
		d.State, d.Till, d.Billed = v.state, v.till, v.billed
		r.r.Differences = append(r.r.Differences, d)
	}
}

// alone are the lines that the ledger has no record for.
func (r *reconciler) alone() error {
	return each(r.s, func(row *values) error {
		b, state := scanLine(row), payment.State(row.text())
		switch {
		case b.tenderID != 0 && state != payment.StatePaid: // it belongs to the tender's own verdict
			return nil
		case b.tenderID == 0 && b.depositID == 0 && !b.ofTill(r.till):
			return nil
		}
		r.count(verdict{state: MatchOnlyChannel, billed: b.Amount}, b.difference())
		return nil
	}, "SELECT "+lineColumns+`, coalesce((SELECT state FROM tenders t WHERE t.id = b.tender_id), '')
		FROM bill_lines b INDEXED BY bill_lines_alone CROSS JOIN bills k ON k.id = b.id / 1000000
		WHERE b.refund_id = 0 AND b.step_id = 0 AND (b.tender_id = 0 OR b.kind = 'refund') AND b.at >= ? AND b.at < ?`, milli(r.begin), milli(r.end))
}

// difference is b as one that only the channel has.
func (b billLine) difference() Difference {
	d := Difference{Channel: b.channel, Kind: b.Kind, SaleID: b.saleID, DepositID: b.depositID, OrderNo: b.OrderNo, RefundNo: b.RefundNo, TradeNo: b.TradeNo, At: b.At}
	if id := b.saleID + b.depositID; id != 0 { // one of them is
		d.ReceiptNo = receiptOf(id)
	}
	return d
}

// result lays out what was found.
func (r *reconciler) result() Reconciliation {
	slices.SortStableFunc(r.r.Differences, func(a, b Difference) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.OrderNo, b.OrderNo), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.RefundNo, b.RefundNo))
	})
	for _, name := range sortedKeys(r.channels) {
		c := *r.channels[name]
		r.r.Same += c.Same
		r.r.Open += c.Open
		r.r.Channels = append(r.r.Channels, c)
	}
	return r.r
}
