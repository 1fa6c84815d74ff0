package data

import (
	"fmt"

	"frontdesk/payment"
)

// What happens to a deposit only. Its hold shares "created", "waiting",
// "password", "qr_shown", "unknown", "queried", "cancel_asked",
// "cancel_unknown", "kept", "parked", "resumed" and those of printing with the
// tenders of sales, and refunds out of captures share those of refunds.
const (
	EventHeld           EventKind = "held"            // the money is set aside
	EventLateHeld       EventKind = "late_held"       // set aside after failed or closed
	EventHoldFailed     EventKind = "hold_failed"     // Detail: code
	EventHoldClosed     EventKind = "hold_closed"     // nothing was set aside
	EventHoldReversed   EventKind = "hold_reversed"   // had been set aside, and the cancel gave it free
	EventHoldTaken      EventKind = "hold_taken"      // the channel gave free by itself what was left of it; Amount: how much
	EventCaptureAsked   EventKind = "capture_asked"   //
	EventCaptureUnknown EventKind = "capture_unknown" // Detail: code
	EventCaptured       EventKind = "captured"        //
	EventCaptureRefused EventKind = "capture_refused" // Detail: code
	EventReleaseAsked   EventKind = "release_asked"   //
	EventReleaseUnknown EventKind = "release_unknown" // Detail: code
	EventReleased       EventKind = "released"        // also for the rest that went back with a capture
	EventReleaseRefused EventKind = "release_refused" // Detail: code
)

const depositEventColumns = "e.n, e.deposit_id, e.step_id, e.at, e.kind, e.detail, e.amount"

func scanDepositEvent(v *values) Event {
	return Event{ID: v.int(), DepositID: v.int(), StepID: v.int(), At: moment(v.int()), Kind: EventKind(v.text()), Detail: v.text(), Amount: payment.Amount(v.int())}
}

// addDepositEvents appends to a deposit's timeline, all of this transaction's
// moment.
func addDepositEvents(x *tx, depositID int64, events []Event) error {
	for _, e := range events {
		_, err := x.exec(`INSERT INTO deposit_events (deposit_id, n, step_id, at, kind, detail, amount)
			VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM deposit_events WHERE deposit_id = ?1), ?2, ?3, ?4, ?5, ?6)`,
			depositID, e.StepID, milli(x.now), string(e.Kind), e.Detail, int64(e.Amount))
		if err != nil {
			return fmt.Errorf("add event of deposit: %w", err)
		}
	}
	return nil
}

// depositEvents are the caller's events, behind those of the step itself that
// the caller has not given.
func depositEvents(own []Event, given []NewEvent, stepID int64) []Event {
	var events []Event
	for _, e := range own {
		if !hasKind(given, e.Kind) {
			e.StepID = stepID
			events = append(events, e)
		}
	}
	for _, e := range given {
		events = append(events, Event{StepID: stepID, Kind: e.Kind, Detail: e.Detail, Amount: e.Amount})
	}
	return events
}

func hasKind(events []NewEvent, kind EventKind) bool {
	for _, e := range events {
		if e.Kind == kind {
			return true
		}
	}
	return false
}
