package data

import (
	"time"

	"frontdesk/payment"
)

// countPart says where a journal row counts, when that is not where it was
// written, and what it did beside adding to a sale or a deposit. It is zero in
// all rows of versions 1 and 2.
type countPart struct {
	shiftID        int64          // the shift it belongs to; 0 for none
	on             Day            // "": the row's own day
	hour           int64          // of the clock in Beijing, plus 1; 0: the row's own hour
	discount       payment.Amount // added to what the merchant gave away of the sale
	refundDiscount payment.Amount // added to what the merchant did not have to give back
	drawer         payment.Amount // added to the drawer
}

const countPartColumns = "counts_on, shift_id, counts_hour, discount, refund_discount, drawer"

func scanCountPart(v *values) countPart {
	return countPart{on: Day(v.text()), shiftID: v.int(), hour: v.int() + 1, discount: payment.Amount(v.int()), refundDiscount: payment.Amount(v.int()),
		drawer: payment.Amount(v.int())}
}

// list is c's numbers in the order of countPartColumns.
func (c countPart) list() []int64 {
	return []int64{c.shiftID, c.hour - 1, int64(c.discount), int64(c.refundDiscount), int64(c.drawer)}
}

// askedAt is for money that was asked for then: there it counts, whenever the
// channel confirms it.
func askedAt(shiftID int64, day Day, at time.Time) countPart {
	return countPart{shiftID: shiftID, on: day, hour: clockHour(at) + 1}
}

// settle leaves out what is r's own.
func (c *countPart) settle(r journalRow) {
	if c.on == r.day {
		c.on = ""
	}
	if c.hour == clockHour(time.UnixMilli(r.at))+1 {
		c.hour = 0
	}
}

// countsOn is the business day on which r counts.
func (r journalRow) countsOn() Day {
	if r.counts.on != "" {
		return r.counts.on
	}
	return r.day
}

// countsHour is the hour in which r counts.
func (r journalRow) countsHour() int64 {
	if r.counts.hour > 0 {
		return r.counts.hour - 1
	}
	return clockHour(time.UnixMilli(r.at))
}

// clockHour is the hour of the clock in Beijing, 0 to 23.
func clockHour(t time.Time) int64 { return int64(t.In(payment.Beijing).Hour()) }
