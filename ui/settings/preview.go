package settings

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/hardware/paper"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// preview is the panel with a sample receipt. It is drawn anew with every
// change, also those that are not saved yet.
type preview struct {
	s       *Screen
	panel   fyne.CanvasObject
	place   *fyne.Container
	drawing bool
	again   bool
	drawn   int // pictures so far
}

func newPreview(s *Screen) *preview {
	w := s.desk.Words
	v := &preview{s: s, place: holder()}
	head := kit.Across(kit.GapDense, kit.Stretch(kit.NewBold(w.T("settings.preview"), kit.ActionPx, kit.Ink)),
		kit.NewText(w.T("settings.preview.note"), kit.Caption, kit.Ink2))
	v.panel = kit.NewPanel(kit.Down(0, kit.Pad(12, kit.PadList, 8, kit.PadList, kit.Sized(0, 44, head)),
		kit.Pad(0, kit.PadList, 0, kit.PadList, kit.NewRule()), kit.Stretch(v.place)))
	return v
}

// draw makes the picture off the UI goroutine; while one is being made, the
// next change waits for it.
func (v *preview) draw() {
	if v.s.vals == nil {
		return
	}
	if v.drawing {
		v.again = true
		return
	}
	v.drawing, v.again = true, false
	style, width := v.s.desk.Receipt(v.s.vals.get)
	sample := sampleSale()
	v.s.desk.Background(func(context.Context) func() {
		picture, err := v.picture(sample, style, width)
		return func() { v.got(picture, err) }
	})
}

func (v *preview) picture(sample data.SaleDetail, style app.ReceiptStyle, width paper.Width) (image.Image, error) {
	doc := app.SaleReceipt(sample, style, false)
	if painter := v.s.opts.Painter; painter != nil {
		return painter.Picture(paper.Layout(doc, width), width), nil
	}
	return v.s.sheet.Draw(doc, width)
}

func (v *preview) got(picture image.Image, err error) {
	v.drawing = false
	v.drawn++
	if err != nil {
		v.s.desk.Log.Error("sample cannot be drawn", "err", err)
		hold(v.place, kit.NewEmpty(kit.IconFailed, kit.Bad, v.s.desk.Words.T("settings.preview.none"), ""))
	} else if old, ok := first(v.place).(*screen.Scroll); ok {
		old.SetContent(onPaper(picture))
	} else {
		hold(v.place, screen.NewScroll(onPaper(picture)))
	}
	if v.again {
		v.draw()
	}
}

func onPaper(picture image.Image) fyne.CanvasObject {
	return kit.Pad(12, kit.PadList, kit.Gap, kit.PadList, screen.NewPaperView(picture))
}

func first(c *fyne.Container) fyne.CanvasObject {
	if len(c.Objects) == 0 {
		return nil
	}
	return c.Objects[0]
}

// sampleSale is what the sample receipt is about.
func sampleSale() data.SaleDetail {
	at := time.Date(2026, 11, 21, 14, 33, 26, 0, payment.Beijing)
	receipt := payment.ReceiptNo(1, 6128)
	const amount payment.Amount = 128_50
	return data.SaleDetail{
		Sale: data.Sale{ReceiptNo: receipt, CreatedAt: at, Amount: amount, Paid: amount, State: data.SalePaid},
		Tenders: []data.Tender{{Channel: payment.Alipay, Method: payment.MethodCode, State: payment.StatePaid, Amount: amount, EndedAt: at,
			Payer: "138****6021", OutTradeNo: payment.NewOrderNo(receipt, 1, at), TradeNo: "2026112122001458860515315313"}},
	}
}
