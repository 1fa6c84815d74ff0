package data

import (
	"slices"

	"frontdesk/payment"
)

// money counts the sales that pass by their money, and sums what passes of it.
func (b *listBuilder) money() error {
	in, err := b.span(b.s)
	if err != nil {
		return err
	}
	if !b.f.Refunds {
		if err := b.firsts(in); err != nil {
			return err
		}
		if err := b.laters(in); err != nil {
			return err
		}
		if err := b.unknown(); err != nil {
			return err
		}
	}
	return b.refunds(in)
}

// firsts counts the sales whose first tender passes: from sums, where these know
// all that is chosen; and else tender by tender, beginning with what is fewest.
func (b *listBuilder) firsts(in span) error {
	passes, t := terms{}, &b.totals
	b.tender(&passes, "t")
	passes.and(b.sales)
	b.day = query{"SELECT s.id FROM sales s INDEXED BY sales_day CROSS JOIN tenders t ON t.sale_id = s.id AND t.attempt = 1 WHERE s.day = ? AND " + passes.String(), passes.args}
	if !b.hasHits && b.f.ShiftID == 0 && len(b.sales.list) == 0 {
		return b.firstSums(in)
	}
	where := terms{}
	b.ofDays(&where)
	where.and(passes)
	if b.hasHits {
		b.day = query{}
		return each(b.s, func(row *values) error {
			b.add(row)
			state, amount := payment.State(row.text()), payment.Amount(row.int())
			if state == payment.StatePaid {
				t.Sales++
				t.Paid += amount
			}
			return nil
		}, "SELECT s.day, s.id, t.state, t.amount FROM json_each(?) h CROSS JOIN sales s ON s.id = h.value CROSS JOIN tenders t ON t.sale_id = s.id AND t.attempt = 1 WHERE "+
			where.String(), append([]any{b.hits}, where.args...)...)
	}
	tables := b.saleTable() + " CROSS JOIN tenders t ON t.sale_id = s.id AND t.attempt = 1"
	if b.f.ShiftID != 0 {
		tables = "tenders t INDEXED BY tenders_shift CROSS JOIN sales s ON s.id = t.sale_id AND t.attempt = 1"
	}
	return each(b.s, func(row *values) error {
		b.found[Day(row.text())] = int(row.int())
		t.Sales += int(row.int())
		t.Paid += payment.Amount(row.int())
		return nil
	}, "SELECT s.day, count(*), sum(t.state = 'paid'), sum(CASE t.state WHEN 'paid' THEN t.amount ELSE 0 END) FROM "+tables+" WHERE "+where.String()+" GROUP BY s.day", where.args...)
}

// laters sums the later tenders that pass, and adds the sales of which the first
// one does not.
func (b *listBuilder) laters(in span) error {
	t := &b.totals
	where := terms{}
	tables := "tenders t INDEXED BY tenders_again CROSS JOIN sales s ON s.id = t.sale_id"
	switch {
	case b.hasHits:
		tables, where.args = "json_each(?) h CROSS JOIN sales s ON s.id = h.value CROSS JOIN tenders t ON t.sale_id = s.id", []any{b.hits}
	case b.f.ShiftID != 0:
		tables = "tenders t INDEXED BY tenders_shift CROSS JOIN sales s ON s.id = t.sale_id"
	case b.f.ByMoney:
		tables, where.args = laterTenders(b.from, b.to, in)
		tables += " CROSS JOIN sales s ON s.id = t.sale_id"
	default:
		where.add("t.sale_id BETWEEN ? AND ?", in.first, in.last)
	}
	where.add("t.attempt > 1")
	b.tender(&where, "t")
	b.whereDays(&where, dayOf("t"))
	where.and(b.sales)
	first := b.firstPasses()
	paid := map[int64]bool{} // sales whose first tender did not bring what passes
	err := each(b.s, func(row *values) error {
		day, id, state, amount, passes, firstPaid := Day(row.text()), row.int(), payment.State(row.text()), payment.Amount(row.int()), row.bool(), row.bool()
		if !passes {
			b.apart[day] = append(b.apart[day], id)
		}
		if state == payment.StatePaid {
			t.Paid += amount
			if !passes || !firstPaid {
				paid[id] = true
			}
		}
		return nil
	}, "SELECT s.day, s.id, t.state, t.amount, "+first.String()+", f.state = 'paid' FROM "+tables+" CROSS JOIN tenders f ON f.sale_id = s.id AND f.attempt = 1 WHERE "+
		where.String(), slices.Concat(first.args, where.args)...)
	t.Sales += len(paid)
	return err
}

