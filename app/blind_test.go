package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// seller is a shop whose clerk has sold for cash and by phone, in the shift that
// is still open: the drawer holds 500.00 of float, and 123.40 and 7.30 of sales
// less 1.50 that went back.
func newSeller(t *testing.T) (s *staffed, books *app.Books, shift data.Shift) {
	t.Helper()
	s = newStaffed(t)
	books = app.NewBooks(s.ledger)
	s.signIn(s.clerk, clerkPIN)
	var err error
	shift, err = s.shifts.Open(t.Context(), app.OpenOrder{Draft: newDraft(), Float: 500_00})
	check(t, err)
	first := s.sell(123_40)
	s.sell(7_30)
	s.paidByPhone(61_11)
	approval, err := s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightRefund)
	check(t, err)
	_, err = s.till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: first.Sale.ID, Amount: 1_50, Reason: "x", Approval: approval})
	check(t, err)
	return s, books, shift
}

// paidByPhone writes a payment down as a channel would have confirmed it.
func (s *staffed) paidByPhone(amount payment.Amount) {
	s.Helper()
	_, tender, _, err := s.ledger.StartTender(s.Context(), data.NewTender{IntentID: newDraft(), Sale: data.NewSale{Amount: amount, StaffID: s.till.Person().ID},
		Channel: payment.Alipay, Method: payment.MethodCode, Wallet: payment.WalletAlipay, Amount: amount})
	check(s, err)
	_, _, _, err = s.ledger.MoveTender(s.Context(), tender.ID, data.Move{To: payment.StatePending})
	check(s, err)
	_, _, _, err = s.ledger.MoveTender(s.Context(), tender.ID, data.Move{To: payment.StatePaid})
	check(s, err)
}

// What is in the drawer, and what leads to it.
var drawerFigures = []string{"62920", "12920", "13070", "19031", "18881", "629.20", "129.20", "130.70", "190.31", "188.81"}

// tellsTheDrawer is the figure in v that gives the drawer away; "" for none.
func tellsTheDrawer(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	check(t, err)
	for _, secret := range drawerFigures {
		if strings.Contains(string(raw), secret) {
			return secret + " in " + string(raw)
		}
	}
	return ""
}

func TestWhoCountsBlindLearnsTheDrawerFromNoReport(t *testing.T) {
	s, books, shift := newSeller(t)
	today := books.Today()
	report, err := books.Report(t.Context(), data.Cut{ShiftID: shift.ID})
	check(t, err)
	if told := tellsTheDrawer(t, report); told != "" {
		t.Errorf("the report of the open shift: %s", told)
	}
	if report.Total.Trade != 61_11 || len(report.Channels) != 1 || report.Channels[0].Channel != payment.Alipay || report.Drawer != (data.Drawer{Float: 500_00}) {
		t.Errorf("what is not cash stays in sight: %+v, %+v, %+v", report.Total, report.Channels, report.Drawer)
	}
	for name, f := range map[string]data.Filter{
		"everything":       {},
		"today":            {From: today, To: today},
		"the shift":        {ShiftID: shift.ID},
		"cash":             {Channel: payment.Cash},
		"cash by money":    {From: today, To: today, ByMoney: true, Channel: payment.Cash},
		"without a wallet": {Wallet: data.NoWallet},
		"by method":        {Method: payment.MethodCash, ShiftID: shift.ID},
		"own":              {StaffID: s.clerk.ID},
	} {
		rows, totals, err := books.Page(t.Context(), f)
		check(t, err)
		if told := tellsTheDrawer(t, totals); told != "" || len(rows) == 0 || totals.Rows != len(rows) {
			t.Errorf("the list of %s, %d rows: %s", name, len(rows), told)
		}
		if f.Channel == payment.Cash && totals.Paid-totals.Refunded != 0 {
			t.Errorf("the list of %s sums %+v", name, totals)
		}
	}
	totals, err := books.DayTotals(t.Context(), today)
	check(t, err)
	if totals.Paid != 61_11 || totals.Refunded != 0 || totals.Sales != 3 {
		t.Errorf("the day: %+v", totals)
	}
	hidden, err := books.HidesCash(t.Context())
	if check(t, err); !hidden {
		t.Error("nobody would know that cash was left out")
	}
}

