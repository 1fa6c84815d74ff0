package app_test

import (
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// counts is a drawer of so many fen, in whole notes of ten fen.
func counts(amount payment.Amount) []data.Count {
	return []data.Count{{Value: 10, Number: int64(amount / 10)}}
}

func TestAShiftFromTheFloatToTheNextOne(t *testing.T) {
	s := newStaffed(t)
	s.signIn(s.clerk, clerkPIN)
	shift, err := s.shifts.Open(t.Context(), app.OpenOrder{Draft: newDraft(), Name: "早班", Float: 500_00})
	check(t, err)
	_, err = s.shifts.Open(t.Context(), app.OpenOrder{Draft: newDraft(), Float: 1_00})
	refuse(t, err, app.ProblemShiftOpen)
	s.sell(128_50)
	s.sell(71_50)

	out := app.CashOrder{Draft: newDraft(), Kind: data.CashOut, Amount: 300_00, Reason: " "}
	_, err = s.shifts.MoveCash(t.Context(), out)
	refuse(t, err, app.ProblemCashReason)
	out.Reason = "存银行"
	_, err = s.shifts.MoveCash(t.Context(), out)
	refuse(t, err, app.ProblemNoRight)
	out.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightCash)
	check(t, err)
	first, err := s.shifts.MoveCash(t.Context(), out)
	check(t, err)
	out.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightCash)
	check(t, err)
	again, err := s.shifts.MoveCash(t.Context(), out) // pressed twice
	check(t, err)
	if again.ID != first.ID || first.Amount != -300_00 || first.Approver.ID != s.manager.ID {
		t.Errorf("first %v, again %v", first, again)
	}
	much := app.CashOrder{Draft: newDraft(), Kind: data.CashOut, Amount: 9000_00, Reason: "x"}
	much.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightCash)
	check(t, err)
	_, err = s.shifts.MoveCash(t.Context(), much)
	refuse(t, err, app.ProblemDrawerLess) // a clerk counts first, and learns the sum later

	_, err = s.shifts.Count(t.Context(), []data.Count{{Value: 100, Number: -1}})
	refuse(t, err, app.ProblemCount)
	counted, err := s.shifts.Count(t.Context(), counts(392_00))
	check(t, err)
	if counted.Expected != 400_00 || counted.Difference != -8_00 || !counted.NeedsReason {
		t.Fatalf("expected %s, difference %s, needs a reason: %v", counted.Expected, counted.Difference, counted.NeedsReason)
	}

	order := app.CloseOrder{ShiftID: shift.ID, Counts: counts(392_00), Taken: 92_00, HandTo: s.other.ID, PIN: otherPIN, NextName: "晚班"}
	_, err = s.shifts.Close(t.Context(), order)
	refuse(t, err, app.ProblemDifference)
	order.Reason, order.PIN = "找零多给了 8 元", clerkPIN
	_, err = s.shifts.Close(t.Context(), order)
	refuse(t, err, app.ProblemPINWrong)
	order.PIN = otherPIN
	closed, err := s.shifts.Close(t.Context(), order)
	check(t, err)
	if c := closed.Shift; c.State != data.ShiftClosed || c.Expected != 400_00 || c.Difference() != -8_00 || c.Taken != 92_00 || c.HandedTo.ID != s.other.ID {
		t.Errorf("closed: %+v", c)
	}
	if closed.Next.Float != 300_00 || closed.Next.Name != "晚班" || closed.Next.Staff.ID != s.other.ID || s.till.Person().ID != s.other.ID {
		t.Errorf("next: %+v, at the till: %v", closed.Next, s.till.Person())
	}
	if z := closed.Z; z.Number != shift.ID || z.Report.Total.Trade != 200_00 || z.Report.Drawer.Difference != -8_00 {
		t.Errorf("Z: %d, %+v", z.Number, z.Report.Drawer)
	}
	verify(t, s.ledger)
}

