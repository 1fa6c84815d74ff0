package data

import (
	"database/sql"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/payment"
)

var golden = flag.Bool("golden", false, "write the ledger of the present schema into testdata, for all later programs to open")

// These hold what every later program must find in them. Each was written by
// TestGolden with -golden when its version was the last one, and never changes.
const (
	goldenV1 = "testdata/ledger-v1.db"
	goldenV2 = "testdata/ledger-v2.db"
	goldenV3 = "testdata/ledger-v3.db" // written when version 3 is released
)

func TestGolden(t *testing.T) {
	if !*golden {
		t.Skip("only with -golden")
	}
	s := shopForThieves(t)
	s.open()
	s.staysOfEveryKind()
	s.mustVerify()
	if err := copyLedger(ctx, s.path, goldenV3); err != nil {
		t.Fatal(err)
	}
}

// openGolden opens a copy of a ledger of an earlier version.
func openGolden(t *testing.T, file string) *shop {
	t.Helper()
	s := &shop{tb: t, clock: &clock{at: noon}, path: filepath.Join(t.TempDir(), "ledger.db"), n: 100}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	s.open()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestALedgerOfVersion2Opens(t *testing.T) {
	s := openGolden(t, goldenV2)
	if r := s.mustVerify(); r.Sales != 4 || r.Deposits != 4 || r.Steps != 5 {
		t.Fatalf("%+v", r)
	}
	want := DepositTotals{Takes: 4, Taken: 71600, Captures: 3, Captured: 22600, Releases: 3, Released: 33300, Refunds: 1, Refunded: 800, ClosingHeld: 15700, Held: 2}
	if got := s.depositTotalsOf("", "9999-99-99"); got != want {
		t.Fatalf("totals %+v, want %+v", got, want)
	}
	d, err := s.Deposit(ctx, "51000001")
	if err != nil || d.Guest != "王磊" || d.State != DepositCaptured || len(d.Steps) != 4 || d.Steps[3].Rest != 22400 || d.Steps[0].Refunded != 800 || len(d.Prints) != 5 {
		t.Fatalf("%+v %v", d, err)
	}
	if seq, hash, err := s.Head(ctx); seq != 23 || hash[:8] != "fed547e0" || err != nil {
		t.Fatalf("%d %s %v", seq, hash, err)
	}
	s.keepsItsFigures(Totals{Sales: 3, Paid: 2950, Refunds: 2, Refunded: 550})
	s.done(s.capture(s.held(500), 100, true))
	s.mustVerify()
}

// keepsItsFigures holds that an old ledger has all its money in its figures, of
// no shift, and that what goes on with it belongs to one.
func (s *shop) keepsItsFigures(want Totals) {
	s.tb.Helper()
	sum, err := s.Summary(ctx, "", "9999-12-31")
	if err != nil || sum.Totals != want {
		s.tb.Fatalf("totals %+v, want %+v, %v", sum.Totals, want, err)
	}
	r := s.report(Cut{From: "2026-11-01", To: "2026-11-30"})
	if r.Total.Trade != want.Paid || r.Total.Refunded != want.Refunded || r.Total.Discount != 0 || len(r.Shifts) != 1 || r.Shifts[0].Shift.ID != 0 || r.Shifts[0].Trade != want.Paid {
		s.tb.Fatalf("%+v", r)
	}
	if s.inDrawer() != 0 || s.current().ID != 0 {
		s.tb.Fatalf("%s in the drawer of %+v", s.inDrawer(), s.current())
	}
	tender := s.detail(1_000_002).Tenders[0] // cash of before there was a drawer
	if tender.Channel != payment.Cash || tender.ShiftID != 0 || tender.Day != "" || tender.StaffID != 0 {
		s.tb.Fatalf("%+v", tender)
	}
	if back := s.refund(tender.ID, 50); back.ShiftID != 1 || s.inDrawer() != -50 {
		s.tb.Fatalf("%+v, %s in the drawer", back, s.inDrawer())
	}
	s.mustVerify()
}

func TestALedgerOfVersion1Opens(t *testing.T) {
	s := openGolden(t, goldenV1)
	s.mustVerify()
	rows, totals, err := s.Sales(ctx, Filter{})
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d sales, %v", len(rows), err)
	}
	if want := (Totals{Rows: 4, Sales: 3, Paid: 2950, Refunds: 2, Refunded: 550}); totals != want {
		t.Fatalf("totals %+v, want %+v", totals, want)
	}
	if d := s.detail(1_000_002); d.Remark != "三号桌" || len(d.Items) != 1 || d.Tenders[0].Change != 1000 || d.Refunds[0].Amount != 300 {
		t.Fatalf("%+v", d)
	}
	if seq, hash, err := s.Head(ctx); seq != 10 || hash[:8] != "659a2dd0" || err != nil {
		t.Fatalf("%d %s %v", seq, hash, err)
	}
	d := s.detail(1_000_002)
	s.keepsItsFigures(Totals{Sales: 3, Paid: 2950, Refunds: 2, Refunded: 550})
	if p := d.Prints; len(p) != 2 || p[0].Kind != PrintReceipt || p[0].State != PrintQueued || !p[0].Drawer || p[1].RefundID != d.Refunds[0].ID || p[0].DepositID != 0 {
		t.Fatalf("%+v", p)
	}
	s.paid(100)
	s.done(s.capture(s.held(500), 100, true))
	s.mustVerify()
	// The copy made before is the file of version 1, and is left to programs
	// that know it.
	copies, err := filepath.Glob(s.path + ".before-0002-*")
	if err != nil || len(copies) != 1 {
		t.Fatalf("copies %q, %v", copies, err)
	}
	if _, err := Open(copies[0], Options{ReadOnly: true, Key: testKey}); !errors.Is(err, ErrOlder) {
		t.Fatalf("the copy: %v", err)
	}
	// A backup of version 1 is restored like any other.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Restore(ctx, copies[0], s.path, s.options()); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.mustVerify()
	if _, totals, err := s.Sales(ctx, Filter{}); err != nil || totals.Paid != 2950 {
		t.Fatalf("%+v %v", totals, err)
	}
}

