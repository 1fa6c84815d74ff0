package data

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
)

// openShift opens a shift, which must succeed.
func (s *shop) openShift(who Person, float payment.Amount) Shift {
	s.tb.Helper()
	shift, err := s.OpenShift(ctx, NewShift{IntentID: s.intent(), StaffID: who.ID, Name: "早班", Float: float})
	if err != nil {
		s.tb.Fatalf("open shift: %v", err)
	}
	return shift
}

// closeShift closes a shift, which must succeed.
func (s *shop) closeShift(n CloseShift) (Shift, Z, Shift) {
	s.tb.Helper()
	shift, z, next, err := s.CloseShift(ctx, n)
	if err != nil {
		s.tb.Fatalf("close shift: %v", err)
	}
	return shift, z, next
}

// cash puts cash in (above 0) or takes it out, which must succeed.
func (s *shop) cash(amount payment.Amount, who int64) CashMove {
	s.tb.Helper()
	n := NewCashMove{IntentID: s.intent(), Kind: CashIn, Amount: amount, Reason: "零钱", StaffID: who}
	if amount < 0 {
		n.Kind, n.Amount, n.Reason = CashOut, -amount, "存银行"
	}
	m, existing, err := s.MoveCash(ctx, n)
	if err != nil || existing {
		s.tb.Fatalf("move %s of cash: existing %v, %v", amount, existing, err)
	}
	return m
}

// current is the open shift; the zero one when there is none.
func (s *shop) current() Shift {
	s.tb.Helper()
	shift, ok, err := s.CurrentShift(ctx)
	if err != nil || ok != (shift.ID != 0) {
		s.tb.Fatalf("current shift %+v, %v, %v", shift, ok, err)
	}
	return shift
}

// inDrawer is what the ledger thinks is in the drawer.
func (s *shop) inDrawer() payment.Amount {
	s.tb.Helper()
	var balance payment.Amount
	if err := s.look(ctx, func(v snapshot) (err error) {
		balance, err = drawerBalance(v)
		return err
	}); err != nil {
		s.tb.Fatal(err)
	}
	return balance
}

// report is a report that must be there.
func (s *shop) report(c Cut) Report {
	s.tb.Helper()
	r, err := s.Report(ctx, c)
	if err != nil {
		s.tb.Fatalf("report %+v: %v", c, err)
	}
	return r
}

