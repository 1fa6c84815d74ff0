package paysim

import "frontdesk/payment"

// Truth is what really happened to the money, at one moment. Amounts are fen.
type Truth struct {
	Orders   map[string]OrderTruth `json:"orders"`   // by out_trade_no; a pay code that was refused leaves no order
	Charged  payment.Amount        `json:"charged"`  // sum over all orders
	Refunded payment.Amount        `json:"refunded"` // sum over all orders, what cancels gave back included
}

// Net is what the shop has: charged less refunded.
func (t Truth) Net() payment.Amount { return t.Charged - t.Refunded }

// OrderTruth is what really happened to one order.
type OrderTruth struct {
	Channel    payment.ChannelName       `json:"channel"`
	Method     payment.Method            `json:"method"`
	OutTradeNo string                    `json:"out_trade_no"`
	TradeNo    string                    `json:"trade_no"` // empty for a QR that nobody has scanned
	State      State                     `json:"state"`
	Amount     payment.Amount            `json:"amount"`
	Charged    payment.Amount            `json:"charged"`  // 0 or Amount
	Refunded   payment.Amount            `json:"refunded"` // at most Charged
	Refunds    map[string]payment.Amount `json:"refunds"`  // done, by out_request_no; under "" what a cancel gave back
}

// Truth is the whole book as it stands now. It changes nothing and never
// fails, also after Close.
func (s *Sim) Truth() Truth { return s.book.truth() }

func (b *book) truth() Truth {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock()
	t := Truth{Orders: make(map[string]OrderTruth, len(b.orders))}
	for no, o := range b.orders {
		o = o.advanced(now)
		done := map[string]payment.Amount{}
		for _, r := range o.Refunds {
			if r.Done {
				done[r.RequestNo] = r.Amount
			}
		}
		t.Orders[no] = OrderTruth{
			Channel: o.Channel, Method: o.Method, OutTradeNo: no, TradeNo: o.TradeNo, State: o.State,
			Amount: o.Amount, Charged: o.Charged, Refunded: o.refunded(), Refunds: done,
		}
		t.Charged += o.Charged
		t.Refunded += o.refunded()
	}
	return t
}
