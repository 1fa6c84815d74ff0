package printer

import (
	"context"
	"time"

	"frontdesk/hardware/escpos"
	"frontdesk/hardware/paper"
)

// Printer prints jobs on one device. It is safe for concurrent use, but jobs
// sent at the same time come out in any order.
type Printer interface {
	// Print sends the job and returns when the device has taken it. The error
	// is an *Error. It ends when ctx ends.
	Print(ctx context.Context, job Job) error
}

// Job is one slip of paper.
type Job struct {
	ID       string         // the caller's own number; names the job in the spooler and the virtual printer's file
	Document paper.Document // what to print
	Raw      []byte         // sent as they are instead of Document; nil for a document
}

// Options say how a printer is used. The zero value prints on 58 mm in GB18030.
type Options struct {
	Profile escpos.Profile // zero: escpos.Standard(paper.Width58)
	Painter *paper.Painter // needed by the virtual printer and by raster profiles

	// AskStatus asks a network printer for its paper and cover before each job.
	// Printers that do not answer within Timeouts.Status are left alone.
	AskStatus bool

	VirtualDir  string // where "virtual:" without a folder of its own keeps its pictures
	VirtualKeep int    // how many pictures it keeps; 0 for 50

	Timeouts Timeouts

	// Notes receives what a document lost on the way, such as characters that
	// the printer lacks. May be nil.
	Notes func(jobID string, notes []escpos.Note)
}

// Timeouts bound the waiting for a device. A zero field means its default.
type Timeouts struct {
	Connect time.Duration // until the printer answers the connection; 3 s
	Stall   time.Duration // without a single byte taken; 8 s
	Status  time.Duration // for an answer to a status question; 300 ms
	Close   time.Duration // for the printer to end the connection after the last byte; 1 s
	Spool   time.Duration // for the operating system's spooler; 15 s
}

func (t Timeouts) withDefaults() Timeouts {
	set := func(d *time.Duration, otherwise time.Duration) {
		if *d <= 0 {
			*d = otherwise
		}
	}
	set(&t.Connect, 3*time.Second)
	set(&t.Stall, 8*time.Second)
	set(&t.Status, 300*time.Millisecond)
	set(&t.Close, time.Second)
	set(&t.Spool, 15*time.Second)
	return t
}

// Open reads a target. It does not touch the device. The error is an *Error of
// kind BadTarget or Setup.
func Open(target string, o Options) (Printer, error) {
	if o.Profile == (escpos.Profile{}) {
		o.Profile = escpos.Standard(paper.Width58)
	}
	o.Timeouts = o.Timeouts.withDefaults()
	if err := o.Profile.Check(); err != nil {
		return nil, &Error{Kind: Setup, Target: target, Err: err}
	}
	if o.Profile.Encoding == escpos.Raster && o.Painter == nil {
		return nil, &Error{Kind: Setup, Target: target, Err: escpos.ErrNoPainter}
	}
	t, err := parseTarget(target)
	if err != nil {
		return nil, &Error{Kind: BadTarget, Target: target, Err: err}
	}
	common := device{target: target, options: o}
	switch t.scheme {
	case schemeTCP:
		return &tcpPrinter{device: common, address: t.value}, nil
	case schemeFile:
		return &filePrinter{device: common, path: t.value}, nil
	case schemeSpool:
		return &spoolPrinter{device: common, name: t.value}, nil
	default: // schemeVirtual
		return openVirtual(common, t.value)
	}
}

// device is what all printers of bytes have in common.
type device struct {
	target  string
	options Options
}

// bytes are what to send for a job.
func (d device) bytes(job Job) ([]byte, error) {
	if job.Raw != nil {
		return job.Raw, nil
	}
	encoder := escpos.Encoder{Profile: d.options.Profile, Painter: d.options.Painter}
	b, notes, err := encoder.Encode(paper.Layout(job.Document, d.options.Profile.Width))
	if err != nil {
		return nil, d.fail(Setup, err)
	}
	if len(notes) > 0 && d.options.Notes != nil {
		d.options.Notes(job.ID, notes)
	}
	return b, nil
}

// fail is an error before the first byte was taken.
func (d device) fail(k Kind, err error) error {
	return &Error{Kind: k, Target: d.target, Err: err}
}

// broke is an error after the device had taken some of the job, or when that
// cannot be told.
func (d device) broke(err error) error {
	return &Error{Kind: Interrupted, Target: d.target, Err: err}
}
