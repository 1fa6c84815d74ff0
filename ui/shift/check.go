package shift

import (
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// checkStep is the second step: what should be there, what is, why they differ,
// and what is taken out of the drawer.
type checkStep struct {
	s        *Screen
	counting app.Counting
	root     *fyne.Container
	left     *kit.ResultPanel

	reason  reason
	taken   *kit.FigureField
	keep    *kit.Facts
	pad     fyne.CanvasObject
	again   *kit.ActionKey
	next    *kit.ActionKey
	cancel  *kit.ActionKey
	caption *kit.Text
	all     *kit.Button
}

func newCheckStep(s *Screen, counting app.Counting) *checkStep {
	w := s.desk.Words
	c := &checkStep{s: s, counting: counting}
	c.caption = kit.NewText(w.T("shift.taken"), kit.Body, kit.Ink2).Fit(kit.Caption)
	c.taken = kit.NewLargeMoneyField()
	c.taken.OnChanged = func(string) { c.changed() }
	c.all = kit.NewButton(w.T("shift.taken.all"), 64, func() {
		c.taken.SetText(c.counting.Counted.String())
		c.changed()
	})
	c.keep = kit.NewDenseFacts(kit.Fact{})
	c.pad = panel.MoneyPad(s.facts.phoneOrder, c.typeKey)
	c.again = kit.NewActionKey(w.T("shift.recount"), "", kit.Plain, c.recount)
	c.next = kit.NewActionKey(w.T("shift.next"), "Enter", kit.Default, s.goOn)
	c.cancel = kit.NewActionKey(w.T("shift.cancel"), "Esc", kit.Plain, func() { s.Leave(s.o.Close) })
	c.left = kit.NewResult(c.head(), c.body(), nil)
	c.root = &fyne.Container{Layout: screen.Free{Min: fyne.NewSize(1000, 400), Place: c.place},
		Objects: []fyne.CanvasObject{c.left, c.caption, c.taken, c.all, c.keep, c.pad, c.again, c.next, c.cancel}}
	c.changed()
	return c
}

// head is the difference: by sign, colour, icon and word.
func (c *checkStep) head() kit.ResultHead {
	w, diff := c.s.desk.Words, c.counting.Difference
	h := kit.ResultHead{Kind: kit.ResultPaid, Icon: kit.IconPaid, Word: w.T("shift.diff.none"), Amount: signed(diff), Compact: true}
	switch {
	case diff > 0:
		h.Kind, h.Icon, h.Word = kit.ResultUnknown, kit.IconAlert, w.T("shift.diff.over")
	case diff < 0:
		h.Kind, h.Icon, h.Word = kit.ResultFailed, kit.IconFailed, w.T("shift.diff.short")
	}
	h.Line = w.T("shift.diff.line")
	return h
}

// body is how the sum that should be there came about, and why it is not.
func (c *checkStep) body() fyne.CanvasObject {
	w, d := c.s.desk.Words, c.counting.Report.Drawer
	rows := []kit.Fact{{Label: w.T("report.float"), Value: d.Float.Grouped()}, {Label: w.T("report.cash_in_sales"), Value: d.Paid.Grouped()}}
	for _, more := range []struct {
		key    string
		amount payment.Amount
	}{{"report.cash_refunds", -d.Refunded}, {"report.cash_deposits", d.Deposits}, {"report.cash_in", d.In}, {"report.cash_out", -d.Out}} {
		if more.amount != 0 {
			rows = append(rows, kit.Fact{Label: w.T(more.key), Value: more.amount.Grouped()})
		}
	}
	rows = append(rows,
		kit.Fact{Label: w.T("report.expected"), Value: c.counting.Expected.Grouped(), Bold: true},
		kit.Fact{Label: w.T("report.counted"), Value: c.counting.Counted.Grouped(), Bold: true})
	parts := []fyne.CanvasObject{kit.Stretch(aboutAmounts(rows))}
	if c.counting.Difference != 0 {
		c.reason.build(c.s, c.counting.NeedsReason)
		parts = append(parts, c.reason.root)
	}
	return kit.Pad(10, 0, 16, 0, kit.Down(8, parts...))
}

// place puts the amount that is taken out, and the ways on, beside the panel.
func (c *checkStep) place(size fyne.Size) {
	left := size.Width - kit.Gap - sideWidth
	screen.Place(c.left, 0, 0, left, size.Height)
	x, y := left+kit.Gap, float32(0)
	screen.Place(c.caption, x, y, sideWidth, 27)
	y += 27 + kit.GapKeys
	field := kit.HeightFor(c.taken, sideWidth-100)
	all := max(84, c.all.MinSize().Width)
	screen.Place(c.taken, x, y, sideWidth-all-kit.GapKeys, field)
	screen.Place(c.all, x+sideWidth-all, y, all, 64)
	y += field + kit.GapKeys
	screen.Place(c.keep, x, y, sideWidth, 38)
	y += 38 + kit.GapKeys
	c.placeWays(x, y, size.Height)
}

// placeWays gives the keypad what the ways on leave. Where its keys would get too
// low for a finger, all three stand in one row.
func (c *checkStep) placeWays(x, y, height float32) {
	const least = 4*keyLeast + 3*kit.GapKeys
	move, submit := moveHeight, submitHeight
	if height-y-move-submit-2*kit.GapDense < least {
		move, submit = moveLow, submitLow
	}
	pad := height - y - move - submit - 2*kit.GapDense
	first := float32(0)
	if pad < least {
		pad, first = height-y-submit-kit.GapDense, cancelWidth+kit.GapKeys
	}
	screen.Place(c.pad, x, y, sideWidth, pad)
	y += pad + kit.GapDense
	if first > 0 {
		screen.Place(c.again, x, y, cancelWidth, submit)
	} else {
		screen.Place(c.again, x, y, sideWidth, move)
		y += move + kit.GapDense
	}
	screen.Place(c.next, x+first, y, sideWidth-first-cancelWidth-kit.GapKeys, submit)
	screen.Place(c.cancel, x+sideWidth-cancelWidth, y, cancelWidth, submit)
}

// focus goes to the reason where one is needed, and else to what is taken out.
func (c *checkStep) focus() {
	if !c.counting.NeedsReason {
		c.taken.Focus()
	}
}

// typeKey types a key of the keypad into the field with the focus.
func (c *checkStep) typeKey(k kit.Key) {
	if f, ok := c.s.desk.Window.Canvas().Focused().(kit.KeyTarget); ok {
		f.TypeKey(k)
		return
	}
	c.taken.Focus()
	c.taken.TypeKey(k)
}

// takenOut is what is taken out, fen; ok is false for what cannot be.
func (c *checkStep) takenOut() (a payment.Amount, ok bool) {
	text := strings.TrimSuffix(c.taken.Text(), ".")
	if text == "" {
		return 0, true
	}
	a, err := payment.ParseAmount(text)
	return a, err == nil && a <= c.counting.Counted
}

// changed says what stays in the drawer, or that so much is not there.
func (c *checkStep) changed() {
	w := c.s.desk.Words
	taken, ok := c.takenOut()
	c.taken.SetError("")
	if !ok {
		c.taken.SetError(w.T("shift.taken.much", "counted", c.counting.Counted.Grouped()))
		taken = 0
	}
	c.keep.Set(kit.Fact{Label: w.T("shift.keep"), Value: (c.counting.Counted - taken).Grouped(), Bold: true})
	c.root.Refresh()
}

// recount goes back to the table. The count that was submitted stays on record.
func (c *checkStep) recount() {
	s, w := c.s, c.s.desk.Words
	if s.busy {
		return
	}
	dialog := kit.NewDialog(w.T("shift.recount"), kit.NewParagraph(w.T("shift.recount.text"), kit.Row, kit.Ink), w.T("shift.recount.no"), w.T("shift.recount.yes"))
	dialog.OnAct = func() {
		dialog.Close()
		s.show(stageCount)
	}
	dialog.Show(s.desk.Window.Canvas())
}

// goOn asks who takes over, once all is said about the difference.
func (c *checkStep) goOn() {
	if _, ok := c.takenOut(); !ok {
		c.taken.Focus()
		return
	}
	if c.counting.NeedsReason && c.reason.text() == "" {
		c.reason.complain()
		c.left.Refresh()
		return
	}
	c.s.hand = newHandStep(c.s)
	c.s.show(stageHand)
}
