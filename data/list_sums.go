package data

import (
	"slices"

	"frontdesk/payment"
)

// firstSums counts the sales whose first tender passes without looking at them:
//
//	tenders that are paid, from figures (and what figures of old days say apart)
//	- those of them that are not the first of their sale
//	+ first tenders that are not paid: those that ended so, and those still open
//
// The two that are looked for one by one are few. Every tender counts on its own
// day, and a first one's is that of its sale.
func (b *listBuilder) firstSums(in span) error {
	// A row has a day, tenders, those of them that are paid, and their amount.
	add := func(row *values) error {
		b.found[Day(row.text())] += int(row.int())
		b.totals.Sales += int(row.int())
		b.totals.Paid += payment.Amount(row.int())
		return nil
	}
	for _, q := range []query{b.figuresOf(figureTable(b.f)), b.figuresOf("figures_apart"), b.laterPaid(in), b.endedFirst(in), b.openFirst()} {
		if err := each(b.s, add, q.sql, q.args...); err != nil {
			return err
		}
	}
	return nil
}

// figureTable has the hours only where they are asked for: without them there is
// less to read.
func figureTable(f Filter) string {
	if f.Hour != nil {
		return "figures"
	}
	return "figure_days"
}

// figuresOf are the payments of each day.
func (c choice) figuresOf(table string) query {
	where := terms{}
	where.add("x.day BETWEEN ? AND ?", c.from, c.to)
	c.through(&where, "x")
	if c.f.Hour != nil {
		where.add("x.hour = ?", *c.f.Hour)
	}
	if c.f.StaffID != 0 {
		where.add("x.staff_id = ?", c.f.StaffID)
	}
	return query{"SELECT x.day, sum(x.payments), sum(x.payments), sum(x.paid) FROM " + table + " x WHERE " + where.String() + " GROUP BY x.day", where.args}
}

// laterPaid takes away the payments that are not the first of their sale.
func (c choice) laterPaid(in span) query {
	tables, args := laterTenders(c.from, c.to, in)
	where := terms{args: slices.Clone(args)}
	where.add("t.attempt > 1 AND t.state = 'paid'")
	c.tender(&where, "t")
	where.add(dayOf("t")+" BETWEEN ? AND ?", c.from, c.to)
	return query{"SELECT " + dayOf("t") + ", -count(*), -count(*), -sum(t.amount) FROM " + tables + " WHERE " + where.String() + " GROUP BY 1", where.args}
}

// endedFirst adds the first tenders that brought nothing.
func (c choice) endedFirst(in span) query {
	where := terms{}
	where.add("t.attempt = 1 AND t.state IN ('failed', 'closed', 'reversed') AND t.sale_id BETWEEN ? AND ?", in.first, in.last)
	c.tender(&where, "t")
	where.add(dayOf("t")+" BETWEEN ? AND ?", c.from, c.to)
	return query{"SELECT " + dayOf("t") + ", count(*), 0, 0 FROM tenders t INDEXED BY tenders_ended WHERE " + where.String() + " GROUP BY 1", where.args}
}

// openFirst adds the first tenders that may still bring something.
func (c choice) openFirst() query {
	where := terms{}
	where.add("t.attempt = 1")
	c.tender(&where, "t")
	where.add(dayOf("t")+" BETWEEN ? AND ?", c.from, c.to)
	return query{"SELECT " + dayOf("t") + ", count(*), 0, 0 FROM tenders t " + openTenders + " AND " + where.String() + " GROUP BY 1", where.args}
}
