package channeltest

import (
	"testing"

	"frontdesk/payment"
)

// A channel with a prefix takes the numbers that payment.NewNumber makes with
// it, and no other channel has to be asked.
func testNumbers(t *testing.T, b Bench) {
	s := newStage(t, b)
	if s.ch.Name() == "" {
		t.Error("the channel has no name")
	}
	p := s.ch.Policy()
	if p.QueryEvery <= 0 || p.PayTimeout <= 0 || p.CancelEvery <= 0 && !p.NoCancel || len(b.QRs) > 0 && p.QRTimeout <= 0 {
		t.Errorf("a rhythm that nobody can keep: %+v", p)
	}
	if p.CancelAfter > p.PayTimeout && !p.NoCancel {
		t.Errorf("cancels are refused until %s, and begin after %s", p.CancelAfter, p.PayTimeout)
	}
	n, ok := s.ch.(payment.Numbered)
	if !ok {
		return
	}
	prefix := n.OrderPrefix()
	if !payment.IsOrderPrefix(prefix) {
		t.Fatalf("%q is no prefix of order numbers", prefix)
	}
	w := b.Wallets[0]
	r := s.ask(w, price, 1)
	r.OutTradeNo = payment.NewOrderNo(payment.ReceiptNo(1, 9999), 1, s.now())
	if out := s.pay(s.Context(), r); out.Result != payment.Failed {
		t.Errorf("a number without the prefix: %+v", out)
	}
	if charged := s.sim.Truth().Charged; charged != 0 {
		t.Errorf("charged %s under a number without the prefix", charged)
	}
}
