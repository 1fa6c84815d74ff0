package screen

import (
	"image"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"frontdesk/app"
	"frontdesk/assets/fonts"
	"frontdesk/hardware/paper"
	"frontdesk/ui/kit"
)

// Sheet draws papers as a person sees them. It reads its typefaces when it is
// first used, which takes a moment: call it off the UI goroutine.
type Sheet struct {
	once    sync.Once
	painter *paper.Painter
	err     error
}

// Draw is the picture of a document, one dot a pixel, with a white border.
func (s *Sheet) Draw(doc paper.Document, width paper.Width) (image.Image, error) {
	s.once.Do(func() { s.painter, s.err = paper.NewPainter(fonts.Mono, fonts.Bold) })
	if s.err != nil {
		return nil, s.err
	}
	return s.painter.Picture(paper.Layout(doc, width), width), nil
}

// Receipt is what the shop puts on its papers, and how wide these are, from
// settings as get gives them: saved ones, or ones that are being typed.
func (d *Desk) Receipt(get func(key string) string) (app.ReceiptStyle, paper.Width) {
	style := app.ReceiptStyle{
		ShopName: get("shop.name"), Head: get("shop.head"), Foot: get("shop.foot"),
		QR: get("shop.qr"), QRText: get("shop.qr_text"), Practice: d.Practice, Words: d.Words,
	}
	if get("printer.width") == "58" {
		return style, paper.Width58
	}
	return style, paper.Width80
}

// PaperView shows a picture of paper, as wide as its place but never larger
// than one dot a pixel, centred.
type PaperView struct {
	widget.BaseWidget
	picture image.Image
}

var _ kit.Flowing = (*PaperView)(nil)

// NewPaperView shows a picture that Sheet drew.
func NewPaperView(picture image.Image) *PaperView {
	v := &PaperView{picture: picture}
	v.ExtendBaseWidget(v)
	return v
}

// size is that of the paper in a place of some width, with its border.
func (v *PaperView) size(width float32) fyne.Size {
	dots := v.picture.Bounds().Size()
	w := min(width, float32(dots.X)+2*paperBorder)
	return fyne.NewSize(w, (w-2*paperBorder)*float32(dots.Y)/float32(dots.X)+2*paperBorder)
}

const paperBorder float32 = 1

// HeightFor is the height in a column of that width.
func (v *PaperView) HeightFor(width float32) float32 { return v.size(width).Height }

func (v *PaperView) CreateRenderer() fyne.WidgetRenderer {
	img := canvas.NewImageFromImage(v.picture)
	img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	border := canvas.NewRectangle(kit.Color(kit.Line))
	return widget.NewSimpleRenderer(&fyne.Container{Layout: paperLayout{v}, Objects: []fyne.CanvasObject{border, img}})
}

type paperLayout struct{ v *PaperView }

func (l paperLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(160, l.v.HeightFor(l.v.Size().Width))
}

func (l paperLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	size := l.v.size(s.Width)
	at := fyne.NewPos(float32(int((s.Width-size.Width)/2)), 0)
	o[0].Move(at)
	o[0].Resize(size)
	o[1].Move(at.AddXY(paperBorder, paperBorder))
	o[1].Resize(size.SubtractWidthHeight(2*paperBorder, 2*paperBorder))
}
