package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// readStuck reads the papers that need a person.
func (o *printerPage) readStuck() {
	d := o.s.desk
	d.Background(func(ctx context.Context) func() {
		jobs, err := d.Books.StuckPrints(ctx)
		return func() {
			if err != nil {
				d.Log.Warn("stuck papers cannot be read", "err", err)
				return
			}
			o.jobs = jobs
			o.drawStuck()
			o.flow()
		}
	})
}

// maxStuck is how many papers the page lists; the rest come after them.
const maxStuck = 20

func (o *printerPage) drawStuck() {
	if len(o.jobs) == 0 {
		hold(o.stuck, kit.NewText(o.word("printer.stuck.none"), kit.Body, kit.Ink3))
		return
	}
	var rows []fyne.CanvasObject
	for _, job := range o.jobs[:min(len(o.jobs), maxStuck)] {
		rows = append(rows, o.stuckRow(job))
	}
	hold(o.stuck, kit.Down(8, rows...))
}

// stuckRow is one paper: what it is, what happened, and what to do about it.
func (o *printerPage) stuckRow(job data.PrintJob) fyne.CanvasObject {
	w := o.s.desk.Words
	name := w.T("health.paper."+string(job.Kind), "receipt", job.ReceiptNo)
	when := job.CreatedAt.In(payment.Beijing).Format("01-02 15:04")
	text := kit.Down(0,
		kit.Across(8, kit.NewBold(name, kit.Body, kit.Ink), kit.NewText(when, kit.Caption, kit.Ink2)),
		kit.NewParagraph(w.T("printer.error."+job.LastError), kit.Caption, kit.Ink2))
	return kit.NewInset(kit.Pad(8, 8, 8, 14, kit.Across(8, kit.Stretch(text),
		kit.NewButton(o.word("printer.stuck.retry"), kit.ButtonSmall, func() { o.decide(job.ID, o.s.desk.Books.RetryPrint) }),
		kit.NewButton(o.word("printer.stuck.drop"), kit.ButtonSmall, func() { o.decide(job.ID, o.s.desk.Books.DropPrint) }).Kind(kit.Destructive))))
}

func (o *printerPage) decide(job int64, act func(context.Context, int64) error) {
	d := o.s.desk
	d.Background(func(ctx context.Context) func() {
		err := act(ctx, job)
		d.WakePrinter()
		return func() {
			if err != nil {
				o.s.tell(kit.IconFailed, kit.Bad, d.Sentence(err), 0)
			}
			o.readStuck()
		}
	})
}
