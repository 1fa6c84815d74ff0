package payment

import (
	"context"
	"errors"
	"time"
)

// A bill is what a channel booked on one day of its own calendar: Beijing, from
// midnight to midnight, by the time at which the money moved. It is read to
// compare the till's ledger with, and for the channel's fees.
//
// A merchant's bill holds everything of that merchant, also what other tills and
// other programs sold; OrderTill tells a till's own numbers.

// BillKind is what a line of a bill is about.
type BillKind string

const (
	BilledPayment  BillKind = "payment"  // money came in, a capture out of a deposit included
	BilledRefund   BillKind = "refund"   // money went back on the merchant's request
	BilledReversal BillKind = "reversal" // a payment was undone as a whole by a cancel
)

// BillLine is one movement of money. Amounts are fen.
type BillLine struct {
	Kind     BillKind
	OrderNo  string    // the merchant's number of the order whose money it is; never empty
	RefundNo string    // BilledRefund: the merchant's request number; may be empty where the channel does not tell. Empty for the others
	TradeNo  string    // the channel's own number; may be empty
	Wallet   Wallet    // whose money it is; may be WalletNone where the channel does not tell
	Amount   Amount    // above 0, whatever the direction: the order's amount, or what was asked to be given back
	Discount Amount    // the merchant's own part of Amount; 0 also where the channel does not say
	Fee      Amount    // what the channel kept for it; below 0 where it gave a fee back. Read only with FeeKnown
	FeeKnown bool      // the channel told the fee of this line, in whole fen
	At       time.Time // when the channel booked it; never zero
}

// ErrBillLater is the answer of a channel that has not made the bill yet: of
// today, or of yesterday too early in the morning. Asking again later is all.
//
// It is also the answer of a channel that makes no bills but lists what it has: a
// list of today can still grow, and so can that of yesterday while a payment of
// the last minutes is not confirmed. Yesterday's is told by noon, unless the channel
// still waits for a payment that was begun on that day.
var ErrBillLater = errors.New("the channel has not made this bill yet")

// Biller is a channel that tells what it booked.
type Biller interface {
	// Bill reads the whole bill of the day in Beijing that at lies in. No lines
	// and no error mean that the channel booked nothing. A bill that is
	// incomplete, damaged, or has a line that is not understood is an error and
	// gives no lines: half a bill would show money as missing. ErrBillLater is
	// among the errors that errors.Is finds.
	Bill(ctx context.Context, at time.Time) ([]BillLine, error)
}
