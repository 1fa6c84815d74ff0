package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"frontdesk/data"
	"frontdesk/hardware/paper"
)

// Printer puts one document on paper. An error that implements PrintTrouble
// says more.
type Printer interface {
	Print(ctx context.Context, jobID int64, doc paper.Document) error
}

// PrintTrouble is what a printer's error may tell.
type PrintTrouble interface {
	error
	// TroubleKind names the trouble for the words under "printer.error.".
	TroubleKind() string
	// MaybePrinted reports that a part of the job reached the printer: sending
	// it again could print it twice, so a person decides.
	MaybePrinted() bool
}

// PrintSetup is what the queue needs to know at the moment of printing.
type PrintSetup struct {
	Printer   Printer // nil: no printer is set up, jobs wait
	Style     ReceiptStyle
	Drawer    bool // open the cash drawer with jobs that ask for it
	Automatic bool // print receipts by themselves
}

// PrintQueue prints what the ledger's queue holds, one job after the other. A
// sale never waits for it, and a job survives the program's end.
type PrintQueue struct {
	ledger *data.Ledger
	setup  func() PrintSetup
	log    *slog.Logger
	wake   chan struct{}
	notify func()

	mu      sync.Mutex
	trouble string
}

// Trouble is what the printer's last try ran into, for the words under
// "printer.error."; empty when it printed.
func (q *PrintQueue) Trouble() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.trouble
}

func (q *PrintQueue) setTrouble(kind string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.trouble = kind
}

// NewPrintQueue makes a queue. setup is asked before each job; changed is
// called after each job from the queue's goroutine and may be nil.
func NewPrintQueue(ledger *data.Ledger, setup func() PrintSetup, changed func(), log *slog.Logger) *PrintQueue {
	if changed == nil {
		changed = func() {}
	}
	return &PrintQueue{ledger: ledger, setup: setup, notify: changed, log: log, wake: make(chan struct{}, 1)}
}

const (
	printIdle    = 5 * time.Second  // look for work at least this often
	printTimeout = 20 * time.Second // for one job
	printMaxWait = 30 * time.Second // between two tries
	// PrintMaxAge is how old a waiting job may be and still print by itself: a
	// printer that gets its paper after a while prints on, and the receipts of
	// last night do not flood out in the morning.
	PrintMaxAge = 10 * time.Minute
)

