package data

import (
	"context"
	"fmt"
)

// SalesOf is one page of the sales of a cut, oldest first: those behind the
// sale with the id after, at most limit of them; after is 0 for the first page.
// An empty page is the end. The sales of a shift are those with a tender or a
// refund in it.
func (l *Ledger) SalesOf(ctx context.Context, c Cut, after int64, limit int) (page []SaleRow, err error) {
	err = l.look(ctx, func(v snapshot) error {
		where, args, err := c.sales(v, after)
		if err != nil {
			return err
		}
		sales, err := all(v, scanSale, "SELECT "+saleColumns+" FROM "+saleTables+" WHERE "+where+" ORDER BY s.id LIMIT ?", append(args, limit)...)
		if err != nil {
			return err
		}
		page, err = saleRows(v, sales)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list sales of a report: %w", err)
	}
	return page, nil
}

// CountSalesOf is how many sales SalesOf gives in all.
func (l *Ledger) CountSalesOf(ctx context.Context, c Cut) (n int, err error) {
	err = l.look(ctx, func(v snapshot) error {
		where, args, err := c.sales(v, 0)
		if err != nil {
			return err
		}
		count, err := one(v, scanInt, "SELECT count(*) FROM sales s WHERE "+where, args...)
		n = int(count)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("count sales of a report: %w", err)
	}
	return n, nil
}

// sales is the cut in SQL over sales s behind after. The sales of days lie
// together, so the ids are bounded first and the day is looked at in passing
// (the plus keeps its index out of it): each page then begins where the last one
// ended.
func (c Cut) sales(s source, after int64) (string, []any, error) {
	if c.ShiftID != 0 {
		return `s.id > ? AND s.id IN (SELECT sale_id FROM tenders WHERE shift_id <> 0 AND shift_id = ?
			UNION SELECT sale_id FROM refunds WHERE shift_id <> 0 AND shift_id = ?)`,
			[]any{after, c.ShiftID, c.ShiftID}, nil
	}
	in, _, err := saleSpan(s, string(c.From), string(c.To))
	return "s.id BETWEEN ? AND ? AND +s.day BETWEEN ? AND ?", []any{max(in.first, after+1), in.last, string(c.From), string(c.To)}, err
}
