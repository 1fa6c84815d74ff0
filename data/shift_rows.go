package data

import (
	"encoding/json"
	"fmt"

	"frontdesk/payment"
)

// How shifts and cash moves lie in their tables. People are joined loosely: a
// shift stays a shift when somebody took its people away.

const shiftColumns = `h.id, h.name, h.day, h.opened_at, h.float, h.notes, h.auto, h.state, h.closed_at, h.expected, h.counted, h.counts, h.taken, h.reason,
	h.staff_id, coalesce(p.name, ''), coalesce(p.role, ''), h.closed_by, coalesce(c.name, ''), coalesce(c.role, ''),
	h.handed_to, coalesce(n.name, ''), coalesce(n.role, '')`

// shiftTables are what shiftColumns are read from.
const shiftTables = `shifts h LEFT JOIN staff p ON p.id = h.staff_id LEFT JOIN staff c ON c.id = h.closed_by LEFT JOIN staff n ON n.id = h.handed_to`

func scanShift(v *values) Shift {
	s := Shift{ID: v.int(), Name: v.text(), Day: Day(v.text()), OpenedAt: moment(v.int()), Float: payment.Amount(v.int()), Notes: scanCounts(v),
		Auto: v.bool(), State: ShiftState(v.text()), ClosedAt: moment(v.int()), Expected: payment.Amount(v.int()), Counted: payment.Amount(v.int()),
		Counts: scanCounts(v), Taken: payment.Amount(v.int()), Reason: v.text()}
	s.Staff, s.ClosedBy, s.HandedTo = scanStaff(v), scanStaff(v), scanStaff(v)
	return s
}

func scanCounts(v *values) (counts []Count) {
	text := v.text()
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), &counts); err != nil {
		v.fail("counts: %w", err)
	}
	return counts
}

// countsText is how notes and coins are stored: JSON, "" where nobody counted.
func countsText(counts []Count) string {
	if counts == nil {
		return ""
	}
	text, err := json.Marshal(counts)
	if err != nil {
		panic(fmt.Sprintf("data: counts: %v", err)) // integers always have JSON
	}
	return string(text)
}

func shiftByID(s source, id int64) (Shift, error) {
	return one(s, scanShift, "SELECT "+shiftColumns+" FROM "+shiftTables+" WHERE h.id = ?", id)
}

const cashColumns = `m.id, m.kind, m.shift_id, m.day, m.at, m.amount, m.reason, m.staff_id, coalesce(p.name, ''), coalesce(p.role, ''),
	m.approver_id, coalesce(a.name, ''), coalesce(a.role, '')`

// cashTables are what cashColumns are read from.
const cashTables = "cash_moves m LEFT JOIN staff p ON p.id = m.staff_id LEFT JOIN staff a ON a.id = m.approver_id"

func scanCash(v *values) CashMove {
	return CashMove{ID: v.int(), Kind: CashMoveKind(v.text()), ShiftID: v.int(), Day: Day(v.text()), At: moment(v.int()), Amount: payment.Amount(v.int()),
		Reason: v.text(), Staff: scanStaff(v), Approver: scanStaff(v)}
}

func insertShift(x *tx, s Shift, intent string) error {
	_, err := x.exec(`INSERT INTO shifts (id, intent, name, staff_id, day, opened_at, float, notes, auto, state, closed_at, closed_by, handed_to, expected, counted, counts, taken, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 0, 0, 0, 0, 0, '', 0, '')`,
		s.ID, intent, s.Name, s.Staff.ID, string(s.Day), milli(s.OpenedAt), int64(s.Float), countsText(s.Notes), number(s.Auto))
	if err != nil {
		return fmt.Errorf("insert shift: %w", err)
	}
	return nil
}

// endShift stores what a shift became.
func endShift(x *tx, s Shift) error {
	_, err := x.exec(`UPDATE shifts SET state = ?, closed_at = ?, closed_by = ?, handed_to = ?, expected = ?, counted = ?, counts = ?, taken = ?, reason = ?
		WHERE id = ?`,
		string(s.State), milli(s.ClosedAt), s.ClosedBy.ID, s.HandedTo.ID, int64(s.Expected), int64(s.Counted), countsText(s.Counts), int64(s.Taken), s.Reason, s.ID)
	if err != nil {
		return fmt.Errorf("close shift: %w", err)
	}
	return nil
}

func insertCash(x *tx, m CashMove, intent string) (int64, error) {
	id, err := x.insert(`INSERT INTO cash_moves (intent, kind, shift_id, day, at, staff_id, approver_id, amount, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		intent, string(m.Kind), m.ShiftID, string(m.Day), milli(m.At), m.Staff.ID, m.Approver.ID, int64(m.Amount), m.Reason)
	if err != nil {
		return 0, fmt.Errorf("insert cash move: %w", err)
	}
	return id, nil
}
