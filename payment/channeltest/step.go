package channeltest

import (
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// What is done with a deposit that stands.
func testSteps(t *testing.T, b Bench) {
	eachHolder(t, b, func(t *testing.T, w payment.Wallet, _ payment.HoldRules) {
		for name, f := range map[string]func(*holder){
			"capture and release the rest": (*holder).captureAndReleaseRest,
			"capture and keep the rest":    (*holder).captureAndKeepRest,
			"release a part":               (*holder).releasePart,
			"release all":                  (*holder).releaseAll,
			"never":                        (*holder).never,
			"forced captures":              (*holder).forcedCaptures,
			"forced releases":              (*holder).forcedReleases,
			"refunds of a capture":         (*holder).refundsOfACapture,
		} {
			t.Run(name, func(t *testing.T) { t.Parallel(); f(newHolder(t, b, w)) })
		}
	})
}

func (s *holder) captureAndReleaseRest() {
	for _, sum := range []payment.Amount{120_00, deposit} { // a part, and all of it
		h := s.held(deposit)
		r := s.askCapture(h, sum, true)
		if o := s.queryCapture(s.Context(), r); o.State != payment.RefundUnknown || o.Found || o.Waiting {
			s.Errorf("a capture that nobody asked for: %+v", o)
		}
		var a account
		if o := s.captured(&a, r, s.capture(s.Context(), r)); o.State != payment.RefundDone {
			s.Errorf("%s of %s: %+v", sum, deposit, o)
		}
		s.standing(h)
		// the same again, and a query of it
		if o := s.finishCapture(r, s.capture(s.Context(), r)); o.State != payment.RefundDone {
			s.Errorf("the same again: %+v", o)
		}
		if o := s.queryCapture(s.Context(), r); o.State != payment.RefundDone {
			s.Errorf("a query of it: %+v", o)
		}
		other := r
		other.Capture = sum - 10
		if o := s.capture(s.Context(), other); o.State == payment.RefundDone {
			s.Errorf("its number with another amount: %+v", o)
		}
		if o := s.queryCapture(s.Context(), other); o.State == payment.RefundDone {
			s.Errorf("a query with another amount: %+v", o)
		}
		s.agree(h, a)
		// nothing is left for anybody
		late := s.askCapture(h, 10, true)
		if o := s.finishCapture(late, s.capture(s.Context(), late)); o.State != payment.RefundRefused {
			s.Errorf("a late capture: %+v", o)
		} else {
			s.reason("a late capture", o.Reason, payment.ReasonHoldClosed, payment.ReasonHoldTooMuch)
		}
		if o := s.finishRelease(askRelease(h, 1, deposit), s.release(s.Context(), askRelease(h, 1, deposit))); o.State != payment.RefundRefused {
			s.Errorf("a late release: %+v", o)
		}
		s.agree(h, a)
		s.standing(h)
	}
}

func (s *holder) captureAndKeepRest() {
	h := s.held(deposit)
	first := s.askCapture(h, 38_00, false)
	if !s.rules.KeepRest {
		s.refusedStep("a capture that keeps the rest", func() payment.StepOutcome { return s.capture(s.Context(), first) })
		s.agree(h, account{})
		return
	}
	var a account
	if o := s.captured(&a, first, s.capture(s.Context(), first)); o.State != payment.RefundDone {
		s.Errorf("the first capture: %+v", o)
	}
	s.standing(h)
	much := s.askCapture(h, deposit-38_00+10, false)
	if o := s.captured(&a, much, s.capture(s.Context(), much)); o.State != payment.RefundRefused {
		s.Errorf("more than is left: %+v", o)
	} else {
		s.reason("a capture of more than is left", o.Reason, payment.ReasonHoldTooMuch)
	}
	second := s.askCapture(h, 300_00, true)
	if o := s.captured(&a, second, s.capture(s.Context(), second)); o.State != payment.RefundDone {
		s.Errorf("the second capture: %+v", o)
	}
	for _, r := range []payment.CaptureRequest{first, second} {
		if o := s.finishCapture(r, s.capture(s.Context(), r)); o.State != payment.RefundDone {
			s.Errorf("the same again: %+v", o)
		}
	}
	s.agree(h, a)
	s.standing(h)
}

func (s *holder) releasePart() {
	h := s.held(deposit)
	part := askRelease(h, 1, 62_00)
	if !s.rules.ReleasePart {
		s.refusedStep("a release of a part", func() payment.StepOutcome { return s.release(s.Context(), part) })
		s.agree(h, account{})
		return
	}
	var a account
	if o := s.released(&a, part, s.release(s.Context(), part)); o.State != payment.RefundDone {
		s.Errorf("a part: %+v", o)
	}
	s.standing(h)
	if o := s.finishRelease(part, s.release(s.Context(), part)); o.State != payment.RefundDone {
		s.Errorf("the same again: %+v", o)
	}
	other := part
	other.Release = 61_00
	if o := s.release(s.Context(), other); o.State == payment.RefundDone {
		s.Errorf("its number with another amount: %+v", o)
	}
	if o := s.queryRelease(s.Context(), other); o.State == payment.RefundDone {
		s.Errorf("a query with another amount: %+v", o)
	}
	s.agree(h, a)
	much := askRelease(h, 2, deposit-62_00+10)
	if o := s.released(&a, much, s.release(s.Context(), much)); o.State != payment.RefundRefused {
		s.Errorf("more than is left: %+v", o)
	} else {
		s.reason("a release of more than is left", o.Reason, payment.ReasonHoldTooMuch)
	}
	rest := askRelease(h, 3, deposit-62_00)
	if o := s.released(&a, rest, s.release(s.Context(), rest)); o.State != payment.RefundDone {
		s.Errorf("the rest: %+v", o)
	}
	s.standing(h)
}

func (s *holder) releaseAll() {
	h := s.held(deposit)
	r := askRelease(h, 1, deposit)
	if o := s.queryRelease(s.Context(), r); o.State != payment.RefundUnknown || o.Found || o.Waiting {
		s.Errorf("a release that nobody asked for: %+v", o)
	}
	var a account
	if o := s.released(&a, r, s.release(s.Context(), r)); o.State != payment.RefundDone {
		s.Errorf("all of it: %+v", o)
	}
	s.standing(h)
	if o := s.finishRelease(r, s.release(s.Context(), r)); o.State != payment.RefundDone {
		s.Errorf("the same again: %+v", o)
	}
	late := s.askCapture(h, 10_00, true)
	if o := s.captured(&a, late, s.capture(s.Context(), late)); o.State != payment.RefundRefused {
		s.Errorf("a capture after it: %+v", o)
	} else {
		s.reason("a capture of what was released", o.Reason, payment.ReasonHoldClosed, payment.ReasonHoldTooMuch)
	}
	s.standing(h)
}

// never is what no deposit allows: it is refused here, and nothing is sent.
func (s *holder) never() {
	h := s.held(deposit)
	for _, sum := range []payment.Amount{0, -1, deposit + 1} {
		s.refusedStep("a capture of "+sum.String(), func() payment.StepOutcome { return s.capture(s.Context(), s.askCapture(h, sum, true)) })
		s.refusedStep("a release of "+sum.String(), func() payment.StepOutcome { return s.release(s.Context(), askRelease(h, 1, sum)) })
		s.refusedHold("a deposit of "+(sum-1-deposit).String(), func() payment.HoldOutcome {
			r := s.askHold(deposit, 1)
			r.Amount = sum - 1 - deposit // zero and less
			return s.hold(s.Context(), r)
		})
	}
	r := s.askHold(deposit, 3)
	waits := keep(r.Hold, s.hold(s.Context(), r))
	capture := s.askCapture(waits, 10_00, true)
	if o := s.finishCapture(capture, s.capture(s.Context(), capture)); o.State != payment.RefundRefused {
		s.Errorf("a capture of a deposit that the payer has not confirmed: %+v", o)
	}
	if truth := s.sim.Truth(); truth.Held != deposit || truth.Captured != 0 || truth.Released != 0 {
		s.Errorf("in truth %s held, %s captured, %s released", truth.Held, truth.Captured, truth.Released)
	}
}

// Every outcome of a capture that the simulator forces.
func (s *holder) forcedCaptures() {
	for _, c := range paysim.CaptureCases {
		for _, rest := range []bool{true, false} {
			if !rest && !s.rules.KeepRest {
				continue
			}
			h := s.held(deposit)
			r := s.askCapture(h, 100_00+payment.Amount(c.Digit), rest)
			first := s.capture(s.Context(), r)
			if first.State == payment.RefundRefused && c.Done {
				s.Errorf("capture %d is refused, and was carried out: %+v", c.Digit, first)
			}
			var a account
			o := s.captured(&a, r, first)
			if c.Done && o.State != payment.RefundDone {
				s.Errorf("capture %d ended %s: %+v", c.Digit, o.State, o)
			}
			s.finishCapture(r, s.capture(s.Context(), r))
			s.agree(h, a)
			s.standing(h)
		}
	}
}

// Every outcome of a release that the simulator forces, of all and of a part.
func (s *holder) forcedReleases() {
	for _, c := range paysim.ReleaseCases {
		for _, more := range []payment.Amount{0, 100_00} { // that stays
			if more > 0 && !s.rules.ReleasePart {
				continue
			}
			sum := 100_00 + payment.Amount(c.Digit)
			h := s.held(sum + more)
			r := askRelease(h, 1, sum)
			first := s.release(s.Context(), r)
			if first.State == payment.RefundRefused && c.Done {
				s.Errorf("release %d is refused, and was carried out: %+v", c.Digit, first)
			}
			var a account
			o := s.released(&a, r, first)
			if c.Done && o.State != payment.RefundDone {
				s.Errorf("release %d ended %s: %+v", c.Digit, o.State, o)
			}
			s.finishRelease(r, s.release(s.Context(), r))
			s.agree(h, a)
			s.standing(h)
		}
	}
}

// What was taken can be given back, in parts, to the last fen.
func (s *holder) refundsOfACapture() {
	h := s.held(deposit)
	c := s.askCapture(h, 200_00, true)
	var a account
	done := s.captured(&a, c, s.capture(s.Context(), c))
	if done.State != payment.RefundDone {
		s.Fatalf("%+v", done)
	}
	nobody := giveBackOf(c, done.TradeNo, 9, 10_00)
	if o := s.queryCaptureRefund(s.Context(), nobody); o.State != payment.RefundUnknown || o.Found || o.Waiting {
		s.Errorf("a refund that nobody asked for: %+v", o)
	}
	n := 0
	next := func(sum payment.Amount) (payment.CaptureRefundRequest, payment.RefundOutcome) {
		n++
		r := giveBackOf(c, done.TradeNo, n, sum)
		return r, s.refundedCapture(c, r, s.refundCapture(s.Context(), r))
	}
	first, o := next(20_00)
	if o.State != payment.RefundDone {
		s.Errorf("a part: %+v", o)
	}
	if o := s.refundedCapture(c, first, s.refundCapture(s.Context(), first)); o.State != payment.RefundDone {
		s.Errorf("the same again: %+v", o)
	}
	other := first
	other.Refund = 30_00
	if o := s.refundCapture(s.Context(), other); o.State == payment.RefundDone {
		s.Errorf("its number with another amount: %+v", o)
	}
	s.pass(pause)
	left := 180_00
	for _, forced := range paysim.RefundCases {
		sum := 10_00 + payment.Amount(forced.Digit)
		if _, o := next(sum); o.State == payment.RefundDone {
			left -= int(sum)
		} else if forced.Done {
			s.Errorf("refund %d: %+v", forced.Digit, o)
		}
	}
	if _, o := next(payment.Amount(left)/10*10 + 10); o.State != payment.RefundRefused {
		s.Errorf("more than is left: %+v", o)
	}
	if truth := s.captureTruth(c); truth.Refunded != 200_00-payment.Amount(left) {
		s.Errorf("in truth %+v", truth)
	}
	// What was given back of a capture is not set aside again.
	s.agree(h, a)
	if o := s.queryCapture(s.Context(), c); o.State != payment.RefundDone {
		s.Errorf("the capture itself: %+v", o)
	}
}
