package channeltest

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// A line on which every third request breaks somehow. Whatever the till does
// over it, in the end it believes what is true, to the fen.
func testBadLine(t *testing.T, b Bench) {
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, b)
			roll := s.badLine(seed)
			for range 10 {
				s.customer(b.Wallets[roll(len(b.Wallets))], roll)
			}
		})
		if h, ok := newStage(t, b).ch.(payment.Holder); ok {
			for _, w := range b.Wallets {
				if !h.HoldRules(w).Holds {
					continue
				}
				t.Run(fmt.Sprintf("deposits of %s, seed %d", w, seed), func(t *testing.T) {
					t.Parallel()
					s := newHolder(t, b, w)
					roll := s.badLine(seed)
					for range 6 {
						s.guest(roll)
					}
				})
			}
		}
	}
}

// badLine breaks every third request and returns the dice that choose how.
func (s *stage) badLine(seed uint64) (roll func(n int) int) {
	var mu sync.Mutex
	dice := rand.New(rand.NewPCG(seed, 20261121))
	roll = func(n int) int { mu.Lock(); defer mu.Unlock(); return dice.IntN(n) }
	s.sim.SetFault(func(method string, _ int) paysim.Fault {
		if roll(3) > 0 {
			return paysim.Fault{}
		}
		f := paysim.Fault{Kind: s.bench.Faults[roll(len(s.bench.Faults))]}
		if f.Kind == paysim.Refused {
			f = s.bench.Refusal(method)
			f.Kind = paysim.Refused
		}
		return f
	})
	return roll
}

// customer pays, and gets some of it back.
func (s *stage) customer(w payment.Wallet, roll func(int) int) {
	s.Helper()
	r := s.ask(w, payment.Amount(1_00+roll(400_00)), []int{1, 1, 2, 6, 7, 9, 12, 14}[roll(8)])
	e := s.settled(r.Order, payment.MethodCode, s.pay(s.Context(), r))
	if e.state != payment.StatePaid {
		return
	}
	left := r.Amount
	for n := 1; n < 4 && left > 0 && roll(3) > 0; n++ {
		part := payment.Amount(1 + roll(int(left)))
		q := giveBack(r.Order, n, part)
		if s.refunded(q, s.refund(s.Context(), q)).State == payment.RefundDone {
			left -= part
		}
	}
	if truth := s.truth(r.OutTradeNo); truth.Charged-truth.Refunded != left {
		s.Errorf("the till believes that it has %s; in truth %+v", left, truth)
	}
}

// guest leaves a deposit, and something is done with it.
func (s *holder) guest(roll func(int) int) {
	s.Helper()
	q := s.askHold(payment.Amount(100_00+roll(400_00)), []int{1, 1, 1, 2, 6, 7, 9, 12}[roll(8)])
	d := s.settledHold(q.Hold, payment.MethodCode, s.hold(s.Context(), q))
	if d.state != payment.Held {
		return
	}
	h, a := d.hold, account{}
	for n := 1; n < 5 && roll(5) > 0; n++ {
		rest := h.Amount - a.captured - a.released
		if rest == 0 {
			break
		}
		part := payment.Amount(1 + roll(int(rest)))
		switch {
		case roll(2) == 0:
			c := s.askCapture(h, part, !s.rules.KeepRest || roll(3) == 0)
			if o := s.captured(&a, c, s.capture(s.Context(), c)); o.State == payment.RefundDone && roll(2) == 0 {
				r := giveBackOf(c, o.TradeNo, 1, payment.Amount(1+roll(int(part))))
				s.refundedCapture(c, r, s.refundCapture(s.Context(), r))
			}
		case s.rules.ReleasePart:
			r := askRelease(h, n, part)
			s.released(&a, r, s.release(s.Context(), r))
		case a == (account{}):
			r := askRelease(h, n, h.Amount)
			s.released(&a, r, s.release(s.Context(), r))
		}
	}
	s.standing(h)
}

// Many payments over one channel at the same time, some of them asked about
// twice at once. Run with -race.
func testAtTheSameTime(t *testing.T, b Bench) {
	s := newStage(t, b)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, scenario := range []int{1, 2, 4, 6, 14} {
				w := b.Wallets[(i+scenario)%len(b.Wallets)]
				r := s.ask(w, price, scenario)
				first := s.pay(s.Context(), r)
				var twice sync.WaitGroup
				for range 2 {
					twice.Add(1)
					go func() { defer twice.Done(); s.query(s.Context(), r.Order) }()
				}
				twice.Wait()
				e := s.settle(r.Order, payment.MethodCode, first)
				s.compare(r.Order, e)
				if e.state == payment.StatePaid && i%2 == 0 {
					q := giveBack(r.Order, 1, 28_50)
					end := s.finishRefund(q, s.refund(s.Context(), q))
					s.compareRefund(s.truth(r.OutTradeNo), q.RequestNo, q.Refund, end)
				}
			}
		}()
	}
	wg.Wait()
}
