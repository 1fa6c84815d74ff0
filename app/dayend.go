package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// DayEnd closes business days by itself: at the cut-over the Z report of the day
// is made, printed where the shop wants it, and a backup is written. A till that
// was off makes up for it at the next start.
type DayEnd struct {
	ledger *data.Ledger
	setup  func() DayEndSetup
	done   func() // called after a day was closed; never nil
	log    *slog.Logger
	now    func() time.Time

	retry time.Time // a backup that failed is not tried again before
}

// DayEndSetup is what the settings say about the end of a day.
type DayEndSetup struct {
	Automatic bool   // make Z reports of days by itself
	Print     bool   // print them
	Backup    bool   // write a backup after it
	Dir       string // where backups lie
	Keep      int    // how many of them stay
}

// NewDayEnd makes it. setup is asked each time; done is called after each day
// that was closed and may be nil, and so may now.
func NewDayEnd(ledger *data.Ledger, setup func() DayEndSetup, done func(), log *slog.Logger, now func() time.Time) *DayEnd {
	if done == nil {
		done = func() {}
	}
	if now == nil {
		now = time.Now
	}
	return &DayEnd{ledger: ledger, setup: setup, done: done, log: log, now: now}
}

// dayEndPause is how often the clock is looked at. A wait until the cut-over
// would miss it when the machine sleeps or its clock is set.
const dayEndPause = 20 * time.Second

// Run closes what has ended and goes on until ctx ends.
func (d *DayEnd) Run(ctx context.Context) {
	for {
		if err := d.CatchUp(ctx); err != nil && ctx.Err() == nil {
			d.log.Error("the day could not be closed", "err", err)
		}
		if !pause(ctx, dayEndPause) {
			return
		}
	}
}

// backupPause is how long a backup that failed waits: each try reads the whole
// ledger, and a full disk does not empty itself.
const backupPause = 10 * time.Minute

// CatchUp makes the Z report of each business day that has ended without one,
// oldest first, and one backup when there was any. Only the last day prints by
// itself: a till that was off for a week does not unroll seven reports. A backup
// that failed, or that the end of the program came before, is made up for; until
// then Books.BackupTrouble says why there is none. It is called by one goroutine
// at a time.
func (d *DayEnd) CatchUp(ctx context.Context) error {
	setup := d.setup()
	if !setup.Automatic {
		return nil
	}
	if err := d.closeDays(ctx, setup); err != nil {
		return err
	}
	return d.backUpWhenDue(ctx, setup)
}

func (d *DayEnd) closeDays(ctx context.Context, setup DayEndSetup) error {
	days, err := d.ledger.DaysWithoutZ(ctx)
	if err != nil || len(days) == 0 {
		return err
	}
	if setup.Backup { // noted first: whatever happens now, the backup is not forgotten
		if err := d.ledger.SetSetting(ctx, backupDueKey, string(days[len(days)-1])); err != nil {
			return err
		}
		d.retry = time.Time{}
	}
	for i, day := range days {
		z, err := d.ledger.MakeDayZ(ctx, day, 0, setup.Print && i == len(days)-1)
		if err != nil {
			return err
		}
		d.log.Info("day closed", "day", day, "z", z.Number)
	}
	d.done()
	return nil
}

// backUpWhenDue writes the backup that a closed day asked for.
func (d *DayEnd) backUpWhenDue(ctx context.Context, setup DayEndSetup) error {
	due, _, err := d.ledger.Setting(ctx, backupDueKey)
	if err != nil || due == "" || !setup.Backup {
		return err
	}
	now := d.now()
	if wait := d.retry.Sub(now); wait > 0 && wait <= backupPause { // a clock that was set back makes nobody wait
		return nil
	}
	d.retry = now.Add(backupPause)
	err = d.backUp(ctx, setup)
	trouble := ""
	if err != nil {
		trouble = string(data.KindOf(err))
	}
	if before, _, readErr := d.ledger.Setting(ctx, backupTroubleKey); readErr != nil || before != trouble {
		err = errors.Join(err, d.ledger.SetSetting(ctx, backupTroubleKey, trouble))
	}
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	return d.ledger.SetSetting(ctx, backupDueKey, "")
}

// Backups are named after the moment they were made, so that their names sort by
// age, and everything else in the folder is left alone.
const (
	backupPrefix = "frontdesk-"
	backupSuffix = ".db"
	backupStamp  = "20060102-150405"
)

func (d *DayEnd) backUp(ctx context.Context, setup DayEndSetup) error {
	if err := os.MkdirAll(setup.Dir, 0o700); err != nil {
		return err
	}
	now := d.now()
	name := backupPrefix + now.In(payment.Beijing).Format(backupStamp) + backupSuffix
	err := d.ledger.Backup(ctx, filepath.Join(setup.Dir, name))
	if err != nil && !errors.Is(err, data.ErrExists) {
		return err
	}
	if err := d.ledger.SetSetting(ctx, backupKey, now.UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	return prune(setup.Dir, setup.Keep, name)
}

// prune removes the oldest backups beyond keep, and never newest, the one that was
// just written. Those that say they are from later than it were written under
// another clock, and go first: else they would stay for ever and all others go.
func prune(dir string, keep int, newest string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if isBackup(e) {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if later := a > newest; later != (b > newest) {
			if later {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	var errs []error
	for len(names) > max(keep, 1) {
		errs = append(errs, os.Remove(filepath.Join(dir, names[0])))
		names = names[1:]
	}
	return errors.Join(errs...)
}

func isBackup(e fs.DirEntry) bool {
	stamp, ok := strings.CutPrefix(e.Name(), backupPrefix)
	if !ok || !e.Type().IsRegular() {
		return false
	}
	stamp, ok = strings.CutSuffix(stamp, backupSuffix)
	_, err := time.Parse(backupStamp, stamp)
	return ok && err == nil
}
