package data

import (
	"bytes"
	"strconv"
	"strings"

	"frontdesk/payment"
)

// acts are the journal rows about people, shifts, cash moves, Z reports and
// bills, by the ids of their records. There are a few a day, so all of them fit into
// memory.
type acts struct {
	people map[int64]journalRow // the newest with a proof; versions 1 and 2 proved none
	opened map[int64]journalRow
	closed map[int64]journalRow
	cash   map[int64]journalRow
	zs     map[int64]journalRow
	bills  map[string]journalRow    // by channel and day, the newest
	heads  map[int64][]byte         // by Z report: the hash of the row before its own
	drawer map[int64]payment.Amount // by shift: what all rows of it did to the drawer
}

func newActs() acts {
	return acts{people: map[int64]journalRow{}, opened: map[int64]journalRow{}, closed: map[int64]journalRow{}, cash: map[int64]journalRow{},
		zs: map[int64]journalRow{}, bills: map[string]journalRow{}, heads: map[int64][]byte{}, drawer: map[int64]payment.Amount{}}
}

// note takes a row of the journal; before is the hash of the one before it.
func (a *acts) note(r journalRow, before []byte) {
	if r.counts.drawer != 0 {
		a.drawer[r.counts.shiftID] += r.counts.drawer
	}
	if r.kind == journalBill {
		channel, rest, _ := strings.Cut(r.detail, " ")
		day, _, _ := strings.Cut(rest, " ")
		a.bills[channel+" "+day] = r
		return
	}
	id, err := strconv.ParseInt(r.detail, 10, 64)
	if err != nil {
		id = -1 // no record has it, so it is found to be gone
	}
	switch r.kind {
	case journalStaff:
		if len(r.proof) > 0 {
			a.people[id] = r
		}
	case journalShiftOpened:
		a.opened[id] = r
	case journalShiftClosed:
		a.closed[id] = r
	case journalCash:
		a.cash[id] = r
	case journalZ:
		a.zs[id], a.heads[id] = r, before
	}
}

// booked compares a record with its journal row, and takes the row away, so
// that only those without a record are left.
func (v *verifier) booked(rows map[int64]journalRow, table string, id int64, proof []byte) (journalRow, bool) {
	r, ok := rows[id]
	delete(rows, id)
	switch {
	case !ok:
		v.report.found(ProblemUnbooked, table, id, "is there, and the journal knows nothing of it")
	case !bytes.Equal(r.proof, proof):
		v.report.found(ProblemRecord, table, id, "is not as journal row %d proved it", r.seq)
	}
	return r, ok
}

// gone finds the rows without a record.
func (v *verifier) gone(rows map[int64]journalRow, table string) {
	for _, id := range sortedKeys(rows) {
		v.report.found(ProblemGone, table, id, "journal row %d speaks of it", rows[id].seq)
	}
}

// people compares everybody with the newest journal row about them. The owner
// of the first start has none until somebody changes them.
func (v *verifier) people() error {
	err := each(v.s, func(row *values) error {
		p := scanPerson(row)
		if _, ok := v.acts.people[p.ID]; !ok && p.ID == OwnerID && p.Role == RoleOwner && p.Active && !p.MayRefund {
			return nil
		}
		v.booked(v.acts.people, "staff", p.ID, proofOfPerson(p))
		return nil
	}, "SELECT "+personColumns+" FROM staff p ORDER BY p.id")
	v.gone(v.acts.people, "staff")
	return err
}

// cashMoves compares every cash move with its journal row, and sums them by
// shift.
func (v *verifier) cashMoves() (sums map[int64]map[CashMoveKind]payment.Amount, err error) {
	sums = map[int64]map[CashMoveKind]payment.Amount{}
	err = each(v.s, func(row *values) error {
		m := scanCash(row)
		r, ok := v.booked(v.acts.cash, "cash_moves", m.ID, proofOfCash(m))
		if ok && (r.counts.drawer != m.Amount || r.counts.shiftID != m.ShiftID) {
			v.report.found(ProblemSum, "cash_moves", m.ID, "moved %s in shift %d; journal row %d says %s in shift %d", m.Amount, m.ShiftID, r.seq, r.counts.drawer, r.counts.shiftID)
		}
		if sums[m.ShiftID] == nil {
			sums[m.ShiftID] = map[CashMoveKind]payment.Amount{}
		}
		sums[m.ShiftID][m.Kind] += m.Amount
		return nil
	}, "SELECT "+cashColumns+" FROM "+cashTables+" ORDER BY m.id")
	v.gone(v.acts.cash, "cash_moves")
	return sums, err
}

