package panel

import (
	"slices"

	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Paper says what became of the last paper of some kinds.
func Paper(d *screen.Desk, label string, jobs []data.PrintJob, kinds ...data.PrintKind) kit.Fact {
	w := d.Words
	f := kit.Fact{Label: label, Value: w.T("pay.paper.none"), Color: kit.Ink2}
	for _, job := range jobs {
		if !slices.Contains(kinds, job.Kind) {
			continue
		}
		switch job.State {
		case data.PrintDone:
			f.Value, f.Icon, f.Color, f.Bold = w.T("pay.paper.done"), kit.IconPrint, kit.Ok, true
		case data.PrintStuck:
			f.Value, f.Icon, f.Color, f.Bold = trouble(d, job.LastError), kit.IconAlert, kit.Warn, true
		case data.PrintSkipped:
			f.Value, f.Icon, f.Color, f.Bold = w.T("pay.paper.skipped"), kit.NoIcon, kit.Ink2, false
			if job.LastError == data.TroubleTooOld {
				f.Value = w.T("pay.paper.too_old")
			}
		default:
			f.Value, f.Icon, f.Color, f.Bold = w.T("pay.paper.queued"), kit.IconWaiting, kit.Ink2, false
			if job.LastError != "" {
				f.Value, f.Icon, f.Color = trouble(d, job.LastError), kit.IconAlert, kit.Warn
			}
		}
	}
	return f
}

// trouble is a printer's trouble in a few words.
func trouble(d *screen.Desk, kind string) string {
	if key := "head.printer." + kind; d.Words.Has(key) {
		return d.Words.T(key)
	}
	return d.Words.T("pay.paper.trouble")
}
