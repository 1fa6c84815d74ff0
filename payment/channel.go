package payment

import (
	"context"
	"time"
)

// ChannelName names a channel in the ledger and in settings: "alipay".
type ChannelName string

const (
	Alipay   ChannelName = "alipay"
	WeChat   ChannelName = "wechat"
	CloudPay ChannelName = "cloudpay"
	Cash     ChannelName = "cash"
)

// Method is how a tender is paid within its channel.
type Method string

const (
	MethodCode Method = "code" // the payer's code, scanned here
	MethodQR   Method = "qr"   // a QR shown here, scanned by the payer
	MethodCash Method = "cash" // notes and coins
)

// Result is what a channel's answer means for the money.
type Result string

const (
	Paid     Result = "paid"      // the money is ours
	Waiting  Result = "waiting"   // the order stands and the payer has to act (password, scan)
	Failed   Result = "failed"    // definite no; no money moved and none will under this order number
	Closed   Result = "closed"    // the order is closed; no money moved
	Reversed Result = "reversed"  // it was paid and has gone back
	NotFound Result = "not_found" // the channel has no such order (yet): a QR not scanned, or a request that never arrived
	Unknown  Result = "unknown"   // no authenticated answer: time-out, broken connection, 5xx, bad signature, unknown code, another order's answer
)

// Outcome is what one call to a channel told us. It is a value and not an
// error: "unknown" is something to act on. Only Result is always set.
type Outcome struct {
	Result   Result
	TradeNo  string    // the channel's own number; set once the channel gave it
	Payer    string    // the payer's account, masked by the channel; may be empty
	PaidAt   time.Time // when the channel says the money was paid; zero when it did not say
	Reason   Reason    // why, in the till's own terms; ReasonNone for Paid and for Waiting
	Code     string    // the channel's code for support, e.g. "ACQ.PAYMENT_AUTH_CODE_INVALID"; may be empty
	Detail   error     // what went wrong on the way, for the log; nil when the channel answered in order
	Password bool      // Waiting: the payer is asked for a password on the phone
	Discount Amount    // Paid: the part of the amount, fen, that the merchant gave away itself and so is not settled to it; 0 for none, and where the channel did not say
	Broken   bool      // Unknown: the channel says that this payment broke off and wants the order cancelled before that can be believed; the caller need not wait for the payer any more
}

// Order identifies one tender at its channel. The amount belongs to it: an
// answer for another amount is not an answer for this order.
type Order struct {
	OutTradeNo string // merchant order number, made once by NewOrderNo
	TradeNo    string // the channel's number, when known
	Amount     Amount // fen
	Wallet     Wallet // whose money it is; a channel that takes several wallets needs it with every call, all others ignore it
}

// PayRequest asks to charge the payer whose code was scanned.
type PayRequest struct {
	Order
	Code           PayCode // what the scanner read
	Subject        string  // what is paid for, as the payer sees it
	Undiscountable Amount  // part of Amount that no discount may touch; 0 for none
	ReceiptNo      string  // the sale's receipt number, sent along as a remark
	Operator       string  // who is at the till; may be empty
}

// QRRequest asks for a QR that the payer scans.
type QRRequest struct {
	Order
	Subject        string
	Undiscountable Amount
	ReceiptNo      string
	Operator       string
	Expires        time.Duration // how long the QR may be paid
}

// RefundRequest asks to give a part of a paid order back.
type RefundRequest struct {
	Order
	RequestNo string // made once per refund, the same on each retry
	Refund    Amount // fen to give back, at most Order.Amount
	Reason    string // shown to the payer
}

// Policy is the rhythm in which a channel wants to be asked.
type Policy struct {
	QueryEvery  time.Duration // between two queries
	PayTimeout  time.Duration // from sending until the cancel
	QRTimeout   time.Duration // how long a QR is shown until it is cancelled
	CancelAfter time.Duration // a cancel earlier than this after the pay call is refused by the channel; 0 for none
	CancelEvery time.Duration // between two cancels whose outcome was unknown

	// NoCancel says that a scanned code is never cancelled here: after
	// PayTimeout the till goes on asking, and a person looks into the channel's
	// back office. A QR is cancelled all the same.
	NoCancel bool
}

// Numbered is a channel whose merchant order numbers, and all numbers made from
// them, have to begin in a way of its own.
type Numbered interface {
	// OrderPrefix is 8 to 10 digits and small letters; see NewNumber.
	OrderPrefix() string
}

// Channel takes and gives back money at one payment service. All methods are
// safe for concurrent use, end when ctx ends, and cap what they read. None
// retries by itself: the caller keeps the state and repeats.
type Channel interface {
	Name() ChannelName
	Policy() Policy

	// Pay charges the scanned code once. Paid, Waiting and Failed are the
	// channel's own words; anything else is Unknown, also when ctx ended.
	Pay(ctx context.Context, r PayRequest) Outcome

	// ShowQR makes a QR for the order. On Waiting, text is what the QR holds.
	// On Failed and Unknown text is empty. An Unknown order must be cancelled
	// before it is given up: the QR may exist.
	ShowQR(ctx context.Context, r QRRequest) (text string, o Outcome)

	// Query asks what became of the order. NotFound means the channel
	// answered that it has no such order; for a pay code that was sent this is
	// not yet the end (the request may still be on its way): cancel, then
	// query again.
	Query(ctx context.Context, o Order) Outcome

	// Cancel ends the order whatever its state. Closed: it cannot be paid any
	// more and no money moved. Reversed: it had been paid and is given back.
	// NotFound: the channel has no such order. Failed: the channel will not
	// cancel (Reason says why); query for the truth. Unknown: repeat.
	Cancel(ctx context.Context, o Order) Outcome

	// Refund gives money back. Repeating it with the same RequestNo moves no
	// more money. Done and refused are the channel's own words.
	Refund(ctx context.Context, r RefundRequest) RefundOutcome

	// QueryRefund asks what became of a refund. RefundUnknown also stands for
	// "no such refund": repeat Refund with the same RequestNo then.
	QueryRefund(ctx context.Context, r RefundRequest) RefundOutcome
}

// RefundOutcome is what one call about a refund told us.
type RefundOutcome struct {
	State    RefundState // RefundDone, RefundRefused or RefundUnknown
	Found    bool        // QueryRefund: the channel knows this request number
	Waiting  bool        // RefundUnknown: the channel took the request and has not carried it out yet; ask again, do not send again
	Reason   Reason      // why it was refused; ReasonRefundStuck also while Waiting
	Code     string      // the channel's code, for support
	Detail   error       // for the log
	Discount Amount      // RefundDone: the part of the refund, fen, that the merchant did not have to give back because it had been a discount of its own; 0 where the channel did not say
}
