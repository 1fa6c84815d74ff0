package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// foot is the quieter strip at the bottom of a panel, with the acts in it.
type foot struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

var _ kit.Flowing = (*foot)(nil)

func newFoot(content fyne.CanvasObject) *foot {
	f := &foot{content: content}
	f.ExtendBaseWidget(f)
	return f
}

// HeightFor is the height of the content.
func (f *foot) HeightFor(width float32) float32 { return kit.HeightFor(f.content, width) }

func (f *foot) CreateRenderer() fyne.WidgetRenderer {
	r := &footRenderer{f: f, line: canvas.NewRectangle(nil), ground: canvas.NewRectangle(nil)}
	r.ground.BottomLeftCornerRadius, r.ground.BottomRightCornerRadius = panelInside, panelInside
	r.Refresh()
	return r
}

const panelInside float32 = 13 // the corner of a panel, inside of its line

type footRenderer struct {
	f            *foot
	line, ground *canvas.Rectangle
}

func (r *footRenderer) Destroy()           {}
func (r *footRenderer) MinSize() fyne.Size { return r.f.content.MinSize() }
func (r *footRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.line, r.f.content}
}

func (r *footRenderer) Layout(s fyne.Size) {
	screen.Place(r.ground, 0, 0, s.Width, s.Height)
	screen.Place(r.line, 0, 0, s.Width, 1)
	screen.Place(r.f.content, 0, 0, s.Width, s.Height)
}

func (r *footRenderer) Refresh() {
	r.ground.FillColor, r.line.FillColor = kit.Color(kit.SurfaceAlt), kit.Color(kit.Line)
	r.Layout(r.f.Size())
	r.f.content.Refresh()
	canvas.Refresh(r.f)
}
