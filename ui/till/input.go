package till

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// TypedRune gets what was typed while no field had the focus.
func (s *Screen) TypedRune(r rune) bool {
	return s.typeInto(func(e *app.Entry) { e.Type(screen.Plain(r)) })
}

// TypedKey gets the keys that edit the amount.
func (s *Screen) TypedKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyBackspace:
		return s.typeInto((*app.Entry).Backspace)
	case fyne.KeyDelete:
		return s.typeInto((*app.Entry).Clear)
	case fyne.KeyLeft:
		return s.turnQR(-1)
	case fyne.KeyRight:
		return s.turnQR(1)
	}
	return false
}

// tappedKey gets the keys of the keypad. They go into the figure that has the
// focus, or else into the amount.
func (s *Screen) tappedKey(k kit.Key) {
	if target, ok := s.focused().(kit.KeyTarget); ok {
		target.TypeKey(k)
		return
	}
	s.typeInto(func(e *app.Entry) { panel.TypeKey(e, k) })
}

// tappedQuick adds a quick amount.
func (s *Screen) tappedQuick(q app.QuickAmount) {
	s.typeInto(func(e *app.Entry) { e.Add(q) })
}

// typeInto edits the amount or, in cash mode, what was handed over.
func (s *Screen) typeInto(edit func(*app.Entry)) bool {
	switch s.mode() {
	case modeReadOnly:
		s.warn("till.hint.read_only")
	case modeLocked:
		return false
	case modeRest:
		s.warn("till.hint.part_paid")
	case modeCash:
		s.cash.Type(edit)
		s.hint = panel.Hint{}
		s.refresh()
	default:
		s.editAmount(edit)
	}
	return true
}

func (s *Screen) editAmount(edit func(*app.Entry)) {
	before := s.now.entry.Amount()
	s.now.edit(edit)
	s.hint = panel.Hint{}
	if s.stands(app.PhasePaid) && !s.now.entry.Empty() {
		s.back() // the next customer
	}
	if s.current != nil && s.now.entry.Amount() != before && (s.stands(app.PhaseClosed) || s.current.aside) {
		s.back()
	}
	s.refresh()
}

// Scanned gets what the scanner read.
func (s *Screen) Scanned(scan screen.Scan) bool {
	code, wallet := payment.Recognise(scan.Text)
	if wallet == payment.WalletNone {
		s.find(string(code))
	} else {
		s.scannedCode(string(code))
	}
	return true
}

// scannedCode gets a pay code.
func (s *Screen) scannedCode(code string) {
	again := s.last.Is(code)
	mode := s.mode()
	switch {
	case mode == modeReadOnly:
		s.warn("till.hint.read_only")
	case mode == modeLocked && (s.busy || again):
		// The scanner read twice, or the cashier scanned twice: one payment.
	case mode == modeLocked && s.current.payment.Phase == app.PhaseQR:
		s.next = nextStep{code: code}
		s.do(panel.Cancel)
	case mode == modeLocked && s.current.payment.Phase == app.PhaseUnknown:
		s.warn("till.hint.unknown_open")
	case mode == modeLocked:
		s.warn("till.hint.payment_open")
	case mode == modeCash:
		s.splitCash(nextStep{code: code})
	case s.now.due() <= 0 && again:
		s.warn("till.hint.same_code")
	case s.now.due() <= 0:
		s.warn("till.hint.amount_missing")
	case again && s.last.Fresh(s.desk.Now()):
		// The second reading of a code that was refused in the meantime.
	default:
		s.payByCode(code)
	}
}

// find opens the sale whose receipt was scanned, or the deposit that the number
// belongs to.
func (s *Screen) find(text string) {
	s.desk.Background(func(ctx context.Context) func() {
		tab, id, err := s.desk.Find(ctx, text)
		return func() {
			p, _ := app.ProblemOf(err)
			switch kind := data.KindOfReceipt(text); {
			case err == nil:
				s.desk.Go(tab, id)
			case p == nil || p.Kind != app.ProblemNotFound:
				s.problem(err)
			case kind == data.ReceiptDeposit && !s.desk.Mode.Deposits():
				s.warn("till.hint.deposit_off")
			case kind != data.ReceiptNone:
				s.warn("till.hint.not_found")
			default:
				s.warn("till.hint.code_unknown")
			}
		}
	})
}

func (s *Screen) focused() fyne.Focusable {
	if s.desk.Window == nil {
		return nil
	}
	return s.desk.Window.Canvas().Focused()
}

func (s *Screen) unfocus() {
	if s.desk.Window != nil {
		s.desk.Window.Canvas().Unfocus()
	}
}
