package panel

import (
	"slices"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
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

// Reason says why a channel refused, and what to do now.
func Reason(d *screen.Desk, reason payment.Reason, way data.Way) (what, do string) {
	kept := "pay.kept"
	if !reason.MayRetry() {
		kept = "pay.kept.cash"
	}
	what, do = d.Why(reason, way.Channel, way.Wallet)
	return what, do + "\n" + d.Words.T(kept)
}

// Refusal words a definite no of a channel on out: why, what to do now, whether
// to try again, and the channel's code for support.
func Refusal(d *screen.Desk, out *Panel, reason payment.Reason, way data.Way, code string) {
	w := d.Words
	out.Head.Kind, out.Head.Icon = kit.ResultFailed, kit.IconFailed
	out.Lead, out.Text = Reason(d, reason, way)
	may := kit.Fact{Label: w.T("pay.retry"), Value: w.T("pay.retry.no"), Icon: kit.IconCross, Color: kit.Bad, Bold: true}
	if reason.MayRetry() {
		may = kit.Fact{Label: w.T("pay.retry"), Value: w.T("pay.retry.yes"), Icon: kit.IconTick, Color: kit.Ok, Bold: true}
	}
	out.Facts = append(out.Facts, may)
	if code != "" {
		out.Facts = append(out.Facts, kit.Fact{Label: w.T("pay.code", "channel", d.Channel(way.Channel)), Value: code, Mono: true})
	}
}

// Dismissable lets a panel stay until it was seen; again says that Enter was
// pressed once already.
func Dismissable(w *lang.Words, out *Panel, again bool) {
	out.Main = []Button{{Word: w.T("pay.ok"), Key: "Esc", Do: Dismiss}}
	out.Caption = w.T("pay.failed.hint")
	if again {
		out.Caption = w.T("pay.failed.again")
	}
}
