package paysim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/bits"
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
	Account  string              `json:"account,omitempty"`  // whose it is, where one front knows several merchants
	TradeNo  string              `json:"trade_no,omitempty"` // "" until the channel has a trade: an unscanned QR has none
	Amount   payment.Amount      `json:"amount"`
	Subject  string              `json:"subject"`
	Attach   string              `json:"attach,omitempty"` // what the wire says again with every answer, where it has such a thing
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

	Charged        payment.Amount `json:"charged"`
	Discount       payment.Amount `json:"discount,omitempty"`       // part of Charged that the merchant gave away and is not settled
	Undiscountable payment.Amount `json:"undiscountable,omitempty"` // part of Amount that no discount may touch
	Refunds        []refund       `json:"refunds,omitempty"`

	Cloud cloudNote `json:"cloud,omitzero"` // what only Cloud Pay keeps
}

// refund is one request number of one order.
type refund struct {
	RequestNo string         `json:"request_no"` // "" for the one that a cancel made
	Amount    payment.Amount `json:"amount"`
	Discount  payment.Amount `json:"discount,omitempty"` // part of Amount that does not leave the merchant's account, because it never came there
	Done      bool           `json:"done"`               // false: tried, and no money moved
	At        time.Time      `json:"at"`
	Cloud     cloudNote      `json:"cloud,omitzero"`
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

// takenBack is the part of what went back that had been a discount.
func (o order) takenBack() payment.Amount {
	var sum payment.Amount
	for _, r := range o.Refunds {
		sum += r.Discount
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
	if o.Scenario == paidWithDiscount {
		o.Discount = min(max(o.Amount/10, 1), o.Amount-o.Undiscountable)
	}
	return o
}

// repaid is the order once the refund at place i was carried out.
func (o order) repaid(i int, at time.Time) order {
	r := &o.Refunds[i]
	before := o.refunded()
	r.Discount = o.discountWithin(before+r.Amount) - o.discountWithin(before)
	r.Done, r.At = true, at
	return o
}

// discountWithin is how much of the discount has been taken back once so much of
// the order was refunded: in proportion, rounded down. Each refund takes its
// step along it, so the parts add up to the discount when all is refunded, and
// none is larger than its refund.
func (o order) discountWithin(refunded payment.Amount) payment.Amount {
	if o.Discount == 0 {
		return 0
	}
	high, low := bits.Mul64(uint64(o.Discount), uint64(refunded)) // the product may not fit into 64 bits
	part, _ := bits.Div64(high, low, uint64(o.Charged))
	return payment.Amount(part)
}

// sentBack is what refunds took out of the merchant's account.
func (o order) sentBack() payment.Amount { return o.refunded() - o.takenBack() }

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
	o.Refunds = append(o.Refunds, refund{Amount: o.Charged - o.refunded()})
	return o.repaid(len(o.Refunds)-1, now)
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
	case o.Discount < 0 || o.Discount > o.Charged || o.takenBack() != o.discountWithin(refunded):
		wrong = "is discounted wrongly"
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
