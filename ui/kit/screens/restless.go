package screens

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Restless measures everything inside of o, as Fyne does before each frame, and
// lays it out again in the place that it has, and says what changed by that.
// Nothing may: a part that changes while it is measured, or puts new objects in
// while it is laid out, is laid out and painted for ever.
func Restless(o fyne.CanvasObject) (changed []string) {
	objects := everything(o)
	before := make([]string, len(objects))
	for i, part := range objects {
		before[i] = look(part)
	}
	for _, part := range objects {
		part.MinSize()
		if w, ok := part.(fyne.Widget); ok && !w.Size().IsZero() {
			test.WidgetRenderer(w).Layout(w.Size())
		}
	}
	for i, part := range everything(o) {
		if i >= len(objects) || part != objects[i] {
			return append(changed, fmt.Sprintf("%T at %v is new", part, part.Position()))
		}
	}
	for i, part := range objects {
		if after := look(part); after != before[i] {
			changed = append(changed, before[i]+" became "+after)
		}
	}
	return changed
}

// look is all of a part that measuring must leave alone.
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
