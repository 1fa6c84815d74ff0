package app_test

import (
	"reflect"
	"testing"

	"frontdesk/app"
	"frontdesk/data"
)

// A list keeps no rights: when somebody else looks at it, its rows are those that
// they may see.
func TestAListThatSomebodyElseScrolls(t *testing.T) {
	s := newStaffed(t)
	books := app.NewBooks(s.ledger)
	check(t, app.NewSettings(s.ledger, s.secrets).Set(t.Context(), "staff.see_all", "false"))
	s.signIn(s.clerk, clerkPIN)
	first := s.sell(10_00)
	a, _, err := s.shifts.Current(t.Context())
	check(t, err)
	_, err = s.shifts.Close(t.Context(), app.CloseOrder{ShiftID: a.ID, Counts: counts(10_00), HandTo: s.other.ID, PIN: otherPIN})
	check(t, err)
	second := s.sell(300_00)
	look := func(who string, list *app.SaleList, want ...string) {
		t.Helper()
		rows, err := books.SaleRows(t.Context(), list, 0, 100)
		check(t, err)
		got := []string{}
		for _, r := range rows {
			got = append(got, r.Sale.ReceiptNo)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s sees %v, want %v", who, got, want)
		}
	}
	s.signIn(s.manager, managerPIN)
	all, err := books.SaleList(t.Context(), data.Filter{})
	if check(t, err); all.Totals.Rows != 2 || all.Totals.Paid != 310_00 {
		t.Errorf("the manager's list: %+v", all.Totals)
	}
	look("the manager", all, second.Sale.ReceiptNo, first.Sale.ReceiptNo)
	s.signIn(s.other, otherPIN)
	look("the clerk after the manager", all, second.Sale.ReceiptNo)
	own, err := books.SaleList(t.Context(), data.Filter{})
	if check(t, err); own.Totals.Rows != 1 || own.Totals.Paid == 310_00 {
		t.Errorf("the clerk's list: %+v", own.Totals)
	}
	s.signIn(s.clerk, clerkPIN)
	rows, err := books.SaleRows(t.Context(), all, 0, 100)
	if check(t, err); len(rows) != 0 {
		t.Errorf("somebody who has no shift sees %d sales", len(rows))
	}
}
