package deposits

import (
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// TypedRune gets what was typed while no field had the focus.
func (s *Screen) TypedRune(r rune) bool {
	return s.typeInto(func(e *app.Entry) { e.Type(screen.Plain(r)) })
}

// TypedKey gets the keys that edit the amount, and those that move in the list.
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
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		if s.open != nil || !s.Idle() {
			return false
		}
		s.list.focus()
		s.list.table.TypedKey(&fyne.KeyEvent{Name: key})
		return true
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

// typeInto edits the amount, what was handed over, or what the guest owes.
func (s *Screen) typeInto(edit func(*app.Entry)) bool {
	switch s.mode() {
	case modeReadOnly:
		s.warn("till.hint.read_only")
	case modeLocked, modeStep, modeSettled:
		return false
	case modeDue:
		s.open.edit(edit)
		s.hint = panel.Hint{}
		s.refresh()
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
	before := s.now.amount()
	s.now.edit(edit)
	s.hint = panel.Hint{}
	if s.stands(app.PhasePaid) && !s.now.entry.Empty() {
		s.back() // the next guest
	}
	if s.current != nil && s.now.amount() != before && (s.stands(app.PhaseClosed) || s.current.aside) {
		s.back()
	}
	s.refresh()
}

// Scanned gets what the scanner read.
func (s *Screen) Scanned(scan screen.Scan) bool {
	code, wallet := payment.Recognise(scan.Text)
	if wallet == payment.WalletNone {
		s.find(strings.TrimSpace(scan.Text))
	} else {
		s.scannedCode(code.Raw())
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
	case s.open != nil:
		s.warn("deposit.hint.no_scan")
	case mode == modeLocked && (s.busy || again):
		// The scanner read twice, or the receptionist scanned twice: one deposit.
	case mode == modeLocked && s.current.deposit.Phase == app.PhaseQR:
		s.next = nextStep{code: code}
		s.do(panel.Cancel)
	case mode == modeLocked && s.current.deposit.Phase == app.PhaseUnknown:
		s.warn("till.hint.unknown_open")
	case mode == modeLocked:
		s.warn("till.hint.payment_open")
	case mode == modeCash:
		s.cash = nil // nothing was taken yet: all of it by code
		s.holdByCode(code)
	case s.now.amount() <= 0 && again:
		s.warn("till.hint.same_code")
	case s.now.amount() <= 0:
		s.warn("till.hint.amount_missing")
	case again && s.last.Fresh(s.desk.Now()):
		// The second reading of a code that was refused in the meantime.
	default:
		s.holdByCode(code)
	}
}

func (s *Screen) focused() fyne.Focusable { return s.desk.Window.Canvas().Focused() }

func (s *Screen) unfocus() { s.desk.Window.Canvas().Unfocus() }

// busyDialog reports whether a dialog or menu lies over the window.
func (s *Screen) busyDialog() bool { return kit.Modal(s.desk.Window.Canvas()) }
