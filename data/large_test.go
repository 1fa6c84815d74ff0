package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"frontdesk/payment"
)

// million is the size of ledger that the benchmarks of reading are made for:
// about three years of a busy counter.
const million = 1_000_000

// largeLedger opens a ledger with this many sales. It is generated once and
// kept under build/, by the schema that it was made for.
func largeLedger(tb testing.TB, sales int) *Ledger {
	tb.Helper()
	dir := filepath.Join("..", "build", "cache")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprintf("books-%d-%s.db", sales, schemaHash()))
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		generate(tb, path, sales)
	}
	l, err := Open(path, Options{Key: testKey, Till: 1, ReadOnly: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { l.Close() })
	return l
}

// schemaHash names the schema that a generated ledger was made for.
func schemaHash() string {
	h := sha256.New()
	for _, m := range migrations() {
		h.Write([]byte(m.sql))
	}
	return hex.EncodeToString(h.Sum(nil))[:8]
}

// generate writes a ledger through the ledger's own rules, many sales to a
// transaction, and gives it its name when it is whole.
func generate(tb testing.TB, path string, sales int) {
	tb.Logf("generating %d sales, once, into %s", sales, path)
	start := time.Now()
	part := path + ".part"
	for _, tail := range []string{"", "-wal", "-shm", ".head"} {
		os.Remove(part + tail)
	}
	c := &clock{at: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)} // 8:00 in Beijing
	l, err := Open(part, Options{Key: testKey, Now: c.now})
	if err != nil {
		tb.Fatal(err)
	}
	if err := l.write.script("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000"); err != nil {
		tb.Fatal(err)
	}
	for day := newLargeDay(tb, l, c, sales); day.done < sales; {
		if err := l.change(context.Background(), day.pass); err != nil {
			tb.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(os.Rename(part+".head", path+".head"), os.Rename(part, path)); err != nil {
		tb.Fatal(err)
	}
	tb.Logf("generated in %s", time.Since(start).Round(time.Second))
}

// BenchmarkReport is what the manager's screen and the Z reports read, at a
// million sales: every figure of a shift, a day, a month and a year.
func BenchmarkReport(b *testing.B) {
	l := largeLedger(b, million)
	shifts, err := l.Shifts(ctx, "2025-06-15", "2025-06-15")
	if err != nil || len(shifts) < 2 {
		b.Fatal(shifts, err)
	}
	for _, of := range []struct {
		name string
		cut  Cut
	}{
		{"shift", Cut{ShiftID: shifts[1].ID}},
		{"day", Cut{From: "2025-06-15", To: "2025-06-15"}},
		{"month", Cut{From: "2025-06-01", To: "2025-06-30"}},
		{"year", Cut{From: "2025-01-01", To: "2025-12-31"}},
		{"all", Cut{From: "2024-01-01", To: "2026-12-31"}},
	} {
		b.Run(of.name, func(b *testing.B) {
			for b.Loop() {
				r, err := l.Report(ctx, of.cut)
				if err != nil || r.Total.Sales == 0 || len(r.Channels) < 5 || r.Receipts.Count == 0 || r.Deposits.OpeningHeld+r.Deposits.Taken == 0 {
					b.Fatalf("%+v %v", r, err)
				}
			}
			inMilliseconds(b)
		})
	}
}

// inMilliseconds says the time of one turn in the unit of the goals.
func inMilliseconds(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6, "ms")
}

// BenchmarkDaySummary is the short form of it, by channel alone.
func BenchmarkDaySummary(b *testing.B) {
	l := largeLedger(b, million)
	for _, of := range []struct {
		name     string
		from, to Day
	}{{"day", "2025-06-15", "2025-06-15"}, {"month", "2025-06-01", "2025-06-30"}, {"year", "2025-01-01", "2025-12-31"}} {
		b.Run(of.name, func(b *testing.B) {
			for b.Loop() {
				s, err := l.Summary(ctx, of.from, of.to)
				if err != nil || s.Totals.Paid == 0 {
					b.Fatalf("%+v %v", s, err)
				}
			}
			inMilliseconds(b)
		})
	}
}

// BenchmarkReconciliation compares a day of about a thousand sales with the bills,
// at a million sales.
func BenchmarkReconciliation(b *testing.B) {
	l := largeLedger(b, million)
	for b.Loop() {
		r, err := l.Reconciliation(ctx, "2025-06-15")
		if err != nil || r.Same < 500 || len(r.Differences) > 0 {
			b.Fatalf("%+v %v", r, err)
		}
	}
	inMilliseconds(b)
}

// BenchmarkBillsWanted is asked every morning.
func BenchmarkBillsWanted(b *testing.B) {
	l := largeLedger(b, million)
	for b.Loop() {
		if list, err := l.BillsWanted(ctx, []payment.ChannelName{payment.Alipay, payment.WeChat, payment.CloudPay}, "2024-01-01", "2026-12-31"); err != nil || len(list) > 20 {
			b.Fatalf("%d %v", len(list), err)
		}
	}
	inMilliseconds(b)
}

