package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestABackupWhileSelling(t *testing.T) {
	s := newShop(t)
	before, _ := s.paid(100)
	dir := t.TempDir()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
				s.paid(200)
			}
		}
	})
	var files []string
	for i := range 3 {
		file := filepath.Join(dir, string(rune('a'+i)))
		if err := s.Backup(ctx, file); err != nil {
			t.Error(err)
		}
		files = append(files, file)
	}
	close(stop)
	wg.Wait()
	for _, file := range files {
		l, err := Open(file, Options{Key: testKey, ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		r, err := l.Verify(ctx, nil)
		if err != nil || !r.Good() {
			t.Errorf("%+v %v", r, err)
		}
		if d, err := l.Sale(ctx, before.ReceiptNo); err != nil || d.Paid != 100 {
			t.Errorf("%+v %v", d, err)
		}
		l.Close()
		if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%v %v: others may read the backup", info.Mode(), err)
		}
	}
	s.mustVerify()
}

func TestABackupNeverOverwrites(t *testing.T) {
	s := newShop(t)
	file := filepath.Join(t.TempDir(), "backup")
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, file); !errors.Is(err, ErrExists) {
		t.Fatalf("%v", err)
	}
	if raw, _ := os.ReadFile(file); string(raw) != "precious" {
		t.Fatalf("%q", raw)
	}
	if err := s.Backup(ctx, filepath.Join(file, "below a file")); err == nil {
		t.Fatal("a backup below a file")
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Backup(gone, file+"-2"); !errors.Is(err, ErrInterrupted) {
		t.Fatalf("a backup that was given up: %v", err)
	}
	names, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(names) != 1 {
		t.Fatalf("%v %v", names, err)
	}
}

