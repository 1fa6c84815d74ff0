package data

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"frontdesk/payment"
)

// passes is the filter as a person would apply it, without the text.
func (f Filter) passes(d SaleDetail) bool {
	money := !f.choosesMoney()
	for _, t := range d.Tenders {
		money = money || f.takes(d, t) && !f.Refunds
		for _, r := range d.Refunds {
			money = money || r.TenderID == t.ID && r.State != payment.RefundRefused && f.gives(t, r)
		}
	}
	return money && (f.ByMoney || f.within(d.Day)) && (f.State == "" || d.State == f.State) && (!f.Attention || d.Attention != "") &&
		(f.Min == 0 || d.Amount >= f.Min) && (f.Max == 0 || d.Amount <= f.Max)
}

func (f Filter) within(day Day) bool {
	return (f.From == "" || day >= f.From) && (f.To == "" || day <= f.To)
}

// takes reports whether the filter chooses a tender's money.
func (f Filter) takes(d SaleDetail, t Tender) bool {
	return f.through(t) && (f.ShiftID == 0 || t.ShiftID == f.ShiftID) && (f.StaffID == 0 || t.takenBy(d.Sale) == f.StaffID) &&
		(f.Hour == nil || t.CreatedAt.In(payment.Beijing).Hour() == *f.Hour) && (!f.ByMoney || f.within(t.dayOf(d.Sale)))
}

// gives reports whether it chooses a refund of t.
func (f Filter) gives(t Tender, r Refund) bool {
	return f.through(t) && (f.ShiftID == 0 || r.ShiftID == f.ShiftID) && (f.StaffID == 0 || r.Staff.ID == f.StaffID) &&
		(f.Hour == nil || r.CreatedAt.In(payment.Beijing).Hour() == *f.Hour) && (!f.ByMoney || f.within(r.Day))
}

func (f Filter) through(t Tender) bool {
	return (f.Channel == "" || t.Channel == f.Channel) && (f.Method == "" || t.Method == f.Method) &&
		(f.Wallet == "" || t.Wallet == f.Wallet || f.Wallet == NoWallet && t.Wallet == "")
}

