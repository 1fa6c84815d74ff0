package till

import "fyne.io/fyne/v2"

// only shows or hides an object, without painting when nothing changes.
func only(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}
