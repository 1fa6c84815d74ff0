package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

const (
	pinDot   float32 = 16
	pinPitch float32 = 28
)

// pinDotsLeast is how many places are shown at least: more come with the digits,
// so that a PIN of four does not look unfinished.
const pinDotsLeast = 6

// pinDots shows how many digits of a PIN were typed and how many there may be. A
// nil one shows nothing.
type pinDots struct{ outer, inner []*canvas.Circle }

func newPinDots(n int) *pinDots {
	d := &pinDots{}
	for range n {
		d.outer = append(d.outer, canvas.NewCircle(nil))
		d.inner = append(d.inner, canvas.NewCircle(nil))
	}
	return d
}

func (d *pinDots) paint(typed int) {
	for i := range d.outer {
		inSight := i < max(typed, pinDotsLeast)
		show(d.outer[i], inSight)
		show(d.inner[i], inSight)
		if i < typed {
			d.outer[i].FillColor, d.inner[i].FillColor = Color(Ink), Color(Ink)
		} else {
			d.outer[i].FillColor, d.inner[i].FillColor = Color(LineStrong), Color(Surface)
		}
	}
}

func (d *pinDots) layout(left, h float32) {
	if d == nil {
		return
	}
	for i := range d.outer {
		x, y := left+float32(i)*pinPitch, (h-pinDot)/2
		put(d.outer[i], x, y, pinDot, pinDot)
		put(d.inner[i], x+2, y+2, pinDot-4, pinDot-4)
	}
}

func (d *pinDots) width() float32 {
	if d == nil {
		return 0
	}
	return float32(len(d.outer)) * pinPitch
}

func (d *pinDots) objects() []fyne.CanvasObject {
	if d == nil {
		return nil
	}
	var out []fyne.CanvasObject
	for i := range d.outer {
		out = append(out, d.outer[i], d.inner[i])
	}
	return out
}
