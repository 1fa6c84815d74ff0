package channeltest

import (
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// eachHolder runs f in stages of their own for every wallet that the channel
// takes deposits of.
func eachHolder(t *testing.T, b Bench, f func(t *testing.T, w payment.Wallet, rules payment.HoldRules)) {
	h, ok := newStage(t, b).ch.(payment.Holder)
	if !ok {
		t.Skip("the channel takes no deposits")
	}
	any := false
	for _, w := range b.Wallets {
		if rules := h.HoldRules(w); rules.Holds {
			any = true
			t.Run(string(w), func(t *testing.T) { f(t, w, rules) })
			continue
		}
		t.Run(string(w)+" never", func(t *testing.T) { t.Parallel(); noDeposits(newHolder(t, b, w)) })
	}
	if !any {
		t.Skip("the channel takes no deposits of these wallets")
	}
}

func newHolder(t *testing.T, b Bench, w payment.Wallet) *holder {
	t.Helper()
	s := newStage(t, b)
	h, ok := s.ch.(payment.Holder)
	if !ok {
		t.Fatal("the channel takes no deposits")
	}
	return &holder{stage: s, Holder: h, wallet: w, rules: h.HoldRules(w)}
}

// silent runs f, in which nothing may be sent.
func (s *holder) silent(what string, f func()) {
	s.Helper()
	if sent := s.wire.count(f); sent != 0 {
		s.Errorf("%s: %d requests went out", what, sent)
	}
}

// refusedHold holds that a deposit which is against the rules is refused and
// not sent.
func (s *holder) refusedHold(what string, ask func() payment.HoldOutcome) {
	s.Helper()
	s.silent(what, func() {
		if o := ask(); o.Result != payment.Failed || o.Reason != payment.ReasonRequest {
			s.Errorf("%s: %+v", what, o)
		}
	})
}

func (s *holder) refusedStep(what string, ask func() payment.StepOutcome) {
	s.Helper()
	s.silent(what, func() {
		if o := ask(); o.State != payment.RefundRefused || o.Reason != payment.ReasonRequest {
			s.Errorf("%s: %+v", what, o)
		}
	})
}

// A wallet of which no deposits are taken, by the channel or with its settings.
func noDeposits(s *holder) {
	never := func(what string, ask func() payment.HoldOutcome) {
		s.Helper()
		s.silent(what, func() {
			if o := ask(); o.Result != payment.Failed || o.Reason != payment.ReasonRequest && o.Reason != payment.ReasonMerchantSetup {
				s.Errorf("%s: %+v", what, o)
			}
		})
	}
	never("a deposit", func() payment.HoldOutcome { return s.hold(s.Context(), s.askHold(deposit, 1)) })
	never("a QR for a deposit", func() payment.HoldOutcome { _, o := s.holdQR(s.Context(), s.askHoldQR(deposit)); return o })
	if held := s.sim.Truth().Held; held != 0 {
		s.Errorf("%s are set aside", held)
	}
}

// Every code that forces something, and every outcome that a phone can have with
// a QR, on deposits.
func testDeposits(t *testing.T, b Bench) {
	eachHolder(t, b, func(t *testing.T, w payment.Wallet, rules payment.HoldRules) {
		for _, scenario := range paysim.Scenarios {
			t.Run(scenario.Hold, func(t *testing.T) {
				t.Parallel()
				s := newHolder(t, b, w)
				r := s.askHold(deposit, scenario.Number)
				d := s.settledHold(r.Hold, payment.MethodCode, s.hold(s.Context(), r))
				s.expectHold(scenario.Hold, byCode(s.ch.Name(), scenario.Number), d)
				if kept := paysim.KeptAt(s.ch.Name(), scenario.Number, false); (d.state == payment.Held) != kept {
					s.Errorf("ended %s, the table says kept: %v", d.state, kept)
				}
				if d.state == payment.Held {
					s.standing(d.hold)
				}
			})
			if !scenario.QR || !rules.QR {
				continue
			}
			t.Run(scenario.Hold+" by QR", func(t *testing.T) {
				t.Parallel()
				s := newHolder(t, b, w)
				r := s.askHoldQR(deposit)
				text := s.shownHold(r)
				if err := s.sim.ScanQR(text, scenario.Number); err != nil {
					t.Fatal(err)
				}
				d := s.settledHold(r.Hold, payment.MethodQR, s.queryHold(s.Context(), r.Hold))
				want := byQR(s.ch.Name(), scenario.Number)
				s.expectHold(scenario.Hold, want, d)
			})
		}
		t.Run("QRs", func(t *testing.T) {
			t.Parallel()
			s := newHolder(t, b, w)
			if !rules.QR {
				s.refusedHold("a QR", func() payment.HoldOutcome {
					_, o := s.holdQR(s.Context(), s.askHoldQR(deposit))
					return o
				})
				return
			}
			s.unscannedHold()
			s.outlivedHold()
		})
		t.Run("other amounts", func(t *testing.T) {
			t.Parallel()
			s := newHolder(t, b, w)
			h := s.held(deposit)
			for _, other := range []payment.Amount{deposit + 1, deposit - 1, deposit * 100} {
				q := h
				q.Amount = other
				if o := s.queryHold(s.Context(), q); o.Result != payment.Unknown {
					s.Errorf("%s are set aside, asked for %s: %+v", deposit, other, o)
				}
			}
			if o := s.queryHold(s.Context(), s.askHold(deposit, 1).Hold); o.Result != payment.NotFound {
				s.Errorf("a deposit that nobody made: %+v", o)
			}
			s.standing(h)
		})
	})
}

// holdStates are the ends of a payment in the words of deposits.
var holdStates = map[payment.State]payment.Result{
	payment.StatePaid: payment.Held, payment.StateFailed: payment.Failed, payment.StateClosed: payment.Closed, payment.StateReversed: payment.Released,
}

func (s *holder) expectHold(what string, want expected, d deposited) {
	s.Helper()
	if d.state != holdStates[want.state] {
		s.Errorf("%s ended %s, want %s: %+v", what, d.state, holdStates[want.state], d.last)
	}
	if want.unknown && d.first.Result != payment.Unknown {
		s.Errorf("%s began %s, though nobody can know: %+v", what, d.first.Result, d.first)
	}
	if want.waits && !d.waited {
		s.Errorf("%s never waited for the payer", what)
	}
	if d.state == payment.Failed && want.reason != "" && d.last.Reason != want.reason && d.last.Reason != payment.ReasonOther {
		s.Errorf("%s failed for %q, want %q", what, d.last.Reason, want.reason)
	}
}

func (s *holder) shownHold(r payment.HoldRequest) string {
	s.Helper()
	text, o := s.holdQR(s.Context(), r)
	if o.Result != payment.Waiting {
		s.Fatalf("no QR: %+v", o)
	}
	if o := s.queryHold(s.Context(), r.Hold); o.Result != payment.NotFound && o.Result != payment.Waiting {
		s.Errorf("a QR that nobody has scanned: %+v", o)
	}
	return text
}

func (s *holder) unscannedHold() {
	s.Helper()
	r := s.askHoldQR(deposit)
	text := s.shownHold(r)
	if d := s.cancelHoldUntilSettled(deposited{hold: r.Hold}); d.state != payment.Closed {
		s.Errorf("ended %s: %+v", d.state, d.last)
	}
	if err := s.sim.ScanQR(text, 1); err == nil {
		s.Error("a QR that was cancelled can still be used")
	}
}

func (s *holder) outlivedHold() {
	s.Helper()
	r := s.askHoldQR(deposit)
	text := s.shownHold(r)
	s.pass(r.Expires + time.Minute)
	if err := s.sim.ScanQR(text, 1); err == nil {
		s.Errorf("the QR can still be used %s after its time", time.Minute)
	}
}
