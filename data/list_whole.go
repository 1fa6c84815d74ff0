package data

import "frontdesk/payment"

// wholeDays counts days of sales by what the ledger keeps of them.
func (b *listBuilder) wholeDays() error {
	t := &b.totals
	err := each(b.s, func(row *values) error {
		b.found[Day(row.text())] = int(row.int())
		t.Sales += int(row.int())
		t.Paid += payment.Amount(row.int())
		t.Refunds += int(row.int())
		t.Refunded += payment.Amount(row.int())
		return nil
	}, "SELECT day, sales, with_money, paid, refunds, refunded FROM sale_days WHERE day BETWEEN ? AND ?", b.from, b.to)
	if err != nil {
		return err
	}
	b.day = query{sql: "SELECT s.id FROM sales s WHERE s.day = ?"}
	return unknownTotals(b.s, t, "s.day BETWEEN ? AND ?", b.from, b.to)
}

// wholeSales goes through the sales of the days, or through the hits of the text.
func (b *listBuilder) wholeSales() error {
	where := terms{}
	b.ofDays(&where)
	where.and(b.sales)
	if b.hasHits {
		if err := b.wholeHits(where); err != nil {
			return err
		}
		where.add("s.id IN (SELECT value FROM json_each(?))", b.hits)
		return unknownTotals(b.s, &b.totals, where.String(), where.args...)
	}
	t := &b.totals
	err := each(b.s, func(row *values) error {
		b.found[Day(row.text())] = int(row.int())
		t.Sales += int(row.int())
		t.Paid += payment.Amount(row.int())
		t.Refunded += payment.Amount(row.int())
		return nil
	}, "SELECT s.day, count(*), sum(s.paid > 0), sum(s.paid), sum(s.refunded) FROM "+b.saleTable()+" WHERE "+where.String()+" GROUP BY s.day", where.args...)
	if err != nil {
		return err
	}
	b.day = query{"SELECT s.id FROM sales s INDEXED BY sales_day WHERE s.day = ? AND " + b.sales.String(), b.sales.args}
	if err := b.wholeRefunds(where); err != nil {
		return err
	}
	return unknownTotals(b.s, t, where.String(), where.args...)
}

// saleTable is where sales are looked for one by one. Those that ask for
// attention are few, and known.
func (c choice) saleTable() string {
	if c.f.Attention {
		return "sales s INDEXED BY sales_attention"
	}
	return "sales s"
}

func (b *listBuilder) wholeHits(where terms) error {
	t := &b.totals
	return each(b.s, func(row *values) error {
		b.add(row)
		if paid := payment.Amount(row.int()); paid > 0 {
			t.Sales++
			t.Paid += paid
		}
		t.Refunded += payment.Amount(row.int())
		t.Refunds += int(row.int())
		return nil
	}, `SELECT s.day, s.id, s.paid, s.refunded, (SELECT count(*) FROM refunds r WHERE r.sale_id = s.id AND r.state = 'done')
		FROM json_each(?) h CROSS JOIN sales s ON s.id = h.value WHERE `+where.String(), append([]any{b.hits}, where.args...)...)
}

// wholeRefunds counts refunds that are done. There are fewer of them than sales.
func (b *listBuilder) wholeRefunds(where terms) error {
	in, err := b.span(b.s)
	if err != nil {
		return err
	}
	refunds, err := one(b.s, scanInt, `SELECT count(*) FROM refunds r INDEXED BY refunds_sale CROSS JOIN sales s ON s.id = r.sale_id
		WHERE r.sale_id BETWEEN ? AND ? AND r.state = 'done' AND `+where.String(), append([]any{in.first, in.last}, where.args...)...)
	b.totals.Refunds = int(refunds)
	return err
}

// span has all sales of the days.
func (c choice) span(s source) (in span, err error) {
	if c.f.allDays() {
		return everySale, nil
	}
	in, _, err = saleSpan(s, c.from, c.to)
	return in, err
}
