package data

import (
	"slices"
	"testing"
)

// Page by page, the sales of a report are those of its days, or those with
// money in its shift, each once, oldest first.
func TestTheSalesOfAReport(t *testing.T) {
	c := newCrew(newShop(t), 44)
	for range 500 {
		c.act()
	}
	books := c.books()
	some, late := books.details[len(books.details)/3], books.details[len(books.details)/2]
	for _, cut := range []Cut{{From: some.Day, To: some.Day}, {From: some.Day, To: late.Day}, {From: "2026-01-01", To: "2027-12-31"}, {From: "2020-01-01", To: "2020-01-01"},
		{ShiftID: 1}, {ShiftID: late.Tenders[0].ShiftID}, {ShiftID: 999}} {
		want := []int64{}
		for _, d := range books.details {
			in := cut.ShiftID == 0 && d.Day >= cut.From && d.Day <= cut.To
			for _, x := range d.Tenders {
				in = in || cut.ShiftID != 0 && x.ShiftID == cut.ShiftID
			}
			for _, r := range d.Refunds {
				in = in || cut.ShiftID != 0 && r.ShiftID == cut.ShiftID
			}
			if in {
				want = append(want, d.ID)
			}
		}
		got := []int64{}
		for last := int64(0); ; last = got[len(got)-1] {
			page, err := c.SalesOf(ctx, cut, last, 7)
			if err != nil || len(page) > 7 {
				t.Fatalf("%+v: %d rows, %v", cut, len(page), err)
			}
			if len(page) == 0 {
				break
			}
			for _, row := range page {
				got = append(got, row.ID)
			}
		}
		if n, err := c.CountSalesOf(ctx, cut); err != nil || n != len(want) || !slices.Equal(got, want) {
			t.Errorf("%+v: %v, %d counted, want %v; %v", cut, got, n, want, err)
		}
	}
}
