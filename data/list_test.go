package data

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"frontdesk/payment"
)

// passes is the filter as a person would apply it.
func (f Filter) passes(d SaleDetail) bool {
	channel, text := f.Channel == "", f.Text == ""
	part := strings.ToLower(f.Text)
	for _, t := range d.Tenders {
		channel = channel || t.Channel == f.Channel
		text = text || strings.Contains(strings.ToLower(t.OutTradeNo), part) || strings.Contains(strings.ToLower(t.TradeNo), part)
	}
	text = text || strings.Contains(d.ReceiptNo, part) || strings.Contains(strings.ToLower(d.Remark), part)
	return channel && text && (f.From == "" || d.Day >= f.From) && (f.To == "" || d.Day <= f.To) && (f.State == "" || d.State == f.State) &&
		(!f.Attention || d.Attention != "") && (f.Min == 0 || d.Amount >= f.Min) && (f.Max == 0 || d.Amount <= f.Max)
}

// totalsOf sums sales one by one.
func (f Filter) totalsOf(list []SaleDetail) (t Totals) {
	for _, d := range list {
		t.Rows++
		var paid payment.Amount
		for _, x := range d.Tenders {
			if f.Channel != "" && x.Channel != f.Channel {
				continue
			}
			switch x.State {
			case payment.StatePaid:
				paid += x.Amount
				t.Refunded += x.Refunded
			case payment.StateUnknown:
				t.Unknown++
				t.UnknownSum += x.Amount
			}
			for _, r := range d.Refunds {
				if r.TenderID == x.ID && r.State == payment.RefundDone && x.State == payment.StatePaid {
					t.Refunds++
				}
			}
		}
		t.Paid += paid
		if paid > 0 {
			t.Sales++
		}
	}
	return t
}

