package data

import (
	"testing"
	"time"

	"frontdesk/payment"
)

// shiftsForThieves is a closed ledger with people, two shifts, cash moves of
// every kind, an approval, and Z reports of a shift and of a day.
func shiftsForThieves(t *testing.T) *shop {
	s := newShop(t)
	li, boss := s.hire("小李", RoleClerk), s.hire("经理", RoleManager)
	name := "王老板"
	if _, err := s.ChangePerson(ctx, OwnerID, PersonChange{Name: &name}, OwnerID); err != nil {
		t.Fatal(err)
	}
	s.openShift(li, 300_00)
	_, cash := s.start(s.notes(50_00, 100_00))
	s.refund(cash.ID, 10_00)
	s.cash(20_00, li.ID)
	s.cash(-5_00, li.ID)
	_, code := s.start(s.scan(1000))
	s.move(code.ID, Move{To: payment.StatePaid, Discount: 100})
	r, _, err := s.StartRefund(ctx, NewRefund{IntentID: s.intent(), TenderID: code.ID, Amount: 500, StaffID: li.ID, ApproverID: boss.ID})
	if err != nil {
		t.Fatal(err)
	}
	s.moveRefund(r.ID, RefundMove{To: payment.RefundDone, Discount: 50})
	_, late := s.start(s.scan(700))
	s.closeShift(CloseShift{ShiftID: 1, StaffID: li.ID, ApproverID: boss.ID, HandTo: boss.ID, NextName: "晚班", IsCounted: true, Counted: 350_00,
		Counts: []Count{{Value: 50_00, Number: 7}}, Taken: 200_00, Reason: "找错"})
	s.clock.at = s.clock.at.Add(24 * time.Hour)
	s.endDay("2026-11-21")
	s.move(late.ID, Move{To: payment.StatePaid})
	s.cash(1_00, boss.ID)
	s.mustVerify()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// Every column of every row about people, shifts, cash and Z reports is changed,
// one at a time.
func TestVerifyFindsEveryChangedValueOfShifts(t *testing.T) {
	s := shiftsForThieves(t)
	changeEveryValue(t, s, map[string]string{
		"staff.role": "CASE role WHEN 'owner' THEN 'clerk' ELSE 'owner' END", "staff.may_refund": "1 - may_refund", "staff.active": "1 - active",
		"shifts.state": "CASE state WHEN 'open' THEN 'closed' ELSE 'kept' END",
		"shifts.auto":  "1 - auto", "shifts.staff_id": "CASE staff_id WHEN 2 THEN 3 ELSE 2 END", "shifts.day": "'2026-11-20'", "shifts.closed_by": "CASE closed_by WHEN 2 THEN 3 ELSE 2 END",
		"shifts.handed_to": "CASE handed_to WHEN 2 THEN 3 ELSE 2 END", "shifts.notes": "'[{\"value\":1,\"number\":1}]'", "shifts.counts": "'[{\"value\":1,\"number\":1}]'",
		"cash_moves.kind": "CASE kind WHEN 'in' THEN 'float' ELSE 'in' END", "cash_moves.shift_id": "3 - shift_id", "cash_moves.day": "'2026-11-20'",
		"cash_moves.staff_id": "CASE staff_id WHEN 2 THEN 3 ELSE 2 END", "cash_moves.approver_id": "CASE approver_id WHEN 3 THEN 2 ELSE 3 END",
		"z_reports.kind": "'week'", "z_reports.shift_id": "coalesce(shift_id, 0) + 1", "z_reports.day": "'2026-11-20'",
		"z_reports.staff_id": "3 - staff_id", "z_reports.content": "replace(content, '\"payments\":', '\"payments\": 1')",
		"tenders.state": "CASE state WHEN 'paid' THEN 'failed' ELSE 'closed' END", "tenders.late": "1 - late", "tenders.method": "CASE method WHEN 'qr' THEN 'code' ELSE 'qr' END",
		"tenders.shift_id": "CASE shift_id WHEN 1 THEN 2 ELSE 0 END", "tenders.staff_id": "CASE staff_id WHEN 1 THEN 2 ELSE 0 END", "tenders.day": "CASE day WHEN '2026-11-21' THEN '' ELSE day END",
		"refunds.state": "'refused'", "refunds.day": "'2026-11-20'", "refunds.shift_id": "CASE shift_id WHEN 1 THEN 2 ELSE 0 END",
		"journal.day": "'2026-11-20'", "journal.counts_on": "CASE counts_on WHEN '' THEN '2026-11-21' ELSE '' END", "journal.counts_hour": "CASE counts_hour WHEN -1 THEN 12 ELSE -1 END",
	}, map[string]int{"staff": 11, "shifts": 32, "cash_moves": 50, "z_reports": 18, "drawer_days": 4, "figures": 40, "figure_days": 36, "tenders": 70, "refunds": 26, "journal": 80})
}

func TestVerifyFindsShiftsThatAreGoneAddedOrMoved(t *testing.T) {
	t.Parallel()
	s := shiftsForThieves(t)
	cases := map[string][]string{
		"somebody nobody hired":      {"INSERT INTO staff VALUES (9, '小偷', 'owner', 1, 1, 0, 0)"},
		"a name of another":          {"UPDATE staff SET name = 'x' WHERE id = 2", "UPDATE staff SET name = '小李' WHERE id = 3", "UPDATE staff SET name = '经理' WHERE id = 2"},
		"a shift made open again":    {"UPDATE shifts SET state = 'closed' WHERE id = 2", "UPDATE shifts SET state = 'open' WHERE id = 1"},
		"a shift that never was":     {"INSERT INTO shifts SELECT 3, '', name, staff_id, day, opened_at, float, notes, auto, 'closed', 1, 1, 0, 0, 0, '', 0, '' FROM shifts WHERE id = 2"},
		"shifts change places":       {"UPDATE shifts SET id = 9 WHERE id = 1", "UPDATE shifts SET id = 1 WHERE id = 2", "UPDATE shifts SET id = 2 WHERE id = 9"},
		"cash that never moved":      {"INSERT INTO cash_moves SELECT 99, 'i', 'out', 2, day, 1, 1, 0, -5, 'x' FROM cash_moves WHERE id = 1"},
		"cash that moved elsewhere":  {"UPDATE cash_moves SET shift_id = 2 WHERE kind = 'in' AND shift_id = 1"},
		"reports change numbers":     {"UPDATE z_reports SET number = 9 WHERE id = 1"},
		"a day nobody closed":        {"INSERT INTO z_reports SELECT 99, 'day', 2, '2026-11-22', NULL, made_at, 0, head_seq, head_hash, content FROM z_reports WHERE kind = 'day'"},
		"a report of another end":    {"UPDATE z_reports SET head_seq = 1, head_hash = (SELECT hash FROM journal WHERE seq = 1) WHERE kind = 'day'"},
		"all reports":                {"DELETE FROM z_reports"},
		"all reports and their rows": {"DELETE FROM z_reports", "DELETE FROM journal WHERE kind = 'z_report'"},
		"the drawer":                 {"UPDATE drawer_days SET balance = balance - 100"},
		"all of the drawer":          {"DELETE FROM drawer_days"},
		"a clever clerk": { // takes 10.00 out of the count and makes everything agree
			"UPDATE shifts SET counted = counted - 1000 WHERE id = 1", "UPDATE shifts SET float = float - 1000 WHERE id = 2",
			"UPDATE cash_moves SET amount = amount - 1000 WHERE kind = 'difference'", "UPDATE journal SET drawer = drawer - 1000, amount = amount - 1000 WHERE kind = 'cash' AND amount = (SELECT amount + 1000 FROM cash_moves WHERE kind = 'difference')",
			"UPDATE journal SET amount = amount - 1000 WHERE kind IN ('shift_closed', 'shift_opened')", "UPDATE drawer_days SET balance = balance - 1000",
		},
	}
	findEveryCrime(t, s, cases, "staff", "shifts", "cash_moves", "z_reports", "drawer_days", "figures", "figure_days", "journal")
}

// A thief who also has the key of the journal is caught by the sums: here the
// chain is not looked at.
func TestVerifyAddsShiftsUpWithoutAKey(t *testing.T) {
	t.Parallel()
	s := shiftsForThieves(t)
	findWithoutKey(t, s, []string{
		"UPDATE journal SET drawer = drawer + 1 WHERE kind = 'paid' AND channel = 'cash'", "UPDATE journal SET drawer = 1 WHERE kind = 'paid' AND channel = 'alipay'",
		"UPDATE journal SET drawer = drawer - 1 WHERE kind = 'refunded' AND drawer <> 0", "UPDATE journal SET drawer = drawer - 1 WHERE kind = 'cash'",
		"UPDATE journal SET shift_id = 2 WHERE kind = 'paid'", "UPDATE journal SET shift_id = 2 WHERE kind = 'cash'",
		"UPDATE journal SET counts_on = '2026-11-22' WHERE kind = 'paid'", "UPDATE journal SET counts_hour = 5 WHERE kind = 'paid'",
		"UPDATE journal SET discount = discount + 1 WHERE discount > 0", "UPDATE journal SET refund_discount = refund_discount - 1 WHERE refund_discount > 0",
		"UPDATE journal SET staff_id = 2 WHERE kind = 'paid'", "UPDATE journal SET detail = '9' WHERE kind = 'shift_closed'", "UPDATE journal SET detail = 'x' WHERE kind = 'cash'",
		"UPDATE journal SET detail = '9' WHERE kind = 'z_report'", "UPDATE journal SET detail = '9' WHERE kind = 'staff'",
		"UPDATE shifts SET expected = expected + 1, counted = counted + 1 WHERE id = 1", "UPDATE shifts SET taken = taken + 1 WHERE id = 1", "UPDATE shifts SET float = float + 1 WHERE id = 2",
		"UPDATE figures SET discount = discount + 1", "UPDATE figures SET refund_discount = refund_discount + 1", "UPDATE figure_days SET staff_id = staff_id + 9", "UPDATE sale_days SET refunds = 0",
		"UPDATE z_reports SET number = number + 1", "UPDATE z_reports SET content = content || ' '", "UPDATE drawer_days SET balance = balance + 1",
		"UPDATE staff SET may_refund = 1 WHERE id = 1", "UPDATE staff SET role = 'owner' WHERE id = 2",
	})
}

// What is wrong is called by its name.
func TestVerifyNamesWhatIsWrongWithShifts(t *testing.T) {
	t.Parallel()
	s := shiftsForThieves(t)
	nameEveryCrime(t, s, map[string]Problem{
		"UPDATE staff SET role = 'owner' WHERE id = 2":                                              {ProblemRecord, "staff", 2, ""},
		"INSERT INTO staff VALUES (9, 'x', 'clerk', 0, 1, 0, 0)":                                    {ProblemUnbooked, "staff", 9, ""},
		"DELETE FROM staff WHERE id = 3":                                                            {ProblemGone, "staff", 3, ""},
		"UPDATE shifts SET reason = '' WHERE id = 1":                                                {ProblemRecord, "shifts", 1, ""},
		"UPDATE shifts SET counted = 5 WHERE id = 1":                                                {ProblemSum, "shifts", 1, ""},
		"UPDATE shifts SET float = 5 WHERE id = 2":                                                  {ProblemSum, "shifts", 2, ""},
		"DELETE FROM shifts WHERE id = 1":                                                           {ProblemNumber, "shifts", 2, ""},
		"DELETE FROM shifts WHERE id = 2":                                                           {ProblemGone, "shifts", 2, ""},
		"UPDATE shifts SET state = 'kept' WHERE id = 1":                                             {ProblemState, "shifts", 1, ""},
		"UPDATE cash_moves SET reason = '' WHERE id = 2":                                            {ProblemRecord, "cash_moves", 2, ""},
		"DELETE FROM cash_moves WHERE id = 2":                                                       {ProblemGone, "cash_moves", 2, ""},
		"UPDATE journal SET drawer = 5 WHERE kind = 'cash' AND detail = '2'":                        {ProblemSum, "cash_moves", 2, ""},
		"DELETE FROM z_reports WHERE id = 1":                                                        {ProblemGone, "z_reports", 1, ""},
		"UPDATE z_reports SET content = '{}' WHERE id = 1":                                          {ProblemRecord, "z_reports", 1, ""},
		"UPDATE z_reports SET number = 2 WHERE id = 1":                                              {ProblemNumber, "z_reports", 1, ""},
		"UPDATE drawer_days SET balance = 0":                                                        {ProblemDay, "drawer_days", 0, ""},
		"UPDATE figures SET discount = 0":                                                           {ProblemDay, "figures", 0, ""},
		"UPDATE figure_days SET discount = 0":                                                       {ProblemDay, "figure_days", 0, ""},
		"UPDATE sale_days SET paid = 0":                                                             {ProblemDay, "sale_days", 0, ""},
		"UPDATE tenders SET discount = 0":                                                           {ProblemRecord, "tenders", 2, ""},
		"UPDATE journal SET discount = 0 WHERE kind = 'paid'":                                       {ProblemSum, "sales", 1000002, ""},
		"UPDATE journal SET shift_id = 2 WHERE kind = 'refunded' AND sale_id = 1000001 AND seq < 9": {ProblemSum, "journal", 7, ""},
	})
}

// The hash covers where a row counts, and is the one of version 1 where it says
// nothing of that.
func TestTheHashOfARowThatCounts(t *testing.T) {
	row := journalRow{seq: 7, at: 1795000000000, day: "2026-11-21", kind: journalHold, staffID: 1, channel: payment.Alipay, amount: 1000, detail: "x", proof: []byte{}}
	seen := map[string]bool{}
	for i, c := range []countPart{{}, {shiftID: 1}, {on: "2026-11-20"}, {hour: 1}, {hour: 2}, {discount: 1}, {refundDiscount: 1}, {drawer: 1}} {
		r := row
		r.counts = c
		hash := hexHash(hashOf(testKey, nil, r))
		if seen[hash] || i == 0 && hash != "71da8be2d656a4d9fc3200994de6b2e1aade213f8b77af2b969e2771509c1a18" {
			t.Errorf("%+v has the hash %s", c, hash)
		}
		seen[hash] = true
	}
}
