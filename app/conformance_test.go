package app_test

import (
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// What the till promises about money is the same by whatever means it comes. The
// channels have a suite of their own in payment/channeltest; cash has none, for
// there is no channel of it: it asks nobody, so nothing is sent, waited for or
// cancelled, and all that can be promised of it is promised by the Till. That is
// proved here, for cash in one table with every channel.
func TestTheTillKeepsItsPromisesByEveryMeans(t *testing.T) {
	t.Parallel()
	for _, by := range append([]way{inCash}, ways...) {
		t.Run(by.name, func(t *testing.T) {
			t.Parallel()
			w := newStory(t, by)
			w.part("a sale", w.tellSale)
			w.part("the same act twice", w.tellTwice)
			w.part("acts that cannot be", w.tellMistakes)
			w.part("a split sale, this first", func() { w.tellSplit(true) })
			w.part("a split sale, this last", func() { w.tellSplit(false) })
			w.part("refunds", w.tellRefunds)
			if by.holds.Holds {
				w.part("a deposit", w.tellDeposit)
				w.part("a deposit taken twice", w.tellDepositTwice)
				w.part("a deposit given free", w.tellRelease)
			}
			before := w.report()
			w.restart()
			if after := w.report(); after.Total != before.Total || after.Drawer != before.Drawer || after.Deposits != before.Deposits {
				w.Errorf("after a restart the report is %+v, before it was %+v", after, before)
			}
			w.checkDrawer()
			w.audit()
		})
	}
}

// inCash is cash as a way to be paid: it has every act of a deposit.
var inCash = way{name: "cash", channel: payment.Cash, holds: payment.HoldRules{Holds: true, KeepRest: true, ReleasePart: true}}

// story is a world of which the cash is known.
type story struct {
	*world
	drawer data.Drawer // what should be in it, without a float
}

func newStory(t *testing.T, by way) *story {
	if by.channel != payment.Cash {
		return &story{world: newWorld(t, by, patience, paysim.Options{})}
	}
	w := emptyWorld(t, by, patience)
	w.start()
	return &story{world: w}
}

// pay takes a charge by the story's means; cash is handed over with too much.
func (s *story) pay(c app.Charge, code string) (app.Payment, error) {
	if s.way.channel != payment.Cash {
		return s.till.PayByCode(s.Context(), c, code)
	}
	return s.till.TakeCash(s.Context(), c, c.Amount+100_00)
}

// paidOff waits for the end of a payment, which has to be paid.
func (s *story) paidOff(p app.Payment, err error) app.Payment {
	s.Helper()
	check(s, err)
	p = s.finish(p)
	s.till.Rest(s.Context(), p.Tender.ID)
	if p.Phase != app.PhasePaid || p.Tender.State != payment.StatePaid || p.Tender.Channel != s.way.channel || p.Tender.Tendered-p.Tender.Change != s.inDrawer(p.Tender.Amount) {
		s.Errorf("%s by %s: %s, change %s of %s", p.Tender.Amount, p.Tender.Channel, p.Phase, p.Tender.Change, p.Tender.Tendered)
	}
	s.drawer.Paid += s.inDrawer(p.Tender.Amount)
	return p
}

// inDrawer is the part of an amount that is notes and coins.
func (s *story) inDrawer(a payment.Amount) payment.Amount {
	if s.way.channel == payment.Cash {
		return a
	}
	return 0
}

func (s *story) report() data.Report {
	s.Helper()
	today := s.ledger.Today()
	r, err := s.ledger.Report(s.Context(), data.Cut{From: today, To: today})
	check(s, err)
	return r
}

// checkDrawer compares the drawer of the report with the cash that changed hands.
func (s *story) checkDrawer() {
	s.Helper()
	got, want := s.report().Drawer, s.drawer
	if got.Paid != want.Paid || got.Refunded != want.Refunded || got.Deposits != want.Deposits || got.Expected != want.Paid-want.Refunded+want.Deposits {
		s.Errorf("the drawer of the report is %+v; paid %s, refunded %s, by deposits %s", got, want.Paid, want.Refunded, want.Deposits)
	}
}

func (s *story) tellSale() {
	p := s.paidOff(s.pay(app.Charge{Draft: newDraft(), Amount: 12850}, s.code(1)))
	if p.Left != 0 || p.Sale.State != data.SalePaid || p.Sale.Paid != 12850 {
		s.Errorf("the sale is %s with %s paid and %s left", p.Sale.State, p.Sale.Paid, p.Left)
	}
}

// A double click, a scanner whose trigger sticks: one payment.
func (s *story) tellTwice() {
	charge, code := app.Charge{Draft: newDraft(), Amount: 3500}, s.code(1)
	together(5, func(int) {
		if _, err := s.pay(charge, code); err != nil {
			s.Errorf("pressed again: %v", err)
		}
	})
	first, err := s.pay(charge, code)
	p := s.paidOff(first, err)
	if again, err := s.pay(charge, code); err != nil || again.Tender.ID != p.Tender.ID {
		s.Errorf("after the end the same act gave tender %d after %d, %v", again.Tender.ID, p.Tender.ID, err)
	}
	if detail, err := s.ledger.SaleByID(s.Context(), p.Sale.ID); err != nil || len(detail.Tenders) != 1 || detail.Paid != 3500 {
		s.Errorf("%d tenders, %s paid, %v", len(detail.Tenders), detail.Paid, err)
	}
}

// What cannot be is told in a sentence and leaves nothing behind.
func (s *story) tellMistakes() {
	_, before, err := s.ledger.Sales(s.Context(), data.Filter{})
	check(s, err)
	for _, c := range []struct {
		charge app.Charge
		want   app.ProblemKind
	}{
		{app.Charge{}, app.ProblemAmountMissing},
		{app.Charge{Amount: -5}, app.ProblemAmountMissing},
		{app.Charge{Amount: app.DefaultLimit + 1}, app.ProblemAmountLimit},
		{app.Charge{Amount: 100, Part: 101}, app.ProblemCashSplit},
	} {
		c.charge.Draft = newDraft()
		_, err := s.pay(c.charge, s.code(1))
		s.problem(err, c.want)
	}
	if _, after, err := s.ledger.Sales(s.Context(), data.Filter{}); err != nil || after != before {
		s.Errorf("the ledger has %+v after %+v, %v", after, before, err)
	}
}

// One part by these means and the other in cash; what is refunded goes back the
// way it came, the latest first.
func (s *story) tellSplit(first bool) {
	charge, part := app.Charge{Draft: newDraft(), Amount: 5000, Part: 2000}, payment.Amount(2000)
	cash := func() {
		p, err := s.till.TakeCash(s.Context(), charge, charge.Amount)
		check(s, err)
		s.drawer.Paid += p.Tender.Amount
	}
	pay := func() { s.paidOff(s.pay(charge, s.code(1))) }
	if first {
		pay()
		charge.Part = 0
		cash()
	} else {
		cash()
		charge.Part = 0
		pay()
	}
	p, err := s.pay(charge, s.code(1)) // nothing is left: the last one again
	check(s, err)
	if p.Left != 0 || p.Sale.Paid != 5000 || p.Sale.State != data.SalePaid || p.Tender.Attempt != 2 {
		s.Errorf("%s left, %s paid, %s, attempt %d", p.Left, p.Sale.Paid, p.Sale.State, p.Tender.Attempt)
	}
	refunds := s.gaveBack(p.Sale.ID, 4000)
	if len(refunds) != 2 || refunds[0].Amount != 5000-part || refunds[0].TenderID <= refunds[1].TenderID {
		s.Errorf("refunds %+v", refunds)
	}
}

// gaveBack refunds a part of a sale to the end.
func (s *story) gaveBack(sale int64, amount payment.Amount) []app.Refund {
	s.Helper()
	order := app.RefundOrder{Draft: newDraft(), SaleID: sale, Amount: amount, Reason: "顾客退货"}
	refunds, err := s.till.GiveBack(s.Context(), order)
	check(s, err)
	again, err := s.till.GiveBack(s.Context(), order) // a double click
	check(s, err)
	sum := payment.Amount(0)
	for i, r := range refunds {
		if len(again) != len(refunds) || again[i].ID != r.ID {
			s.Fatalf("the same refund again is %+v, it was %+v", again, refunds)
		}
		if end := s.finishRefund(r.ID); end.State != payment.RefundDone {
			s.Errorf("refund %s ended %s because of %q", r.RequestNo, end.State, end.Why)
		}
		if r.Channel == payment.Cash {
			s.drawer.Refunded += r.Amount
		}
		sum += r.Amount
	}
	if sum != amount {
		s.Errorf("a refund of %s became %s", amount, sum)
	}
	return refunds
}

func (s *story) tellRefunds() {
	p := s.paidOff(s.pay(app.Charge{Draft: newDraft(), Amount: 9900}, s.code(1)))
	refund := func(amount payment.Amount) error {
		_, err := s.till.GiveBack(s.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: amount, Reason: "x"})
		return err
	}
	s.gaveBack(p.Sale.ID, 3000)
	s.gaveBack(p.Sale.ID, 1000)
	s.problem(refund(5901), app.ProblemRefundTooMuch)
	s.problem(refund(0), app.ProblemAmountMissing)
	s.problem(refund(-1), app.ProblemAmountMissing)
	if _, err := s.till.GiveBack(s.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 1}); err == nil {
		s.Error("money goes back without a reason")
	}
	detail, err := s.ledger.SaleByID(s.Context(), p.Sale.ID)
	check(s, err)
	if detail.Refunded != 4000 || detail.State != data.SalePartRefunded || app.Refundable(detail) != 5900 {
		s.Errorf("%s refunded, %s, %s may be refunded", detail.Refunded, detail.State, app.Refundable(detail))
	}
	s.gaveBack(p.Sale.ID, 5900)
	s.problem(refund(1), app.ProblemNotPaid)
}