func TestEveryFilter(t *testing.T) {
	c := newCashier(newShop(t), 42)
	for range 500 {
		c.act()
	}
	var everything []SaleDetail // newest first
	for _, id := range c.sales {
		everything = append(everything, c.detail(id))
	}
	slices.SortFunc(everything, func(a, b SaleDetail) int {
		if n := strings.Compare(string(b.Day), string(a.Day)); n != 0 {
			return n
		}
		return int(b.ID - a.ID)
	})
	some := everything[len(everything)/2]
	late := everything[len(everything)/4]
	for name, f := range map[string]Filter{
		"all":                  {},
		"a day":                {From: some.Day, To: some.Day},
		"from a day":           {From: some.Day},
		"to a day":             {To: some.Day},
		"days":                 {From: some.Day, To: late.Day},
		"paid":                 {State: SalePaid},
		"failed":               {State: SaleFailed},
		"unknown":              {State: SaleUnknown},
		"attention":            {Attention: true},
		"cash":                 {Channel: payment.Cash},
		"cash of days":         {Channel: payment.Cash, From: some.Day, To: late.Day},
		"alipay":               {Channel: payment.Alipay},
		"a channel never used": {Channel: payment.WeChat},
		"amounts":              {Min: 1000, Max: 2500},
		"an amount":            {Min: some.Amount, Max: some.Amount},
		"digits":               {Text: "0001"},
		"end of a receipt":     {Text: some.ReceiptNo[4:]},
		"a receipt":            {Text: some.ReceiptNo},
		"an order":             {Text: some.Tenders[0].OutTradeNo},
		"part of an order":     {Text: strings.ToLower(some.Tenders[0].OutTradeNo[:12])},
		"trade numbers":        {Text: "t0000"},
		"a remark":             {Text: "三号"},
		"a remark of a day":    {Text: "三号", From: some.Day, To: late.Day},
		"latin remark":         {Text: "room"},
		"a per cent sign":      {Text: "0% "},
		"an underscore":        {Text: "_"},
		"a backslash":          {Text: `\`},
		"nothing has it":       {Text: "does not exist"},
		"all at once":          {From: some.Day, State: SalePaid, Channel: payment.Alipay, Min: 100, Text: "0"},
	} {
		want := slices.DeleteFunc(slices.Clone(everything), func(d SaleDetail) bool { return !f.passes(d) })
		f.Limit = len(everything)
		rows, totals, err := c.Sales(ctx, f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(rows) != len(want) {
			t.Errorf("%s: %d rows, want %d", name, len(rows), len(want))
			continue
		}
		for i, row := range rows {
			d := want[i]
			if row.ID != d.ID || row.State != d.State || row.LastTender != d.Tenders[len(d.Tenders)-1] || !slices.Contains(row.Channels, d.Tenders[0].Channel) {
				t.Errorf("%s: row %d is %+v, want %+v", name, i, row, d.Sale)
			}
		}
		if sum := f.totalsOf(want); totals != sum {
			t.Errorf("%s: totals %+v, want %+v", name, totals, sum)
		}
		f.Limit, f.Offset = 7, 5
		page, again, err := c.Sales(ctx, f)
		if err != nil || again != totals || len(page) != min(7, max(0, len(rows)-5)) || (len(page) > 0 && page[0].ID != rows[5].ID) {
			t.Errorf("%s: page of %d rows, totals %+v, %v", name, len(page), again, err)
		}
	}
}

func TestFindSale(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	sale, tender := s.paid(200)
	for _, text := range []string{sale.ReceiptNo, tender.OutTradeNo, tender.TradeNo} {
		if d, err := s.FindSale(ctx, text); err != nil || d.ID != sale.ID || len(d.Tenders) != 1 {
			t.Errorf("%s: %+v %v", text, d, err)
		}
	}
	for _, text := range []string{"", "01000099", "0100000", "x", tender.TradeNo[1:], "'; DROP TABLE sales; --"} {
		if _, err := s.FindSale(ctx, text); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q: %v", text, err)
		}
		if _, err := s.Sale(ctx, text); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := s.Tender(ctx, 99); !errors.Is(err, ErrNotFound) {
		t.Errorf("tender: %v", err)
	}
	if _, err := s.Refund(ctx, 99); !errors.Is(err, ErrNotFound) {
		t.Errorf("refund: %v", err)
	}
}

// The lists that a start or a screen asks for again and again must come from
// their small indexes, not from the whole table.
func TestOpenThingsAreFoundByIndex(t *testing.T) {
	s := newShop(t)
	_, open := s.start(s.scan(100))
	_, paid := s.paid(100)
	s.refund(paid.ID, 50)
	if list, err := s.OpenTenders(ctx); err != nil || len(list) != 1 || list[0].ID != open.ID {
		t.Fatalf("%+v %v", list, err)
	}
	if list, err := s.OpenRefunds(ctx); err != nil || len(list) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	for query, index := range map[string]string{
		"SELECT * FROM tenders t " + openTenders + " ORDER BY t.id":                                          "tenders_open",
		"SELECT * FROM refunds r " + openRefunds + " ORDER BY r.id":                                          "refunds_open",
		"SELECT * FROM print_jobs p WHERE " + left + " AND state = 'queued' AND not_before <= 1 ORDER BY id": "print_jobs_left",
		"SELECT * FROM sales s WHERE attention <> '' ORDER BY s.id":                                          "sales_attention",
		"SELECT * FROM sales s WHERE s.day >= 'a' AND s.day <= 'b' ORDER BY s.day DESC, s.id DESC":           "sales_day",
		"SELECT sale_id FROM tenders WHERE trade_no = 'x' AND trade_no <> ''":                                "tenders_trade_no",
	} {
		var plan []string
		err := s.look(ctx, func(v snapshot) error {
			return each(v, func(row *values) error {
				row.at = 3
				plan = append(plan, row.text())
				return nil
			}, "EXPLAIN QUERY PLAN "+query)
		})
		if err != nil || !strings.Contains(strings.Join(plan, "\n"), index) {
			t.Errorf("%s\nplan: %q, %v", query, plan, err)
		}
	}
}