func TestWhoCountsBlindTakesNoPaperAndNoFile(t *testing.T) {
	s, books, shift := newSeller(t)
	today := books.Today()
	dir := t.TempDir()
	for _, c := range []data.Cut{{ShiftID: shift.ID}, {From: today, To: today}, {From: today.Plus(-40), To: today.Plus(3)}} {
		refuse(t, books.PrintReport(t.Context(), c), app.ProblemNoRight)
		for _, format := range []app.ExportFormat{app.ExportPDF, app.ExportXLSX, app.ExportCSV} {
			file := filepath.Join(dir, "x."+string(format))
			refuse(t, books.Export(t.Context(), c, format, file, nil), app.ProblemNoRight)
			if _, err := os.Stat(file); err == nil {
				t.Errorf("%s was written", file)
			}
		}
	}
	_, err := books.Report(t.Context(), data.Cut{From: today, To: today})
	refuse(t, err, app.ProblemNoRight)
	_, _, err = books.ZOfDay(t.Context(), today)
	refuse(t, err, app.ProblemNoRight)
	_, err = books.Zs(t.Context(), today, today)
	refuse(t, err, app.ProblemNoRight)
	for {
		job, ok, err := s.ledger.NextPrint(t.Context(), s.now.AddDate(1, 0, 0))
		check(t, err)
		if !ok {
			break
		}
		if job.Kind == data.PrintX || job.Kind == data.PrintZ {
			t.Errorf("a paper of kind %s is queued", job.Kind)
		}
	}
}

func TestWhatIsInTheDrawerIsNotToldByARefusal(t *testing.T) {
	s, _, _ := newSeller(t)
	order := app.CashOrder{Draft: newDraft(), Kind: data.CashOut, Amount: 9000_00, Reason: "x"}
	var err error
	order.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightCash)
	check(t, err)
	_, err = s.shifts.MoveCash(t.Context(), order)
	refuse(t, err, app.ProblemDrawerLess)
	p, _ := app.ProblemOf(err)
	if told := tellsTheDrawer(t, []any{p.Pairs, err.Error()}); told != "" {
		t.Error(told)
	}
	s.signIn(s.manager, managerPIN)
	_, err = s.shifts.MoveCash(t.Context(), order)
	refuse(t, err, app.ProblemDrawerShort)
}

// Without a count the Z report tells what is in the drawer, and the next float
// is the same person's: so a count comes first, or the word of somebody else.
func TestWhoCountsBlindCannotSkipTheCount(t *testing.T) {
	s, _, shift := newSeller(t)
	order := app.CloseOrder{ShiftID: shift.ID, Uncount: true, HandTo: s.clerk.ID}
	_, err := s.shifts.Close(t.Context(), order)
	refuse(t, err, app.ProblemNoRight)
	order.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightShift)
	check(t, err)
	_, err = s.shifts.Close(t.Context(), order)
	refuse(t, err, app.ProblemNoRight) // that word was for something else
	order.Approval, err = s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightExpected)
	check(t, err)
	_, err = s.shifts.Close(t.Context(), order)
	check(t, err)
	verify(t, s.ledger)
}

