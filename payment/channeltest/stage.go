package channeltest

import (
	"log/slog"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// simKeys are made once: making keys is the slow part of a simulator.
var simKeys = sync.OnceValues(paysim.NewKeys)

// stage is one channel with a simulator of its own, and everything that happens
// between them.
type stage struct {
	*testing.T
	bench Bench
	sim   *paysim.Sim
	ch    payment.Channel
	wire  *wire
	kept  *keeper

	mu     sync.Mutex
	ahead  time.Duration // of the simulator's time before the machine's
	made   time.Time
	last   int64 // receipt
	prefix string
	codes  []string // pay codes that were shown
}

func newStage(t *testing.T, b Bench) *stage {
	t.Helper()
	keys, err := simKeys()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{T: t, bench: b, wire: &wire{}, kept: &keeper{}, made: time.Now()}
	log := slog.New(slog.NewTextHandler(s.kept, &slog.HandlerOptions{Level: slog.LevelDebug - 4}))
	options := paysim.Options{Slow: 20 * time.Millisecond}
	if b.Sim != nil {
		options = b.Sim(options)
	}
	options.Keys, options.Clock, options.Log = keys, s.now, log
	if s.sim, err = paysim.New(options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.sim.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	s.ch = b.New(t, s.sim, With{Log: log, Clock: s.now, Wrap: s.wire.wrap})
	if n, ok := s.ch.(payment.Numbered); ok {
		s.prefix = n.OrderPrefix()
	}
	s.kept.heard(s.ch)
	t.Cleanup(func() {
		s.kept.mustNotKnow(t, "a whole pay code", s.codes)
		for _, secret := range b.Secrets(s.sim) {
			s.kept.mustNotKnow(t, "a secret", pieces(secret))
		}
	})
	return s
}

// now is the simulator's time: the machine's, and what was passed by hand.
func (s *stage) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.ahead)
}

// happened reports a moment since the stage was made, or none at all. A channel
// that mistakes the zone of a time is hours away from it.
func (s *stage) happened(at time.Time) bool {
	return at.IsZero() || !at.Before(s.made.Add(-time.Minute)) && !at.After(s.now().Add(time.Minute))
}

// pass lets time go by.
func (s *stage) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += d
}

// number makes a new merchant order number, as a till would.
func (s *stage) number() string {
	s.mu.Lock()
	s.last++
	receipt := payment.ReceiptNo(1, s.last)
	s.mu.Unlock()
	return payment.NewNumber(s.prefix, receipt, 1, s.now())
}

// code is a fresh pay code that forces the scenario.
func (s *stage) code(w payment.Wallet, scenario int) payment.PayCode {
	code := s.sim.FreshCodeOf(w, scenario)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes = append(s.codes, code)
	return payment.PayCode(code)
}

// What is sold and set aside here, and by whom. The characters of the subject
// are those that wires part parameters with.
const (
	subject  = `咖啡/茶 = "1" & <2>`
	receipt  = "01000001"
	operator = "小王"
	price    = payment.Amount(128_50)
	deposit  = payment.Amount(500_00)
)

func (s *stage) order(w payment.Wallet, a payment.Amount) payment.Order {
	return payment.Order{OutTradeNo: s.number(), Amount: a, Wallet: w}
}

// ask is a payment of a fresh code that forces the scenario.
func (s *stage) ask(w payment.Wallet, a payment.Amount, scenario int) payment.PayRequest {
	return payment.PayRequest{Order: s.order(w, a), Code: s.code(w, scenario), Subject: subject, ReceiptNo: receipt, Operator: operator}
}

func (s *stage) askQR(w payment.Wallet, a payment.Amount) payment.QRRequest {
	return payment.QRRequest{Order: s.order(w, a), Subject: subject, ReceiptNo: receipt, Operator: operator, Expires: s.ch.Policy().QRTimeout}
}

// giveBack is the n-th refund of an order.
func giveBack(o payment.Order, n int, a payment.Amount) payment.RefundRequest {
	return payment.RefundRequest{Order: o, RequestNo: payment.NewRequestNo(o.OutTradeNo, n), Refund: a, Reason: "凉了 / cold"}
}

// truth is what really happened to an order; the zero value when nothing did.
func (s *stage) truth(no string) paysim.OrderTruth { return s.sim.Truth().Orders[no] }
