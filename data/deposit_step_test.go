package data

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"frontdesk/payment"
)

// try starts a step that may be refused.
func (s *shop) try(n NewStep) error {
	_, _, _, err := s.StartStep(ctx, n)
	return err
}

// leftIn is how much an error says is left; -1 when it is none of these.
func leftIn(err error) payment.Amount {
	var hold *HoldTooMuchError
	var refund *RefundTooMuchError
	switch {
	case errors.As(err, &hold):
		return hold.Left
	case errors.As(err, &refund):
		return refund.Left
	}
	return -1
}

func TestStepsNeverPassWhatIsHeld(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	capture := s.begin(s.capture(d, 400, false))
	// What is on its way counts as gone until the channel refuses it.
	if err := s.try(s.release(d, 601)); leftIn(err) != 600 || !errors.Is(err, ErrHoldTooMuch) {
		t.Fatalf("beside an open capture: %v", err)
	}
	s.moveStepTo(capture.ID, StepMove{To: payment.RefundUnknown})
	release := s.begin(s.release(d, 100))
	if err := s.try(s.capture(d, 501, false)); leftIn(err) != 500 {
		t.Fatalf("beside an unknown capture and an open release: %v", err)
	}
	s.moveStepTo(capture.ID, StepMove{To: payment.RefundRefused, Why: payment.ReasonHoldTooMuch, Code: "X"})
	if err := s.try(s.release(d, 901)); leftIn(err) != 900 {
		t.Fatalf("after the refusal: %v", err)
	}
	s.moveStepTo(release.ID, StepMove{To: payment.RefundDone})
	d, all := s.done(s.capture(d, 300, true))
	if all.Rest != 600 || d.Captured != 300 || d.Released != 700 || d.Left() != 0 || d.State != DepositCaptured {
		t.Fatalf("%+v %+v", d, all)
	}
	if err := s.try(s.release(d, 1)); leftIn(err) != 0 {
		t.Fatalf("when all is gone: %v", err)
	}
	s.mustVerify()
}

func TestTheRestIsAllThatIsLeft(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	release := s.begin(s.release(d, 100))
	var open *OpenStepError
	if err := s.try(s.capture(d, 300, true)); !errors.As(err, &open) || open.Step.ID != release.ID || !errors.Is(err, ErrOpenStep) {
		t.Fatalf("beside an open release: %v", err)
	}
	s.moveStepTo(release.ID, StepMove{To: payment.RefundRefused})
	capture := s.begin(s.capture(d, 300, true))
	if capture.Rest != 700 {
		t.Fatalf("%+v", capture)
	}
	if err := s.try(s.release(d, 1)); leftIn(err) != 0 {
		t.Fatalf("beside all of it: %v", err)
	}
	// The release was carried out after all, and the channel found less to give
	// back.
	s.moveStepTo(release.ID, StepMove{To: payment.RefundDone})
	d, capture = s.moveStepTo(capture.ID, StepMove{To: payment.RefundDone})
	if capture.Rest != 600 || d.Released != 700 || d.Captured != 300 || d.State != DepositCaptured {
		t.Fatalf("%+v %+v", d, capture)
	}
	s.mustVerify()
	// Nothing left to go back is no row of the journal.
	d = s.held(500)
	if _, capture = s.done(s.capture(d, 500, true)); capture.Rest != 0 {
		t.Fatalf("%+v", capture)
	}
	if rows := s.journalRows(); rows[len(rows)-1].kind != journalCapture {
		t.Fatalf("%+v", rows[len(rows)-1])
	}
	s.mustVerify()
}

func TestRefundsNeverPassTheirCapture(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	_, first := s.done(s.capture(d, 400, false))
	_, second := s.done(s.capture(d, 300, true))
	back := s.begin(s.giveBack(first, 150))
	if err := s.try(s.giveBack(first, 251)); leftIn(err) != 250 || !errors.Is(err, ErrRefundTooMuch) {
		t.Fatalf("beside an open refund: %v", err)
	}
	if d, _ := s.moveStepTo(back.ID, StepMove{To: payment.RefundUnknown}); d.State != DepositUnknown {
		t.Fatalf("%+v", d)
	}
	s.moveStepTo(back.ID, StepMove{To: payment.RefundRefused, Why: payment.ReasonMerchantFunds})
	_, all := s.done(s.giveBack(first, 400))
	if all.Number != first.Number+"R002" {
		t.Fatalf("request number %s", all.Number)
	}
	if err := s.try(s.giveBack(first, 1)); leftIn(err) != 0 {
		t.Fatalf("after all of it: %v", err)
	}
	if d, _ = s.done(s.giveBack(second, 300)); d.Refunded != 700 || d.Captured != 700 || d.Released != 300 {
		t.Fatalf("%+v", d)
	}
	// The first turns out to be done after all: there is nothing left for it.
	if _, _, _, err := s.MoveStep(ctx, back.ID, StepMove{To: payment.RefundDone}); leftIn(err) != 0 {
		t.Fatalf("done twice over: %v", err)
	}
	s.mustVerify()
}

