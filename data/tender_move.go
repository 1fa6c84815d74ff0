package data

import (
	"context"
	"fmt"
	"time"

	"frontdesk/payment"
)

// Move is one step of a tender, or news about it that changes no state.
type Move struct {
	To           payment.State  // ""  or the present state: no step, only what else is set here
	TradeNo      string         // kept when it is not empty
	Payer        string         // kept when it is not empty
	Code         string         // the channel's code; kept when it is not empty
	Reason       payment.Reason // for failed, closed and reversed
	PaidAt       time.Time      // the channel's time of payment, for paid; zero when it did not say
	Discount     payment.Amount // what the merchant gave away itself and does not get, for paid; 0 to the tender's amount
	Events       []NewEvent     // for the timeline, beside the event of the step itself
	CancelAsked  *bool          // nil: as it was
	Parked       *bool          // nil: as it was
	AddQueries   int
	AddCancels   int
	Print        bool // queue the automatic receipt when this step makes the sale fully paid
	PrintSkipped bool // the result is too old to print by itself: the receipt's job is recorded as skipped
}

// NewEvent is a line for the timeline. The ledger adds the event of a step
// (paid, failed, unknown, ...) by itself, unless one of that kind is given.
type NewEvent struct {
	Kind   EventKind
	Detail string         // a code, a count or a masked code
	Amount payment.Amount // 0 for none
}

// MoveTender writes what is now known about a tender. The tender, the sale's
// sums and state, the journal, the timeline and the receipt's print job change
// in one transaction. changed is false when the tender was in m.To already;
// events and counters are written all the same.
//
// Once a tender is final, only counters, flags and events of it still change:
// what the journal has proved stays as it was. A payment that arrives after
// failed or closed is marked Late and the sale asks for attention; so does a
// payment that the channel takes back.
//
// Errors: ErrNotFound, *TransitionError (also for cash, which is paid and stays
// so), ErrInvalid (a discount that cannot be), and those of any write.
func (l *Ledger) MoveTender(ctx context.Context, tenderID int64, m Move) (s Sale, t Tender, changed bool, err error) {
	err = l.change(ctx, func(x *tx) error {
		s, t, changed, err = l.moveTender(x, tenderID, m)
		return err
	})
	if err != nil {
		return Sale{}, Tender{}, false, fmt.Errorf("move tender %d: %w", tenderID, err)
	}
	return s, t, changed, nil
}

func (l *Ledger) moveTender(x *tx, id int64, m Move) (s Sale, t Tender, changed bool, err error) {
	saleBefore, tenders, i, err := saleOfTender(x, id)
	if err != nil {
		return s, t, false, err
	}
	before := tenders[i]
	t = before
	changed = m.To != "" && m.To != before.State
	if changed && (!before.State.CanBecome(m.To) || before.Method == payment.MethodCash) {
		return s, t, false, &TransitionError{From: string(before.State), To: string(m.To)}
	}
	if m.Discount < 0 || m.Discount > before.Amount || (m.Discount > 0 && m.To != payment.StatePaid) {
		return s, t, false, ErrInvalid.because("discount %s of %s that is %s", m.Discount, before.Amount, m.To)
	}
	t.apply(m, x.stamp())
	tenders[i] = t
	if t != before {
		if err := updateTender(x, t); err != nil {
			return s, t, false, err
		}
	}
	s = saleBefore
	s.sum(tenders)
	s.Attention = attentionAfter(saleBefore, s, before, t)
	if kind := movement(before, t); kind != "" {
		if err := l.journalTender(x, kind, saleBefore, s, before, t); err != nil {
			return s, t, false, err
		}
	}
	if err := updateSale(x, saleBefore, s); err != nil {
		return s, t, false, err
	}
	if err := addEvents(x, s.ID, stepEvents(before, t, m)); err != nil {
		return s, t, false, err
	}
	if changed && t.State == payment.StatePaid && s.Paid >= s.Amount {
		if err := queueReceipt(x, s, m.Print, m.PrintSkipped); err != nil {
			return s, t, false, err
		}
	}
	if changed {
		err = tenderBilled(x, before, t)
	}
	return s, t, changed, err
}

// apply changes t as m says.
func (t *Tender) apply(m Move, now time.Time) {
	t.Queries += m.AddQueries
	t.Cancels += m.AddCancels
	if m.CancelAsked != nil {
		t.CancelAsked = *m.CancelAsked
	}
	if m.Parked != nil {
		t.Parked = *m.Parked
	}
	step := m.To != "" && m.To != t.State
	if t.State.Final() && !step {
		return
	}
	t.TradeNo = either(m.TradeNo, t.TradeNo)
	t.Payer = either(m.Payer, t.Payer)
	t.Code = either(m.Code, t.Code)
	if !step {
		return
	}
	t.Late = t.Late || (m.To == payment.StatePaid && t.State.Final())
	t.State = m.To
	switch {
	case m.To == payment.StatePaid:
		t.Reason, t.Code, t.PaidAt, t.EndedAt = payment.ReasonNone, m.Code, moment(milli(m.PaidAt)), now
		t.Discount = m.Discount
	case m.To.Final():
		t.Reason, t.EndedAt = m.Reason, now
	}
}

