package app

import (
	"context"

	"frontdesk/app/export"
	"frontdesk/data"
)

// ExportFormat is a kind of file that a report is written to.
type ExportFormat = export.Format

// The kinds of files.
const (
	ExportPDF  = export.FormatPDF
	ExportXLSX = export.FormatXLSX
	ExportCSV  = export.FormatCSV
)

// exportPage is how many sales are read at once.
const exportPage = 500

// Export writes a report to a new file, with every sale of it unless it is a
// PDF. progress is told how many sales are written, and of how many; it may be
// nil. A file that exists is not overwritten (fs.ErrExist), and after any error
// there is none. ProblemFileFull where the disk has no room for it, ProblemNoRight
// for what the person who looks may not see whole.
func (b *Books) Export(ctx context.Context, c data.Cut, format ExportFormat, file string, progress func(done, total int)) error {
	if err := b.mayTake(ctx, c); err != nil {
		return err
	}
	report, err := b.Report(ctx, c)
	if err != nil {
		return err
	}
	z, made, err := b.zOf(ctx, c)
	if err != nil {
		return err
	}
	style := b.paperStyle()
	job := export.Job{Report: report, Shop: style.ShopName, Practice: style.Practice, Words: style.Words, Progress: progress}
	if made && report.Total.SameMoney(z.Report.Total) { // else something was settled since, and the file says what is true now
		job.Z = &z
	}
	job.Sales = func(ctx context.Context, after int64) ([]data.SaleRow, error) {
		page, err := b.ledger.SalesOf(ctx, c, after, exportPage)
		return page, ledgerProblem(err)
	}
	if job.Total, err = b.ledger.CountSalesOf(ctx, c); err != nil {
		return ledgerProblem(err)
	}
	err = export.Write(ctx, file, format, job)
	if isDiskFull(err) {
		err = &Problem{Kind: ProblemFileFull, Cause: err}
	}
	return err
}

// SetStyle says what the shop puts on its reports.
func (b *Books) SetStyle(s ReceiptStyle) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.style = s
}

func (b *Books) paperStyle() ReceiptStyle {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.style
}
