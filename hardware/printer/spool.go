package printer

import (
	"context"
	"strings"
	"unicode"
)

// spoolPrinter hands jobs to a printer of the operating system, as raw bytes:
// a printer driver would print them as text.
type spoolPrinter struct {
	device
	name string
}

// Print hands the job over. The spooler holds it while the printer is off.
func (p *spoolPrinter) Print(ctx context.Context, job Job) error {
	data, err := p.bytes(job)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, p.options.Timeouts.Spool)
	defer cancel()
	if kind, err := spool(ctx, p.name, title(job.ID), data); err != nil {
		return p.fail(kind, err)
	}
	return nil
}

// title names the job in the spooler's list.
func title(id string) string {
	id = strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, id)
	return "receipt " + id
}

// Spoolers lists the printers of the operating system, for "spool:NAME". A
// system without a print service has none, which is no error.
func Spoolers(ctx context.Context) ([]string, error) { return spoolers(ctx) }
