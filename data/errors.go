package data

import (
	"context"
	"errors"
	"fmt"
	"os"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Kind names what went wrong, for the program. The sentence for a person (what
// happened, what to do now) is under "data.error.<kind>" in the words; its
// placeholders are filled with Values.
type Kind string

const (
	KindInternal    Kind = "internal"     // none of the below: the log has it in full
	KindInvalid     Kind = "invalid"      // a value that no caller may send: a fault of the program
	KindNotFound    Kind = "not_found"    // no such sale, tender, refund or job
	KindOpenTender  Kind = "open_tender"  // the sale has a tender that is not settled
	KindTooMuch     Kind = "too_much"     // more than is still owed
	KindRefund      Kind = "refund"       // more than is left to give back
	KindNotPaid     Kind = "not_paid"     // nothing was paid, so nothing to refund or print
	KindNotHeld     Kind = "not_held"     // nothing of the deposit is held
	KindHold        Kind = "hold"         // more than is left of the deposit
	KindOpenStep    Kind = "open_step"    // the deposit has a step that is not settled
	KindTransition  Kind = "transition"   // a step that a tender or refund cannot take
	KindIntent      Kind = "intent"       // the same intent came twice with other contents
	KindNumbers     Kind = "numbers"      // receipt, attempt or refund numbers are used up
	KindLocked      Kind = "locked"       // another process owns the folder
	KindProblems    Kind = "problems"     // the ledger or backup can be read, and does not agree with itself
	KindDamaged     Kind = "damaged"      // the file is not a sound ledger
	KindForeign     Kind = "foreign"      // a SQLite file of another program
	KindNewer       Kind = "newer"        // written by a newer version of the program
	KindOlder       Kind = "older"        // written by an older version, and opened for reading only
	KindKey         Kind = "key"          // the journal was written with another key
	KindReadOnly    Kind = "read_only"    // opened for reading
	KindBusy        Kind = "busy"         // another program holds the file
	KindDiskFull    Kind = "disk_full"    // no space left
	KindDisk        Kind = "disk"         // the disk failed
	KindMissing     Kind = "missing"      // no such file, or not to be opened
	KindExists      Kind = "exists"       // will not overwrite
	KindInterrupted Kind = "interrupted"  // the caller's context ended before anything was done
	KindNoLocks     Kind = "lock_refused" // the folder's file system knows no locks
	KindShiftOpen   Kind = "shift_open"   // another shift is open
	KindNoShift     Kind = "no_shift"     // no such shift
	KindDrawerShort Kind = "drawer_short" // more is to be taken out than is in the drawer
	KindDayNotOver  Kind = "day_not_over" // the business day has not ended
	KindEarlierDay  Kind = "earlier_day"  // an earlier day has no Z report yet
	KindLaterDay    Kind = "later_day"    // a later day has its Z report already
	KindLastOwner   Kind = "last_owner"   // the last owner stays
	KindSelf        Kind = "self"         // nobody takes their own rights away
	KindNameTaken   Kind = "name_taken"   // somebody else has this name
)

// Kinds lists every kind; each has its sentence.
var Kinds = []Kind{
	KindInternal, KindInvalid, KindNotFound, KindOpenTender, KindTooMuch, KindRefund, KindNotPaid, KindNotHeld, KindHold, KindOpenStep,
	KindTransition, KindIntent, KindNumbers, KindLocked, KindProblems, KindDamaged, KindForeign, KindNewer, KindOlder, KindKey, KindReadOnly, KindBusy,
	KindDiskFull, KindDisk, KindMissing, KindExists, KindInterrupted, KindNoLocks, KindShiftOpen, KindNoShift, KindDrawerShort, KindDayNotOver,
	KindEarlierDay, KindLaterDay, KindLastOwner, KindSelf, KindNameTaken,
}

// Error is every error of this package that a caller may act on. Compare with
// errors.Is and the values below; two of the same kind are equal.
type Error struct {
	kind Kind
	text string // for the log
	err  error  // the cause; may be nil
}

var (
	ErrInvalid        = &Error{kind: KindInvalid, text: "invalid value"}
	ErrNotFound       = &Error{kind: KindNotFound, text: "not found"}
	ErrOpenTender     = &Error{kind: KindOpenTender, text: "the sale has an open tender"}           // an *OpenTenderError
	ErrTooMuch        = &Error{kind: KindTooMuch, text: "more than is owed"}                        // a *TooMuchError
	ErrRefundTooMuch  = &Error{kind: KindRefund, text: "more than is left to refund"}               // a *RefundTooMuchError
	ErrNotPaid        = &Error{kind: KindNotPaid, text: "not paid"}                                 //
	ErrNotHeld        = &Error{kind: KindNotHeld, text: "nothing is held"}                          //
	ErrHoldTooMuch    = &Error{kind: KindHold, text: "more than is left of the deposit"}            // a *HoldTooMuchError
	ErrOpenStep       = &Error{kind: KindOpenStep, text: "the deposit has an open step"}            // an *OpenStepError
	ErrTransition     = &Error{kind: KindTransition, text: "no such step"}                          // a *TransitionError
	ErrIntentMismatch = &Error{kind: KindIntent, text: "the intent was used for something else"}    //
	ErrNumbersUsedUp  = &Error{kind: KindNumbers, text: "numbers are used up"}                      //
	ErrLocked         = &Error{kind: KindLocked, text: "the folder is locked"}                      // a *LockedError
	ErrProblems       = &Error{kind: KindProblems, text: "the books do not agree"}                  // a *ProblemsError
	ErrDamaged        = &Error{kind: KindDamaged, text: "the ledger is damaged: restore a backup"}  //
	ErrForeign        = &Error{kind: KindForeign, text: "the file belongs to another program"}      //
	ErrNewer          = &Error{kind: KindNewer, text: "the ledger was written by a newer version"}  //
	ErrOlder          = &Error{kind: KindOlder, text: "the ledger was written by an older version"} // opening it for writing brings it up to date
	ErrKey            = &Error{kind: KindKey, text: "the journal was written with another key"}     //
	ErrReadOnly       = &Error{kind: KindReadOnly, text: "the ledger is open for reading only"}     //
	ErrBusy           = &Error{kind: KindBusy, text: "another program holds the ledger"}            //
	ErrDiskFull       = &Error{kind: KindDiskFull, text: "the disk is full"}                        //
	ErrDisk           = &Error{kind: KindDisk, text: "the disk failed"}                             //
	ErrMissing        = &Error{kind: KindMissing, text: "the file cannot be opened"}                //
	ErrExists         = &Error{kind: KindExists, text: "the file exists already"}                   //
	ErrInterrupted    = &Error{kind: KindInterrupted, text: "given up before anything was written"} //
	ErrNoLocks        = &Error{kind: KindNoLocks, text: "the folder's file system knows no locks"}  //
	ErrShiftOpen      = &Error{kind: KindShiftOpen, text: "a shift is open"}                        //
	ErrNoShift        = &Error{kind: KindNoShift, text: "there is no such shift"}                   //
	ErrDrawerShort    = &Error{kind: KindDrawerShort, text: "more than is in the drawer"}           // a *DrawerShortError
	ErrDayNotOver     = &Error{kind: KindDayNotOver, text: "the business day has not ended"}        //
	ErrEarlierDay     = &Error{kind: KindEarlierDay, text: "an earlier day has no Z report"}        // an *EarlierDayError
	ErrLaterDay       = &Error{kind: KindLaterDay, text: "a later day has its Z report"}            // a *LaterDayError
	ErrLastOwner      = &Error{kind: KindLastOwner, text: "the last owner stays"}                   //
	ErrSelf           = &Error{kind: KindSelf, text: "nobody takes their own rights away"}          //
	ErrNameTaken      = &Error{kind: KindNameTaken, text: "the name is somebody else's"}            //
)

func (e *Error) Error() string {
	if e.err != nil {
		return fmt.Sprintf("data: %s: %v", e.text, e.err)
	}
	return "data: " + e.text
}

func (e *Error) Unwrap() error { return e.err }

// Is makes two errors of one kind equal, whatever caused them.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.kind == e.kind
}

// Kind is e's kind.
func (e *Error) Kind() Kind { return e.kind }

// because is e with a cause for the log.
func (e *Error) because(format string, args ...any) *Error {
	return &Error{kind: e.kind, text: e.text, err: fmt.Errorf(format, args...)}
}

// KindOf is the kind of err; KindInternal for errors of elsewhere, "" for nil.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.kind
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return KindInterrupted
	}
	return KindInternal
}

