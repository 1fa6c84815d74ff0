package data

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// figuresAre compares all figures of the ledger, and what they are cut by.
func (s *shop) figuresAre(want map[figureKey]figure) {
	s.tb.Helper()
	got := map[figureKey]figure{}
	err := s.look(ctx, func(v snapshot) error {
		return each(v, func(row *values) error {
			key, f := scanFigure(row)
			got[key] = f
			return nil
		}, "SELECT "+figureColumns+" FROM figures")
	})
	if err != nil {
		s.tb.Fatal(err)
	}
	for key, f := range want {
		if got[key] != f {
			s.tb.Errorf("%+v\nis %+v\nnot %+v", key, got[key], f)
		}
	}
	if len(got) != len(want) {
		s.tb.Errorf("%d rows of figures: %+v", len(got), got)
	}
}

// What was asked for before the cut-over and the close of its shift, and
// settled after both, counts where it was asked for.
func TestMoneyCountsWhereItWasAskedFor(t *testing.T) {
	s := newShop(t)
	li, wang := s.hire("小李", RoleClerk), s.hire("小王", RoleClerk)
	s.clock.at = time.Date(2026, 11, 21, 19, 30, 0, 0, time.UTC) // 03:30 in Beijing, still the 21st
	s.openShift(li, 0)
	n := s.scan(1000)
	n.StaffID = li.ID
	_, late := s.start(n)
	_, paid := s.paid(2000) // by the owner, in time
	refund, _, err := s.StartRefund(ctx, NewRefund{IntentID: s.intent(), TenderID: paid.ID, Amount: 500, StaffID: wang.ID})
	if err != nil {
		t.Fatal(err)
	}
	deposit := s.take(s.byCode(3000))
	_, z, next := s.closeShift(CloseShift{ShiftID: 1, StaffID: li.ID, HandTo: wang.ID})
	if open := z.Report.Open; open.Payments != 1 || open.Paid != 1000 || open.Refunds != 1 || open.Refunded != 500 || open.Holds != 1 || open.Held != 3000 {
		t.Fatalf("the Z report lists %+v", open)
	}
	s.clock.at = s.clock.at.Add(2 * time.Hour) // 05:30, the 22nd
	s.move(late.ID, Move{To: payment.StateFailed, Reason: payment.ReasonOther})
	s.move(late.ID, Move{To: payment.StatePaid, Discount: 100}) // later still
	s.moveRefund(refund.ID, RefundMove{To: payment.RefundDone, Discount: 20})
	s.moveHeld(deposit.ID, s.isHeldNow(deposit))
	s.figuresAre(map[figureKey]figure{
		{"2026-11-21", 3, 1, li.ID, payment.Alipay, payment.MethodCode, payment.WalletAlipay}:   {sales: 1, payments: 1, paid: 1000, discount: 100},
		{"2026-11-21", 3, 1, OwnerID, payment.Alipay, payment.MethodCode, payment.WalletAlipay}: {sales: 1, payments: 1, paid: 2000},
		{"2026-11-21", 3, 1, wang.ID, payment.Alipay, payment.MethodCode, payment.WalletAlipay}: {refunds: 1, refunded: 500, refundDiscount: 20},
	})
	if got := s.depositTotalsOf("2026-11-21", "2026-11-21"); got.Taken != 3000 {
		t.Errorf("%+v", got)
	}
	if d := s.detail(late.SaleID); d.Tenders[0].Discount != 100 || d.Tenders[0].Day != "2026-11-21" || d.Tenders[0].ShiftID != 1 || d.Tenders[0].StaffID != li.ID {
		t.Errorf("%+v", d.Tenders)
	}
	// The Z report stays as it was; the shift's report has it now.
	if again, _, err := s.ZOfShift(ctx, 1); err != nil || again.Report.Total != z.Report.Total {
		t.Errorf("%+v %v", again.Report.Total, err)
	}
	if r := s.report(Cut{ShiftID: 1}); r.Total.Trade != 3000 || r.Total.Net != 3000-100-480 || r.Open.Count() != 0 {
		t.Errorf("%+v", r.Total)
	}
	if r := s.report(Cut{ShiftID: next.ID}); r.Total != (Figures{}) {
		t.Errorf("%+v", r.Total)
	}
	// What the channel gives free by itself nobody has asked for: until it is
	// heard of, the guest's money was held.
	s.moveHeld(deposit.ID, HoldMove{To: payment.StateReversed})
	if got := s.depositTotalsOf("2026-11-21", "2026-11-21"); got.ClosingHeld != 3000 {
		t.Errorf("%+v", got)
	}
	if got := s.report(Cut{ShiftID: next.ID}).Deposits; got.OpeningHeld != 3000 || got.Released != 3000 {
		t.Errorf("%+v", got)
	}
	s.mustVerify()
}

