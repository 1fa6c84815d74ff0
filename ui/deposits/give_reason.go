package deposits

import (
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// What is given back of a charge: of which one, and why.

// givers are the captures of a deposit that can still give something back.
func givers(d data.DepositDetail) []data.Step {
	var list []data.Step
	for _, s := range d.Steps {
		if s.Kind == data.StepCapture && s.State == payment.RefundDone && leftOf(d, s) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// leftOf is what a capture can still give back, beside what is under way.
func leftOf(d data.DepositDetail, capture data.Step) payment.Amount {
	left := capture.Amount - capture.Refunded
	for _, s := range d.Steps {
		if s.OfStep == capture.ID && !s.State.Final() {
			left -= s.Amount
		}
	}
	return max(0, left)
}

// reasonRows are which capture, where there are several, and why.
func (g *give) reasonRows() []fyne.CanvasObject {
	w := g.s.desk.Words
	var rows []fyne.CanvasObject
	if len(g.captures) > 1 {
		words := make([]string, len(g.captures))
		for i, c := range g.captures {
			words[i] = w.T("give.which.one", "time", dayTimeOf(c.EndedAt), "left", leftOf(g.deposit, c).Grouped())
		}
		rows = append(rows, kit.NewSelect(w.T("give.which"), words, 0, func(i int) { g.which = i; g.edited() }))
	}
	list := make([]kit.Choice, len(g.s.setup.reasons))
	for i, reason := range g.s.setup.reasons {
		list[i].Word = reason
	}
	reasons := kit.NewChoices(list, kit.ChoiceLow, -1, g.choose)
	g.words = kit.NewField("").Placeholder(w.T("refund.reason.other.hint"))
	g.words.Entry.OnChanged = func(text string) { g.other = text; g.edited() }
	g.words.Hide()
	return append(rows, kit.Pad(6, 0, 0, 0, kit.Sized(0, 27, kit.NewText(w.T("refund.reason"), kit.Body, kit.Ink2))),
		kit.Grid(2, 8, reasons.Objects()...), g.words)
}

func (g *give) choose(i int) {
	g.reason = i
	own := i == len(g.s.setup.reasons)-1
	screen.Only(g.words, own)
	g.dialog.Flow()
	switch {
	case own:
		g.words.Focus()
	case g.amount != "":
		g.approval.Next()
	}
	g.edited()
}

// why is the reason in words; empty while none is given.
func (g *give) why() string {
	switch reasons := g.s.setup.reasons; {
	case g.kind == data.StepRelease, g.reason < 0 || g.reason >= len(reasons):
		return ""
	case g.reason == len(reasons)-1:
		return strings.TrimSpace(g.other)
	default:
		return reasons[g.reason]
	}
}
