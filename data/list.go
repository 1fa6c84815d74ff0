package data

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"frontdesk/payment"
)

// Filter chooses sales. Its zero value means all of them.
type Filter struct {
	From, To  Day       // business days of the sale, both included; "" for open ends
	State     SaleState // "" for any
	Attention bool      // only sales about which a person has to decide
	Channel   payment.ChannelName
	Min, Max  payment.Amount // of Sale.Amount, both included; 0 for open ends
	Text      string         // a part of a receipt, merchant order or trade number, or of the remark; a whole number finds only its sale
	Limit     int            // rows on a page; 0: 100
	Offset    int            // rows before the page
}

// SaleRow is a line of the list of sales.
type SaleRow struct {
	Sale
	Channels   []payment.ChannelName // of its tenders, each once, oldest first
	LastTender Tender
}

// Sales is one page of the sales that pass the filter, newest first, and the
// totals of all of them. With Filter.Channel set, the totals count only what
// came and went through that channel.
func (l *Ledger) Sales(ctx context.Context, f Filter) (page []SaleRow, totals Totals, err error) {
	err = l.look(ctx, func(v snapshot) error {
		where, args, err := f.where(v)
		if err != nil {
			return err
		}
		if totals, err = filterTotals(v, f, where, args); err != nil {
			return err
		}
		page, err = filterPage(v, f, where, args)
		return err
	})
	if err != nil {
		return nil, Totals{}, fmt.Errorf("list sales: %w", err)
	}
	return page, totals, nil
}

// where is the filter in SQL over sales s.
func (f Filter) where(v snapshot) (string, []any, error) {
	terms, args := []string{"1"}, []any{}
	add := func(term string, values ...any) {
		terms = append(terms, term)
		args = append(args, values...)
	}
	if f.From != "" {
		add("s.day >= ?", string(f.From))
	}
	if f.To != "" {
		add("s.day <= ?", string(f.To))
	}
	if f.State != "" {
		add("s.state = ?", string(f.State))
	}
	if f.Attention {
		add("s.attention <> ''")
	}
	if f.Min > 0 {
		add("s.amount >= ?", int64(f.Min))
	}
	if f.Max > 0 {
		add("s.amount <= ?", int64(f.Max))
	}
	if f.Channel != "" {
		add("EXISTS (SELECT 1 FROM tenders t WHERE t.sale_id = s.id AND t.channel = ?)", string(f.Channel))
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		ids, err := f.search(v, text)
		if err != nil {
			return "", nil, err
		}
		add("s.id IN (SELECT value FROM json_each(?))", idList(ids))
	}
	return strings.Join(terms, " AND "), args, nil
}

func filterTotals(v snapshot, f Filter, where string, args []any) (t Totals, err error) {
	money := `SELECT count(*), coalesce(sum(s.paid > 0), 0), coalesce(sum(s.paid), 0), coalesce(sum(s.refunded), 0) FROM sales s WHERE ` + where
	moneyArgs := args
	channel := string(f.Channel)
	if channel != "" {
		money = `SELECT count(DISTINCT s.id), count(DISTINCT CASE WHEN t.state = 'paid' THEN s.id END),
				coalesce(sum(CASE WHEN t.state = 'paid' THEN t.amount END), 0), coalesce(sum(CASE WHEN t.state = 'paid' THEN t.refunded END), 0)
			FROM sales s JOIN tenders t ON t.sale_id = s.id AND t.channel = ? WHERE ` + where
		moneyArgs = append([]any{channel}, args...)
	}
	err = each(v, func(row *values) error {
		t.Rows, t.Sales, t.Paid, t.Refunded = int(row.int()), int(row.int()), payment.Amount(row.int()), payment.Amount(row.int())
		return nil
	}, money, moneyArgs...)
	if err != nil {
		return t, err
	}
	ofChannel := append([]any{channel, channel}, args...)
	// CROSS JOIN keeps the order: begin with whatever is fewer.
	tables := "refunds r CROSS JOIN sales s ON s.id = r.sale_id"
	if f.fewDays() {
		tables = "sales s CROSS JOIN refunds r ON r.sale_id = s.id"
	}
	refunds, err := one(v, scanInt, `SELECT count(*) FROM `+tables+` JOIN tenders c ON c.id = r.tender_id
		WHERE r.state = 'done' AND c.state = 'paid' AND (? = '' OR c.channel = ?) AND `+where, ofChannel...)
	if err != nil {
		return t, err
	}
	t.Refunds = int(refunds)
	return t, unknownTotals(v, &t, "(? = '' OR t.channel = ?) AND "+where, ofChannel...)
}

func filterPage(v snapshot, f Filter, where string, args []any) ([]SaleRow, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = 100
	}
	sales, err := all(v, scanSale, "SELECT "+saleColumns+" FROM "+saleTables+" WHERE "+where+" ORDER BY s.day DESC, s.id DESC LIMIT ? OFFSET ?",
		append(append([]any{}, args...), limit, max(0, f.Offset))...)
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
	for _, t := range tenders {
		row := &page[place[t.SaleID]]
		if !slices.Contains(row.Channels, t.Channel) {
			row.Channels = append(row.Channels, t.Channel)
		}
		row.LastTender = t
	}
	return page, nil
}