// totalsOf sums sales one by one.
func (f Filter) totalsOf(list []SaleDetail) (t Totals) {
	for _, d := range list {
		t.Rows++
		var paid payment.Amount
		for _, x := range d.Tenders {
			switch {
			case !f.takes(d, x) || f.Refunds:
			case x.State == payment.StatePaid:
				paid += x.Amount
			case x.State == payment.StateUnknown:
				t.Unknown++
				t.UnknownSum += x.Amount
			}
			for _, r := range d.Refunds {
				if r.TenderID != x.ID || r.State != payment.RefundDone || !f.gives(x, r) {
					continue
				}
				t.Refunds++
				if x.State == payment.StatePaid {
					t.Refunded += r.Amount
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

// says is what search promises, over all sales of some days.
func (f Filter) says(list []SaleDetail) []SaleDetail {
	half := func(c rune) rune {
		switch {
		case c >= 0xff01 && c <= 0xff5e: // full width
			return c - 0xfee0
		case c == 0x3000:
			return ' '
		}
		return c
	}
	narrow := func(text string) string { return strings.ToLower(strings.Map(half, text)) }
	part := narrow(f.Text)
	has := func(text string) bool { return strings.Contains(narrow(text), part) }
	_, err := strconv.Atoi(part)
	digits := err == nil && len(part) <= 8
	var words, numbers []SaleDetail
	for _, d := range list {
		inNumber := d.ReceiptNo == part
		for _, t := range d.Tenders {
			inNumber = inNumber || has(t.OutTradeNo) || has(t.TradeNo)
		}
		switch {
		case has(d.Remark) || digits && strings.HasSuffix(d.ReceiptNo, part):
			words = append(words, d)
		case inNumber:
			numbers = append(numbers, d)
		}
	}
	if f.fewDays() || (len(words) == 0 && len(part) >= longNumber) {
		return append(words, numbers...)
	}
	return words
}

func TestEveryFilter(t *testing.T) {
	c := newCrew(newShop(t), 42)
	for range 900 {
		c.act()
	}
	everything := c.listed()
	var back Refund // one on another day than its sale
	for _, d := range everything {
		for _, r := range d.Refunds {
			if r.Day != d.Day && r.State != payment.RefundRefused {
				back = r
			}
		}
	}
	some := everything[len(everything)/2]
	late := everything[len(everything)/4]
	for name, f := range map[string]Filter{
		"all":                      {},
		"a day":                    {From: some.Day, To: some.Day},
		"from a day":               {From: some.Day},
		"to a day":                 {To: some.Day},
		"days":                     {From: some.Day, To: late.Day},
		"paid":                     {State: SalePaid},
		"failed":                   {State: SaleFailed},
		"unknown":                  {State: SaleUnknown},
		"attention":                {Attention: true},
		"cash":                     {Channel: payment.Cash},
		"cash of days":             {Channel: payment.Cash, From: some.Day, To: late.Day},
		"alipay":                   {Channel: payment.Alipay},
		"a channel never used":     {Channel: "cheques"},
		"amounts":                  {Min: 1000, Max: 2500},
		"an amount":                {Min: some.Amount, Max: some.Amount},
		"digits":                   {Text: "0001"},
		"digits of a day":          {Text: "0001", From: some.Day, To: some.Day},
		"end of a receipt":         {Text: some.ReceiptNo[4:]},
		"a receipt":                {Text: some.ReceiptNo},
		"an order":                 {Text: some.Tenders[0].OutTradeNo},
		"part of an order":         {Text: strings.ToLower(some.Tenders[0].OutTradeNo[:12])},
		"trade numbers":            {Text: "t00000"},
		"a remark":                 {Text: "三号"},
		"a remark of a day":        {Text: "三号", From: some.Day, To: late.Day},
		"latin remark":             {Text: "room"},
		"a per cent sign":          {Text: "0% "},
		"an underscore":            {Text: "_"},
		"a backslash":              {Text: `\`},
		"nothing has it":           {Text: "does not exist"},
		"a remark's one character": {Text: "桌"},
		"full-width digits":        {Text: "ＲＯＯＭ　１２"},
		"half-width letters":       {Text: "b1"},
		"all at once":              {From: everything[len(everything)-1].Day, State: SalePaid, Channel: payment.Alipay, Min: 100, Text: "a"},
		"code":                     {Method: payment.MethodCode},
		"a wallet":                 {Wallet: payment.WalletAlipay},
		"no wallet":                {Wallet: NoWallet},
		"a shift":                  {ShiftID: some.Tenders[0].ShiftID},
		"cash of a shift":          {ShiftID: some.Tenders[0].ShiftID, Channel: payment.Cash},
		"a person":                 {StaffID: 2},
		"a person's days":          {StaffID: 2, From: some.Day, To: late.Day},
		"an hour":                  {Hour: new(12)},
		"an hour of a day":         {Hour: new(back.CreatedAt.In(payment.Beijing).Hour()), From: back.Day, To: back.Day, ByMoney: true},
		"midnight":                 {Hour: new(0)},
		"money of a day":           {ByMoney: true, From: some.Day, To: some.Day},
		"money from a day on":      {ByMoney: true, From: late.Day},
		"money of all days":        {ByMoney: true},
		"a person's money":         {ByMoney: true, StaffID: 1, From: some.Day, To: late.Day, Channel: payment.Alipay},
		"refunds":                  {Refunds: true},
		"refunds of a day":         {Refunds: true, ByMoney: true, From: back.Day, To: back.Day},
		"refunds of sales":         {Refunds: true, From: everything[len(everything)-1].Day, To: back.Day.Plus(-1)},
		"refunds of a shift":       {Refunds: true, ShiftID: back.ShiftID},
		"a person's refunds":       {Refunds: true, StaffID: back.Staff.ID, ByMoney: true, From: back.Day},
	} {
		want := slices.DeleteFunc(slices.Clone(everything), func(d SaleDetail) bool { return !f.passes(d) })
		if f.Text != "" {
			said := f.says(slices.DeleteFunc(slices.Clone(everything), func(d SaleDetail) bool { return !f.within(d.Day) }))
			want = slices.DeleteFunc(want, func(d SaleDetail) bool {
				return !slices.ContainsFunc(said, func(s SaleDetail) bool { return s.ID == d.ID })
			})
		}
		f.Limit = len(everything)
		rows, totals, err := c.Sales(ctx, f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(want) == 0 && name != "nothing has it" && name != "a channel never used" {
			t.Errorf("%s: proves nothing", name)
		}
		if len(rows) != len(want) {
			t.Errorf("%s: %d rows, want %d", name, len(rows), len(want))
			continue
		}
		for i, row := range rows {
			d := want[i]
			if row.ID != d.ID || row.State != d.State || row.LastTender != d.Tenders[len(d.Tenders)-1] || !slices.Equal(row.Ways, WaysOf(d.Tenders)) {
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
		list, err := c.SaleList(ctx, f)
		if err != nil || list.Totals != totals {
			t.Fatalf("%s: counted as %+v, %v; want %+v", name, list, err, totals)
		}
		if again, err := c.SaleRows(ctx, list, f.Offset, f.Limit); err != nil || !reflect.DeepEqual(again, page) {
			t.Errorf("%s: the page of the list has %d rows, %v", name, len(again), err)
		}
	}
}

// listed is all sales, in the order of the list.
func (c *crew) listed() (list []SaleDetail) {
	for _, id := range c.sales {
		list = append(list, c.detail(id))
	}
	slices.SortFunc(list, func(a, b SaleDetail) int {
		return cmp.Or(strings.Compare(string(b.Day), string(a.Day)), cmp.Compare(b.ID, a.ID))
	})
	return list
}

// Each page of the list begins where the one before it ended, wherever it is.
func TestPagesOfAllSales(t *testing.T) {
	c := newCrew(newShop(t), 43)
	for range 400 {
		c.act()
	}
	everything := c.listed()
	days := Filter{From: everything[len(everything)*3/4].Day, To: everything[len(everything)/4].Day}
	for _, f := range []Filter{{}, days, {From: days.From}, {To: days.To}} {
		want := slices.DeleteFunc(slices.Clone(everything), func(d SaleDetail) bool { return !f.passes(d) })
		for f.Limit = 1; f.Limit <= 10; f.Limit += 3 {
			for f.Offset = 0; f.Offset <= len(want)+1; f.Offset++ {
				page, _, err := c.Sales(ctx, f)
				if err != nil || len(page) != max(0, min(f.Limit, len(want)-f.Offset)) {
					t.Fatalf("%+v: %d rows, %v", f, len(page), err)
				}
				for i, row := range page {
					if row.ID != want[f.Offset+i].ID {
						t.Fatalf("%+v: row %d is %s, want %s", f, i, row.ReceiptNo, want[f.Offset+i].ReceiptNo)
					}
				}
			}
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
