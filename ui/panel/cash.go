package panel

import (
	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Counted is what was handed over so far, as it is typed.
type Counted struct {
	Entry  app.Entry
	Chosen payment.Amount // the suggestion that was tapped; 0 for none
}

// Received is what was handed over so far, fen.
func (c *Counted) Received() payment.Amount { return c.Entry.Amount() }

// Type edits what was handed over.
func (c *Counted) Type(edit func(*app.Entry)) {
	edit(&c.Entry)
	c.Chosen = 0
}

// Suggest takes a suggested amount as handed over.
func (c *Counted) Suggest(a payment.Amount) {
	c.Entry.Set(a)
	c.Chosen = a
}

// Cash is the counting of cash in ready strings.
type Cash struct {
	Head  kit.ResultHead
	Hints string // what follows, at the very bottom; may be empty

	due, received string
	label, figure string // the large figure: change, or what is short
	short         bool
	title         string   // over the piles
	piles         []string // "50 × 1"
	note          string   // what no coin can pay; usually empty
}

// CountCash words what was handed over for what is due, fen. The caller adds
// Head and Hints.
func CountCash(w *lang.Words, received, due payment.Amount) Cash {
	v := Cash{
		due: due.Grouped(), received: received.Grouped(),
		label: w.T("cash.change"), figure: max(0, received-due).Grouped(),
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

// MaxCashKeys is how many suggestions the largest layout has room for.
const MaxCashKeys = 8

// CashKeys are what a customer is likely to hand over for what is due, fen; tap
// gets the chosen one.
func CashKeys(w *lang.Words, due, chosen payment.Amount, tap func(payment.Amount)) []QuickKey {
	list := []QuickKey{{Name: w.T("cash.exact"), Price: due.Grouped(), On: true, Chosen: chosen == due, Tap: func() { tap(due) }}}
	for _, a := range handed(due, MaxCashKeys-1) {
		list = append(list, QuickKey{Price: a.Grouped(), On: true, Chosen: chosen == a, Tap: func() { tap(a) }})
	}
	return list
}

// CashView draws the counting of cash.
type CashView struct {
	root                                 *kit.ResultPanel
	body                                 *fyne.Container
	dueName, due, receivedName, received *kit.Text
	line                                 fyne.CanvasObject
	change                               *figure
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

// NewCashView makes an empty one.
func NewCashView(w *lang.Words) *CashView {
	c := &CashView{
		dueName: kit.NewText(w.T("cash.name.due"), kit.ActionPx, kit.Ink2), due: kit.NewBold("", kit.Heading, kit.Ink).Trailing(),
		receivedName: kit.NewText(w.T("cash.name.received"), kit.ActionPx, kit.Ink2), received: kit.NewBold("", kit.Heading, kit.Ink).Trailing(),
		line: kit.NewRule(), change: newFigure(),
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

// Object is what belongs on the right side.
func (c *CashView) Object() fyne.CanvasObject { return c.root }

// Draw shows a state of the counting.
func (c *CashView) Draw(v Cash) {
	c.root.SetHead(v.Head)
	c.due.SetText(v.due)
	c.received.SetText(v.received)
	ink := kit.Ink
	if v.short {
		ink = kit.Bad
	}
	c.change.set(v.label, v.figure, ink)
	c.title.SetText(v.title)
	c.note.SetText(v.note)
	c.hints.SetText(v.Hints)
	for i, chip := range c.chips {
		screen.Only(chip.root, i < len(v.piles))
		if i < len(v.piles) {
			chip.text.SetText(v.piles[i])
		}
	}
	c.layout(c.body.Size())
}

func (c *CashView) layout(size fyne.Size) {
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
	screen.Place(c.change.root, 0, y, size.Width, figureHeight)
	y += figureHeight + 20
	screen.Place(c.title, 0, y, size.Width, 24)
	y += 28
	y = c.layoutChips(y, size.Width)
	screen.Place(c.note, 0, y, size.Width, 24)
	h := c.hints.HeightFor(size.Width)
	screen.Place(c.hints, 0, size.Height-h-16, size.Width, h)
	screen.Only(c.hints, size.Height-h-16 > y+24)
}

// layoutChips flows the piles and returns where they end.
func (c *CashView) layoutChips(y, width float32) float32 {
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
