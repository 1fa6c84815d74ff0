package data

import (
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"frontdesk/payment"
)

// confirmedLater opens a ledger of an earlier version whose payments were all
// confirmed on the day after they were asked for, at another hour.
func confirmedLater(t *testing.T, file string) *crew {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.db")
	if err := os.WriteFile(changed, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", changed)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"DROP TRIGGER journal_no_update", "UPDATE journal SET day = '2026-11-22', at = at + 19 * 3600000 WHERE kind IN ('paid', 'late_paid')", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	c := &crew{shop: openGolden(t, changed), random: rand.New(rand.NewPCG(46, 17)), people: []int64{OwnerID}}
	for id := int64(1_000_001); id <= 1_000_004; id++ {
		c.sales = append(c.sales, id)
	}
	return c
}

// apartProblems is what Verify has to say about figures_apart.
func (s *shop) apartProblems() (n int) {
	s.tb.Helper()
	r, err := s.Verify(ctx, nil)
	if err != nil {
		s.tb.Fatal(err)
	}
	for _, p := range r.Problems {
		if p.Table == "figures_apart" {
			n++
		}
	}
	return n
}

// Figures of old ledgers count money where it was confirmed; lists are counted
// where it was asked for all the same, also when more happens to it.
func TestListsOfOldLedgers(t *testing.T) {
	for _, file := range []string{goldenV1, goldenV2} {
		c := confirmedLater(t, file)
		look := func(when string) {
			t.Helper()
			everything := c.listed()
			for _, day := range []Day{"2026-11-21", "2026-11-22"} {
				for _, money := range []bool{false, true} {
					c.lists(Filter{From: day, To: day, ByMoney: money, Method: payment.MethodCode}, everything)
				}
			}
			for range 150 {
				c.lists(anyFilter(c.random, everything), everything)
			}
			if t.Failed() {
				t.Fatalf("%s: %s", file, when)
			}
			if n := c.apartProblems(); n != 0 {
				t.Errorf("%s, %s: verify finds %d problems", file, when, n)
			}
		}
		look("carried over")
		c.move(1, Move{To: payment.StateReversed}) // what was paid before is taken back
		look("taken back")
		n := c.scan(900)
		n.SaleID = 1_000_004
		_, again := c.start(n)
		c.move(again.ID, Move{To: payment.StatePaid})
		c.refund(3, 100)
		sale, _ := c.paid(500)
		c.sales = append(c.sales, sale.ID)
		look("with new money")

		err := c.change(ctx, func(x *tx) error {
			_, err := x.exec("UPDATE figures_apart SET payments = payments + 1")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if c.apartProblems() == 0 {
			t.Errorf("%s: verify does not see what is wrong apart", file)
		}
	}
}
