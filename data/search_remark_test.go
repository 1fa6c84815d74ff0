package data

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

// found are the receipts, newest first, that a text finds in the whole ledger.
func (s *shop) found(text string) []string {
	s.tb.Helper()
	rows, totals, err := s.Sales(ctx, Filter{Text: text})
	if err != nil || totals.Rows != len(rows) {
		s.tb.Fatalf("%q: %d rows, %+v, %v", text, len(rows), totals, err)
	}
	list := []string{}
	for _, r := range rows {
		list = append(list, r.ReceiptNo)
	}
	return list
}

func (s *shop) remarked(remark string) string {
	s.tb.Helper()
	n := s.scan(100)
	n.Sale.Remark = remark
	sale, _ := s.start(n)
	return sale.ReceiptNo
}

// remarkParts are remarks, and parts of them that find them and nothing else.
var remarkParts = []struct {
	remark string
	parts  []string
}{
	{"三号桌，靠窗", []string{"三", "号桌", "，", "桌，靠", "窗", "三号桌，靠窗", " 靠窗 "}},
	{"Room 12 VIP", []string{"room", "ROOM", "m 1", "Ｒｏｏｍ", "p", "vip", "１２ ｖ"}},
	{"ＡＢＣ　１３９", []string{"abc", "c 1", "39", "１３９", "bc"}},
	{`"x" OR y* NEAR(z)`, []string{`"`, `x"`, "or y", "*", "y* near(", ")", `"x" OR y* NEAR(z)`}},
	{"a_b%d\\e", []string{"_", "%", `\`, "a_b", `d\e`}},
	{"🎂 蛋糕 café", []string{"🎂", "🎂 蛋", "CAFÉ", "é", "cafe\u0301"}},
	{"qq qqq", []string{"q", "qq ", "qqq", "q q"}},
	{"一", []string{"一"}},
}

func TestAnyPartOfARemarkIsFound(t *testing.T) {
	s := newShop(t)
	for _, r := range remarkParts {
		receipt := s.remarked(r.remark)
		for _, part := range r.parts {
			if got := s.found(part); !slices.Equal(got, []string{receipt}) {
				t.Errorf("%q finds %v, want %s with %q", part, got, receipt, r.remark)
			}
		}
	}
	for _, part := range []string{"三桌", "号号", "mR", "qqqq", "靠窗三", "roomvip", "二", `" OR "`, "蛋糕🎂", "x OR y"} {
		if got := s.found(part); len(got) != 0 {
			t.Errorf("%q finds %v", part, got)
		}
	}
	twice := []string{s.remarked("靠窗 two"), s.remarked("靠窗 one")}
	if got := s.found("靠窗"); !slices.Equal(got, []string{twice[1], twice[0], "01000001"}) {
		t.Errorf("found %v", got)
	}
	s.mustVerify()
}

// forgetIndex makes the ledger one that has just come from version 2: no remark
// is in the index.
func (s *shop) forgetIndex() {
	s.tb.Helper()
	err := s.change(ctx, func(x *tx) error {
		for _, query := range []string{"INSERT INTO remark_search (remark_search) VALUES ('delete-all')", "INSERT INTO remarks_left SELECT id FROM sales WHERE remark <> ''"} {
			if _, err := x.exec(query); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.tb.Fatal(err)
	}
}

func (s *shop) remarksLeft() (n int64) {
	s.tb.Helper()
	err := s.look(ctx, func(v snapshot) (err error) {
		n, err = one(v, scanInt, "SELECT count(*) FROM remarks_left")
		return err
	})
	if err != nil {
		s.tb.Fatal(err)
	}
	return n
}

// Remarks from before there was an index are found the same way while they are
// waiting for it, and each of them once in the middle of it.
func TestOldRemarksAreFoundBeforeAndAfter(t *testing.T) {
	s := newShop(t)
	receipts := map[string]string{}
	for _, r := range remarkParts {
		receipts[r.remark] = s.remarked(r.remark)
	}
	want := s.found("q")
	s.forgetIndex()
	newer := s.remarked("qr")
	look := func(when string) {
		t.Helper()
		for _, r := range remarkParts {
			for _, part := range r.parts {
				if got := s.found(part); !slices.Contains(got, receipts[r.remark]) {
					t.Errorf("%s: %q finds %v, want %s", when, part, got, receipts[r.remark])
				}
			}
		}
		if got := s.found("q"); !slices.Equal(got, append([]string{newer}, want...)) {
			t.Errorf("%s: q finds %v", when, got)
		}
	}
	look("before")
	s.reopen() // works through the few there are
	if n := s.remarksLeft(); n != 0 {
		t.Fatalf("%d are left", n)
	}
	look("after")
	s.mustVerify()
}

// manySales adds sales by one statement, with remarks that are not in the index.
func (s *shop) manySales(n int, remark string) {
	s.tb.Helper()
	err := s.change(ctx, func(x *tx) error {
		_, err := x.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO sales SELECT 1000000 + i, '2026-11-21', ?, 1, 100, 0, 0, 0, 'open', '', ? || i, '' FROM n`, n, noon.UnixMilli(), remark)
		return err
	})
	if err != nil {
		s.tb.Fatal(err)
	}
	s.forgetIndex()
}

