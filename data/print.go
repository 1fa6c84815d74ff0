package data

import (
	"context"
	"fmt"
	"time"
)

// Kinds of trouble that the ledger itself gives a print job in LastError.
const (
	TroubleMaybePrinted = "maybe_printed" // the program ended while the job was at the printer
	TroubleTooOld       = "too_old"       // nobody waits for this paper any more
	TroubleDropped      = "dropped"       // a person gave it up
)

// left names the jobs that are not over. The words must be those of the
// partial index print_jobs_left, or SQLite does not use it.
const left = "state IN ('queued', 'sending', 'stuck')"

// queuePrint adds a job unless its paper is there already (see print_jobs.copy).
func queuePrint(x *tx, p PrintJob, copy int64) error {
	_, err := x.exec(`INSERT INTO print_jobs (kind, sale_id, refund_id, copy, state, tries, drawer, created_at, not_before, ended_at, last_error, content)
		VALUES (?, nullif(?, 0), nullif(?, 0), ?, ?, 0, ?, ?, 0, ?, ?, '') ON CONFLICT (sale_id, kind, copy) DO NOTHING`,
		string(p.Kind), p.SaleID, p.RefundID, copy, string(p.State), number(p.Drawer), milli(x.now), milli(p.EndedAt), p.LastError)
	if err != nil {
		return fmt.Errorf("queue print job: %w", err)
	}
	return nil
}

// queueReceipt adds the automatic receipt of a sale that is fully paid.
func queueReceipt(x *tx, s Sale, print, skipped bool) error {
	switch {
	case skipped:
		p := PrintJob{Kind: PrintReceipt, SaleID: s.ID, State: PrintSkipped, EndedAt: x.stamp(), LastError: TroubleTooOld}
		if err := queuePrint(x, p, 0); err != nil {
			return err
		}
		return addEvents(x, s.ID, []Event{{Kind: EventPrintSkipped, Detail: string(PrintReceipt)}})
	case print:
		return queuePrint(x, PrintJob{Kind: PrintReceipt, SaleID: s.ID, State: PrintQueued}, 0)
	}
	return nil
}

// queueCashPrint opens the drawer for cash: with the receipt when the sale is
// fully paid, or else by itself.
func queueCashPrint(x *tx, s Sale, t Tender) error {
	if s.Paid >= s.Amount {
		return queuePrint(x, PrintJob{Kind: PrintReceipt, SaleID: s.ID, State: PrintQueued, Drawer: true}, 0)
	}
	return queuePrint(x, PrintJob{Kind: PrintDrawer, SaleID: s.ID, State: PrintQueued, Drawer: true}, t.ID)
}