// hold takes a deposit by the story's means.
func (s *story) hold(o app.HoldOrder, code string) (app.Deposit, error) {
	if s.way.channel != payment.Cash {
		return s.till.HoldByCode(s.Context(), o, code)
	}
	return s.till.HoldCash(s.Context(), o, o.Amount+100_00)
}

// heldOff waits for the end of a hold, which has to stand.
func (s *story) heldOff(d app.Deposit, err error) app.Deposit {
	s.Helper()
	check(s, err)
	d = s.finishHold(d)
	s.till.RestHold(s.Context(), d.ID)
	if d.Phase != app.PhasePaid || d.State != data.DepositHeld || d.Held != d.Amount || d.Channel != s.way.channel || d.Tendered-d.Change != s.inDrawer(d.Amount) {
		s.Errorf("the deposit is %s with %s held by %s, change %s of %s", d.State, d.Held, d.Channel, d.Change, d.Tendered)
	}
	s.drawer.Deposits += s.inDrawer(d.Amount)
	return d
}

// out notes what a step gave back to the guest.
func (s *story) out(step app.DepositStep, amount payment.Amount) app.DepositStep {
	s.Helper()
	if step.State != payment.RefundDone {
		s.Errorf("the %s of %s ended %s because of %q", step.Kind, step.Amount, step.State, step.Why)
	}
	s.drawer.Deposits -= s.inDrawer(amount)
	return step
}

