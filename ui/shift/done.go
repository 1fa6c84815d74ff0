package shift

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/ui/kit"
)

// doneStep says what came of it: the number of the report, what became of its
// paper, and who is on duty now.
type doneStep struct {
	s      *Screen
	closed app.Closed
	root   *kit.ResultPanel
	facts  *kit.Facts
	stuck  bool // the paper needs a person
}

func newDoneStep(s *Screen, c app.Closed) *doneStep {
	w := s.desk.Words
	d := &doneStep{s: s, closed: c, facts: kit.NewDenseFacts()}
	head := kit.ResultHead{Kind: kit.ResultPaid, Icon: kit.IconPaid, Word: w.T("shift.done"),
		Line: Title(s.desk, c.Shift), Amount: c.Z.Report.Total.Net.Grouped()}
	buttons := []fyne.CanvasObject{}
	if s.facts.anyPIN && c.Next.ID == 0 && s.o.Lock != nil {
		buttons = append(buttons, kit.NewButton(w.T("head.menu.lock"), kit.ButtonLarge, func() {
			s.o.Close()
			s.o.Lock()
		}).Icon(kit.IconHeld))
	}
	buttons = append(buttons, kit.Stretch(kit.NewButton(w.T("shift.done.ok"), kit.ButtonLarge, s.o.Close).Kind(kit.Default).Key("Enter")))
	d.root = kit.NewResult(head, kit.Pad(12, 0, 0, 0, d.facts), kit.Across(kit.GapDense, buttons...))
	d.draw()
	return d
}

// zNumber is the number of a Z report as it stands on paper: "Z 0142".
func zNumber(n int64) string { return fmt.Sprintf("Z %04d", n) }

func (d *doneStep) draw() {
	s, w, c := d.s, d.s.desk.Words, d.closed
	t, drawer := c.Z.Report.Total, c.Z.Report.Drawer
	rows := []kit.Fact{
		{Label: w.T("shift.done.z"), Value: zNumber(c.Z.Number), Bold: true},
		{Label: w.T("shift.done.span"), Value: Since(s.desk, c.Shift) + " " + w.T("report.to") + " " + clock(c.Shift.ClosedAt)},
		{Label: w.T("report.trade") + "  " + w.T("report.count", "n", t.Payments), Value: t.Trade.Grouped()},
	}
	if drawer.IsCounted {
		rows = append(rows, kit.Fact{Label: w.T("report.counted"), Value: drawer.Counted.Grouped()},
			differenceFact(s.desk, app.Counting{Difference: drawer.Difference}))
	} else {
		rows = append(rows, kit.Fact{Label: w.T("report.counted"), Value: w.T("report.not_counted")})
	}
	if line := openLine(s.desk, c.Z.Report.Open); line != "" {
		rows = append(rows, kit.Fact{Label: w.T("shift.open"), Value: line, Color: kit.Warn, Icon: kit.IconUnknown})
	}
	next := kit.Fact{Label: w.T("shift.done.next"), Value: w.T("shift.done.next.none")}
	if c.Next.ID != 0 {
		next.Value, next.Bold = w.T("shift.done.next.line", "shift", Title(s.desk, c.Next), "float", c.Next.Float.Grouped()), true
	}
	d.facts.Set(append(rows, next, d.paper())...)
}

// paper is what became of the printed report.
func (d *doneStep) paper() kit.Fact {
	w := d.s.desk.Words
	f := kit.Fact{Label: w.T("shift.done.paper"), Value: w.T("shift.done.paper.queued"), Icon: kit.IconPrint, Color: kit.Ok}
	switch {
	case d.stuck:
		f.Value, f.Icon, f.Color = w.T("shift.done.paper.stuck"), kit.IconAlert, kit.Warn
	case !d.s.facts.printer:
		f.Value, f.Icon, f.Color = w.T("shift.done.paper.none"), kit.IconInfo, kit.Ink2
	}
	return f
}

// readPaper looks whether the paper needs a person.
func (d *doneStep) readPaper() {
	s := d.s
	s.desk.Background(func(ctx context.Context) func() {
		jobs, err := s.desk.Books.StuckPrints(ctx)
		return func() {
			if err != nil {
				s.desk.Log.Warn("stuck papers cannot be read", "err", err)
				return
			}
			d.stuck = false
			for _, job := range jobs {
				d.stuck = d.stuck || job.ZID == d.closed.Z.ID
			}
			d.draw()
		}
	})
}
