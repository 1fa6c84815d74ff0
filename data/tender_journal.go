package data

import "frontdesk/payment"

// journalTender appends a row about a tender whose money moved, old being what
// it was before.
func (l *Ledger) journalTender(x *tx, kind string, before, s Sale, old, t Tender) error {
	back, err := refundDiscounts(x, old, t)
	if err != nil {
		return err
	}
	row := journalRow{
		kind: kind, staffID: t.takenBy(s), saleID: s.ID, tenderID: t.ID, channel: t.Channel, amount: t.Amount,
		paid: s.Paid - before.Paid, refunded: s.Refunded - before.Refunded, salePaid: s.Paid, saleRefunded: s.Refunded,
		detail: t.OutTradeNo, proof: proofOf(s, &t, nil), counts: askedAt(t.ShiftID, t.dayOf(s), t.CreatedAt), method: t.Method, wallet: t.Wallet,
	}
	row.counts.discount, row.counts.refundDiscount = t.given()-old.given(), back
	if t.Channel == payment.Cash {
		row.counts.drawer = row.paid - row.refunded
	}
	return l.journal(x, row)
}

// takenBy is who took t.
func (t Tender) takenBy(s Sale) int64 {
	if t.StaffID != 0 {
		return t.StaffID
	}
	return s.Staff.ID
}

// dayOf is the business day on which t was started.
func (t Tender) dayOf(s Sale) Day {
	if t.Day != "" {
		return t.Day
	}
	return s.Day
}

// given is what the merchant gave away of t, as far as t counts.
func (t Tender) given() payment.Amount {
	if t.State == payment.StatePaid {
		return t.Discount
	}
	return 0
}

// refundDiscounts is what a step from old to t adds to the discounts that fell
// away with refunds: those of t go with it when the channel takes it back.
func refundDiscounts(x *tx, old, t Tender) (payment.Amount, error) {
	if t.Refunded == 0 || old.State != payment.StatePaid {
		return 0, nil
	}
	sum, err := one(x, scanInt, "SELECT coalesce(sum(discount), 0) FROM refunds WHERE sale_id = ? AND tender_id = ? AND state = 'done'", t.SaleID, t.ID)
	return -payment.Amount(sum), err
}
