package data

import (
	"errors"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestASlipIsPrintedOnce(t *testing.T) {
	s := newShop(t)
	sale, _ := s.paid(100)
	d := s.held(1000)
	if p := s.next(); p.SaleID != sale.ID || p.DepositID != 0 { // one queue, in order
		t.Fatalf("%+v", p)
	}
	slip := s.next()
	if slip.Kind != PrintDeposit || slip.DepositID != d.ID || slip.StepID != 0 || slip.ReceiptNo != d.ReceiptNo || slip.SaleID != 0 || slip.Drawer {
		t.Fatalf("%+v", slip)
	}
	if err := s.EndPrint(ctx, slip.ID, PrintDone, "", time.Time{}); err != nil {
		t.Fatal(err)
	}
	_, capture := s.done(s.capture(d, 300, true))
	out := s.next()
	if out.Kind != PrintCheckout || out.StepID != capture.ID || out.DepositID != d.ID {
		t.Fatalf("%+v", out)
	}
	if err := s.EndPrint(ctx, out.ID, PrintStuck, "paper_out", time.Time{}); err != nil {
		t.Fatal(err)
	}
	_, back := s.done(s.giveBack(capture, 100))
	if p := s.next(); p.Kind != PrintRefund || p.StepID != back.ID {
		t.Fatalf("%+v", p)
	}
	s.noNext()
	events := s.depositDetail(d.ID).Events
	want := []EventKind{EventCreated, EventHeld, EventPrinted, EventCaptureAsked, EventCaptured, EventReleased, EventPrintStuck, EventRefundAsked, EventRefunded}
	if !slices.Equal(kinds(events), want) || events[2].Detail != "deposit" || events[6].StepID != capture.ID || events[6].Detail != "paper_out" {
		t.Fatalf("%+v", events)
	}
	// Asking for a slip again is the same paper, a reprint is a new one.
	for _, again := range []struct {
		kind PrintKind
		step int64
		id   int64
	}{{PrintDeposit, 0, slip.ID}, {PrintCheckout, capture.ID, out.ID}} {
		if p, err := s.AddDepositPrint(ctx, again.kind, d.ID, again.step, false); err != nil || p.ID != again.id {
			t.Errorf("%s again: %+v %v", again.kind, p, err)
		}
	}
	seen := map[int64]bool{}
	for _, step := range []int64{0, capture.ID, back.ID, 0} {
		p, err := s.AddDepositPrint(ctx, PrintReprint, d.ID, step, false)
		if err != nil || p.Kind != PrintReprint || p.StepID != step || p.State != PrintQueued || seen[p.ID] {
			t.Errorf("reprint of step %d: %+v %v", step, p, err)
		}
		seen[p.ID] = true
	}
	if p, err := s.AddDepositPrint(ctx, PrintDrawer, d.ID, 0, true); err != nil || !p.Drawer {
		t.Errorf("the drawer: %+v %v", p, err)
	}
	s.mustVerify()
}

func TestNoPaperForWhatDidNotHappen(t *testing.T) {
	s := newShop(t)
	waiting, d, other := s.take(s.byCode(100)), s.held(1000), s.held(1000)
	open := s.begin(s.capture(d, 100, false))
	_, release := s.done(s.release(d, 100))
	for name, c := range map[string]struct {
		kind          PrintKind
		deposit, step int64
		want          error
	}{
		"a slip of what is not held":    {PrintDeposit, waiting.ID, 0, ErrNotPaid},
		"a reprint of it":               {PrintReprint, waiting.ID, 0, ErrNotPaid},
		"a capture under way":           {PrintCheckout, d.ID, open.ID, ErrNotPaid},
		"a reprint of that":             {PrintReprint, d.ID, open.ID, ErrNotPaid},
		"a step of another deposit":     {PrintCheckout, other.ID, release.ID, ErrInvalid},
		"a refund that is a release":    {PrintRefund, d.ID, release.ID, ErrInvalid},
		"a deposit slip of a step":      {PrintDeposit, d.ID, release.ID, ErrInvalid},
		"a check-out without a step":    {PrintCheckout, d.ID, 0, ErrInvalid},
		"the receipt of a sale":         {PrintReceipt, d.ID, 0, ErrInvalid},
		"a deposit that does not exist": {PrintDeposit, 51000099, 0, ErrNotFound},
	} {
		if p, err := s.AddDepositPrint(ctx, c.kind, c.deposit, c.step, false); !errors.Is(err, c.want) {
			t.Errorf("%s: %+v %v", name, p, err)
		}
	}
	if _, err := s.AddPrint(ctx, PrintDeposit, d.ID, 0, false); !errors.Is(err, ErrInvalid) {
		t.Errorf("a slip as a sale's paper: %v", err)
	}
}

func TestAResultTooOldPrintsNothing(t *testing.T) {
	s := newShop(t)
	d := s.take(s.byCode(100))
	s.moveHeld(d.ID, HoldMove{To: payment.StatePaid, Print: true, PrintSkipped: true})
	s.noNext()
	got := s.depositDetail(d.ID)
	if p := got.Prints[0]; p.State != PrintSkipped || p.LastError != TroubleTooOld || p.EndedAt.IsZero() {
		t.Fatalf("%+v", p)
	}
	if last := got.Events[len(got.Events)-1]; last.Kind != EventPrintSkipped || last.Detail != "deposit" {
		t.Fatalf("%+v", last)
	}
	if err := s.RetryPrint(ctx, got.Prints[0].ID); err != nil {
		t.Fatal(err)
	}
	if p := s.next(); p.DepositID != d.ID {
		t.Fatalf("%+v", p)
	}
	// Old jobs of deposits are skipped at the start like those of sales.
	s.held(200)
	s.clock.at = s.clock.at.Add(time.Hour)
	if err := s.RecoverPrints(ctx, time.Minute); err != nil {
		t.Fatal(err)
	}
	s.noNext()
	stuck, err := s.StuckPrints(ctx)
	if err != nil || len(stuck) != 1 || stuck[0].DepositID != d.ID || stuck[0].LastError != TroubleMaybePrinted {
		t.Fatalf("%+v %v", stuck, err)
	}
}
