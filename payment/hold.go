package payment

import (
	"context"
	"time"
)

// A hold sets money of the payer aside without taking it: a deposit. What is
// due is captured out of it later, the rest is released. Alipay calls this
// fund pre-authorisation (当面资金授权), WeChat 押金.

// The results of a hold that Channel does not know.
const (
	Held     Result = "held"     // the money is set aside for us
	Released Result = "released" // nothing of it is set aside any more, none of it was taken
)

// Hold identifies one deposit at its channel.
type Hold struct {
	OutOrderNo string // merchant order number of the deposit, made once by NewOrderNo
	RequestNo  string // request number of the hold itself, made once; may equal OutOrderNo
	AuthNo     string // the channel's number of the deposit; empty until it gave one
	HoldID     string // the channel's number of the hold operation; empty until it gave one
	PayerID    string // the payer's identity at the channel, which a capture must name; empty until the channel gave it
	Amount     Amount // fen that were asked to be held
}

// HoldRequest asks to set money aside. Code is empty for a QR.
type HoldRequest struct {
	Hold
	Code      PayCode // what the scanner read
	Subject   string  // what the deposit is for, as the payer sees it
	ReceiptNo string
	Operator  string
	Expires   time.Duration // HoldQR: how long the QR may be used
}

// HoldOutcome is what one call about a hold told us. Only Result is always
// set: Held, Waiting, Failed, Closed, Released, NotFound or Unknown.
type HoldOutcome struct {
	Result  Result
	AuthNo  string // the channel's numbers, once it gave them; keep them with the deposit
	HoldID  string
	PayerID string
	Payer   string    // the payer's account, masked; may be empty
	HeldAt  time.Time // the channel's time; zero when it did not say
	Credit  bool      // held on the payer's credit: no real money was set aside
	Reason  Reason
	Code    string // the channel's code, for support
	Detail  error  // for the log

	// What QueryHold says about the deposit as a whole, fen; valid only with
	// Known.
	Known    bool
	Rest     Amount // still set aside
	Captured Amount // taken so far
}

// CaptureRequest takes a part of a deposit. It makes a trade of its own, under
// its own order number, which Channel.Refund can give back later.
type CaptureRequest struct {
	Hold
	OutTradeNo  string // merchant order number of the capture, made once, the same on each retry
	Capture     Amount // fen to take, at most what is still held
	ReleaseRest bool   // release what is left after it; false keeps it held
	Subject     string
	ReceiptNo   string
	Operator    string
}

// ReleaseRequest gives a part of a deposit free, or all that is left.
type ReleaseRequest struct {
	Hold
	ReleaseNo string // request number of this release, made once, the same on each retry
	Release   Amount // fen
	Reason    string // shown to the payer
}

// StepState is where one capture or release stands: the life of a refund.
type StepState = RefundState

// StepOutcome is what one call about a capture or a release told us.
type StepOutcome struct {
	State   StepState // RefundDone, RefundRefused or RefundUnknown
	Found   bool      // queries: the channel knows this request
	TradeNo string    // capture: the channel's number of the trade; empty until known
	Waiting bool      // capture: the channel took the request and has not carried it out yet; ask again
	Reason  Reason    // why it was refused
	Code    string
	Detail  error
}

// Holder is a channel that can hold money. The rules of Channel hold here as
// well: nothing is retried, every call ends with ctx, and what is not an
// authenticated answer is Unknown.
type Holder interface {
	Name() ChannelName

	// HoldPolicy is the rhythm for a hold that waits for the payer.
	HoldPolicy() Policy

	// Hold sets money of the payer whose code was scanned aside. Only Held says
	// that the money is there.
	Hold(ctx context.Context, r HoldRequest) HoldOutcome

	// HoldQR makes a QR with which the payer sets money aside. On Waiting, text
	// is what the QR holds.
	HoldQR(ctx context.Context, r HoldRequest) (text string, o HoldOutcome)

	// QueryHold asks what became of a hold, and what is left of it.
	QueryHold(ctx context.Context, h Hold) HoldOutcome

	// CancelHold ends a hold of which nothing was captured. Closed: nothing had
	// been held. Released: it had been held and is free again. NotFound,
	// Failed and Unknown as in Channel.Cancel.
	CancelHold(ctx context.Context, h Hold) HoldOutcome

	// Capture takes a part of the deposit, QueryCapture asks what became of it.
	// Repeating a capture with the same OutTradeNo moves no more money.
	Capture(ctx context.Context, r CaptureRequest) StepOutcome
	QueryCapture(ctx context.Context, r CaptureRequest) StepOutcome

	// Release gives a part of the deposit free, QueryRelease asks what became
	// of it. Repeating a release with the same ReleaseNo frees no more money.
	Release(ctx context.Context, r ReleaseRequest) StepOutcome
	QueryRelease(ctx context.Context, r ReleaseRequest) StepOutcome
}
