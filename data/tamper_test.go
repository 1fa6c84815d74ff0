package data

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// shopForThieves is a closed ledger in which money has moved in every way.
func shopForThieves(t *testing.T) *shop {
	s := newShop(t)
	s.hire("小李", RoleClerk) // for rows to name another person
	_, code := s.paid(1250)
	r := s.refund(code.ID, 250)
	s.moveRefund(r.ID, RefundMove{To: payment.RefundDone, Code: "OK"})
	cash := s.notes(1000, 2000)
	cash.Sale.Remark, cash.Sale.Items = "三号桌", []Item{{Name: "茶", Price: 1000, Quantity: 1}}
	_, inCash := s.start(cash)
	s.refund(inCash.ID, 300)
	_, late := s.start(s.scan(700))
	s.move(late.ID, Move{To: payment.StateFailed, Reason: payment.ReasonBalance, Code: "ACQ.X"})
	s.move(late.ID, Move{To: payment.StatePaid, TradeNo: "T-late", PaidAt: noon})
	_, taken := s.paid(900)
	s.move(taken.ID, Move{To: payment.StateReversed, Reason: payment.ReasonOther})
	if err := s.DecideLate(ctx, taken.SaleID, true, 0); err != nil {
		t.Fatal(err)
	}
	if err := s.RecordAct(ctx, "drawer", "no sale", 0, 0); err != nil {
		t.Fatal(err)
	}
	s.mustVerify()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// thief opens the file with SQLite alone, without triggers and checks.
func thief(t *testing.T, file string, statements ...string) {
	t.Helper()
	w, err := openWriter(file, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	var drops []string
	triggers, err := all(w.source(), scanText, "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range triggers {
		drops = append(drops, "DROP TRIGGER "+name)
	}
	for _, statement := range append(append([]string{"PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"}, drops...), statements...) {
		if err := w.script(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// copyShop copies the ledger and its note to a new folder.
func copyShop(t *testing.T, s *shop) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "ledger.db")
	for _, tail := range []string{"", ".head"} {
		raw, err := os.ReadFile(s.path + tail)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file+tail, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

// findings is what Verify says about a file, without SQLite's own complaints:
// those about broken checks would cover up for ours.
func findings(t *testing.T, file string) []Problem {
	t.Helper()
	l, err := Open(file, Options{Key: testKey, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	r, err := l.Verify(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(r.Problems, func(p Problem) bool { return p.Kind == ProblemFile })
}

// crimes is a copy of a closed ledger, without triggers and checks, in which
// one crime after another is looked at and undone.
type crimes struct {
	*Ledger
	note headNote
}

func newCrimes(t *testing.T, s *shop) crimes {
	t.Helper()
	file := copyShop(t, s)
	thief(t, file)
	l, err := Open(file, Options{Key: testKey, Now: s.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	if err := l.write.script("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON"); err != nil {
		t.Fatal(err)
	}
	note, err := readHeadNote(l.headFile)
	if err != nil {
		t.Fatal(err)
	}
	c := crimes{l, note}
	if found := c.findings(t); len(found) > 0 {
		t.Fatalf("before any crime: %+v", found)
	}
	return c
}

// findings is what Verify says about a crime; see findings.
func (c crimes) findings(t *testing.T, statements ...string) []Problem {
	t.Helper()
	var report VerifyReport
	err := c.change(ctx, func(x *tx) (err error) {
		for _, statement := range statements {
			if _, err := x.exec(statement); err != nil {
				t.Errorf("%s: %v", statement, err)
				return err
			}
		}
		if report, err = c.verify(x, c.note, nil, nil); err != nil {
			t.Errorf("%s: %v", statements, err)
		}
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		t.Errorf("%s: %v", statements, err)
	}
	return slices.DeleteFunc(report.Problems, func(p Problem) bool { return p.Kind == ProblemFile })
}

var errUndone = errors.New("undone")

// findEveryCrime wants Verify to find each of the crimes, and each row of the
// tables that is deleted.
func findEveryCrime(t *testing.T, s *shop, cases map[string][]string, tables ...string) {
	t.Helper()
	base := copyShop(t, s)
	for _, table := range tables {
		_, rows := describe(t, base, table)
		for _, row := range rows {
			cases["deleted "+table+" "+row] = []string{"DELETE FROM " + table + " WHERE " + row}
		}
	}
	crimes := newCrimes(t, s)
	for name, statements := range cases {
		if len(crimes.findings(t, statements...)) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
}

// findWithoutKey wants Verify to find each of the changes without looking at the
// chain.
func findWithoutKey(t *testing.T, s *shop, statements []string) {
	t.Helper()
	crimes := newCrimes(t, s)
	crimes.key = nil
	for _, statement := range statements {
		if len(crimes.findings(t, statement)) == 0 {
			t.Errorf("%s: not found", statement)
		}
	}
}

// nameEveryCrime wants Verify to call each of the changes by its name; the
// detail is not compared.
func nameEveryCrime(t *testing.T, s *shop, cases map[string]Problem) {
	t.Helper()
	crimes := newCrimes(t, s)
	for statement, want := range cases {
		found := crimes.findings(t, statement)
		if !slices.ContainsFunc(found, func(p Problem) bool { p.Detail = ""; return p == want }) {
			t.Errorf("%s: %+v, want %+v", statement, found, want)
		}
	}
}

// unproved are the columns that no chain and no sum protects, because they are
// nothing but the program's notes to itself.
var unproved = map[string]bool{
	"tenders.intent": true, "tenders.cancel_asked": true, "tenders.parked": true, "tenders.queries": true, "tenders.cancels": true,
	"refunds.intent": true, "refunds.tries": true, "journal_head.id": true,
	"deposits.intent": true, "deposits.cancel_asked": true, "deposits.parked": true, "deposits.queries": true, "deposits.cancels": true,
	"steps.intent": true, "steps.tries": true, "shifts.intent": true, "cash_moves.intent": true, "staff.wrong_pins": true, "staff.pin_after": true,
}

// Every column of every row of money is changed, one at a time. Where a value
// has few legal ones, it becomes another legal one.
func TestVerifyFindsEveryChangedValue(t *testing.T) {
	s := shopForThieves(t)
	legal := map[string]string{
		"sales.state": "CASE state WHEN 'paid' THEN 'refunded' ELSE 'paid' END", "sales.attention": "CASE attention WHEN '' THEN 'taken' ELSE '' END",
		"sales.day": "'2026-11-20'", "sales.staff_id": "staff_id + 1", "sales.items": "CASE items WHEN '' THEN '[{\"name\":\"x\",\"price\":1,\"quantity\":1}]' ELSE '' END",
		"tenders.state": "CASE state WHEN 'paid' THEN 'failed' ELSE 'closed' END", "tenders.late": "1 - late", "tenders.method": "CASE method WHEN 'qr' THEN 'code' ELSE 'qr' END",
		"refunds.state": "'refused'", "refunds.day": "'2026-11-20'", "journal.day": "'2026-11-20'", "journal.counts_on": "'2026-11-20'",
	}
	changeEveryValue(t, s, legal, map[string]int{"sales": 48, "tenders": 80, "refunds": 26, "journal": 72, "journal_head": 2, "figures": 14, "figure_days": 13, "drawer_days": 2, "sale_days": 6})
}

// changeEveryValue changes the tables of a closed ledger, each to other values
// of its own or to the legal ones, and wants Verify to find at least so many
// changes.
func changeEveryValue(t *testing.T, s *shop, legal map[string]string, tables map[string]int) {
	base := copyShop(t, s)
	for table, least := range tables {
		t.Run(table, func(t *testing.T) {
			t.Parallel()
			columns, ids := describe(t, base, table)
			if table == "journal" { // one chain: the first, a middle and the last row stand for all
				ids = []string{ids[0], ids[len(ids)/2], ids[len(ids)-1]}
			}
			crimes, tried := newCrimes(t, s), 0
			for _, column := range columns {
				if unproved[table+"."+column.name] {
					continue
				}
				change, ok := legal[table+"."+column.name]
				switch {
				case ok:
				case column.kind == "INTEGER":
					change = column.name + " + 1000"
				case column.kind == "TEXT":
					change = column.name + " || 'x'"
				default:
					change = "x'" + strings.Repeat("11", 32) + "'"
				}
				for _, id := range ids {
					if len(crimes.findings(t, "UPDATE "+table+" SET "+column.name+" = "+change+" WHERE "+id)) == 0 {
						t.Errorf("UPDATE %s SET %s = %s WHERE %s: not found", table, column.name, change, id)
					}
					tried++
				}
			}
			if tried < least {
				t.Fatalf("only %d values were changed", tried)
			}
		})
	}
}

type column struct{ name, kind string }

// describe is a table's columns, and a condition for each of its rows.
func describe(t *testing.T, file, table string) (columns []column, rows []string) {
	t.Helper()
	w, err := openWriter(file, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	columns, err = all(w.source(), func(v *values) column { return column{v.text(), v.text()} }, "SELECT name, type FROM pragma_table_info(?)", table)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := all(w.source(), scanText, "SELECT '''' || name || ' = '' || quote(' || name || ')' FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", table)
	if err != nil {
		t.Fatal(err)
	}
	key := strings.Join(keys, " || ' AND ' || ")
	if rows, err = all(w.source(), scanText, "SELECT "+key+" FROM "+table); err != nil {
		t.Fatal(err)
	}
	return columns, rows
}

func TestVerifyFindsWhatIsGoneAddedOrMoved(t *testing.T) {
	t.Parallel()
	s := shopForThieves(t)
	cases := map[string][]string{
		"two rows change places":      {"UPDATE journal SET seq = -1 WHERE seq = 2", "UPDATE journal SET seq = 2 WHERE seq = 3", "UPDATE journal SET seq = 3 WHERE seq = -1"},
		"the whole journal":           {"DELETE FROM journal"},
		"journal and note":            {"DELETE FROM journal", "DELETE FROM journal_head"},
		"all of the day":              {"DELETE FROM figures"},
		"all of the days":             {"DELETE FROM figure_days"},
		"a day that never was":        {"INSERT INTO figures VALUES ('2026-01-01', 12, 1, 1, 'alipay', 'code', 'alipay', 1, 1, 100, 0, 0, 0, 0, 0, 0)"},
		"a payment nobody made":       {"INSERT INTO tenders SELECT 99, sale_id, 2, 'i', channel, method, wallet, 'o', '', 1, 0, 0, 0, 'paid', '', '', '', '', 0, 0, 1, 1, 1, 0, 0, 0, day, 1, 1, 0 FROM tenders WHERE id = 1"},
		"a refund nobody made":        {"INSERT INTO refunds SELECT 99, sale_id, tender_id, 'i', 'r', 1, reason, state, why, code, staff_id, day, 1, 1, 1, 1, 0 FROM refunds WHERE id = 1"},
		"a row made up at the end":    {"INSERT INTO journal SELECT (SELECT max(seq) + 1 FROM journal), at, day, kind, staff_id, sale_id, tender_id, refund_id, channel, 0, 0, 0, sale_paid, sale_refunded, detail, proof, hash, 0, 0, 0, 0, 0, 0, 0, 0, '', -1, 0, 0, 0 FROM journal WHERE seq = 1"},
		"that, with the note moved":   {"INSERT INTO journal SELECT (SELECT max(seq) + 1 FROM journal), at, day, 'drawer', staff_id, 0, 0, 0, '', 0, 0, 0, 0, 0, detail, proof, hash, 0, 0, 0, 0, 0, 0, 0, 0, '', -1, 0, 0, 0 FROM journal WHERE seq = 1", "UPDATE journal_head SET seq = seq + 1"},
		"the last row":                {"DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)"},
		"that, with the note moved ":  {"DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)", "UPDATE journal_head SET seq = seq - 1"},
		"a sale in the middle":        {"DELETE FROM sales WHERE id = 1000002", "DELETE FROM tenders WHERE sale_id = 1000002", "DELETE FROM refunds WHERE sale_id = 1000002", "DELETE FROM journal WHERE sale_id = 1000002"},
		"the last sale, with its row": {"DELETE FROM sales WHERE id = 1000004", "DELETE FROM tenders WHERE sale_id = 1000004", "DELETE FROM journal WHERE sale_id = 1000004"},
		"a clever clerk": { // takes 5.00 out of the till and makes everything agree
			"UPDATE tenders SET amount = amount - 500, tendered = tendered - 500 WHERE id = 2",
			"UPDATE sales SET amount = amount - 500, paid = paid - 500 WHERE id = 1000002",
			"UPDATE journal SET amount = amount - 500, paid = paid - 500, sale_paid = sale_paid - 500 WHERE sale_id = 1000002 AND kind = 'paid'",
			"UPDATE journal SET sale_paid = sale_paid - 500 WHERE sale_id = 1000002 AND kind = 'refunded'",
			"UPDATE figures SET paid = paid - 500 WHERE channel = 'cash'", "UPDATE figure_days SET paid = paid - 500 WHERE channel = 'cash'",
			"UPDATE journal SET drawer = drawer - 500 WHERE sale_id = 1000002 AND kind = 'paid'", "UPDATE drawer_days SET balance = balance - 500",
			"UPDATE sale_days SET paid = paid - 500",
		},
	}
	findEveryCrime(t, s, cases, "sales", "tenders", "refunds", "journal", "journal_head", "figures", "figure_days", "drawer_days", "sale_days")
}

// A thief who keeps an old copy of the whole file can put it back, and nothing
// in it is false. The note outside tells.
func TestAnOldCopyPutBackIsFound(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	s.open()
	s.paid(200)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	if p := findings(t, s.path); len(p) != 1 || p[0].Kind != ProblemCut || p[0].Table != "head_file" {
		t.Fatalf("%+v", p)
	}
	// Going on as if nothing had happened does not hide it.
	s.open()
	s.paid(300)
	s.reopen()
	r, err := s.Verify(ctx, nil)
	if err != nil || len(r.Problems) != 1 || r.Problems[0].Kind != ProblemCut {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestALostNoteIsWrittenDownAndMadeAnew(t *testing.T) {
	for name, lose := range map[string]func(file string) error{
		"missing": os.Remove,
		"empty":   func(file string) error { return os.WriteFile(file, nil, 0o600) },
		"noise":   func(file string) error { return os.WriteFile(file, []byte("noise"), 0o600) },
		"another's key": func(file string) error {
			return writeHeadNote(file, newHeadNote(make([]byte, KeySize), 1, []byte("x")))
		},
	} {
		s := newShop(t)
		s.paid(100)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := lose(s.path + ".head"); err != nil {
			t.Fatal(err)
		}
		s.open()
		rows := s.journalRows()
		if last := rows[len(rows)-1]; last.kind != journalHeadGone {
			t.Fatalf("%s: %+v", name, last)
		}
		s.mustVerify()
		s.reopen()
		if n := len(s.journalRows()); n != len(rows) {
			t.Fatalf("%s: %d rows, had %d", name, n, len(rows))
		}
		s.mustVerify()
	}
}

func TestTheJournalRefusesWhatIsNotAppended(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	_, tender := s.paid(200)
	s.refund(tender.ID, 50)
	for _, statement := range []string{
		"UPDATE journal SET amount = 1", "DELETE FROM journal", "DELETE FROM journal WHERE seq = 2",
		"REPLACE INTO journal SELECT * FROM journal WHERE seq = 1", "INSERT INTO journal SELECT 9, " + strings.TrimPrefix(journalColumns, "seq, ") + " FROM journal WHERE seq = 1",
		"UPDATE events SET detail = 'x'", "DELETE FROM events", "REPLACE INTO events SELECT * FROM events WHERE n = 1",
		"DELETE FROM sales", "DELETE FROM tenders", "DELETE FROM refunds",
		"UPDATE sales SET amount = amount + 1", "UPDATE tenders SET amount = amount + 1", "UPDATE tenders SET out_trade_no = out_trade_no || 'x'",
		// and what the constraints refuse
		"UPDATE tenders SET refunded = amount + 1", "UPDATE sales SET refunded = paid + 1", "UPDATE tenders SET state = 'done'",
		"UPDATE sales SET paid = 1.5", "UPDATE tenders SET sale_id = 9", "UPDATE tenders SET masked_code = '2812345678901234'",
	} {
		err := s.change(ctx, func(x *tx) error { return second(x.exec(statement)) })
		if KindOf(err) != KindInvalid {
			t.Errorf("%s: %v", statement, err)
		}
	}
	s.mustVerify()
}

func TestAnotherKey(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	s.paid(200)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	other := make([]byte, KeySize)
	o := Options{Key: other, Now: s.clock.now}
	if _, err := Open(s.path, o); KindOf(err) != KindKey {
		t.Fatalf("another key: %v", err)
	}
	if _, err := Open(s.path, Options{Key: other[:5]}); KindOf(err) != KindKey {
		t.Fatalf("half a key: %v", err)
	}
	o.AdoptKey = true
	l, err := Open(s.path, o)
	if err != nil {
		t.Fatal(err)
	}
	s.Ledger = l
	s.paid(300)
	if r := s.mustVerify(); r.Unproved != 3 || r.Rows != 5 {
		t.Fatalf("%+v", r)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	o.AdoptKey = false // once is enough
	if s.Ledger, err = Open(s.path, o); err != nil {
		t.Fatal(err)
	}
	s.mustVerify()
	// Without any key the sums are checked and the chain is not.
	l, err = Open(s.path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if r, err := l.Verify(ctx, nil); err != nil || !r.Good() || r.Unproved != 5 {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestVerifyTellsHowFarItIs(t *testing.T) {
	s := newShop(t)
	for range 5 {
		s.paid(100)
	}
	var done, total int
	_, err := s.Verify(ctx, func(d, n int) {
		if d < done || n != 11 {
			t.Errorf("%d of %d after %d", d, n, done)
		}
		done, total = d, n
	})
	if err != nil || done != total || total != 11 {
		t.Fatalf("%d of %d, %v", done, total, err)
	}
}
