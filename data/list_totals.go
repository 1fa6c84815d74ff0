package data

import "frontdesk/payment"

// totals sums all that was chosen.
func (c choice) totals(v snapshot) (t Totals, err error) {
	t.More = c.more
	if c.f.choosesMoney() {
		err = c.chosenMoney(v, &t)
	} else {
		err = c.allMoney(v, &t)
	}
	if err != nil || c.f.Refunds {
		return t, err
	}
	open := c.tenders.and(c.sales)
	return t, unknownTotals(v, &t, open.String(), open.args...)
}

// allMoney sums the sales as they are.
func (c choice) allMoney(v snapshot, t *Totals) error {
	// Refunds are few; but where the sales are fewer, they are looked for sale by
	// sale.
	refunds := "0"
	if c.few {
		refunds = "(SELECT count(*) FROM refunds r WHERE r.sale_id = s.id AND r.state = 'done')"
	}
	err := each(v, func(row *values) error {
		t.Rows, t.Sales, t.Paid, t.Refunded, t.Refunds = int(row.int()), int(row.int()), payment.Amount(row.int()), payment.Amount(row.int()), int(row.int())
		return nil
	}, "SELECT count(*), coalesce(sum(s.paid > 0), 0), coalesce(sum(s.paid), 0), coalesce(sum(s.refunded), 0), coalesce(sum("+refunds+"), 0) FROM sales s WHERE "+
		c.sales.String(), c.sales.args...)
	if err != nil || c.few {
		return err
	}
	return c.refundTotals(v, t)
}

// chosenMoney counts the sales, and sums those of their tenders and refunds that
// are chosen themselves.
func (c choice) chosenMoney(v snapshot, t *Totals) error {
	rows, err := one(v, scanInt, "SELECT count(*) FROM sales s WHERE "+c.sales.String(), c.sales.args...)
	if t.Rows = int(rows); err != nil {
		return err
	}
	if !c.f.Refunds {
		where := c.tenders.and(c.sales)
		err = each(v, func(row *values) error {
			t.Sales, t.Paid = int(row.int()), payment.Amount(row.int())
			return nil
		}, "SELECT count(DISTINCT s.id), coalesce(sum(t.amount), 0) FROM sales s CROSS JOIN tenders t ON t.sale_id = s.id WHERE t.state = 'paid' AND "+where.String(), where.args...)
		if err != nil {
			return err
		}
	}
	return c.refundTotals(v, t)
}

// refundTotals sums the refunds that are done. What was given back of a payment
// that the channel then took back whole is part of what it took.
func (c choice) refundTotals(v snapshot, t *Totals) error {
	// CROSS JOIN keeps the order: begin with whatever is fewer.
	tables := "refunds r CROSS JOIN sales s ON s.id = r.sale_id"
	if c.few {
		tables = "sales s CROSS JOIN refunds r ON r.sale_id = s.id"
	}
	where := c.refunds.and(c.sales)
	return each(v, func(row *values) error {
		t.Refunds, t.Refunded = int(row.int()), payment.Amount(row.int())
		return nil
	}, "SELECT count(*), coalesce(sum(CASE t.state WHEN 'paid' THEN r.amount END), 0) FROM "+tables+` CROSS JOIN tenders t ON t.id = r.tender_id
		WHERE r.state = 'done' AND `+where.String(), where.args...)
}