// shifts compares every shift with its journal rows, and follows the drawer
// through them: each begins with what the one before it left, but for what its
// person found there, and ends with what was counted less what was taken.
func (v *verifier) shifts() error {
	moves, err := v.cashMoves()
	if err != nil {
		return err
	}
	var before Shift
	var left payment.Amount
	err = each(v.s, func(row *values) error {
		s := scanShift(row)
		if s.ID != before.ID+1 {
			v.report.found(ProblemNumber, "shifts", s.ID, "no shift before it")
		}
		if before.ID != 0 && before.State != ShiftClosed {
			v.report.found(ProblemState, "shifts", before.ID, "is %s, and shift %d was opened", before.State, s.ID)
		}
		opened := s
		if s.State == ShiftClosed {
			opened = s.asOpened()
		}
		v.booked(v.acts.opened, "shifts", s.ID, proofOfShift(opened))
		own := moves[s.ID]
		if left+own[CashFloat] != s.Float {
			v.report.found(ProblemSum, "shifts", s.ID, "began with %s; %s were left and %s found", s.Float, left, own[CashFloat])
		}
		ledger := s.Float + v.acts.drawer[s.ID] - own[CashFloat]
		if left = ledger; s.State == ShiftClosed {
			v.booked(v.acts.closed, "shifts", s.ID, proofOfShift(s))
			left = s.Counted - s.Taken
			if ledger != left || own[CashDifference] != s.Difference() {
				v.report.found(ProblemSum, "shifts", s.ID, "left %s with a difference of %s; the journal says %s and %s", left, s.Difference(), ledger, own[CashDifference])
			}
		}
		before = s
		return nil
	}, "SELECT "+shiftColumns+" FROM "+shiftTables+" ORDER BY h.id")
	v.gone(v.acts.opened, "shifts")
	v.gone(v.acts.closed, "shifts")
	return err
}

// newestBefore is the last of some days that lie before one; "" for none. Days
// behind it were in the future when a report was made: the clock was wrong.
func newestBefore(days []Day, before Day) (last Day) {
	for _, d := range days {
		if d < before {
			last = max(last, d)
		}
	}
	return last
}

// zReports compares every Z report with its journal row, and the head it names
// with the row before that one. They are numbered without a gap, follow the
// days, and every closed shift has its own.
func (v *verifier) zReports() error {
	numbers, days := map[ReportKind]int64{}, []Day(nil)
	err := each(v.s, func(row *values) error {
		z := scanZRow(row)
		if z.Number != numbers[z.Kind]+1 {
			v.report.found(ProblemNumber, "z_reports", z.ID, "number %d of its kind, behind number %d", z.Number, numbers[z.Kind])
		}
		numbers[z.Kind] = z.Number
		if z.Kind == ReportDay {
			if last := newestBefore(days, DayOf(z.MadeAt, 0)); z.day <= last {
				v.report.found(ProblemNumber, "z_reports", z.ID, "of %s, behind %s", z.day, last)
			}
			days = append(days, z.day)
		}
		r, ok := v.booked(v.acts.zs, "z_reports", z.ID, proofOfZ(z))
		if ok && (r.seq != z.headSeq+1 || !bytes.Equal(z.headHash, v.acts.heads[z.ID])) {
			v.report.found(ProblemRecord, "z_reports", z.ID, "names another end of the journal than row %d, which stands before its own", r.seq-1)
		}
		return nil
	}, "SELECT "+zColumns+" FROM "+zTables+" ORDER BY z.id")
	if err != nil {
		return err
	}
	v.gone(v.acts.zs, "z_reports")
	without, err := all(v.s, scanInt, "SELECT id FROM shifts h WHERE state = 'closed' AND NOT EXISTS (SELECT 1 FROM z_reports WHERE kind = 'shift' AND shift_id = h.id) ORDER BY id")
	for _, id := range without {
		v.report.found(ProblemGone, "z_reports", 0, "shift %d is closed and has none", id)
	}
	return err
}
