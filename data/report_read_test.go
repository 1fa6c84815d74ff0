package data

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"frontdesk/payment"
)

// A day at the till, as its report tells it: what was paid, given away, given
// back and asked back, the drawer, the deposits, and what is not settled.
func TestADayAndItsShiftInAReport(t *testing.T) {
	s := newShop(t)
	wang := s.hire("小王", RoleClerk)
	shift, err := s.OpenShift(ctx, NewShift{IntentID: s.intent(), StaffID: wang.ID, Name: "早班", Float: 200_00})
	if err != nil {
		t.Fatal(err)
	}
	cash := s.notes(20_00, 50_00)
	cash.Sale.StaffID = wang.ID
	_, inCash := s.start(cash)
	_, scanned := s.start(s.scan(30_00))
	s.move(scanned.ID, Move{To: payment.StatePaid, Discount: 5_00})
	_, waiting := s.start(s.scan(10_00))
	s.refund(inCash.ID, 2_00) // done at once
	asked := s.refund(scanned.ID, 12_00)
	guest := s.take(s.inNotes(100_00, 100_00))
	s.begin(s.capture(guest, 40_00, true))
	for kind, amount := range map[CashMoveKind]payment.Amount{CashIn: 50_00, CashOut: 30_00} {
		if _, _, err := s.MoveCash(ctx, NewCashMove{IntentID: s.intent(), Kind: kind, Amount: amount, Reason: "零钱"}); err != nil {
			t.Fatal(err)
		}
	}
	today := Cut{From: "2026-11-21", To: "2026-11-21"}
	total := Figures{Sales: 2, Payments: 2, Trade: 50_00, Discount: 5_00, Settled: 45_00, Refunds: 2, Refunded: 14_00, RefundsSettled: 1, RefundSettled: 2_00, Net: 43_00, FeeOpen: 1}
	drawer := Drawer{Float: 200_00, Paid: 20_00, Refunded: 2_00, Deposits: 40_00, In: 50_00, Out: 30_00, Expected: 278_00}
	look := func(when string, total Figures, drawer Drawer, open OpenSums) {
		t.Helper()
		for what, cut := range map[string]Cut{"day": today, "shift": {ShiftID: shift.ID}, "month": {From: "2026-11-01", To: "2026-11-30"}} {
			r := s.reportOf(cut)
			if r.Total != total || r.Drawer != drawer || r.Open != open {
				t.Errorf("%s, %s: total\n%+v, want\n%+v; drawer\n%+v, want\n%+v; open %+v, want %+v", when, what, r.Total, total, r.Drawer, drawer, r.Open, open)
			}
			if r.Receipts != (Numbers{First: "01000001", Last: "01000003", Count: 3}) || r.Deposits.Taken != 100_00 || r.Deposits.Captured != 40_00 || r.Deposits.ClosingHeld != 0 {
				t.Errorf("%s, %s: %+v %+v", when, what, r.Receipts, r.Deposits)
			}
		}
	}
	look("open", total, drawer, OpenSums{Payments: 1, Paid: 10_00, Refunds: 1, Refunded: 12_00})

	// At the close one yuan is too much, and all but the float goes to the bank.
	_, z, _, err := s.CloseShift(ctx, CloseShift{ShiftID: shift.ID, StaffID: wang.ID, IsCounted: true, Counted: 279_00,
		Counts: []Count{{100_00, 2}, {50_00, 1}, {20_00, 1}, {1_00, 9}}, Taken: 79_00, Reason: "找错"})
	if err != nil {
		t.Fatal(err)
	}
	counted := drawer
	counted.IsCounted, counted.Counted, counted.Difference = true, 279_00, 1_00
	if z.Report.Drawer != counted || len(z.Report.Moves) != 5 || z.Report.Shift.Taken != 79_00 { // the float's own is one
		t.Errorf("Z report: %+v, moves %+v", z.Report.Drawer, z.Report.Moves)
	}
	day := s.reportOf(today).Drawer
	if day.Out != 109_00 || day.Expected != 199_00 || day.Counted != 200_00 || day.Difference != 1_00 {
		t.Errorf("the day after the close: %+v", day)
	}

	// What the channels say the next day belongs to the day and the shift that
	// asked.
	s.clock.at = s.clock.at.Add(24 * time.Hour)
	s.move(waiting.ID, Move{To: payment.StatePaid})
	s.moveRefund(asked.ID, RefundMove{To: payment.RefundDone, Discount: 2_00})
	total.Sales, total.Payments, total.Trade, total.Settled = 3, 3, 60_00, 55_00
	total.RefundsSettled, total.RefundSettled, total.Net, total.FeeOpen = 2, 12_00, 43_00, 3
	for _, cut := range []Cut{today, {ShiftID: shift.ID}} {
		if r := s.reportOf(cut); r.Total != total || r.Open != (OpenSums{}) {
			t.Errorf("settled: %+v, want %+v; open %+v", r.Total, total, r.Open)
		}
	}
	if r := s.reportOf(Cut{From: "2026-11-22", To: "2026-11-22"}); r.Total != (Figures{}) || r.Drawer.Float != 200_00 || r.Drawer.Expected != 200_00 || len(r.Channels) != 0 {
		t.Errorf("the next day: %+v", r)
	}
	s.mustVerify()
}