// What was under way when the ledger became one with shifts belongs to none, and
// counts on the day that its record knows.
func TestWhatWasUnderWayBeforeThereWereShifts(t *testing.T) {
	s := newShop(t)
	_, tender := s.start(s.scan(1000))
	_, paid := s.paid(2000)
	refund := s.refund(paid.ID, 500)
	asked, held := s.take(s.byCode(3000)), s.held(4000)
	step := s.begin(s.release(held, 100))
	err := s.change(ctx, func(x *tx) error {
		for _, statement := range []string{
			"DROP TRIGGER tenders_shift", "DROP TRIGGER refunds_shift", "DROP TRIGGER deposits_shift", "DROP TRIGGER steps_shift",
			fmt.Sprintf("UPDATE tenders SET day = '', staff_id = 0, shift_id = 0 WHERE id = %d", tender.ID), "UPDATE refunds SET shift_id = 0",
			fmt.Sprintf("UPDATE deposits SET shift_id = 0 WHERE id = %d", asked.ID), "UPDATE steps SET shift_id = 0",
		} {
			if _, err := x.exec(statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.clock.at = s.clock.at.Add(24 * time.Hour)
	s.move(tender.ID, Move{To: payment.StatePaid, Discount: 10})
	s.moveRefund(refund.ID, RefundMove{To: payment.RefundDone})
	s.moveHeld(asked.ID, s.isHeldNow(asked))
	s.moveStepTo(step.ID, StepMove{To: payment.RefundDone})
	key := figureKey{"2026-11-21", 12, 0, OwnerID, payment.Alipay, payment.MethodCode, payment.WalletAlipay}
	ofShift := key
	ofShift.shiftID = 1
	s.figuresAre(map[figureKey]figure{key: {sales: 1, payments: 1, paid: 1000, discount: 10, refunds: 1, refunded: 500}, ofShift: {sales: 1, payments: 1, paid: 2000}})
	if got := s.depositTotalsOf("2026-11-21", "2026-11-21"); got.Taken != 7000 || got.Released != 100 {
		t.Errorf("%+v", got)
	}
	s.mustVerify()
}

// A payment that the channel takes back takes its discounts with it.
func TestDiscounts(t *testing.T) {
	s := newShop(t)
	key := figureKey{"2026-11-21", 12, 1, OwnerID, payment.Alipay, payment.MethodCode, payment.WalletAlipay}
	_, tender := s.start(s.scan(1000))
	for name, m := range map[string]Move{
		"below nothing": {To: payment.StatePaid, Discount: -1}, "more than the amount": {To: payment.StatePaid, Discount: 1001}, "of nothing paid": {To: payment.StateFailed, Discount: 1},
	} {
		if _, _, _, err := s.MoveTender(ctx, tender.ID, m); !errors.Is(err, ErrInvalid) {
			t.Errorf("a discount %s: %v", name, err)
		}
	}
	s.move(tender.ID, Move{To: payment.StatePaid, Discount: 1000})
	r := s.refund(tender.ID, 400)
	for name, m := range map[string]RefundMove{
		"below nothing": {To: payment.RefundDone, Discount: -1}, "more than the amount": {To: payment.RefundDone, Discount: 401}, "of nothing done": {To: payment.RefundUnknown, Discount: 1},
	} {
		if _, _, err := s.MoveRefund(ctx, r.ID, m); !errors.Is(err, ErrInvalid) {
			t.Errorf("a refund's discount %s: %v", name, err)
		}
	}
	if r = s.moveRefund(r.ID, RefundMove{To: payment.RefundDone, Discount: 400}); r.Discount != 400 {
		t.Errorf("%+v", r)
	}
	s.figuresAre(map[figureKey]figure{key: {sales: 1, payments: 1, paid: 1000, discount: 1000, refunds: 1, refunded: 400, refundDiscount: 400}})
	under := s.refund(tender.ID, 100)
	s.move(tender.ID, Move{To: payment.StateReversed})
	s.figuresAre(map[figureKey]figure{key: {refunds: 1}})
	s.moveRefund(under.ID, RefundMove{To: payment.RefundDone, Discount: 50}) // part of what was taken
	s.figuresAre(map[figureKey]figure{key: {refunds: 2}})
	s.mustVerify()
}

// Cash is there once it is paid: no channel takes it back.
func TestCashStaysPaid(t *testing.T) {
	s := newShop(t)
	_, cash := s.start(s.notes(100, 100))
	for _, to := range payment.States {
		if _, _, changed, err := s.MoveTender(ctx, cash.ID, Move{To: to}); to != payment.StatePaid && !errors.Is(err, ErrTransition) || changed {
			t.Errorf("to %s: %v, %v", to, changed, err)
		}
	}
}

// A second try after the cut-over counts on its own day.
func TestASecondTryOnAnotherDay(t *testing.T) {
	s := newShop(t)
	s.clock.at = time.Date(2026, 11, 21, 19, 59, 0, 0, time.UTC)
	sale, first := s.start(s.scan(100))
	s.move(first.ID, Move{To: payment.StateFailed})
	s.clock.at = s.clock.at.Add(2 * time.Minute)
	n := s.scan(100)
	n.SaleID = sale.ID
	_, second := s.start(n)
	s.move(second.ID, Move{To: payment.StatePaid})
	if sale.Day != "2026-11-21" || second.Day != "2026-11-22" {
		t.Fatalf("sale of %s, second try of %s", sale.Day, second.Day)
	}
	if got, err := s.DayTotals(ctx, "2026-11-22"); err != nil || got.Paid != 100 {
		t.Fatalf("%+v %v", got, err)
	}
	s.mustVerify()
}

func TestTheCutoverCanBeChanged(t *testing.T) {
	s := newShop(t)
	s.clock.at = time.Date(2026, 11, 21, 20, 30, 0, 0, time.UTC) // 04:30 in Beijing
	before, open := s.start(s.scan(100))
	if err := s.SetCutover(6 * time.Hour); err != nil || s.Cutover() != 6*time.Hour {
		t.Fatalf("%s, %v", s.Cutover(), err)
	}
	after, _ := s.paid(100)
	s.move(open.ID, Move{To: payment.StatePaid})
	if before.Day != "2026-11-22" || after.Day != "2026-11-21" || s.Today() != "2026-11-21" {
		t.Fatalf("%s, %s, %s", before.Day, after.Day, s.Today())
	}
	if got, err := s.DayTotals(ctx, "2026-11-22"); err != nil || got.Paid != 100 {
		t.Fatalf("%+v %v", got, err)
	}
	for _, bad := range []time.Duration{-1, 24 * time.Hour} {
		if err := s.SetCutover(bad); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	s.mustVerify()
}

// A channel that wants its numbers to begin in its own way gets all of them so,
// and none is longer than any channel takes.
func TestNumbersWithAPrefix(t *testing.T) {
	const prefix = "a1b2c3d4e5" // as long as it may be
	s := newShop(t)
	n := s.scan(1000)
	n.Channel, n.OrderPrefix = payment.CloudPay, prefix
	_, tender := s.start(n)
	s.move(tender.ID, Move{To: payment.StatePaid})
	refund := s.refund(tender.ID, 100)
	d := s.byCode(1000)
	d.Channel, d.OrderPrefix = payment.CloudPay, prefix
	deposit := s.take(d)
	s.moveHeld(deposit.ID, HoldMove{To: payment.StatePaid})
	s.reopen()
	_, capture := s.done(s.capture(deposit, 300, false))
	back := s.begin(s.giveBack(capture, 100))
	release := s.begin(s.release(deposit, 100))
	seen := map[string]bool{}
	for _, number := range []string{tender.OutTradeNo, refund.RequestNo, deposit.OutOrderNo, deposit.RequestNo, capture.Number, back.Number, release.Number} {
		if _, wallet := payment.Recognise(number); !strings.HasPrefix(number, prefix) || len(number) > 32 || seen[number] || wallet != payment.WalletNone {
			t.Errorf("%s has no prefix, is too long, comes twice, or is a pay code", number)
		}
		seen[number] = true
	}
	if !strings.HasPrefix(back.Number, capture.Number) || !strings.HasPrefix(release.Number, deposit.OutOrderNo) || !strings.HasSuffix(capture.Number, deposit.ReceiptNo+"002") {
		t.Errorf("%s of %s, %s of %s", back.Number, capture.Number, release.Number, deposit.OutOrderNo)
	}
	// A clock that is far out stops nobody.
	s.clock.at = time.Unix(5, 0)
	n = s.scan(1000)
	n.OrderPrefix = prefix
	if _, t2 := s.start(n); !strings.HasPrefix(t2.OutTradeNo, prefix+"000000") {
		t.Errorf("%s", t2.OutTradeNo)
	}
	n = s.scan(1000)
	n.OrderPrefix = "FD"
	d = s.byCode(1000)
	d.OrderPrefix = "FD"
	_, _, _, err := s.StartTender(ctx, n)
	_, _, err2 := s.StartDeposit(ctx, d)
	if !errors.Is(err, ErrInvalid) || !errors.Is(err2, ErrInvalid) {
		t.Errorf("a prefix that cannot be: %v, %v", err, err2)
	}
	s.mustVerify()
}

func TestPrefixOf(t *testing.T) {
	for number, want := range map[string]string{
		payment.NewOrderNo("51000001", 1, noon): "", payment.NewNumber("12345678", "51000001", 1, noon): "12345678",
		payment.NewNumber("a1b2c3d4e5", "51000001", 999, noon): "a1b2c3d4e5", "": "", "x": "",
	} {
		if got := prefixOf(number); got != want {
			t.Errorf("prefix of %s is %q, want %q", number, got, want)
		}
	}
}
