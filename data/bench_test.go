package data

import (
	"fmt"
	"testing"

	"frontdesk/payment"
)

func BenchmarkCommits(b *testing.B) {
	s := newShop(b)
	for b.Loop() {
		_, t := s.start(s.scan(1250))
		s.move(t.ID, Move{To: payment.StatePaid, TradeNo: fmt.Sprint(t.ID), Payer: "159****1234", PaidAt: s.clock.at, Print: true})
	}
}

func BenchmarkNoSync(b *testing.B) {
	s := newShop(b)
	s.write.conn.ExecContext(ctx, "PRAGMA synchronous=OFF")
	for b.Loop() {
		_, t := s.start(s.scan(1250))
		s.move(t.ID, Move{To: payment.StatePaid, TradeNo: fmt.Sprint(t.ID), Payer: "159****1234", PaidAt: s.clock.at, Print: true})
	}
}
