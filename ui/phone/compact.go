package phone

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// compact is the phone in a corner of the main window: two choices and
// two buttons.
type compact struct {
	p      *Phone
	root   fyne.CanvasObject
	apps   *kit.Segment
	choice *kit.Select
	show   *kit.Button
	pay    *kit.Button
}

// CompactSize is the size of the compact phone.
var CompactSize = fyne.NewSize(Width, 288)

func newCompact(p *Phone) *compact {
	c := &compact{p: p}
	var options []string
	for _, s := range p.o.Scenarios {
		options = append(options, number(s)+"  "+p.name(s))
	}
	c.choice = kit.NewSelect("", options, 0, p.Choose)
	c.apps = p.newWallets()
	c.show, c.pay = p.newButtons(kit.ButtonNormal, kit.ButtonSmall)
	head := newHead(p, frameRadius-1)
	inside := &fyne.Container{Objects: []fyne.CanvasObject{head, c.apps, c.choice, c.show, c.pay}}
	inside.Layout = screen.Free{Min: CompactSize, Place: func(size fyne.Size) {
		w := size.Width - 2*margin
		screen.Place(head, 0, 0, size.Width, headHeight)
		y := headHeight + 10
		screen.Place(c.apps, margin, y, w, kit.ButtonSmall)
		screen.Place(c.choice, margin, y+kit.ButtonSmall+8, w, kit.FieldHeight)
		y = size.Height - margin - kit.ButtonSmall
		screen.Place(c.pay, margin, y, w, kit.ButtonSmall)
		screen.Place(c.show, margin, y-8-kit.ButtonNormal, w, kit.ButtonNormal)
	}}
	c.root = newFrame(inside)
	return c
}

func (c *compact) draw() {
	if c.p.compact == nil { // not made yet
		return
	}
	c.apps.SetIndex(c.p.app)
	c.choice.SetIndex(c.p.chosen)
	c.show.SetEnabled(c.p.code != "")
	c.pay.SetEnabled(c.p.canPayQR())
}
