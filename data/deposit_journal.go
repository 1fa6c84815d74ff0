package data

import (
	"crypto/sha256"
	"fmt"

	"frontdesk/payment"
)

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

// depositDay is a row of deposit_days, or what a journal row adds to one.
type depositDay struct {
	takes    int64
	taken    payment.Amount
	captures int64
	captured payment.Amount
	releases int64
	released payment.Amount
	refunds  int64
	refunded payment.Amount
}

// day is what p adds to its day and channel; moved is false for rows that moved
// no money of a deposit.
func (p depositPart) day() (d depositDay, moved bool) {
	d = depositDay{
		takes: number(p.held > 0), taken: p.held, captures: number(p.captured > 0), captured: p.captured,
		releases: number(p.released > 0), released: p.released, refunds: number(p.givenBack > 0), refunded: p.givenBack,
	}
	return d, d != depositDay{}
}

// addDepositDay adds what a journal row says about a deposit to its day.
func addDepositDay(x *tx, r journalRow) error {
	add, moved := r.deposit.day()
	if !moved {
		return nil
	}
	_, err := x.exec(`INSERT INTO deposit_days (day, channel, takes, taken, captures, captured, releases, released, refunds, refunded)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (day, channel) DO UPDATE SET takes = takes + excluded.takes, taken = taken + excluded.taken, captures = captures + excluded.captures,
			captured = captured + excluded.captured, releases = releases + excluded.releases, released = released + excluded.released,
			refunds = refunds + excluded.refunds, refunded = refunded + excluded.refunded`,
		string(r.day), string(r.channel), add.takes, int64(add.taken), add.captures, int64(add.captured), add.releases, int64(add.released),
		add.refunds, int64(add.refunded))
	if err != nil {
		return fmt.Errorf("add to days of deposits: %w", err)
	}
	return nil
}

// journalHold appends a row about a deposit's hold.
func (l *Ledger) journalHold(x *tx, kind string, before, d Deposit) error {
	part := depositPart{depositID: d.ID, held: d.Held - before.Held, released: d.Released - before.Released, left: d.Left()}
	about := d.Amount
	if kind == journalHoldTaken {
		about = part.released
	}
	return l.journal(x, journalRow{kind: kind, staffID: d.Staff.ID, channel: d.Channel, amount: about, detail: d.OutOrderNo,
		proof: proofOfDeposit(d, nil), deposit: part})
}

// journalStep appends the rows about a step that is done: one, or two for a
// capture with which a rest went back.
func (l *Ledger) journalStep(x *tx, d Deposit, s Step) error {
	row := journalRow{staffID: s.Staff.ID, channel: d.Channel, amount: s.Amount, detail: s.Number, proof: proofOfDeposit(d, &s)}
	row.deposit = depositPart{depositID: d.ID, stepID: s.ID, left: d.Left()}
	switch s.Kind {
	case StepCapture:
		row.kind, row.deposit.captured, row.deposit.left = journalCapture, s.Amount, d.Left()+s.Rest
	case StepRelease:
		row.kind, row.deposit.released = journalRelease, s.Amount
	case StepRefund:
		row.kind, row.deposit.givenBack = journalDepositRefund, s.Amount
	}
	if err := l.journal(x, row); err != nil || s.Rest == 0 {
		return err
	}
	row.kind, row.amount = journalRelease, s.Rest
	row.deposit = depositPart{depositID: d.ID, stepID: s.ID, released: s.Rest, left: d.Left()}
	return l.journal(x, row)
}

// proofOfDeposit is SHA-256 over all that is settled about the records a
// journal row speaks of: a deposit and its hold, or a deposit and one of its
// steps. See proofOf.
func proofOfDeposit(d Deposit, s *Step) []byte {
	c := canon{sha256.New()}
	c.texts("frontdesk deposit proof 1")
	c.ints(d.ID, milli(d.CreatedAt), d.Staff.ID, int64(d.Amount), int64(d.Tendered), int64(d.Change), int64(d.Nights))
	c.texts(string(d.Day), string(d.Channel), string(d.Method), string(d.Wallet), d.OutOrderNo, d.RequestNo, d.MaskedCode, d.Room, d.Guest, d.Phone, d.Remark)
	if s == nil {
		c.ints(milli(d.HeldAt), milli(d.EndedAt), number(d.Late))
		c.texts(string(d.Hold), d.AuthNo, d.HoldID, d.PayerID, d.Payer, string(d.Reason), d.Code)
		return c.Sum(nil)
	}
	c.ints(s.ID, s.DepositID, int64(s.Amount), number(s.ReleaseRest), int64(s.Rest), s.OfStep, s.Staff.ID, milli(s.CreatedAt), milli(s.EndedAt))
	c.texts(string(s.Kind), s.Number, s.TradeNo, string(s.State), string(s.Why), s.Code, s.Reason, string(s.Day))
	return c.Sum(nil)
}