// Wake makes the queue look for work at once.
func (q *PrintQueue) Wake() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Run prints until ctx ends. It begins by setting aside what the last run left
// in an uncertain state.
func (q *PrintQueue) Run(ctx context.Context) {
	if err := q.ledger.RecoverPrints(ctx, PrintMaxAge); err != nil {
		q.log.Error("print queue cannot be recovered", "err", err)
	}
	for ctx.Err() == nil {
		if q.next(ctx) {
			continue
		}
		timer := time.NewTimer(printIdle)
		select {
		case <-timer.C:
		case <-q.wake:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// Drain prints what is due now and returns when nothing is, or when ctx ends.
// It is for programs that do not stay.
func (q *PrintQueue) Drain(ctx context.Context) {
	for ctx.Err() == nil && q.next(ctx) {
	}
}

// next prints one job; it reports whether there was one.
func (q *PrintQueue) next(ctx context.Context) bool {
	setup := q.setup()
	if setup.Printer == nil {
		return false
	}
	job, ok, err := q.ledger.NextPrint(ctx, time.Now())
	if err != nil || !ok {
		if err != nil && ctx.Err() == nil {
			q.log.Error("print queue cannot be read", "err", err)
		}
		return false
	}
	if !wanted(job, setup) {
		q.end(ctx, job, data.PrintSkipped, "", time.Time{})
		return true
	}
	doc, err := q.compose(ctx, job, setup)
	if err != nil {
		q.log.Error("job cannot be composed", "job", job.ID, "err", err)
		q.end(ctx, job, data.PrintStuck, "compose", time.Time{})
		return true
	}
	printing, cancel := context.WithTimeout(ctx, printTimeout)
	defer cancel()
	q.finish(ctx, job, setup.Printer.Print(printing, job.ID, doc))
	return true
}

// wanted reports whether a job is printed at all: reports and what a person
// asked for always are, receipts unless the shop prints them by hand, and a job that opens
// the drawer where there is one.
func wanted(job data.PrintJob, setup PrintSetup) bool {
	switch job.Kind {
	case data.PrintReprint, data.PrintTest, data.PrintX, data.PrintZ:
		return true
	case data.PrintDrawer:
		return setup.Drawer
	}
	return setup.Automatic || (job.Drawer && setup.Drawer)
}

// compose makes the paper from the ledger as it is now.
func (q *PrintQueue) compose(ctx context.Context, job data.PrintJob, setup PrintSetup) (paper.Document, error) {
	switch job.Kind {
	case data.PrintTest:
		return TestPage(setup.Style, job.CreatedAt), nil
	case data.PrintX:
		return XReport(*job.Report, setup.Style), nil
	case data.PrintZ:
		z, err := q.ledger.Z(ctx, job.ZID)
		return ZReport(z, setup.Style, job.Copy), err
	}
	doc := paper.Document{}
	if setup.Drawer && job.Drawer {
		doc.Elements = append(doc.Elements, paper.Drawer(0, 0, 0))
	}
	if job.Kind == data.PrintDrawer || (!setup.Automatic && job.Kind != data.PrintReprint) {
		return doc, nil // nothing but the drawer
	}
	body, err := q.body(ctx, job, setup.Style)
	doc.Elements = append(doc.Elements, body.Elements...)
	return doc, err
}

// body is the paper of a sale, a refund, a deposit or one of its steps.
func (q *PrintQueue) body(ctx context.Context, job data.PrintJob, style ReceiptStyle) (paper.Document, error) {
	if job.DepositID != 0 {
		d, err := q.ledger.DepositByID(ctx, job.DepositID)
		if err != nil {
			return paper.Document{}, err
		}
		return DepositPaper(d, job, style)
	}
	detail, err := q.ledger.SaleByID(ctx, job.SaleID)
	if err != nil {
		return paper.Document{}, err
	}
	if job.RefundID == 0 {
		return SaleReceipt(detail, style, job.Kind == data.PrintReprint), nil
	}
	refund, err := q.ledger.Refund(ctx, job.RefundID)
	if err != nil {
		return paper.Document{}, err
	}
	return RefundReceipt(detail, refund, style, job.Kind == data.PrintReprint), nil
}

// finish writes down what became of a job: done, tried again later, or stuck
// until a person looks.
func (q *PrintQueue) finish(ctx context.Context, job data.PrintJob, err error) {
	if err == nil {
		q.setTrouble("")
		q.end(ctx, job, data.PrintDone, "", time.Time{})
		return
	}
	kind, maybe := "failed", false
	var trouble PrintTrouble
	if errors.As(err, &trouble) {
		kind, maybe = trouble.TroubleKind(), trouble.MaybePrinted()
	}
	q.log.Warn("printing failed", "job", job.ID, "kind", kind, "maybe_printed", maybe, "err", err)
	q.setTrouble(kind)
	if maybe || time.Since(job.CreatedAt) > PrintMaxAge {
		q.end(ctx, job, data.PrintStuck, kind, time.Time{})
		return
	}
	wait := min(time.Duration(1<<min(job.Tries, 5))*time.Second, printMaxWait)
	q.end(ctx, job, data.PrintQueued, kind, time.Now().Add(wait))
}

func (q *PrintQueue) end(ctx context.Context, job data.PrintJob, to data.PrintState, kind string, notBefore time.Time) {
	if err := q.ledger.EndPrint(context.WithoutCancel(ctx), job.ID, to, kind, notBefore); err != nil {
		q.log.Error("print job cannot be written", "job", job.ID, "err", err)
	}
	q.notify()
}

// Reprint queues a marked copy of a sale's receipt.
func (t *Till) Reprint(ctx context.Context, saleID int64) (data.PrintJob, error) {
	job, err := t.ledger.AddPrint(ctx, data.PrintReprint, saleID, 0, false)
	return job, ledgerProblem(err)
}

// ReprintRefund queues a marked copy of a refund's receipt.
func (t *Till) ReprintRefund(ctx context.Context, saleID, refundID int64) (data.PrintJob, error) {
	job, err := t.ledger.AddPrint(ctx, data.PrintReprint, saleID, refundID, false)
	return job, ledgerProblem(err)
}

// PrintTestPage queues a test page.
func (t *Till) PrintTestPage(ctx context.Context) (data.PrintJob, error) {
	job, err := t.ledger.AddPrint(ctx, data.PrintTest, 0, 0, false)
	return job, ledgerProblem(err)
}
