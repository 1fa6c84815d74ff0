package data

import (
	"fmt"
	"os"
	"testing"
)

// childChangesShifts takes cash and hands over until it is killed, and says what
// the ledger has acknowledged.
func childChangesShifts(path string) {
	l, err := Open(path, Options{Key: testKey})
	if err != nil {
		panic(err)
	}
	for n := 0; ; n++ {
		m, _, err := l.MoveCash(ctx, NewCashMove{IntentID: fmt.Sprintf("c%d-%d", os.Getpid(), n), Kind: CashIn, Amount: 1000, Reason: "零钱"})
		say("cash", m.ID, err)
		s, z, next, err := l.CloseShift(ctx, CloseShift{ShiftID: m.ShiftID, HandTo: OwnerID, IsCounted: true, Counted: 900, Taken: 500, Print: true})
		say("closed", s.ID, err)
		if z.Number != s.ID || next.ID != s.ID+1 || next.Float != 400 {
			panic(fmt.Sprintf("%+v %+v", z, next))
		}
	}
}

// What was acknowledged before a kill is there after it: a shift is closed with
// its Z report, its paper and the one after it, or not at all.
func TestKilledInTheMiddleOfAHandOver(t *testing.T) {
	s := newShop(t)
	var closed int64
	for _, a := range s.kill(t, "shifts") {
		if a.what == "closed" {
			closed = max(closed, a.id)
		}
	}
	shift := s.current()
	if shift.ID <= closed || closed < 20 {
		t.Fatalf("%d shifts were closed, and %d is open", closed, shift.ID)
	}
	for id := int64(1); id < shift.ID; id++ {
		z, ok, err := s.ZOfShift(ctx, id)
		if err != nil || !ok || z.Number != id || z.Report.Shift.Counted != 900 {
			t.Fatalf("shift %d: %+v %v %v", id, z, ok, err)
		}
	}
	papers, err := one(s.write.source(), scanInt, "SELECT count(*) FROM print_jobs WHERE kind = 'z' AND copy = 0")
	if err != nil || papers != shift.ID-1 {
		t.Fatalf("%d papers of %d shifts, %v", papers, shift.ID-1, err)
	}
}
