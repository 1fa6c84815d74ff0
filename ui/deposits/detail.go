package deposits

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// detail is the opened deposit on the right: who, how much goes back, how it is
// held, what happened so far, and what else the room has.
type detail struct {
	s      *Screen
	root   *kit.ResultPanel
	body   *fyne.Container
	sums   *sums
	scroll *screen.Scroll
	others [maxOthers]*panel.NoticeView
	print  *kit.Button
	refund *kit.Button

	now   detailView
	drawn bool
}

// maxOthers is how many other deposits of the room have a line of their own.
const maxOthers = 2

// detailView is the deposit in ready strings.
type detailView struct {
	head   kit.ResultHead
	sums   sumsView
	notice string // what goes on; usually empty
	facts  []kit.Fact
	story  []kit.Event
	steps  []kit.Fact
	print  bool
	refund bool
}

func newDetail(s *Screen) *detail {
	w := s.desk.Words
	d := &detail{s: s, sums: newSums(), scroll: screen.NewScroll(&fyne.Container{})}
	objects := []fyne.CanvasObject{d.sums.root, d.scroll}
	for i := range d.others {
		d.others[i] = panel.NewNotice()
		objects = append(objects, d.others[i].Object())
	}
	d.body = &fyne.Container{Objects: objects}
	d.body.Layout = screen.Free{Min: fyne.NewSize(300, 300), Place: d.layout}
	d.print = kit.NewButton(w.T("deposit.print"), kit.ButtonSmall, s.choosePaper).Icon(kit.IconPrint).Key(string(s.desk.Keys[screen.ActReprint]))
	d.refund = kit.NewButton(w.T("deposit.refund"), kit.ButtonSmall, s.askRefund).Kind(kit.Destructive).Key(string(s.desk.Keys[screen.ActRefund]))
	foot := kit.Across(kit.GapDense, d.print, kit.Spacer(), d.refund)
	d.root = kit.NewResult(kit.ResultHead{}, d.body, foot)
	return d
}

// draw shows the deposit where it changed.
func (d *detail) draw() {
	next := d.s.detailView()
	if d.drawn && reflect.DeepEqual(next, d.now) {
		d.drawOthers()
		return
	}
	top := !d.drawn || next.head != d.now.head
	d.now, d.drawn = next, true
	d.root.SetHead(next.head)
	d.sums.draw(next.sums)
	d.print.SetEnabled(next.print)
	d.refund.SetEnabled(next.refund)
	d.scroll.SetContent(d.content(next))
	if top {
		d.scroll.ScrollTop()
	}
	d.drawOthers()
	d.layout(d.body.Size())
}

// content is what scrolls.
func (d *detail) content(v detailView) fyne.CanvasObject {
	w := d.s.desk.Words
	label := func(key string) fyne.CanvasObject {
		return kit.Pad(8, 0, 0, 0, kit.Sized(0, 32, kit.NewText(w.T(key), kit.Caption, kit.Ink2)))
	}
	column := kit.Down(0)
	if v.notice != "" {
		column.Add(kit.Pad(0, 0, 8, 0, kit.NewBox(kit.Pad(10, 14, 10, 14, kit.NewHint(kit.IconUnknown, kit.Warn, v.notice, kit.Body, kit.Ink)), kit.WarnSoft, kit.WarnFill)))
	}
	column.Add(kit.NewFacts(v.facts...))
	if len(v.story) > 0 {
		column.Add(label("deposit.story"))
		column.Add(kit.NewDenseTimeline(v.story...).Dated())
	}
	if len(v.steps) > 0 {
		column.Add(label("deposit.numbers"))
		column.Add(kit.NewDenseFacts(v.steps...))
	}
	return kit.Pad(0, 12, 8, 0, column)
}

// drawOthers shows the other deposits of the room.
func (d *detail) drawOthers() {
	list := d.s.otherNotices()
	changed := false
	for i, part := range d.others {
		changed = changed || part.Object().Visible() != (i < len(list))
		screen.Only(part.Object(), i < len(list))
		if i < len(list) {
			part.Draw(list[i])
		}
	}
	if changed {
		d.layout(d.body.Size())
	}
}

// layout gives the scroller what the sums above and the room below leave.
func (d *detail) layout(size fyne.Size) {
	if size.IsZero() {
		return
	}
	const gap float32 = 16
	high := d.sums.height()
	screen.Place(d.sums.root, 0, gap, size.Width, high)
	bottom := size.Height - kit.GapDense
	for i := len(d.others) - 1; i >= 0; i-- {
		if part := d.others[i].Object(); part.Visible() {
			screen.Place(part, 0, bottom-kit.BannerHeight, size.Width, kit.BannerHeight)
			bottom -= kit.BannerHeight + kit.GapKeys
		}
	}
	top := gap + high + 8
	screen.Place(d.scroll, 0, top, size.Width, max(0, bottom-top))
}

// choosePaper prints the only paper there is again, or asks which.
func (s *Screen) choosePaper() {
	if s.open == nil || !s.open.read() {
		return
	}
	d, w := s.open.detail, s.desk.Words
	menu := &kit.Menu{Items: []kit.MenuItem{{Icon: kit.IconPrint, Word: w.T("slip.deposit"), Action: func() { s.reprintPaper(d.ID, 0) }}}}
	for _, step := range d.Steps {
		if step.State == payment.RefundDone {
			word := strings.Join([]string{w.T("step." + string(step.Kind) + ".paper"), step.Amount.Grouped(), dayTimeOf(step.EndedAt)}, " ")
			menu.Items = append(menu.Items, kit.MenuItem{Icon: kit.IconPrint, Word: word, Action: func() { s.reprintPaper(d.ID, step.ID) }})
		}
	}
	if len(menu.Items) == 1 {
		menu.Items[0].Action()
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.out.detail.print)
	menu.Show(s.desk.Window.Canvas(), at.AddXY(0, -float32(len(menu.Items))*52-24), 420)
}
