package data

import (
	"fmt"

	"frontdesk/payment"
)

// figureKey is where money counts: the key of a row of figures.
type figureKey struct {
	day     Day
	hour    int64
	shiftID int64
	staffID int64
	channel payment.ChannelName
	method  payment.Method
	wallet  payment.Wallet
}

// figure is a row of figures, or what a journal row adds to one.
type figure struct {
	sales          int64
	payments       int64
	paid           payment.Amount
	discount       payment.Amount
	refunds        int64
	refunded       payment.Amount
	refundDiscount payment.Amount
	feeSum
}

const figureColumns = "day, hour, shift_id, staff_id, channel, method, wallet, sales, payments, paid, discount, refunds, refunded, refund_discount, fee, billed"

func scanFigure(v *values) (figureKey, figure) {
	key := figureKey{Day(v.text()), v.int(), v.int(), v.int(), payment.ChannelName(v.text()), payment.Method(v.text()), payment.Wallet(v.text())}
	return key, figure{v.int(), v.int(), payment.Amount(v.int()), payment.Amount(v.int()), v.int(), payment.Amount(v.int()), payment.Amount(v.int()), scanFeeSum(v)}
}

func (f *figure) add(g figure) {
	f.sales += g.sales
	f.payments += g.payments
	f.paid += g.paid
	f.discount += g.discount
	f.refunds += g.refunds
	f.refunded += g.refunded
	f.refundDiscount += g.refundDiscount
	f.feeSum.add(g.feeSum)
}

// figure is what r adds to the figures, and where; moved is false for rows that
// are not about money in or out of sales.
func (r journalRow) figure() (key figureKey, f figure, moved bool) {
	f = figure{paid: r.paid, discount: r.counts.discount, refunded: r.refunded, refundDiscount: r.counts.refundDiscount}
	switch r.kind {
	case journalPaid, journalLatePaid:
		f.payments = 1
		if r.salePaid == r.paid { // the sale's first money
			f.sales = 1
		}
	case journalTaken:
		f.payments = -1
		if r.salePaid == 0 {
			f.sales = -1
		}
	case journalRefunded:
		f.refunds = 1
	default:
		return figureKey{}, figure{}, false
	}
	return figureKey{r.countsOn(), r.countsHour(), r.counts.shiftID, r.staffID, r.channel, r.method, r.wallet}, f, true
}

// addFigures adds what a journal row says about money to the figures. It says
// nothing of fees: those come with the bills.
func addFigures(x *tx, r journalRow) error {
	key, f, moved := r.figure()
	if !moved {
		return nil
	}
	_, err := x.exec("INSERT INTO figures ("+figureColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
		ON CONFLICT (day, hour, shift_id, staff_id, channel, method, wallet) DO UPDATE SET sales = sales + excluded.sales,
			payments = payments + excluded.payments, paid = paid + excluded.paid, discount = discount + excluded.discount,
			refunds = refunds + excluded.refunds, refunded = refunded + excluded.refunded, refund_discount = refund_discount + excluded.refund_discount`,
		string(key.day), key.hour, key.shiftID, key.staffID, string(key.channel), string(key.method), string(key.wallet),
		f.sales, f.payments, int64(f.paid), int64(f.discount), f.refunds, int64(f.refunded), int64(f.refundDiscount))
	if err != nil {
		return fmt.Errorf("add to figures: %w", err)
	}
	return nil
}
