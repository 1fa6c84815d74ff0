package taking

import (
	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// TypedRune gets what was typed while no field had the focus.
func (t *Taking[A]) TypedRune(r rune) bool {
	return t.kind.Type(func(e *app.Entry) { e.Type(screen.Plain(r)) })
}

// TypedKey gets the keys that edit the amount, or change the wallet of a QR.
func (t *Taking[A]) TypedKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyBackspace:
		return t.kind.Type((*app.Entry).Backspace)
	case fyne.KeyDelete:
		return t.kind.Type((*app.Entry).Clear)
	case fyne.KeyLeft:
		return t.TurnQR(-1)
	case fyne.KeyRight:
		return t.TurnQR(1)
	}
	return false
}

// TappedKey gets the keys of the keypad. They go into the figure that has the
// focus, or else into the amount.
func (t *Taking[A]) TappedKey(k kit.Key) {
	if target, ok := t.focused().(kit.KeyTarget); ok {
		target.TypeKey(k)
		return
	}
	t.kind.Type(func(e *app.Entry) { panel.TypeKey(e, k) })
}

// Type edits the amount or, while cash is counted, what was handed over.
func (t *Taking[A]) Type(edit func(*app.Entry)) bool {
	switch t.Mode() {
	case ModeReadOnly:
		t.Warn("till.hint.read_only")
	case ModeLocked:
		return false
	case ModeCash:
		t.Cash.Type(edit)
		t.Hint = panel.Hint{}
		t.kind.Redraw()
	default:
		t.edit(edit)
	}
	return true
}

// edit changes the amount. What is over makes room for the next customer; a
// refused amount keeps its panel.
func (t *Taking[A]) edit(edit func(*app.Entry)) {
	before := t.amount.Due()
	t.amount.Edit(edit)
	t.Hint = panel.Hint{}
	if t.Stands(app.PhasePaid) && !t.amount.Empty() {
		t.Back()
	}
	if t.Current != nil && t.amount.Due() != before && (t.Stands(app.PhaseClosed) || t.Current.Aside) {
		t.Back()
	}
	t.kind.Redraw()
}

// Scanned gets a pay code. Whatever the scanner reads twice, or a person scans
// again, is one attempt.
func (t *Taking[A]) Scanned(code payment.PayCode) {
	raw := code.Raw()
	again, mode := t.last.Is(raw), t.Mode()
	switch {
	case mode == ModeReadOnly:
		t.Warn("till.hint.read_only")
	case mode == ModeLocked && (t.busy || again):
	case mode == ModeLocked && t.Current.Line.Phase == app.PhaseQR:
		t.cancelFor(Next{Code: raw})
	case mode == ModeLocked && t.Current.Line.Phase == app.PhaseUnknown:
		t.Warn("till.hint.unknown_open")
	case mode == ModeLocked:
		t.Warn("till.hint.payment_open")
	case mode == ModeCash:
		t.kind.InsteadOfCash(Next{Code: raw})
	case t.amount.Due() <= 0 && again:
		t.Warn("till.hint.same_code")
	case t.amount.Due() <= 0:
		t.Warn("till.hint.amount_missing")
	case again && t.last.Fresh(t.desk.Now()):
		// The second reading of a code that was refused in the meantime.
	default:
		t.byCode(raw)
	}
}
