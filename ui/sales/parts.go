package sales

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/screen"
)

// low makes a part lower than it would be by itself.
type low struct{ height float32 }

func (l low) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, l.height)
}

func (l low) Layout(o []fyne.CanvasObject, s fyne.Size) {
	screen.Place(o[0], 0, 0, s.Width, l.height)
}
