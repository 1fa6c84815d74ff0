package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/assets/lang"
	"frontdesk/ui/screen"
)

// Right is the side that tells: a list, or in its place a panel or the cash that
// is being counted.
type Right struct {
	root *fyne.Container
	list fyne.CanvasObject
	view *View
	cash *CashView
}

// NewRight makes the side around a list. do gets the intent of each button of the
// panel, chose the place of the word that is chosen above a QR.
func NewRight(w *lang.Words, list fyne.CanvasObject, do func(Intent), chose func(int)) *Right {
	r := &Right{list: list, view: NewView(do), cash: NewCashView(w)}
	r.view.OnChoice = chose
	r.root = container.NewStack(list, r.view.Object(), r.cash.Object())
	return r
}

// Object is what belongs on the right.
func (r *Right) Object() fyne.CanvasObject { return r.root }

// Draw shows a panel, or the counting of cash, or the list where both are nil.
func (r *Right) Draw(p *Panel, c *Cash) {
	switch {
	case p != nil:
		r.view.Draw(*p)
	case c != nil:
		r.cash.Draw(*c)
	}
	screen.Only(r.view.Object(), p != nil)
	screen.Only(r.cash.Object(), p == nil && c != nil)
	screen.Only(r.list, p == nil && c == nil)
}
