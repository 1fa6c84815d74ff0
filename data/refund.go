package data

import (
	"context"
	"fmt"
	"time"

	"frontdesk/payment"
)

// NewRefund is what a caller knows about a refund before it exists.
type NewRefund struct {
	IntentID string // made once per press of a button: the same intent never makes a second refund
	TenderID int64
	Amount   payment.Amount // fen; more than 0, at most what is left of the tender
	Reason   string         // the cashier's words; may be empty
	StaffID  int64          // 0: the owner

	ApproverID int64 // who allowed it; 0 where nobody had to
}

// StartRefund commits one refund, in RefundCreated, before anything is sent.
// What was refunded, what is on its way and the new amount together never pass
// what was paid: that is checked in the transaction that writes the refund.
// Cash is given back at once: with its journal row, the sums, and a slip that
// opens the drawer.
//
// Errors: ErrInvalid (also an approver who has left), ErrIntentMismatch,
// ErrNotFound, ErrNotPaid, *RefundTooMuchError, ErrNumbersUsedUp, and those of any write.
func (l *Ledger) StartRefund(ctx context.Context, n NewRefund) (r Refund, existing bool, err error) {
	if n.IntentID == "" {
		return Refund{}, false, fmt.Errorf("start refund: %w", ErrInvalid.because("no intent"))
	}
	if err := n.Amount.Check(0); err != nil {
		return Refund{}, false, fmt.Errorf("start refund: %w", ErrInvalid.because("amount: %w", err))
	}
	err = l.change(ctx, func(x *tx) error {
		if r, existing, err = refundOfIntent(x, n); err != nil || existing {
			return err
		}
		r, err = l.startRefund(x, n)
		return err
	})
	if err != nil {
		return Refund{}, false, fmt.Errorf("start refund: %w", err)
	}
	return r, existing, nil
}

func refundOfIntent(x *tx, n NewRefund) (r Refund, found bool, err error) {
	list, err := all(x, scanRefund, "SELECT "+refundColumns+" FROM "+refundTables+" WHERE r.intent = ?", n.IntentID)
	if err != nil || len(list) == 0 {
		return Refund{}, false, err
	}
	r = list[0]
	if r.Amount != n.Amount || r.TenderID != n.TenderID {
		return Refund{}, false, ErrIntentMismatch.because("refund %d", r.ID)
	}
	return r, true, nil
}

func (l *Ledger) startRefund(x *tx, n NewRefund) (r Refund, err error) {
	staff, err := staffOrOwner(x, n.StaffID)
	if err != nil {
		return r, err
	}
	approver, err := approverOf(x, n.ApproverID, staff)
	if err != nil {
		return r, err
	}
	s, tenders, i, err := saleOfTender(x, n.TenderID)
	if err != nil {
		return r, err
	}
	t := tenders[i]
	if t.State != payment.StatePaid {
		return r, ErrNotPaid.because("tender %d is %s", t.ID, t.State)
	}
	refunds, err := refundsOf(x, s.ID)
	if err != nil {
		return r, err
	}
	left, count := leftToRefund(t, refunds)
	if n.Amount > left {
		return r, &RefundTooMuchError{Left: left}
	}
	number, err := refundNumber(x, count)
	if err != nil {
		return r, err
	}
	r = Refund{
		TenderID: t.ID, SaleID: s.ID, ReceiptNo: s.ReceiptNo, RequestNo: payment.NewRequestNo(t.OutTradeNo, number),
		Amount: n.Amount, Reason: n.Reason, State: payment.RefundCreated, Staff: staff, Day: DayOf(x.now, l.Cutover()), CreatedAt: x.stamp(),
	}
	if r.ShiftID, err = l.shiftOf(x, staff); err != nil {
		return r, err
	}
	r.ID, err = x.insert(`INSERT INTO refunds (sale_id, tender_id, intent, request_no, amount, reason, state, why, code, staff_id, day, created_at, ended_at, tries, discount, shift_id)
		VALUES (?, ?, ?, ?, ?, ?, 'created', '', '', ?, ?, ?, 0, 0, 0, ?)`,
		r.SaleID, r.TenderID, n.IntentID, r.RequestNo, int64(r.Amount), r.Reason, r.Staff.ID, string(r.Day), milli(r.CreatedAt), r.ShiftID)
	if err != nil {
		return r, fmt.Errorf("insert refund: %w", err)
	}
	events := []Event{{TenderID: t.ID, RefundID: r.ID, Kind: EventRefundAsked, Amount: r.Amount}}
	if approver.ID != 0 {
		events = append(events, Event{TenderID: t.ID, RefundID: r.ID, Kind: EventApproved, Detail: approver.Name, Amount: r.Amount})
	}
	if err := addEvents(x, s.ID, events); err != nil {
		return r, err
	}
	err = l.approve(x, approval{act: ApproveRefund, approver: approver, staff: staff, row: journalRow{saleID: s.ID, tenderID: t.ID, refundID: r.ID,
		channel: t.Channel, amount: r.Amount, salePaid: s.Paid, saleRefunded: s.Refunded, counts: countPart{shiftID: r.ShiftID}}})
	if err != nil {
		return r, err
	}
	if t.Method != payment.MethodCash {
		return r, billSale(x, s.ID, func(*saleBill) {})
	}
	r, _, err = l.moveRefund(x, r.ID, RefundMove{To: payment.RefundDone, Print: true})
	return r, err
}

