package data

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"frontdesk/data/atomicfile"
	"frontdesk/payment"
)

// restoring is what a restored ledger is called until it takes its place. Open
// finishes a restore that was cut off between the last two steps.
const restoring = ".restore"

// Restore puts a backup in the place of the ledger, which must be closed, with
// its folder locked by the caller. The replaced ledger is kept beside it as
// "<name>.replaced-20261121-150405".
//
// The backup is checked first: the file, sums and states, and the journal. A
// backup of another key (another computer's) is ErrKey unless Options.AdoptKey
// says to go on; its journal can then not be proved any more, but its sums are.
// What the ledger may have forgotten is taken care of: open tenders, refunds,
// holds and steps become unknown, so that they are asked for and never sent as
// new; waiting print jobs are skipped; numbers of refunds and of steps begin a
// new hundred.
//
// Errors: ErrMissing, ErrForeign, ErrNewer, ErrDamaged, *ProblemsError,
// ErrKey, ErrDiskFull.
// After any of them the ledger is what it was.
func Restore(ctx context.Context, backupFile, ledgerPath string, o Options) error {
	if err := restore(ctx, backupFile, ledgerPath, o); err != nil {
		return fmt.Errorf("restore %s: %w", filepath.Base(backupFile), explain(err, filepath.Dir(ledgerPath)))
	}
	return nil
}

func restore(ctx context.Context, backupFile, ledgerPath string, o Options) error {
	if o.ReadOnly {
		return ErrReadOnly
	}
	ledgerPath, err := filepath.Abs(ledgerPath)
	if err != nil {
		return err
	}
	if same, err := sameFile(backupFile, ledgerPath); err != nil {
		return err
	} else if same {
		return ErrExists.because("the backup is the ledger itself")
	}
	if err := os.MkdirAll(filepath.Dir(ledgerPath), 0o700); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(ledgerPath), ".frontdesk-restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	part := filepath.Join(dir, "ledger")
	if err := copyFile(ctx, backupFile, part); err != nil {
		return err
	}
	// A replaced ledger that was damaged has its log beside it.
	if err := copyFile(ctx, backupFile+"-wal", part+"-wal"); err != nil && !isMissing(err) {
		return err
	}
	if err := checkCopy(ctx, part); err != nil {
		return err
	}
	// The copy has no note of its end yet; it gets one in the folder of the
	// copy, and the real one is written when all is in place.
	inside := o
	inside.restoring = true
	inside.HeadFile = filepath.Join(dir, "head")
	if err := prepareRestored(ctx, part, inside); err != nil {
		return err
	}
	note, err := readHeadNote(inside.HeadFile)
	if err != nil {
		return err
	}
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	headFile := o.HeadFile
	if headFile == "" {
		headFile = ledgerPath + ".head"
	}
	if err := swapIn(part, ledgerPath, now()); err != nil {
		return err
	}
	return writeHeadNote(headFile, note)
}

// prepareRestored opens the copy as a ledger (which brings its schema up to
// date), proves it, and marks what may be old.
func prepareRestored(ctx context.Context, part string, o Options) error {
	l, err := Open(part, o)
	if err != nil {
		return err
	}
	defer l.Close()
	report, err := l.Verify(ctx, nil)
	if err != nil {
		return err
	}
	if !report.Good() && !o.AcceptProblems {
		return &ProblemsError{Report: report}
	}
	if err := l.change(ctx, l.markRestored); err != nil {
		return err
	}
	if err := l.Close(); err != nil {
		return err
	}
	if _, err := os.Lstat(part + "-wal"); !isMissing(err) {
		return ErrDisk.because("the log of the restored ledger was not folded in: %v", err)
	}
	return syncFile(part)
}

