package data

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"frontdesk/payment"
)

// stays is the size of ledger that the benchmarks of deposits are made for:
// ten years of a hotel with a hundred rooms. At a million, totals and numbers
// are found as fast, and what reads all of them takes five times as long.
const stays = 200_000

// staying is how many guests a generated hotel has at a time.
const staying = 100

// manyDeposits opens a ledger with so many deposits. It is generated once and
// kept under build/, as largeLedger does with sales.
func manyDeposits(tb testing.TB) *Ledger {
	tb.Helper()
	dir := filepath.Join("..", "build", "cache")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprintf("deposits-%d-%s.db", stays, schemaHash()))
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		generateDeposits(tb, path)
	}
	l, err := Open(path, Options{Key: testKey, ReadOnly: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { l.Close() })
	return l
}

// generateDeposits writes deposits and their check-outs through the ledger's
// own rules, many to a transaction.
func generateDeposits(tb testing.TB, path string) {
	tb.Logf("generating %d deposits, once, into %s", stays, path)
	part := path + ".part"
	for _, tail := range []string{"", "-wal", "-shm", ".head"} {
		os.Remove(part + tail)
	}
	c := &clock{at: time.Date(2016, 1, 1, 2, 0, 0, 0, time.UTC)}
	l, err := Open(part, Options{Key: testKey, Now: c.now})
	if err != nil {
		tb.Fatal(err)
	}
	if err := l.write.script("PRAGMA synchronous = OFF"); err != nil {
		tb.Fatal(err)
	}
	random := rand.New(rand.NewPCG(4, 2))
	var guests []Deposit
	for done := 0; done < stays; {
		err := l.change(context.Background(), func(x *tx) error {
			for range min(5000, stays-done) {
				c.at = c.at.Add(25 * time.Minute)
				x.now = c.at
				d, err := generateDeposit(l, x, random, done)
				if err != nil {
					return err
				}
				done++
				if guests = append(guests, d); len(guests) <= staying {
					continue
				}
				if err := generateCheckOut(l, x, random, guests[0], done); err != nil {
					return err
				}
				guests = guests[1:]
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
}

func generateDeposit(l *Ledger, x *tx, random *rand.Rand, n int) (Deposit, error) {
	deposit := NewDeposit{IntentID: fmt.Sprintf("intent-%d", n), Channel: payment.Alipay, Method: payment.MethodCode, Wallet: payment.WalletAlipay,
		Amount: payment.Amount(20000 + 10000*random.IntN(9)), MaskedCode: fmt.Sprintf("28…%04d", n%10000), Room: fmt.Sprint(101 + random.IntN(800)),
		Guest: fmt.Sprintf("客人%d", n%5000), Phone: fmt.Sprintf("139 %04d %04d", n%9999, random.IntN(10000)), Nights: 1 + n%4}
	cash := n%7 == 0
	if cash {
		deposit.Channel, deposit.Method, deposit.Wallet, deposit.MaskedCode, deposit.Tendered = payment.Cash, payment.MethodCash, "", "", deposit.Amount
	}
	d, err := l.startDeposit(x, deposit)
	if err != nil || cash {
		return d, err
	}
	d, _, err = l.moveHold(x, d.ID, HoldMove{To: payment.StatePaid, AuthNo: fmt.Sprintf("%s100020%014d", x.now.Format("20060102"), n),
		HoldID: fmt.Sprintf("%s%012d", x.now.Format("20060102"), n), PayerID: "2088101117955611", Payer: "159****1234", HeldAt: x.now, Print: true})
	return d, err
}

func generateCheckOut(l *Ledger, x *tx, random *rand.Rand, d Deposit, n int) error {
	step := NewStep{IntentID: fmt.Sprintf("step-%d", n), DepositID: d.ID, Kind: StepRelease, Amount: d.Left()}
	if n%3 > 0 {
		step.Kind, step.Amount, step.ReleaseRest = StepCapture, payment.Amount(1+random.IntN(20000)), true
	}
	_, s, err := l.startStep(x, step)
	if err != nil || s.State == payment.RefundDone {
		return err
	}
	m := StepMove{To: payment.RefundDone, Print: true}
	if step.Kind == StepCapture {
		m.TradeNo = fmt.Sprintf("%s220012%014d", x.now.Format("20060102"), n)
	}
	_, _, _, err = l.moveStep(x, s.ID, m)
	return err
}

// BenchmarkDepositTotals is the night's question at so many deposits.
func BenchmarkDepositTotals(b *testing.B) {
	l := manyDeposits(b)
	for name, days := range map[string]int{"day": 0, "year": 365} {
		b.Run(name, func(b *testing.B) {
			from := DayOf(time.Date(2023, 6, 1, 4, 0, 0, 0, time.UTC), DefaultCutover)
			to := DayOf(time.Date(2023, 6, 1+days, 4, 0, 0, 0, time.UTC), DefaultCutover)
			for b.Loop() {
				t, err := l.DepositTotals(ctx, from, to)
				if err != nil || t.Held != staying || t.OpeningHeld == 0 || t.Taken == 0 {
					b.Fatalf("%+v %v", t, err)
				}
			}
		})
	}
}

// BenchmarkDepositSearch is what a guest at the desk waits for at so many
// deposits.
func BenchmarkDepositSearch(b *testing.B) {
	l := manyDeposits(b)
	d, err := l.Deposit(ctx, "51100000")
	if err != nil {
		b.Fatal(err)
	}
	for _, by := range []struct{ name, text string }{
		{"receipt", d.ReceiptNo}, {"order", d.OutOrderNo}, {"auth", d.AuthNo}, {"hold", d.HoldID}, {"step", d.Steps[0].Number},
	} {
		b.Run(by.name, func(b *testing.B) {
			for b.Loop() {
				if found, err := l.FindDeposit(ctx, by.text); err != nil || found.ID != d.ID {
					b.Fatalf("%+v %v", found, err)
				}
			}
		})
	}
	for _, list := range []struct {
		name   string
		filter DepositFilter
	}{
		{"list-held", DepositFilter{Held: true, OldestFirst: true}},
		{"list-held-word", DepositFilter{Held: true, Text: "客人"}},
		{"list-day", DepositFilter{From: d.Day, To: d.Day}},
		{"list-all", DepositFilter{}},
		{"list-captured", DepositFilter{State: DepositCaptured}},
		{"list-all-page-1000", DepositFilter{Offset: 100_000}},
		{"room", DepositFilter{Room: d.Room}},
		{"word-in-all", DepositFilter{Text: "客人432"}},
		{"phone-in-all", DepositFilter{Text: "1394321"}},
	} {
		b.Run(list.name, func(b *testing.B) {
			for b.Loop() {
				rows, _, err := l.Deposits(ctx, list.filter)
				if err != nil || len(rows) == 0 {
					b.Fatalf("%d rows, %v", len(rows), err)
				}
			}
		})
	}
	b.Run("of-room", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.DepositsOfRoom(ctx, d.Room); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkVerifyDeposits proves so many deposits.
func BenchmarkVerifyDeposits(b *testing.B) {
	l := manyDeposits(b)
	for b.Loop() {
		r, err := l.Verify(ctx, nil)
		if err != nil || !r.Good() {
			b.Fatalf("%+v %v", r, err)
		}
	}
}
