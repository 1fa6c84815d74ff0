package deposits

import (
	"fyne.io/fyne/v2"

	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// sums is the block on top of an opened deposit: what is held, what is charged,
// and what goes back as the large figure.
type sums struct {
	root   *kit.Panel
	inside *fyne.Container
	facts  *kit.Facts
	line   fyne.CanvasObject
	name   *kit.Text
	figure *kit.AmountText
	now    sumsView
}

// sumsView is it in ready strings.
type sumsView struct {
	rows         [maxSums]kit.Fact // those without a label are left out
	name, figure string
	bad          bool
}

const (
	maxSums            = 4
	sumsPitch  float32 = 38
	sumsFigure float32 = 84
	sumsPad    float32 = 20
)

func newSums() *sums {
	p := &sums{facts: kit.NewDenseFacts(), line: kit.NewRule(), name: kit.NewText("", kit.ActionPx, kit.Ink).Fit(kit.Row, kit.Body), figure: kit.NewAmount("", kit.ResultPx, kit.Ink)}
	p.inside = &fyne.Container{Objects: []fyne.CanvasObject{p.facts, p.line, p.name, p.figure}}
	p.inside.Layout = screen.Free{Min: fyne.NewSize(240, 120), Place: p.layout}
	p.root = kit.NewInset(p.inside)
	return p
}

func (v sumsView) list() []kit.Fact {
	var list []kit.Fact
	for _, f := range v.rows {
		if f.Label != "" {
			list = append(list, f)
		}
	}
	return list
}

func (p *sums) height() float32 { return float32(len(p.now.list()))*sumsPitch + sumsFigure + 14 }

func (p *sums) draw(v sumsView) {
	if v == p.now {
		return
	}
	p.now = v
	p.facts.Set(v.list()...)
	p.name.SetText(v.name)
	ink := kit.Ink
	if v.bad {
		ink = kit.Bad
	}
	p.name.SetColor(ink)
	p.figure.Set(v.figure, ink)
	p.layout(p.inside.Size())
}

func (p *sums) layout(size fyne.Size) {
	if size.IsZero() {
		return
	}
	y := float32(5)
	high := float32(len(p.now.list())) * sumsPitch
	screen.Place(p.facts, sumsPad, y, size.Width-2*sumsPad, high)
	y += high + 3
	screen.Place(p.line, sumsPad, y, size.Width-2*sumsPad, 1)
	const name float32 = 150
	screen.Place(p.name, sumsPad, y+28, name, 40)
	screen.Place(p.figure, sumsPad+name, y+2, size.Width-2*sumsPad-name, sumsFigure-8)
}

// sumsView words what happens to the money of the opened deposit.
func (s *Screen) sumsView() sumsView {
	o, w := s.open, s.desk.Words
	d := o.detail
	var v sumsView
	if !o.held() {
		v.rows[0] = kit.Fact{Label: w.T("deposit.amount"), Value: d.Amount.Grouped(), Bold: true}
		less := func(i int, key string, a payment.Amount) {
			if a > 0 {
				v.rows[i] = kit.Fact{Label: w.T(key), Value: "-" + a.Grouped(), Bold: true}
			}
		}
		less(1, "deposit.captured", d.Captured)
		less(2, "deposit.released", d.Released)
		v.name, v.figure = w.T("deposit.left"), d.Left().Grouped()
		if d.Refunded > 0 {
			v.rows[3] = kit.Fact{Label: w.T("deposit.refunded.of"), Value: d.Refunded.Grouped(), Bold: true}
		}
		return v
	}
	v.rows[0] = kit.Fact{Label: w.T("deposit.left"), Value: d.Left().Grouped(), Bold: true}
	v.rows[1] = kit.Fact{Label: w.T("deposit.due.now"), Value: minus(o.due()), Bold: true}
	switch {
	case o.due() > d.Left():
		v.name, v.figure, v.bad = w.T("cash.short"), (o.due() - d.Left()).Grouped(), true
	case o.keep && o.due() > 0:
		v.name, v.figure = w.T("deposit.stays"), o.rest().Grouped()
	default:
		v.name, v.figure = w.T("deposit.back"), o.rest().Grouped()
	}
	return v
}

func minus(a payment.Amount) string {
	if a == 0 {
		return a.Grouped()
	}
	return "-" + a.Grouped()
}