// refunds sums the refunds that pass, and adds the sales of which no tender does.
func (b *listBuilder) refunds(in span) error {
	where := terms{}
	tables := "refunds r INDEXED BY refunds_sale CROSS JOIN sales s ON s.id = r.sale_id"
	switch {
	case b.hasHits:
		tables, where.args = "json_each(?) h CROSS JOIN sales s ON s.id = h.value CROSS JOIN refunds r ON r.sale_id = s.id", []any{b.hits}
	case b.f.ShiftID != 0:
		tables = "refunds r INDEXED BY refunds_shift CROSS JOIN sales s ON s.id = r.sale_id"
	case b.f.ByMoney:
		tables = "refunds r INDEXED BY refunds_day CROSS JOIN sales s ON s.id = r.sale_id"
	default:
		where.add("r.sale_id BETWEEN ? AND ?", in.first, in.last)
	}
	where.add("r.state <> 'refused'")
	b.through(&where, "t")
	b.asked(&where, "r")
	if b.f.StaffID != 0 {
		where.add("r.staff_id = ?", b.f.StaffID)
	}
	b.whereDays(&where, "r.day")
	where.and(b.sales)
	first := b.firstPasses()
	return each(b.s, func(row *values) error {
		day, id, state, amount, ofPaid, passes := Day(row.text()), row.int(), payment.RefundState(row.text()), payment.Amount(row.int()), row.bool(), row.bool()
		if !passes || b.f.Refunds {
			b.apart[day] = append(b.apart[day], id)
		}
		if state == payment.RefundDone {
			b.totals.Refunds++
			if ofPaid { // or else it is part of what the channel took back
				b.totals.Refunded += amount
			}
		}
		return nil
	}, "SELECT s.day, s.id, r.state, r.amount, t.state = 'paid', "+first.String()+" FROM "+tables+
		" CROSS JOIN tenders t ON t.id = r.tender_id CROSS JOIN tenders f ON f.sale_id = s.id AND f.attempt = 1 WHERE "+where.String(), slices.Concat(first.args, where.args)...)
}

// firstPasses says whether the first tender f of sale s passes by itself.
func (c choice) firstPasses() (t terms) {
	c.tender(&t, "f")
	c.ofDays(&t)
	return t
}

// whereDays adds the chosen days: those of the money, or those of the sale.
func (c choice) whereDays(t *terms, ofMoney string) {
	if c.f.ByMoney && !c.f.allDays() {
		t.add(ofMoney+" BETWEEN ? AND ?", c.from, c.to)
		return
	}
	c.ofDays(t)
}

// unknown sums the tenders that pass and of which it is not known whether they
// are paid.
func (b *listBuilder) unknown() error {
	where := terms{}
	b.tender(&where, "t")
	b.whereDays(&where, dayOf("t"))
	where.and(b.sales)
	if b.hasHits {
		where.add("s.id IN (SELECT value FROM json_each(?))", b.hits)
	}
	return unknownTotals(b.s, &b.totals, where.String(), where.args...)
}

// laterTenders are the tenders t after the first of their sales that may be of
// some days; old ones are found by their sales, which lie in a span.
func laterTenders(from, to string, in span) (tables string, args []any) {
	return `(SELECT id FROM tenders INDEXED BY tenders_later WHERE attempt > 1 AND day BETWEEN ? AND ?
		UNION ALL SELECT id FROM tenders INDEXED BY tenders_later WHERE attempt > 1 AND day = '' AND sale_id BETWEEN ? AND ?) x CROSS JOIN tenders t ON t.id = x.id`,
		[]any{from, to, in.first, in.last}
}

// add counts a sale that is found here and now; a row begins with its day and id.
func (b *listBuilder) add(row *values) {
	day := Day(row.text())
	b.apart[day] = append(b.apart[day], row.int())
}