func either(news, old string) string {
	if news != "" {
		return news
	}
	return old
}

// movement is the kind of journal row for the step from before to t; "" when
// no money that the ledger counts has moved.
func movement(before, t Tender) string {
	switch {
	case before.State == t.State:
		return ""
	case t.State == payment.StatePaid && before.State.Final():
		return journalLatePaid
	case t.State == payment.StatePaid:
		return journalPaid
	case before.State == payment.StatePaid:
		return journalTaken
	}
	return ""
}

// attentionAfter is what a person has to decide after a step. A newer question
// takes the place of an older one; too much money is the stronger one.
func attentionAfter(saleBefore, s Sale, before, t Tender) Attention {
	switch movement(before, t) {
	case journalPaid, journalLatePaid:
		switch {
		case s.Paid > s.Amount:
			return AttentionOverpaid
		case t.Late:
			return AttentionLatePaid
		}
	case journalTaken:
		return AttentionTaken
	}
	return saleBefore.Attention
}

// stepEvents are the events of m, behind the one of the step itself.
func stepEvents(before, t Tender, m Move) []Event {
	var events []Event
	kind, detail := stepEvent(before, t)
	for _, e := range m.Events {
		if e.Kind == kind {
			kind = ""
		}
	}
	if kind != "" {
		events = append(events, Event{TenderID: t.ID, Kind: kind, Detail: detail, Amount: t.Amount})
	}
	for _, e := range m.Events {
		events = append(events, Event{TenderID: t.ID, Kind: e.Kind, Detail: e.Detail, Amount: e.Amount})
	}
	return events
}

func stepEvent(before, t Tender) (kind EventKind, detail string) {
	if before.State == t.State {
		return "", ""
	}
	switch t.State {
	case payment.StatePaid:
		if before.State.Final() {
			return EventLatePaid, ""
		}
		return EventPaid, ""
	case payment.StateFailed:
		return EventFailed, t.Code
	case payment.StateClosed:
		return EventClosed, ""
	case payment.StateReversed:
		return EventReversed, ""
	case payment.StateUnknown:
		return EventUnknown, t.Code
	}
	return "", "" // pending: the caller knows what is being waited for
}

func updateTender(x *tx, t Tender) error {
	_, err := x.exec(`UPDATE tenders SET trade_no = ?, refunded = ?, state = ?, reason = ?, code = ?, payer = ?, cancel_asked = ?, parked = ?,
			ended_at = ?, paid_at = ?, late = ?, queries = ?, cancels = ?, discount = ? WHERE id = ?`,
		t.TradeNo, int64(t.Refunded), string(t.State), string(t.Reason), t.Code, t.Payer, number(t.CancelAsked), number(t.Parked),
		milli(t.EndedAt), milli(t.PaidAt), number(t.Late), t.Queries, t.Cancels, int64(t.Discount), t.ID)
	if err != nil {
		return fmt.Errorf("update tender: %w", err)
	}
	return nil
}

// DecideLate writes down a person's decision about a sale that asks for
// attention: keep what came, or give it back (by a refund, which the caller
// starts). It does nothing when nothing is to be decided, so a second press of
// the button is harmless.
func (l *Ledger) DecideLate(ctx context.Context, saleID int64, keep bool, staffID int64) error {
	err := l.change(ctx, func(x *tx) error {
		s, err := saleByID(x, saleID)
		if err != nil || s.Attention == AttentionNone {
			return err
		}
		staff, err := staffOrOwner(x, staffID)
		if err != nil {
			return err
		}
		before, kind := s, journalGiveBack
		if keep {
			kind = journalKept
			if err := addEvents(x, s.ID, []Event{{Kind: EventKept, Detail: string(s.Attention)}}); err != nil {
				return err
			}
		}
		s.Attention = AttentionNone
		if err := updateSale(x, before, s); err != nil {
			return err
		}
		return l.journal(x, journalRow{kind: kind, staffID: staff.ID, saleID: s.ID, detail: string(before.Attention), salePaid: s.Paid, saleRefunded: s.Refunded})
	})
	if err != nil {
		return fmt.Errorf("decide about sale %d: %w", saleID, err)
	}
	return nil
}
