package shift

import (
	"fyne.io/fyne/v2"

	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// countSide is what stands beside the table: what there is to know, the keypad,
// and the ways on.
type countSide struct {
	c      *countStep
	notes  *fyne.Container
	note   *kit.Panel
	rule   *kit.Hint // count first
	fault  *kit.Hint // why the count was not taken
	peek   *kit.Button
	keypad *kit.Keypad
	back   *kit.ActionKey
	next   *kit.ActionKey
	submit *kit.ActionKey
	cancel *kit.ActionKey
}

func newCountSide(c *countStep) *countSide {
	s, w := c.s, c.s.desk.Words
	p := &countSide{c: c}
	p.rule = kit.NewHint(kit.IconInfo, kit.AccentInk, w.T("shift.blind"), kit.Body, kit.Ink)
	p.fault = kit.NewHint(kit.IconFailed, kit.Bad, "", kit.Body, kit.Bad)
	p.fault.Hide()
	p.peek = kit.NewButton(w.T("shift.peek"), kit.ButtonSmall, c.peek)
	top := []fyne.CanvasObject{kit.Stretch(p.rule)}
	if s.facts.mayPeek {
		top = append(top, p.peek)
	}
	if !s.facts.blind {
		p.reveal(s.facts.report.Drawer.Expected)
	}
	p.notes = kit.Down(6, kit.Across(kit.GapDense, top...), p.fault)
	if s.facts.need.Lacking { // said before anything is counted for nothing
		key := "shift.others.approve"
		if s.facts.refused() {
			key = "shift.others.nobody"
		}
		p.notes.Add(kit.NewHint(kit.IconAlert, kit.Warn, w.T(key, "name", s.facts.shift.Staff.Name), kit.Body, kit.Ink).Bold())
	}
	if open := s.facts.report.Open; open.Count() > 0 {
		p.notes.Add(kit.NewHint(kit.IconUnknown, kit.Warn, openLine(s.desk, open), kit.Body, kit.Ink).Bold())
		text := w.T("shift.open.text")
		if open.Payments < open.Count() {
			text = openKinds(s.desk, open) + w.T("shift.open.stop") + text
		}
		p.notes.Add(kit.Pad(0, 0, 0, kit.Body+10, kit.NewParagraph(text, kit.Body, kit.Ink)))
	}
	p.note = kit.NewPanel(kit.Pad(14, 20, 14, 20, p.notes))
	p.keypad = kit.NewKeypad(kit.NumberKeypad, s.facts.phoneOrder, c.table.typeKey)
	p.back = kit.NewActionKey(w.T("shift.count.back"), "↑", kit.Plain, func() { c.table.move(-1) })
	p.next = kit.NewActionKey(w.T("shift.count.next"), "↓·Enter", kit.Plain, func() { c.table.move(1) })
	p.submit = kit.NewActionKey(w.T("shift.count.submit"), "Ctrl+Enter", kit.Default, s.goOn)
	p.submit.SetEnabled(!s.facts.refused())
	p.cancel = kit.NewActionKey(w.T("shift.cancel"), "Esc", kit.Plain, func() { s.Leave(s.o.Close) })
	return p
}

func (p *countSide) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{p.note, p.keypad, p.back, p.next, p.submit, p.cancel}
}

// reveal says what should be in the drawer.
func (p *countSide) reveal(expected payment.Amount) {
	p.rule.Set(kit.IconInfo, kit.AccentInk, p.c.s.desk.Words.T("shift.expected.line", "amount", expected.Grouped()), kit.Ink)
	p.peek.Hide()
	p.flow()
}

// complain says why the count was not taken.
func (p *countSide) complain(sentence string) {
	p.fault.Set(kit.IconFailed, kit.Bad, sentence, kit.Bad)
	p.fault.Show()
	p.flow()
}

func (p *countSide) flow() {
	if p.c.root != nil {
		p.c.root.Refresh()
	}
}

const (
	keyLeast     float32 = 64
	noteLeast    float32 = 60
	cancelWidth  float32 = 136
	moveHeight   float32 = 72
	moveLow      float32 = 56
	submitHeight float32 = 88
	submitLow    float32 = 72
)

// place gives the note what it needs and the keypad the rest. Where its keys
// would get too low for a finger, the rows below them get lower first, and then
// the two that only move go: the arrows and Enter do the same.
func (p *countSide) place(x, height float32) {
	const gap = kit.GapDense
	note := max(noteLeast, kit.HeightFor(p.note, sideWidth))
	move, submit, moves := moveHeight, submitHeight, true
	pad := func() float32 {
		h := height - note - gap - gap - submit
		if moves {
			h -= move + gap
		}
		return h
	}
	const least = 4*keyLeast + 3*kit.GapKeys
	if pad() < least {
		move, submit = moveLow, submitLow
	}
	if pad() < least {
		moves = false
	}
	screen.Only(p.back, moves)
	screen.Only(p.next, moves)
	screen.Place(p.note, x, 0, sideWidth, note)
	y := note + gap
	screen.Place(p.keypad, x, y, sideWidth, pad())
	y += pad() + gap
	if moves {
		half := whole((sideWidth - kit.GapKeys) / 2)
		screen.Place(p.back, x, y, half, move)
		screen.Place(p.next, x+sideWidth-half, y, half, move)
		y += move + gap
	}
	screen.Place(p.submit, x, y, sideWidth-cancelWidth-kit.GapKeys, submit)
	screen.Place(p.cancel, x+sideWidth-cancelWidth, y, cancelWidth, submit)
}
