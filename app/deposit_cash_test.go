package app_test

import (
	"log/slog"
	"strings"
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// A deposit in notes and coins is held at once, and what happens to it is done
// at once, with no channel set up.
func TestACashDeposit(t *testing.T) {
	till, ledger := open(t, nil)
	ctx := t.Context()
	d, err := till.HoldCash(ctx, holdOrder(50000), 60000)
	check(t, err)
	if d.Phase != app.PhasePaid || d.State != data.DepositHeld || d.Held != 50000 || d.Change != 10000 || d.Channel != payment.Cash {
		t.Fatalf("%+v", d)
	}
	done := func(s app.DepositStep, err error) app.DepositStep {
		t.Helper()
		check(t, err)
		if s.State != payment.RefundDone {
			t.Fatalf("the %s is %s", s.Kind, s.State)
		}
		return s
	}
	capture := done(till.Capture(ctx, app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 13801, KeepRest: true}))
	done(till.Release(ctx, app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID, Amount: 10002, Reason: "客人要现金"}))
	done(till.RefundCapture(ctx, app.CaptureRefund{Draft: newDraft(), DepositID: d.ID, StepID: capture.ID, Amount: 800, Reason: "多收"}))
	last := done(till.Capture(ctx, app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 1000}))
	if last.Rest != 50000-13801-10002-1000 || last.Deposit.Left() != 0 || last.Deposit.State != data.DepositCaptured {
		t.Errorf("the last step: %+v", last)
	}
	if _, err := till.Release(ctx, app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID}); err == nil {
		t.Error("more was released than there was")
	}

	today := ledger.Today()
	sum, err := ledger.DepositTotalsOf(ctx, payment.Cash, today, today)
	check(t, err)
	if sum.Taken != 50000 || sum.Captured != 14801 || sum.Released != 35199 || sum.Refunded != 800 || sum.ClosingHeld != 0 {
		t.Errorf("the day: %+v", sum)
	}
	if sales, err := ledger.DayTotals(ctx, today); err != nil || sales.Paid != 0 || sales.Refunded != 0 {
		t.Errorf("deposits are among the sales: %+v, %v", sales, err)
	}
	verify(t, ledger)
}

// Each paper of a deposit is printed once, by itself; the drawer opens where
// notes come in or go out, and a copy says so.
func TestThePapersOfACashDeposit(t *testing.T) {
	till, ledger := open(t, nil)
	ctx := t.Context()
	tray := &paperTray{}
	drawers := 0
	setup := setupOf(tray)
	q := app.NewPrintQueue(ledger, func() app.PrintSetup { s := setup(); s.Drawer = true; return s }, nil, slog.New(slog.DiscardHandler))
	prints := func(what string, opens int, words ...string) {
		t.Helper()
		before := len(tray.papers())
		drain(t, q)
		drain(t, q)
		papers := tray.papers()
		if len(papers) != before+1 {
			t.Fatalf("%s: %d papers", what, len(papers)-before)
		}
		last := papers[len(papers)-1]
		for _, word := range words {
			if !strings.Contains(last, word) {
				t.Errorf("%s lacks %q:\n%s", what, word, last)
			}
		}
		if reprint := strings.Contains(last, "补打"); reprint != strings.HasPrefix(what, "copy") {
			t.Errorf("%s: says that it is a copy: %v", what, reprint)
		}
		if drawers += opens; tray.drawers() != drawers {
			t.Errorf("%s: the drawer was opened %d times, want %d", what, tray.drawers(), drawers)
		}
	}
	d, err := till.HoldCash(ctx, holdOrder(50000), 60000)
	check(t, err)
	prints("deposit slip", 1, "押金单", d.ReceiptNo, "306", "王磊", "￥500.00", "客人签字", "找零", "100.00")
	_, err = till.ReprintDeposit(ctx, d.ID, 0)
	check(t, err)
	prints("copy of the deposit slip", 0, "押金单", "￥500.00")

	kept, err := till.Capture(ctx, app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 10000, KeepRest: true})
	check(t, err)
	prints("slip of a capture", 0, d.ReceiptNo, "转消费", "￥100.00", "仍在押", "400.00")
	refund, err := till.RefundCapture(ctx, app.CaptureRefund{Draft: newDraft(), DepositID: d.ID, StepID: kept.ID, Amount: 800, Reason: "多收"})
	check(t, err)
	prints("slip of a refund", 1, d.ReceiptNo, "￥8.00", "多收")
	out, err := till.Capture(ctx, app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 3800})
	check(t, err)
	prints("check-out", 1, d.ReceiptNo, "38.00", "￥362.00")
	for _, step := range []app.DepositStep{kept, refund, out} {
		_, err = till.ReprintDeposit(ctx, d.ID, step.ID)
		check(t, err)
		prints("copy of a step", 0, d.ReceiptNo)
	}
	verify(t, ledger)
}
