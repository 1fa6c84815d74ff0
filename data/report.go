package data

import (
	"time"

	"frontdesk/payment"
)

// Figures are sums over payments and refunds, as the field defines them, fen.
// Money counts where it was asked for: in the day, hour and shift of its
// tender or refund, whenever the channel confirmed it.
type Figures struct {
	Sales          int            `json:"sales"`           // sales with money, counted where their first money came in
	Payments       int            `json:"payments"`        // number of trades: tenders paid, less those the channel took back
	Trade          payment.Amount `json:"trade"`           // trade amount: what was paid
	Discount       payment.Amount `json:"discount"`        // the merchant's own part of it, which is not settled
	Settled        payment.Amount `json:"settled"`         // Trade - Discount
	Refunds        int            `json:"refunds"`         // number of refunds asked for and not refused
	Refunded       payment.Amount `json:"refunded"`        // their amount
	RefundsSettled int            `json:"refunds_settled"` // number of refunds that are done
	RefundSettled  payment.Amount `json:"refund_settled"`  // what they took from the merchant: their amount less discounts that fell away with them
	Net            payment.Amount `json:"net"`             // net received: Settled - RefundSettled
	Fee            payment.Amount `json:"fee"`             // what the channels kept for it, as far as their bills say; below 0 where they gave more fees back
	FeeOpen        int            `json:"fee_open"`        // payments and refunds through channels whose fee is not known
}

// SameMoney reports whether f and g agree about the money of sales. The channels'
// fees are left out: they are known a day later, and change nothing of it.
func (f Figures) SameMoney(g Figures) bool {
	f.Fee, f.FeeOpen = g.Fee, g.FeeOpen
	return f == g
}

// Slice is the part of a report that belongs to one channel, person, shift,
// hour or day. Only what the slice is cut by is set.
type Slice struct {
	Channel payment.ChannelName `json:"channel,omitempty"`
	Method  payment.Method      `json:"method,omitempty"`
	Wallet  payment.Wallet      `json:"wallet,omitempty"`
	Staff   Staff               `json:"staff,omitzero"`
	Shift   ShiftName           `json:"shift,omitzero"`
	Day     Day                 `json:"day,omitempty"`
	Hour    int                 `json:"hour"` // 0 to 23 in Beijing; -1 where it is not cut by hour
	Figures
}

// ShiftName tells shifts apart in a report.
type ShiftName struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Staff Staff  `json:"staff"`
	Open  bool   `json:"open"`
}

// Drawer is what cash did, fen: Float + Paid - Refunded + Deposits + In - Out =
// Expected, and Counted - Expected = Difference.
//
// Of days, Float is what the drawer held when the first one began, with what
// shifts that began on them found there; the differences that their shifts
// counted are summed, and Counted is what should be there after the last day.
type Drawer struct {
	Float      payment.Amount `json:"float"`
	Paid       payment.Amount `json:"paid"`
	Refunded   payment.Amount `json:"refunded"`
	Deposits   payment.Amount `json:"deposits"` // taken less given back, of cash deposits; below 0 when more went out
	In         payment.Amount `json:"in"`
	Out        payment.Amount `json:"out"`
	Expected   payment.Amount `json:"expected"`
	IsCounted  bool           `json:"is_counted"` // somebody counted; else Counted is 0
	Counted    payment.Amount `json:"counted"`
	Difference payment.Amount `json:"difference"` // where nobody counted, what a close set right: no drawer holds less than nothing
}

// OpenSums is what has no result yet: of unknown outcome, or still on its way.
type OpenSums struct {
	Payments int            `json:"payments"`
	Paid     payment.Amount `json:"paid"` // what they would bring
	Refunds  int            `json:"refunds"`
	Refunded payment.Amount `json:"refunded"` // what they would give back
	Holds    int            `json:"holds"`
	Held     payment.Amount `json:"held"`
	Steps    int            `json:"steps"` // captures, releases and refunds of deposits
	Stepped  payment.Amount `json:"stepped"`
}

// Count is how many there are.
func (o OpenSums) Count() int { return o.Payments + o.Refunds + o.Holds + o.Steps }

// Numbers is a series of receipt numbers without a gap.
type Numbers struct {
	First string `json:"first"` // empty for none
	Last  string `json:"last"`
	Count int    `json:"count"`
}

// ReportKind is what a report is about.
type ReportKind string

const (
	ReportShift ReportKind = "shift"
	ReportDay   ReportKind = "day"
	ReportRange ReportKind = "range" // several business days: a month, a year, or any
)

// Cut says what a report is about: one shift, or the business days from From to
// To, both included.
type Cut struct {
	ShiftID  int64 // 0 for days
	From, To Day   // read only when ShiftID is 0
}

// Report is every figure of a shift, of a business day, or of a range of them,
// at one moment. A Z report keeps it as JSON for ever, so fields may be added
// and never change their meaning.
type Report struct {
	Kind  ReportKind `json:"kind"`
	From  Day        `json:"from"`
	To    Day        `json:"to"`              // included
	Shift *Shift     `json:"shift,omitempty"` // ReportShift only
	At    time.Time  `json:"at"`              // when it was made
	Begin time.Time  `json:"begin"`           // from when it counts
	End   time.Time  `json:"end"`             // until when; At while it still goes on

	Total    Figures        `json:"total"`
	Fee      payment.Amount `json:"fee"`       // the channels' fees, from their bills: of Total, and of captures and their refunds
	FeeKnown bool           `json:"fee_known"` // money moved, and no fee of it is open; with cash alone the fee is known to be 0
	FeeOpen  int            `json:"fee_open"`  // payments, refunds and captures through channels whose fee is not known

	Channels []Slice `json:"channels"` // by channel and wallet, the largest first
	Methods  []Slice `json:"methods"`  // by method
	People   []Slice `json:"people"`   // by person
	Shifts   []Slice `json:"shifts"`   // by shift, in their order; what is older than shifts has ID 0
	Hours    []Slice `json:"hours"`    // 24 of them, from the cut-over on; nil for a range
	Days     []Slice `json:"days"`     // every day of a range, also without money; nil otherwise

	Deposits DepositTotals `json:"deposits"`
	Drawer   Drawer        `json:"drawer"`
	Moves    []CashMove    `json:"moves"` // of the shift or the day; nil for a range
	Open     OpenSums      `json:"open"`
	Receipts Numbers       `json:"receipts"`

	HeadSeq  int64  `json:"head_seq"`  // the journal's last row when it was made
	HeadHash string `json:"head_hash"` // its hash, hex
}

// Z is a report that was made once and never changes: of a shift when it was
// closed, of a business day when it ended.
type Z struct {
	ID     int64
	Kind   ReportKind // ReportShift or ReportDay
	Number int64      // counts up without a gap within its kind
	MadeAt time.Time
	Staff  Staff // who closed; ID 0 when it was made by itself
	Report Report
}
