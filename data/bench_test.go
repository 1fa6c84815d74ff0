package data

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

// BenchmarkTenderCommits is what a payment costs on the disk: one durable
// commit before it is sent, one when it is paid. "plain" writes the same rows,
// into tables with the same columns and keys, with the same two commits and
// nothing else: no rules, no chain, no reading. "ledger" takes turns with it,
// so that both meet the same machine, and medians are compared, so that a
// neighbour's burst of work counts for neither. x-plain is the goal's figure:
// at most 1.3.
func BenchmarkTenderCommits(b *testing.B) {
	s := newShop(b)
	p := newPlain(b)
	var ledger, plain []time.Duration
	for b.Loop() {
		start := time.Now()
		_, t := s.start(s.scan(1250))
		s.move(t.ID, Move{To: payment.StatePaid, TradeNo: fmt.Sprintf("20261121220012%014d", t.ID), Payer: "159****1234", PaidAt: s.clock.at, Print: true})
		middle := time.Now()
		p.tender(b, t.ID)
		ledger = append(ledger, middle.Sub(start))
		plain = append(plain, time.Since(middle))
	}
	slices.Sort(ledger)
	slices.Sort(plain)
	mine, theirs := ledger[len(ledger)/2], plain[len(plain)/2]
	b.ReportMetric(float64(mine.Nanoseconds())/1e3, "ledger-µs")
	b.ReportMetric(float64(theirs.Nanoseconds())/1e3, "plain-µs")
	b.ReportMetric(float64(ledger[len(ledger)*99/100].Nanoseconds())/1e3, "ledger-p99-µs")
	b.ReportMetric(float64(mine)/float64(theirs), "x-plain")
}

// plain is SQLite as a program without a ledger would use it.
type plain struct {
	db    *sql.DB
	stmts []*sql.Stmt
}

const plainSchema = `
CREATE TABLE sales (id INTEGER PRIMARY KEY, day TEXT, created_at INTEGER, staff_id INTEGER, amount INTEGER, undiscountable INTEGER,
	paid INTEGER, refunded INTEGER, state TEXT, attention TEXT, remark TEXT, items TEXT);
CREATE INDEX sales_day ON sales (day);
CREATE TABLE tenders (id INTEGER PRIMARY KEY, sale_id INTEGER, attempt INTEGER, intent TEXT UNIQUE, channel TEXT, method TEXT, wallet TEXT,
	out_trade_no TEXT UNIQUE, trade_no TEXT, amount INTEGER, tendered INTEGER, change INTEGER, refunded INTEGER, state TEXT, reason TEXT, code TEXT,
	payer TEXT, masked_code TEXT, cancel_asked INTEGER, parked INTEGER, created_at INTEGER, ended_at INTEGER, paid_at INTEGER, late INTEGER,
	queries INTEGER, cancels INTEGER, day TEXT, staff_id INTEGER, shift_id INTEGER, discount INTEGER, UNIQUE (sale_id, attempt));
CREATE INDEX tenders_shift ON tenders (shift_id) WHERE shift_id <> 0;
CREATE INDEX tenders_open ON tenders (sale_id) WHERE state IN ('created', 'pending', 'unknown');
CREATE INDEX tenders_trade_no ON tenders (trade_no) WHERE trade_no <> '';
CREATE TABLE events (sale_id INTEGER, n INTEGER, tender_id INTEGER, refund_id INTEGER, at INTEGER, kind TEXT, detail TEXT, amount INTEGER,
	PRIMARY KEY (sale_id, n)) WITHOUT ROWID;
CREATE TABLE print_jobs (id INTEGER PRIMARY KEY, kind TEXT, sale_id INTEGER, refund_id INTEGER, copy INTEGER, state TEXT, tries INTEGER, drawer INTEGER,
	created_at INTEGER, not_before INTEGER, ended_at INTEGER, last_error TEXT, UNIQUE (sale_id, kind, copy));
CREATE INDEX print_jobs_left ON print_jobs (id) WHERE state IN ('queued', 'sending', 'stuck');
CREATE TABLE journal (seq INTEGER PRIMARY KEY, at INTEGER, day TEXT, kind TEXT, staff_id INTEGER, sale_id INTEGER, tender_id INTEGER, refund_id INTEGER,
	channel TEXT, amount INTEGER, paid INTEGER, refunded INTEGER, sale_paid INTEGER, sale_refunded INTEGER, detail TEXT, proof BLOB, hash BLOB,
	deposit_id INTEGER, step_id INTEGER, held INTEGER, captured INTEGER, released INTEGER, given_back INTEGER, deposit_left INTEGER,
	shift_id INTEGER, counts_on TEXT, counts_hour INTEGER, discount INTEGER, refund_discount INTEGER, drawer INTEGER);
CREATE TABLE journal_head (id INTEGER PRIMARY KEY, seq INTEGER, seal BLOB);
INSERT INTO journal_head VALUES (1, 0, x'00');
CREATE TABLE figures (day TEXT, hour INTEGER, shift_id INTEGER, staff_id INTEGER, channel TEXT, method TEXT, wallet TEXT, sales INTEGER, payments INTEGER,
	paid INTEGER, discount INTEGER, refunds INTEGER, refunded INTEGER, refund_discount INTEGER, fee INTEGER, billed INTEGER,
	PRIMARY KEY (day, hour, shift_id, staff_id, channel, method, wallet)) WITHOUT ROWID;
INSERT INTO figures VALUES ('2026-11-21', 12, 1, 1, 'alipay', 'code', 'alipay', 0, 0, 0, 0, 0, 0, 0, 0, 0);
CREATE TABLE figure_days (day TEXT, shift_id INTEGER, staff_id INTEGER, channel TEXT, method TEXT, wallet TEXT, sales INTEGER, payments INTEGER,
	paid INTEGER, discount INTEGER, refunds INTEGER, refunded INTEGER, refund_discount INTEGER, fee INTEGER, billed INTEGER,
	PRIMARY KEY (day, shift_id, staff_id, channel, method, wallet)) WITHOUT ROWID;
INSERT INTO figure_days VALUES ('2026-11-21', 1, 1, 'alipay', 'code', 'alipay', 0, 0, 0, 0, 0, 0, 0, 0, 0);
CREATE TABLE sale_days (day TEXT PRIMARY KEY, sales INTEGER, with_money INTEGER, paid INTEGER, refunds INTEGER, refunded INTEGER) WITHOUT ROWID;
INSERT INTO sale_days VALUES ('2026-11-21', 0, 0, 0, 0, 0);
`

