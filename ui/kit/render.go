package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// render is the renderer of every part of the kit. A part keeps its state in
// itself and fills in four functions; Fyne drops renderers that were not shown
// for a while and asks for new ones, so nothing may live here alone.
type render struct {
	part    fyne.Widget
	objects []fyne.CanvasObject
	min     func() fyne.Size  // smallest size at which nothing is cut
	layout  func(s fyne.Size) // places the objects
	paint   func()            // puts text and colours of the present state in
}

// newRender paints once, so that sizes are right from the start.
func newRender(part fyne.Widget, paint func(), min func() fyne.Size, layout func(fyne.Size), objects ...fyne.CanvasObject) *render {
	r := &render{part: part, objects: objects, min: min, layout: layout, paint: paint}
	paint()
	return r
}

func (r *render) Destroy()                     {}
func (r *render) Objects() []fyne.CanvasObject { return r.objects }
func (r *render) MinSize() fyne.Size           { return r.min() }
func (r *render) Layout(s fyne.Size)           { r.layout(s) }

func (r *render) Refresh() {
	r.paint()
	if s := r.part.Size(); !s.IsZero() {
		r.layout(s)
	}
	canvas.Refresh(r.part)
}

// put moves o to x, y and gives it a size.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// show makes o visible or not, without painting when nothing changes.
func show(o fyne.CanvasObject, visible bool) {
	if o.Visible() == visible {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// frame is a filled shape with a border that lies inside its bounds. It is two
// filled rectangles, because Fyne's painters disagree on where a stroke lies
// and one of them blurs it.
type frame struct {
	border, fill *canvas.Rectangle
	edges        []*canvas.Rectangle // see newFieldFrame
}

func newFrame(radius float32) frame {
	f := frame{border: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	f.border.CornerRadius = radius
	f.fill.CornerRadius = radius
	return f
}

// newFieldFrame is a frame whose border tells where something can be typed or
// chosen. On the screen Fyne softens the edges of round shapes, and a line of
// one px loses half its contrast; four plain lines over its straight parts give
// it back.
func newFieldFrame() frame {
	f := newFrame(radiusKey)
	for range 4 {
		f.edges = append(f.edges, canvas.NewRectangle(nil))
	}
	return f
}

// paint colours the frame; NoColor as line leaves the border out.
func (f frame) paint(fill, line Token) {
	f.fill.FillColor = Color(fill)
	f.border.FillColor = Color(line)
	show(f.border, line != NoColor)
	for _, e := range f.edges {
		e.FillColor = Color(line)
		show(e, line == LineStrong)
	}
}

// layout places the frame; width is that of the border.
func (f frame) layout(x, y, w, h, width float32) {
	put(f.border, x, y, w, h)
	if !f.border.Visible() {
		width = 0
	}
	f.fill.CornerRadius = max(0, f.border.CornerRadius-width)
	put(f.fill, x+width, y+width, max(0, w-2*width), max(0, h-2*width))
	if f.edges == nil {
		return
	}
	r := f.border.CornerRadius
	put(f.edges[0], x+r, y, max(0, w-2*r), width)
	put(f.edges[1], x+r, y+h-width, max(0, w-2*r), width)
	put(f.edges[2], x, y+r, width, max(0, h-2*r))
	put(f.edges[3], x+w-width, y+r, width, max(0, h-2*r))
}

func (f frame) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{f.border, f.fill}
	for _, e := range f.edges {
		out = append(out, e)
	}
	return out
}

// newRing is the focus ring that is drawn around an object.
func newRing() *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	r.CornerRadius = radiusKey + ringDistance
	r.StrokeWidth = ringWidth
	r.Hide()
	return r
}

func paintRing(r *canvas.Rectangle, visible bool) {
	r.StrokeColor = Color(AccentInk)
	show(r, visible)
}

func layoutRing(r *canvas.Rectangle, w, h float32) {
	put(r, -ringDistance, -ringDistance, w+2*ringDistance, h+2*ringDistance)
}
