package data

import (
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

// A stay as the reception sees it: the deposit on the first evening, the
// check-out two days later, with breakfast taken out and the rest given back.
func TestAStay(t *testing.T) {
	s := newShop(t)
	first := s.Today()
	n := s.byCode(50000)
	d := s.take(n)
	if d.ReceiptNo != "51000001" || d.State != DepositPending || d.Held != 0 || d.OutOrderNo == d.RequestNo || d.Staff.ID != OwnerID || d.Day != first {
		t.Fatalf("%+v", d)
	}
	if open, err := s.OpenHolds(ctx); err != nil || len(open) != 1 || open[0] != d {
		t.Fatalf("open holds: %+v %v", open, err)
	}
	d = s.moveHeld(d.ID, HoldMove{To: payment.StatePending, AuthNo: "A1", Events: []NewEvent{{Kind: EventPassword}}})
	if d.State != DepositPending || d.AuthNo != "A1" {
		t.Fatalf("waiting: %+v", d)
	}
	d = s.moveHeld(d.ID, s.isHeldNow(d))
	if d.State != DepositHeld || d.Left() != 50000 || d.HeldAt != noon || d.EndedAt != noon || d.AuthNo == "A1" || d.Room != "306" || d.Nights != 2 {
		t.Fatalf("held: %+v", d)
	}
	if open, err := s.OpenHolds(ctx); err != nil || len(open) != 0 {
		t.Fatalf("open holds: %+v %v", open, err)
	}
	s.clock.at = s.clock.at.Add(48 * time.Hour)
	last := s.Today()
	capture := s.begin(s.capture(d, 13800, true))
	if capture.State != payment.RefundCreated || capture.Rest != 36200 || !payment.IsOrderNo(capture.Number) || capture.Number == d.OutOrderNo || capture.Day != last {
		t.Fatalf("capture: %+v", capture)
	}
	if open, err := s.OpenSteps(ctx); err != nil || len(open) != 1 || open[0] != capture {
		t.Fatalf("open steps: %+v %v", open, err)
	}
	d, capture = s.moveStepTo(capture.ID, StepMove{To: payment.RefundUnknown, Code: "20000", AddTries: 1})
	if d.State != DepositUnknown || d.Captured != 0 || d.Left() != 50000 {
		t.Fatalf("unknown: %+v", d)
	}
	d, capture = s.moveStepTo(capture.ID, StepMove{To: payment.RefundDone, TradeNo: "T1", Code: "10000", AddTries: 1, Print: true})
	if d.State != DepositCaptured || d.Captured != 13800 || d.Released != 36200 || d.Left() != 0 || capture.Tries != 2 || capture.TradeNo != "T1" {
		t.Fatalf("done: %+v %+v", d, capture)
	}
	refund := s.begin(s.giveBack(capture, 1000))
	d, _ = s.moveStepTo(refund.ID, StepMove{To: payment.RefundDone, Print: true})
	if d.State != DepositCaptured || d.Refunded != 1000 || refund.Number != capture.Number+"R001" {
		t.Fatalf("refunded: %+v %+v", d, refund)
	}
	whole := s.depositDetail(d.ID)
	if whole.Deposit != d || len(whole.Steps) != 2 || whole.Steps[0].Refunded != 1000 {
		t.Fatalf("%+v", whole)
	}
	want := []EventKind{EventCreated, EventPassword, EventHeld, EventCaptureAsked, EventCaptureUnknown, EventCaptured, EventReleased, EventRefundAsked, EventRefunded}
	if got := kinds(whole.Events); !slices.Equal(got, want) {
		t.Fatalf("timeline: %v", got)
	}
	var papers []PrintKind
	for _, p := range whole.Prints {
		papers = append(papers, p.Kind)
		if p.Drawer || p.ReceiptNo != d.ReceiptNo || p.DepositID != d.ID {
			t.Errorf("%+v", p)
		}
	}
	if !slices.Equal(papers, []PrintKind{PrintDeposit, PrintCheckout, PrintRefund}) {
		t.Fatalf("papers: %v", papers)
	}
	if got, want := s.depositTotalsOf(first, first), (DepositTotals{Takes: 1, Taken: 50000, ClosingHeld: 50000}); got != want {
		t.Errorf("the first day: %+v", got)
	}
	if got, want := s.depositTotalsOf(last, last), (DepositTotals{OpeningHeld: 50000, Captures: 1, Captured: 13800, Releases: 1, Released: 36200,
		Refunds: 1, Refunded: 1000}); got != want {
		t.Errorf("the last day: %+v", got)
	}
	// Sales know nothing of it.
	if sum, err := s.Summary(ctx, first, last); err != nil || len(sum.Channels) != 0 || sum.Totals != (Totals{}) {
		t.Errorf("sales: %+v %v", sum, err)
	}
	if r := s.mustVerify(); r.Deposits != 1 || r.Steps != 2 {
		t.Errorf("%+v", r)
	}
}