// leftToRefund is what may still be given back of t, and how many refunds it has.
func leftToRefund(t Tender, refunds []Refund) (left payment.Amount, count int) {
	left = t.Amount - t.Refunded
	for _, r := range refunds {
		if r.TenderID != t.ID {
			continue
		}
		count++
		if !r.State.Final() {
			left -= r.Amount
		}
	}
	return left, count
}

// refundNumber is the number of a tender's next refund. A ledger that was
// restored from a backup may have forgotten refunds that the channel knows.
// Their request numbers must not come again, for the channel would take the
// new refund for the old one: so each restore begins a new hundred.
func refundNumber(x *tx, count int) (int, error) {
	restores, err := restoreCount(x)
	if err != nil {
		return 0, err
	}
	number := 100*restores + count + 1
	if number > 999 {
		return 0, ErrNumbersUsedUp.because("refunds of one tender")
	}
	return number, nil
}

// RefundMove is one step of a refund, or news about it that changes no state.
type RefundMove struct {
	To       payment.RefundState // "" or the present state: no step
	Why      payment.Reason      // for refused; for unknown what keeps it from its end, mostly empty
	Code     string              // the channel's code; kept when it is not empty
	Discount payment.Amount      // what the merchant did not have to give back, for done; 0 to the refund's amount
	Events   []NewEvent          // for the timeline, beside the event of the step itself
	AddTries int
	Print    bool // queue the slip when the refund is done
}

// MoveRefund writes what is now known about a refund: refund, tender, sums,
// journal, timeline and slip in one transaction. changed is false when the
// refund was in m.To already.
//
// Errors: ErrNotFound, *TransitionError, ErrInvalid (a discount that cannot be),
// *RefundTooMuchError (a refund that had been refused turns out to be done, and
// the rest was given back meanwhile), and those of any write.
func (l *Ledger) MoveRefund(ctx context.Context, id int64, m RefundMove) (r Refund, changed bool, err error) {
	err = l.change(ctx, func(x *tx) error {
		r, changed, err = l.moveRefund(x, id, m)
		return err
	})
	if err != nil {
		return Refund{}, false, fmt.Errorf("move refund %d: %w", id, err)
	}
	return r, changed, nil
}

