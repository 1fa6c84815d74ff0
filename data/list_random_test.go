package data

import (
	"math/rand/v2"
	"slices"
	"testing"

	"frontdesk/payment"
)

// anyFilter chooses by any fields together, with values of the sales there are.
func anyFilter(r *rand.Rand, all []SaleDetail) (f Filter) {
	of := func() (SaleDetail, Tender) {
		d := pick(r, all)
		return d, pick(r, d.Tenders)
	}
	may := func(oneIn int, set func(d SaleDetail, t Tender)) {
		if r.IntN(oneIn) == 0 {
			set(of())
		}
	}
	f.ByMoney = r.IntN(3) > 0
	may(2, func(d SaleDetail, t Tender) { f.From = pick(r, []Day{d.Day, t.dayOf(d.Sale), d.Day.Plus(-1)}) })
	may(2, func(d SaleDetail, t Tender) { f.To = pick(r, []Day{d.Day, t.dayOf(d.Sale), f.From, f.From}) })
	may(8, func(SaleDetail, Tender) { f.Refunds = true })
	may(3, func(_ SaleDetail, t Tender) { f.Channel = t.Channel })
	may(5, func(_ SaleDetail, t Tender) { f.Method = t.Method })
	may(5, func(_ SaleDetail, t Tender) {
		if f.Wallet = t.Wallet; f.Wallet == payment.WalletNone {
			f.Wallet = NoWallet
		}
	})
	may(8, func(_ SaleDetail, t Tender) { f.ShiftID = t.ShiftID })
	may(4, func(_ SaleDetail, t Tender) { f.StaffID = t.StaffID })
	may(5, func(_ SaleDetail, t Tender) { f.Hour = new(t.CreatedAt.In(payment.Beijing).Hour()) })
	may(8, func(d SaleDetail, _ Tender) { f.State = d.State })
	may(15, func(SaleDetail, Tender) { f.Attention = true })
	may(15, func(d SaleDetail, _ Tender) { f.Min = d.Amount })
	may(15, func(d SaleDetail, _ Tender) { f.Max = d.Amount })
	may(12, func(SaleDetail, Tender) { f.Text = pick(r, []string{"三号", "Room", "T0000", "01", "00012"}) })
	return f
}

// lists holds that a filter finds what a person finds who goes through all
// sales, on pages of any size, and sums it to the fen.
func (c *crew) lists(f Filter, everything []SaleDetail) (rows int) {
	c.tb.Helper()
	want := slices.DeleteFunc(slices.Clone(everything), func(d SaleDetail) bool { return !f.passes(d) })
	if f.Text != "" {
		said := everything
		if !f.ByMoney {
			said = slices.DeleteFunc(slices.Clone(everything), func(d SaleDetail) bool { return !f.within(d.Day) })
		}
		said = f.says(said)
		want = slices.DeleteFunc(want, func(d SaleDetail) bool {
			return !slices.ContainsFunc(said, func(s SaleDetail) bool { return s.ID == d.ID })
		})
	}
	list, err := c.SaleList(ctx, f)
	if err != nil {
		c.tb.Fatalf("%+v: %v", f, err)
	}
	if sum := f.totalsOf(want); list.Totals != sum {
		c.tb.Errorf("%+v: totals\n%+v, want\n%+v", f, list.Totals, sum)
	}
	size, found := 1+c.random.IntN(60), 0
	for from := 0; from <= len(want); from += size {
		page, err := c.SaleRows(ctx, list, from, size)
		if err != nil || len(page) != min(size, len(want)-from) {
			c.tb.Fatalf("%+v: %d rows from %d on, of %d; %v", f, len(page), from, len(want), err)
		}
		for i, row := range page {
			if d := want[from+i]; row.ID != d.ID || row.State != d.State || row.LastTender.ID != d.Tenders[len(d.Tenders)-1].ID {
				c.tb.Fatalf("%+v: row %d is %s, want %s", f, from+i, row.ReceiptNo, d.ReceiptNo)
			}
			found++
		}
	}
	if found != len(want) {
		c.tb.Errorf("%+v: %d rows in all pages, want %d", f, found, len(want))
	}
	return found
}

// Whatever is chosen together, the list is what a recount finds: with second
// attempts, late payments, payments that are taken back, sales in several parts,
// refunds on other days, two tills, and a clock that is put back.
func TestAnyFilterIsARecount(t *testing.T) {
	c := newCrew(newShop(t), 44)
	for i := range 900 {
		if i%150 == 149 {
			c.till = 1 + c.random.IntN(2)
		}
		c.act()
	}
	everything := c.listed()
	found := 0
	for range 500 {
		if c.lists(anyFilter(c.random, everything), everything) > 0 {
			found++
		}
	}
	if found < 200 {
		t.Errorf("only %d lists have sales", found)
	}
	c.mustVerify()
}