// What was there before there were shifts counts on its day, in no shift, and in
// no drawer.
func TestAReportOfOldDays(t *testing.T) {
	s := openGolden(t, goldenV2)
	r := s.reportOf(Cut{From: "2026-01-01", To: "2026-12-31"})
	if r.Total.Sales != 3 || r.Total.Trade != 2950 || r.Total.RefundSettled != 550 || len(r.Shifts) != 1 || r.Shifts[0].Shift.ID != 0 || r.Shifts[0].Figures != r.Total {
		t.Errorf("%+v %+v", r.Total, r.Shifts)
	}
	if r.Drawer != (Drawer{}) || r.Deposits.ClosingHeld != 15700 || r.Receipts.Count != 4 {
		t.Errorf("%+v %+v %+v", r.Drawer, r.Deposits, r.Receipts)
	}
	if totals, err := s.DayTotals(ctx, "2026-11-21"); err != nil || totals.Paid != r.Total.Trade {
		t.Errorf("%+v %v", totals, err)
	}
}

func TestAReportOfNothing(t *testing.T) {
	s := newShop(t)
	r := s.reportOf(Cut{From: "2026-11-21", To: "2026-11-21"})
	if r.Channels == nil || r.Methods == nil || r.People == nil || r.Shifts == nil || len(r.Hours) != 24 || r.Hours[0].Hour != 4 || r.Moves == nil || r.Days != nil || r.HeadSeq != 0 {
		t.Errorf("%+v", r)
	}
	if !r.End.Equal(noon) || !r.Begin.Equal(time.Date(2026, 11, 20, 20, 0, 0, 0, time.UTC)) {
		t.Errorf("from %s to %s", r.Begin, r.End)
	}
	yesterday := s.reportOf(Cut{From: "2026-11-20", To: "2026-11-20"})
	if !yesterday.End.Equal(r.Begin) {
		t.Errorf("until %s", yesterday.End)
	}
	text, err := json.Marshal(r)
	var again Report
	if err := errors.Join(err, json.Unmarshal(text, &again)); err != nil || !reflect.DeepEqual(again, r) {
		t.Errorf("as JSON: %+v, want %+v; %v", again, r, err)
	}
}

func TestReportsThatCannotBe(t *testing.T) {
	s := newShop(t)
	for _, c := range []struct {
		cut  Cut
		want error
	}{
		{Cut{}, ErrInvalid}, {Cut{From: "2026-11-21"}, ErrInvalid}, {Cut{From: "2026-11-21", To: "today"}, ErrInvalid}, {Cut{From: "2026-11-31", To: "2026-11-31"}, ErrInvalid},
		{Cut{From: "2026-11-21", To: "2026-11-20"}, ErrInvalid}, {Cut{From: "1900-01-01", To: "2026-11-20"}, ErrInvalid}, {Cut{From: "2026-1-1", To: "2026-1-2"}, ErrInvalid},
		{Cut{ShiftID: 1}, ErrNoShift}, {Cut{ShiftID: -1}, ErrNoShift},
	} {
		if r, err := s.Report(ctx, c.cut); !errors.Is(err, c.want) || !reflect.DeepEqual(r, Report{}) {
			t.Errorf("%+v: %v, %+v", c.cut, err, r)
		}
	}
}