func (l *Ledger) moveRefund(x *tx, id int64, m RefundMove) (r Refund, changed bool, err error) {
	if r, err = refundByID(x, id); err != nil {
		return r, false, err
	}
	before := r
	changed = m.To != "" && m.To != r.State
	if changed && !r.State.CanBecome(m.To) {
		return r, false, &TransitionError{From: string(r.State), To: string(m.To)}
	}
	if m.Discount < 0 || m.Discount > r.Amount || (m.Discount > 0 && m.To != payment.RefundDone) {
		return r, false, ErrInvalid.because("discount %s of %s that is %s", m.Discount, r.Amount, m.To)
	}
	r.apply(m, x.stamp())
	_, err = x.exec("UPDATE refunds SET state = ?, why = ?, code = ?, ended_at = ?, tries = ?, discount = ? WHERE id = ?",
		string(r.State), string(r.Why), r.Code, milli(r.EndedAt), r.Tries, int64(r.Discount), r.ID)
	if err != nil {
		return r, false, fmt.Errorf("update refund: %w", err)
	}
	if err := addEvents(x, r.SaleID, refundEvents(before, r, m)); err != nil {
		return r, false, err
	}
	if changed && r.State == payment.RefundDone {
		if err := l.giveBack(x, r, m.Print); err != nil {
			return r, false, err
		}
	}
	if changed {
		err = billSale(x, r.SaleID, refundWas(before))
	}
	return r, changed, err
}

func (r *Refund) apply(m RefundMove, now time.Time) {
	r.Tries += m.AddTries
	step := m.To != "" && m.To != r.State
	if r.State.Final() && !step {
		return // what the journal has proved stays as it was
	}
	r.Code = either(m.Code, r.Code)
	if m.To == payment.RefundUnknown {
		r.Why = m.Why
	}
	if !step {
		return
	}
	if r.State = m.To; m.To != payment.RefundUnknown {
		r.Why = ""
	}
	if m.To == payment.RefundRefused {
		r.Why = m.Why
	}
	if m.To == payment.RefundDone {
		r.Code, r.Discount = m.Code, m.Discount
	}
	if m.To.Final() {
		r.EndedAt = now
	}
}

// giveBack books a refund that is done: tender, sale, journal, slip.
func (l *Ledger) giveBack(x *tx, r Refund, print bool) error {
	before, tenders, i, err := saleOfTender(x, r.TenderID)
	if err != nil {
		return err
	}
	t := &tenders[i]
	if left := t.Amount - t.Refunded; r.Amount > left {
		return &RefundTooMuchError{Left: left}
	}
	t.Refunded += r.Amount
	if err := updateTender(x, *t); err != nil {
		return err
	}
	s := before
	s.sum(tenders)
	row := journalRow{
		kind: journalRefunded, staffID: r.Staff.ID, saleID: s.ID, tenderID: t.ID, refundID: r.ID, channel: t.Channel, amount: r.Amount,
		refunded: s.Refunded - before.Refunded, salePaid: s.Paid, saleRefunded: s.Refunded, detail: r.RequestNo, proof: proofOf(s, nil, &r),
		counts: askedAt(r.ShiftID, r.Day, r.CreatedAt), method: t.Method, wallet: t.Wallet,
	}
	if t.State == payment.StatePaid { // or else the channel has taken all of it back before
		row.counts.refundDiscount = r.Discount
	}
	if t.Channel == payment.Cash {
		row.counts.drawer = -row.refunded
	}
	if err := l.journal(x, row); err != nil {
		return err
	}
	if err := updateSale(x, before, s); err != nil {
		return err
	}
	span, moved := r.span()
	if err := x.moneyMoved(t.Channel, span, moved); err != nil {
		return err
	}
	if !print {
		return nil
	}
	return queuePrint(x, PrintJob{Kind: PrintRefund, SaleID: s.ID, RefundID: r.ID, State: PrintQueued, Drawer: t.Method == payment.MethodCash}, r.ID)
}

func refundEvents(before, r Refund, m RefundMove) []Event {
	var events []Event
	kind, detail := EventKind(""), ""
	if before.State != r.State {
		switch r.State {
		case payment.RefundDone:
			kind = EventRefunded
		case payment.RefundRefused:
			kind, detail = EventRefundRefused, r.Code
		case payment.RefundUnknown:
			kind, detail = EventRefundUnknown, r.Code
		}
	}
	for _, e := range m.Events {
		if e.Kind == kind {
			kind = ""
		}
	}
	if kind != "" {
		events = append(events, Event{TenderID: r.TenderID, RefundID: r.ID, Kind: kind, Detail: detail, Amount: r.Amount})
	}
	for _, e := range m.Events {
		events = append(events, Event{TenderID: r.TenderID, RefundID: r.ID, Kind: e.Kind, Detail: e.Detail, Amount: e.Amount})
	}
	return events
}
