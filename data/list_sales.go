package data

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// SaleList is the sales that pass a filter, newest first, as they were counted at
// one moment: their totals, and on which days how many of them were made. Any
// page of it is found by these counts, so that only its own days are looked at.
//
// Sales that join the list later are not in it; a page is as it is when it is
// read. It may be used by several goroutines.
type SaleList struct {
	Totals Totals // when the filter chooses money, they count only that

	days []listDay // newest first
	day  query     // ids of the sales of one day, as far as they are not apart
}

// listDay is how many sales of the list were made on a day.
type listDay struct {
	day   Day
	found int     // are found by the list's query
	apart []int64 // are not, and known: they pass by a later tender or by a refund, or a text found them; they are few
}

func (d listDay) rows() int { return d.found + len(d.apart) }

// query is SQL with its arguments.
type query struct {
	sql  string
	args []any
}

// SaleList counts the sales that pass the filter; f.Limit and f.Offset are not
// read. What was paid and given back comes from sums that the ledger keeps, and
// what they do not say from small indexes; only where a state, an amount or a
// text is chosen, all sales of the days are looked at.
func (l *Ledger) SaleList(ctx context.Context, f Filter) (list *SaleList, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = f.list(v)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count sales: %w", err)
	}
	return list, nil
}

// SaleRows is a page of a list: at most limit rows from a place on, the first
// one being 0.
func (l *Ledger) SaleRows(ctx context.Context, list *SaleList, from, limit int) (page []SaleRow, err error) {
	err = l.look(ctx, func(v snapshot) error {
		page, err = list.page(v, from, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list sales: %w", err)
	}
	return page, nil
}

// Sales is one page of the sales that pass the filter, newest first, and the
// totals of all of them, at one moment. Who wants more pages than one asks for a
// SaleList.
func (l *Ledger) Sales(ctx context.Context, f Filter) (page []SaleRow, totals Totals, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err := f.list(v)
		if err != nil {
			return err
		}
		totals = list.Totals
		page, err = list.page(v, f.Offset, f.limit())
		return err
	})
	if err != nil {
		return nil, Totals{}, fmt.Errorf("list sales: %w", err)
	}
	return page, totals, nil
}

func (f Filter) list(v snapshot) (*SaleList, error) {
	c, err := f.choose(v)
	if err != nil {
		return nil, err
	}
	return c.list(v)
}

func (c choice) list(s source) (list *SaleList, err error) {
	b := listBuilder{choice: c, s: s, totals: Totals{More: c.more}, found: map[Day]int{}, apart: map[Day][]int64{}}
	switch {
	case c.f.onlyDays():
		err = b.wholeDays()
	case !c.f.choosesMoney():
		err = b.wholeSales()
	default:
		err = b.money()
	}
	if err != nil {
		return nil, err
	}
	return b.list(), nil
}

// listBuilder counts a list.
type listBuilder struct {
	choice
	s      source
	totals Totals
	day    query
	found  map[Day]int     // how many sales of a day the query finds
	apart  map[Day][]int64 // those that it does not, in any order and maybe twice
}

func (b *listBuilder) list() *SaleList {
	list := &SaleList{Totals: b.totals, day: b.day}
	for day, ids := range b.apart {
		slices.Sort(ids)
		list.days = append(list.days, listDay{day, max(0, b.found[day]), slices.Compact(ids)})
		delete(b.found, day)
	}
	for day, found := range b.found {
		if found > 0 { // what sums say may come to nothing
			list.days = append(list.days, listDay{day: day, found: found})
		}
	}
	slices.SortFunc(list.days, func(x, y listDay) int { return cmp.Compare(y.day, x.day) })
	for _, d := range list.days {
		list.Totals.Rows += d.rows()
	}
	return list
}

// page skips whole days by their counts.
func (p *SaleList) page(s source, from, limit int) ([]SaleRow, error) {
	var ids []int64
	skip := max(0, from)
	for _, d := range p.days {
		if skip >= d.rows() {
			skip -= d.rows()
			continue
		}
		if len(ids) >= limit {
			break
		}
		of, err := p.ofDay(s, d)
		if err != nil {
			return nil, err
		}
		// More than were counted have come since: they would move all older days.
		end := min(d.rows(), len(of))
		ids, skip = append(ids, of[min(skip, end):end]...), 0
	}
	return salesOf(s, ids[:min(max(0, limit), len(ids))])
}

// ofDay are the sales of one day, newest first.
func (p *SaleList) ofDay(s source, d listDay) (ids []int64, err error) {
	if d.found > 0 {
		if ids, err = all(s, scanInt, p.day.sql, append([]any{string(d.day)}, p.day.args...)...); err != nil {
			return nil, err
		}
	}
	ids = append(ids, d.apart...)
	slices.Sort(ids)
	slices.Reverse(ids)
	return ids, nil
}

// salesOf are lines of the sales with these ids, in their order.
func salesOf(s source, ids []int64) ([]SaleRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	sales, err := all(s, scanSale, "SELECT "+saleColumns+" FROM json_each(?) h CROSS JOIN sales s ON s.id = h.value CROSS JOIN staff p ON p.id = s.staff_id ORDER BY h.key",
		idList(ids))
	if err != nil {
		return nil, err
	}
	return saleRows(s, sales)
}

// saleRows are lines of sales with their tenders.
func saleRows(s source, sales []Sale) ([]SaleRow, error) {
	page := make([]SaleRow, len(sales))
	place, ids := map[int64]int{}, make([]int64, len(sales))
	for i, sale := range sales {
		page[i].Sale, place[sale.ID], ids[i] = sale, i, sale.ID
	}
	tenders, err := all(s, scanTender, "SELECT "+tenderColumns+" FROM tenders t WHERE t.sale_id IN (SELECT value FROM json_each(?)) ORDER BY t.sale_id, t.attempt", idList(ids))
	if err != nil {
		return nil, err
	}
	for from := 0; from < len(tenders); {
		to := from + 1
		for to < len(tenders) && tenders[to].SaleID == tenders[from].SaleID {
			to++
		}
		row := &page[place[tenders[from].SaleID]]
		row.Ways, row.LastTender = WaysOf(tenders[from:to]), tenders[to-1]
		from = to
	}
	return page, nil
}
