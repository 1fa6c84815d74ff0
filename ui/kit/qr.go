package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// quietZone is the white border that a QR code needs, in modules.
const quietZone = 4

// QRView draws a QR code: black on white in every theme, each module the same
// whole number of screen pixels, with a white border of four modules.
type QRView struct {
	widget.BaseWidget
	modules [][]bool
	side    float32
}

// NewQR makes a view of smallest side px. The modules come from a QR encoder,
// row by row, true for black, without the white border; nil draws white.
func NewQR(modules [][]bool, side float32) *QRView {
	q := &QRView{modules: modules, side: side}
	q.ExtendBaseWidget(q)
	return q
}

// Set changes the code.
func (q *QRView) Set(modules [][]bool) {
	q.modules = modules
	q.Refresh()
}

func (q *QRView) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	// Fyne asks the generator for device pixels, so modules are whole at every
	// scale; an image would be stretched and uneven.
	raster := canvas.NewRaster(func(w, h int) image.Image { return drawQR(q.modules, w, h) })
	return newRender(q,
		func() { f.paint(Paper, Line) },
		func() fyne.Size { return fyne.NewSquareSize(q.side) },
		func(s fyne.Size) {
			side := min(s.Width, s.Height)
			x, y := floor((s.Width-side)/2), floor((s.Height-side)/2)
			f.layout(x, y, side, side, lineThin)
			put(raster, x+4, y+4, side-8, side-8) // within the round corners
		},
		f.border, f.fill, raster)
}

// drawQR draws modules into w x h pixels, as large as whole pixels allow.
func drawQR(modules [][]bool, w, h int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})
	n := len(modules)
	if n == 0 {
		return img
	}
	module := min(w, h) / (n + 2*quietZone)
	if module < 1 {
		return img // too small to be read anyway; white says so honestly
	}
	left, top := (w-n*module)/2, (h-n*module)/2
	for y, row := range modules {
		for x, black := range row {
			if !black {
				continue
			}
			for py := top + y*module; py < top+(y+1)*module; py++ {
				line := img.Pix[py*img.Stride:]
				for px := left + x*module; px < left+(x+1)*module; px++ {
					line[px] = 1
				}
			}
		}
	}
	return img
}
