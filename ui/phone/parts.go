package phone

import (
	"image"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"github.com/boombuler/barcode/code128"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// barcode shows a pay code as a payer's app does: bars, and its digits below.
type barcode struct {
	widget.BaseWidget
	code string
	bars []bool // module by module, true for black
}

func newBarcode() *barcode {
	b := &barcode{}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the code; an empty one shows nothing.
func (b *barcode) Set(code string) {
	if b.code == code {
		return
	}
	b.code, b.bars = code, nil
	if img, err := code128.Encode(code); err == nil && code != "" {
		for x := range img.Bounds().Dx() {
			r, _, _, _ := img.At(x, 0).RGBA()
			b.bars = append(b.bars, r == 0)
		}
	}
	b.Refresh()
}

func (b *barcode) CreateRenderer() fyne.WidgetRenderer {
	paper := canvas.NewRectangle(color.White)
	paper.CornerRadius = 10
	raster := canvas.NewRaster(func(w, h int) image.Image { return drawBars(b.bars, w, h) })
	digits := canvas.NewText("", color.Black)
	digits.TextSize, digits.Alignment = kit.Caption, fyne.TextAlignCenter
	digits.TextStyle.Monospace = true
	r := &barcodeRenderer{b: b, paper: paper, raster: raster, digits: digits}
	r.Refresh()
	return r
}

type barcodeRenderer struct {
	b      *barcode
	paper  *canvas.Rectangle
	raster *canvas.Raster
	digits *canvas.Text
}

func (r *barcodeRenderer) Destroy()           {}
func (r *barcodeRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 100) }
func (r *barcodeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.paper, r.raster, r.digits}
}

func (r *barcodeRenderer) Layout(size fyne.Size) {
	screen.Place(r.paper, 0, 0, size.Width, size.Height)
	screen.Place(r.raster, 12, 14, size.Width-24, size.Height-52)
	screen.Place(r.digits, 0, size.Height-34, size.Width, 24)
}

func (r *barcodeRenderer) Refresh() {
	r.digits.Text = inFours(r.b.code)
	r.paper.StrokeColor, r.paper.StrokeWidth = kit.Color(kit.Line), 1
	r.raster.Refresh()
	r.digits.Refresh()
	canvas.Refresh(r.b)
}

// drawBars draws modules into w x h pixels, each as many whole pixels wide as
// fit.
func drawBars(bars []bool, w, h int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})
	if len(bars) == 0 || w < len(bars) {
		return img
	}
	module := w / len(bars)
	left := (w - module*len(bars)) / 2
	for i, black := range bars {
		if !black {
			continue
		}
		for x := left + i*module; x < left+(i+1)*module; x++ {
			for y := range h {
				img.Pix[y*img.Stride+x] = 1
			}
		}
	}
	return img
}

// inFours groups digits for reading aloud: "2876 1309 2518 4644 01".
func inFours(code string) string {
	var groups []string
	for len(code) > 4 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return strings.Join(append(groups, code), " ")
}

// head is the dark bar on top with the phone's name and, where it can be put
// away, a cross.
type head struct {
	widget.BaseWidget
	word   string
	radius float32 // of its upper corners
	close  *cross  // nil where it cannot be put away
}

func newHead(p *Phone, radius float32) *head {
	h := &head{radius: radius, word: p.o.Desk.Words.T("phone.title")}
	if p.o.OnClose != nil {
		h.close = newCross(p.o.OnClose)
	}
	h.ExtendBaseWidget(h)
	return h
}

func (h *head) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	ground.TopLeftCornerRadius, ground.TopRightCornerRadius = h.radius, h.radius
	r := &headRenderer{
		h: h, ground: ground, icon: kit.NewIcon(kit.IconPhone, 22, kit.OnInverse),
		word: kit.NewBold(h.word, kit.Body, kit.OnInverse),
	}
	r.Refresh()
	return r
}

type headRenderer struct {
	h      *head
	ground *canvas.Rectangle
	icon   *kit.IconView
	word   *kit.Text
}

func (r *headRenderer) Destroy()           {}
func (r *headRenderer) MinSize() fyne.Size { return fyne.NewSize(160, headHeight) }
func (r *headRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ground, r.icon, r.word}
	if r.h.close != nil {
		objects = append(objects, r.h.close)
	}
	return objects
}

func (r *headRenderer) Layout(size fyne.Size) {
	screen.Place(r.ground, 0, 0, size.Width, size.Height)
	screen.Place(r.icon, margin, 0, 22, size.Height)
	m := r.word.MinSize()
	screen.Place(r.word, margin+28, (size.Height-m.Height)/2, m.Width, m.Height)
	if r.h.close != nil {
		screen.Place(r.h.close, size.Width-headHeight, 0, headHeight, headHeight)
	}
}

func (r *headRenderer) Refresh() {
	r.ground.FillColor = kit.Color(kit.Inverse)
	r.icon.Refresh()
	r.word.Refresh()
	canvas.Refresh(r.h)
}

// cross puts the phone away.
type cross struct {
	widget.BaseWidget
	tapped func()
}

func newCross(tapped func()) *cross {
	c := &cross{tapped: tapped}
	c.ExtendBaseWidget(c)
	return c
}

func (c *cross) Tapped(*fyne.PointEvent) { c.tapped() }

func (c *cross) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.NewIcon(kit.IconCross, 22, kit.OnInverse))
}

// frameRadius is that of the compact phone's corners.
const frameRadius float32 = 10

// frame is the border of the compact phone.
type frame struct {
	widget.BaseWidget
	inside fyne.CanvasObject
}

func newFrame(inside fyne.CanvasObject) *frame {
	f := &frame{inside: inside}
	f.ExtendBaseWidget(f)
	return f
}

// Tapped keeps taps beside the buttons from what lies below the phone.
func (f *frame) Tapped(*fyne.PointEvent) {}

func (f *frame) CreateRenderer() fyne.WidgetRenderer {
	border, fill := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	border.CornerRadius, fill.CornerRadius = frameRadius, frameRadius-1
	r := &frameRenderer{f: f, border: border, fill: fill}
	r.Refresh()
	return r
}

type frameRenderer struct {
	f            *frame
	border, fill *canvas.Rectangle
}

func (r *frameRenderer) Destroy()           {}
func (r *frameRenderer) MinSize() fyne.Size { return CompactSize }
func (r *frameRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.border, r.fill, r.f.inside}
}

func (r *frameRenderer) Layout(size fyne.Size) {
	screen.Place(r.border, 0, 0, size.Width, size.Height)
	screen.Place(r.fill, 1, 1, size.Width-2, size.Height-2)
	screen.Place(r.f.inside, 1, 1, size.Width-2, size.Height-2)
}

func (r *frameRenderer) Refresh() {
	r.border.FillColor, r.fill.FillColor = kit.Color(kit.LineStrong), kit.Color(kit.Bg)
	r.f.inside.Refresh()
	canvas.Refresh(r.f)
}