func TestADayAtTheTill(t *testing.T) {
	s := newShop(t)
	li, wang := s.hire("小李", RoleClerk), s.hire("小王", RoleClerk)
	morning := s.openShift(li, 300_00)
	if morning.ID != 1 || morning.Auto || morning.Float != 300_00 || morning.Staff.Name != "小李" || s.inDrawer() != 300_00 {
		t.Fatalf("%+v, %s in the drawer", morning, s.inDrawer())
	}
	n := s.notes(88_00, 100_00)
	n.StaffID = li.ID
	_, cash := s.start(n)
	s.refund(cash.ID, 8_00)
	deposit := s.take(s.inNotes(200_00, 200_00))
	s.done(s.capture(deposit, 50_00, true)) // 150.00 go back, 50.00 stay
	s.paid(77_00)                           // not in the drawer
	s.cash(20_00, li.ID)
	s.cash(-100_00, li.ID)
	want := payment.Amount(300_00 + 80_00 + 50_00 + 20_00 - 100_00)
	if got := s.inDrawer(); got != want {
		t.Fatalf("%s in the drawer, want %s", got, want)
	}
	drawer := s.report(Cut{ShiftID: morning.ID}).Drawer
	if drawer != (Drawer{Float: 300_00, Paid: 88_00, Refunded: 8_00, Deposits: 50_00, In: 20_00, Out: 100_00, Expected: want}) {
		t.Fatalf("%+v", drawer)
	}
	// 小李 counts 1.50 too little, takes 200.00 to the safe and hands over.
	s.clock.at = s.clock.at.Add(6 * time.Hour)
	counts := []Count{{Value: 100_00, Number: 3}, {Value: 20_00, Number: 2}, {Value: 50, Number: 17}}
	closed, z, next := s.closeShift(CloseShift{ShiftID: morning.ID, StaffID: li.ID, HandTo: wang.ID, NextName: "晚班", Counts: counts, Counted: 348_50, IsCounted: true,
		Taken: 200_00, Reason: "找错零钱", Print: true})
	if closed.Expected != want || closed.Counted != 348_50 || closed.Difference() != -1_50 || closed.Taken != 200_00 || closed.HandedTo.Name != "小王" ||
		closed.ClosedBy.ID != li.ID || closed.State != ShiftClosed || !slices.Equal(closed.Counts, counts) || !closed.ClosedAt.Equal(s.clock.at) {
		t.Fatalf("%+v", closed)
	}
	if next.ID != 2 || next.Float != 148_50 || next.Staff.ID != wang.ID || next.Name != "晚班" || next.Auto || s.inDrawer() != 148_50 || s.current().ID != 2 {
		t.Fatalf("%+v, %s in the drawer", next, s.inDrawer())
	}
	if d := z.Report.Drawer; z.Kind != ReportShift || z.Number != 1 || d.Expected != want || d.Out != 100_00 || d.Counted != 348_50 || d.Difference != -1_50 || !d.IsCounted {
		t.Fatalf("%+v", z)
	}
	var kinds []CashMoveKind
	for _, m := range z.Report.Moves {
		kinds = append(kinds, m.Kind)
	}
	if !slices.Equal(kinds, []CashMoveKind{CashFloat, CashIn, CashOut, CashDifference, CashOut}) || z.Report.Moves[3].Reason != "找错零钱" || z.Report.Moves[4].Reason != ReasonTaken {
		t.Fatalf("%+v", z.Report.Moves)
	}
	if seq, _, err := s.Head(ctx); err != nil || z.Report.HeadSeq >= seq {
		t.Fatalf("the report ends at row %d of %d, %v", z.Report.HeadSeq, seq, err)
	}
	s.mustVerify()
}

// Nobody has to open a shift: the first act of money does it, for whoever acts.
func TestTheFirstActOfMoneyOpensAShift(t *testing.T) {
	for name, act := range map[string]func(s *shop, who int64){
		"cash": func(s *shop, who int64) { n := s.notes(100, 100); n.StaffID = who; s.start(n) },
		"code": func(s *shop, who int64) { n := s.scan(100); n.StaffID = who; s.start(n) },
		"deposit": func(s *shop, who int64) {
			n := s.byCode(100)
			n.StaffID = who
			s.take(n)
		},
		"cash in": func(s *shop, who int64) { s.cash(100, who) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			li := s.hire("小李", RoleClerk)
			act(s, li.ID)
			if shift := s.current(); shift.ID != 1 || !shift.Auto || shift.Staff.ID != li.ID || shift.Float != 0 {
				t.Fatalf("%+v", shift)
			}
			s.paid(100)
			s.reopen() // a shift survives the end of the program
			s.paid(100)
			if shift := s.current(); shift.ID != 1 {
				t.Fatalf("%+v", shift)
			}
			s.mustVerify()
		})
	}
}

// An act that is refused opens no shift, and is no reason to believe in one.
func TestARefusedActOpensNoShift(t *testing.T) {
	s := newShop(t)
	n := s.notes(100, 100)
	n.StaffID = 99
	if _, _, _, err := s.StartTender(ctx, n); !errors.Is(err, ErrNotFound) {
		t.Fatalf("cash taken by nobody: %v", err)
	}
	if err := s.change(ctx, func(x *tx) error {
		if _, err := s.shiftOf(x, Staff{ID: OwnerID}); err != nil {
			t.Error(err)
		}
		return errors.New("and away")
	}); err == nil {
		t.Fatal("it stayed")
	}
	if shift := s.current(); shift.ID != 0 {
		t.Fatalf("%+v", shift)
	}
	if _, tender := s.paid(100); tender.ShiftID != 1 {
		t.Fatalf("%+v", tender)
	}
	s.mustVerify()
}