// Each figure of a report leads to sales that come to it.
func TestTheSalesBehindEveryFigure(t *testing.T) {
	c := newCrew(newShop(t), 45)
	for range 600 {
		c.act()
	}
	everything := c.listed()
	cut := Cut{From: everything[len(everything)-1].Day, To: everything[0].Day}
	for _, cut := range []Cut{cut, {From: everything[len(everything)/2].Day, To: everything[len(everything)/2].Day}} {
		r := c.reportOf(cut)
		days := Filter{From: cut.From, To: cut.To, ByMoney: true}
		same := func(what string, f Filter, of Figures) {
			t.Helper()
			list, err := c.SaleList(ctx, f)
			if err != nil || list.Totals.Paid != of.Trade || list.Totals.Refunds != of.RefundsSettled {
				t.Errorf("%s: %+v, the figure says %+v; %v", what, list.Totals, of, err)
			}
		}
		same("all", days, r.Total)
		for _, s := range r.Channels {
			f := days
			if f.Channel, f.Wallet = s.Channel, s.Wallet; s.Wallet == payment.WalletNone {
				f.Wallet = NoWallet
			}
			same("channel "+string(s.Channel), f, s.Figures)
		}
		for _, s := range r.Methods {
			f := days
			f.Method = s.Method
			same("method "+string(s.Method), f, s.Figures)
		}
		for _, s := range r.People {
			f := days
			f.StaffID = s.Staff.ID
			same("person "+s.Staff.Name, f, s.Figures)
		}
		for _, s := range r.Hours {
			f := days
			f.Hour = new(s.Hour)
			same("hour", f, s.Figures)
		}
		for _, s := range r.Days {
			same("day "+string(s.Day), Filter{From: s.Day, To: s.Day, ByMoney: true}, s.Figures)
		}
	}
}

// While sales go on, the older days of a list that is being read stay where they
// were counted.
func TestAListStaysWhereItWasCounted(t *testing.T) {
	s := newShop(t)
	older := []Sale{}
	for range 3 {
		sale, _ := s.paid(100)
		older = append(older, sale)
	}
	s.clock.at = s.clock.at.AddDate(0, 0, 1)
	s.paid(200)
	_, second := s.paid(300)
	for _, f := range []Filter{{}, {ByMoney: true, From: "2026-11-21"}, {Channel: payment.Alipay}, {State: SalePaid}, {Min: 1}} {
		list, err := s.SaleList(ctx, f)
		if err != nil || list.Totals.Rows < 5 {
			t.Fatalf("%+v: %+v %v", f, list, err)
		}
		newest, _ := s.paid(400)
		page, err := s.SaleRows(ctx, list, list.Totals.Rows-3, 2)
		if err != nil || len(page) != 2 || page[0].ID != older[2].ID || page[1].ID != older[1].ID {
			t.Errorf("%+v: %+v %v", f, page, err)
		}
		if first, err := s.SaleRows(ctx, list, 0, 1); err != nil || len(first) != 1 || first[0].ID != newest.ID {
			t.Errorf("%+v: the first page begins with %+v, %v", f, first, err)
		}
		all, err := s.SaleRows(ctx, list, 0, 100)
		if err != nil || len(all) != list.Totals.Rows {
			t.Errorf("%+v: %d rows of %d, %v", f, len(all), list.Totals.Rows, err)
		}
	}
	// A refund counts a sale on a day of its own; it still stands there once.
	money := Filter{ByMoney: true, From: "2026-11-22", To: "2026-11-22"}
	list, err := s.SaleList(ctx, money)
	if err != nil {
		t.Fatal(err)
	}
	s.moveRefund(s.refund(second.ID, 10).ID, RefundMove{To: payment.RefundDone})
	page, err := s.SaleRows(ctx, list, 0, 100)
	if err != nil || len(page) != list.Totals.Rows {
		t.Errorf("%d rows of %d, %v", len(page), list.Totals.Rows, err)
	}
	for _, from := range []int{-5, 0, 1000} {
		for _, limit := range []int{-1, 0} {
			if page, err := s.SaleRows(ctx, list, from, limit); err != nil || len(page) != 0 {
				t.Errorf("%d rows from %d, limit %d: %v", len(page), from, limit, err)
			}
		}
	}
}
