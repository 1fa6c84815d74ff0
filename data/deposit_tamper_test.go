package data

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// receptionForThieves is a closed ledger in which the money of deposits has
// moved in every way.
func receptionForThieves(t *testing.T) *shop {
	s := newShop(t)
	s.hire("小李", RoleClerk)
	s.staysOfEveryKind()
	s.mustVerify()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// staysOfEveryKind moves the money of four deposits in every way.
func (s *shop) staysOfEveryKind() {
	s.tb.Helper()
	stay := s.held(50000)
	_, breakfast := s.done(s.capture(stay, 3800, false))
	s.done(s.giveBack(breakfast, 800))
	s.done(s.release(stay, 10000))
	notes := s.take(s.inNotes(20000, 30000))
	s.clock.at = s.clock.at.Add(24 * time.Hour)
	s.done(s.capture(stay, 13800, true))
	s.begin(s.capture(notes, 5000, false))
	late := s.take(s.byCode(700))
	s.moveHeld(late.ID, HoldMove{To: payment.StateFailed, Reason: payment.ReasonBalance, Code: "X"})
	s.moveHeld(late.ID, HoldMove{To: payment.StatePaid, AuthNo: "A-late", HeldAt: s.clock.at})
	s.moveHeld(late.ID, HoldMove{HoldID: "H-late"})
	taken := s.held(900)
	s.moveHeld(taken.ID, HoldMove{To: payment.StateReversed, Reason: payment.ReasonTimeout})
	if err := s.DecideLateDeposit(ctx, taken.ID, true, 0); err != nil {
		s.tb.Fatal(err)
	}
}

// Every column of every row of a deposit's money is changed, one at a time.
func TestVerifyFindsEveryChangedValueOfDeposits(t *testing.T) {
	s := receptionForThieves(t)
	changeEveryValue(t, s, map[string]string{
		"deposits.state": "CASE state WHEN 'held' THEN 'captured' ELSE 'held' END", "deposits.attention": "CASE attention WHEN '' THEN 'taken' ELSE '' END",
		"deposits.hold": "CASE hold WHEN 'paid' THEN 'reversed' ELSE 'paid' END", "deposits.day": "'2026-11-20'", "deposits.staff_id": "staff_id + 1",
		"deposits.method": "CASE method WHEN 'qr' THEN 'code' ELSE 'qr' END", "deposits.late": "1 - late",
		"steps.kind": "CASE kind WHEN 'capture' THEN 'release' ELSE 'capture' END", "steps.state": "'refused'", "steps.day": "'2026-11-20'",
		"steps.staff_id": "staff_id + 1", "steps.release_rest": "1 - release_rest", "steps.of_step": "coalesce(of_step, 0) + 1000",
		"steps.deposit_id": "CASE deposit_id WHEN 51000001 THEN 51000002 ELSE 51000001 END",
		"journal.day":      "'2026-11-20'", "journal.counts_on": "'2026-11-20'",
	}, map[string]int{"deposits": 128, "steps": 85, "journal": 72, "deposit_figures": 40})
}

func TestVerifyFindsDepositsThatAreGoneAddedOrMoved(t *testing.T) {
	t.Parallel()
	s := receptionForThieves(t)
	cases := map[string][]string{
		"all of the days":        {"DELETE FROM deposit_figures"},
		"a day that never was":   {"INSERT INTO deposit_figures VALUES ('2026-01-01', 1, 'alipay', 1, 100, 0, 0, 0, 0, 0, 0, 0, 0)"},
		"all of the deposits":    {"DELETE FROM steps", "DELETE FROM deposits"},
		"a release nobody made":  {"INSERT INTO steps SELECT 99, deposit_id, 'release', 'i', 'n', '', 1, 0, 0, NULL, 0, 'done', '', '', '', 1, day, 1, 1, 1, 1 FROM steps WHERE id = 1"},
		"a refund nobody made":   {"INSERT INTO steps SELECT 99, deposit_id, 'refund', 'i', 'n', '', 1, 0, 0, 1, 0, 'done', '', '', '', 1, day, 1, 1, 1, 1 FROM steps WHERE id = 1"},
		"a step of nothing":      {"INSERT INTO steps SELECT 99, 51000099, 'release', 'i', 'n', '', 1, 0, 0, NULL, 0, 'refused', '', '', '', 1, day, 1, 1, 1, 1 FROM steps WHERE id = 1"},
		"a deposit nobody took":  {"INSERT INTO deposits SELECT 51000005, day, created_at, staff_id, 'i', channel, method, wallet, 'o', 'r', '', '', '', '', '', 1, 0, 0, 1, 0, 0, 0, 'paid', 'held', '', '', '', '', '', '', 0, '', 0, 0, 1, 1, 0, 0, 0, 1 FROM deposits WHERE id = 51000001"},
		"a number left out":      {"INSERT INTO deposits SELECT 51000006, day, created_at, staff_id, 'i', channel, method, wallet, 'o', 'r', '', '', '', '', '', 1, 0, 0, 0, 0, 0, 0, 'failed', 'failed', '', '', '', '', '', '', 0, '', 0, 0, 1, 1, 0, 0, 0, 1 FROM deposits WHERE id = 51000001"},
		"a deposit made a sale":  {"UPDATE journal SET sale_id = 1000001 WHERE seq = 3"},
		"a row without deposit":  {"UPDATE journal SET deposit_id = 0, step_id = 0, held = 0, captured = 0, released = 0, given_back = 0, deposit_left = 0 WHERE seq = 3"},
		"a stay in the middle":   {"DELETE FROM steps WHERE deposit_id = 51000002", "DELETE FROM deposits WHERE id = 51000002", "DELETE FROM journal WHERE deposit_id = 51000002"},
		"the last one and all":   {"DELETE FROM deposits WHERE id = 51000004", "DELETE FROM journal WHERE deposit_id = 51000004"},
		"a guest of another":     {"UPDATE deposits SET room = '999', guest = 'x', phone = 'x' WHERE id = 51000001"},
		"captures change places": {"UPDATE steps SET deposit_id = 51000002 WHERE id = 1", "UPDATE steps SET deposit_id = 51000001 WHERE id = 5"},
		"a clever clerk": { // pockets 50.00 of the notes, as if the guest had got them back, and makes everything agree
			"UPDATE steps SET amount = amount - 1000 WHERE id = 5",
			"INSERT INTO steps SELECT 99, deposit_id, 'release', 'i', out_order_no || 'U001', '', 1000, 0, 0, NULL, 0, 'done', '', '', '', s.staff_id, s.day, s.created_at, s.ended_at, 0, s.shift_id FROM steps s JOIN deposits d ON d.id = s.deposit_id WHERE s.id = 5",
			"UPDATE deposits SET captured = captured - 1000, released = released + 1000 WHERE id = 51000002",
			"UPDATE journal SET amount = amount - 1000, captured = captured - 1000, released = 1000, drawer = -1000 WHERE deposit_id = 51000002 AND kind = 'capture'",
			"UPDATE drawer_days SET balance = balance - 1000 WHERE day = (SELECT max(day) FROM drawer_days)",
			"UPDATE deposit_figures SET captured = captured - 1000, releases = releases + 1, released = released + 1000 WHERE channel = 'cash' AND captures = 1",
		},
	}
	findEveryCrime(t, s, cases, "deposits", "steps", "journal", "deposit_figures")
}

// A thief who also has the key of the journal is caught by the sums: here the
// chain is not looked at.
func TestVerifyAddsDepositsUpWithoutAKey(t *testing.T) {
	t.Parallel()
	s := receptionForThieves(t)
	findWithoutKey(t, s, []string{
		"UPDATE journal SET held = held + 1 WHERE kind = 'hold' AND deposit_id = 51000001", "UPDATE journal SET captured = captured - 1 WHERE kind = 'capture' AND step_id = 1",
		"UPDATE journal SET released = 0 WHERE kind = 'hold_taken'", "UPDATE journal SET given_back = given_back + 5 WHERE kind = 'deposit_refund'",
		"UPDATE journal SET deposit_left = deposit_left + 1 WHERE kind = 'hold_named'", "UPDATE journal SET step_id = 99 WHERE kind = 'deposit_refund'",
		"UPDATE deposits SET refunded = 0 WHERE id = 51000001", "UPDATE steps SET refunded = 0 WHERE id = 1", "UPDATE steps SET rest = rest - 1 WHERE rest > 0",
		"UPDATE deposit_figures SET released = released + 1",
	})
}

// What no fault of the program may write, the tables refuse by themselves.
func TestTheTablesOfDepositsRefuse(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	_, capture := s.done(s.capture(d, 300, false))
	s.done(s.giveBack(capture, 100))
	s.begin(s.release(d, 500))
	s.take(s.inNotes(500, 500))
	s.take(s.byCode(100))
	step := "INSERT INTO steps SELECT 99, deposit_id, kind, 'i', 'n', '', %s, 'created', '', '', '', staff_id, day, 1, 0, 0, 1 FROM steps WHERE id = "
	for _, statement := range []string{
		"DELETE FROM deposits", "DELETE FROM steps", "DELETE FROM deposit_events", "UPDATE deposit_events SET detail = 'x'",
		"REPLACE INTO deposit_events SELECT * FROM deposit_events WHERE n = 1",
		"UPDATE deposits SET amount = amount + 1", "UPDATE deposits SET room = '1'", "UPDATE deposits SET out_order_no = out_order_no || 'x'",
		"UPDATE deposits SET intent = 'x' WHERE id = 51000001", "UPDATE deposits SET masked_code = '2812345678901234'",
		"UPDATE steps SET amount = amount + 1", "UPDATE steps SET number = number || 'x'", "UPDATE steps SET of_step = 1", "UPDATE steps SET deposit_id = 51000002",
		// more than there is
		"UPDATE deposits SET captured = 1001 WHERE id = 51000001", "UPDATE deposits SET captured = 600, released = 500 WHERE id = 51000001",
		"UPDATE deposits SET refunded = captured + 1 WHERE id = 51000001", "UPDATE deposits SET held = 999 WHERE id = 51000001",
		"UPDATE steps SET refunded = amount + 1 WHERE id = 1", "UPDATE steps SET refunded = 1 WHERE kind = 'release'",
		// what was booked goes away
		"UPDATE deposits SET captured = 200, refunded = 100 WHERE id = 51000001", "UPDATE deposits SET refunded = 0 WHERE id = 51000001",
		"UPDATE steps SET state = 'refused' WHERE id = 1", "UPDATE steps SET refunded = 0 WHERE id = 1", "UPDATE steps SET trade_no = 'x' WHERE id = 1",
		"UPDATE steps SET code = 'x' WHERE id = 1", "UPDATE steps SET rest = 5 WHERE id = 3",
		// states that cannot be
		"UPDATE deposits SET hold = 'failed' WHERE id = 51000001", "UPDATE deposits SET hold = 'reversed' WHERE id = 51000001",
		"UPDATE deposits SET hold = 'paid' WHERE id = 51000003", "UPDATE deposits SET held = 100 WHERE id = 51000003",
		"UPDATE deposits SET hold = 'unknown', held = 0 WHERE id = 51000002", "UPDATE deposits SET auth_no = 'x' WHERE id = 51000002",
		"UPDATE deposits SET state = 'done'", "UPDATE deposits SET attention = 'overpaid'", "UPDATE steps SET state = 'paid' WHERE id = 3",
		"UPDATE deposits SET held = 1.5 WHERE id = 51000003",
		// steps that do not fit beside the others: 300 captured, 500 under way
		fmt.Sprintf(step, "201, 0, 0, NULL, 0") + "1", fmt.Sprintf(step, "100, 1, 101, NULL, 0") + "1", fmt.Sprintf(step, "201, 0, 0, NULL, 0") + "3",
		fmt.Sprintf(step, "201, 0, 0, 1, 0") + "2", fmt.Sprintf(step, "1, 0, 0, 3, 0") + "2", fmt.Sprintf(step, "1, 0, 0, NULL, 0") + "2",
		fmt.Sprintf(step, "1, 1, 0, NULL, 0") + "3", fmt.Sprintf(step, "1, 0, 5, NULL, 0") + "1",
		strings.Replace(fmt.Sprintf(step, "1, 0, 0, NULL, 0"), "deposit_id,", "51000003,", 1) + "1", // of what is not held
		// and numbers and papers
		"INSERT INTO sales SELECT 51000001, day, 0, 1, 1, 0, 0, 0, 'open', '', '', '' FROM deposits WHERE id = 51000001",
		"INSERT INTO journal SELECT seq + 100, " + strings.TrimPrefix(journalColumns, "seq, ") + " FROM journal WHERE seq = 1",
		"INSERT INTO print_jobs (kind, copy, state, tries, drawer, created_at, not_before, ended_at, last_error, content) VALUES ('deposit', 0, 'queued', 0, 0, 0, 0, 0, '', '')",
		"INSERT INTO print_jobs (kind, deposit_id, copy, state, tries, drawer, created_at, not_before, ended_at, last_error, content) VALUES ('checkout', 51000001, 0, 'queued', 0, 0, 0, 0, 0, '', '')",
	} {
		err := s.change(ctx, func(x *tx) error { return second(x.exec(statement)) })
		if KindOf(err) != KindInvalid {
			t.Errorf("%s: %v", statement, err)
		}
	}
	// One of these fits, and shows that the ones above were refused for what
	// they say.
	err := s.change(ctx, func(x *tx) error {
		if _, err := x.exec(fmt.Sprintf(step, "200, 0, 0, NULL, 0") + "1"); err != nil {
			t.Errorf("a step that fits: %v", err)
		}
		return errors.New("and away")
	})
	if err == nil {
		t.Error("it stayed")
	}
	s.mustVerify()
}

// What is wrong is called by its name.
func TestVerifyNamesWhatIsWrongWithDeposits(t *testing.T) {
	t.Parallel()
	s := receptionForThieves(t)
	nameEveryCrime(t, s, map[string]Problem{
		"UPDATE deposits SET guest = 'x' WHERE id = 51000001":         {ProblemRecord, "deposits", 51000001, ""},
		"UPDATE deposits SET hold = 'reversed' WHERE id = 51000001":   {ProblemRecord, "deposits", 51000001, ""},
		"UPDATE deposits SET captured = 1 WHERE id = 51000002":        {ProblemSum, "deposits", 51000002, ""},
		"UPDATE deposits SET state = 'unknown' WHERE id = 51000003":   {ProblemState, "deposits", 51000003, ""},
		"UPDATE deposits SET attention = '' WHERE id = 51000003":      {ProblemState, "deposits", 51000003, ""},
		"DELETE FROM deposits WHERE id = 51000002":                    {ProblemNumber, "deposits", 51000003, ""},
		"DELETE FROM deposits WHERE id = 51000004":                    {ProblemGone, "deposits", 51000004, ""},
		"DELETE FROM steps WHERE id = 1":                              {ProblemGone, "steps", 1, ""},
		"UPDATE steps SET code = 'x' WHERE id = 2":                    {ProblemRecord, "steps", 2, ""},
		"UPDATE steps SET state = 'refused' WHERE id = 2":             {ProblemRecord, "steps", 2, ""},
		"UPDATE steps SET refunded = 0 WHERE id = 1":                  {ProblemSum, "steps", 1, ""},
		"DELETE FROM journal WHERE deposit_id = 51000004":             {ProblemUnbooked, "deposits", 51000004, ""},
		"DELETE FROM journal WHERE step_id = 3":                       {ProblemUnbooked, "steps", 3, ""},
		"UPDATE journal SET deposit_left = 7 WHERE step_id = 2":       {ProblemSum, "journal", 5, ""},
		"UPDATE deposit_figures SET takes = 9 WHERE channel = 'cash'": {ProblemDay, "deposit_figures", 0, ""},
	})
}

// The hash covers each word that a row says about a deposit, and is the one of
// version 1 where it says nothing.
func TestTheHashOfARowAboutADeposit(t *testing.T) {
	row := journalRow{seq: 7, at: 1795000000000, day: "2026-11-21", kind: journalHold, staffID: 1, channel: payment.Alipay, amount: 1000, detail: "x", proof: []byte{}}
	seen := map[string]bool{hexHash(hashOf(testKey, nil, row)): true}
	for i := range len(depositPart{}.list()) {
		v := &values{list: make([]any, len(depositPart{}.list()))}
		for j := range v.list {
			v.list[j] = number(i == j)
		}
		r := row
		r.deposit = scanDepositPart(v)
		seen[hexHash(hashOf(testKey, nil, r))] = true
	}
	if len(seen) != 8 {
		t.Fatalf("%d hashes of 8 rows", len(seen))
	}
	if !seen["71da8be2d656a4d9fc3200994de6b2e1aade213f8b77af2b969e2771509c1a18"] {
		t.Fatalf("no hash of version 1 among %v", seen)
	}
}
