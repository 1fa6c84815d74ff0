package data

import "frontdesk/payment"

// openRefunds adds the refunds that are under way to the number and the amount
// of refunds that were asked for.
func (b *reportBuilder) openRefunds() error {
	where, args := b.cut.where("r")
	return each(b.s, func(v *values) error {
		k := figureKey{day: Day(v.text()), shiftID: v.int(), staffID: v.int(), hour: clockHour(moment(v.int()))}
		amount := payment.Amount(v.int())
		k.channel, k.method, k.wallet = payment.ChannelName(v.text()), payment.Method(v.text()), payment.Wallet(v.text())
		b.plus(k, Figures{Refunds: 1, Refunded: amount})
		b.r.Open.Refunds++
		b.r.Open.Refunded += amount
		return nil
	}, `SELECT r.day, r.shift_id, r.staff_id, r.created_at, r.amount, t.channel, t.method, t.wallet
		FROM refunds r INDEXED BY refunds_asked CROSS JOIN tenders t ON t.id = r.tender_id WHERE r.state IN ('created', 'unknown') AND `+where, args...)
}

// open counts what else has no result yet. Only what is open is read, whenever
// it was asked for: that is little.
func (b *reportBuilder) open() error {
	err := each(b.s, func(v *values) error {
		shiftID, day := v.int(), Day(v.text())
		if amount := payment.Amount(v.int()); b.has(shiftID, day) {
			b.r.Open.Payments++
			b.r.Open.Paid += amount
		}
		return nil
	}, "SELECT t.shift_id, CASE t.day WHEN '' THEN (SELECT day FROM sales WHERE id = t.sale_id) ELSE t.day END, t.amount FROM tenders t "+openTenders)
	if err != nil {
		return err
	}
	err = each(b.s, func(v *values) error {
		shiftID, day := v.int(), Day(v.text())
		if amount := payment.Amount(v.int()); b.has(shiftID, day) {
			b.r.Open.Holds++
			b.r.Open.Held += amount
		}
		return nil
	}, "SELECT d.shift_id, d.day, d.amount FROM "+openDeposits)
	if err != nil {
		return err
	}
	return each(b.s, func(v *values) error {
		shiftID, day := v.int(), Day(v.text())
		if amount := payment.Amount(v.int()); b.has(shiftID, day) {
			b.r.Open.Steps++
			b.r.Open.Stepped += amount
		}
		return nil
	}, "SELECT s.shift_id, s.day, s.amount FROM "+openSteps)
}
