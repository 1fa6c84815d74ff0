package deposits

import (
	"fyne.io/fyne/v2"

	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// TypedRune gets what was typed while no field had the focus.
func (s *Screen) TypedRune(r rune) bool { return s.taking.TypedRune(r) }

// TypedKey gets the keys that edit the amount, and those that move in the list.
func (s *Screen) TypedKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		if !s.Idle() {
			return false
		}
		s.list.focus()
		s.list.table.TypedKey(&fyne.KeyEvent{Name: key})
		return true
	}
	return s.taking.TypedKey(key)
}

// Scanned gets what the scanner read.
func (s *Screen) Scanned(scan screen.Scan) bool {
	code, wallet := payment.Recognise(scan.Text)
	switch {
	case wallet == payment.WalletNone:
		s.find(code.Raw())
	case s.open != nil && s.mode() != modeReadOnly:
		s.taking.Warn("deposit.hint.no_scan")
	default:
		s.taking.Scanned(code)
	}
	return true
}

// busyDialog reports whether a dialog or menu lies over the window.
func (s *Screen) busyDialog() bool { return kit.Modal(s.desk.Window.Canvas()) }