func TestARefusedStepMayTurnOutDone(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	capture := s.begin(s.capture(d, 600, false))
	s.moveStepTo(capture.ID, StepMove{To: payment.RefundRefused, Why: payment.ReasonOther, Code: "X"})
	release := s.begin(s.release(d, 900))
	_, capture = s.moveStepTo(capture.ID, StepMove{To: payment.RefundDone, TradeNo: "T", AddTries: 2})
	if capture.Why != "" || capture.Code != "" || capture.TradeNo != "T" || capture.Tries != 2 {
		t.Fatalf("%+v", capture)
	}
	if got, err := s.Step(ctx, capture.ID); err != nil || got != capture {
		t.Fatalf("stored %+v, %v", got, err)
	}
	if _, _, _, err := s.MoveStep(ctx, release.ID, StepMove{To: payment.RefundDone}); leftIn(err) != 400 {
		t.Fatalf("more released than was left: %v", err)
	}
	if got := s.depositDetail(d.ID); got.Captured != 600 || got.Released != 0 || got.Steps[1].State != payment.RefundCreated {
		t.Fatalf("%+v", got)
	}
	s.mustVerify()
}

// The channel's time limit: what is left is given free, and nothing can be
// taken any more.
func TestTheChannelGivesFreeByItself(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	d, capture := s.done(s.capture(d, 200, false))
	release := s.begin(s.release(d, 300))
	var open *OpenStepError
	if _, _, err := s.MoveHold(ctx, d.ID, HoldMove{To: payment.StateReversed}); !errors.As(err, &open) || open.Step.ID != release.ID {
		t.Fatalf("with a release under way: %v", err)
	}
	s.moveStepTo(release.ID, StepMove{To: payment.RefundRefused, Why: payment.ReasonHoldClosed})
	d = s.moveHeld(d.ID, HoldMove{To: payment.StateReversed, Reason: payment.ReasonTimeout})
	if d.State != DepositCaptured || d.Released != 800 || d.Left() != 0 || d.Attention != AttentionTaken || d.Held != 1000 {
		t.Fatalf("%+v", d)
	}
	if err := s.try(s.capture(d, 1, false)); !errors.Is(err, ErrNotHeld) {
		t.Fatalf("a capture of what is gone: %v", err)
	}
	if _, _, _, err := s.MoveStep(ctx, release.ID, StepMove{To: payment.RefundDone}); leftIn(err) != 0 {
		t.Fatalf("released twice: %v", err)
	}
	if d, _ = s.done(s.giveBack(capture, 200)); d.Refunded != 200 { // what was captured is ours to give back
		t.Fatalf("%+v", d)
	}
	if got := s.depositTotalsOf(s.Today(), s.Today()); got.Releases != 1 || got.Released != 800 || got.ClosingHeld != 0 {
		t.Fatalf("%+v", got)
	}
	s.mustVerify()
}

func TestStepRefuses(t *testing.T) {
	s := newShop(t)
	waiting := s.take(s.byCode(1000))
	d, other := s.held(1000), s.held(1000)
	_, capture := s.done(s.capture(d, 500, false))
	open := s.begin(s.capture(d, 100, false))
	_, release := s.done(s.release(d, 100))
	for name, c := range map[string]struct {
		step NewStep
		want error
	}{
		"no intent":                     {NewStep{DepositID: d.ID, Kind: StepRelease, Amount: 1}, ErrInvalid},
		"nothing":                       {s.release(d, 0), ErrInvalid},
		"less than nothing":             {s.capture(d, -1, false), ErrInvalid},
		"another kind":                  {NewStep{IntentID: "a", DepositID: d.ID, Kind: "sell", Amount: 1}, ErrInvalid},
		"a release with a rest":         {NewStep{IntentID: "b", DepositID: d.ID, Kind: StepRelease, Amount: 1, ReleaseRest: true}, ErrInvalid},
		"a capture of a capture":        {NewStep{IntentID: "c", DepositID: d.ID, Kind: StepCapture, Amount: 1, OfStep: capture.ID}, ErrInvalid},
		"a refund of nothing":           {NewStep{IntentID: "d", DepositID: d.ID, Kind: StepRefund, Amount: 1}, ErrInvalid},
		"no such deposit":               {NewStep{IntentID: "e", DepositID: 51000099, Kind: StepRelease, Amount: 1}, ErrNotFound},
		"not held yet":                  {s.capture(waiting, 1, false), ErrNotHeld},
		"more than is held":             {s.capture(other, 1001, true), ErrHoldTooMuch},
		"a refund of what is under way": {s.giveBack(open, 1), ErrNotPaid},
		"a refund of a release":         {s.giveBack(release, 1), ErrNotPaid},
		"a refund of another deposit":   {NewStep{IntentID: "f", DepositID: other.ID, Kind: StepRefund, Amount: 1, OfStep: capture.ID}, ErrNotFound},
		"more than was captured":        {s.giveBack(capture, 501), ErrRefundTooMuch},
		"unknown staff":                 {NewStep{IntentID: "g", DepositID: d.ID, Kind: StepRelease, Amount: 1, StaffID: 7}, ErrNotFound},
	} {
		before := s.depositDetail(d.ID)
		if err := s.try(c.step); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if after := s.depositDetail(d.ID); len(after.Steps) != len(before.Steps) || len(after.Events) != len(before.Events) {
			t.Errorf("%s left a trace", name)
		}
	}
	if _, _, changed, err := s.MoveStep(ctx, capture.ID, StepMove{To: payment.RefundDone, Code: "AGAIN", TradeNo: "other", AddTries: 1}); err != nil || changed {
		t.Errorf("done again: %v %v", changed, err)
	}
	if again, err := s.Step(ctx, capture.ID); err != nil || again.TradeNo != capture.TradeNo || again.Tries != capture.Tries+1 {
		t.Errorf("done again: %+v %v", again, err)
	}
	if _, _, _, err := s.MoveStep(ctx, capture.ID, StepMove{To: payment.RefundRefused}); !errors.Is(err, ErrTransition) {
		t.Errorf("refused after done: %v", err)
	}
	if _, _, _, err := s.MoveStep(ctx, 99, StepMove{To: payment.RefundDone}); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such step: %v", err)
	}
	if _, err := s.Step(ctx, 99); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such step: %v", err)
	}
	s.mustVerify()
}

