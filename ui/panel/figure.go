package panel

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// figure is a large figure with its name: change, or what is short.
type figure struct {
	root   *kit.Panel
	inside *fyne.Container
	name   *kit.Text
	figure *kit.AmountText
}

func newFigure() *figure {
	c := &figure{name: kit.NewText("", kit.ActionPx, kit.Ink), figure: kit.NewAmount("", kit.AmountPx, kit.Ink)}
	c.inside = &fyne.Container{Objects: []fyne.CanvasObject{c.name, c.figure}}
	c.inside.Layout = screen.Free{Min: fyne.NewSize(200, figureHeight-2), Place: c.layout}
	c.root = kit.NewInset(c.inside)
	return c
}

func (c *figure) layout(size fyne.Size) {
	n := c.name.MinSize()
	screen.Place(c.name, 20, size.Height-n.Height-19, n.Width, n.Height)
	screen.Place(c.figure, 20+n.Width+12, 4, size.Width-n.Width-52, size.Height-8)
}

func (c *figure) set(name, figure string, ink kit.Token) {
	c.name.SetText(name)
	c.name.SetColor(ink)
	c.figure.Set(figure, ink)
	c.layout(c.inside.Size())
}
