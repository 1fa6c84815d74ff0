package shift

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// countStep is the first step: how many notes and coins there are, before it is
// seen how many there should be.
type countStep struct {
	s     *Screen
	root  *fyne.Container
	left  *kit.Panel
	table *counter
	side  *countSide
}

func newCountStep(s *Screen) *countStep {
	w := s.desk.Words
	c := &countStep{s: s}
	var skip *kit.Button // who counts blind would learn from the report what should have been there
	if !s.facts.blind || s.facts.mayPeek {
		skip = kit.NewButton(w.T("shift.uncount"), kit.ButtonSmall, c.askUncount)
	}
	c.table = newCounter(s.desk, skip, nil)
	c.left = kit.NewPanel(c.table)
	c.side = newCountSide(c)
	objects := append([]fyne.CanvasObject{c.left}, c.side.objects()...)
	c.root = &fyne.Container{Layout: screen.Free{Min: fyne.NewSize(1000, 400), Place: c.place}, Objects: objects}
	return c
}

// sideWidth is that of everything beside the table.
const sideWidth float32 = 472

func (c *countStep) place(size fyne.Size) {
	left := size.Width - kit.Gap - sideWidth
	screen.Place(c.left, 0, 0, left, size.Height)
	c.side.place(left+kit.Gap, size.Height)
}

// submit takes the count, and then tells the difference. An empty drawer is
// asked about: more likely nothing was typed.
func (c *countStep) submit() {
	if c.s.facts.refused() {
		return
	}
	if c.table.sum() > 0 {
		c.send()
		return
	}
	w := c.s.desk.Words
	dialog := kit.NewDialog(w.T("shift.empty.title"), kit.NewParagraph(w.T("shift.empty.text"), kit.Row, kit.Ink), w.T("shift.empty.no"), w.T("shift.empty.yes"))
	dialog.OnAct = func() {
		dialog.Close()
		c.send()
	}
	dialog.Show(c.s.desk.Window.Canvas())
}

func (c *countStep) send() {
	s := c.s
	if s.busy {
		return
	}
	s.busy = true
	counts := c.table.counts()
	s.desk.Background(func(ctx context.Context) func() {
		counting, err := s.desk.Shifts.Count(ctx, counts)
		return func() { c.sent(counting, err) }
	})
}

func (c *countStep) sent(counting app.Counting, err error) {
	s := c.s
	s.busy = false
	if err != nil {
		c.side.complain(s.desk.Sentence(err))
		return
	}
	s.uncount = false
	s.check = newCheckStep(s, counting)
	s.show(stageCheck)
}

// askUncount makes sure that nobody hands over uncounted by mistake.
func (c *countStep) askUncount() {
	s, w := c.s, c.s.desk.Words
	dialog := kit.NewDialog(w.T("shift.uncount"), kit.NewParagraph(w.T("shift.uncount.text"), kit.Row, kit.Ink), w.T("shift.uncount.no"), w.T("shift.uncount.yes"))
	dialog.OnAct = func() {
		dialog.Close()
		s.uncount = true
		s.hand = newHandStep(s)
		s.show(stageHand)
	}
	dialog.Show(s.desk.Window.Canvas())
}

// peek says what should be in the drawer, to somebody who may see it now.
func (c *countStep) peek() {
	s := c.s
	s.desk.Background(func(ctx context.Context) func() {
		f, err := read(ctx, s.desk)
		return func() {
			switch {
			case err != nil:
				c.side.complain(s.desk.Sentence(err))
			case f.mayPeek:
				c.side.reveal(f.report.Drawer.Expected)
			}
		}
	})
}
