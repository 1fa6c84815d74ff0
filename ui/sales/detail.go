package sales

import (
	"context"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// detail is the right side: one sale.
type detail struct {
	s    *Screen
	root *fyne.Container

	id    int64           // the sale that is open; 0 for none
	sale  data.SaleDetail // as it was read last; its ID is 0 until then
	view  view
	tab   int
	note  string // what the last act led to, for a while
	noted int    // ticks that the note stays

	reading bool
	again   bool

	head, body, foot *fyne.Container
	story, facts     *screen.Scroll
	paper            *paperView
	tabs             *kit.Segment
	waited           *kit.Paragraph // of the notice; changes each second
}

// The tabs of the detail.
const (
	tabStory = iota
	tabFacts
	tabPaper
)

func newDetail(s *Screen) *detail {
	w := s.desk.Words
	v := &detail{s: s, paper: newPaperView(s)}
	v.tabs = kit.NewSegment([]string{w.T("sales.tab.story"), w.T("sales.tab.facts"), w.T("sales.tab.paper")}, 0, v.turn)
	v.root = container.NewStack()
	v.empty()
	return v
}

// empty stands while no sale is open.
func (v *detail) empty() {
	w := v.s.desk.Words
	v.root.Objects = []fyne.CanvasObject{kit.NewPanel(kit.NewEmpty(kit.IconFile, kit.Ink3, w.T("sales.detail.pick"), w.T("sales.detail.pick.do")))}
	v.root.Refresh()
}

// open shows a sale. What was shown stands until the new one was read.
func (v *detail) open(id int64) {
	if id != v.id {
		v.id, v.note, v.again = id, "", v.reading
	}
	v.reload()
}

// reload reads the open sale anew.
func (v *detail) reload() {
	if v.id == 0 {
		return
	}
	if v.reading {
		v.again = true
		return
	}
	v.reading, v.again = true, false
	id := v.id
	v.s.desk.Background(func(ctx context.Context) func() {
		sale, err := v.s.desk.Books.Sale(ctx, id)
		return func() { v.got(sale, err) }
	})
}

func (v *detail) got(sale data.SaleDetail, err error) {
	v.reading = false
	if err != nil {
		v.s.desk.Log.Error("sale cannot be read", "err", err)
		v.say(v.s.desk.Sentence(err))
	} else if sale.ID == v.id {
		first := v.sale.ID != sale.ID
		v.sale = sale
		v.show(first)
		v.s.list.changed(sale)
		v.s.readSale()
	}
	if v.again {
		v.reload()
	}
}

// show makes the strings anew and draws them where they changed.
func (v *detail) show(first bool) {
	d := v.s.desk
	next := newView(d, v.sale, v.live(), d.Now())
	if !first && reflect.DeepEqual(next, v.view) {
		return
	}
	v.view = next
	if first {
		v.draw()
		return
	}
	v.fillHead()
	v.fillBody(false)
	v.fillFoot()
}

// live is what the till knows about the open payment of this sale.
func (v *detail) live() *app.Payment {
	if v.s.desk.Till == nil {
		return nil
	}
	for _, p := range v.s.desk.Till.OpenPayments() {
		if p.Sale.ID == v.sale.ID {
			return &p
		}
	}
	return nil
}

// draw makes the panel for a sale that was not shown before.
func (v *detail) draw() {
	v.head = container.NewStack()
	v.body = container.NewStack()
	v.foot = container.NewStack()
	v.fillHead()
	v.fillBody(true)
	v.fillFoot()
	v.root.Objects = []fyne.CanvasObject{kit.NewPanel(kit.Down(0,
		v.head, kit.NewRule(),
		kit.Pad(12, kit.PadList, 0, kit.PadList, kit.Sized(0, kit.ButtonSmall, &fyne.Container{Layout: low{kit.ButtonSmall}, Objects: []fyne.CanvasObject{v.tabs}})),
		kit.Stretch(v.body),
		kit.NewRule(), v.foot))}
	v.root.Refresh()
}

func (v *detail) fillHead() {
	amount := kit.Ink
	if !v.view.money {
		amount = kit.Ink2
	}
	head := kit.Down(0,
		kit.Across(8, kit.Stretch(kit.NewBold(v.view.title, kit.Row, kit.Ink)), kit.NewBadge(v.view.look, v.view.state)),
		kit.Across(8, kit.NewText(v.view.summary, kit.Body, kit.Ink2), kit.Stretch(kit.NewAmount(v.view.amount, kit.StatePx, amount))))
	v.head.Objects = []fyne.CanvasObject{kit.Pad(14, kit.PadList, 10, kit.PadList, head)}
	v.head.Refresh()
}

// fillBody draws the chosen tab. On another sale it begins at the top.
func (v *detail) fillBody(top bool) {
	switch v.tab {
	case tabFacts:
		content := kit.Pad(8, kit.PadList, 12, kit.PadList, kit.Down(0, v.factObjects(v.view.all)...))
		v.facts = v.scroll(v.facts, content, top)
		v.body.Objects = []fyne.CanvasObject{v.facts}
	case tabPaper:
		v.paper.show(v.sale)
		v.body.Objects = []fyne.CanvasObject{v.paper.root}
	default:
		v.story = v.scroll(v.story, v.storyContent(), top)
		v.body.Objects = []fyne.CanvasObject{v.story}
	}
	v.body.Refresh()
}

// scroll is a scroller with new content that stays where the old one was.
func (v *detail) scroll(old *screen.Scroll, content fyne.CanvasObject, top bool) *screen.Scroll {
	if old == nil || top {
		return screen.NewScroll(content)
	}
	old.SetContent(content)
	return old
}

func (v *detail) storyContent() fyne.CanvasObject {
	w := v.s.desk.Words
	var parts []fyne.CanvasObject
	if n := v.noticeObject(); n != nil {
		parts = append(parts, n)
	}
	parts = append(parts, kit.Down(0, v.factObjects(v.view.lead)...))
	events := make([]kit.Event, len(v.view.story))
	for i, s := range v.view.story {
		events[i] = kit.Event{Time: s.time, Icon: s.icon, Color: s.token, Text: s.text}
	}
	parts = append(parts, kit.Down(0, kit.Sized(0, 32, kit.NewText(w.T("sales.tab.story"), kit.Body, kit.Ink2)), kit.NewDenseTimeline(events...)))
	return kit.Pad(8, kit.PadList, 12, kit.PadList, kit.Down(8, parts...))
}

// noticeObject is the block about what goes on, or what has to be decided.
func (v *detail) noticeObject() fyne.CanvasObject {
	n, w := v.view.notice, v.s.desk.Words
	v.waited = nil
	if n.line == "" {
		return nil
	}
	v.waited = kit.NewParagraph(n.text, kit.Body, kit.Ink)
	parts := []fyne.CanvasObject{
		kit.NewHint(kit.IconUnknown, kit.Warn, n.line, kit.Row, kit.Ink).Bold(),
		v.waited,
	}
	switch n.attention {
	case data.AttentionLatePaid, data.AttentionOverpaid:
		parts = append(parts, kit.Across(8,
			kit.Stretch(kit.NewButton(w.T("sales.act.keep"), kit.ButtonSmall, v.s.keepLate)),
			kit.Stretch(kit.NewButton(w.T("sales.act.give_back"), kit.ButtonSmall, v.s.askReturnLate).Kind(kit.Destructive))))
	case data.AttentionTaken:
		parts = append(parts, kit.Across(8, kit.Stretch(kit.NewButton(w.T("sales.act.seen"), kit.ButtonSmall, v.s.keepLate)), kit.Spacer()))
	}
	return kit.NewBox(kit.Pad(12, 14, 12, 14, kit.Down(8, parts...)), kit.WarnSoft, kit.WarnFill)
}

// fillFoot draws the acts. All of them stay in place while they cannot be used.
func (v *detail) fillFoot() {
	w, a := v.s.desk.Words, v.view.acts
	var left, right *kit.Button
	if a.open {
		left = kit.NewButton(w.T("sales.act.query"), kit.ButtonNormal, v.s.queryNow).Icon(kit.IconAgain).Key(v.s.key(screen.ActQuery))
		right = kit.NewButton(w.T("sales.act.cancel"), kit.ButtonNormal, v.s.askCancel).Kind(kit.Destructive)
		right.SetEnabled(!a.cancelled)
	} else {
		left = kit.NewButton(w.T("sales.act.reprint"), kit.ButtonNormal, v.s.reprint).Icon(kit.IconPrint).Key(v.s.key(screen.ActReprint))
		left.SetEnabled(a.reprint)
		right = kit.NewButton(w.T("sales.act.refund"), kit.ButtonNormal, v.s.askRefund).Kind(kit.Destructive).Key(v.s.key(screen.ActRefund))
		right.SetEnabled(a.refund)
	}
	parts := []fyne.CanvasObject{kit.Across(0, kit.Stretch(left), kit.Sized(64, 0, kit.Spacer()), right)}
	if v.note != "" {
		parts = append([]fyne.CanvasObject{kit.NewHint(kit.IconInfo, kit.Ink2, v.note, kit.Caption, kit.Ink2)}, parts...)
	}
	v.foot.Objects = []fyne.CanvasObject{kit.Pad(12, kit.PadList, 16, kit.PadList, kit.Down(8, parts...))}
	v.foot.Refresh()
	v.root.Refresh()
}

// say shows what an act led to, above the buttons.
func (v *detail) say(text string) {
	v.note, v.noted = text, noteTicks
	if v.foot != nil {
		v.fillFoot()
	}
}

// noteTicks is how many seconds a note stays.
const noteTicks = 8

// tick counts the seconds of what goes on, and takes an old note away.
func (v *detail) tick() {
	if v.noted > 0 {
		if v.noted--; v.noted == 0 {
			v.note = ""
			v.fillFoot()
		}
	}
	if !v.view.acts.open || v.sale.ID == 0 {
		return
	}
	next := newNotice(v.s.desk, v.sale, v.live(), v.s.desk.Now())
	if v.waited != nil && next.line == v.view.notice.line {
		v.view.notice = next
		v.waited.SetText(next.text)
	}
}

// turn shows another tab.
func (v *detail) turn(tab int) {
	v.tab = tab
	v.fillBody(true)
}
