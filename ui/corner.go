package ui

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/phone"
	"frontdesk/ui/screen"
)

// corner keeps the customer's phone of practice mode: in a window of its own,
// or in the corner of the main one.
//
// In the corner it makes room for a payment, over which it would lie, and
// returns with the list. The button on the practice strip brings it at any time.
type corner struct {
	w      *Window
	phone  *phone.Phone
	window fyne.Window // its own, once it is open; nil in the corner
	wanted bool        // the person wants to see it
	forced bool        // and that over a payment
}

func newCorner(w *Window) *corner {
	c := &corner{w: w, wanted: true}
	c.phone = phone.New(phone.Options{
		Desk: w.desk, Wallet: w.o.Phone.Wallet, Wallets: w.o.Phone.Wallets, Scenarios: w.o.Phone.Scenarios,
		Scan: c.scan, OnClose: c.putAway,
	})
	return c
}

// open shows the phone's own window, where it has one. The main window stands
// by then, so the phone comes to lie in front of it.
func (c *corner) open() {
	if c.inside() {
		return
	}
	c.window = c.w.o.Phone.NewWindow(c.w.desk.Words.T("phone.title"), c.phone.Full(), fyne.NewSize(phone.Width, phone.Height))
	c.window.SetCloseIntercept(c.putAway)
}

// inside reports whether the phone is in the main window.
func (c *corner) inside() bool { return c.w.o.Phone.NewWindow == nil }

// scan hands a code to the tab that takes money, as its scanner would.
func (c *corner) scan(code string) {
	if c.w.lock != nil {
		c.w.Scanned(screen.Scan{Text: code, Sure: true}) // which says so
		return
	}
	c.w.showTaker(func() {
		c.forced = false
		c.w.Scanned(screen.Scan{Text: code, Sure: true})
		c.w.placeCorner()
	})
}

// toggle is the button on the practice strip.
func (c *corner) toggle() {
	if c.window != nil {
		c.wanted = true
		c.window.Show()
		return
	}
	c.w.showTaker(func() {
		c.wanted = !c.visible()
		c.forced = c.wanted
		c.w.placeCorner()
	})
}

func (c *corner) putAway() {
	c.wanted, c.forced = false, false
	if c.window != nil {
		c.window.Hide()
		return
	}
	c.w.placeCorner()
}

// visible reports whether the phone is in sight in the main window.
func (c *corner) visible() bool {
	t, takes := c.w.current().(taker)
	return c.inside() && c.wanted && takes && (c.forced || t.Idle())
}

// close takes the phone's own window away; only while the program goes on, since
// at its end Fyne has closed every window itself.
func (c *corner) close() {
	if c.window != nil {
		c.window.SetCloseIntercept(nil)
		c.window.Close()
	}
}

// placeCorner shows or hides the compact phone and keeps its place free.
func (w *Window) placeCorner() {
	if w.corner == nil || !w.corner.inside() {
		return
	}
	o := w.corner.phone.Compact()
	if visible := w.corner.visible(); visible != o.Visible() {
		if visible {
			o.Show()
		} else {
			o.Hide()
		}
	}
	w.taker().Reserve(w.reserved())
}

// reserved is the corner that the list leaves free for the phone.
func (w *Window) reserved() fyne.Size {
	if !w.corner.visible() {
		return fyne.Size{}
	}
	return phone.CompactSize
}

// takerChanged follows what stands where money is taken: the phone knows the QR
// there is to scan, and the compact one makes room.
func (w *Window) takerChanged() {
	w.refreshHead()
	if w.corner == nil {
		return
	}
	t := w.taker()
	w.corner.phone.SetQR(t.QR())
	if t.Idle() {
		w.corner.forced = false
	}
	w.placeCorner()
}
