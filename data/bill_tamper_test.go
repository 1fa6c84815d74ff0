package data

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// billsForThieves is a closed ledger whose bills have lines of every kind: of a
// payment, of refunds with and without a number, of a capture and its refund under
// either number, of an order that the ledger forgot, and of others.
func billsForThieves(t *testing.T) *shop {
	b := &billStory{shop: newShop(t), lines: map[payment.ChannelName][]payment.BillLine{}}
	b.hire("小李", RoleClerk)
	tender := b.tender(payment.StatePaid)
	b.paidLine(tender.OutTradeNo, 1000)
	b.backLine(tender.OutTradeNo, b.refundOf(tender, 300, payment.RefundDone).RequestNo, 300)
	b.refundOf(tender, 200, payment.RefundDone)
	b.backLine(tender.OutTradeNo, "", 200)
	b.tender(payment.StatePaid)
	_, s := b.stay(payment.Alipay, payment.RefundDone)
	b.paidLine(s.Number, 3000)
	d, s := b.stay(payment.WeChat, payment.RefundDone)
	_, back := b.done(b.giveBack(s, 500))
	b.says(payment.WeChat, payment.BilledPayment, d.OutOrderNo, "", 3000)
	b.says(payment.WeChat, payment.BilledRefund, d.OutOrderNo, back.Number, 500)
	b.paidLine(payment.NewOrderNo("01999999", 1, noon), 100)
	b.paidLine("WEB-1", 100)
	b.keep("2026-11-20", "2026-11-21")
	b.lines[payment.Alipay][0].Fee++
	b.keep("2026-11-21") // again, with another fee
	b.mustVerify()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return b.shop
}

func TestVerifyFindsEveryChangedValueOfBills(t *testing.T) {
	s := billsForThieves(t)
	changeEveryValue(t, s, map[string]string{
		"bills.channel": "'cloudpay'", "bills.state": "'changing'",
		"bill_lines.kind": "CASE kind WHEN 'payment' THEN 'reversal' ELSE 'payment' END", "bill_lines.fee_known": "1 - fee_known",
	}, map[string]int{"bills": 32, "bill_lines": 136, "money_days": 4, "figures": 16, "figure_days": 15, "deposit_figures": 26})
}

func TestVerifyFindsBillsThatAreGoneAddedOrMoved(t *testing.T) {
	t.Parallel()
	s := billsForThieves(t)
	findEveryCrime(t, s, map[string][]string{
		"a bill nobody read":          {"INSERT INTO bills SELECT 99, channel, '2026-11-25', read_at, staff_id, 0, hash, state FROM bills WHERE id = 1"},
		"a line nobody wrote":         {"INSERT INTO bill_lines SELECT max(id) + 1, kind, order_no, refund_no, trade_no, wallet, amount, discount, fee, fee_known, at, till, sale_id, tender_id, refund_id, deposit_id, step_id FROM bill_lines"},
		"that, counted":               {"INSERT INTO bill_lines SELECT max(id) + 1, kind, order_no, refund_no, trade_no, wallet, amount, discount, fee, fee_known, at, till, sale_id, tender_id, refund_id, deposit_id, step_id FROM bill_lines", "UPDATE bills SET lines = lines + 1 WHERE id = (SELECT max(id) / 1000000 FROM bill_lines)"},
		"all lines":                   {"DELETE FROM bill_lines"},
		"all of it":                   {"DELETE FROM bill_lines", "DELETE FROM bills"},
		"with the journal":            {"DELETE FROM bill_lines", "DELETE FROM bills", "DELETE FROM journal WHERE kind = 'bill'"},
		"a match taken away":          {"UPDATE bill_lines SET sale_id = 0, tender_id = 0, refund_id = 0 WHERE kind = 'payment' AND sale_id <> 0"},
		"a deposit's match":           {"UPDATE bill_lines SET deposit_id = 0, step_id = 0 WHERE kind = 'payment' AND deposit_id <> 0"},
		"a match moved":               {"UPDATE bill_lines SET sale_id = 1000002, tender_id = 2 WHERE kind = 'payment' AND sale_id = 1000001"},
		"refunds change places":       {"UPDATE bill_lines SET refund_id = 3 - refund_id WHERE refund_id <> 0"},
		"a fee, in the figures too":   {"UPDATE bill_lines SET fee = 0 WHERE sale_id = 1000001", "UPDATE figures SET fee = 0", "UPDATE figure_days SET fee = 0"},
		"a fee, in the figures alone": {"UPDATE figures SET fee = fee - 1", "UPDATE figure_days SET fee = fee - 1"},
		"lines change places":         {"UPDATE bill_lines SET id = -id WHERE id % 1000000 = 1", "UPDATE bill_lines SET id = id - 1 WHERE id % 1000000 = 2", "UPDATE bill_lines SET id = 1 - id WHERE id < 0"},
		"bills change places":         {"UPDATE bills SET day = '2026-11-19' WHERE day = '2026-11-20'", "UPDATE bills SET day = '2026-11-20' WHERE day = '2026-11-21'", "UPDATE bills SET day = '2026-11-21' WHERE day = '2026-11-19'"},
		"the bill that was there first": { // its lines and its hash, but not its row in the journal
			"UPDATE bill_lines SET fee = fee - 1 WHERE id IN (SELECT min(id) FROM bill_lines WHERE fee = 7)",
			"UPDATE bills SET hash = (SELECT substr(detail, -64) FROM journal WHERE kind = 'bill' AND detail LIKE 'alipay 2026-11-21%' ORDER BY seq LIMIT 1) WHERE channel = 'alipay' AND day = '2026-11-21'",
			"UPDATE figures SET fee = fee - 1", "UPDATE figure_days SET fee = fee - 1",
		},
		"all days of money": {"DELETE FROM money_days"},
	}, "bills", "bill_lines", "money_days", "figures", "figure_days", "deposit_figures")
}

