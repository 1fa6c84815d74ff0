package paysim

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"frontdesk/payment"
)

// shop is a careless till that pays, cancels, refunds and queries at random.
// It adds up only what the answers said moved money.
type shop struct {
	*till
	rnd      *rand.Rand
	orders   map[string]payment.Amount
	numbers  []string
	charged  payment.Amount // by the answers
	refunded payment.Amount
}

func (s *shop) money(limit int) payment.Amount {
	// No last digit of 1 to 5: those force refunds whose answers say nothing.
	return payment.Amount(s.rnd.IntN(limit)*10) + []payment.Amount{6, 7, 8, 9, 10}[s.rnd.IntN(5)]
}

func (s *shop) order() string { return s.numbers[s.rnd.IntN(len(s.numbers))] }

func (s *shop) step() {
	switch n := s.rnd.IntN(10); {
	case n < 3 || len(s.numbers) == 0:
		no := s.orderNo()
		if s.rnd.IntN(4) == 0 && len(s.numbers) > 0 {
			no = s.order() // used already
		}
		sum := s.money(50)
		if s.rnd.IntN(2) == 0 && s.orders[no] > 0 {
			sum = s.orders[no]
		}
		a := s.payWith(no, sum.String(), s.FreshCode([]int{1, 1, 1, 2, 3, 4, 5, 12, 13}[s.rnd.IntN(9)]))
		if a.Code == "10000" || a.Code == "10003" {
			if s.orders[no] == 0 {
				s.numbers = append(s.numbers, no)
			}
			s.orders[no] = sum
		}
		if a.Code == "10000" {
			s.charged += sum
		}
	case n < 5:
		no := s.order()
		was := s.Truth().Orders[no]
		if a := s.cancelNo(no); a.text("action") == "refund" && was.State != Reversed {
			if was.State == Waiting { // 12: charged and given back in one
				s.charged += s.orders[no]
			}
			s.refunded += s.orders[no]
		}
	case n < 8:
		no, request, sum := s.order(), fmt.Sprintf("R%d", s.rnd.IntN(3)), s.money(20)
		if s.rnd.IntN(3) == 0 {
			request, sum = "", s.orders[no]
		}
		if a := s.refundNo(no, sum.String(), request); a.text("fund_change") == "Y" {
			s.refunded += sum
		}
	case n < 9:
		no := s.order()
		was := s.Truth().Orders[no]
		if a := s.queryNo(no); a.text("trade_status") == "TRADE_SUCCESS" && was.State == Waiting {
			s.charged += s.orders[no] // 02: the password was entered
		}
	default:
		s.clock.pass(time.Second)
	}
}

// Whatever a till does: no order is refunded more than it was charged, the
// sums are those of the orders, and they are what the answers said.
func TestTheBookIsTheSumOfWhatTheAnswersMoved(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := &shop{
				till: startTill(t, Options{Password: 24 * time.Hour}), rnd: rand.New(rand.NewPCG(seed, 2026)),
				orders: map[string]payment.Amount{},
			}
			for range 250 {
				s.step()
				truth := s.Truth()
				var charged, refunded payment.Amount
				for no, o := range truth.Orders {
					charged += o.Charged
					refunded += o.Refunded
					var parts payment.Amount
					for _, r := range o.Refunds {
						parts += r
					}
					if o.Refunded < 0 || o.Refunded > o.Charged || (o.Charged != 0 && o.Charged != o.Amount) || parts != o.Refunded {
						t.Fatalf("order %s: %+v", no, o)
					}
				}
				if charged != truth.Charged || refunded != truth.Refunded || truth.Net() < 0 {
					t.Fatalf("sums: %+v, want %d and %d", truth, charged, refunded)
				}
				if charged != s.charged || refunded != s.refunded {
					t.Fatalf("the book has %d and %d, the answers said %d and %d", charged, refunded, s.charged, s.refunded)
				}
			}
			if s.charged == 0 || s.refunded == 0 {
				t.Fatalf("nothing happened: %d, %d", s.charged, s.refunded)
			}
		})
	}
}

// Under every fault a till that repeats with the same numbers ends with the
// truth: what the last clear answer says is what the book has.
func TestRepeatingUnderFaultsEndsWithTheTruth(t *testing.T) {
	l := startTill(t, Options{})
	rnd := rand.New(rand.NewPCG(7, 7))
	for range 60 {
		kind := FaultKinds[rnd.IntN(len(FaultKinds))]
		l.SetFault(func(_ string, n int) Fault {
			if n > 1 {
				return Fault{}
			}
			return Fault{Kind: kind}
		})
		no := l.orderNo()
		code := l.FreshCode([]int{1, 3, 6, 7, 8, 10}[rnd.IntN(6)])
		l.try("alipay.trade.pay", payBiz(no, "10.06", code))
		l.try("alipay.trade.query", fields{"out_trade_no": no})
		if l.queryNo(no).text("trade_status") == "TRADE_SUCCESS" {
			refund := fields{"out_trade_no": no, "refund_amount": "4.06", "out_request_no": "R1"}
			l.try("alipay.trade.refund", refund)
			a := l.ask("alipay.trade.refund", refund)
			want(t, "refund", a.text("refund_fee"), "4.06")
			l.wantTruth(no, Paid, 1006, 406)
			continue
		}
		l.try("alipay.trade.cancel", fields{"out_trade_no": no})
		a := l.cancelNo(no)
		want(t, "cancel", a.String(), "10000")
		o := l.Truth().Orders[no]
		want(t, "nothing kept", o.Charged-o.Refunded, 0)
		want(t, "waits no more", o.State == Waiting, false)
	}
}
