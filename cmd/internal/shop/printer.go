package shop

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"

	"frontdesk/app"
	"frontdesk/assets/fonts"
	"frontdesk/hardware/escpos"
	"frontdesk/hardware/paper"
	"frontdesk/hardware/printer"
)

// makePrinter opens the receipt printer of the settings "printer.*". It is nil
// without an error when none is set up. Nothing is connected: the printer may be
// switched on later.
func (s *Shop) makePrinter(ctx context.Context) (app.Printer, error) {
	v := s.Settings.Values(ctx)
	target := v.Text("printer.receipt")
	profile := escpos.Standard(paper.Width(v.Int("printer.width")))
	profile.Encoding = escpos.Encoding(v.Text("printer.encoding"))
	if err := v.Err(); err != nil || target == "" {
		return nil, err
	}
	// The painter reads two typefaces. It is cheap, and which printers need one
	// is theirs to know.
	painter, err := paper.NewPainter(fonts.Mono, fonts.Bold)
	if err != nil {
		return nil, err
	}
	p, err := printer.Open(target, printer.Options{
		Profile: profile, Painter: painter, AskStatus: true, VirtualDir: s.Paths.Prints,
		Notes: func(job string, notes []escpos.Note) {
			s.Log.Warn("the paper lacks something", "job", job, "notes", fmt.Sprint(notes))
		},
	})
	if err != nil {
		return nil, err
	}
	s.Log.Info("printer", slog.String("target", target))
	return receipts{p}, nil
}

// receipts lets the print queue use a printer. The errors of package printer
// tell the queue all it asks for.
type receipts struct{ printer printer.Printer }

var _ app.PrintTrouble = (*printer.Error)(nil)

func (r receipts) Print(ctx context.Context, jobID int64, doc paper.Document) error {
	return r.printer.Print(ctx, printer.Job{ID: strconv.FormatInt(jobID, 10), Document: doc})
}
