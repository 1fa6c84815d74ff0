package data

import (
	"time"

	"frontdesk/payment"
)

// Bill is a channel's bill of a day, as the ledger keeps it. Day is a calendar
// day in Beijing, from midnight to midnight, and no business day.
type Bill struct {
	Channel payment.ChannelName
	Day     Day
	ReadAt  time.Time // when this content was kept first
	Lines   int       // of all tills of the merchant
	Hash    string    // SHA-256 of the lines in canonical form, in whatever order they came; hex
}

// BillDay names a channel's bill of a calendar day in Beijing.
type BillDay struct {
	Channel payment.ChannelName
	Day     Day
}

// MatchState is how the ledger and a channel's bills agree about one movement of
// money.
type MatchState string

const (
	MatchSame        MatchState = "same"         // both say the same
	MatchOpen        MatchState = "open"         // it is not settled, or a bill that could have it is not kept yet
	MatchOnlyTill    MatchState = "only_till"    // the bill is kept and does not have it
	MatchOnlyChannel MatchState = "only_channel" // the ledger does not have it
	MatchDiffers     MatchState = "differs"      // both have it and do not say the same
)

// Difference is one movement of money about which the ledger and a channel's
// bills do not agree: MatchOnlyTill, MatchOnlyChannel or MatchDiffers.
type Difference struct {
	State     MatchState
	Channel   payment.ChannelName
	Kind      payment.BillKind
	SaleID    int64          // whose order it is; 0: none
	DepositID int64          // whose order it is; 0: none
	ReceiptNo string         // of that sale or deposit; empty for none
	OrderNo   string         // merchant order number
	RefundNo  string         // request number of a refund; empty where there is none
	TradeNo   string         // the channel's number; may be empty
	Till      payment.Amount // what the ledger says, fen; 0 for nothing
	Billed    payment.Amount // what the bills say, fen; 0 for nothing, below 0 for a payment of which they only say that it was undone
	At        time.Time      // when the money moved: as the channel says where it does, else when it was asked for
}

// ReconciledChannel is a channel's part of a reconciliation.
type ReconciledChannel struct {
	Channel   payment.ChannelName
	Same      int
	Open      int
	Different int
	ReadAt    time.Time // of the newest bill that counts here; zero for none
}

// Reconciliation compares what counts on a business day in the ledger with the
// channels' bills. A payment, refund or capture that neither of them has moved
// is in no count.
type Reconciliation struct {
	Day         Day
	Same        int
	Open        int
	Differences []Difference        // oldest first
	Channels    []ReconciledChannel // those with something to say, by name
}
