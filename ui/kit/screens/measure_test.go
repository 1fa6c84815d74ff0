package screens_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
)

// look is all that measuring must leave alone.
func look(o fyne.CanvasObject) string {
	s := fmt.Sprintf("%T at %v, %v, visible %v", o, o.Position(), o.Size(), o.Visible())
	if t, ok := o.(*canvas.Text); ok {
		s += fmt.Sprintf(", %q in %v", t.Text, t.TextSize)
	}
	return s
}

// everything lists o and all that is drawn inside of it.
func everything(o fyne.CanvasObject) []fyne.CanvasObject {
	list := []fyne.CanvasObject{o}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		list = append(list, everything(child)...)
	}
	return list
}

// Fyne measures every part before each frame. A part that changes by being
// measured is laid out and painted again for ever, and never shows what it was
// laid out as.
func TestMeasuringChangesNothing(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.Light))
	amount := kit.NewAmount("86.00", kit.StatePx, kit.Ink)
	content := container.NewStack(screens.Sheet(), container.NewVBox(amount))
	w := test.NewTempWindow(t, content)
	w.Resize(fyne.NewSize(1280, 1740))

	objects := everything(content)
	before := make([]string, len(objects))
	for i, o := range objects {
		before[i] = look(o)
	}
	for _, o := range objects {
		o.MinSize()
	}
	for i, o := range objects {
		if after := look(o); after != before[i] {
			t.Errorf("measured: %s\nbefore:   %s", after, before[i])
		}
	}
}
