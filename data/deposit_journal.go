package data

import "frontdesk/payment"

// Kinds of journal rows about deposits. A decision about one is a row of the
// kinds kept and give_back.
const (
	journalHold          = "hold"           // a deposit became held
	journalLateHold      = "late_hold"      // a deposit became held after it had been reported failed or closed
	journalHoldTaken     = "hold_taken"     // the channel gave free by itself what was left
	journalHoldNamed     = "hold_named"     // the channel gave numbers of a deposit that was held already
	journalCapture       = "capture"        // a capture was done
	journalRelease       = "release"        // a release was done, or the rest went back with a capture
	journalDepositRefund = "deposit_refund" // something captured was given back
)

// depositPart is what a journal row says about a deposit; zero in all other
// rows.
type depositPart struct {
	depositID int64
	stepID    int64          // 0: the hold, or a decision
	held      payment.Amount // added to the deposit's Held
	captured  payment.Amount // added to its Captured
	released  payment.Amount // added to its Released
	givenBack payment.Amount // added to its Refunded
	left      payment.Amount // what is still held after this row
}

const depositPartColumns = "deposit_id, step_id, held, captured, released, given_back, deposit_left"

func scanDepositPart(v *values) depositPart {
	return depositPart{
		depositID: v.int(), stepID: v.int(), held: payment.Amount(v.int()), captured: payment.Amount(v.int()), released: payment.Amount(v.int()),
		givenBack: payment.Amount(v.int()), left: payment.Amount(v.int()),
	}
}

// list is p in the order of depositPartColumns.
func (p depositPart) list() []int64 {
	return []int64{p.depositID, p.stepID, int64(p.held), int64(p.captured), int64(p.released), int64(p.givenBack), int64(p.left)}
}

// journalHold appends a row about a deposit's hold.
func (l *Ledger) journalHold(x *tx, kind string, before, d Deposit) error {
	part := depositPart{depositID: d.ID, held: d.Held - before.Held, released: d.Released - before.Released, left: d.Left()}
	about := d.Amount
	if kind == journalHoldTaken {
		about = part.released
	}
	counts := askedAt(d.ShiftID, d.Day, d.CreatedAt)
	if kind == journalHoldTaken {
		// Nobody asked for this one. Until now it was held, as the reports of
		// every night and every shift say, so it counts now.
		newest, err := one(x, scanInt, "SELECT coalesce(max(id), 0) FROM shifts")
		if err != nil {
			return err
		}
		counts = countPart{shiftID: newest}
	}
	if d.Channel == payment.Cash {
		counts.drawer = part.held - part.released
	}
	return l.journal(x, journalRow{kind: kind, staffID: d.Staff.ID, channel: d.Channel, amount: about, detail: d.OutOrderNo,
		proof: proofOfDeposit(d, nil), deposit: part, counts: counts})
}

// journalStep appends the rows about a step that is done: one, or two for a
// capture with which a rest went back.
func (l *Ledger) journalStep(x *tx, d Deposit, s Step) error {
	row := journalRow{staffID: s.Staff.ID, channel: d.Channel, amount: s.Amount, detail: s.Number, proof: proofOfDeposit(d, &s),
		counts: askedAt(s.ShiftID, s.Day, s.CreatedAt)}
	row.deposit = depositPart{depositID: d.ID, stepID: s.ID, left: d.Left()}
	switch s.Kind {
	case StepCapture:
		row.kind, row.deposit.captured, row.deposit.left = journalCapture, s.Amount, d.Left()+s.Rest
	case StepRelease:
		row.kind, row.deposit.released = journalRelease, s.Amount
	case StepRefund:
		row.kind, row.deposit.givenBack = journalDepositRefund, s.Amount
	}
	if d.Channel == payment.Cash {
		row.counts.drawer = -row.deposit.released - row.deposit.givenBack
	}
	if err := l.journal(x, row); err != nil || s.Rest == 0 {
		return err
	}
	row.kind, row.amount = journalRelease, s.Rest
	row.deposit = depositPart{depositID: d.ID, stepID: s.ID, released: s.Rest, left: d.Left()}
	if d.Channel == payment.Cash {
		row.counts.drawer = -s.Rest
	}
	return l.journal(x, row)
}