func newPlain(b *testing.B) *plain {
	db, err := sql.Open("sqlite", dsn(filepath.Join(b.TempDir(), "plain.db"), writing))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(plainSchema); err != nil {
		b.Fatal(err)
	}
	p := &plain{db: db}
	for _, query := range []string{
		"INSERT INTO sales VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"INSERT INTO tenders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		"UPDATE tenders SET trade_no = ?, refunded = ?, state = ?, reason = ?, code = ?, payer = ?, cancel_asked = ?, parked = ?, ended_at = ?, paid_at = ?, late = ?, queries = ?, cancels = ?, discount = ? WHERE id = ?",
		"UPDATE sales SET paid = ?, refunded = ?, state = ?, attention = ? WHERE id = ?",
		"INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"UPDATE journal_head SET seq = ?, seal = ? WHERE id = 1",
		`UPDATE figures SET sales = sales + ?, payments = payments + ?, paid = paid + ?, discount = discount + ?, refunds = refunds + ?, refunded = refunded + ?,
			refund_discount = refund_discount + ? WHERE day = ? AND hour = ? AND shift_id = ? AND staff_id = ? AND channel = ? AND method = ? AND wallet = ?`,
		"INSERT INTO print_jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		`UPDATE figure_days SET sales = sales + ?, payments = payments + ?, paid = paid + ?, discount = discount + ?, refunds = refunds + ?, refunded = refunded + ?,
			refund_discount = refund_discount + ? WHERE day = ? AND shift_id = ? AND staff_id = ? AND channel = ? AND method = ? AND wallet = ?`,
		"UPDATE sale_days SET sales = sales + ?, with_money = with_money + ?, paid = paid + ? WHERE day = ?",
	} {
		stmt, err := db.Prepare(query)
		if err != nil {
			b.Fatal(err)
		}
		p.stmts = append(p.stmts, stmt)
	}
	return p
}

// tender writes the rows of the n-th payment, in the same two commits.
func (p *plain) tender(b *testing.B, n int64) {
	const day, amount = "2026-11-21", 1250
	sale, at, order, hash := 1000000+n, int64(1795000000000), fmt.Sprintf("FD01261121120000%06d001", n), make([]byte, 32)
	trade := fmt.Sprintf("20261121220012%014d", n)
	p.commit(b, func(exec func(stmt int, args ...any)) {
		exec(0, sale, day, at, 1, amount, 0, 0, 0, "pending", "", "", "")
		exec(1, n, sale, 1, fmt.Sprintf("intent-%d", n), "alipay", "code", "alipay", order, "", amount, 0, 0, 0, "created", "", "", "", "28…4471", 0, 0, at, 0, 0, 0, 0, 0, day, 1, 1, 0)
		exec(10, 1, 0, 0, day)
		exec(2, sale, 1, n, 0, at, "created", "28…4471", amount)
	})
	p.commit(b, func(exec func(stmt int, args ...any)) {
		exec(3, trade, 0, "paid", "", "", "159****1234", 0, 0, at, at, 0, 0, 0, 0, n)
		exec(5, n, at, day, "paid", 1, sale, n, 0, "alipay", amount, amount, 0, amount, 0, order, hash, hash, 0, 0, 0, 0, 0, 0, 0, 1, "", -1, 0, 0, 0)
		exec(6, n, hash)
		exec(7, 1, 1, amount, 0, 0, 0, 0, day, 12, 1, 1, "alipay", "code", "alipay")
		exec(9, 1, 1, amount, 0, 0, 0, 0, day, 1, 1, "alipay", "code", "alipay")
		exec(10, 0, 1, amount, day)
		exec(4, amount, 0, "paid", "", sale)
		exec(2, sale, 2, n, 0, at, "paid", "", amount)
		exec(8, nil, "receipt", sale, nil, 0, "queued", 0, 0, at, 0, 0, "")
	})
}

func (p *plain) commit(b *testing.B, f func(exec func(stmt int, args ...any))) {
	tx, err := p.db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	f(func(stmt int, args ...any) {
		if _, err := tx.Stmt(p.stmts[stmt]).Exec(args...); err != nil {
			b.Fatal(err)
		}
	})
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}
