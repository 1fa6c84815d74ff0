package summary

import (
	"context"
	"time"

	"frontdesk/app"
	"frontdesk/data"
)

// Books is what the screen reads and asks for: app.Books, or a stand-in that a
// test fills.
type Books interface {
	Today() data.Day
	Report(ctx context.Context, c data.Cut) (data.Report, error)
	Compare(ctx context.Context, day data.Day) (app.Comparison, error)
	Reconciliation(ctx context.Context, day data.Day) (data.Reconciliation, error)
	Shifts(ctx context.Context, from, to data.Day) ([]data.Shift, error)
	ZOfDay(ctx context.Context, day data.Day) (data.Z, bool, error)
	ZOfShift(ctx context.Context, id int64) (data.Z, bool, error)
	PrintReport(ctx context.Context, c data.Cut) error
	LastBackup(ctx context.Context) (at time.Time, ok bool, err error)
	BackupTrouble(ctx context.Context) (kind string, err error)
	Export(ctx context.Context, c data.Cut, format app.ExportFormat, file string, progress func(done, total int)) error
}