// BenchmarkKeepBill keeps bills of a thousand lines, each about another payment,
// and each twice: first as a new one, then with another fee.
func BenchmarkKeepBill(b *testing.B) {
	const size = 1000
	s := newShop(b)
	if err := s.write.script("PRAGMA synchronous = OFF"); err != nil {
		b.Fatal(err)
	}
	var lines []payment.BillLine
	for range size {
		_, t := s.paid(1250)
		lines = append(lines, payment.BillLine{Kind: payment.BilledPayment, OrderNo: t.OutTradeNo, TradeNo: t.TradeNo, Wallet: t.Wallet, Amount: t.Amount, FeeKnown: true, At: t.PaidAt})
	}
	if err := s.write.script("PRAGMA synchronous = FULL"); err != nil {
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		for i := range lines {
			lines[i].Fee = payment.Amount(n + 1)
		}
		if _, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", lines, 0); err != nil {
			b.Fatal(err)
		}
	}
	inMilliseconds(b)
}

func foundIn(b *testing.B, l *Ledger, text string) []SaleRow {
	b.Helper()
	rows, _, err := l.Sales(ctx, Filter{Text: text})
	if err != nil {
		b.Fatal(err)
	}
	return rows
}

// BenchmarkReceiptSearch is what a cashier waits for at a million sales: one
// number, the list of a day and of all, what a figure is made of, and words and
// numbers in all of them.
func BenchmarkReceiptSearch(b *testing.B) {
	l := largeLedger(b, million)
	d, err := l.Sale(ctx, "01500000")
	if err != nil {
		b.Fatal(err)
	}
	for _, by := range []struct{ name, text string }{
		{"receipt", d.ReceiptNo}, {"order", d.Tenders[0].OutTradeNo}, {"trade", d.Tenders[0].TradeNo},
	} {
		b.Run(by.name, func(b *testing.B) {
			for b.Loop() {
				if found, err := l.FindSale(ctx, by.text); err != nil || found.ID != d.ID {
					b.Fatalf("%+v %v", found, err)
				}
			}
			inMilliseconds(b)
		})
	}
	phone := largePhone(0)
	for n := 1; len(foundIn(b, l, phone)) == 0; n++ {
		phone = largePhone(n)
	}
	month := Filter{From: d.Day[:8] + "01", To: d.Day[:8] + "28", ByMoney: true}
	for _, list := range []struct {
		name   string
		filter Filter
	}{
		{"list-day", Filter{From: d.Day, To: d.Day}},
		{"list-year", Filter{From: "2025-01-01", To: "2025-12-31"}},
		{"list-all", Filter{}},
		{"list-all-page-1000", Filter{Offset: 100_000}},
		{"list-all-page-5000", Filter{Offset: 500_000}},
		{"list-all-last-page", Filter{Offset: million - 100}},
		{"list-month-cash", Filter{From: month.From, To: month.To, Channel: payment.Cash}},
		{"list-all-failed", Filter{State: SaleFailed}},
		{"figure-shift", Filter{ShiftID: d.Tenders[0].ShiftID}},
		{"figure-day-wallet", Filter{From: d.Day, To: d.Day, ByMoney: true, Channel: payment.Alipay, Wallet: payment.WalletAlipay}},
		{"figure-day-person", Filter{From: d.Day, To: d.Day, ByMoney: true, StaffID: d.Tenders[0].StaffID}},
		{"figure-day-hour", Filter{From: d.Day, To: d.Day, ByMoney: true, Hour: new(int(clockHour(d.CreatedAt)))}},
		{"figure-day-refunds", Filter{From: d.Day, To: d.Day, ByMoney: true, Refunds: true}},
		{"figure-month-person", Filter{From: month.From, To: month.To, ByMoney: true, StaffID: d.Tenders[0].StaffID}},
		{"figure-month-refunds", Filter{From: month.From, To: month.To, ByMoney: true, Refunds: true}},
		{"remark-rare", Filter{Text: "间 1203"}},
		{"remark-usual", Filter{Text: "靠窗"}},
		{"remark-everywhere", Filter{Text: "号"}},
		{"remark-digits", Filter{Text: "1391"}},
		{"remark-telephone", Filter{Text: phone}},
		{"remark-not-there", Filter{Text: "不存在"}},
		{"remark-month", Filter{From: month.From, To: month.To, Text: "靠窗"}},
		{"remark-year", Filter{From: "2025-01-01", To: "2025-12-31", Text: "靠窗"}},
		{"end-of-receipt", Filter{Text: "4321"}},
		{"part-of-trade-number", Filter{Text: d.Tenders[0].TradeNo[4:]}},
		{"part-of-trade-number-day", Filter{Text: d.Tenders[0].TradeNo[20:], From: d.Day, To: d.Day}},
	} {
		b.Run(list.name, func(b *testing.B) {
			for b.Loop() {
				rows, _, err := l.Sales(ctx, list.filter)
				if err != nil || (len(rows) == 0) != (list.name == "remark-not-there") {
					b.Fatalf("%d rows, %v", len(rows), err)
				}
			}
			inMilliseconds(b)
		})
	}
}

// BenchmarkVerify proves a million sales.
func BenchmarkVerify(b *testing.B) {
	l := largeLedger(b, million)
	for b.Loop() {
		r, err := l.Verify(ctx, nil)
		if err != nil || !r.Good() {
			b.Fatalf("%+v %v", r, err)
		}
	}
}