// Many old remarks are worked through after the ledger has opened, in slices
// that let payments in between, and the rest at the next start.
func TestManyOldRemarksDoNotKeepTheWindowWaiting(t *testing.T) {
	s := newShop(t)
	const many = remarksAtOpen + 250
	s.manySales(many, "桌")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	l, err := Open(s.path, Options{Key: testKey}) // another goroutine reads the clock
	if err != nil {
		t.Fatal(err)
	}
	s.Ledger = l
	if err := l.Close(); err != nil { // in the middle of it
		t.Fatal(err)
	}
	if l, err = Open(s.path, Options{Key: testKey}); err != nil {
		t.Fatal(err)
	}
	s.Ledger = l
	if left := s.remarksLeft(); left > many-remarksAtOpen {
		t.Errorf("%d of %d are left after two starts", left, many)
	}
	rows, totals, err := s.Sales(ctx, Filter{Text: "桌"})
	if err != nil || totals.Rows != many || totals.More || len(rows) != 100 || rows[0].ID != 1000000+many {
		t.Fatalf("%d rows, %+v, %v", len(rows), totals, err)
	}
	for end := time.Now().Add(time.Minute); s.remarksLeft() > 0; {
		if time.Now().After(end) {
			t.Fatalf("%d are left", s.remarksLeft())
		}
		time.Sleep(5 * time.Millisecond)
	}
	if got := s.found("桌737"); !slices.Equal(got, []string{"01000737"}) {
		t.Errorf("found %v", got)
	}
}

// What everything has is found as far as anybody looks, and says so.
func TestATextThatIsEverywhere(t *testing.T) {
	s := newShop(t)
	const many = SearchMax + 7
	s.manySales(many, "桌")
	look := func(when string, f Filter, more bool, rows int) {
		t.Helper()
		page, totals, err := s.Sales(ctx, f)
		if err != nil || totals.More != more || totals.Rows != rows || (rows > 0 && page[0].ID != 1000000+many) {
			t.Errorf("%s: %d rows, %+v, %v", when, len(page), totals, err)
		}
	}
	look("from remarks one by one", Filter{Text: "桌"}, true, SearchMax)
	err := s.change(ctx, func(x *tx) error {
		for id := int64(1000001); id <= 1000000+many; id++ {
			if err := indexRemark(x, id, "桌"); err != nil {
				return err
			}
		}
		_, err := x.exec("DELETE FROM remarks_left")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	look("from the index", Filter{Text: "桌"}, true, SearchMax)
	look("of which none is paid", Filter{Text: "桌", State: SalePaid}, true, 0)
	look("of a day", Filter{Text: "桌", From: "2026-11-21", To: "2026-11-21"}, true, SearchMax)
	look("of a day without any", Filter{Text: "桌", From: "2026-11-22", To: "2026-11-23"}, false, 0)
	look("the end of a receipt number", Filter{Text: fmt.Sprint(many)}, false, 1)
	look("the end of many receipt numbers", Filter{Text: fmt.Sprint(many % 10)}, false, 1001)
	last := Filter{Text: "桌", Offset: SearchMax - 1}
	if page, _, err := s.Sales(ctx, last); err != nil || len(page) != 1 || page[0].ID != 1000001+many-SearchMax {
		t.Errorf("last page: %+v %v", page, err)
	}
}

// Receipts of several tills are found by their end, the newest first.
func TestTheEndOfAReceiptNumberOfAnyTill(t *testing.T) {
	s := newShop(t)
	var want []string
	for _, till := range []int{1, 3, 2} {
		s.till = till
		for range 12 {
			s.paid(100)
		}
	}
	for _, till := range []int{3, 2, 1} {
		want = append(want, payment.ReceiptNo(till, 11), payment.ReceiptNo(till, 1))
	}
	if got := s.found("1"); !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	if got := s.found("3000011"); !slices.Equal(got, want[:1]) {
		t.Errorf("found %v", got)
	}
	if got := s.found("０３００００１１"); !slices.Equal(got, want[:1]) {
		t.Errorf("found %v", got)
	}
}

// A reader that has looked into the index before must not take what the writer
// did to it since for damage.
func TestTheIndexIsSoundAgainAndAgain(t *testing.T) {
	s := newShop(t)
	s.read.SetMaxOpenConns(1)
	for round := range 3 {
		for i := range 37 {
			s.remarked(fmt.Sprintf("第%d轮 %d号", round, i))
		}
		s.mustVerify()
	}
}
