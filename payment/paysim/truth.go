package paysim

import "frontdesk/payment"

// Truth is what really happened to the money, at one moment. Amounts are fen.
type Truth struct {
	Orders   map[string]OrderTruth `json:"orders"`    // by out_trade_no, captures of holds included; a pay code that was refused leaves no order, at Cloud Pay a closed one
	Charged  payment.Amount        `json:"charged"`   // sum over all orders
	Refunded payment.Amount        `json:"refunded"`  // sum over all orders, what cancels gave back included
	Discount payment.Amount        `json:"discount"`  // part of Charged that the merchant gave away itself
	Settled  payment.Amount        `json:"settled"`   // what came into the merchant's account: Charged less Discount
	SentBack payment.Amount        `json:"sent_back"` // what refunds took out of it: Refunded less their share of Discount

	Holds    map[string]HoldTruth `json:"holds"`    // by out_order_no; a pay code that was refused leaves no hold, at Cloud Pay a closed one
	Held     payment.Amount       `json:"held"`     // ever set aside, sum over all holds
	Captured payment.Amount       `json:"captured"` // sum over all holds; it is in Charged too
	Released payment.Amount       `json:"released"` // sum over all holds, what cancels and captures released included
}

// Net is what the payers have given for good: charged less refunded.
func (t Truth) Net() payment.Amount { return t.Charged - t.Refunded }

// Rest is what is set aside now.
func (t Truth) Rest() payment.Amount { return t.Held - t.Captured - t.Released }

// OrderTruth is what really happened to one order.
type OrderTruth struct {
	Channel    payment.ChannelName       `json:"channel"`
	Method     payment.Method            `json:"method"`
	Wallet     payment.Wallet            `json:"wallet"`
	OutTradeNo string                    `json:"out_trade_no"` // of a capture on a wire where captures have no number: that of the hold
	TradeNo    string                    `json:"trade_no"`     // empty for a QR that nobody has scanned
	State      State                     `json:"state"`
	Amount     payment.Amount            `json:"amount"`
	Charged    payment.Amount            `json:"charged"`  // 0 or Amount
	Refunded   payment.Amount            `json:"refunded"` // at most Charged
	Refunds    map[string]payment.Amount `json:"refunds"`  // done, by out_request_no; under "" what a cancel gave back

	Discount        payment.Amount            `json:"discount"`         // part of Charged that the merchant gave away itself
	Settled         payment.Amount            `json:"settled"`          // Charged less Discount
	SentBack        payment.Amount            `json:"sent_back"`        // what refunds took out of the merchant's account
	RefundDiscounts map[string]payment.Amount `json:"refund_discounts"` // of each of Refunds: the part of it that is not in SentBack

	Hold string `json:"hold"` // out_order_no of the hold it was captured out of; empty for a payment
}

// HoldTruth is what really happened to one hold.
type HoldTruth struct {
	Channel    payment.ChannelName       `json:"channel"`
	Method     payment.Method            `json:"method"`
	Wallet     payment.Wallet            `json:"wallet"`
	OutOrderNo string                    `json:"out_order_no"`
	AuthNo     string                    `json:"auth_no"` // empty for a QR that nobody has scanned
	State      State                     `json:"state"`   // Offered, Waiting, Closed, Held, Finished or Released
	Amount     payment.Amount            `json:"amount"`
	Held       payment.Amount            `json:"held"` // 0 or Amount; what went out of it later is not taken off
	Captured   payment.Amount            `json:"captured"`
	Released   payment.Amount            `json:"released"`
	Rest       payment.Amount            `json:"rest"`     // Held less Captured less Released: set aside now
	Captures   map[string]payment.Amount `json:"captures"` // done, by out_trade_no of the order they made
	Releases   map[string]payment.Amount `json:"releases"` // done, by out_request_no; under "" what a cancel or a capture released, or a request without a number
}

// Truth is the whole book as it stands now. It changes nothing and never
// fails, also after Close.
func (s *Sim) Truth() Truth { return s.book.truth() }

func (b *book) truth() Truth {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.open() // and thrown away: asking changes nothing
	t := Truth{Orders: make(map[string]OrderTruth, len(b.orders)), Holds: make(map[string]HoldTruth, len(b.holds))}
	for no := range b.orders {
		o, _ := p.find(no)
		t.Orders[no] = o.truth()
		t.Charged += o.Charged
		t.Refunded += o.refunded()
		t.Discount += o.Discount
		t.Settled += o.Charged - o.Discount
		t.SentBack += o.sentBack()
	}
	for no := range b.holds {
		h, _ := p.findHold(no)
		t.Holds[no] = h.truth()
		t.Held += h.Held
		t.Captured += h.captured()
		t.Released += h.released()
	}
	return t
}

func (o order) truth() OrderTruth {
	done, discounts := map[string]payment.Amount{}, map[string]payment.Amount{}
	for _, r := range o.Refunds {
		if r.Done {
			done[r.RequestNo], discounts[r.RequestNo] = r.Amount, r.Discount
		}
	}
	return OrderTruth{
		Channel: o.Channel, Method: o.Method, Wallet: o.Wallet, OutTradeNo: o.No, TradeNo: o.TradeNo, State: o.State,
		Amount: o.Amount, Charged: o.Charged, Refunded: o.refunded(), Refunds: done, Hold: o.Hold,
		Discount: o.Discount, Settled: o.Charged - o.Discount, SentBack: o.sentBack(), RefundDiscounts: discounts,
	}
}

func (h hold) truth() HoldTruth {
	done := map[stepKind]map[string]payment.Amount{capture: {}, release: {}}
	for _, s := range h.Steps {
		if s.Done {
			done[s.Kind][s.No] = s.Amount
		}
	}
	return HoldTruth{
		Channel: h.Channel, Method: h.Method, Wallet: h.Wallet, OutOrderNo: h.No, AuthNo: h.AuthNo, State: h.State,
		Amount: h.Amount, Held: h.Held, Captured: h.captured(), Released: h.released(), Rest: h.rest(),
		Captures: done[capture], Releases: done[release],
	}
}