func TestMigrations(t *testing.T) {
	s := newShop(t)
	sale, _ := s.paid(100)
	next := func(sql string) []migration {
		return append(migrations(), migration{version: lastVersion(migrations()) + 1, name: "0002_more.sql", sql: sql})
	}
	tables := func() int64 {
		n, err := one(s.write.source(), scanInt, "SELECT count(*) FROM sqlite_schema WHERE name = 'more'")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	// A step that fails half way leaves nothing.
	if err := s.migrate(ctx, next("CREATE TABLE more (x INTEGER); CREATE TABLE sales (x INTEGER);"), nil); err == nil || tables() != 0 {
		t.Fatalf("a step that fails: %v, %d tables", err, tables())
	}
	s.paid(200)
	s.clock.at = s.clock.at.Add(1e9)
	// A step that succeeds counts once, and the copy before it is whole.
	for range 2 {
		if err := s.migrate(ctx, next("CREATE TABLE more (x INTEGER) STRICT;"), nil); err != nil || tables() != 1 {
			t.Fatalf("%v, %d tables", err, tables())
		}
	}
	copies, err := filepath.Glob(s.path + ".before-0002-*")
	if err != nil || len(copies) != 2 {
		t.Fatalf("copies %q, %v", copies, err)
	}
	before, err := Open(copies[1], Options{ReadOnly: true, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close()
	if d, err := before.Sale(ctx, sale.ReceiptNo); err != nil || d.Paid != 100 {
		t.Fatalf("%+v %v", d, err)
	}
	// Today's program refuses what a newer one wrote, and leaves it alone.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		if l, err := Open(s.path, Options{Key: testKey, ReadOnly: readOnly}); !errors.Is(err, ErrNewer) {
			t.Fatalf("%v %v", l, err)
		}
	}
}

func TestFilesThatAreNoLedger(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "foreign")
	db, err := sql.Open("sqlite", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE notes (text TEXT)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	noise := filepath.Join(dir, "noise")
	if err := os.WriteFile(noise, []byte(strings.Repeat("no ledger at all ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]error{foreign: ErrForeign, noise: ErrDamaged, filepath.Join(noise, "below a file"): nil, dir: ErrMissing} {
		raw, _ := os.ReadFile(file)
		for _, readOnly := range []bool{false, true} {
			_, err := Open(file, Options{Key: testKey, ReadOnly: readOnly})
			if err == nil || (want != nil && !errors.Is(err, want)) {
				t.Errorf("%s, read only %v: %v (%s)", filepath.Base(file), readOnly, err, KindOf(err))
			}
		}
		if after, _ := os.ReadFile(file); string(after) != string(raw) {
			t.Errorf("%s was changed", filepath.Base(file))
		}
	}
	// An empty file is what a full disk leaves of a first start.
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Open(empty, Options{Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

// Bits that flip anywhere in the file are found at the start or by Verify, or
// change nothing; nothing panics, and money is never read wrong.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	s := shopForThieves(t)
	raw, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	want, found := payment.Amount(2950), 0
	for i := 0; i < len(raw); i += 1021 {
		bad := append([]byte(nil), raw...)
		bad[i] ^= 0x10
		file := filepath.Join(t.TempDir(), "ledger.db")
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Open(file, Options{Key: testKey, ReadOnly: true})
		if err != nil {
			if k := KindOf(err); k == KindInternal {
				t.Errorf("byte %d: %v", i, err)
			}
			found++
			continue
		}
		r, err := l.Verify(ctx, nil)
		_, totals, err2 := l.Sales(ctx, Filter{})
		l.Close()
		if err != nil || err2 != nil || !r.Good() {
			found++
			continue
		}
		if totals.Paid != want {
			t.Errorf("byte %d: paid %s, and nobody noticed", i, totals.Paid)
		}
	}
	if found == 0 {
		t.Fatal("no damage was found at all")
	}
	t.Logf("%d of %d found", found, len(raw)/1021)
}
