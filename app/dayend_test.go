package app_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// clockedLedger is a ledger whose clock the test sets.
func clockedLedger(t *testing.T, now *time.Time) *data.Ledger {
	t.Helper()
	l, err := data.Open(filepath.Join(t.TempDir(), "ledger.db"), data.Options{Key: make([]byte, 32), Now: func() time.Time { return *now }})
	check(t, err)
	t.Cleanup(func() { l.Close() })
	return l
}

func TestTheDayIsClosedByItselfAndMadeUpFor(t *testing.T) {
	now := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC) // 14:00 in Beijing
	ledger := clockedLedger(t, &now)
	till := app.NewTill(app.Options{Ledger: ledger})
	defer till.Close()
	dir := filepath.Join(t.TempDir(), "backups")
	setup := app.DayEndSetup{Automatic: true, Print: true, Backup: true, Dir: dir, Keep: 2}
	end := app.NewDayEnd(ledger, func() app.DayEndSetup { return setup }, nil, slog.New(slog.DiscardHandler), func() time.Time { return now })
	sell := func(amount payment.Amount) {
		t.Helper()
		_, err := till.TakeCash(t.Context(), app.Charge{Draft: newDraft(), Amount: amount}, amount)
		check(t, err)
	}
	zs := func() []data.Z {
		t.Helper()
		list, err := ledger.Zs(t.Context(), "2026-11-01", "2026-12-31")
		check(t, err)
		return list
	}

	sell(10_00)
	check(t, end.CatchUp(t.Context()))
	if len(zs()) != 0 {
		t.Fatal("a day was closed before it ended")
	}
	now = now.Add(24 * time.Hour)
	sell(20_00)
	now = now.Add(72 * time.Hour) // the till was off over the weekend
	check(t, end.CatchUp(t.Context()))
	check(t, end.CatchUp(t.Context())) // nothing more to do
	list := zs()
	if len(list) != 2 || list[0].Report.From != "2026-11-20" || list[0].Report.Total.Trade != 10_00 || list[1].Number != 2 || list[1].Staff.ID != 0 {
		t.Fatalf("Z reports: %+v", list)
	}
	printed := 0
	for {
		job, ok, err := ledger.NextPrint(t.Context(), now)
		check(t, err)
		if !ok {
			break
		}
		if job.Kind == data.PrintZ {
			printed++
		}
	}
	if printed != 1 {
		t.Errorf("%d Z reports print by themselves, want the last one alone", printed)
	}

	own := filepath.Join(dir, "frontdesk-before-the-move.db")
	check(t, os.WriteFile(own, nil, 0o600))
	for range 3 {
		sell(1_00)
		now = now.Add(24 * time.Hour)
		check(t, end.CatchUp(t.Context()))
	}
	names, err := filepath.Glob(filepath.Join(dir, "frontdesk-2026*.db"))
	check(t, err)
	if len(names) != 2 {
		t.Errorf("%d backups stay, want 2: %v", len(names), names)
	}
	if _, err := os.Stat(own); err != nil {
		t.Errorf("a file of somebody else was removed: %v", err)
	}

	// A backup is worth something only when it comes back.
	restored := filepath.Join(t.TempDir(), "ledger.db")
	check(t, data.Restore(t.Context(), names[len(names)-1], restored, data.Options{Key: make([]byte, 32)}))
	back, err := data.Open(restored, data.Options{Key: make([]byte, 32)})
	check(t, err)
	defer back.Close()
	verify(t, back)
	if again, err := back.Zs(t.Context(), "2026-11-01", "2026-12-31"); err != nil || len(again) != len(zs()) {
		t.Errorf("%d Z reports came back, want %d: %v", len(again), len(zs()), err)
	}
	at, ok, err := app.NewBooks(ledger).LastBackup(t.Context())
	if err != nil || !ok || !strings.Contains(names[len(names)-1], at.In(payment.Beijing).Format("20060102-150405")) {
		t.Errorf("the last backup was at %v, %v, %v", at, ok, err)
	}
}

