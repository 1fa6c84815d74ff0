package till

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// cashView is the counting of cash in ready strings.
type cashView struct {
	head     kit.ResultHead
	due      string
	received string
	label    string // of the large figure: change, or what is short
	figure   string
	short    bool
	title    string   // over the piles
	piles    []string // "50 × 1"
	note     string   // what no coin can pay; usually empty
	hints    string
}

// cashView words the counting of cash.
func (s *Screen) cashView() cashView {
	w := s.desk.Words
	received, due := s.cash.received(), s.now.due()
	v := cashView{
		head:  kit.ResultHead{Kind: kit.ResultPlain, Icon: kit.IconCash, Word: w.T("cash.title"), Line: w.T("cash.line"), Compact: true},
		due:   due.Grouped(),
		label: w.T("cash.change"), figure: max(0, received-due).Grouped(),
		received: received.Grouped(), hints: w.T("cash.hint1") + "\n" + w.T("cash.hint2"),
	}
	if received < due && received > 0 {
		v.label, v.figure, v.short = w.T("cash.short"), (due - received).Grouped(), true
		return v
	}
	if received > due {
		v.title = w.T("cash.piles")
		list, rest := piles(received - due)
		for _, p := range list {
			v.piles = append(v.piles, p.String())
		}
		if rest > 0 {
			v.note = w.T("cash.fen", "rest", rest.Grouped())
		}
	}
	return v
}

// cashPanel draws it.
type cashPanel struct {
	root                                 *kit.ResultPanel
	body                                 *fyne.Container
	dueName, due, receivedName, received *kit.Text
	line                                 fyne.CanvasObject
	change                               *changePart
	title                                *kit.Text
	chips                                []*chip
	note                                 *kit.Text
	hints                                *kit.Paragraph
}

// chip is one pile of notes.
type chip struct {
	root *kit.Panel
	text *kit.Text
}

func newCashPanel(s *Screen) *cashPanel {
	w := s.desk.Words
	c := &cashPanel{
		dueName: kit.NewText(w.T("cash.name.due"), kit.ActionPx, kit.Ink2), due: kit.NewBold("", kit.Heading, kit.Ink).Trailing(),
		receivedName: kit.NewText(w.T("cash.name.received"), kit.ActionPx, kit.Ink2), received: kit.NewBold("", kit.Heading, kit.Ink).Trailing(),
		line: kit.NewRule(), change: newChangePart(""),
		title: kit.NewText("", kit.Caption, kit.Ink2), note: kit.NewText("", kit.Caption, kit.Ink2), hints: kit.NewParagraph("", kit.Caption, kit.Ink2),
	}
	objects := []fyne.CanvasObject{c.dueName, c.due, c.line, c.receivedName, c.received, c.change.root, c.title, c.note, c.hints}
	for range notes {
		text := kit.NewText("", kit.Row, kit.Ink)
		one := &chip{text: text, root: kit.NewInset(kit.Pad(2, 12, 6, 12, text))}
		c.chips = append(c.chips, one)
		objects = append(objects, one.root)
	}
	c.body = &fyne.Container{Objects: objects}
	c.body.Layout = screen.Free{Min: fyne.NewSize(300, 300), Place: c.layout}
	c.root = kit.NewResult(kit.ResultHead{}, c.body, nil)
	return c
}

func (c *cashPanel) draw(v cashView) {
	c.root.SetHead(v.head)
	c.due.SetText(v.due)
	c.received.SetText(v.received)
	ink := kit.Ink
	if v.short {
		ink = kit.Bad
	}
	c.change.set(v.label, v.figure, ink)
	c.title.SetText(v.title)
	c.note.SetText(v.note)
	c.hints.SetText(v.hints)
	for i, chip := range c.chips {
		only(chip.root, i < len(v.piles))
		if i < len(v.piles) {
			chip.text.SetText(v.piles[i])
		}
	}
	c.layout(c.body.Size())
}

func (c *cashPanel) layout(size fyne.Size) {
	if size.IsZero() {
		return
	}
	y := float32(16)
	row := func(name, value *kit.Text) {
		screen.Place(name, 0, y, size.Width/2, 60-4)
		screen.Place(value, size.Width/2, y, size.Width/2, 60-4)
		y += 60
	}
	row(c.dueName, c.due)
	screen.Place(c.line, 0, y-1, size.Width, 1)
	row(c.receivedName, c.received)
	y += 8
	screen.Place(c.change.root, 0, y, size.Width, changeHeight)
	y += changeHeight + 20
	screen.Place(c.title, 0, y, size.Width, 24)
	y += 28
	y = c.layoutChips(y, size.Width)
	screen.Place(c.note, 0, y, size.Width, 24)
	h := c.hints.HeightFor(size.Width)
	screen.Place(c.hints, 0, size.Height-h-16, size.Width, h)
	only(c.hints, size.Height-h-16 > y+24)
}

// layoutChips flows the piles and returns where they end.
func (c *cashPanel) layoutChips(y, width float32) float32 {
	x, height := float32(0), float32(39)
	for _, chip := range c.chips {
		if !chip.root.Visible() {
			break
		}
		w := chip.root.MinSize().Width
		if x > 0 && x+w > width {
			x, y = 0, y+height+kit.GapKeys
		}
		screen.Place(chip.root, x, y, w, height)
		x += w + kit.GapKeys
	}
	if c.chips[0].root.Visible() {
		y += height
	}
	return y + 4
}
