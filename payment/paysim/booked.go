package paysim

import (
	"cmp"
	"slices"
	"time"

	"frontdesk/payment"
)

// billReady is when, by the clock in Beijing, the bill of the day before exists.
const billReady = 9 * time.Hour

// feeRate is what a channel keeps of what it settles, in ten-thousandths: 0.60 %.
const feeRate = 60

// booked is one movement of money of an order, as a bill lists it.
type booked struct {
	order  order
	refund refund // of a refund; zero for a payment
	kind   payment.BillKind
	amount payment.Amount
	// discount is the merchant's own part of amount, fee what the channel keeps of
	// the rest; what it gives back with a refund is below 0.
	discount, fee payment.Amount
	at            time.Time
}

// feeOf is the fee of a settled amount, rounded half up.
func feeOf(settled payment.Amount) payment.Amount {
	return (settled*feeRate + 5000) / 10000
}

// bookedOn is everything that moved money of a channel's account on a day by the
// clock in Beijing, in the order in which it moved. of picks the orders.
func (p *page) bookedOn(day time.Time, of func(no string) (order, bool)) (lines []booked) {
	begin := payment.Midnight(day)
	end := begin.AddDate(0, 0, 1)
	for no := range p.b.orders {
		o, found := of(no)
		if !found || o.Charged == 0 {
			continue
		}
		for _, b := range o.booked() {
			if !b.at.Before(begin) && b.at.Before(end) {
				lines = append(lines, b)
			}
		}
	}
	slices.SortFunc(lines, func(x, y booked) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.order.No, y.order.No), cmp.Compare(x.refund.RequestNo, y.refund.RequestNo))
	})
	return lines
}

// booked is what an order that was charged has moved: its payment and what went
// back of it. The fees of partial refunds add up to the fee of the payment.
func (o order) booked() []booked {
	fee := feeOf(o.Charged - o.Discount)
	lines := []booked{{order: o, kind: payment.BilledPayment, amount: o.Charged, discount: o.Discount, fee: fee, at: o.PaidAt}}
	var settled payment.Amount // what went back out of the merchant's account so far
	for _, r := range o.Refunds {
		if !r.Done {
			continue
		}
		kind := payment.BilledRefund
		if r.RequestNo == "" {
			kind = payment.BilledReversal
		}
		before := feeOf(settled)
		settled += r.Amount - r.Discount
		lines = append(lines, booked{order: o, refund: r, kind: kind, amount: r.Amount, discount: r.Discount, fee: before - feeOf(settled), at: r.At})
	}
	return lines
}

// billed reports whether the bill of a day exists by now: from the next morning on.
func billed(day, now time.Time) bool {
	return !now.Before(payment.Midnight(day).AddDate(0, 0, 1).Add(billReady))
}
