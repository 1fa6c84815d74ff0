package data

import (
	"fmt"

	"frontdesk/payment"
)

// byCode is a deposit by pay code, of a guest in room 306.
func (s *shop) byCode(amount payment.Amount) NewDeposit {
	return NewDeposit{IntentID: s.intent(), Channel: payment.Alipay, Method: payment.MethodCode, Wallet: payment.WalletAlipay, Amount: amount,
		MaskedCode: "28…4471", Room: "306", Guest: "王磊", Phone: "139 1234 0066", Nights: 2, Remark: "高层"}
}

// inNotes is a deposit in cash.
func (s *shop) inNotes(amount, tendered payment.Amount) NewDeposit {
	return NewDeposit{IntentID: s.intent(), Channel: payment.Cash, Method: payment.MethodCash, Amount: amount, Tendered: tendered, Change: tendered - amount,
		Room: "305", Guest: "张伟"}
}

// take starts a deposit, which must succeed.
func (s *shop) take(n NewDeposit) Deposit {
	s.tb.Helper()
	d, existing, err := s.StartDeposit(ctx, n)
	if err != nil || existing {
		s.tb.Fatalf("start deposit: existing %v, %v", existing, err)
	}
	return d
}

// moveHeld moves a hold, which must succeed.
func (s *shop) moveHeld(id int64, m HoldMove) Deposit {
	s.tb.Helper()
	d, _, err := s.MoveHold(ctx, id, m)
	if err != nil {
		s.tb.Fatalf("move hold of %d to %s: %v", id, m.To, err)
	}
	return d
}

// isHeldNow is what a channel says about a hold that succeeded.
func (s *shop) isHeldNow(d Deposit) HoldMove {
	return HoldMove{To: payment.StatePaid, AuthNo: fmt.Sprintf("2026112110002001%012d", d.ID), HoldID: fmt.Sprintf("H%d", d.ID), PayerID: "2088101117955611",
		Payer: "159****1234", HeldAt: s.clock.at, Print: true}
}

// held is a deposit by code that is held.
func (s *shop) held(amount payment.Amount) Deposit {
	s.tb.Helper()
	d := s.take(s.byCode(amount))
	return s.moveHeld(d.ID, s.isHeldNow(d))
}

func (s *shop) capture(d Deposit, amount payment.Amount, releaseRest bool) NewStep {
	return NewStep{IntentID: s.intent(), DepositID: d.ID, Kind: StepCapture, Amount: amount, ReleaseRest: releaseRest}
}

func (s *shop) release(d Deposit, amount payment.Amount) NewStep {
	return NewStep{IntentID: s.intent(), DepositID: d.ID, Kind: StepRelease, Amount: amount, Reason: "退房"}
}

func (s *shop) giveBack(capture Step, amount payment.Amount) NewStep {
	return NewStep{IntentID: s.intent(), DepositID: capture.DepositID, Kind: StepRefund, Amount: amount, OfStep: capture.ID, Reason: "多收"}
}

// begin starts a step, which must succeed.
func (s *shop) begin(n NewStep) Step {
	s.tb.Helper()
	_, step, existing, err := s.StartStep(ctx, n)
	if err != nil || existing {
		s.tb.Fatalf("start %s of %s: existing %v, %v", n.Kind, n.Amount, existing, err)
	}
	return step
}

// moveStepTo moves a step, which must succeed.
func (s *shop) moveStepTo(id int64, m StepMove) (Deposit, Step) {
	s.tb.Helper()
	d, step, _, err := s.MoveStep(ctx, id, m)
	if err != nil {
		s.tb.Fatalf("move step %d to %s: %v", id, m.To, err)
	}
	return d, step
}

// done does a step at once, as a channel does that answers.
func (s *shop) done(n NewStep) (Deposit, Step) {
	s.tb.Helper()
	step := s.begin(n)
	m := StepMove{To: payment.RefundDone, Code: "10000", Print: true}
	if n.Kind == StepCapture {
		m.TradeNo = fmt.Sprintf("2026112322001%011d", step.ID)
	}
	return s.moveStepTo(step.ID, m)
}

func (s *shop) depositDetail(id int64) DepositDetail {
	s.tb.Helper()
	d, err := s.DepositByID(ctx, id)
	if err != nil {
		s.tb.Fatalf("read deposit %d: %v", id, err)
	}
	return d
}

// totals are the days' totals, of which the sums must agree.
func (s *shop) depositTotalsOf(from, to Day) DepositTotals {
	s.tb.Helper()
	t, err := s.DepositTotals(ctx, from, to)
	if err != nil {
		s.tb.Fatal(err)
	}
	if t.OpeningHeld+t.Taken-t.Captured-t.Released != t.ClosingHeld {
		s.tb.Fatalf("%s to %s does not add up: %+v", from, to, t)
	}
	return t
}
