package data

import (
	"errors"
	"fmt"
	"time"

	"frontdesk/payment"
)

// Errors that say more than their kind.

// OpenTenderError says which tender of the sale is still open.
type OpenTenderError struct{ Tender Tender }

func (e *OpenTenderError) Error() string {
	return fmt.Sprintf("data: sale %s has the open tender %d (%s)", e.Tender.ReceiptNo, e.Tender.ID, e.Tender.State)
}
func (e *OpenTenderError) Unwrap() error { return ErrOpenTender }

// TooMuchError says how much of the sale is still owed, in fen.
type TooMuchError struct{ Left payment.Amount }

func (e *TooMuchError) Error() string {
	return fmt.Sprintf("data: more than is owed; left: %s", e.Left)
}
func (e *TooMuchError) Unwrap() error { return ErrTooMuch }

// RefundTooMuchError says how much of the tender may still be given back, in
// fen. Refunds on their way are taken off already.
type RefundTooMuchError struct{ Left payment.Amount }

func (e *RefundTooMuchError) Error() string {
	return fmt.Sprintf("data: more than is left to refund; left: %s", e.Left)
}
func (e *RefundTooMuchError) Unwrap() error { return ErrRefundTooMuch }

// HoldTooMuchError says how much of the deposit may still be captured or
// released, in fen. Steps on their way are taken off already.
type HoldTooMuchError struct{ Left payment.Amount }

func (e *HoldTooMuchError) Error() string {
	return fmt.Sprintf("data: more than is left of the deposit; left: %s", e.Left)
}
func (e *HoldTooMuchError) Unwrap() error { return ErrHoldTooMuch }

// OpenStepError says which step of the deposit is not settled.
type OpenStepError struct{ Step Step }

func (e *OpenStepError) Error() string {
	return fmt.Sprintf("data: deposit %s has the open %s %d (%s)", e.Step.ReceiptNo, e.Step.Kind, e.Step.ID, e.Step.State)
}
func (e *OpenStepError) Unwrap() error { return ErrOpenStep }

// TransitionError names the step that does not exist.
type TransitionError struct{ From, To string }

func (e *TransitionError) Error() string {
	return fmt.Sprintf("data: no step from %s to %s", e.From, e.To)
}
func (e *TransitionError) Unwrap() error { return ErrTransition }

// DrawerShortError says how much there is in the drawer to be taken out, in fen.
type DrawerShortError struct{ Left payment.Amount }

func (e *DrawerShortError) Error() string {
	return fmt.Sprintf("data: more than is in the drawer; there is: %s", e.Left)
}
func (e *DrawerShortError) Unwrap() error { return ErrDrawerShort }

// EarlierDayError names the first business day that has to get its Z report
// before.
type EarlierDayError struct{ Day Day }

func (e *EarlierDayError) Error() string { return fmt.Sprintf("data: %s has no Z report yet", e.Day) }
func (e *EarlierDayError) Unwrap() error { return ErrEarlierDay }

// LaterDayError names the newest business day that has its Z report.
type LaterDayError struct{ Day Day }

func (e *LaterDayError) Error() string {
	return fmt.Sprintf("data: %s has its Z report, and numbers follow the days", e.Day)
}
func (e *LaterDayError) Unwrap() error { return ErrLaterDay }

// LockedError says who holds the folder.
type LockedError struct{ Holder Holder }

func (e *LockedError) Error() string {
	return fmt.Sprintf("data: the folder is locked by process %d on %q since %s", e.Holder.PID, e.Holder.Host, e.Holder.Since.Format(time.RFC3339))
}
func (e *LockedError) Unwrap() error { return ErrLocked }

// ProblemsError carries what Verify found in a backup.
type ProblemsError struct{ Report VerifyReport }

func (e *ProblemsError) Error() string {
	p := e.Report.Problems[0]
	return fmt.Sprintf("data: %d problems, the first: %s %s %d: %s", len(e.Report.Problems)+e.Report.More, p.Kind, p.Table, p.ID, p.Detail)
}
func (e *ProblemsError) Unwrap() error { return ErrProblems }

// Values are the placeholders of the sentence for err, as pairs of name and
// value: {left} in yuan, {pid}, {host}, {since}, {receipt}, {count}, {day}.
func Values(err error) []any {
	var (
		open   *OpenTenderError
		much   *TooMuchError
		refund *RefundTooMuchError
		hold   *HoldTooMuchError
		step   *OpenStepError
		locked *LockedError
		books  *ProblemsError
		drawer *DrawerShortError
		before *EarlierDayError
		after  *LaterDayError
	)
	switch {
	case errors.As(err, &open):
		return []any{"receipt", open.Tender.ReceiptNo}
	case errors.As(err, &much):
		return []any{"left", much.Left.Grouped()}
	case errors.As(err, &refund):
		return []any{"left", refund.Left.Grouped()}
	case errors.As(err, &hold):
		return []any{"left", hold.Left.Grouped()}
	case errors.As(err, &step):
		return []any{"receipt", step.Step.ReceiptNo}
	case errors.As(err, &drawer):
		return []any{"left", drawer.Left.Grouped()}
	case errors.As(err, &before):
		return []any{"day", string(before.Day)}
	case errors.As(err, &after):
		return []any{"day", string(after.Day)}
	case errors.As(err, &books):
		return []any{"count", len(books.Report.Problems) + books.Report.More}
	case errors.As(err, &locked):
		return []any{"pid", locked.Holder.PID, "host", locked.Holder.Host, "since", locked.Holder.Since.In(payment.Beijing).Format("2006-01-02 15:04")}
	}
	return nil
}
