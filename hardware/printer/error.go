package printer

import "fmt"

// Kind says what is wrong with a printer, in terms that a cashier can act on.
type Kind string

const (
	BadTarget   Kind = "bad_target"   // the configured address cannot be read
	Setup       Kind = "setup"        // the profile is wrong, or typefaces or a folder are missing
	Unreachable Kind = "unreachable"  // no connection; switched off, unplugged, no such device
	Refused     Kind = "refused"      // the device is there, but this program may not use it
	UnknownName Kind = "unknown_name" // the system has no printer of this name
	NoSpooler   Kind = "no_spooler"   // the system has no print service, or it is not running
	NoPaper     Kind = "no_paper"     // the printer says that it has no paper
	NotReady    Kind = "not_ready"    // the printer says that its cover is open or that it has a fault, or another program holds it
	Storage     Kind = "storage"      // a file or picture cannot be written
	Interrupted Kind = "interrupted"  // a part was sent, then it broke off: some or all of it may be on paper
)

// Kinds lists every kind; each has a sentence "printer.error.<kind>".
var Kinds = []Kind{BadTarget, Setup, Unreachable, Refused, UnknownName, NoSpooler, NoPaper, NotReady, Storage, Interrupted}

// Error is what Open and Print return.
type Error struct {
	Kind   Kind
	Target string // as it was given to Open
	Err    error  // the cause, for the log
}

func (e *Error) Error() string { return fmt.Sprintf("printer %s: %s: %v", e.Target, e.Kind, e.Err) }

func (e *Error) Unwrap() error { return e.Err }

// TroubleKind is the kind as a part of a translation key.
func (e *Error) TroubleKind() string { return string(e.Kind) }

// MaybePrinted reports that some or all of the job may be on paper, so that
// repeating it may print it twice.
func (e *Error) MaybePrinted() bool { return e.Kind == Interrupted }