// A guest leaves 500.00, breakfast is taken out of it, a part goes back, one
// breakfast was charged too much; at the end the rest of the bill is taken.
func (s *story) tellDeposit() {
	d := s.heldOff(s.hold(holdOrder(50000), s.code(1)))
	if rules := s.till.RulesOf(d.Deposit); rules.KeepRest != s.way.holds.KeepRest || rules.ReleasePart != s.way.holds.ReleasePart {
		s.Errorf("the screen offers %+v", rules)
	}
	left, taken := payment.Amount(50000), payment.Amount(0)
	if s.way.holds.ReleasePart {
		s.out(s.release(d, 10000), 10000)
		left -= 10000
	} else {
		_, err := s.till.Release(s.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID, Amount: 10000})
		s.problem(err, app.ProblemReleasePart)
	}
	var captures []app.DepositStep
	if s.way.holds.KeepRest {
		captures = append(captures, s.out(s.capture(d, 3800, true), 0))
		left, taken = left-3800, taken+3800
	} else {
		_, err := s.till.Capture(s.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 3800, KeepRest: true})
		s.problem(err, app.ProblemKeepRest)
	}
	_, err := s.till.Capture(s.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: left + 1})
	s.problem(err, app.ProblemHoldTooMuch)
	last := s.out(s.capture(d, 13800, false), left-13800)
	if last.Rest != left-13800 {
		s.Errorf("with the last capture %s went back of %s", last.Rest, left)
	}
	released := 50000 - taken - 13800
	taken += 13800
	s.stands(d.ID, data.DepositCaptured, taken, released, 0)
	_, err = s.till.Release(s.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: d.ID})
	s.problem(err, app.ProblemNotHeld)

	captures = append(captures, last)
	back := payment.Amount(0)
	for _, c := range captures {
		order := app.CaptureRefund{Draft: newDraft(), DepositID: d.ID, StepID: c.ID, Amount: 800, Reason: "多收"}
		step, err := s.till.RefundCapture(s.Context(), order)
		check(s, err)
		again, err := s.till.RefundCapture(s.Context(), order)
		if err != nil || again.ID != step.ID {
			s.Errorf("the same refund again is step %d after %d, %v", again.ID, step.ID, err)
		}
		s.out(s.finishStep(step), 800)
		_, err = s.till.RefundCapture(s.Context(), app.CaptureRefund{Draft: newDraft(), DepositID: d.ID, StepID: c.ID, Amount: c.Amount - 799, Reason: "x"})
		s.problem(err, app.ProblemRefundTooMuch)
		back += 800
	}
	s.stands(d.ID, data.DepositCaptured, taken, released, back)
}

func (s *story) tellDepositTwice() {
	before := len(s.allDeposits())
	order, code := holdOrder(20000), s.code(1)
	together(5, func(int) {
		if _, err := s.hold(order, code); err != nil {
			s.Errorf("pressed again: %v", err)
		}
	})
	first, err := s.hold(order, code)
	d := s.heldOff(first, err)
	if all := s.allDeposits(); len(all) != before+1 {
		s.Errorf("one draft made %d deposits", len(all)-before)
	}
	capture := app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 5000}
	together(5, func(int) {
		if _, err := s.till.Capture(s.Context(), capture); err != nil {
			s.Errorf("pressed again: %v", err)
		}
	})
	step, err := s.till.Capture(s.Context(), capture)
	check(s, err)
	s.out(s.finishStep(step), 15000)
	s.stands(d.ID, data.DepositCaptured, 5000, 15000, 0)
}

func (s *story) tellRelease() {
	d := s.heldOff(s.hold(holdOrder(20000), s.code(1)))
	s.out(s.release(d, 0), 20000)
	s.stands(d.ID, data.DepositReleased, 0, 20000, 0)
	_, err := s.till.Capture(s.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 1})
	s.problem(err, app.ProblemNotHeld)
}
