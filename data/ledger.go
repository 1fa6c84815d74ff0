package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"frontdesk/payment"
)

// KeySize is the length of the journal's key in bytes.
const KeySize = 32

// DefaultCutover is when a business day begins, after midnight in Beijing.
const DefaultCutover = 4 * time.Hour

// Options say how to open a ledger.
type Options struct {
	Key      []byte           // HMAC key of the journal, KeySize bytes; may be nil with ReadOnly, then Verify cannot check the chain
	Now      func() time.Time // nil: time.Now
	Cutover  time.Duration    // when a business day begins; 0: DefaultCutover, negative: midnight
	ReadOnly bool             // no writing connection, no migration; beside the process that owns the folder
	Till     int              // 1 to 49; 0: 1
	HeadFile string           // where the end of the journal is noted outside of the ledger; "": the ledger's path + ".head"
	AdoptKey bool             // go on when the journal was written with another key; its old rows can then not be proved any more

	// Progress is called while a ledger of an earlier version is brought up to
	// date, which takes long for a large one; nil for nobody who watches. total
	// stays the same, done grows up to it.
	Progress func(done, total int)

	AcceptProblems bool // Restore only: take a backup although Verify finds problems in it; a broken file is refused all the same

	restoring bool // a copy that is about to become the ledger
}

// Ledger is an open ledger. It is safe for concurrent use.
type Ledger struct {
	path    string
	key     []byte
	now     func() time.Time
	cutover atomic.Int64 // ns
	till    int

	readOnly bool
	headFile string
	keep     *keeper       // nil when read-only
	write    *writer       // nil when read-only
	remarks  *remarkWorker // nil when it has nothing to do
	read     *sql.DB
}

// Open opens the ledger at path, makes it when it is missing and brings its
// schema up to date (a backup is made beside it first).
//
// Errors: ErrMissing (cannot be opened), ErrDamaged (restore a backup),
// ErrForeign, ErrNewer (a newer program wrote it), ErrOlder (with ReadOnly),
// ErrKey (the journal has another key), ErrDiskFull, ErrBusy.
func Open(path string, o Options) (*Ledger, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("data: open: %w", err)
	}
	l, err := newLedger(path, o)
	if err != nil {
		return nil, err
	}
	if err := l.open(o); err != nil {
		l.Close()
		return nil, fmt.Errorf("data: open %s: %w", filepath.Base(path), explain(err, filepath.Dir(path)))
	}
	return l, nil
}

func newLedger(path string, o Options) (*Ledger, error) {
	l := &Ledger{path: path, key: append([]byte(nil), o.Key...), now: o.Now, till: o.Till, readOnly: o.ReadOnly}
	if l.headFile = o.HeadFile; l.headFile == "" {
		l.headFile = path + ".head"
	}
	if l.now == nil {
		l.now = time.Now
	}
	switch {
	case o.Cutover == 0:
		l.cutover.Store(int64(DefaultCutover))
	case o.Cutover > 0:
		l.cutover.Store(int64(o.Cutover))
	}
	if l.till == 0 {
		l.till = 1
	}
	if l.till < 1 || l.till > lastTill {
		return nil, ErrInvalid.because("till %d", l.till)
	}
	if len(l.key) != KeySize && !(o.ReadOnly && len(l.key) == 0) {
		return nil, ErrKey.because("the key has %d bytes", len(l.key))
	}
	return l, nil
}

func (l *Ledger) open(o Options) error {
	ctx := context.Background()
	if o.ReadOnly {
		if err := l.recognise(ctx); err != nil {
			return err
		}
		return l.openReaders(ctx)
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return err
	}
	if err := finishRestore(l.path); err != nil {
		return err
	}
	if err := makePrivate(l.path); err != nil {
		return err
	}
	if err := l.recognise(ctx); err != nil {
		return err
	}
	w, err := openWriter(l.path, l.now)
	if err != nil {
		return err
	}
	l.write = w
	if err := l.migrate(ctx, migrations(), o.Progress); err != nil {
		return err
	}
	if err := l.openReaders(ctx); err != nil {
		return err
	}
	if l.keep, err = startKeeper(l); err != nil {
		return err
	}
	adopted, err := l.checkKey(ctx, o.AdoptKey)
	if err == nil && !adopted && !o.restoring { // or else the note has the old key as well, or is not there yet
		err = l.checkHead(ctx)
	}
	if err == nil {
		l.keep.note() // what was found out here does not wait
		l.startRemarks(ctx)
	}
	return err
}

// recognise refuses a file that is no ledger before anything opens it for
// writing, which would already change it.
func (l *Ledger) recognise(ctx context.Context) error {
	info, err := os.Stat(l.path)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return ErrMissing.because("%s is no file", filepath.Base(l.path))
	case info.Size() == 0 && l.readOnly:
		return ErrMissing.because("%s is empty", filepath.Base(l.path))
	}
	conn, done, err := openConn(ctx, l.path, reading)
	if err != nil {
		return err
	}
	defer done()
	_, err = schemaVersion(connSource{ctx, conn})
	return err
}

// openReaders opens the connections that read, and looks whether the file is
// sound.
func (l *Ledger) openReaders(ctx context.Context) (err error) {
	if l.read, err = sql.Open("sqlite", dsn(l.path, reading)); err != nil {
		return err
	}
	l.read.SetMaxOpenConns(readers)
	l.read.SetMaxIdleConns(readers)
	var have int64
	err = l.look(ctx, func(v snapshot) error {
		have, err = schemaVersion(v)
		return err
	})
	if err != nil {
		return err
	}
	switch last := lastVersion(migrations()); {
	case have > last:
		return ErrNewer.because("schema %d, known up to %d", have, last)
	case have < last:
		return ErrOlder.because("schema %d, this program reads %d", have, last)
	}
	return l.checkAtOpen(ctx)
}

// makePrivate makes a missing ledger as an empty file that only this user may
// read. SQLite gives its log the same rights.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// readers is how many reads go on at the same time; the next one waits.
const readers = 4

// Close folds the write-ahead log into the file and closes it. A second call
// does nothing.
func (l *Ledger) Close() error {
	l.remarks.close()
	var errs []error
	if l.read != nil {
		errs = append(errs, l.read.Close())
	}
	if l.write != nil {
		errs = append(errs, l.write.close())
	}
	if l.keep != nil {
		errs = append(errs, l.keep.close()) // behind the writer, so that it notes the last row
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("data: close: %w", explain(err, filepath.Dir(l.path)))
	}
	return nil
}

// Path is the file of the ledger.
func (l *Ledger) Path() string { return l.path }

// DayOf is the business day of t: the day in Beijing, cutover earlier.
func DayOf(t time.Time, cutover time.Duration) Day {
	return Day(t.In(payment.Beijing).Add(-cutover).Format(time.DateOnly))
}

// Today is the business day of now.
func (l *Ledger) Today() Day { return DayOf(l.now(), l.Cutover()) }

// Cutover is when a business day begins, after midnight in Beijing.
func (l *Ledger) Cutover() time.Duration { return time.Duration(l.cutover.Load()) }

// SetCutover makes business days begin at d after midnight, from now on: what is
// written already stays on its day. d is 0 to less than 24 hours; ErrInvalid
// otherwise.
func (l *Ledger) SetCutover(d time.Duration) error {
	if d < 0 || d >= 24*time.Hour {
		return ErrInvalid.because("days that begin %s after midnight", d)
	}
	if l.write != nil { // not in the middle of a transaction, so that all its rows agree
		l.write.turn <- struct{}{}
		defer func() { <-l.write.turn }()
	}
	l.cutover.Store(int64(d))
	return nil
}
