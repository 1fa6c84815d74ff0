package till

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/ui/kit"
)

// right is the side that tells: today's list, or in its place a payment or the
// cash that is being counted.
type right struct {
	s      *Screen
	root   *fyne.Container
	list   *list
	result *result
	cash   *cashPanel
}

// rightView is what stands on the right. Exactly one of the three is shown.
type rightView struct {
	panel *panel
	cash  *cashView
	list  listView
}

func newRight(s *Screen) *right {
	r := &right{s: s, list: newList(s), result: newResult(s), cash: newCashPanel(s)}
	r.root = container.NewStack(r.list.root, r.result.root, r.cash.root)
	return r
}

// rightView words the right side for the present moment.
func (s *Screen) rightView() rightView {
	switch {
	case s.refused != nil:
		return rightView{panel: &s.refused.panel}
	case s.cash != nil:
		v := s.cashView()
		return rightView{cash: &v}
	case s.current != nil:
		s.current.now = s.desk.Now()
		if s.books.day != "" {
			s.current.today = s.desk.Words.T("pay.today.sum", "n", s.books.totals.Sales, "sum", s.books.totals.Paid.Grouped())
		}
		p := panelOf(s.desk, *s.current)
		return rightView{panel: &p}
	}
	return rightView{list: s.listView()}
}

// draw shows a view.
func (r *right) draw(v rightView) {
	switch {
	case v.panel != nil:
		r.result.draw(*v.panel)
	case v.cash != nil:
		r.cash.draw(*v.cash)
	default:
		r.list.draw(v.list)
	}
	only(r.result.root, v.panel != nil)
	only(r.cash.root, v.panel == nil && v.cash != nil)
	only(r.list.root, v.panel == nil && v.cash == nil)
}

// result draws a panel.
type result struct {
	s     *Screen
	root  *kit.ResultPanel
	body  *body
	foot  *fyne.Container
	main  []button // what the foot shows at the moment
	below []button
	hint  *kit.Text
}

func newResult(s *Screen) *result {
	r := &result{s: s, body: newBody(s.desk.Words.T("pay.change"))}
	r.hint = kit.NewText("", kit.Caption, kit.Ink3).Centered().Fit(14)
	r.foot = kit.Down(kit.GapDense)
	r.root = kit.NewResult(kit.ResultHead{}, r.body.root, r.foot)
	return r
}

func (r *result) draw(p panel) {
	if h := r.s.right.root.Size().Height; h > 0 && h < lowPanel {
		p.head.Compact = true
	}
	r.root.SetHead(p.head)
	r.body.draw(p)
	r.hint.SetText(p.caption)
	if slices.Equal(p.main, r.main) && slices.Equal(p.second, r.below) && r.hint.Visible() == (p.caption != "") {
		return
	}
	r.main, r.below = p.main, p.second
	only(r.hint, p.caption != "")
	r.foot.Objects = nil
	if len(p.main) > 0 {
		r.foot.Add(r.row(p.main, kit.ButtonLarge))
	}
	if len(p.second) > 0 {
		r.foot.Add(r.row(p.second, kit.ButtonNormal))
	}
	r.foot.Add(r.hint)
	r.root.Refresh()
}

// lowPanel is the height below which the head gives room to what stands under
// it.
const lowPanel float32 = 600

// row puts buttons side by side. One that stands apart goes to the right end,
// far from the others when it undoes something.
func (r *result) row(list []button, height float32) fyne.CanvasObject {
	last := list[len(list)-1]
	far := last.apart && (last.kind == kit.Destructive || last.do == keepIt)
	var objects []fyne.CanvasObject
	for i, b := range list {
		o := r.button(b, height)
		switch {
		case far && i < len(list)-1:
			objects = append(objects, kit.Sized(farFirst, 0, o))
		case far:
			objects = append(objects, kit.Spacer(), o)
		case b.apart:
			objects = append(objects, o)
		default:
			objects = append(objects, kit.Stretch(o))
		}
	}
	return kit.Across(kit.GapDense, objects...)
}

// farFirst is the width of a button that another one keeps away from.
const farFirst float32 = 280

func (r *result) button(b button, height float32) *kit.Button {
	o := kit.NewButton(b.word, height, func() { r.s.do(b.do) }).Key(b.key).Icon(b.icon).Kind(b.kind)
	o.SetEnabled(!b.off)
	return o
}
