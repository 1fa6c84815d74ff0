package main

import (
	"frontdesk/data"
	"frontdesk/payment"
)

// The shapes that programs read. Every amount is fen.

type saleJSON struct {
	ReceiptNo   string         `json:"receipt_no"`
	BusinessDay data.Day       `json:"business_day"`
	Amount      payment.Amount `json:"amount"`
	Paid        payment.Amount `json:"paid"`
	Refunded    payment.Amount `json:"refunded"`
	State       data.SaleState `json:"state"`
	Tenders     []tenderJSON   `json:"tenders"`
}

type tenderJSON struct {
	Channel    payment.ChannelName `json:"channel"`
	Method     payment.Method      `json:"method"`
	OutTradeNo string              `json:"out_trade_no"`
	TradeNo    string              `json:"trade_no"` // empty for cash, and until the channel gave one
	Amount     payment.Amount      `json:"amount"`
	Refunded   payment.Amount      `json:"refunded"`
	State      payment.State       `json:"state"`
}

func saleOf(d data.SaleDetail) saleJSON {
	s := saleJSON{
		ReceiptNo: d.ReceiptNo, BusinessDay: d.Day, Amount: d.Amount, Paid: d.Paid, Refunded: d.Refunded, State: d.State,
		Tenders: []tenderJSON{},
	}
	for _, t := range d.Tenders {
		s.Tenders = append(s.Tenders, tenderJSON{
			Channel: t.Channel, Method: t.Method, OutTradeNo: t.OutTradeNo, TradeNo: t.TradeNo,
			Amount: t.Amount, Refunded: t.Refunded, State: t.State,
		})
	}
	return s
}

type qrJSON struct {
	QR   string   `json:"qr"` // what the QR holds
	Sale saleJSON `json:"sale"`
}

type refundJSON struct {
	State   string      `json:"state"` // "refunded", "refused" or "unknown"
	Refunds []oneRefund `json:"refunds"`
	Sale    saleJSON    `json:"sale"`
}

type oneRefund struct {
	RequestNo string              `json:"request_no"`
	Channel   payment.ChannelName `json:"channel"`
	Amount    payment.Amount      `json:"amount"`
	State     payment.RefundState `json:"state"`
	Reason    payment.Reason      `json:"reason"` // why it was refused; empty otherwise
}

// depositJSON is a deposit. captured + released + left = held always.
type depositJSON struct {
	ReceiptNo   string              `json:"receipt_no"`
	BusinessDay data.Day            `json:"business_day"` // on which it was taken
	Channel     payment.ChannelName `json:"channel"`
	Method      payment.Method      `json:"method"`
	OutOrderNo  string              `json:"out_order_no"`
	AuthNo      string              `json:"auth_no"` // empty for cash, and until the channel gave one
	Amount      payment.Amount      `json:"amount"`  // asked for
	Held        payment.Amount      `json:"held"`    // set aside; what went out of it later is not taken off
	Captured    payment.Amount      `json:"captured"`
	Released    payment.Amount      `json:"released"`
	Refunded    payment.Amount      `json:"refunded"` // out of what was captured
	Left        payment.Amount      `json:"left"`     // still held
	State       data.DepositState   `json:"state"`
	Room        string              `json:"room"`
	Guest       string              `json:"guest"`
	Phone       string              `json:"phone"`
	Nights      int                 `json:"nights"` // 0 for not said
	Steps       []stepJSON          `json:"steps"`
}

type stepJSON struct {
	Kind     data.StepKind     `json:"kind"`
	Number   string            `json:"number"`
	TradeNo  string            `json:"trade_no"` // capture: empty for cash, and until the channel gave one
	Amount   payment.Amount    `json:"amount"`
	Rest     payment.Amount    `json:"rest"`     // capture: what is released with it
	Refunded payment.Amount    `json:"refunded"` // capture: what was given back of it
	State    payment.StepState `json:"state"`
	Reason   payment.Reason    `json:"reason"` // why it was refused; empty otherwise
}

func depositOf(d data.DepositDetail) depositJSON {
	j := depositJSON{
		ReceiptNo: d.ReceiptNo, BusinessDay: d.Day, Channel: d.Channel, Method: d.Method, OutOrderNo: d.OutOrderNo, AuthNo: d.AuthNo,
		Amount: d.Amount, Held: d.Held, Captured: d.Captured, Released: d.Released, Refunded: d.Refunded, Left: d.Left(), State: d.State,
		Room: d.Room, Guest: d.Guest, Phone: d.Phone, Nights: d.Nights, Steps: []stepJSON{},
	}
	for _, s := range d.Steps {
		j.Steps = append(j.Steps, stepJSON{
			Kind: s.Kind, Number: s.Number, TradeNo: s.TradeNo, Amount: s.Amount, Rest: s.Rest, Refunded: s.Refunded, State: s.State, Reason: s.Why,
		})
	}
	return j
}

type settleJSON struct {
	Open     int           `json:"open"`     // payments, refunds, holds and steps of deposits that still have no result
	Sales    []saleJSON    `json:"sales"`    // those that had something open, as they are now
	Deposits []depositJSON `json:"deposits"` // the same
}

type verifyJSON struct {
	Good     bool          `json:"good"`
	Rows     int64         `json:"rows"` // of the journal
	Sales    int64         `json:"sales"`
	Tenders  int64         `json:"tenders"`
	Refunds  int64         `json:"refunds"`
	Deposits int64         `json:"deposits"`
	Steps    int64         `json:"steps"`    // captures, releases and refunds of deposits
	Head     string        `json:"head"`     // hash of the journal's last row, hex
	Unproved int64         `json:"unproved"` // rows whose key is not here
	Problems []problemJSON `json:"problems"`
	More     int           `json:"more"` // problems beyond the list
}

type problemJSON struct {
	Kind   data.ProblemKind `json:"kind"`
	Table  string           `json:"table"`
	ID     int64            `json:"id"`
	Detail string           `json:"detail"`
}

type settingJSON struct {
	Key    string `json:"key"`
	Value  string `json:"value"` // always empty for a secret
	Set    bool   `json:"set"`   // false while the default holds
	Secret bool   `json:"secret"`
}