// dayEnd is a till whose clock the test sets, and what closes its days.
type dayEnd struct {
	*testing.T
	now    time.Time
	ledger *data.Ledger
	till   *app.Till
	setup  app.DayEndSetup
	end    *app.DayEnd
}

// newDayEnd begins at 14:00 in Beijing on 2026-11-20.
func newDayEnd(t *testing.T) *dayEnd {
	t.Helper()
	d := &dayEnd{T: t, now: time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)}
	d.ledger = clockedLedger(t, &d.now)
	d.till = app.NewTill(app.Options{Ledger: d.ledger})
	t.Cleanup(d.till.Close)
	d.setup = app.DayEndSetup{Automatic: true, Backup: true, Dir: filepath.Join(t.TempDir(), "backups"), Keep: 3}
	d.restart()
	return d
}

func (d *dayEnd) restart() {
	d.end = app.NewDayEnd(d.ledger, func() app.DayEndSetup { return d.setup }, nil, slog.New(slog.DiscardHandler), func() time.Time { return d.now })
}

func (d *dayEnd) sell(amount payment.Amount) {
	d.Helper()
	_, err := d.till.TakeCash(d.Context(), app.Charge{Draft: newDraft(), Amount: amount}, amount)
	check(d, err)
}

// days are the business days with a Z report, each with its number.
func (d *dayEnd) days() map[data.Day]int64 {
	d.Helper()
	list, err := d.ledger.Zs(d.Context(), "2020-01-01", "2040-12-31")
	check(d, err)
	days := map[data.Day]int64{}
	for _, z := range list {
		days[z.Report.From] = z.Number
	}
	return days
}

func (d *dayEnd) backups() []string {
	d.Helper()
	names, err := filepath.Glob(filepath.Join(d.setup.Dir, "frontdesk-*.db"))
	check(d, err)
	for i := range names {
		names[i] = filepath.Base(names[i])
	}
	return names
}

// The day is closed whatever becomes of its backup, which is tried again.
func TestABackupThatFailedIsMadeUpFor(t *testing.T) {
	d := newDayEnd(t)
	books := app.NewBooks(d.ledger)
	place := d.setup.Dir
	check(t, os.WriteFile(place, nil, 0o600)) // no folder can be where a file is
	trouble := func() string {
		t.Helper()
		kind, err := books.BackupTrouble(t.Context())
		check(t, err)
		return kind
	}
	d.sell(10_00)
	d.now = d.now.Add(24 * time.Hour)
	if err := d.end.CatchUp(t.Context()); err == nil {
		t.Fatal("nobody hears that the backup failed")
	}
	if len(d.days()) != 1 || trouble() == "" {
		t.Fatalf("days %v, trouble %q", d.days(), trouble())
	}
	if _, ok, err := books.LastBackup(t.Context()); ok || err != nil {
		t.Errorf("a backup that was not written is told: %v", err)
	}
	check(t, os.Remove(place))
	check(t, d.end.CatchUp(t.Context())) // too early to read the whole ledger again
	if len(d.backups()) != 0 {
		t.Error("a backup that failed is tried again at once")
	}
	d.now = d.now.Add(10 * time.Minute)
	check(t, d.end.CatchUp(t.Context()))
	check(t, d.end.CatchUp(t.Context()))
	if len(d.backups()) != 1 || trouble() != "" {
		t.Errorf("backups %v, trouble %q", d.backups(), trouble())
	}

	check(t, os.RemoveAll(place))
	check(t, os.WriteFile(place, nil, 0o600))
	d.sell(10_00)
	d.now = d.now.Add(24 * time.Hour)
	if err := d.end.CatchUp(t.Context()); err == nil {
		t.Fatal("nobody hears that the backup failed")
	}
	check(t, os.Remove(place))
	d.restart() // the next start does not wait
	check(t, d.end.CatchUp(t.Context()))
	if len(d.backups()) != 1 || trouble() != "" {
		t.Errorf("after a start: backups %v, trouble %q", d.backups(), trouble())
	}
}