func TestAShiftOfSomebodyElseIsClosedByAManager(t *testing.T) {
	s := newStaffed(t)
	s.signIn(s.clerk, clerkPIN)
	s.sell(10_00) // opens a shift by itself
	shift, open, err := s.shifts.Current(t.Context())
	check(t, err)
	if !open || !shift.Auto || shift.Staff.ID != s.clerk.ID {
		t.Fatalf("shift %+v, open %v", shift, open)
	}
	s.signIn(s.other, otherPIN)
	order := app.CloseOrder{ShiftID: shift.ID, Uncount: true}
	_, err = s.shifts.Close(t.Context(), order)
	refuse(t, err, app.ProblemNoRight)
	order.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightShift)
	check(t, err)
	closed, err := s.shifts.Close(t.Context(), order)
	check(t, err)
	if closed.Shift.ClosedBy.ID != s.other.ID || closed.Z.Report.Drawer.IsCounted {
		t.Errorf("closed: %+v", closed.Shift)
	}
	s.signIn(s.manager, managerPIN)
	again, err := s.shifts.Close(t.Context(), order) // pressed twice
	check(t, err)
	if again.Z.ID != closed.Z.ID {
		t.Errorf("a second Z: %d, %d", closed.Z.ID, again.Z.ID)
	}
	verify(t, s.ledger)
}

// The shift of somebody who was let go is closed by whoever comes next, and its
// money keeps its name.
func TestAShiftOfSomebodyWhoLeftCanBeClosed(t *testing.T) {
	s := newStaffed(t)
	s.signIn(s.clerk, clerkPIN)
	s.sell(10_00)
	shift, _, err := s.shifts.Current(t.Context())
	check(t, err)
	no := false
	_, err = s.people.Change(t.Context(), s.clerk.ID, data.PersonChange{Active: &no}, s.manager)
	check(t, err)
	_, err = s.shifts.Close(t.Context(), app.CloseOrder{ShiftID: shift.ID, Counts: counts(10_00)})
	refuse(t, err, app.ProblemLocked) // not by them any more, signed in or not

	s.signIn(s.other, otherPIN)
	order := app.CloseOrder{ShiftID: shift.ID, Counts: counts(10_00), HandTo: s.clerk.ID, PIN: clerkPIN}
	order.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightShift)
	check(t, err)
	_, err = s.shifts.Close(t.Context(), order)
	refuse(t, err, app.ProblemGone)
	order.HandTo, order.PIN = s.other.ID, ""
	order.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightShift)
	check(t, err)
	closed, err := s.shifts.Close(t.Context(), order)
	check(t, err)
	if closed.Shift.Staff.ID != s.clerk.ID || closed.Shift.ClosedBy.ID != s.other.ID || closed.Z.Report.People[0].Staff.Name != "王敏" {
		t.Errorf("closed: %+v, %+v", closed.Shift, closed.Z.Report.People)
	}
	verify(t, s.ledger)
}

// The limit itself needs no reason; a fen more does, in both directions.
func TestADifferenceAtTheLimitNeedsNoReason(t *testing.T) {
	for _, c := range []struct {
		counted payment.Amount
		reason  bool
	}{{105_00, false}, {95_00, false}, {105_10, true}, {94_90, true}} {
		s := newStaffed(t)
		s.signIn(s.clerk, clerkPIN)
		shift, err := s.shifts.Open(t.Context(), app.OpenOrder{Draft: newDraft(), Float: 0})
		check(t, err)
		s.sell(100_00)
		counting, err := s.shifts.Count(t.Context(), counts(c.counted))
		if check(t, err); counting.NeedsReason != c.reason {
			t.Errorf("%s of 100.00 needs a reason: %v", c.counted, counting.NeedsReason)
		}
		_, err = s.shifts.Close(t.Context(), app.CloseOrder{ShiftID: shift.ID, Counts: counts(c.counted)})
		if c.reason {
			refuse(t, err, app.ProblemDifference)
		} else {
			check(t, err)
		}
	}
}
