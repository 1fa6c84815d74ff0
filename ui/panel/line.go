package panel

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// Line is a payment of a sale or the hold of a deposit, as far as both are the
// same: through which channel, how it stands, and how it ended.
type Line struct {
	ID        int64 // of the tender or the deposit; 0 for what nobody will say anything more about
	ReceiptNo string
	OrderNo   string   // the merchant order number, by which the channel's back office finds it
	Way       data.Way // through which channel, from which wallet
	Method    payment.Method
	Amount    payment.Amount
	State     payment.State
	Phase     app.Phase

	QRText   string    // what the QR holds; empty unless one is shown
	Since    time.Time // when it began
	Deadline time.Time // when it is cancelled by itself; zero when it is being cancelled, and when it never is
	DueAt    time.Time // of what is never cancelled: when somebody looks into the channel's back office
	Overdue  bool      // and that is over
	Queries  int       // how often the channel was asked
	Cancel   bool      // a cancel was asked for
	Offline  bool      // the channel cannot be reached
	Parked   bool      // put aside
	Resumed  bool      // of an earlier run
	Trouble  bool      // the ledger cannot be written

	EndedAt time.Time      // zero while it has no end
	Reason  payment.Reason // why it ended without money; empty otherwise
	Code    string         // the channel's code; may be empty
}

// PutAside reports whether nobody waits for it at the desk.
func (l Line) PutAside() bool { return l.Parked || l.Resumed }

// Expired reports whether a QR came to its end because nobody scanned it.
func (l Line) Expired() bool {
	return l.Method == payment.MethodQR && l.Reason == payment.ReasonTimeout
}

// waited is how long it has been going on. A deadline is steadier than the wall
// clock, which somebody may set.
func (l Line) waited(now time.Time) time.Duration {
	if end := l.end(); !end.IsZero() {
		return max(0, l.limit()-end.Sub(now))
	}
	return max(0, now.Sub(l.Since))
}

// end is when it is cancelled, or else when somebody has to look elsewhere; zero
// when neither is known.
func (l Line) end() time.Time {
	if l.Deadline.IsZero() {
		return l.DueAt
	}
	return l.Deadline
}

// limit is how long that is after its beginning; 0 when there is no end.
func (l Line) limit() time.Duration {
	if l.end().IsZero() {
		return 0
	}
	return l.end().Sub(l.Since).Round(time.Second)
}

// part is how much of that time is over, 0 to 1.
func (l Line) part(now time.Time) float64 {
	if l.limit() <= 0 {
		return 1
	}
	return min(1, float64(l.waited(now))/float64(l.limit()))
}

// never reports what no cancel can end: it is waited for, or put aside.
func (l Line) never() bool { return !l.DueAt.IsZero() }
