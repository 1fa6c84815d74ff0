package data

import (
	"time"

	"frontdesk/payment"
)

// Day is a business day, "2026-11-21". It is fixed when a row is written: the
// day in Beijing of the moment less the cut-over (04:00 unless set otherwise),
// so a sale at 02:00 belongs to the evening before.
type Day string

// SaleState is what became of a sale. It is derived from its tenders alone.
type SaleState string

const (
	SaleOpen         SaleState = "open"          // no tender yet, or all ended without money and the sale goes on
	SalePending      SaleState = "pending"       // a tender is on its way
	SaleUnknown      SaleState = "unknown"       // a tender's outcome is not known
	SalePartPaid     SaleState = "part_paid"     // something paid, less than the amount
	SalePaid         SaleState = "paid"          // paid in full
	SaleFailed       SaleState = "failed"        // the last tender failed; no money
	SaleClosed       SaleState = "closed"        // the last tender was closed; no money
	SaleReversed     SaleState = "reversed"      // the last tender was reversed; no money
	SalePartRefunded SaleState = "part_refunded" // a part of what was paid went back
	SaleRefunded     SaleState = "refunded"      // all that was paid went back
)

// Attention names what a person has to decide about a sale.
type Attention string

const (
	AttentionNone     Attention = ""
	AttentionLatePaid Attention = "late_paid" // money arrived after the cashier had been told that it would not
	AttentionOverpaid Attention = "overpaid"  // more paid than owed, through a late payment beside another one
	AttentionTaken    Attention = "taken"     // the channel took a payment back after it had confirmed it
)

// Sale is what a customer owes, with one receipt number.
type Sale struct {
	ID             int64  // the receipt number read as a number
	ReceiptNo      string // payment.ReceiptNo, gapless per till
	Day            Day
	CreatedAt      time.Time
	Amount         payment.Amount // owed, fen
	Undiscountable payment.Amount // part of Amount that no discount may touch
	Paid           payment.Amount // sum of tenders in StatePaid, fen
	Refunded       payment.Amount // sum of refunds done, fen
	State          SaleState
	Attention      Attention // what a person has to decide; usually empty
	Remark         string    // may be empty
	Items          []Item    // what the quick amounts added; may be empty
	Staff          Staff     // who made it
}

// Item is a line of a sale that came from a quick amount.
type Item struct {
	Name     string         `json:"name"`
	Price    payment.Amount `json:"price"` // fen for one
	Quantity int64          `json:"quantity"`
}

// Tender is one attempt to pay a sale, or a part of it, through one channel.
type Tender struct {
	ID          int64
	SaleID      int64
	ReceiptNo   string // of its sale
	Attempt     int    // 1, 2, ... within the sale
	Channel     payment.ChannelName
	Method      payment.Method
	Wallet      payment.Wallet // whose code or app; empty for cash
	OutTradeNo  string         // merchant order number, unique, made once
	TradeNo     string         // the channel's number; empty until it gave one
	Amount      payment.Amount // fen that this tender is to pay
	Tendered    payment.Amount // cash handed over; 0 for other channels
	Change      payment.Amount // cash given back; Tendered - Change = Amount
	Refunded    payment.Amount // sum of refunds done
	State       payment.State
	Reason      payment.Reason // why it ended without money; empty otherwise
	Code        string         // the channel's code; may be empty
	Payer       string         // masked account; may be empty
	MaskedCode  string         // "28…4471"; empty unless MethodCode
	CancelAsked bool           // somebody (a person, or the time limit) wants it cancelled: never stop before that is settled
	Parked      bool           // put aside by the cashier; it goes on in the background
	CreatedAt   time.Time
	EndedAt     time.Time // when it became final; zero while open
	PaidAt      time.Time // the channel's own time of payment; zero when unknown
	Late        bool      // it was paid after it had been reported failed or closed
	Queries     int       // how often the channel was asked
	Cancels     int       // how often the channel was told to cancel

	Discount payment.Amount // the part of Amount that the merchant gave away itself and does not get, fen
	Day      Day            // the business day on which it was started; "" in old records: the sale's
	StaffID  int64          // who took it; 0 in old records: the sale's
	ShiftID  int64          // the shift it belongs to; 0 in old records
}

// Refund gives back a part of one tender.
type Refund struct {
	ID        int64
	TenderID  int64
	SaleID    int64
	ReceiptNo string
	RequestNo string // made once, the same on each retry
	Amount    payment.Amount
	Reason    string // the cashier's words
	State     payment.RefundState
	Why       payment.Reason // why it was refused; while unknown what keeps it from its end, mostly empty
	Code      string         // the channel's code
	Staff     Staff
	Day       Day // the business day on which it was asked for
	CreatedAt time.Time
	EndedAt   time.Time
	Tries     int // how often it was sent or asked for

	Discount payment.Amount // the part of Amount that the merchant did not have to give back, fen
	ShiftID  int64          // the shift it belongs to; 0 in old records
}