// The drill: a backup, more sales, a disaster, the backup put back.
func TestRestore(t *testing.T) {
	s := newShop(t)
	kept, tender := s.paid(1000)
	s.refund(tender.ID, 100) // asked for, and its answer is not in the backup
	_, asked := s.start(s.scan(300))
	_, waiting := s.start(s.scan(400))
	s.move(waiting.ID, Move{To: payment.StatePending})
	file := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	lost, _ := s.paid(2000)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.clock.at = s.clock.at.Add(time.Hour)
	if err := Restore(ctx, file, s.path, s.options()); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.mustVerify()
	if _, err := s.Sale(ctx, lost.ReceiptNo); !errors.Is(err, ErrNotFound) {
		t.Fatalf("a sale that is not in the backup: %v", err)
	}
	d := s.detail(kept.ID)
	if d.Paid != 1000 || d.Refunds[0].State != payment.RefundUnknown || d.Prints[0].State != PrintSkipped {
		t.Fatalf("%+v", d)
	}
	open, err := s.OpenTenders(ctx)
	if err != nil || len(open) != 2 || open[0].ID != asked.ID || open[0].State != payment.StateUnknown || open[1].State != payment.StateUnknown {
		t.Fatalf("%+v %v", open, err)
	}
	s.noNext()
	if r := s.refund(tender.ID, 50); !strings.HasSuffix(r.RequestNo, "R102") {
		t.Fatalf("request number %s", r.RequestNo)
	}
	// The replaced ledger is beside it, whole.
	old, err := filepath.Glob(s.path + ".replaced-*")
	if err != nil || len(old) != 1 {
		t.Fatalf("%q %v", old, err)
	}
	l, err := Open(old[0], Options{Key: testKey, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if d, err := l.Sale(ctx, lost.ReceiptNo); err != nil || d.Paid != 2000 {
		t.Fatalf("%+v %v", d, err)
	}
	// And so it goes a second time, in the same second.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Restore(ctx, file, s.path, s.options()); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.mustVerify()
	names, err := os.ReadDir(filepath.Dir(s.path))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if strings.HasPrefix(n.Name(), ".") || strings.Contains(n.Name(), restoring) {
			t.Errorf("left behind: %s", n.Name())
		}
	}
}

func TestRestoreIntoAnEmptyFolder(t *testing.T) {
	s := newShop(t)
	sale, _ := s.paid(1000)
	file := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "new", "ledger.db")
	// Another computer has another key.
	o := Options{Key: make([]byte, KeySize), Now: s.clock.now}
	if err := Restore(ctx, file, path, o); !errors.Is(err, ErrKey) {
		t.Fatalf("another key: %v", err)
	}
	o.AdoptKey = true
	if err := Restore(ctx, file, path, o); err != nil {
		t.Fatal(err)
	}
	l, err := Open(path, Options{Key: o.Key})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if d, err := l.Sale(ctx, sale.ReceiptNo); err != nil || d.Paid != 1000 {
		t.Fatalf("%+v %v", d, err)
	}
	if r, err := l.Verify(ctx, nil); err != nil || !r.Good() || r.Unproved != 2 {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestRestoreRefusesAndLeavesTheLedger(t *testing.T) {
	s := shopForThieves(t)
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	ledger, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	changed := copyShop(t, s)
	thief(t, changed, "UPDATE tenders SET amount = amount + 1 WHERE id = 1")
	holed := append([]byte(nil), ledger...)
	clear(holed[8192:12288])
	for name, c := range map[string]struct {
		backup string
		want   error
	}{
		"missing":       {filepath.Join(dir, "none"), ErrMissing},
		"empty":         {file("empty", nil), ErrForeign},
		"noise":         {file("noise", []byte(strings.Repeat("noise", 2000))), ErrDamaged},
		"half":          {file("half", ledger[:len(ledger)/2]), ErrDamaged},
		"with a hole":   {file("hole", holed), ErrDamaged},
		"a changed one": {changed, ErrProblems},
		"itself":        {s.path, ErrExists},
		"a folder":      {dir, nil},
	} {
		err := Restore(ctx, c.backup, s.path, s.options())
		if err == nil || (c.want != nil && !errors.Is(err, c.want)) {
			t.Errorf("%s: %v (%s)", name, err, KindOf(err))
		}
		if now, err := os.ReadFile(s.path); err != nil || string(now) != string(ledger) {
			t.Errorf("%s: the ledger is not what it was, %v", name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(s.path), ".*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
	// The owner may take the changed one all the same.
	o := s.options()
	o.AcceptProblems = true
	if err := Restore(ctx, changed, s.path, o); err != nil {
		t.Fatal(err)
	}
	s.open()
	if r, err := s.Verify(ctx, nil); err != nil || r.Good() {
		t.Fatalf("%+v %v", r, err)
	}
}

// A restore is cut off at each of its last steps; the next start finds a whole
// ledger, the old one or the new one, and Verify has nothing to say.
func TestARestoreThatIsCutOff(t *testing.T) {
	prepare := func(t *testing.T) (s *shop, backup []byte) {
		s = newShop(t)
		s.paid(100)
		file := filepath.Join(t.TempDir(), "backup")
		if err := s.Backup(ctx, file); err != nil {
			t.Fatal(err)
		}
		s.paid(200)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		// What Restore has under its working name at the end.
		part := filepath.Join(t.TempDir(), "ledger.db")
		if err := Restore(ctx, file, part, s.options()); err != nil {
			t.Fatal(err)
		}
		backup, err := os.ReadFile(part)
		if err != nil {
			t.Fatal(err)
		}
		return s, backup
	}
	t.Run("before the old ledger is moved away", func(t *testing.T) {
		s, backup := prepare(t)
		if err := os.WriteFile(s.path+restoring, backup, 0o600); err != nil {
			t.Fatal(err)
		}
		s.open()
		s.mustVerify()
		if _, totals, err := s.Sales(ctx, Filter{}); err != nil || totals.Paid != 300 {
			t.Fatalf("%+v %v", totals, err)
		}
		if _, err := os.Stat(s.path + restoring); !isMissing(err) {
			t.Fatalf("the restored ledger lies in wait: %v", err)
		}
	})
	t.Run("before the new ledger is moved in", func(t *testing.T) {
		s, backup := prepare(t)
		if err := os.WriteFile(s.path+restoring, backup, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(s.path, s.path+".replaced-x"); err != nil {
			t.Fatal(err)
		}
		s.open() // the note outside is still that of the old ledger
		s.mustVerify()
		if _, totals, err := s.Sales(ctx, Filter{}); err != nil || totals.Paid != 100 {
			t.Fatalf("%+v %v", totals, err)
		}
		s.paid(300)
		s.reopen()
		s.mustVerify()
	})
}

// A ledger that cannot even be opened any more is replaced like any other, and
// kept with its log.
func TestRestoreOverADamagedLedger(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	file := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	noise := []byte(strings.Repeat("what a broken disk leaves ", 1000))
	for _, tail := range []string{"", "-wal"} {
		if err := os.WriteFile(s.path+tail, noise, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(s.path, s.options()); !errors.Is(err, ErrDamaged) {
		t.Fatalf("%v", err)
	}
	if err := Restore(ctx, file, s.path, s.options()); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.mustVerify()
	s.paid(200)
	kept, err := filepath.Glob(s.path + ".replaced-*")
	if err != nil || len(kept) == 0 {
		t.Fatalf("%q %v", kept, err)
	}
	if raw, err := os.ReadFile(kept[0]); err != nil || string(raw) != string(noise) {
		t.Fatalf("the damaged ledger was not kept as it was, %v", err)
	}
}

func TestCheckFile(t *testing.T) {
	s := newShop(t)
	for range 50 {
		s.paid(100)
	}
	if err := errors.Join(s.CheckFile(ctx), s.checkNewest(ctx)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	clear(raw[len(raw)/2 : len(raw)/2+6000])
	if err := os.WriteFile(s.path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		if _, err := Open(s.path, Options{Key: testKey, ReadOnly: readOnly}); !errors.Is(err, ErrDamaged) {
			t.Fatalf("read only %v: %v (%s)", readOnly, err, KindOf(err))
		}
	}
}

// Of a large ledger only the newest parts are read at the start; a page of
// theirs that is broken is found all the same.
func TestCheckNewest(t *testing.T) {
	s := newShop(t)
	for range 50 {
		s.paid(100)
	}
	root, err := one(s.write.source(), scanInt, "SELECT rootpage FROM sqlite_schema WHERE name = 'drawer_days'")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	clear(raw[(root-1)*4096 : root*4096])
	if err := os.WriteFile(s.path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := newLedger(s.path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if l.read, err = sql.Open("sqlite", dsn(s.path, reading)); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.checkNewest(ctx); !errors.Is(err, ErrDamaged) {
		t.Fatalf("%v", err)
	}
}

// SQLite's checks trust what a connection remembers of the search index. Another
// connection writes it, and the ledger is not broken for that.
func TestTheSearchIndexIsCheckedAsItIs(t *testing.T) {
	s := newShop(t)
	s.read.SetMaxOpenConns(1)
	for range 3 {
		if _, _, err := s.Sales(ctx, Filter{Text: "房间"}); err != nil {
			t.Fatal(err)
		}
		for i := range 40 {
			n := s.scan(100)
			n.Sale.Remark = fmt.Sprintf("房间 %d", i)
			s.start(n)
		}
		if err := s.CheckFile(ctx); err != nil {
			t.Fatal(err)
		}
		s.mustVerify()
	}
}

func TestALongReportIsCut(t *testing.T) {
	var r VerifyReport
	for range maxProblems + 5 {
		r.found(ProblemSum, "sales", 1, "x")
	}
	if len(r.Problems) != maxProblems || r.More != 5 || r.Good() {
		t.Fatalf("%d problems and %d more", len(r.Problems), r.More)
	}
}

// A row that is not what the tables promise is a damaged file, not a panic and
// not a zero.
func TestColumnsOfAnotherKind(t *testing.T) {
	s := newShop(t)
	for query, scan := range map[string]func(*values){
		"SELECT 'x'":  func(v *values) { v.int() },
		"SELECT 1":    func(v *values) { v.text() },
		"SELECT 1.5":  func(v *values) { v.bytes() },
		"SELECT NULL": func(v *values) { v.bool() },
		"SELECT 1, 2": func(v *values) { v.int(); v.int(); v.int() },
	} {
		err := s.look(ctx, func(x snapshot) error {
			return each(x, func(v *values) error { scan(v); return nil }, query)
		})
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", query, err)
		}
	}
}
