package app

import (
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// Phase is what the payment panel shows. It is derived from the tender's state
// and from what the till is doing about it right now.
type Phase string

const (
	PhaseSending    Phase = "sending"    // sent, no answer yet
	PhaseWaiting    Phase = "waiting"    // the payer has to confirm on the phone
	PhaseQR         Phase = "qr"         // a QR stands on the screen, not scanned yet
	PhaseQRScanned  Phase = "qr_scanned" // scanned, the payer is paying
	PhaseCancelling Phase = "cancelling" // the channel is being asked to cancel
	PhaseUnknown    Phase = "unknown"    // nobody knows; being asked, or cancelled when Tender.CancelAsked
	PhasePaid       Phase = "paid"
	PhaseFailed     Phase = "failed"
	PhaseClosed     Phase = "closed" // Tender.Reason says whether the cashier or the time limit ended it
	PhaseReversed   Phase = "reversed"
)

// Final reports whether nothing more will happen by itself.
func (p Phase) Final() bool {
	switch p {
	case PhasePaid, PhaseFailed, PhaseClosed, PhaseReversed:
		return true
	}
	return false
}

// Payment is one tender as a screen shows it: a copy, never changed later.
type Payment struct {
	Sale     data.Sale
	Tender   data.Tender
	Phase    Phase
	Left     payment.Amount // what the sale still lacks, fen
	QRText   string         // what the QR holds; empty unless PhaseQR or PhaseQRScanned
	Since    time.Time      // when this tender was started
	Deadline time.Time      // when it is cancelled by itself; zero when final or being cancelled
	DueAt    time.Time      // of a payment that is never cancelled: from when on somebody has to look into the channel's back office; zero for others, and when final
	Overdue  bool           // DueAt is over; the till goes on asking
	Offline  bool           // the channel cannot be reached
	Resumed  bool           // left over from the last run
	Trouble  *Problem       // the ledger cannot be written; nil almost always
}

// phaseOf maps what is stored and what is going on to what is shown.
func phaseOf(s payment.State, cancelAsked bool) Phase {
	switch s {
	case payment.StatePaid:
		return PhasePaid
	case payment.StateFailed:
		return PhaseFailed
	case payment.StateClosed:
		return PhaseClosed
	case payment.StateReversed:
		return PhaseReversed
	case payment.StateUnknown:
		return PhaseUnknown
	}
	switch {
	case cancelAsked:
		return PhaseCancelling
	case s == payment.StateCreated:
		return PhaseSending
	}
	return PhaseWaiting
}

// left is what a sale still lacks.
func left(s data.Sale) payment.Amount { return max(0, s.Amount-s.Paid) }
