package payment

import (
	"context"
	"time"
)

// A hold sets money of the payer aside without taking it: a deposit. What is
// due is captured out of it later, the rest is released. Alipay calls this
// fund pre-authorisation (当面资金授权), WeChat 押金.
//
// The steps of a caller:
//
//  1. Make the deposit's numbers, commit it, and call Hold or HoldQR once.
//  2. While the outcome is Waiting or Unknown, call QueryHold in the rhythm of
//     HoldPolicy, then CancelHold until the channel answers, as for a payment.
//  3. Keep AuthNo, HoldID and PayerID of every outcome that has them.
//  4. Days later, commit a capture or a release with a number of its own, then
//     call Capture or Release. While it is RefundUnknown, ask QueryCapture or
//     QueryRelease; where they find nothing (Found is false), send the same
//     request again.
//  5. After a step was refused for the state of the deposit (ReasonHoldClosed,
//     ReasonHoldTooMuch), QueryHold tells what is left of it.

// The results of a hold that Channel does not know.
const (
	Held     Result = "held"     // the money was set aside for us; Rest says how much of it still is, also 0 once it was captured
	Released Result = "released" // nothing of it is set aside any more, none of it was taken
)

// Hold identifies one deposit at its channel.
type Hold struct {
	OutOrderNo string // merchant order number of the deposit, made once by NewOrderNo
	RequestNo  string // request number of the hold itself, made once; may equal OutOrderNo
	AuthNo     string // the channel's number of the deposit; empty until it gave one, set with every Held; captures and releases need it
	HoldID     string // the channel's number of the hold operation; empty until it gave one
	PayerID    string // the payer's identity at the channel (an account number or an open id), which a capture names; may stay empty
	Amount     Amount // fen that were asked to be held; an answer for another amount is not an answer for this deposit
	Wallet     Wallet // whose money it is, as in Order
}

// HoldRequest asks to set money aside. Code is empty for a QR. ReceiptNo and
// Operator are sent along where the channel has a place for them.
type HoldRequest struct {
	Hold
	Code      PayCode // what the scanner read
	Subject   string  // what the deposit is for, as the payer sees it
	ReceiptNo string
	Operator  string
	Expires   time.Duration // HoldQR: how long the QR may be used, counted in full minutes; zero for HoldPolicy's QRTimeout
}

// HoldOutcome is what one call about a hold told us. Only Result is always
// set: Held, Waiting, Failed, Closed, Released, NotFound or Unknown. Paid and
// Reversed never are.
type HoldOutcome struct {
	Result  Result
	AuthNo  string // the channel's numbers, as soon as it gave them, also with Waiting; keep them with the deposit
	HoldID  string
	PayerID string
	Payer   string    // the payer's account, masked; may be empty
	HeldAt  time.Time // the channel's time; zero when it did not say
	Credit  bool      // held on the payer's credit: no real money was set aside
	Reason  Reason
	Code    string // the channel's code, for support
	Detail  error  // for the log
	Broken  bool   // as in Outcome

	// What QueryHold says about the deposit as a whole, fen; valid only with
	// Known, which comes with Held and Released and can be missing there too.
	// What was released is Hold.Amount less both.
	Known    bool
	Rest     Amount // still set aside
	Captured Amount // taken so far, refunds of it included
}

// CaptureRequest takes a part of a deposit. It makes a trade of its own, under
// its own order number: Channel.Refund gives it back later, with an Order of
// OutTradeNo and Capture. A rest that goes back with it (ReleaseRest) has no
// request number and no release of its own: it is done when the capture is.
//
// A channel that always gives the rest back (WeChat) refuses ReleaseRest=false
// with ReasonRequest, and sends nothing.
type CaptureRequest struct {
	Hold
	OutTradeNo  string // merchant order number of the capture, made once, the same on each retry
	Capture     Amount // fen to take, more than zero and at most what is still held
	ReleaseRest bool   // release what is left after it; false keeps it held; the same on each retry
	Subject     string
	ReceiptNo   string
	Operator    string
}

// ReleaseRequest gives a part of a deposit free, or all that is left.
type ReleaseRequest struct {
	Hold
	ReleaseNo string // request number of this release, made once, the same on each retry; never RequestNo
	Release   Amount // fen, more than zero and at most what is still held; the same on each retry
	Reason    string // shown to the payer; may be empty
}

// CaptureRefundRequest gives back a part of what a capture took.
type CaptureRefundRequest struct {
	Hold
	OutTradeNo string // merchant order number of the capture
	TradeNo    string // the channel's number of the capture; empty when it gave none
	Capture    Amount // what the capture took, fen
	RequestNo  string // request number of this refund, made once, the same on each retry
	Refund     Amount // fen to give back, at most Capture
	Reason     string // shown to the payer
}

