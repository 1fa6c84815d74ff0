package sales

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"frontdesk/ui/kit"
)

// factObjects draws facts below each other: label left, value right. Numbers
// can be tapped to copy them, and a refund has a button for its slip.
func (v *detail) factObjects(facts []fact) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i, f := range facts {
		if (f.head || f.rule) && i > 0 {
			out = append(out, kit.Pad(7, 0, 7, 0, kit.NewRule()))
		}
		out = append(out, v.factObject(f))
	}
	return out
}

const factHeight float32 = 38

// factRoom is what a label and its value have together at least.
const factRoom = detailNarrow - 2*kit.PadList - 2*kit.GapDense

func (v *detail) factObject(f fact) fyne.CanvasObject {
	if !f.mono && !f.copies && f.note == "" && kit.TextWidth(f.label+f.value, kit.Body, f.head) > factRoom {
		f.value, f.note = "", f.value // a sentence: it breaks below its label
	}
	label := kit.NewText(f.label, kit.Body, kit.Ink2)
	value := kit.NewText(f.value, kit.Body, or(f.token, kit.Ink)).Trailing()
	switch {
	case f.mono:
		value = kit.NewText(f.value, kit.Caption, kit.Ink2).Mono().Trailing()
	case f.head:
		label, value = kit.NewBold(f.label, kit.Body, kit.Ink), kit.NewBold(f.value, kit.Body, or(f.token, kit.Ink)).Trailing()
	}
	row := kit.Across(kit.GapDense, label, kit.Stretch(value.Ellipsis()))
	switch {
	case f.copies:
		copies := kit.NewText(v.s.desk.Words.T("sales.copy"), kit.Caption, kit.AccentInk)
		row.Add(copies)
		return newTapRow(kit.Sized(0, factHeight, row), func() { v.s.copy(f.value) })
	case f.refundID != 0:
		slip := kit.NewButton(v.s.desk.Words.T("sales.act.reprint"), kit.ButtonSmall, func() { v.s.reprintRefund(f.refundID) })
		row.Add(slip)
		return kit.Sized(0, kit.ButtonSmall, row)
	}
	if f.note == "" {
		return kit.Sized(0, factHeight, row)
	}
	return kit.Down(0, kit.Sized(0, factHeight, row), kit.NewParagraph(f.note, kit.Body, kit.Ink2))
}

func or(t, otherwise kit.Token) kit.Token {
	if t == kit.NoColor {
		return otherwise
	}
	return t
}

// tapRow is a row of which every part can be tapped.
type tapRow struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tapped  func()
}

func newTapRow(content fyne.CanvasObject, tapped func()) *tapRow {
	r := &tapRow{content: content, tapped: tapped}
	r.ExtendBaseWidget(r)
	return r
}

func (r *tapRow) Tapped(*fyne.PointEvent) { r.tapped() }

func (r *tapRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }
