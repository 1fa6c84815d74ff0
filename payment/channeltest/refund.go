package channeltest

import (
	"slices"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// compareRefund holds the end of a refund against the truth of its order.
func (s *stage) compareRefund(o paysim.OrderTruth, requestNo string, sum payment.Amount, out payment.RefundOutcome) {
	s.Helper()
	moved, share := o.Refunds[requestNo], o.RefundDiscounts[requestNo]
	switch done := out.State == payment.RefundDone; {
	case done != (moved == sum) || !done && moved != 0:
		s.Errorf("refund %s ended %s: %+v; in truth %s of %s went back", requestNo, out.State, out, moved, sum)
	case done && out.Discount != share && (s.bench.RefundDiscounts || out.Discount != 0):
		s.Errorf("refund %s took %s of the discount back, in truth %s", requestNo, out.Discount, share)
	}
}

// paid is an order that was paid by code.
func (s *stage) paid(w payment.Wallet, a payment.Amount, scenario int) payment.Order {
	s.Helper()
	r := s.ask(w, a, scenario)
	e := s.settled(r.Order, payment.MethodCode, s.pay(s.Context(), r))
	if e.state != payment.StatePaid {
		s.Fatalf("a payment ended %s: %+v", e.state, e.last)
	}
	r.TradeNo = e.last.TradeNo
	return r.Order
}

func testRefunds(t *testing.T, b Bench) {
	for _, w := range b.Wallets {
		t.Run(string(w), func(t *testing.T) {
			t.Run("forced", func(t *testing.T) { t.Parallel(); refundsForced(newStage(t, b), w) })
			t.Run("in parts", func(t *testing.T) { t.Parallel(); refundsInParts(newStage(t, b), w) })
			t.Run("of a discount", func(t *testing.T) { t.Parallel(); refundsOfADiscount(newStage(t, b), w) })
			t.Run("refused", func(t *testing.T) { t.Parallel(); refundsRefused(newStage(t, b), w) })
		})
	}
}

// Every outcome that the simulator forces ends as it has it, and the same
// number again moves nothing.
func refundsForced(s *stage, w payment.Wallet) {
	o := s.paid(w, price, 1)
	for i, c := range paysim.RefundCases {
		r := giveBack(o, i+1, 10_00+payment.Amount(c.Digit))
		first := s.refund(s.Context(), r)
		if first.State == payment.RefundRefused && c.Done {
			s.Errorf("refund %d is refused, and was carried out: %+v", c.Digit, first)
		}
		end := s.refunded(r, first)
		if c.Digit == refundNoFunds {
			s.reason("a refund without funds", end.Reason, payment.ReasonMerchantFunds)
		}
		if c.Done && end.State != payment.RefundDone {
			s.Errorf("refund %d ended %s: %+v", c.Digit, end.State, end)
		}
		before := s.truth(o.OutTradeNo).Refunded
		s.finishRefund(r, s.refund(s.Context(), r))
		if after := s.truth(o.OutTradeNo).Refunded; after != before {
			s.Errorf("refund %d, again: %s more went back", c.Digit, after-before)
		}
		s.pass(pause)
	}
}

// refundNoFunds is the digit of paysim.RefundCases for a merchant without money.
const refundNoFunds = 2

// reason holds a refusal to the reasons that the cashier can do something with.
// A channel whose wire does not tell says ReasonOther.
func (s *stage) reason(what string, got payment.Reason, allowed ...payment.Reason) {
	s.Helper()
	if got != payment.ReasonOther && !slices.Contains(allowed, got) {
		s.Errorf("%s is refused for %q, want one of %q", what, got, allowed)
	}
}

// An order may be given back in parts, to the last fen and not one more.
func refundsInParts(s *stage, w payment.Wallet) {
	o := s.paid(w, price, 1)
	first := giveBack(o, 1, 28_50)
	if out := s.refunded(first, s.refund(s.Context(), first)); out.State != payment.RefundDone {
		s.Errorf("the first part: %+v", out)
	}
	if out := s.queryRefund(s.Context(), first); out.State != payment.RefundDone || !out.Found {
		s.Errorf("a query of it: %+v", out)
	}
	if out := s.finishRefund(first, s.refund(s.Context(), first)); out.State != payment.RefundDone {
		s.Errorf("it again: %+v", out)
	}
	other := first
	other.Refund = 30_00
	if out := s.refund(s.Context(), other); out.State == payment.RefundDone {
		s.Errorf("its number with another amount: %+v", out)
	}
	if out := s.queryRefund(s.Context(), other); out.State == payment.RefundDone {
		s.Errorf("a query with another amount: %+v", out)
	}
	s.pass(pause)
	much := giveBack(o, 2, 100_00+10)
	if out := s.refunded(much, s.refund(s.Context(), much)); out.State != payment.RefundRefused {
		s.Errorf("more than is left: %+v", out)
	} else {
		s.reason("more than is left", out.Reason, payment.ReasonRefundTooMuch, payment.ReasonNoRefund)
	}
	rest := giveBack(o, 3, 100_00)
	if out := s.refunded(rest, s.refund(s.Context(), rest)); out.State != payment.RefundDone {
		s.Errorf("the rest: %+v", out)
	}
	none := giveBack(o, 4, 10)
	if out := s.refunded(none, s.refund(s.Context(), none)); out.State != payment.RefundRefused {
		s.Errorf("after the rest: %+v", out)
	} else {
		s.reason("more than all", out.Reason, payment.ReasonRefundTooMuch, payment.ReasonNoRefund)
	}
	for _, again := range []payment.RefundRequest{first, rest} {
		if out := s.finishRefund(again, s.refund(s.Context(), again)); out.State != payment.RefundDone {
			s.Errorf("%s, long done: %+v", again.RequestNo, out)
		}
		s.pass(pause)
	}
	if truth := s.truth(o.OutTradeNo); truth.Refunded != price || truth.SentBack != price {
		s.Errorf("in truth %+v", truth)
	}
}

// What the merchant gave away itself is not given back a second time.
func refundsOfADiscount(s *stage, w payment.Wallet) {
	o := s.paid(w, price, 14)
	for i, part := range []payment.Amount{28_50, 39_99, price - 28_50 - 39_99} {
		r := giveBack(o, i+1, part)
		if out := s.refunded(r, s.refund(s.Context(), r)); out.State != payment.RefundDone {
			s.Errorf("part %d: %+v", i+1, out)
		}
		if out := s.queryRefund(s.Context(), r); out.State != payment.RefundDone {
			s.Errorf("a query of part %d: %+v", i+1, out)
		} else {
			s.compareRefund(s.truth(o.OutTradeNo), r.RequestNo, part, out)
		}
	}
	if truth := s.truth(o.OutTradeNo); truth.SentBack != truth.Settled {
		s.Errorf("in truth %+v", truth)
	}
}

// What cannot be refunded is refused, and nothing moves.
func refundsRefused(s *stage, w payment.Wallet) {
	o := s.paid(w, price, 1)
	unknown := giveBack(o, 1, 10_00)
	if out := s.queryRefund(s.Context(), unknown); out.State != payment.RefundUnknown || out.Found || out.Waiting {
		s.Errorf("a query of a refund that nobody asked for: %+v", out)
	}
	waits := s.ask(w, price, 3)
	s.pay(s.Context(), waits)
	r := giveBack(waits.Order, 1, 10_00)
	if out := s.refunded(r, s.refund(s.Context(), r)); out.State != payment.RefundRefused {
		s.Errorf("of an order that is not paid: %+v", out)
	}
	nobody := s.order(w, price)
	r = giveBack(nobody, 1, 10_00)
	if out := s.refunded(r, s.refund(s.Context(), r)); out.State != payment.RefundRefused {
		s.Errorf("of an order that nobody made: %+v", out)
	}
	if truth := s.sim.Truth(); truth.Refunded != 0 {
		s.Errorf("in truth %s went back", truth.Refunded)
	}
}