// AddPrint queues a job that a person asks for. The receipt and the slip of a
// refund exist once: asking again returns the job that is there. saleID is 0
// for PrintTest and may be 0 for PrintDrawer; refundID is 0 unless the job belongs to a refund.
//
// Errors: ErrNotFound, ErrNotPaid (no paper for money that did not move), and
// those of any write.
func (l *Ledger) AddPrint(ctx context.Context, kind PrintKind, saleID, refundID int64, drawer bool) (p PrintJob, err error) {
	err = l.change(ctx, func(x *tx) error {
		copy, err := printCopy(x, kind, saleID, refundID)
		if err != nil {
			return err
		}
		if err := queuePrint(x, PrintJob{Kind: kind, SaleID: saleID, RefundID: refundID, State: PrintQueued, Drawer: drawer}, copy); err != nil {
			return err
		}
		where, args := "p.sale_id = ? AND p.kind = ? AND p.copy = ?", []any{saleID, string(kind), copy}
		if saleID == 0 {
			where, args = "p.id = last_insert_rowid()", nil
		}
		p, err = one(x, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE "+where, args...)
		return err
	})
	if err != nil {
		return PrintJob{}, fmt.Errorf("add print job: %w", err)
	}
	return p, nil
}

func printCopy(x *tx, kind PrintKind, saleID, refundID int64) (int64, error) {
	switch kind {
	case PrintTest:
		return 0, nil
	case PrintReceipt, PrintReprint:
		s, err := saleByID(x, saleID)
		if err != nil {
			return 0, err
		}
		if s.Paid == 0 {
			return 0, ErrNotPaid.because("sale %s", s.ReceiptNo)
		}
	case PrintRefund:
		if _, err := refundByID(x, refundID); err != nil {
			return 0, err
		}
		return refundID, nil
	case PrintDrawer:
		if saleID == 0 {
			return 0, nil
		}
	default:
		return 0, ErrInvalid.because("print job of kind %q", kind)
	}
	if kind == PrintReceipt {
		return 0, nil
	}
	return one(x, scanInt, "SELECT coalesce(max(copy), 0) + 1 FROM print_jobs WHERE sale_id = ? AND kind = ?", saleID, string(kind))
}

// NextPrint takes the oldest job that is due and commits it as sending, before
// a byte goes to the printer: after a crash nobody prints it a second time. ok
// is false when nothing is due.
func (l *Ledger) NextPrint(ctx context.Context, now time.Time) (p PrintJob, ok bool, err error) {
	// A look first: most calls find nothing, and they should not wait for the
	// writer or touch the disk.
	due := "SELECT " + printColumns + " FROM print_jobs p WHERE " + left + " AND state = 'queued' AND not_before <= ? ORDER BY id LIMIT 1"
	err = l.look(ctx, func(v snapshot) error {
		list, err := all(v, scanPrint, due, milli(now))
		ok = len(list) > 0
		return err
	})
	if err != nil || !ok {
		return PrintJob{}, false, err
	}
	err = l.change(ctx, func(x *tx) error {
		list, err := all(x, scanPrint, due, milli(now))
		if ok = len(list) > 0; err != nil || !ok {
			return err
		}
		p = list[0]
		p.State, p.Tries = PrintSending, p.Tries+1
		return endPrint(x, p)
	})
	if err != nil {
		return PrintJob{}, false, fmt.Errorf("next print job: %w", err)
	}
	return p, ok, nil
}

func endPrint(x *tx, p PrintJob) error {
	_, err := x.exec("UPDATE print_jobs SET state = ?, tries = ?, not_before = ?, ended_at = ?, last_error = ? WHERE id = ?",
		string(p.State), p.Tries, milli(p.NotBefore), milli(p.EndedAt), p.LastError, p.ID)
	return err
}

// EndPrint writes what became of a job that was sending: PrintDone,
// PrintQueued (again, not before notBefore), PrintStuck or PrintSkipped.
// lastError is a kind of trouble; empty for PrintDone.
func (l *Ledger) EndPrint(ctx context.Context, id int64, to PrintState, lastError string, notBefore time.Time) error {
	return l.changePrint(ctx, id, func(p *PrintJob) (bool, error) {
		if p.State != PrintSending {
			return false, &TransitionError{From: string(p.State), To: string(to)}
		}
		p.State, p.LastError, p.NotBefore = to, lastError, notBefore
		return true, nil
	})
}

// RetryPrint puts a stuck job back into the queue, due at once. It does nothing
// to a job that is queued already.
func (l *Ledger) RetryPrint(ctx context.Context, id int64) error {
	return l.changePrint(ctx, id, func(p *PrintJob) (bool, error) {
		switch p.State {
		case PrintQueued:
			return false, nil
		case PrintStuck, PrintSkipped:
			p.State, p.NotBefore, p.EndedAt, p.LastError = PrintQueued, time.Time{}, time.Time{}, ""
			return true, nil
		}
		return false, &TransitionError{From: string(p.State), To: string(PrintQueued)}
	})
}

// DropPrint gives a job up that waits or is stuck. It does nothing to a job
// that is over.
func (l *Ledger) DropPrint(ctx context.Context, id int64) error {
	return l.changePrint(ctx, id, func(p *PrintJob) (bool, error) {
		switch p.State {
		case PrintDone, PrintSkipped:
			return false, nil
		case PrintSending:
			return false, &TransitionError{From: string(p.State), To: string(PrintSkipped)}
		}
		p.State, p.LastError = PrintSkipped, TroubleDropped
		return true, nil
	})
}

// changePrint stores what f makes of a job, with the event that belongs to it.
func (l *Ledger) changePrint(ctx context.Context, id int64, f func(*PrintJob) (bool, error)) error {
	err := l.change(ctx, func(x *tx) error {
		p, err := one(x, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE p.id = ?", id)
		if err != nil {
			return err
		}
		changed, err := f(&p)
		if err != nil || !changed {
			return err
		}
		return settlePrint(x, p)
	})
	if err != nil {
		return fmt.Errorf("print job %d: %w", id, err)
	}
	return nil
}

// settlePrint stores p and its event in the timeline of its sale or deposit.
func settlePrint(x *tx, p PrintJob) error {
	if p.State == PrintDone || p.State == PrintSkipped {
		p.EndedAt = x.stamp()
	}
	if err := endPrint(x, p); err != nil {
		return err
	}
	var e Event
	switch p.State {
	case PrintDone:
		e = Event{Kind: EventPrinted, Detail: string(p.Kind)}
	case PrintStuck:
		e = Event{Kind: EventPrintStuck, Detail: p.LastError}
	case PrintSkipped:
		e = Event{Kind: EventPrintSkipped, Detail: string(p.Kind)}
	}
	switch {
	case e.Kind == "" || p.Kind == PrintDrawer:
		return nil
	case p.DepositID != 0:
		e.StepID = p.StepID
		return addDepositEvents(x, p.DepositID, []Event{e})
	case p.SaleID == 0:
		return nil
	}
	e.RefundID = p.RefundID
	return addEvents(x, p.SaleID, []Event{e})
}

// StuckPrints are the jobs that need a person, oldest first.
func (l *Ledger) StuckPrints(ctx context.Context) (jobs []PrintJob, err error) {
	err = l.look(ctx, func(v snapshot) error {
		jobs, err = all(v, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE "+left+" AND state = 'stuck' ORDER BY id")
		return err
	})
	return jobs, err
}

// RecoverPrints is called once at the start, before the printer is: a job that
// was at the printer when the program ended may be on paper or not, so it is
// stuck until a person has looked; a job that has waited longer than maxAge is
// skipped, so that no stack of old paper comes out in the morning.
func (l *Ledger) RecoverPrints(ctx context.Context, maxAge time.Duration) error {
	err := l.change(ctx, func(x *tx) error {
		jobs, err := all(x, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE "+left+" ORDER BY id")
		if err != nil {
			return err
		}
		for _, p := range jobs {
			switch {
			case p.State == PrintSending:
				p.State, p.LastError = PrintStuck, TroubleMaybePrinted
			case p.State == PrintQueued && x.now.Sub(p.CreatedAt) > maxAge:
				p.State, p.LastError = PrintSkipped, TroubleTooOld
			default:
				continue
			}
			if err := settlePrint(x, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("recover print jobs: %w", err)
	}
	return nil
}
