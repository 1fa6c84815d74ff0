package paysim

import (
	"time"

	"frontdesk/payment"
)

// Booked is the truth of a channel's bill: everything that moved money on the
// day in Beijing that at lies in, as far as it has happened by now, with the fees
// that the simulator keeps. It changes nothing and never fails.
func (s *Sim) Booked(channel payment.ChannelName, at time.Time) []payment.BillLine {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	p := s.book.open() // and thrown away
	var lines []payment.BillLine
	for _, b := range p.bookedOn(at, func(no string) (order, bool) { return p.findOf(channel, no) }) {
		lines = append(lines, payment.BillLine{
			Kind: b.kind, OrderNo: b.order.No, RefundNo: b.refund.RequestNo, TradeNo: b.order.TradeNo, Wallet: b.order.Wallet,
			Amount: b.amount, Discount: b.discount, Fee: b.fee, FeeKnown: true, At: b.at,
		})
	}
	return lines
}