// minFree is the space, in bytes, below which a failed write is put down to a
// full disk whatever SQLite calls it.
const minFree = 1 << 20

// explain turns an error of SQLite into one of ours. dir is the ledger's
// folder; its free space tells a full disk from a broken one.
func explain(err error, dir string) error {
	var ours *Error
	var theirs *sqlite.Error
	switch {
	case err == nil || errors.As(err, &ours):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return ErrInterrupted.because("%w", err)
	case isDiskFull(err):
		return ErrDiskFull.because("%w", err)
	case errors.Is(err, os.ErrPermission), errors.Is(err, os.ErrNotExist):
		return ErrMissing.because("%w", err)
	case !errors.As(err, &theirs):
		return err
	}
	switch theirs.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return ErrDiskFull.because("%w", err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return ErrDamaged.because("%w", err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return ErrBusy.because("%w", err)
	case sqlite3.SQLITE_READONLY:
		return ErrReadOnly.because("%w", err)
	case sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH:
		return ErrInvalid.because("%w", err)
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
		if free, e := FreeSpace(dir); e == nil && free < minFree {
			return ErrDiskFull.because("%w", err)
		}
		if theirs.Code()&0xff == sqlite3.SQLITE_CANTOPEN {
			return ErrMissing.because("%w", err)
		}
		return ErrDisk.because("%w", err)
	}
	return err
}
