package sales

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// paperView shows a sale's receipt as it comes out of the printer.
type paperView struct {
	s     *Screen
	root  *fyne.Container
	sheet screen.Sheet
	id    int64 // the sale that is drawn, or being drawn
	paid  data.Sale
	drawn bool
}

func newPaperView(s *Screen) *paperView {
	return &paperView{s: s, root: container.NewStack()}
}

// show draws the receipt of a sale, off the UI goroutine. A sale without money
// has none.
func (p *paperView) show(sale data.SaleDetail) {
	w := p.s.desk.Words
	if sale.Paid == 0 {
		p.id = 0
		p.put(kit.NewEmpty(kit.IconFile, kit.Ink3, w.T("sales.paper.none"), ""))
		return
	}
	if sale.ID == p.id && sale.Paid == p.paid.Paid && sale.Refunded == p.paid.Refunded {
		return
	}
	p.id, p.paid, p.drawn = sale.ID, sale.Sale, false
	p.put(kit.NewEmpty(kit.IconLoading, kit.Ink3, w.T("sales.paper.loading"), ""))
	p.s.desk.Background(func(ctx context.Context) func() {
		picture, err := p.draw(ctx, sale)
		return func() {
			switch {
			case sale.ID != p.id:
			case err != nil:
				p.s.desk.Log.Error("receipt cannot be drawn", "err", err)
				p.put(kit.NewEmpty(kit.IconFailed, kit.Bad, p.s.desk.Sentence(err), ""))
			default:
				p.drawn = true
				p.put(screen.NewScroll(kit.Pad(8, kit.PadList, 12, kit.PadList, screen.NewPaperView(picture))))
			}
		}
	})
}

func (p *paperView) draw(ctx context.Context, sale data.SaleDetail) (image.Image, error) {
	values := p.s.desk.Settings.Values(ctx)
	style, width := p.s.desk.Receipt(values.Text)
	if err := values.Err(); err != nil {
		return nil, err
	}
	return p.sheet.Draw(app.SaleReceipt(sale, style, false), width)
}

func (p *paperView) put(o fyne.CanvasObject) {
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}
