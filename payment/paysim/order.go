package paysim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"frontdesk/payment"
)

// fromHold is the method of an order that was captured out of a hold.
const fromHold payment.Method = "hold"

// State is where an order or a hold of the book stands. A refund is a sum
// beside it.
type State string

const (
	Offered  State = "offered"  // a QR exists and nobody has scanned it: the channel knows no trade yet
	Waiting  State = "waiting"  // the payer has to act
	Paid     State = "paid"     // charged; some or all of it may have been refunded
	Closed   State = "closed"   // cancelled, closed or expired without a charge
	Reversed State = "reversed" // was charged, and a cancel gave all of it back
)

// order is one order number in the book, of whatever channel. The book gives
// out copies; an order is changed by putting the copy back.
type order struct {
	No       string              `json:"out_trade_no"`
	Channel  payment.ChannelName `json:"channel"`
	Method   payment.Method      `json:"method"`
	Wallet   payment.Wallet      `json:"wallet"`             // whose money it is
	TradeNo  string              `json:"trade_no,omitempty"` // "" until the channel has a trade: an unscanned QR has none
	Amount   payment.Amount      `json:"amount"`
	Subject  string              `json:"subject"`
	State    State               `json:"state"`
	Scenario int                 `json:"scenario,omitempty"`
	Payer    payer               `json:"payer,omitzero"`
	CodeHash string              `json:"code_hash,omitempty"` // of the code that was spent; the code itself is nobody's to keep
	QR       string              `json:"qr,omitempty"`
	Hold     string              `json:"hold_no,omitempty"` // the hold that it was captured out of; "" for a payment

	Created   time.Time `json:"created"`
	QRExpires time.Time `json:"qr_expires,omitzero"` // after which nobody can scan
	Expires   time.Time `json:"expires"`             // after which an unpaid order is closed
	PayAt     time.Time `json:"pay_at,omitzero"`     // when the payer will have entered the password; zero for never
	PaidAt    time.Time `json:"paid_at,omitzero"`

	Queries int    `json:"queries,omitempty"` // answered while waiting for the password
	Cancels int    `json:"cancels,omitempty"` // cancels that ended in a forced system error
	Action  string `json:"action,omitempty"`  // what a cancel did: "close" or "refund"; a repeated cancel says it again

	Charged payment.Amount `json:"charged"`
	Refunds []refund       `json:"refunds,omitempty"`
}

// refund is one request number of one order.
type refund struct {
	RequestNo string         `json:"request_no"` // "" for the one that a cancel made
	Amount    payment.Amount `json:"amount"`
	Done      bool           `json:"done"` // false: tried, and no money moved
	At        time.Time      `json:"at"`
}

// refunded is the sum of what went back.
func (o order) refunded() payment.Amount {
	var sum payment.Amount
	for _, r := range o.Refunds {
		if r.Done {
			sum += r.Amount
		}
	}
	return sum
}

// findRefund is the place of a request number, or -1.
func (o order) findRefund(requestNo string) int {
	return slices.IndexFunc(o.Refunds, func(r refund) bool { return r.RequestNo == requestNo })
}

// advanced is the order as time has made it by now: a password entered, an
// unpaid order expired, whichever came first.
func (o order) advanced(now time.Time) order {
	switch o.State {
	case Offered:
		if !now.Before(o.QRExpires) || !now.Before(o.Expires) {
			o.State = Closed
		}
	case Waiting:
		due := !o.PayAt.IsZero() && !now.Before(o.PayAt)
		switch {
		case due && o.PayAt.Before(o.Expires):
			return o.paid(o.PayAt)
		case !now.Before(o.Expires):
			o.State = Closed
		}
	}
	return o
}

// paid is the order once the payer was charged.
func (o order) paid(at time.Time) order {
	o.State, o.Charged, o.PaidAt = Paid, o.Amount, at
	return o
}

// cancelled is an order that waits once a cancel has reached it: closed, or paid
// in that very moment, and then the caller gives it back. unknown is 1 or 2 for
// the first cancels of a code that wants them without a result: the order waits
// on. An order that does not wait is left as it is.
func (o order) cancelled(now time.Time) (after order, unknown int) {
	switch {
	case o.State != Waiting:
	case o.Scenario == paidAtCancel:
		o = o.paid(now)
	case o.Scenario == cancelUnknownTwice && o.Cancels < 2:
		o.Cancels++
		return o, o.Cancels
	default:
		o.State = Closed
	}
	return o, 0
}

// reversed is a paid order once a cancel has given all of it back.
func (o order) reversed(now time.Time) order {
	o.State = Reversed
	o.Refunds = append(o.Refunds, refund{Amount: o.Charged - o.refunded(), Done: true, At: now})
	return o
}

// check finds what no order may ever be.
func (o order) check() error {
	refunded := o.refunded()
	wrong := ""
	switch {
	case o.No == "" || o.Amount <= 0 || o.Amount > payment.MaxAmount:
		wrong = "has no number or no amount"
	case o.Charged != 0 && o.Charged != o.Amount:
		wrong = "is charged in part"
	case refunded < 0 || refunded > o.Charged:
		wrong = "is refunded more than charged"
	case (o.State == Paid || o.State == Reversed) != (o.Charged > 0):
		wrong = "is charged in the wrong state"
	case o.State == Reversed && refunded != o.Charged:
		wrong = "is reversed in part"
	}
	if wrong != "" {
		return fmt.Errorf("paysim: order %q %s: state %s, amount %s, charged %s, refunded %s", o.No, wrong, o.State, o.Amount, o.Charged, refunded)
	}
	return nil
}

func hashCode(code payment.PayCode) string {
	sum := sha256.Sum256([]byte(code.Raw()))
	return hex.EncodeToString(sum[:])
}
