package data

import (
	"context"
	"fmt"
	"slices"

	"frontdesk/payment"
)

// Filter chooses sales. Its zero value means all of them.
//
// Text finds, in this order:
//
//   - By a whole receipt, merchant order or trade number: only its sale.
//   - By any part of a remark, whatever the case and the width of its letters
//     and digits; and by the end of a receipt number.
//   - By any part of a merchant order or trade number. In a month or less always;
//     in more only where nothing else was found, and from six characters on:
//     shorter ones are in most numbers by chance, and there is no index over the
//     middle of numbers.
//
// Its newest SearchMax hits are looked at; Totals.More says that there are more.
//
// Channel, Method, Wallet, ShiftID, StaffID and Hour choose money: a sale passes
// when one of its tenders passes them all, or one of its refunds does, whose own
// person, shift and hour count. The sales behind a figure of a report have
// ByMoney set, and what the figure is cut by.
type Filter struct {
	From, To  Day       // business days, both included; "" for open ends
	ByMoney   bool      // the days are those on which money was asked for, as in reports; else those of the sale
	Refunds   bool      // only sales of which something was asked back and not refused; with ByMoney, on these days
	State     SaleState // "" for any
	Attention bool      // only sales about which a person has to decide
	Channel   payment.ChannelName
	Method    payment.Method
	Wallet    payment.Wallet // "" for any; NoWallet for money of which it is not known
	ShiftID   int64          // 0 for any
	StaffID   int64          // who took the money or gave it back; 0 for anybody
	Hour      *int           // of the clock in Beijing, 0 to 23, in which the money was asked for; nil for any
	Min, Max  payment.Amount // of Sale.Amount, both included; 0 for open ends
	Text      string         // full-width digits and letters are the same as the usual ones; "" for any
	Limit     int            // rows on a page; 0: 100
	Offset    int            // rows before the page
	PageOnly  bool           // the totals are not wanted, and stay empty
}

// NoWallet stands in a Filter for payment.WalletNone.
const NoWallet payment.Wallet = "none"

// SaleRow is a line of the list of sales.
type SaleRow struct {
	Sale
	Ways       []Way // see WaysOf
	LastTender Tender
}

// Way is how money comes: through a channel, from a wallet. Cash has none.
type Way struct {
	Channel payment.ChannelName
	Wallet  payment.Wallet
}

// WaysOf is how the money of a sale came, or may still come, each way once and
// oldest first. Where none did and none can, it is how it was tried.
func WaysOf(tenders []Tender) (ways []Way) {
	add := func(counts func(Tender) bool) {
		for _, t := range tenders {
			if way := (Way{t.Channel, t.Wallet}); counts(t) && !slices.Contains(ways, way) {
				ways = append(ways, way)
			}
		}
	}
	add(func(t Tender) bool { return t.State == payment.StatePaid || t.State.Open() })
	if ways == nil {
		add(func(Tender) bool { return true })
	}
	return ways
}

// Sales is one page of the sales that pass the filter, newest first, and the
// totals of all of them. When the filter chooses money, the totals count only
// that.
//
// Where only days are chosen, any page and the totals come from sums that the
// ledger keeps, at once. Everything else goes through the sales of the days.
func (l *Ledger) Sales(ctx context.Context, f Filter) (page []SaleRow, totals Totals, err error) {
	err = l.look(ctx, func(v snapshot) error {
		if f.onlyDays() {
			if !f.PageOnly {
				if totals, err = daysTotals(v, f); err != nil {
					return err
				}
			}
			page, err = daysPage(v, f)
			return err
		}
		c, err := f.choose(v)
		if err != nil {
			return err
		}
		if !f.PageOnly {
			if totals, err = c.totals(v); err != nil {
				return err
			}
		}
		page, err = c.page(v)
		return err
	})
	if err != nil {
		return nil, Totals{}, fmt.Errorf("list sales: %w", err)
	}
	return page, totals, nil
}

// onlyDays reports that nothing but days of the sale is chosen.
func (f Filter) onlyDays() bool {
	rest := f
	rest.From, rest.To, rest.Limit, rest.Offset, rest.PageOnly = "", "", 0, 0, false
	return rest == Filter{} || rest == Filter{ByMoney: true} && f.From == "" && f.To == ""
}