// markRestored makes sure that nothing old is sent again.
func (l *Ledger) markRestored(x *tx) error {
	tenders, err := all(x, scanTender, "SELECT "+tenderColumns+" FROM tenders t "+openTenders)
	if err != nil {
		return err
	}
	for _, t := range tenders {
		if t.State == payment.StateUnknown {
			continue
		}
		if _, _, _, err := l.moveTender(x, t.ID, Move{To: payment.StateUnknown, Events: []NewEvent{{Kind: EventUnknown, Detail: journalRestored}}}); err != nil {
			return err
		}
	}
	refunds, err := all(x, scanRefund, "SELECT "+refundColumns+" FROM refunds r "+openRefunds)
	if err != nil {
		return err
	}
	for _, r := range refunds {
		if r.State == payment.RefundUnknown {
			continue
		}
		if _, _, err := l.moveRefund(x, r.ID, RefundMove{To: payment.RefundUnknown, Events: []NewEvent{{Kind: EventRefundUnknown, Detail: journalRestored}}}); err != nil {
			return err
		}
	}
	if err := l.doubtDeposits(x); err != nil {
		return err
	}
	jobs, err := all(x, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE "+left)
	if err != nil {
		return err
	}
	for _, p := range jobs {
		p.State, p.LastError = PrintSkipped, TroubleTooOld
		if err := settlePrint(x, p); err != nil {
			return err
		}
	}
	restores, err := restoreCount(x)
	if err != nil {
		return err
	}
	if err := storeSetting(x, restoresKey, fmt.Sprint(min(restores+1, 9))); err != nil {
		return err
	}
	return l.journal(x, journalRow{kind: journalRestored, staffID: OwnerID})
}

// swapIn puts part in the place of the ledger. Before the last step the ledger
// is complete under its own name or under a dated one, and part is complete
// under the name that Open looks for.
func swapIn(part, path string, now time.Time) error {
	if _, err := os.Lstat(path); isMissing(err) {
		return errors.Join(os.Rename(part, path), atomicfile.SyncFolder(filepath.Dir(path)))
	}
	old := path + ".replaced-" + now.In(payment.Beijing).Format("20060102-150405")
	for n := 2; ; n++ {
		if _, err := os.Lstat(old); err != nil {
			break // free, or the rename below says what is wrong
		}
		old = fmt.Sprintf("%s.replaced-%s-%d", path, now.In(payment.Beijing).Format("20060102-150405"), n)
	}
	if err := foldLog(path); err != nil {
		return err
	}
	if err := os.Rename(part, path+restoring); err != nil {
		return err
	}
	// A log that could not be folded in (a damaged ledger) belongs to the old
	// file; beside the new one it would be taken for the new one's.
	for _, tail := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(path+tail, old+tail); err != nil && !isMissing(err) {
			return err
		}
	}
	return finishRestore(path)
}

// finishRestore takes the last step of a restore, if one is waiting for it. A
// restore that was cut off before the old ledger was moved away has not
// happened, and its file goes.
func finishRestore(path string) error {
	if _, err := os.Lstat(path); err == nil {
		if err := os.Remove(path + restoring); err != nil && !isMissing(err) {
			return err
		}
		return nil
	} else if !isMissing(err) {
		return err
	}
	if err := os.Rename(path+restoring, path); err != nil {
		if isMissing(err) {
			return nil
		}
		return err
	}
	return atomicfile.SyncFolder(filepath.Dir(path))
}

// foldLog moves the write-ahead log of a closed ledger into its file. A ledger
// so damaged that it cannot be opened is left as it is: it is about to be
// replaced.
func foldLog(path string) error {
	if _, err := os.Lstat(path + "-wal"); isMissing(err) {
		return nil
	}
	w, err := openWriter(path, time.Now)
	if err != nil {
		if kind := KindOf(explain(err, filepath.Dir(path))); kind == KindDamaged || kind == KindForeign {
			return nil
		}
		return err
	}
	return w.close()
}

// sameFile reports whether both names are one file; a ledger that is missing
// is not.
func sameFile(backup, ledger string) (bool, error) {
	a, err := os.Stat(backup)
	if err != nil {
		return false, err
	}
	b, err := os.Stat(ledger)
	if isMissing(err) {
		return false, nil
	}
	return err == nil && os.SameFile(a, b), err
}

func copyFile(ctx context.Context, from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if e := out.Close(); err == nil {
			err = e
		}
	}()
	buf := make([]byte, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := in.Read(buf)
		if n > 0 {
			if _, err := out.Write(buf[:n]); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return out.Sync()
		}
		if err != nil {
			return err
		}
	}
}
