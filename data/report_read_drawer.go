package data

import "frontdesk/payment"

// cashSums are what cash payments and refunds of a cut come to, without what is
// older than shifts: of that no drawer was kept.
type cashSums struct{ paid, refunded payment.Amount }

func (c *cashSums) add(k figureKey, f figure) {
	if k.channel == payment.Cash && k.shiftID != 0 {
		c.paid += f.paid
		c.refunded += f.refunded
	}
}

// drawer is what cash did.
//
// Of a shift, everything hangs on its row: the float that was in the drawer when
// it began, and what was counted. What was taken out at the close is no part of
// Out, for the drawer was counted before.
//
// Of days, Float is what the ledger says was left in the drawer when the first
// one began, and what its shifts found there more or less than that. What was
// found when drawers were counted is the Difference, and Counted follows from
// it: what is in the drawer after the last day.
func (b *reportBuilder) drawer() (err error) {
	d := &b.r.Drawer
	d.Paid, d.Refunded = b.cash.paid, b.cash.refunded
	if d.Deposits, err = b.cashDeposits(); err != nil {
		return err
	}
	moves, err := b.cashMoves()
	if err != nil {
		return err
	}
	d.In, d.Out = moves[CashIn], -moves[CashOut]
	if shift := b.r.Shift; shift != nil {
		d.Float, d.Out = shift.Float, d.Out-shift.Taken
		d.expect()
		if d.Difference = moves[CashDifference]; shift.isCounted() {
			d.IsCounted, d.Counted = true, d.Expected+d.Difference
		}
		return nil
	}
	if d.Float, err = drawerBefore(b.s, b.r.From); err != nil {
		return err
	}
	d.Float += moves[CashFloat]
	d.expect()
	d.Difference = moves[CashDifference]
	if d.IsCounted, err = b.counted(); d.IsCounted {
		d.Counted = d.Expected + d.Difference
	}
	return err
}

// isCounted reports whether somebody counted the drawer at the close.
func (s Shift) isCounted() bool { return s.State == ShiftClosed && s.Counts != nil }

// counted reports whether a shift that was closed on one of the days was
// counted. Shifts are found by their Z reports, which know that day (the plus
// keeps the index over their numbers out of it).
func (b *reportBuilder) counted() (bool, error) {
	n, err := one(b.s, scanInt, `SELECT EXISTS (SELECT 1 FROM z_reports z CROSS JOIN shifts h ON h.id = z.shift_id
		WHERE +z.kind = 'shift' AND z.day BETWEEN ? AND ? AND h.counts <> '')`, string(b.r.From), string(b.r.To))
	return n != 0, err
}

func (d *Drawer) expect() { d.Expected = d.Float + d.Paid - d.Refunded + d.Deposits + d.In - d.Out }

// drawerBefore is what should have been in the drawer when a day began.
func drawerBefore(s source, d Day) (payment.Amount, error) {
	balance, err := one(s, scanInt, "SELECT coalesce((SELECT balance FROM drawer_days WHERE day < ? ORDER BY day DESC LIMIT 1), 0)", string(d))
	return payment.Amount(balance), err
}

// cashDeposits are what deposits in cash brought into the drawer: what was
// captured stays there.
func (b *reportBuilder) cashDeposits() (payment.Amount, error) {
	where, args := b.cut.where("f")
	sum, err := one(b.s, scanInt, "SELECT coalesce(sum(taken - released - refunded), 0) FROM deposit_figures f WHERE shift_id <> 0 AND channel = 'cash' AND "+where, args...)
	return payment.Amount(sum), err
}

// cashMoves are the sums of cash moves by their kinds.
func (b *reportBuilder) cashMoves() (map[CashMoveKind]payment.Amount, error) {
	where, args := b.cut.where("m")
	sums := map[CashMoveKind]payment.Amount{}
	err := each(b.s, func(v *values) error {
		sums[CashMoveKind(v.text())] = payment.Amount(v.int())
		return nil
	}, "SELECT kind, sum(amount) FROM cash_moves m WHERE "+where+" GROUP BY kind", args...)
	return sums, err
}

// moves lists the cash moves of a shift or a day.
func (b *reportBuilder) moves() (err error) {
	if b.r.Kind == ReportRange {
		return nil
	}
	where, args := b.cut.where("m")
	b.r.Moves, err = all(b.s, scanCash, "SELECT "+cashColumns+" FROM "+cashTables+" WHERE "+where+" ORDER BY m.id", args...)
	if b.r.Moves == nil {
		b.r.Moves = []CashMove{}
	}
	return err
}
