package cloudpay

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// Cloud Pay makes no bills. It has lists: of the orders that were paid in a time,
// and of the refunds that were begun in it. A bill is read out of both.
//
// A list is always there, and is never said to be complete. So a day is not told
// before ten o'clock of the next morning (listSettles), when the wallets have
// given out their own bills and Cloud Pay can have learned of every payment and of
// its fee. An order of the day that it still waits for by then keeps the bill back
// (openLasts): the wallet may have been paid and not have said so yet.
const (
	listSettles = 10 * time.Hour // after the midnight at which the day ended
	openLasts   = 24 * time.Hour // after that midnight: no wallet leaves a payment open for so long
)

// Bill reads what was booked for this shop, by everybody who sells there. Only
// WeChat, Alipay and the UnionPay that the Config names are in it: what somebody
// noted down (记账) moved no money here.
//
// Payments and captures stand on the day on which they were paid, and refunds on
// the day on which the wallet began to give the money back: one to a bank card may
// take days after that, and is in the bill while it does. A cancel gives no time of
// its own, so it stands with its payment. FeeKnown is only set where a line says the
// fee and what is left of the amount, and both add up.
//
// The errors are those of the network, of an answer that is not authenticated or
// not understood, and of lists that change while they are read.
func (c *Channel) Bill(ctx context.Context, at time.Time) ([]payment.BillLine, error) {
	day := beijingDay(at)
	if now := c.now(); !day.settled(now) {
		return nil, fmt.Errorf("cloud pay: the list of %s is not complete: %w", day, payment.ErrBillLater)
	}
	orders, _, err := c.list(ctx, listOrders, day)
	if err != nil {
		return nil, fmt.Errorf("cloud pay: the orders of %s: %w", day, err)
	}
	watched, seen := wire.Watch(ctx)
	refunds, last, err := c.list(watched, listRefunds, day)
	if err != nil {
		return nil, fmt.Errorf("cloud pay: the refunds of %s: %w", day, err)
	}
	// A till whose clock is ahead would take a list for complete that is not.
	now := c.now()
	if skew, dated := seen.Skew(now.Add(-last.took), last.took); dated {
		now = now.Add(-max(skew, 0))
	}
	if !day.settled(now) {
		return nil, fmt.Errorf("cloud pay: by the clock there the list of %s is not complete: %w", day, payment.ErrBillLater)
	}
	return c.foldBill(day, now, orders, refunds)
}

// foldBill makes the bill of a day out of its two lists.
func (c *Channel) foldBill(day calendarDay, now time.Time, orders, refunds []object) ([]payment.BillLine, error) {
	var lines []payment.BillLine
	open := 0
	for _, part := range []struct {
		list []object
		fold func(day calendarDay, line object) ([]payment.BillLine, error)
	}{{orders, c.foldListedOrder}, {refunds, c.foldListedRefund}} {
		for _, line := range part.list {
			found, err := part.fold(day, line)
			switch {
			case errors.Is(err, errStillOpenLine):
				open++
			case err != nil:
				return nil, fmt.Errorf("cloud pay: a line of %s is not understood: %w", day, err)
			}
			lines = append(lines, found...)
		}
	}
	if open > 0 && now.Before(day.end().Add(openLasts)) {
		return nil, fmt.Errorf("cloud pay: %d orders of %s are still open: %w", open, day, payment.ErrBillLater)
	}
	slices.SortStableFunc(lines, func(x, y payment.BillLine) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.OrderNo, y.OrderNo), cmp.Compare(x.RefundNo, y.RefundNo))
	})
	return lines, nil
}

// calendarDay is a day in Beijing, by its midnight.
type calendarDay struct{ begin time.Time }

func beijingDay(at time.Time) calendarDay {
	return calendarDay{payment.Midnight(at)}
}

func (d calendarDay) end() time.Time { return d.begin.AddDate(0, 0, 1) }

func (d calendarDay) has(at time.Time) bool { return !at.Before(d.begin) && at.Before(d.end()) }

// settled reports whether nothing new can come into the list of the day.
func (d calendarDay) settled(now time.Time) bool { return !now.Before(d.end().Add(listSettles)) }

func (d calendarDay) String() string { return d.begin.Format(time.DateOnly) }
