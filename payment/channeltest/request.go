package channeltest

import (
	"slices"
	"strings"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// What people type goes through, and what cannot be is refused here and not
// sent.
func testRequests(t *testing.T, b Bench) {
	for _, w := range b.Wallets {
		t.Run("words "+string(w), func(t *testing.T) { t.Parallel(); anyWords(newStage(t, b), w) })
		t.Run("impossible "+string(w), func(t *testing.T) { t.Parallel(); impossible(newStage(t, b), w) })
	}
	if len(b.Wallets) == 1 {
		return // its only wallet needs no name
	}
	for _, w := range paysim.Wallets {
		if !slices.Contains(b.Wallets, w) {
			t.Run("not taken "+string(w), func(t *testing.T) { t.Parallel(); notTaken(newStage(t, b), w) })
		}
	}
}

// anyWords pays with texts of every kind: people name goods as they like.
func anyWords(s *stage, w payment.Wallet) {
	for _, text := range []string{
		"", " ", "早餐", strings.Repeat("套餐（含税）", 60), strings.Repeat("tea and cake ", 40), "two\nlines\tand a tab", "☕🍰 for you", `<b>"50%" & more\`, "a\x00b\xff",
	} {
		r := s.ask(w, price, 1)
		r.Subject, r.Operator = text, text
		if e := s.settled(r.Order, payment.MethodCode, s.pay(s.Context(), r)); e.state != payment.StatePaid {
			s.Errorf("a payment for %q ended %s: %+v", text, e.state, e.last)
			continue
		}
		q := giveBack(r.Order, 1, 28_50)
		q.Reason = text
		if out := s.refunded(q, s.refund(s.Context(), q)); out.State != payment.RefundDone {
			s.Errorf("a refund because of %q: %+v", text, out)
		}
		if s.bench.showsQR(w) {
			r := s.askQR(w, price)
			r.Subject, r.Operator = text, text
			if _, o := s.showQR(s.Context(), r); o.Result != payment.Waiting {
				s.Errorf("a QR for %q: %+v", text, o)
			}
		}
	}
}

// impossible asks for what no channel can do.
func impossible(s *stage, w payment.Wallet) {
	paid := s.paid(w, price, 1)
	silent := func(what string, f func()) {
		if sent := s.wire.count(f); sent != 0 {
			s.Errorf("%s: %d requests went out", what, sent)
		}
	}
	r := s.ask(w, price, 1)
	r.Code = ""
	silent("no pay code", func() {
		if o := s.pay(s.Context(), r); o.Result != payment.Failed || o.Reason != payment.ReasonCodeInvalid {
			s.Errorf("no pay code: %+v", o)
		}
	})
	for _, no := range []string{"", "two words", "号码", strings.Repeat("9", 65)} {
		silent("the number "+no, func() {
			r := s.ask(w, price, 1)
			r.OutTradeNo = no
			if o := s.pay(s.Context(), r); o.Result != payment.Failed || o.Reason != payment.ReasonRequest {
				s.Errorf("the number %q: %+v", no, o)
			}
			if s.bench.showsQR(w) {
				r := s.askQR(w, price)
				r.OutTradeNo = no
				if _, o := s.showQR(s.Context(), r); o.Result != payment.Failed || o.Reason != payment.ReasonRequest {
					s.Errorf("a QR with the number %q: %+v", no, o)
				}
			}
			q := giveBack(paid, 1, 28_50)
			q.RequestNo = no
			if o := s.refund(s.Context(), q); o.State != payment.RefundRefused || o.Reason != payment.ReasonRequest {
				s.Errorf("a refund with the number %q: %+v", no, o)
			}
		})
	}
	for _, sum := range []payment.Amount{0, -price, payment.MaxAmount + 1} {
		silent("a payment of "+sum.String(), func() {
			if o := s.pay(s.Context(), s.ask(w, sum, 1)); o.Result != payment.Failed || o.Reason != payment.ReasonRequest {
				s.Errorf("a payment of %s: %+v", sum, o)
			}
			if s.bench.showsQR(w) {
				if _, o := s.showQR(s.Context(), s.askQR(w, sum)); o.Result != payment.Failed || o.Reason != payment.ReasonRequest {
					s.Errorf("a QR of %s: %+v", sum, o)
				}
			}
		})
	}
	for _, sum := range []payment.Amount{0, -1, price + 1} {
		silent("a refund of "+sum.String(), func() {
			if o := s.refund(s.Context(), giveBack(paid, 9, sum)); o.State != payment.RefundRefused || o.Reason != payment.ReasonRequest {
				s.Errorf("a refund of %s: %+v", sum, o)
			}
		})
	}
	if truth := s.sim.Truth(); truth.Charged != price || truth.Refunded != 0 {
		s.Errorf("in truth %s charged and %s refunded", truth.Charged, truth.Refunded)
	}
}

// notTaken pays with a code of a wallet that this channel was not signed for.
func notTaken(s *stage, w payment.Wallet) {
	r := s.ask(w, price, 1)
	if sent := s.wire.count(func() {
		o := s.pay(s.Context(), r)
		if o.Result != payment.Failed || o.Reason != payment.ReasonNotAccepted && o.Reason != payment.ReasonRequest {
			s.Errorf("a code of %s: %+v", w, o)
		}
	}); sent != 0 {
		s.Errorf("a code of %s: %d requests went out", w, sent)
	}
	if charged := s.sim.Truth().Charged; charged != 0 {
		s.Errorf("charged %s", charged)
	}
}