func TestTwoAtOnceOpenOneShift(t *testing.T) {
	s := newShop(t)
	sales := []NewTender{s.notes(100, 100), s.notes(200, 200), s.notes(300, 300), s.scan(400)}
	var group sync.WaitGroup
	for _, n := range sales {
		group.Go(func() {
			if _, tender, _, err := s.StartTender(ctx, n); err != nil || tender.ShiftID != 1 {
				t.Errorf("shift %d, %v", tender.ShiftID, err)
			}
		})
	}
	group.Wait()
	if list, err := s.Shifts(ctx, s.Today(), s.Today()); err != nil || len(list) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	s.mustVerify()
}

// What was given back although the ledger knew of no cash is found in the
// drawer by whoever begins next.
func TestAShiftBeginsWithAtLeastNothing(t *testing.T) {
	s := newShop(t)
	_, cash := s.start(s.notes(100, 100))
	s.cash(-100, 0)
	s.refund(cash.ID, 60)
	if got := s.inDrawer(); got != -60 {
		t.Fatalf("%s in the drawer", got)
	}
	closed, z, _ := s.closeShift(CloseShift{ShiftID: 1})
	if closed.Expected != -60 || closed.Counted != 0 || closed.Counts != nil || closed.Difference() != 60 || z.Report.Drawer.IsCounted {
		t.Fatalf("%+v %+v", closed, z.Report.Drawer)
	}
	s.start(s.notes(500, 500))
	if shift := s.current(); !shift.Auto || shift.Float != 0 || s.inDrawer() != 500 {
		t.Fatalf("%+v, %s in the drawer", shift, s.inDrawer())
	}
	s.mustVerify()
}

func TestOpeningAndClosingTwice(t *testing.T) {
	s := newShop(t)
	owner := Person{Staff: Staff{ID: OwnerID}}
	n := NewShift{IntentID: "press", Name: "早班", Float: 100, Counts: []Count{{Value: 100, Number: 1}}}
	first, err := s.OpenShift(ctx, n)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.OpenShift(ctx, n); err != nil || again.ID != first.ID || !slices.Equal(again.Notes, n.Counts) {
		t.Fatalf("%+v %v", again, err)
	}
	n.Float, n.Counts = 200, nil
	if _, err := s.OpenShift(ctx, n); !errors.Is(err, ErrIntentMismatch) {
		t.Fatalf("the same press with another float: %v", err)
	}
	n.IntentID = "another"
	if _, err := s.OpenShift(ctx, n); !errors.Is(err, ErrShiftOpen) {
		t.Fatalf("a second shift: %v", err)
	}
	order := CloseShift{ShiftID: first.ID, Counted: 90, IsCounted: true, HandTo: owner.ID, Print: true}
	closed, z, next := s.closeShift(order)
	rows := len(s.journalRows())
	order.Counted, order.Taken = 80, 10 // a second press changes nothing, whatever it says
	for range 2 {
		again, z2, next2 := s.closeShift(order)
		if again.Counted != 90 || again.ClosedAt != closed.ClosedAt || z2.ID != z.ID || z2.Report.HeadHash != z.Report.HeadHash || next2.ID != next.ID {
			t.Fatalf("%+v %+v %+v", again, z2, next2)
		}
	}
	if now := len(s.journalRows()); now != rows {
		t.Fatalf("%d journal rows, had %d", now, rows)
	}
	if closed.Counts == nil || closed.Difference() != -10 {
		t.Fatalf("%+v", closed)
	}
	s.mustVerify()
}

