package paysim

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// wxShop is a careless till of both merchants that pays, reverses, closes,
// refunds, holds and consumes at random. It adds up only what the answers said
// moved money.
type wxShop struct {
	*v2Till
	rnd      *rand.Rand
	direct   *wxTill
	orders   []string
	amounts  map[string]int
	deposits []string
	charged  payment.Amount
	refunded payment.Amount
	held     payment.Amount
	captured payment.Amount
}

func (s *wxShop) money(limit int) int {
	// No last digit of 1 to 5: those force answers that say nothing.
	return s.rnd.IntN(limit)*10 + []int{6, 7, 8, 9, 10}[s.rnd.IntN(5)]
}

func (s *wxShop) one(list []string) string { return list[s.rnd.IntN(len(list))] }

func (s *wxShop) step(n int) {
	l := s.wxTill
	if s.rnd.IntN(2) == 0 {
		l = s.direct
	}
	switch {
	case n < 3 || len(s.orders) == 0:
		no := s.orderNo()
		if len(s.orders) > 0 && s.rnd.IntN(4) == 0 {
			no = s.one(s.orders)
		}
		sum := s.money(50)
		if a := l.codepay(no, sum, s.code([]int{1, 1, 1, 2, 3, 4, 5, 12, 13}[s.rnd.IntN(9)])); a.text("trade_state") != "" {
			s.orders, s.amounts[no] = append(s.orders, no), sum
			if a.String() == "200 SUCCESS" {
				s.charged += amountOf(sum)
			}
		}
	case n < 5:
		no := s.one(s.orders)
		was := s.Truth().Orders[no]
		if a := l.reverse(no); a.String() == "200" && l.query(no).String() == "200 REFUND" && was.State != Reversed {
			if was.State == Waiting { // 12: charged and given back in one
				s.charged += was.Amount
			}
			s.refunded += was.Amount - was.Refunded
		}
	case n < 7:
		no := s.one(s.orders)
		request, sum := no+fmt.Sprintf("R%d", s.rnd.IntN(3)), s.money(20)
		known := l.refundQuery(request).Status == 200
		if a := l.refund(no, request, sum, s.amounts[no]); a.String() == "200 SUCCESS" && !known {
			s.refunded += amountOf(sum)
		}
	case n < 8:
		no := s.one(s.orders)
		was := s.Truth().Orders[no]
		if a := l.query(no); a.String() == "200 SUCCESS" && was.State == Waiting {
			s.charged += was.Amount // 02: the password was entered
		}
	case n < 9 || len(s.deposits) == 0:
		no, sum := s.orderNo(), s.money(500)
		if a := s.micropay(no, sum, s.code(1)); a.String() == "SUCCESS" {
			s.deposits, s.amounts[no], s.held = append(s.deposits, no), sum, s.held+amountOf(sum)
		}
	case n < 11:
		no := s.one(s.deposits)
		sum := s.money(s.amounts[no]/10 + 1)
		if a := s.consume(no, sum, s.amounts[no]); a.String() == "SUCCESS" {
			s.captured, s.charged = s.captured+amountOf(sum), s.charged+amountOf(sum)
		}
	case n < 12:
		no := s.one(s.deposits)
		request, sum := no+"R1", s.money(10)
		known := strings.HasPrefix(s.depositRefundQuery(request).String(), "SUCCESS")
		if a := s.depositRefund(no, request, sum, s.amounts[no]); a.String() == "SUCCESS" && !known {
			s.refunded += amountOf(sum)
		}
	case n < 13:
		s.depositReverse(s.one(s.deposits))
	default:
		s.clock.pass(10 * time.Second)
	}
}

// Whatever a till does: the sums of the book are what the answers said.
func TestTheBookIsWhatWeChatsAnswersMoved(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			l := startDeposits(t, Options{Password: 24 * time.Hour})
			s := &wxShop{v2Till: l, rnd: rand.New(rand.NewPCG(seed, 2026)), direct: &wxTill{l.till, l.WeChat()}, amounts: map[string]int{}}
			for range 250 {
				s.step(s.rnd.IntN(15))
				truth := s.Truth()
				if truth.Net() < 0 || truth.Rest() < 0 {
					t.Fatalf("net %d, rest %d", truth.Net(), truth.Rest())
				}
				if truth.Charged != s.charged || truth.Refunded != s.refunded || truth.Held != s.held || truth.Captured != s.captured {
					t.Fatalf("the book has %d, %d, %d, %d, the answers said %d, %d, %d, %d", truth.Charged, truth.Refunded, truth.Held, truth.Captured,
						s.charged, s.refunded, s.held, s.captured)
				}
			}
			if s.charged == 0 || s.refunded == 0 || s.captured == 0 {
				t.Fatal("nothing happened")
			}
		})
	}
}
