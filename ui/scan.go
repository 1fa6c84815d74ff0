package ui

import (
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Scanned gets what the scanner read, whatever has the focus.
//
// A dialog asks something that a scan cannot answer, and so do the hand-over and
// the lock: it is left alone then, and the scanner's lamp says so. The tab in sight comes first; a pay code that it has no
// use for brings the till into sight, where the amount can be checked before
// the code is scanned again.
func (w *Window) Scanned(s screen.Scan) {
	w.scanned = w.desk.Now()
	switch {
	case w.lock != nil:
		w.ignore("head.scanner.locked")
		return
	case kit.Modal(w.canvas()):
		w.ignore("head.scanner.ignored")
		return
	case w.over != nil:
		w.ignore("head.scanner.shift")
		return
	}
	w.refreshHead()
	if w.scannedDeposit(s.Text) || w.tabs[w.at].Scanned(s) {
		return
	}
	w.showTaker(func() {
		if _, wallet := payment.Recognise(s.Text); wallet == payment.WalletNone {
			w.taker().Scanned(s)
			return
		}
		w.taker().CheckFirst()
	})
}

// ignore leaves a scan alone; the scanner's lamp says what to do first.
func (w *Window) ignore(excuse string) {
	w.ignored, w.excuse = w.scanned, excuse
	w.refreshHead()
}

// scannedDeposit shows the deposit whose slip was scanned, whatever tab is in
// sight; it reports whether it was one.
func (w *Window) scannedDeposit(text string) bool {
	text = strings.TrimSpace(text)
	if data.KindOfReceipt(text) != data.ReceiptDeposit || !w.desk.Mode.Deposits() {
		return false
	}
	w.show(screen.TabDeposits, func() { w.deposits.OpenNumber(text) })
	return true
}