// A thief who also has the key of the journal is caught by the lines and the
// records.
func TestVerifyAddsFeesUpWithoutAKey(t *testing.T) {
	t.Parallel()
	findWithoutKey(t, billsForThieves(t), []string{
		"UPDATE bill_lines SET fee = fee + 1 WHERE sale_id <> 0", "UPDATE bill_lines SET amount = amount + 1", "UPDATE bill_lines SET fee_known = 0, fee = 0 WHERE kind = 'payment'",
		"UPDATE bill_lines SET refund_id = 0 WHERE refund_id = 2", "UPDATE bill_lines SET step_id = 0 WHERE step_id = 1", "UPDATE bill_lines SET till = 2 WHERE till = 1",
		"UPDATE figures SET fee = fee + 1", "UPDATE figures SET billed = billed + 1", "UPDATE figure_days SET billed = billed - 1", "UPDATE deposit_figures SET fee = 0", "UPDATE deposit_figures SET billed = 0",
		"UPDATE journal SET detail = replace(detail, ' 0 ', ' 1 ') WHERE kind = 'bill'", "UPDATE journal SET staff_id = 2 WHERE kind = 'bill'", "UPDATE bills SET hash = replace(hash, 'a', 'b')",
		"UPDATE bills SET lines = lines + 1", "UPDATE bills SET read_at = read_at + 1", "UPDATE money_days SET day = '2026-11-01'",
	})
}

// What is wrong is called by its name.
func TestVerifyNamesWhatIsWrongWithBills(t *testing.T) {
	t.Parallel()
	nameEveryCrime(t, billsForThieves(t), map[string]Problem{
		"UPDATE bills SET hash = '' WHERE id = 1":                                 {ProblemRecord, "bills", 1, ""},
		"UPDATE bills SET state = 'changing' WHERE id = 1":                        {ProblemState, "bills", 1, ""},
		"DELETE FROM bill_lines WHERE id = 2000002":                               {ProblemRecord, "bills", 2, ""},
		"DELETE FROM bills WHERE id = 2":                                          {ProblemGone, "bills", 2, ""},
		"DELETE FROM bills WHERE id = 1":                                          {ProblemGone, "bills", 0, ""},
		"UPDATE bills SET day = '2026-11-01' WHERE id = 1":                        {ProblemUnbooked, "bills", 1, ""},
		"UPDATE bill_lines SET refund_id = 0 WHERE id = 2000002":                  {ProblemRecord, "bill_lines", 2000002, ""},
		"UPDATE bill_lines SET sale_id = 0, tender_id = 0 WHERE id = 2000001":     {ProblemRecord, "bill_lines", 2000001, ""},
		"UPDATE bill_lines SET sale_id = 1000009 WHERE id = 2000001":              {ProblemGone, "sales", 1000009, ""},
		"UPDATE bill_lines SET deposit_id = 51000009 WHERE deposit_id = 51000002": {ProblemGone, "deposits", 51000009, ""},
		"UPDATE figures SET fee = 0":                                              {ProblemDay, "figures", 0, ""},
		"UPDATE deposit_figures SET billed = 0":                                   {ProblemDay, "deposit_figures", 0, ""},
		"DELETE FROM money_days WHERE channel = 'wechat'":                         {ProblemDay, "money_days", 0, ""},
	})
}