func TestTheSameIntentIsOneStep(t *testing.T) {
	s := newShop(t)
	for _, d := range []Deposit{s.held(1000), s.take(s.inNotes(1000, 1000))} {
		n := s.capture(d, 400, true)
		var wg sync.WaitGroup
		var mu sync.Mutex
		made := map[int64]int{}
		for range 50 {
			wg.Go(func() {
				_, step, existing, err := s.StartStep(ctx, n)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if !existing {
					made[step.ID]++
				}
			})
		}
		wg.Wait()
		got := s.depositDetail(d.ID)
		if len(made) != 1 || len(got.Steps) != 1 {
			t.Fatalf("steps made: %v, there are %d", made, len(got.Steps))
		}
		n.ReleaseRest = false
		if err := s.try(n); !errors.Is(err, ErrIntentMismatch) {
			t.Fatalf("same intent, another end: %v", err)
		}
	}
	s.mustVerify()
}

func TestStepsAtOnceShareWhatIsLeft(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	var wg sync.WaitGroup
	for i := range 20 {
		n := s.release(d, 300)
		if i%2 == 0 {
			n = s.capture(d, 300, false)
		}
		wg.Go(func() {
			_, step, _, err := s.StartStep(ctx, n)
			if err != nil {
				if !errors.Is(err, ErrHoldTooMuch) {
					t.Error(err)
				}
				return
			}
			if _, _, _, err := s.MoveStep(ctx, step.ID, StepMove{To: payment.RefundDone}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := s.depositDetail(d.ID); got.Left() != 100 || len(got.Steps) != 3 {
		t.Fatalf("%s left after %d steps", got.Left(), len(got.Steps))
	}
	s.mustVerify()
}

// Each step has a number of its own, which no other step ever had, not even one
// that a restored ledger has forgotten.
func TestNumbersOfSteps(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	var numbers []string
	round := func() {
		_, capture := s.done(s.capture(d, 10, false))
		_, release := s.done(s.release(d, 10))
		_, back := s.done(s.giveBack(capture, 1))
		numbers = append(numbers, capture.Number, release.Number, back.Number)
		for _, n := range []string{capture.Number, release.Number, back.Number} {
			if found, err := s.FindDeposit(ctx, n); err != nil || found.ID != d.ID {
				t.Errorf("%s: %v", n, err)
			}
		}
	}
	round()
	round()
	if err := s.change(ctx, s.markRestored); err != nil {
		t.Fatal(err)
	}
	round()
	tails := []string{"002", d.OutOrderNo + "U001", "002R001", "003", d.OutOrderNo + "U002", "003R001", "104", d.OutOrderNo + "U103", "104R101"}
	for i, n := range numbers {
		if !strings.HasSuffix(n, tails[i]) || len(n) > 32 {
			t.Errorf("number %d is %s, want one that ends in %s", i, n, tails[i])
		}
	}
	all := append(slices.Clone(numbers), d.OutOrderNo, d.RequestNo)
	slices.Sort(all)
	if len(slices.Compact(all)) != len(numbers)+2 {
		t.Errorf("numbers come twice: %v", all)
	}
	s.mustVerify()
}
