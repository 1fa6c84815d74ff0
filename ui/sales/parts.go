package sales

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"frontdesk/ui/kit"
)

// fill lets every object take the whole place, one over the other.
type fill struct{}

func (fill) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		s = s.Max(o.MinSize())
	}
	return s
}

func (fill) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(s)
	}
}

// low makes a part lower than it would be by itself.
type low struct{ height float32 }

func (l low) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, l.height)
}

func (l low) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, l.height))
}

// warning is a block with the ground of what needs a person.
type warning struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

var _ kit.Flowing = (*warning)(nil)

func newWarning(content fyne.CanvasObject) *warning {
	w := &warning{content: content}
	w.ExtendBaseWidget(w)
	return w
}

func (w *warning) HeightFor(width float32) float32 { return kit.HeightFor(w.content, width-2) + 2 }

func (w *warning) CreateRenderer() fyne.WidgetRenderer {
	border, ground := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	border.CornerRadius, ground.CornerRadius = 10, 9
	r := &warningRenderer{w: w, border: border, ground: ground}
	r.paint()
	return r
}

type warningRenderer struct {
	w              *warning
	border, ground *canvas.Rectangle
}

func (r *warningRenderer) Destroy()           {}
func (r *warningRenderer) MinSize() fyne.Size { return r.w.content.MinSize().AddWidthHeight(2, 2) }
func (r *warningRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.border, r.ground, r.w.content}
}

func (r *warningRenderer) paint() {
	r.border.FillColor, r.ground.FillColor = kit.Color(kit.WarnFill), kit.Color(kit.WarnSoft)
}

func (r *warningRenderer) Refresh() {
	r.paint()
	r.Layout(r.w.Size())
	canvas.Refresh(r.w)
}

func (r *warningRenderer) Layout(s fyne.Size) {
	r.border.Resize(s)
	inner := fyne.NewSize(max(0, s.Width-2), max(0, s.Height-2))
	for _, o := range []fyne.CanvasObject{r.ground, r.w.content} {
		o.Move(fyne.NewPos(1, 1))
		o.Resize(inner)
	}
}
