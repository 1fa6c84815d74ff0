package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// rule is a line of one px that parts things.
type rule struct {
	widget.BaseWidget
}

func newRule() *rule {
	r := &rule{}
	r.ExtendBaseWidget(r)
	return r
}

// NewRule makes a line of one px between things; it is as long as its place.
func NewRule() fyne.CanvasObject { return newRule() }

func (r *rule) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewRectangle(nil)
	return newRender(r,
		func() { line.FillColor = Color(Line) },
		func() fyne.Size { return fyne.NewSize(1, 1) },
		func(s fyne.Size) {
			if s.Width >= s.Height {
				put(line, 0, 0, s.Width, 1)
			} else {
				put(line, 0, 0, 1, s.Height)
			}
		},
		line)
}

// newFill is a filled rectangle with corners.
func newFill(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	r.CornerRadius = radius
	return r
}

// Swatch is an area of one colour with a border.
type Swatch struct {
	widget.BaseWidget
	token Token
}

// NewSwatch makes an area of a token's colour.
func NewSwatch(token Token) *Swatch {
	s := &Swatch{token: token}
	s.ExtendBaseWidget(s)
	return s
}

func (s *Swatch) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	return newRender(s,
		func() { f.paint(s.token, Line) },
		func() fyne.Size { return fyne.NewSquareSize(24) },
		func(size fyne.Size) { f.layout(0, 0, size.Width, size.Height, lineThin) },
		f.border, f.fill)
}