// After the count there is nothing left to hide, and before it there is nothing
// to hide from somebody who may know, or in a shop that does not count blind.
func TestSumsAreSeenByWhoMaySeeThem(t *testing.T) {
	s, books, shift := newSeller(t)
	today := books.Today()
	whole := func(who string, c data.Cut) {
		t.Helper()
		r, err := books.Report(t.Context(), c)
		check(t, err)
		if r.Drawer.Expected != 629_20 || r.Total.Trade != 191_81 {
			t.Errorf("%s sees %+v, %+v", who, r.Total, r.Drawer)
		}
		_, totals, err := books.Page(t.Context(), data.Filter{Channel: payment.Cash})
		check(t, err)
		if totals.Paid != 130_70 {
			t.Errorf("%s sees cash of %s", who, totals.Paid)
		}
	}
	s.signIn(s.manager, managerPIN)
	whole("the manager", data.Cut{From: today, To: today})
	check(t, books.PrintReport(t.Context(), data.Cut{ShiftID: shift.ID}))
	check(t, books.Export(t.Context(), data.Cut{ShiftID: shift.ID}, app.ExportCSV, filepath.Join(t.TempDir(), "x.csv"), nil))

	settings := app.NewSettings(s.ledger, s.secrets)
	s.signIn(s.clerk, clerkPIN)
	check(t, settings.Set(t.Context(), "shift.blind", "false"))
	whole("a clerk who does not count blind", data.Cut{ShiftID: shift.ID})
	check(t, settings.Set(t.Context(), "shift.blind", "true"))
	books.ViewAs(s.owner) // who proved it on the command line
	whole("the owner beside the clerk", data.Cut{ShiftID: shift.ID})

	books = app.NewBooks(s.ledger)
	_, err := s.shifts.Close(t.Context(), app.CloseOrder{ShiftID: shift.ID, Counts: counts(629_20)})
	check(t, err)
	whole("the clerk after the count", data.Cut{ShiftID: shift.ID})
	z, ok, err := books.ZOfShift(t.Context(), shift.ID)
	if check(t, err); !ok || z.Report.Drawer.Counted != 629_20 {
		t.Errorf("the own Z report: %+v", z.Report.Drawer)
	}
	check(t, books.PrintReport(t.Context(), data.Cut{ShiftID: shift.ID}))
}

// A works, then B: each sees exactly their own shift.
func TestEachSeesTheirOwnShift(t *testing.T) {
	s := newStaffed(t)
	books := app.NewBooks(s.ledger)
	check(t, app.NewSettings(s.ledger, s.secrets).Set(t.Context(), "staff.see_all", "false"))
	s.signIn(s.clerk, clerkPIN)
	s.sell(10_00)
	s.paidByPhone(20_00)
	a, _, err := s.shifts.Current(t.Context())
	check(t, err)
	_, err = s.shifts.Close(t.Context(), app.CloseOrder{ShiftID: a.ID, Counts: counts(10_00), HandTo: s.other.ID, PIN: otherPIN})
	check(t, err)
	s.sell(300_00)
	s.paidByPhone(4000_00)
	b, _, err := s.shifts.Current(t.Context())
	check(t, err)

	rows, totals, err := books.Page(t.Context(), data.Filter{})
	check(t, err)
	if len(rows) != 2 || totals.Rows != 2 || totals.Paid != 4000_00 {
		t.Errorf("B sees %d sales, %+v", len(rows), totals)
	}
	day, err := books.DayTotals(t.Context(), books.Today())
	if check(t, err); day.Paid != 4000_00 {
		t.Errorf("B sees a day of %+v", day)
	}
	_, err = books.Report(t.Context(), data.Cut{ShiftID: a.ID})
	refuse(t, err, app.ProblemNoRight)
	_, _, err = books.ZOfShift(t.Context(), a.ID)
	refuse(t, err, app.ProblemNoRight)

	s.signIn(s.clerk, clerkPIN) // off duty: the shift is B's
	rows, totals, err = books.Page(t.Context(), data.Filter{})
	if check(t, err); len(rows) != 0 || totals.Paid != 0 {
		t.Errorf("A sees %d sales off duty, %+v", len(rows), totals)
	}
	rows, _, err = books.Page(t.Context(), data.Filter{ShiftID: b.ID})
	if check(t, err); len(rows) != 0 {
		t.Errorf("A sees %d sales of B", len(rows))
	}
	r, err := books.Report(t.Context(), data.Cut{ShiftID: a.ID})
	if check(t, err); r.Total.Trade != 30_00 || r.Drawer.Counted != 10_00 {
		t.Errorf("A sees of the own shift: %+v, %+v", r.Total, r.Drawer)
	}

	s.signIn(s.manager, managerPIN)
	r, err = books.Report(t.Context(), data.Cut{From: books.Today(), To: books.Today()})
	check(t, err)
	got := map[int64]payment.Amount{}
	for _, x := range r.Shifts {
		got[x.Shift.ID] = x.Trade
	}
	if got[a.ID] != 30_00 || got[b.ID] != 4300_00 {
		t.Errorf("by shift: %v", got)
	}
}
