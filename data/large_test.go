package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
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
	path := filepath.Join(dir, fmt.Sprintf("ledger-%d-%s.db", sales, schemaHash()))
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
	c := &clock{at: time.Date(2024, 1, 1, 2, 0, 0, 0, time.UTC)}
	l, err := Open(part, Options{Key: testKey, Now: c.now})
	if err != nil {
		tb.Fatal(err)
	}
	if err := l.write.script("PRAGMA synchronous = OFF"); err != nil {
		tb.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for done := 0; done < sales; {
		err := l.change(context.Background(), func(x *tx) error {
			for range min(5000, sales-done) {
				if done == payment.MaxReceiptSeq {
					l.till = 2 // the million-and-first receipt needs another till
				}
				c.at = c.at.Add(30 * time.Second)
				if c.at.Hour() >= 14 { // ten hours a day
					c.at = c.at.Add(14 * time.Hour)
				}
				x.now = c.at
				if err := generateSale(l, x, random, done); err != nil {
					return err
				}
				done++
			}
			_, err := x.exec("UPDATE print_jobs SET state = 'done' WHERE " + left)
			return err
		})
		if err != nil {
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

// generateSale is one sale of the usual mixture.
func generateSale(l *Ledger, x *tx, random *rand.Rand, n int) error {
	amount := payment.Amount(100 + random.IntN(20000))
	sale := NewSale{Amount: amount}
	if n%20 == 0 {
		sale.Remark = fmt.Sprintf("房间 %d", 100+n%400)
	}
	tender := NewTender{IntentID: fmt.Sprintf("intent-%d", n), Sale: sale, Channel: payment.Alipay, Method: payment.MethodCode,
		Wallet: payment.WalletAlipay, Amount: amount, MaskedCode: fmt.Sprintf("28…%04d", n%10000)}
	if n%7 == 0 {
		tender.Channel, tender.Method, tender.Wallet, tender.MaskedCode, tender.Tendered = payment.Cash, payment.MethodCash, payment.WalletNone, "", amount
	}
	begin, err := l.beginTender(x, tender)
	if err != nil {
		return err
	}
	_, t, err := l.startTender(x, tender, begin)
	if err != nil || tender.Method == payment.MethodCash {
		return err
	}
	move := Move{To: payment.StatePaid, TradeNo: fmt.Sprintf("%s220012%014d", x.now.Format("20060102"), n), Payer: "159****1234", PaidAt: x.now, Print: true}
	if n%33 == 0 {
		move = Move{To: payment.StateFailed, Reason: payment.ReasonBalance, Code: "ACQ.BUYER_BALANCE_NOT_ENOUGH"}
	}
	if _, _, _, err := l.moveTender(x, t.ID, move); err != nil || move.To != payment.StatePaid || n%100 != 1 {
		return err
	}
	r, err := l.startRefund(x, NewRefund{IntentID: fmt.Sprintf("refund-%d", n), TenderID: t.ID, Amount: amount, Reason: "退货"})
	if err != nil {
		return err
	}
	_, _, err = l.moveRefund(x, r.ID, RefundMove{To: payment.RefundDone, Print: true})
	return err
}

// BenchmarkDaySummary is the manager's view at a million sales: a day, a month
// and a year.
func BenchmarkDaySummary(b *testing.B) {
	l := largeLedger(b, million)
	for name, days := range map[string]int{"day": 0, "month": 30, "year": 365} {
		b.Run(name, func(b *testing.B) {
			from := DayOf(time.Date(2025, 6, 1, 4, 0, 0, 0, time.UTC), DefaultCutover)
			to := DayOf(time.Date(2025, 6, 1+days, 4, 0, 0, 0, time.UTC), DefaultCutover)
			for b.Loop() {
				s, err := l.Summary(ctx, from, to)
				if err != nil || s.Totals.Paid == 0 {
					b.Fatalf("%+v %v", s, err)
				}
			}
		})
	}
}

// BenchmarkReceiptSearch is what a cashier waits for at a million sales: one
// number, the list of a day, the list of all, a word in all remarks.
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
		})
	}
	for _, list := range []struct {
		name   string
		filter Filter
	}{
		{"list-day", Filter{From: d.Day, To: d.Day}},
		{"list-month-cash", Filter{From: d.Day[:8] + "01", To: d.Day[:8] + "31", Channel: payment.Cash}},
		{"list-all", Filter{}},
		{"list-all-page-1000", Filter{Offset: 100_000}},
		{"word-in-all", Filter{Text: "间 120"}},
		{"digits-in-all", Filter{Text: "99871"}},
	} {
		b.Run(list.name, func(b *testing.B) {
			for b.Loop() {
				rows, _, err := l.Sales(ctx, list.filter)
				if err != nil || len(rows) == 0 {
					b.Fatalf("%d rows, %v", len(rows), err)
				}
			}
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
