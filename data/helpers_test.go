package data

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"frontdesk/payment"
)

// testKey is a key made for these tests; it protects nothing.
var testKey = bytes.Repeat([]byte{0x5a}, KeySize)

// noon is a moment well inside of a business day.
var noon = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC) // 12:00 in Beijing

// clock is a clock that a test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// shop is a ledger with what a test needs around it.
type shop struct {
	*Ledger
	tb    testing.TB
	clock *clock
	path  string
	n     int
}

func newShop(tb testing.TB) *shop {
	tb.Helper()
	s := &shop{tb: tb, clock: &clock{at: noon}, path: filepath.Join(tb.TempDir(), "ledger.db")}
	s.open()
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return s
}

func (s *shop) options() Options { return Options{Key: testKey, Now: s.clock.now} }

func (s *shop) open() {
	s.tb.Helper()
	l, err := Open(s.path, s.options())
	if err != nil {
		s.tb.Fatalf("open: %v", err)
	}
	s.Ledger = l
}

func (s *shop) reopen() {
	s.tb.Helper()
	if err := s.Close(); err != nil {
		s.tb.Fatalf("close: %v", err)
	}
	s.open()
}

var ctx = context.Background()

func (s *shop) intent() string {
	s.n++
	return fmt.Sprintf("intent-%d", s.n)
}

// scan is a tender by pay code over all of a new sale.
func (s *shop) scan(amount payment.Amount) NewTender {
	return NewTender{IntentID: s.intent(), Sale: NewSale{Amount: amount}, Channel: payment.Alipay, Method: payment.MethodCode,
		Wallet: payment.WalletAlipay, Amount: amount, MaskedCode: "28…4471"}
}

// notes is cash over all of a new sale.
func (s *shop) notes(amount, tendered payment.Amount) NewTender {
	return NewTender{IntentID: s.intent(), Sale: NewSale{Amount: amount}, Channel: payment.Cash, Method: payment.MethodCash,
		Amount: amount, Tendered: tendered, Change: tendered - amount}
}

// start starts a tender that must succeed.
func (s *shop) start(n NewTender) (Sale, Tender) {
	s.tb.Helper()
	sale, t, existing, err := s.StartTender(ctx, n)
	if err != nil {
		s.tb.Fatalf("start tender: %v", err)
	}
	if existing {
		s.tb.Fatalf("tender of intent %s was there already", n.IntentID)
	}
	return sale, t
}

// move moves a tender, which must succeed.
func (s *shop) move(id int64, m Move) (Sale, Tender) {
	s.tb.Helper()
	sale, t, _, err := s.MoveTender(ctx, id, m)
	if err != nil {
		s.tb.Fatalf("move tender %d to %s: %v", id, m.To, err)
	}
	return sale, t
}

// paid is a sale paid by code.
func (s *shop) paid(amount payment.Amount) (Sale, Tender) {
	s.tb.Helper()
	_, t := s.start(s.scan(amount))
	return s.move(t.ID, Move{To: payment.StatePaid, TradeNo: fmt.Sprintf("2026112122001%011d", t.ID), Payer: "159****1234", PaidAt: s.clock.at, Print: true})
}

// refund starts a refund that must succeed.
func (s *shop) refund(tenderID int64, amount payment.Amount) Refund {
	s.tb.Helper()
	r, _, err := s.StartRefund(ctx, NewRefund{IntentID: s.intent(), TenderID: tenderID, Amount: amount, Reason: "退货"})
	if err != nil {
		s.tb.Fatalf("refund %s of tender %d: %v", amount, tenderID, err)
	}
	return r
}

func (s *shop) detail(id int64) SaleDetail {
	s.tb.Helper()
	d, err := s.SaleByID(ctx, id)
	if err != nil {
		s.tb.Fatalf("read sale %d: %v", id, err)
	}
	return d
}

// moveRefund moves a refund, which must succeed.
func (s *shop) moveRefund(id int64, m RefundMove) Refund {
	s.tb.Helper()
	r, _, err := s.MoveRefund(ctx, id, m)
	if err != nil {
		s.tb.Fatalf("move refund %d to %s: %v", id, m.To, err)
	}
	return r
}

// mustVerify proves the ledger.
func (s *shop) mustVerify() VerifyReport {
	s.tb.Helper()
	r, err := s.Verify(ctx, nil)
	if err != nil {
		s.tb.Fatalf("verify: %v", err)
	}
	for _, p := range r.Problems {
		s.tb.Errorf("verify: %s %s %d: %s", p.Kind, p.Table, p.ID, p.Detail)
	}
	if !r.Good() {
		s.tb.FailNow()
	}
	return r
}

// hire adds somebody, who must be welcome.
func (s *shop) hire(name string, role Role) Person {
	s.tb.Helper()
	p, err := s.AddPerson(ctx, NewPerson{Name: name, Role: role}, OwnerID)
	if err != nil {
		s.tb.Fatalf("hire %s: %v", name, err)
	}
	return p
}

// journalRows is the whole journal.
func (s *shop) journalRows() []journalRow {
	s.tb.Helper()
	var list []journalRow
	err := s.look(ctx, func(v snapshot) (err error) {
		list, err = all(v, scanJournal, "SELECT "+journalColumns+" FROM journal ORDER BY seq")
		return err
	})
	if err != nil {
		s.tb.Fatal(err)
	}
	return list
}