// Event is one line of a sale's or a deposit's timeline: what was sent,
// answered, decided.
type Event struct {
	ID        int64 // 1, 2, ... within the sale or deposit
	SaleID    int64 // 0 for a deposit's
	TenderID  int64 // 0 when it concerns the sale as a whole
	RefundID  int64 // 0 unless it concerns a refund
	DepositID int64 // 0 for a sale's
	StepID    int64 // 0 when it concerns the hold, or the deposit as a whole
	At        time.Time
	Kind      EventKind
	Detail    string // a code, a count or a masked code; never a sentence, never a secret
	Amount    payment.Amount
}

// EventKind names what happened. The words are under "event.<kind>".
type EventKind string

const (
	EventCreated       EventKind = "created"        // tender committed, about to be sent; Detail: masked code
	EventWaiting       EventKind = "waiting"        // the payer has to act
	EventPassword      EventKind = "password"       // the payer is asked for a password
	EventQRShown       EventKind = "qr_shown"       //
	EventUnknown       EventKind = "unknown"        // no usable answer; Detail: code
	EventQueried       EventKind = "queried"        // still without result; Detail: count
	EventCancelAsked   EventKind = "cancel_asked"   // by the cashier or the time limit; Detail: "cashier" or "timeout"
	EventCancelUnknown EventKind = "cancel_unknown" // the cancel itself has no result; Detail: count
	EventPaid          EventKind = "paid"           //
	EventFailed        EventKind = "failed"         // Detail: code
	EventClosed        EventKind = "closed"         //
	EventReversed      EventKind = "reversed"       //
	EventLatePaid      EventKind = "late_paid"      // paid after failed or closed
	EventKept          EventKind = "kept"           // a late payment was kept by the cashier
	EventParked        EventKind = "parked"         //
	EventResumed       EventKind = "resumed"        // taken up again after a restart
	EventPrinted       EventKind = "printed"        // Detail: "receipt", "reprint", "refund"
	EventPrintStuck    EventKind = "print_stuck"    // Detail: kind of trouble
	EventPrintSkipped  EventKind = "print_skipped"  // result came too late to print by itself
	EventRefundAsked   EventKind = "refund_asked"   //
	EventApproved      EventKind = "approved"       // somebody with the right approved it; Detail: the name
	EventRefundUnknown EventKind = "refund_unknown" //
	EventRefunded      EventKind = "refunded"       //
	EventRefundRefused EventKind = "refund_refused" // Detail: code
)

// SaleDetail is a sale with everything that belongs to it, oldest first.
type SaleDetail struct {
	Sale
	Tenders []Tender
	Refunds []Refund
	Events  []Event
	Prints  []PrintJob
}

// PrintKind is what a print job prints.
type PrintKind string

const (
	PrintReceipt PrintKind = "receipt" // automatic, once per sale
	PrintReprint PrintKind = "reprint" // asked for by a person, marked as a copy
	PrintRefund  PrintKind = "refund"  // automatic, once per refund
	PrintDrawer  PrintKind = "drawer"  // no paper, opens the drawer: cash that did not complete its sale
	PrintTest    PrintKind = "test"    // test page
	PrintX       PrintKind = "x"       // a report of how things stand, when it was asked for
	PrintZ       PrintKind = "z"       // a Z report
)

// PrintState is where a print job stands.
type PrintState string

const (
	PrintQueued  PrintState = "queued"  // waits for its turn or for a retry
	PrintSending PrintState = "sending" // handed to the printer; after a restart nobody knows whether paper came out
	PrintDone    PrintState = "done"    //
	PrintStuck   PrintState = "stuck"   // needs a person: see LastError
	PrintSkipped PrintState = "skipped" // too old to print by itself, or dropped by a person
)

// PrintJob is one piece of paper to print. The paper's content is made from
// the ledger when it is printed.
type PrintJob struct {
	ID        int64
	Kind      PrintKind
	SaleID    int64   // 0 for PrintTest and for a deposit's paper
	RefundID  int64   // 0 unless it belongs to a refund
	DepositID int64   // 0 unless it belongs to a deposit
	StepID    int64   // 0 unless it belongs to a step of that deposit
	ZID       int64   // 0 unless it prints a Z report
	Report    *Report // PrintX: what it says; nil for all others
	Copy      bool    // PrintZ: printed again, marked as a copy
	ReceiptNo string
	State     PrintState
	Tries     int
	Drawer    bool      // open the cash drawer with it
	CreatedAt time.Time // UTC
	NotBefore time.Time // next try
	EndedAt   time.Time
	LastError string // kind of trouble, for the words under "printer.error.<kind>"
}

// Staff is a person at the till.
type Staff struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// Totals sums a set of sales.
type Totals struct {
	Rows       int            // all sales of the set, with or without money; 0 where days are summed
	Sales      int            // sales with money paid
	Paid       payment.Amount // fen
	Refunds    int
	Refunded   payment.Amount
	Unknown    int            // open tenders of unknown outcome
	UnknownSum payment.Amount // what they would bring
	More       bool           // a text has more hits than were looked at: all of this is about the newest SearchMax of them
}
