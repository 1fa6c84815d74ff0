package till

import "fyne.io/fyne/v2"

// place moves and sizes an object.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// only shows or hides an object, without painting when nothing changes.
func only(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

// free lets a part of the screen place the objects of a container itself.
type free struct {
	min   fyne.Size
	place func(fyne.Size)
}

func (f free) MinSize([]fyne.CanvasObject) fyne.Size        { return f.min }
func (f free) Layout(_ []fyne.CanvasObject, size fyne.Size) { f.place(size) }

// filled makes a container whose visible objects all fill it.
func filled(objects ...fyne.CanvasObject) *fyne.Container {
	c := &fyne.Container{Objects: objects}
	c.Layout = free{fyne.NewSize(1, 1), func(size fyne.Size) {
		for _, o := range c.Objects {
			place(o, 0, 0, size.Width, size.Height)
		}
	}}
	return c
}
