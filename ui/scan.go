package ui

import (
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Scanned gets what the scanner read, whatever has the focus.
//
// A dialog asks something that a scan cannot answer, so it is left alone then,
// and the scanner's lamp says so. The tab in sight comes first; a pay code that it has no
// use for brings the till into sight, where the amount can be checked before
// the code is scanned again.
func (w *Window) Scanned(s screen.Scan) {
	w.scanned = w.desk.Now()
	if kit.Modal(w.canvas()) {
		w.ignored = w.scanned
		w.refreshHead()
		return
	}
	w.refreshHead()
	if w.tabs[w.at].Scanned(s) {
		return
	}
	if _, wallet := payment.Recognise(s.Text); wallet == payment.WalletNone {
		w.change(0, func() { w.till.Scanned(s) })
		return
	}
	w.show(screen.TabTill, w.till.CheckFirst)
}
