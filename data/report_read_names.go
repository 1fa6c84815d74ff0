package data

import (
	"encoding/json"

	"frontdesk/payment"
)

// staffNames are all people, by their ids, with the names they have now.
func staffNames(s source) (map[int64]Staff, error) {
	staff := map[int64]Staff{}
	err := each(s, func(v *values) error {
		p := scanStaff(v)
		staff[p.ID] = p
		return nil
	}, "SELECT id, name, role FROM staff")
	return staff, err
}

// nameOf is the person with this id; nobody is 0.
func nameOf(staff map[int64]Staff, id int64) Staff {
	if p, ok := staff[id]; ok {
		return p
	}
	return Staff{ID: id}
}

// shiftOfReport is a shift with the names of its people.
func shiftOfReport(s source, id int64) (Shift, error) {
	staff, err := staffNames(s)
	if err != nil {
		return Shift{}, err
	}
	return one(s, func(v *values) Shift {
		h := Shift{ID: v.int(), Name: v.text(), Staff: nameOf(staff, v.int()), Day: Day(v.text()), OpenedAt: moment(v.int()), Float: payment.Amount(v.int()),
			Auto: v.bool(), State: ShiftState(v.text()), ClosedAt: moment(v.int()), ClosedBy: nameOf(staff, v.int()), HandedTo: nameOf(staff, v.int()),
			Expected: payment.Amount(v.int()), Counted: payment.Amount(v.int())}
		if counts := v.text(); counts != "" {
			if err := json.Unmarshal([]byte(counts), &h.Counts); err != nil {
				v.fail("counts of shift %d: %w", h.ID, err)
			}
		}
		h.Taken, h.Reason = payment.Amount(v.int()), v.text()
		return h
	}, "SELECT id, name, staff_id, day, opened_at, float, auto, state, closed_at, closed_by, handed_to, expected, counted, counts, taken, reason FROM shifts WHERE id = ?", id)
}

// movesOfReport are the cash moves m that pass where, oldest first.
func movesOfReport(s source, where string, args ...any) ([]CashMove, error) {
	staff, err := staffNames(s)
	if err != nil {
		return nil, err
	}
	return all(s, func(v *values) CashMove {
		return CashMove{ID: v.int(), Kind: CashMoveKind(v.text()), ShiftID: v.int(), Day: Day(v.text()), At: moment(v.int()), Staff: nameOf(staff, v.int()),
			Approver: nameOf(staff, v.int()), Amount: payment.Amount(v.int()), Reason: v.text()}
	}, "SELECT id, kind, shift_id, day, at, staff_id, approver_id, amount, reason FROM cash_moves m WHERE "+where+" ORDER BY id", args...)
}