// A bill changes as a whole or not at all, whatever a program tries.
func TestBillsOnlyChangeAsAWhole(t *testing.T) {
	s := billsForThieves(t)
	s.open()
	for _, statement := range []string{
		"UPDATE bill_lines SET fee = 0", "UPDATE bill_lines SET sale_id = 0, tender_id = 0", "UPDATE bill_lines SET deposit_id = 0", "DELETE FROM bill_lines", "DELETE FROM bills",
		"INSERT INTO bill_lines SELECT id + 100, kind, order_no, refund_no, trade_no, wallet, amount, discount, fee, fee_known, at, till, sale_id, tender_id, refund_id, deposit_id, step_id FROM bill_lines",
		"REPLACE INTO bill_lines SELECT * FROM bill_lines", "REPLACE INTO bills SELECT * FROM bills", "UPDATE bills SET hash = replace(hash, 'a', 'b')", "UPDATE bills SET read_at = 0",
		"UPDATE bills SET day = '2026-11-01'", "UPDATE bills SET state = 'changing', lines = 0", "INSERT INTO bills SELECT 99, channel, '2026-11-25', 1, 0, 0, hash, 'changing' FROM bills WHERE id = 1",
		"INSERT INTO bills SELECT id + 4, channel, '2026-11-25', 1, 0, 0, hash, 'kept' FROM bills WHERE id = 1", "DELETE FROM money_days", "UPDATE money_days SET day = '2026-11-01'",
		"UPDATE bill_lines SET refund_id = 1 WHERE kind = 'payment'", "UPDATE bill_lines SET step_id = 1 WHERE sale_id <> 0",
	} {
		if err := s.change(ctx, func(x *tx) error {
			_, err := x.exec(statement)
			return err
		}); err == nil {
			t.Errorf("%s: done", statement)
		}
	}
	// Not with another number of lines, when it is open for a change.
	err := s.change(ctx, func(x *tx) error {
		if _, err := x.exec("UPDATE bills SET state = 'changing' WHERE id = 2"); err != nil {
			t.Fatal(err)
		}
		if _, err := x.exec("DELETE FROM bill_lines WHERE id = 2000001"); err != nil {
			t.Fatal(err)
		}
		_, err := x.exec("UPDATE bills SET state = 'kept' WHERE id = 2")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "as a whole") {
		t.Fatal(err)
	}
	s.mustVerify()
}

// What cannot be a bill is refused, and nothing of it is kept.
func TestBillsThatCannotBe(t *testing.T) {
	s := newShop(t)
	good := payment.BillLine{Kind: payment.BilledPayment, OrderNo: "WEB-1", Amount: 100, At: noon}
	line := func(change func(*payment.BillLine)) []payment.BillLine {
		bad := good
		change(&bad)
		return []payment.BillLine{good, bad}
	}
	for name, c := range map[string]struct {
		channel payment.ChannelName
		day     Day
		lines   []payment.BillLine
		staffID int64
		want    error
	}{
		"no channel":    {"", "2026-11-21", nil, 0, ErrInvalid},
		"cash":          {payment.Cash, "2026-11-21", nil, 0, ErrInvalid},
		"no day":        {payment.Alipay, "", nil, 0, ErrInvalid},
		"not a day":     {payment.Alipay, "2026-11-31", nil, 0, ErrInvalid},
		"nobody":        {payment.Alipay, "2026-11-21", nil, 99, ErrNotFound},
		"no order":      {payment.Alipay, "2026-11-21", line(func(b *payment.BillLine) { b.OrderNo = "" }), 0, ErrInvalid},
		"nothing":       {payment.Alipay, "2026-11-21", line(func(b *payment.BillLine) { b.Amount = 0 }), 0, ErrInvalid},
		"less":          {payment.Alipay, "2026-11-21", line(func(b *payment.BillLine) { b.Amount = -1 }), 0, ErrInvalid},
		"too much":      {payment.Alipay, "2026-11-21", line(func(b *payment.BillLine) { b.Amount = payment.MaxAmount + 1 }), 0, ErrInvalid},
		"a huge fee":    {payment.Alipay, "2026-11-21", line(func(b *payment.BillLine) { b.Fee, b.FeeKnown = payment.MaxAmount+1, true }), 0, ErrInvalid},
		"no kind":       {payment.Alipay, "2026-11-21", line(func(b *payment.BillLine) { b.Kind = "gift" }), 0, ErrInvalid},
		"no time":       {payment.Alipay, "2026-11-21", line(func(b *payment.BillLine) { b.At = time.Time{} }), 0, ErrInvalid},
		"two numbers":   {payment.Alipay, "2026-11-21", line(func(b *payment.BillLine) { b.RefundNo = "R1" }), 0, ErrInvalid},
		"far too large": {payment.Alipay, "2026-11-21", make([]payment.BillLine, 1_000_000), 0, ErrInvalid},
	} {
		if b, err := s.KeepBill(ctx, c.channel, c.day, c.lines, c.staffID); !errors.Is(err, c.want) || b != (Bill{}) {
			t.Errorf("%s: %+v, %v", name, b, err)
		}
	}
	for _, days := range [][2]Day{{"", "2026-11-21"}, {"2026-11-21", "x"}} {
		if _, err := s.BillsWanted(ctx, nil, days[0], days[1]); !errors.Is(err, ErrInvalid) {
			t.Errorf("%v: %v", days, err)
		}
	}
	if _, err := s.Reconciliation(ctx, "today"); !errors.Is(err, ErrInvalid) {
		t.Error(err)
	}
	if r := s.mustVerify(); r.Bills != 0 || r.Rows != 0 {
		t.Errorf("%+v", r)
	}
}

// A bill has its row in the journal; the same content again, in another order and
// under another clock's zone, has none.
func TestABillInTheJournal(t *testing.T) {
	s := newShop(t)
	s.paid(1000)
	_, hash, err := s.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	lines := []payment.BillLine{{Kind: payment.BilledPayment, OrderNo: "WEB-1", Amount: 100, At: noon}, {Kind: payment.BilledRefund, OrderNo: "WEB-1", RefundNo: "R", Amount: 100, At: noon.Add(time.Second)}}
	first, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", lines, OwnerID)
	if err != nil || first.Lines != 2 || len(first.Hash) != 64 || !first.ReadAt.Equal(noon) || first.Channel != payment.Alipay || first.Day != "2026-11-21" {
		t.Fatalf("%+v %v", first, err)
	}
	rows := s.journalRows()
	row := rows[len(rows)-1]
	if row.kind != journalBill || row.channel != payment.Alipay || row.staffID != OwnerID || row.detail != "alipay 2026-11-21 2 "+first.Hash || row.amount != 0 || row.counts != (countPart{}) || row.deposit != (depositPart{}) {
		t.Fatalf("%+v", row)
	}
	s.clock.at = s.clock.at.Add(time.Hour)
	again := []payment.BillLine{lines[1], lines[0]}
	again[0].At, again[1].Fee = again[0].At.In(payment.Beijing), 5 // a fee that is not known is none
	if b, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", again, 0); err != nil || b != first {
		t.Fatalf("%+v %v", b, err)
	}
	if after := s.journalRows(); len(after) != len(rows) {
		t.Fatalf("%d rows, %d before", len(after), len(rows))
	}
	empty, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", nil, 0)
	if err != nil || empty.Lines != 0 || empty.Hash == first.Hash || empty.ReadAt.Equal(first.ReadAt) {
		t.Fatalf("%+v %v", empty, err)
	}
	if _, now, err := s.Head(ctx); err != nil || now == hash {
		t.Fatal(now, err)
	}
	// It is there after a restart, in a backup, and after that is put back.
	file := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Restore(ctx, file, s.path, s.options()); err != nil {
		t.Fatal(err)
	}
	s.open()
	if b, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", []payment.BillLine{}, 0); err != nil || b != empty || s.mustVerify().Bills != 1 {
		t.Fatalf("%+v %v", b, err)
	}
}
