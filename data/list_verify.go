package data

import "frontdesk/payment"

// oldKey is where money of versions 1 and 2 counts; it belongs to no shift.
type oldKey struct {
	day     Day
	hour    int64
	staffID int64
	channel payment.ChannelName
	method  payment.Method
	wallet  payment.Wallet
}

// oldSum is what was paid, and in how many payments.
type oldSum struct {
	payments int64
	paid     payment.Amount
}

// checkApart compares what figures say apart of old money, from which lists are
// counted, with the tenders. For newer money both are the same: each journal row
// is proved to count where its tender says.
func (v *verifier) checkApart() error {
	scan := func(row *values) (oldKey, oldSum) {
		return oldKey{Day(row.text()), row.int(), row.int(), payment.ChannelName(row.text()), payment.Method(row.text()), payment.Wallet(row.text())},
			oldSum{row.int(), payment.Amount(row.int())}
	}
	want := map[oldKey]oldSum{}
	err := each(v.s, func(row *values) error {
		key, sum := scan(row)
		want[key] = sum
		return nil
	}, `SELECT day, hour, staff_id, channel, method, wallet, sum(payments), sum(paid) FROM (
			SELECT s.day, (t.created_at / 3600000 + 8) % 24 hour, s.staff_id, t.channel, t.method, t.wallet, 1 payments, t.amount paid
				FROM tenders t CROSS JOIN sales s ON s.id = t.sale_id WHERE t.day = '' AND t.state = 'paid'
			UNION ALL SELECT day, hour, staff_id, channel, method, wallet, -payments, -paid FROM figures WHERE shift_id = 0)
		GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(payments) <> 0 OR sum(paid) <> 0`)
	if err != nil {
		return err
	}
	return compareFigures(v, "figures_apart", "SELECT day, hour, staff_id, channel, method, wallet, payments, paid FROM figures_apart", scan, want)
}
