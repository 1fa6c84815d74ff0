package screen

import (
	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/ui/kit"
)

// Place moves an object and gives it a size.
func Place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// Only shows or hides an object, without painting when nothing changes.
func Only(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

// Free is a layout whose owner places the objects of its container itself.
type Free struct {
	Min   fyne.Size
	Place func(size fyne.Size)
}

func (f Free) MinSize([]fyne.CanvasObject) fyne.Size        { return f.Min }
func (f Free) Layout(_ []fyne.CanvasObject, size fyne.Size) { f.Place(size) }

// SaleLook is how a sale's state is shown in lists.
func SaleLook(s data.SaleState) kit.Look {
	switch s {
	case data.SalePaid:
		return kit.LookPaid
	case data.SalePending, data.SalePartPaid:
		return kit.LookPaying
	case data.SaleUnknown:
		return kit.LookUnknown
	case data.SaleFailed:
		return kit.LookFailed
	case data.SalePartRefunded, data.SaleRefunded, data.SaleReversed:
		return kit.LookRefunded
	}
	return kit.LookClosed // closed, and open without any payment
}
