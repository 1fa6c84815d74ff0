package cloudpay_test

import (
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// What Cloud Pay has device makers show before it lets them in, as far as it is
// about the channel: no payment of nothing, one of 0.02 given back in two halves
// and not a fen more, and what the order looks like meanwhile.
func TestWhatDeviceMakersHaveToShow(t *testing.T) {
	sim := simulator(t, paysim.Options{})
	channel := newChannel(t, simConfig(sim))
	for n, w := range []payment.Wallet{payment.WalletWeChat, payment.WalletAlipay} {
		pay := func(n int64, a payment.Amount) payment.PayRequest {
			o := simOrder(sim, n, w)
			o.Amount = a
			return payment.PayRequest{Order: o, Code: payment.PayCode(sim.FreshCodeOf(w, 1)), Subject: "Tea"}
		}
		if out := channel.Pay(t.Context(), pay(int64(10*n+1), 0)); out.Result != payment.Failed || out.Reason != payment.ReasonRequest {
			t.Errorf("%s: nothing at all: %+v", w, out)
		}
		r := pay(int64(10*n+2), 2)
		if out := channel.Pay(t.Context(), r); out.Result != payment.Paid {
			t.Fatalf("%s: 0.02: %+v", w, out)
		}
		half := func(n int, a payment.Amount) payment.RefundOutcome {
			return channel.Refund(t.Context(), payment.RefundRequest{Order: r.Order, RequestNo: payment.NewRequestNo(r.OutTradeNo, n), Refund: a})
		}
		if out := half(1, 3); out.State != payment.RefundRefused {
			t.Errorf("%s: 0.03 of 0.02: %+v", w, out)
		}
		first, again := half(2, 1), half(2, 1)
		if first.State == payment.RefundRefused || again.State != payment.RefundDone {
			t.Errorf("%s: the first half: %+v, and again: %+v", w, first, again)
		}
		// Of a part that went back Alipay's order says nothing, and WeChat's says
		// nothing else.
		want := map[payment.Wallet]payment.Result{payment.WalletWeChat: payment.Reversed, payment.WalletAlipay: payment.Paid}[w]
		if out := channel.Query(t.Context(), r.Order); out.Result != want {
			t.Errorf("%s: with one half given back: %+v", w, out)
		}
		if out := half(3, 2); out.State != payment.RefundRefused {
			t.Errorf("%s: all of it after a half: %+v", w, out)
		}
		second, again := half(4, 1), half(4, 1)
		if second.State == payment.RefundRefused || again.State != payment.RefundDone {
			t.Errorf("%s: the second half: %+v, and again: %+v", w, second, again)
		}
		if out := channel.Query(t.Context(), r.Order); out.Result != payment.Reversed {
			t.Errorf("%s: with all of it given back: %+v", w, out)
		}
		if truth := sim.Truth().Orders[r.OutTradeNo]; truth.Refunded != 2 || len(truth.Refunds) != 2 {
			t.Errorf("%s: in truth %+v", w, truth)
		}
	}
}
