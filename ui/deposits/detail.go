package deposits

import (
	"reflect"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
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

// detailView words the opened deposit.
func (s *Screen) detailView() detailView {
	o := s.open
	if !o.read() {
		return detailView{head: kit.ResultHead{Icon: kit.IconHeld, Word: s.desk.Words.T("deposit.reading"), Compact: true}}
	}
	d := o.detail
	v := detailView{head: s.detailHead(d), sums: s.sumsView(), facts: s.facts(d), story: s.story(), steps: s.stepFacts(d)}
	if step, ok := o.openStep(); ok {
		w := s.desk.Words
		v.notice = w.T("deposit.step.open."+string(step.Kind), "amount", step.Amount.Grouped()) + w.T("till.comma") + w.T("deposit.step.open.wait")
	}
	v.print = d.Held > 0
	v.refund = len(givers(d)) > 0
	return v
}

func (s *Screen) detailHead(d data.DepositDetail) kit.ResultHead {
	w, today := s.desk.Words, s.desk.Books.Today()
	h := kit.ResultHead{Icon: lookOf(d.State).Icon(), Compact: true}
	room := ""
	if d.Room != "" {
		room = w.T("deposit.room.of", "room", d.Room)
	}
	h.Word = joined("  ", room, d.Guest)
	if h.Word == "" {
		h.Word = d.ReceiptNo
	}
	arrival := w.T("deposit.arrival", "day", shortDay(d.Day, today))
	nights := ""
	if d.Nights > 0 {
		nights = w.T("deposit.nights.n", "n", d.Nights)
	}
	h.Line = joined(w.T("till.comma"), app.MaskPhone(d.Phone), arrival, nights)
	return h
}

// facts are how and until when the money is held.
func (s *Screen) facts(d data.DepositDetail) []kit.Fact {
	w, today := s.desk.Words, s.desk.Books.Today()
	how := s.desk.Channel(d.Channel)
	if d.Channel != payment.Cash {
		how = joined(w.T("till.comma"), how, w.T("deposit.method."+string(d.Method)), d.Payer)
	}
	facts := []kit.Fact{{Label: w.T("deposit.method"), Value: how}, {Label: w.T("pay.receipt"), Value: d.ReceiptNo}}
	if !s.open.held() {
		look := lookOf(d.State)
		facts = append(facts, kit.Fact{Label: w.T("deposit.state"), Value: w.T("badge." + string(d.State)), Icon: look.Icon(), Color: look.Ink()})
	} else {
		a := s.setup.age.of(w, d.Deposit, today)
		end := kit.Fact{Label: w.T("deposit.end"), Value: a.expiry}
		if d.Channel != payment.Cash {
			end.Value = shortDay(s.setup.age.end(d.Deposit), today) + w.T("till.comma") + a.expiry
		}
		if a.old {
			end.Icon, end.Color, end.Bold = kit.IconAlert, kit.Warn, true
		}
		facts = append(facts, end)
	}
	if d.Remark != "" {
		facts = append(facts, kit.Fact{Label: w.T("till.remark"), Value: d.Remark})
	}
	return facts
}

// story is what happened so far. A slip that was just scanned is its last line.
func (s *Screen) story() []kit.Event {
	d := s.open.detail
	var list []kit.Event
	for _, e := range d.Events {
		icon, token := screen.EventIcon(e.Kind)
		text := s.desk.DepositEventText(e, d.Deposit)
		if e.Kind == data.EventCreated && d.Staff.Name != "" {
			text = joined(s.desk.Words.T("till.comma"), text, d.Staff.Name)
		}
		list = append(list, kit.Event{Time: dayTimeOf(e.At), Text: text, Icon: icon, Color: token})
	}
	if found := s.open.found; !found.IsZero() {
		list = append(list, kit.Event{Time: dayTimeOf(found), Text: s.desk.Words.T("deposit.found"), Icon: kit.IconScan, Color: kit.Ink2})
	}
	return list
}

// dayTimeOf is a moment with its day.
func dayTimeOf(t time.Time) string { return t.In(payment.Beijing).Format("01-02 15:04") }

// stepFacts are the numbers of the hold and of every step, with their states.
func (s *Screen) stepFacts(d data.DepositDetail) []kit.Fact {
	w := s.desk.Words
	var facts []kit.Fact
	number := func(key, value string) {
		if value != "" {
			facts = append(facts, kit.Fact{Label: w.T(key, "channel", s.desk.Channel(d.Channel)), Value: value, Mono: true})
		}
	}
	if d.Channel != payment.Cash {
		number("deposit.order_no", d.OutOrderNo)
		number("deposit.auth_no", d.AuthNo)
	}
	for _, step := range d.Steps {
		look := stepLook(step.State)
		facts = append(facts, kit.Fact{
			Label: w.T("step."+string(step.Kind)+".name") + " " + step.Amount.Grouped(), Value: w.T("step.state." + string(step.State)),
			Icon: look.Icon(), Color: look.Ink(), Bold: true,
		})
		if step.Rest > 0 && step.State == payment.RefundDone {
			facts = append(facts, kit.Fact{Label: w.T("deposit.rest"), Value: step.Rest.Grouped()})
		}
		if step.Refunded > 0 {
			facts = append(facts, kit.Fact{Label: w.T("deposit.refunded"), Value: "-" + step.Refunded.Grouped()})
		}
		if step.Reason != "" {
			facts = append(facts, kit.Fact{Label: w.T("sales.fact.reason"), Value: step.Reason})
		}
		if d.Channel != payment.Cash {
			number("step."+string(step.Kind)+".number", step.Number)
			number("sales.fact.trade_no", step.TradeNo)
		}
		number("pay.code", step.Code)
	}
	return facts
}

// stepLook is how a step's state is shown.
func stepLook(s payment.StepState) kit.Look {
	switch s {
	case payment.RefundDone:
		return kit.LookPaid
	case payment.RefundRefused:
		return kit.LookFailed
	case payment.RefundUnknown:
		return kit.LookUnknown
	}
	return kit.LookPaying
}

// otherNotices are the other deposits of the room with something held. More
// than there is room for are counted.
func (s *Screen) otherNotices() []panel.Notice {
	o, w := s.open, s.desk.Words
	var list []panel.Notice
	for i, d := range o.room {
		if i == maxOthers-1 && len(o.room) > maxOthers {
			rest := o.room[i:]
			list = append(list, panel.Notice{
				Line: w.T("deposit.room.more", "n", len(rest)) + "   ¥" + sumLeft(rest).Grouped(), Second: w.T("deposit.room.more.text"),
				Icon: kit.IconInfo, Color: kit.AccentInk, Calm: true, Word: w.T("till.show"), Tap: func() { s.listRoom(d.Room) },
			})
			break
		}
		line := w.T("deposit.room.other", "channel", s.desk.Channel(d.Channel))
		if len(o.room) == 1 {
			line = w.T("deposit.room.one", "channel", s.desk.Channel(d.Channel))
		}
		second := joined(w.T("till.comma"), d.Guest, w.T("deposit.arrival", "day", shortDay(d.Day, s.desk.Books.Today())))
		if o.held() {
			second = w.T("deposit.room.text")
		}
		list = append(list, panel.Notice{
			Line: line + "   ¥" + d.Left().Grouped(), Second: second,
			Icon: kit.IconInfo, Color: kit.AccentInk, Calm: true, Word: w.T("deposit.open"), Tap: func() { s.Open(d.ID, "") },
		})
	}
	return list
}

// listRoom shows all that is held of a room in the list.
func (s *Screen) listRoom(room string) {
	s.leave()
	s.list.choice.SetIndex(showHeld)
	s.list.search.SetText(room)
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