// HoldRules say what a channel can do with a deposit of a wallet. What it
// cannot do is refused with ReasonRequest, and nothing is sent.
type HoldRules struct {
	Holds       bool // it takes deposits of this wallet at all
	QR          bool // HoldQR works; else only the payer's code
	KeepRest    bool // a capture may keep the rest held; else the rest always goes back with it
	ReleasePart bool // a release may be of a part; else only of all, and only before a capture
}

// StepState is where one capture or release stands: the life of a refund.
type StepState = RefundState

// StepOutcome is what one call about a capture or a release told us.
type StepOutcome struct {
	State    StepState // RefundDone, RefundRefused or RefundUnknown
	Found    bool      // the channel knows this request; always set with RefundDone
	TradeNo  string    // capture: the channel's number of the trade; empty until known
	Waiting  bool      // RefundUnknown: the channel took the request and has not carried it out yet; ask again
	Discount Amount    // of a refund: as in RefundOutcome
	Reason   Reason    // why it was refused; with RefundUnknown a hint for the manager
	Code     string
	Detail   error
}

// Holder is a channel that can hold money. The rules of Channel hold here as
// well: nothing is retried, every call ends with ctx, and what is not an
// authenticated answer is Unknown.
type Holder interface {
	Name() ChannelName

	// HoldPolicy is the rhythm for a hold that waits for the payer.
	HoldPolicy() Policy

	// HoldRules say what can be done with deposits of a wallet.
	HoldRules(w Wallet) HoldRules

	// Hold sets money of the payer whose code was scanned aside. It is sent once
	// for each deposit, as Pay is for each tender. Only Held says that the money
	// is there; Waiting that the payer has to confirm it; Failed, Closed and
	// Released that nothing is set aside and nothing will be under these
	// numbers. Anything else is Unknown.
	Hold(ctx context.Context, r HoldRequest) HoldOutcome

	// HoldQR makes a QR with which the payer sets money aside. On Waiting, text
	// is what the QR holds. On Failed and Unknown text is empty, and Unknown
	// must be cancelled before it is given up: the QR may exist.
	HoldQR(ctx context.Context, r HoldRequest) (text string, o HoldOutcome)

	// QueryHold asks what became of a hold, and what is left of it. Held: the
	// money was set aside; Rest and Captured say what became of it since.
	// Closed: it never was. Released: all of it was given back and none taken,
	// by us, by the channel's own time limit or in the merchant's back office.
	// NotFound as in Channel.Query: not yet the end of a hold that was sent.
	// Failed never comes: a refusal to answer is Unknown.
	QueryHold(ctx context.Context, h Hold) HoldOutcome

	// CancelHold ends a hold whose outcome is unknown or that the payer did not
	// confirm in time. Closed: nothing had been held. Released: it had been held
	// and is free again. NotFound, Failed and Unknown as in Channel.Cancel. It
	// is not the way to give a deposit back that stands: channels allow a cancel
	// for a short time only, and never after a capture. Release is.
	CancelHold(ctx context.Context, h Hold) HoldOutcome

	// Capture takes a part of the deposit. RefundRefused: no money moved, and
	// none did under this number by an earlier call. A repeat of a capture that
	// was carried out is RefundDone or RefundUnknown, and moves no more money.
	Capture(ctx context.Context, r CaptureRequest) StepOutcome

	// QueryCapture asks what became of a capture. RefundDone also when it was
	// refunded since. RefundUnknown with Found false also stands for "no such
	// capture": send it again. RefundRefused: the channel closed it untaken.
	QueryCapture(ctx context.Context, r CaptureRequest) StepOutcome

	// Release gives a part of the deposit free. What was said of Capture holds
	// for it and its ReleaseNo.
	Release(ctx context.Context, r ReleaseRequest) StepOutcome

	// QueryRelease asks what became of a release. It is never RefundRefused.
	// RefundUnknown with Found false also stands for "no such release": send it
	// again.
	QueryRelease(ctx context.Context, r ReleaseRequest) StepOutcome

	// RefundCapture gives back of what a capture took. What was said of
	// Channel.Refund holds for it.
	RefundCapture(ctx context.Context, r CaptureRefundRequest) RefundOutcome

	// QueryCaptureRefund is Channel.QueryRefund for it.
	QueryCaptureRefund(ctx context.Context, r CaptureRefundRequest) RefundOutcome
}
