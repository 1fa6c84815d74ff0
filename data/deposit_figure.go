package data

import (
	"fmt"

	"frontdesk/payment"
)

// depositKey is where money of deposits counts: the key of a row of
// deposit_figures.
type depositKey struct {
	day     Day
	shiftID int64
	channel payment.ChannelName
}

// depositFigure is a row of deposit_figures, or what a journal row adds to one.
type depositFigure struct {
	takes    int64
	taken    payment.Amount
	captures int64
	captured payment.Amount
	releases int64
	released payment.Amount
	refunds  int64
	refunded payment.Amount
	feeSum
}

const depositFigureColumns = "day, shift_id, channel, takes, taken, captures, captured, releases, released, refunds, refunded, fee, billed"

func scanDepositFigure(v *values) (depositKey, depositFigure) {
	return depositKey{Day(v.text()), v.int(), payment.ChannelName(v.text())}, depositFigure{v.int(), payment.Amount(v.int()), v.int(), payment.Amount(v.int()),
		v.int(), payment.Amount(v.int()), v.int(), payment.Amount(v.int()), scanFeeSum(v)}
}

func (f *depositFigure) add(g depositFigure) {
	f.takes += g.takes
	f.taken += g.taken
	f.captures += g.captures
	f.captured += g.captured
	f.releases += g.releases
	f.released += g.released
	f.refunds += g.refunds
	f.refunded += g.refunded
	f.feeSum.add(g.feeSum)
}

// depositFigure is what r adds to the figures of deposits, and where; moved is
// false for rows that moved no money of a deposit.
func (r journalRow) depositFigure() (key depositKey, f depositFigure, moved bool) {
	p := r.deposit
	f = depositFigure{
		takes: number(p.held > 0), taken: p.held, captures: number(p.captured > 0), captured: p.captured,
		releases: number(p.released > 0), released: p.released, refunds: number(p.givenBack > 0), refunded: p.givenBack,
	}
	return depositKey{r.countsOn(), r.counts.shiftID, r.channel}, f, f != depositFigure{}
}

// addDepositFigures adds what a journal row says about a deposit to the figures
// of deposits.
func addDepositFigures(x *tx, r journalRow) error {
	key, f, moved := r.depositFigure()
	if !moved {
		return nil
	}
	_, err := x.exec("INSERT INTO deposit_figures ("+depositFigureColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
		ON CONFLICT (day, shift_id, channel) DO UPDATE SET takes = takes + excluded.takes, taken = taken + excluded.taken,
			captures = captures + excluded.captures, captured = captured + excluded.captured, releases = releases + excluded.releases,
			released = released + excluded.released, refunds = refunds + excluded.refunds, refunded = refunded + excluded.refunded`,
		string(key.day), key.shiftID, string(key.channel), f.takes, int64(f.taken), f.captures, int64(f.captured), f.releases, int64(f.released),
		f.refunds, int64(f.refunded))
	if err != nil {
		return fmt.Errorf("add to figures of deposits: %w", err)
	}
	return nil
}