func TestShiftsThatCannotBe(t *testing.T) {
	s := newShop(t)
	gone, no := s.hire("小赵", RoleClerk), false
	if _, err := s.ChangePerson(ctx, gone.ID, PersonChange{Active: &no}, OwnerID); err != nil {
		t.Fatal(err)
	}
	for name, n := range map[string]NewShift{
		"no intent":                    {Float: 100},
		"less than nothing":            {IntentID: "i", Float: -1},
		"counts that do not add up":    {IntentID: "i", Float: 100, Counts: []Count{{Value: 100, Number: 2}}},
		"notes of nothing":             {IntentID: "i", Float: 0, Counts: []Count{{Value: 0, Number: 2}}},
		"fewer notes than none":        {IntentID: "i", Float: 0, Counts: []Count{{Value: 100, Number: -1}, {Value: 100, Number: 1}}},
		"more notes than can be added": {IntentID: "i", Float: 0, Counts: []Count{{Value: 100_00, Number: 1 << 62}}},
	} {
		if _, err := s.OpenShift(ctx, n); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.OpenShift(ctx, NewShift{IntentID: "i", StaffID: 99}); !errors.Is(err, ErrNotFound) {
		t.Errorf("somebody who is not there: %v", err)
	}
	s.cash(100_00, 0)
	for name, c := range map[string]struct {
		close CloseShift
		want  error
	}{
		"no such shift":             {CloseShift{ShiftID: 9}, ErrNoShift},
		"counts that do not add up": {CloseShift{ShiftID: 1, IsCounted: true, Counted: 100, Counts: []Count{{Value: 50, Number: 1}}}, ErrInvalid},
		"taken less than nothing":   {CloseShift{ShiftID: 1, Taken: -1}, ErrInvalid},
		"taken more than counted":   {CloseShift{ShiftID: 1, IsCounted: true, Counted: 100, Taken: 101}, ErrDrawerShort},
		"taken more than there is":  {CloseShift{ShiftID: 1, Taken: 100_01}, ErrDrawerShort},
		"handed to nobody":          {CloseShift{ShiftID: 1, HandTo: 99}, ErrNotFound},
		"handed to who has left":    {CloseShift{ShiftID: 1, HandTo: gone.ID}, ErrInvalid},
		"approved by who has left":  {CloseShift{ShiftID: 1, ApproverID: gone.ID}, ErrInvalid},
		"approved by oneself":       {CloseShift{ShiftID: 1, ApproverID: OwnerID}, ErrInvalid},
	} {
		if _, _, _, err := s.CloseShift(ctx, c.close); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if shift := s.current(); shift.ID != 1 || s.inDrawer() != 100_00 {
		t.Fatalf("%+v, %s in the drawer", shift, s.inDrawer())
	}
	s.mustVerify()
}

func TestCashInAndOut(t *testing.T) {
	s := newShop(t)
	n := NewCashMove{IntentID: "press", Kind: CashIn, Amount: 100_00, Reason: "零钱"}
	m, existing, err := s.MoveCash(ctx, n)
	if err != nil || existing || m.Amount != 100_00 || m.ShiftID != 1 || m.Staff.Name != "店主" {
		t.Fatalf("%+v %v %v", m, existing, err)
	}
	if again, existing, err := s.MoveCash(ctx, n); err != nil || !existing || again != m || s.inDrawer() != 100_00 {
		t.Fatalf("%+v %v %v", again, existing, err)
	}
	job, ok, err := s.NextPrint(ctx, s.clock.at)
	if err != nil || !ok || job.Kind != PrintDrawer || !job.Drawer {
		t.Fatalf("%+v %v %v", job, ok, err)
	}
	s.noNext() // the second press opens no drawer
	n.Amount = 50_00
	if _, _, err := s.MoveCash(ctx, n); !errors.Is(err, ErrIntentMismatch) {
		t.Errorf("the same press with another amount: %v", err)
	}
	for name, bad := range map[string]NewCashMove{
		"no intent": {Kind: CashIn, Amount: 1, Reason: "x"}, "no reason": {IntentID: "i", Kind: CashIn, Amount: 1},
		"nothing": {IntentID: "i", Kind: CashOut, Reason: "x"}, "less than nothing": {IntentID: "i", Kind: CashOut, Amount: -1, Reason: "x"},
		"a float": {IntentID: "i", Kind: CashFloat, Amount: 1, Reason: "x"}, "a difference": {IntentID: "i", Kind: CashDifference, Amount: 1, Reason: "x"},
	} {
		if _, _, err := s.MoveCash(ctx, bad); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var short *DrawerShortError
	if _, _, err := s.MoveCash(ctx, NewCashMove{IntentID: "i", Kind: CashOut, Amount: 100_01, Reason: "x"}); !errors.As(err, &short) || short.Left != 100_00 {
		t.Errorf("more than there is: %v", err)
	}
	s.cash(-100_00, 0)
	s.mustVerify()
}

// A clock that is put back moves cash on a day that is over; the days after it
// begin with it.
func TestTheDrawerFollowsTheClock(t *testing.T) {
	s := newShop(t)
	s.cash(100, 0)
	s.clock.at = s.clock.at.Add(48 * time.Hour)
	s.cash(20, 0)
	s.clock.at = s.clock.at.Add(-24 * time.Hour)
	s.cash(3, 0)
	s.clock.at = s.clock.at.Add(72 * time.Hour)
	for day, want := range map[Day]payment.Amount{"2026-11-21": 100, "2026-11-22": 103, "2026-11-23": 123, "2026-11-24": 123} {
		if got := s.report(Cut{From: day.Plus(1), To: day.Plus(1)}).Drawer.Float; got != want {
			t.Errorf("after %s: %s, want %s", day, got, want)
		}
	}
	if s.inDrawer() != 123 {
		t.Errorf("%s in the drawer", s.inDrawer())
	}
	s.mustVerify()
}

func TestWhichShiftsTouchADay(t *testing.T) {
	s := newShop(t)
	day := func(n int) Day { return Day("2026-11-21").Plus(n) }
	s.cash(100, 0) // from the first day into the third
	s.clock.at = s.clock.at.Add(48 * time.Hour)
	s.closeShift(CloseShift{ShiftID: 1})
	s.cash(100, 0) // still open on the fifth
	s.clock.at = s.clock.at.Add(48 * time.Hour)
	for n, want := range map[int]int{-1: 0, 0: 1, 1: 1, 2: 2, 3: 1, 4: 1} {
		if list, err := s.Shifts(ctx, day(n), day(n)); err != nil || len(list) != want {
			t.Errorf("day %d: %+v %v", n, list, err)
		}
	}
	if list, err := s.Shifts(ctx, day(-5), day(9)); err != nil || len(list) != 2 || list[0].ID != 1 || list[1].ID != 2 {
		t.Errorf("%+v %v", list, err)
	}
	if shift, err := s.Shift(ctx, 2); err != nil || shift.State != ShiftOpen || shift.Day != day(2) {
		t.Errorf("%+v %v", shift, err)
	}
	if _, err := s.Shift(ctx, 3); !errors.Is(err, ErrNoShift) {
		t.Errorf("no such shift: %v", err)
	}
	if _, err := s.Shifts(ctx, "yesterday", day(1)); !errors.Is(err, ErrInvalid) {
		t.Errorf("no day: %v", err)
	}
}

func TestDayPlus(t *testing.T) {
	for _, c := range []struct {
		day  Day
		n    int
		want Day
	}{{"2026-11-21", 1, "2026-11-22"}, {"2026-12-31", 1, "2027-01-01"}, {"2028-02-28", 1, "2028-02-29"}, {"2026-01-01", -1, "2025-12-31"}, {"x", 1, ""}} {
		if got := c.day.Plus(c.n); got != c.want {
			t.Errorf("%s plus %d is %q", c.day, c.n, got)
		}
	}
}
