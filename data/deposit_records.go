package data

import (
	"time"

	"frontdesk/payment"
)

// DepositState is what became of a deposit. It is derived from its hold, its
// sums and its open steps alone.
type DepositState string

const (
	DepositPending  DepositState = "pending"  // the hold is on its way
	DepositUnknown  DepositState = "unknown"  // the outcome of the hold, or of a step, is not known
	DepositHeld     DepositState = "held"     // something is still held
	DepositCaptured DepositState = "captured" // nothing is held any more, something was captured
	DepositReleased DepositState = "released" // nothing is held any more, nothing was captured
	DepositFailed   DepositState = "failed"   // the channel refused the hold; no money was set aside
	DepositClosed   DepositState = "closed"   // the hold was cancelled or expired; no money was set aside
)

// Deposit is money of a guest that is set aside: at a channel, or as cash in
// the drawer. Captured + Released <= Held always, steps under way included.
type Deposit struct {
	ID         int64
	ReceiptNo  string // payment.ReceiptNo with its own, gapless sequence: the till's number plus 50, so it is never a sale's
	Day        Day
	CreatedAt  time.Time
	Channel    payment.ChannelName
	Method     payment.Method
	Wallet     payment.Wallet
	OutOrderNo string         // merchant order number of the deposit, unique, made once
	RequestNo  string         // request number of the hold, made once
	AuthNo     string         // the channel's numbers; empty until it gave them
	HoldID     string         //
	PayerID    string         // the payer's identity at the channel, which a capture names
	Payer      string         // masked account; may be empty
	MaskedCode string         // "28…4471"; empty unless MethodCode
	Amount     payment.Amount // asked for, fen
	Tendered   payment.Amount // cash handed over; 0 for other channels
	Change     payment.Amount // cash given back at once
	Held       payment.Amount // set aside: Amount once the hold is there, else 0
	Captured   payment.Amount // taken, fen
	Released   payment.Amount // given free, fen
	Refunded   payment.Amount // given back out of what was captured, fen
	Hold       payment.State  // life of the hold: StatePaid stands for held, StateReversed for held and given free by a cancel
	State      DepositState
	Attention  Attention
	Reason     payment.Reason // why the hold ended without money; empty otherwise
	Code       string         // the channel's code; may be empty

	Room, Guest, Phone string // may be empty
	Nights             int    // 0 for not said
	Remark             string

	CancelAsked bool
	Parked      bool
	HeldAt      time.Time // the channel's own time; zero when unknown
	EndedAt     time.Time // when the hold became final; zero while open
	Late        bool
	Queries     int
	Cancels     int
	Staff       Staff
	ShiftID     int64 // the shift it belongs to; 0 in old records
}

// Left is what is still held, in fen. Steps under way are not taken off.
func (d Deposit) Left() payment.Amount { return d.Held - d.Captured - d.Released }

// StepKind is what a step does with a deposit.
type StepKind string

const (
	StepCapture StepKind = "capture" // take a part; the rest stays held or is released with it
	StepRelease StepKind = "release" // give a part free
	StepRefund  StepKind = "refund"  // give back out of what a capture took
)

// Step is one operation on a held deposit, with its own number, committed
// before it is sent.
type Step struct {
	ID          int64
	DepositID   int64
	ReceiptNo   string // of the deposit
	Kind        StepKind
	Number      string         // out_trade_no of a capture, request number of the others; unique, made once
	TradeNo     string         // capture: the channel's number; empty until it gave one
	Amount      payment.Amount // fen
	ReleaseRest bool           // capture: what is left is released with it, in the same act
	Rest        payment.Amount // capture with ReleaseRest: how much that is, fixed when the step was made
	OfStep      int64          // refund: the capture it gives back from; 0 otherwise
	Refunded    payment.Amount // capture: what was given back of it
	State       payment.StepState
	Why         payment.Reason
	Code        string
	Reason      string // the person's words; may be empty for captures
	Staff       Staff
	Day         Day
	CreatedAt   time.Time
	EndedAt     time.Time
	Tries       int
	ShiftID     int64 // the shift it belongs to; 0 in old records
}

// DepositDetail is a deposit with everything that belongs to it, oldest first.
type DepositDetail struct {
	Deposit
	Steps  []Step
	Events []Event
	Prints []PrintJob
}

// Print kinds of deposits. A reprint is a PrintReprint, and the slip of a
// refund out of a capture a PrintRefund, both with their DepositID.
const (
	PrintDeposit  PrintKind = "deposit"  // automatic, once per deposit: what is held, signed by the guest
	PrintCheckout PrintKind = "checkout" // automatic, once per capture or release
)

// DepositTotals is one or more business days of deposits: OpeningHeld + Taken -
// Captured - Released = ClosingHeld. Money counts where it was asked for, as in
// Figures.
//
// Of cash, Taken - Released - Refunded is what the deposits of these days
// brought into the drawer.
type DepositTotals struct {
	OpeningHeld payment.Amount `json:"opening_held"` // still held when the first day began
	Takes       int            `json:"takes"`
	Taken       payment.Amount `json:"taken"`
	Captures    int            `json:"captures"`
	Captured    payment.Amount `json:"captured"`
	Releases    int            `json:"releases"` // rests that went back with a capture, and holds that the channel gave free by itself, included
	Released    payment.Amount `json:"released"`
	Refunds     int            `json:"refunds"` // out of captures
	Refunded    payment.Amount `json:"refunded"`
	ClosingHeld payment.Amount `json:"closing_held"` // still held when the last day ended
	Held        int            `json:"held"`         // deposits with something held now
	Unknown     int            `json:"unknown"`      // deposits with an open question now
}
