package export

import (
	"context"
	"fmt"
	"io"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/data/atomicfile"
)

// Format is a kind of file.
type Format string

const (
	FormatPDF  Format = "pdf"
	FormatXLSX Format = "xlsx"
	FormatCSV  Format = "csv"
)

// Formats are all kinds.
var Formats = []Format{FormatPDF, FormatXLSX, FormatCSV}

// Job is what is written.
type Job struct {
	Report   data.Report
	Z        *data.Z // the Z report of the same shift or day; nil where there is none
	Shop     string  // the shop's name; empty for the program's
	Practice bool    // marks every page as worth nothing
	Words    *lang.Words

	// Sales gives the sales of the report, oldest first, in pages: those behind
	// the sale with the id after, 0 for the first. An empty page is the end. PDF
	// does not ask for them.
	Sales func(ctx context.Context, after int64) ([]data.SaleRow, error)
	// Total is how many sales there are, for the progress.
	Total int
	// Progress is told how many sales are written, and of how many; may be nil.
	Progress func(done, total int)
}

// Write writes a job to a file, which gets its name only when it is whole. It
// refuses to overwrite: fs.ErrExist.
func Write(ctx context.Context, file string, format Format, j Job) error {
	write, ok := map[Format]func(context.Context, io.Writer, Job) error{FormatPDF: PDF, FormatXLSX: XLSX, FormatCSV: CSV}[format]
	if !ok {
		return fmt.Errorf("export: no format %q", format)
	}
	if err := atomicfile.CreateBy(file, func(w io.Writer) error { return write(ctx, w, j) }); err != nil {
		return fmt.Errorf("export %s: %w", format, err)
	}
	return nil
}

// shop is the name at the top.
func (j Job) shop() string {
	if j.Shop == "" {
		return j.Words.T("app.name")
	}
	return j.Shop
}

func (j Job) progress(done int) {
	if j.Progress != nil {
		j.Progress(min(done, j.Total), j.Total)
	}
}

// eachSale calls f for every sale in order.
func (j Job) eachSale(ctx context.Context, f func(data.SaleRow) error) error {
	var after int64
	for done := 0; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		page, err := j.Sales(ctx, after)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, s := range page {
			if err := f(s); err != nil {
				return err
			}
		}
		after = page[len(page)-1].ID
		done += len(page)
		j.progress(done)
	}
}
