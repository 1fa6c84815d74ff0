package data

import (
	"time"

	"frontdesk/payment"
)

// ShiftState is where a shift stands.
type ShiftState string

const (
	ShiftOpen   ShiftState = "open"
	ShiftClosed ShiftState = "closed"
)

// Shift is one filling of the drawer, from its float to its count. At most one
// is open; where none is, the first act of money opens one by itself, so that
// every fen has a shift. It goes on when the program was closed, and over the
// end of a business day.
type Shift struct {
	ID       int64          `json:"id"`    // counts up without a gap; the number of its Z report
	Name     string         `json:"name"`  // "早班"; may be empty
	Staff    Staff          `json:"staff"` // whose it is
	Day      Day            `json:"day"`   // business day on which it was opened
	OpenedAt time.Time      `json:"opened_at"`
	Float    payment.Amount `json:"float"`          // fen in the drawer when it began
	Notes    []Count        `json:"notes,omitzero"` // notes and coins of the float; nil where nobody counted it
	Auto     bool           `json:"auto"`           // opened by itself: nobody counted the float
	State    ShiftState     `json:"state"`

	// Set when it is closed, and never changed then.
	ClosedAt time.Time      `json:"closed_at,omitzero"`
	ClosedBy Staff          `json:"closed_by,omitzero"`
	HandedTo Staff          `json:"handed_to,omitzero"` // who takes over; ID 0 for nobody
	Expected payment.Amount `json:"expected"`           // fen that should have been in the drawer
	Counted  payment.Amount `json:"counted"`            // fen that were; Expected where nobody counted, and at least 0
	Counts   []Count        `json:"counts,omitzero"`    // notes and coins; nil where nobody counted, empty where only the sum was given
	Taken    payment.Amount `json:"taken"`              // fen taken out of the drawer at the close; the rest is the next float
	Reason   string         `json:"reason"`             // why there is a difference; may be empty
}

// Difference is what was too much (above 0) or missing (below 0) in the drawer,
// fen.
func (s Shift) Difference() payment.Amount { return s.Counted - s.Expected }

// Count says how many notes or coins of one value there are.
type Count struct {
	Value  payment.Amount `json:"value"` // fen of one: 10000 for the note of 100 yuan
	Number int64          `json:"number"`
}

// Denominations are the notes and coins of the renminbi that a drawer holds,
// largest first, in fen.
func Denominations() []payment.Amount {
	return []payment.Amount{100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10}
}

// CashMoveKind is why cash moved without a sale or a deposit.
type CashMoveKind string

const (
	CashIn         CashMoveKind = "in"         // put in
	CashOut        CashMoveKind = "out"        // taken out: to the bank, for a delivery, at the close
	CashFloat      CashMoveKind = "float"      // a shift began with another float than the last one left
	CashDifference CashMoveKind = "difference" // the count found more, or less, than there should be
)

// CashMove is cash that moved without a sale or a deposit.
type CashMove struct {
	ID       int64          `json:"id"`
	Kind     CashMoveKind   `json:"kind"`
	ShiftID  int64          `json:"shift_id"`
	Day      Day            `json:"day"`
	At       time.Time      `json:"at"`
	Staff    Staff          `json:"staff"`
	Approver Staff          `json:"approver,omitzero"` // who approved it; ID 0 where nobody had to
	Amount   payment.Amount `json:"amount"`            // what it did to the drawer, fen: below 0 for what went out or was missing
	Reason   string         `json:"reason"`            // the person's words; ReasonTaken for what was taken at a close; may be empty
}