// Backups of a time when the clock was wrong do not push the others out.
func TestTheBackupThatWasJustWrittenStays(t *testing.T) {
	d := newDayEnd(t)
	check(t, os.MkdirAll(d.setup.Dir, 0o700))
	for _, name := range []string{"frontdesk-20310101-040000.db", "frontdesk-20310102-040000.db", "frontdesk-20310103-040000.db", "frontdesk-20261101-040000.db"} {
		check(t, os.WriteFile(filepath.Join(d.setup.Dir, name), nil, 0o600))
	}
	var newest string
	for range 4 {
		d.sell(1_00)
		d.now = d.now.Add(24 * time.Hour)
		check(t, d.end.CatchUp(t.Context()))
		newest = "frontdesk-" + d.now.In(payment.Beijing).Format("20060102-150405") + ".db"
		if !slices.Contains(d.backups(), newest) {
			t.Fatalf("the backup of now is gone: %v", d.backups())
		}
	}
	if got := d.backups(); len(got) != 3 || got[0] != "frontdesk-20261122-140000.db" {
		t.Errorf("what stays: %v", got)
	}
}

// A clock that is set back, to the day before and to before the till was used,
// leaves no gap in the numbers and no day out, and stops nothing.
func TestAClockThatIsSetBackEndsDaysAllTheSame(t *testing.T) {
	d := newDayEnd(t)
	for range 3 {
		d.sell(1_00)
		d.now = d.now.Add(24 * time.Hour)
		check(t, d.end.CatchUp(t.Context()))
	}
	d.sell(1_00) // on the 23rd
	d.now = d.now.Add(-48 * time.Hour)
	d.sell(2_00) // on the 21st, once more
	check(t, d.end.CatchUp(t.Context()))
	d.now = d.now.AddDate(-1, 0, 0)
	d.sell(4_00)
	check(t, d.end.CatchUp(t.Context()))
	d.now = time.Date(2026, 11, 25, 6, 0, 0, 0, time.UTC)
	d.sell(8_00)
	check(t, d.end.CatchUp(t.Context()))
	want := map[data.Day]int64{"2026-11-20": 1, "2026-11-21": 2, "2026-11-22": 3, "2026-11-23": 4}
	if got := d.days(); len(got) != len(want) {
		t.Errorf("Z reports of days %v, want %v", got, want)
	}
	for day, n := range want {
		if d.days()[day] != n {
			t.Errorf("Z %d of %s, want %d", d.days()[day], day, n)
		}
	}
	verify(t, d.ledger)
}

// The business day ends at the shop's hour, and a shop that moves the hour loses
// no day by it.
func TestTheDayEndsAtTheShopsHour(t *testing.T) {
	for cutover, ends := range map[time.Duration]string{0: "2026-11-21 00:00", 4 * time.Hour: "2026-11-21 04:00", 11*time.Hour + 30*time.Minute: "2026-11-21 11:30"} {
		d := newDayEnd(t)
		d.ledger.SetCutover(cutover)
		d.sell(1_00)
		end, err := time.ParseInLocation("2006-01-02 15:04", ends, payment.Beijing)
		check(t, err)
		d.now = end.Add(-time.Second)
		check(t, d.end.CatchUp(t.Context()))
		if len(d.days()) != 0 {
			t.Errorf("%s: the day was closed before its end", cutover)
		}
		d.now = end
		check(t, d.end.CatchUp(t.Context()))
		if d.days()["2026-11-20"] != 1 {
			t.Errorf("%s: %v", cutover, d.days())
		}
		d.ledger.SetCutover(0)
		d.sell(1_00)
		d.now = d.now.Add(48 * time.Hour)
		check(t, d.end.CatchUp(t.Context()))
		if d.days()["2026-11-21"] != 2 {
			t.Errorf("%s, then midnight: %v", cutover, d.days())
		}
	}
}

// Thirty backups stay, and each comes back.
func TestThirtyBackupsStay(t *testing.T) {
	d := newDayEnd(t)
	d.setup.Keep = 30
	for range 33 {
		d.sell(1_00)
		d.now = d.now.Add(24 * time.Hour)
		check(t, d.end.CatchUp(t.Context()))
	}
	names := d.backups()
	if len(names) != 30 || !strings.HasPrefix(names[0], "frontdesk-20261124") {
		t.Errorf("%d backups from %s on", len(names), names[0])
	}
}
