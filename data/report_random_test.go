package data

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
)

func (s *shop) reportOf(c Cut) Report {
	s.tb.Helper()
	r, err := s.Report(ctx, c)
	if err != nil {
		s.tb.Fatalf("report of %+v: %v", c, err)
	}
	return r
}

// same compares a report with the recount, but for the journal's end, which is
// that of when it was made.
func (c *crew) same(what string, got, want Report, headSeq int64, headHash string) {
	c.tb.Helper()
	want.HeadSeq, want.HeadHash = headSeq, headHash
	if reflect.DeepEqual(got, want) {
		return
	}
	for i := range reflect.TypeFor[Report]().NumField() {
		field := reflect.TypeFor[Report]().Field(i)
		x, y := reflect.ValueOf(got).Field(i).Interface(), reflect.ValueOf(want).Field(i).Interface()
		if !reflect.DeepEqual(x, y) {
			is, _ := json.Marshal(x)
			should, _ := json.Marshal(y)
			c.tb.Errorf("%s: %s is\n%s\nthe journal and the records say\n%s", what, field.Name, is, should)
		}
	}
	c.tb.FailNow()
}

// adds holds what must be true of every report in itself.
func (c *crew) adds(what string, r Report) {
	c.tb.Helper()
	for _, list := range [][]Slice{r.Channels, r.Methods, r.People, r.Shifts, r.Hours, r.Days} {
		var sum Figures
		for _, s := range list {
			sum.add(s.Figures)
		}
		if list != nil && sum != r.Total {
			c.tb.Fatalf("%s: %+v add up to %+v, not to %+v", what, list, sum, r.Total)
		}
	}
	if d := r.Deposits; d.OpeningHeld+d.Taken-d.Captured-d.Released != d.ClosingHeld || r.Kind == ReportShift && d.OpeningHeld < 0 {
		c.tb.Fatalf("%s: deposits %+v", what, d)
	}
	if d := r.Drawer; d.Float+d.Paid-d.Refunded+d.Deposits+d.In-d.Out != d.Expected || (d.IsCounted && d.Counted-d.Expected != d.Difference) {
		c.tb.Fatalf("%s: drawer %+v", what, d)
	}
	if s := r.Shift; s != nil && s.State == ShiftClosed && (r.Drawer.Expected != s.Expected || r.Drawer.IsCounted && r.Drawer.Counted != s.Counted) {
		c.tb.Fatalf("%s: drawer %+v of shift %+v", what, r.Drawer, s)
	}
}

// check compares every report there can be with its recount.
func (c *crew) check() {
	c.tb.Helper()
	c.mustVerify()
	books := c.books()
	look := func(what string, cut Cut) Report {
		c.tb.Helper()
		r := c.reportOf(cut)
		c.same(what, r, books.recount(cut), r.HeadSeq, r.HeadHash)
		c.adds(what, r)
		return r
	}
	for _, s := range books.shifts {
		look(fmt.Sprintf("shift %d", s.ID), Cut{ShiftID: s.ID})
	}
	days := []Day{c.Today()}
	for _, row := range books.rows {
		days = append(days, row.day, row.countsOn())
	}
	first, last := slices.Min(days), slices.Max(days)
	var sum Figures
	var before Report
	for d := first; d <= last; d = d.Plus(1) {
		r := look(string(d), Cut{From: d, To: d})
		sum.add(r.Total)
		if d > first && (r.Deposits.OpeningHeld != before.Deposits.ClosingHeld || r.Drawer.Expected+r.Drawer.Difference != books.drawerAfter(d)) {
			c.tb.Fatalf("%s: %+v %+v, after %+v", d, r.Deposits, r.Drawer, before.Deposits)
		}
		before = r
	}
	for _, cut := range []Cut{{From: first, To: last}, {From: first.Plus(-3), To: last.Plus(400)}} {
		if r := look("all", cut); r.Total != sum {
			c.tb.Fatalf("%+v: the days add up to %+v, the range says %+v", cut, sum, r.Total)
		}
	}
	for range 3 {
		a, b := pick(c.random, days), pick(c.random, days)
		look(fmt.Sprintf("%s to %s", min(a, b), max(a, b)), Cut{From: min(a, b), To: max(a, b)})
	}
	if seq, hash, err := c.Head(ctx); err != nil || before.HeadSeq != seq || before.HeadHash != hash {
		c.tb.Fatalf("the report ends at %d %s, the journal at %d %s, %v", before.HeadSeq, before.HeadHash, seq, hash, err)
	}
}

// Whatever the people of a shop do, in whatever order, whenever the channels
// answer and however the clock is put: every report of a shift, a day and a
// range is what the journal and the records say, field by field, and adds up.
func TestReportsAreWhatTheJournalSays(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			c := newCrew(newShop(t), seed)
			for i := range 400 {
				c.act()
				if i%200 == 199 {
					c.reopen()
					c.check()
				}
			}
			r := c.reportOf(Cut{From: "2026-01-01", To: "2027-12-31"})
			if r.Total.Discount == 0 || r.Total.RefundsSettled == 0 || r.Open.Count() == 0 || r.Deposits.Captures == 0 || c.closed < 4 || len(r.People) < 3 || len(r.Channels) < 4 {
				t.Fatalf("too little has happened: %+v", r)
			}
		})
	}
}