// ends are the first and the last day, for BETWEEN.
func (f Filter) ends() (from, to string) {
	if f.To == "" {
		return string(f.From), "9999-99-99"
	}
	return string(f.From), string(f.To)
}

func (f Filter) limit() int {
	if f.Limit <= 0 {
		return 100
	}
	return f.Limit
}

// saleSpan are the lowest and the highest id of the sales of some days, and how
// many there are. Each day's own ends are at hand in the index of days; those of
// all days are not.
func saleSpan(s source, from, to string) (in span, count int64, err error) {
	err = each(s, func(v *values) error {
		in, count = span{v.int(), v.int()}, v.int()
		return nil
	}, `SELECT coalesce(min((SELECT id FROM sales s WHERE s.day = d.day ORDER BY s.day, s.id LIMIT 1)), 1),
			coalesce(max((SELECT id FROM sales s WHERE s.day = d.day ORDER BY s.day DESC, s.id DESC LIMIT 1)), 0), coalesce(sum(sales), 0)
		FROM sale_days d WHERE day BETWEEN ? AND ?`, from, to)
	return in, count, err
}

// daysTotals sums days of sales.
func daysTotals(v snapshot, f Filter) (t Totals, err error) {
	from, to := f.ends()
	err = each(v, func(row *values) error {
		t.Rows, t.Sales, t.Paid, t.Refunds, t.Refunded = int(row.int()), int(row.int()), payment.Amount(row.int()), int(row.int()), payment.Amount(row.int())
		return nil
	}, `SELECT coalesce(sum(sales), 0), coalesce(sum(with_money), 0), coalesce(sum(paid), 0), coalesce(sum(refunds), 0), coalesce(sum(refunded), 0)
		FROM sale_days WHERE day BETWEEN ? AND ?`, from, to)
	if err != nil {
		return t, err
	}
	return t, unknownTotals(v, &t, "s.day BETWEEN ? AND ?", from, to)
}

// daysPage skips whole days by their counts, so that it walks over the sales of
// one day at most, wherever in the list the page is.
func daysPage(v snapshot, f Filter) ([]SaleRow, error) {
	from, to := f.ends()
	first, skip := "", max(0, f.Offset)
	err := each(v, func(row *values) error {
		day, sales := row.text(), int(row.int())
		switch {
		case first != "":
		case skip < sales:
			first = day
		default:
			skip -= sales
		}
		return nil
	}, "SELECT day, sales FROM sale_days WHERE day BETWEEN ? AND ? ORDER BY day DESC", from, to)
	if err != nil || first == "" {
		return nil, err
	}
	return salePage(v, "s.day BETWEEN ? AND ?", []any{from, first}, f.limit(), skip)
}

// salePage is a page of the sales s that pass where, newest first. They are put
// in order by what the index of days has of them, and read when they are known.
func salePage(v snapshot, where string, args []any, limit, offset int) ([]SaleRow, error) {
	sales, err := all(v, scanSale, "SELECT "+saleColumns+" FROM (SELECT s.id FROM sales s WHERE "+where+" ORDER BY s.day DESC, s.id DESC LIMIT ? OFFSET ?) x"+
		" CROSS JOIN sales s ON s.id = x.id CROSS JOIN staff p ON p.id = s.staff_id ORDER BY s.day DESC, s.id DESC",
		append(slices.Clone(args), limit, offset)...)
	if err != nil {
		return nil, err
	}
	return saleRows(v, sales)
}

// saleRows are lines of sales with their tenders.
func saleRows(v snapshot, sales []Sale) ([]SaleRow, error) {
	page := make([]SaleRow, len(sales))
	place, ids := map[int64]int{}, make([]int64, len(sales))
	for i, s := range sales {
		page[i].Sale, place[s.ID], ids[i] = s, i, s.ID
	}
	tenders, err := all(v, scanTender, "SELECT "+tenderColumns+" FROM tenders t WHERE t.sale_id IN (SELECT value FROM json_each(?)) ORDER BY t.sale_id, t.attempt", idList(ids))
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
