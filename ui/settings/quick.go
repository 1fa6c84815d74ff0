package settings

import (
	"strconv"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// quickPage is the list of amounts that one tap adds at the till.
type quickPage struct {
	*page
	items  []quickRow
	faults map[int]string
	list   *fyne.Container
	fields []quickFields
}

// quickFields are the parts of one row.
type quickFields struct {
	name            *kit.Field
	price, quantity *kit.FigureField
}

func newQuickPage(s *Screen) *page {
	p := newPage(s, "quick")
	o := &quickPage{page: p, list: holder(), faults: map[int]string{}}
	s.quick = o
	hold(p.footLeft, kit.NewButton(p.word("quick.add"), kit.ButtonNormal, o.append).Icon(kit.IconPlus))
	p.line(kit.NewParagraph(p.word("quick.hint"), kit.Body, kit.Ink2))
	p.line(o.list)
	p.inputs = append(p.inputs, &input{key: "till.quick", object: o.list, show: o.showRows, fault: o.fault})
	return p.finish()
}

// showRows reads the setting into rows.
func (o *quickPage) showRows(v *values) {
	o.items, o.faults = quickRows(v.get("till.quick")), map[int]string{}
	o.draw()
}

// limit is the largest amount of a sale.
func (o *quickPage) limit() payment.Amount {
	if a, err := payment.ParseAmount(o.s.vals.get("till.limit")); err == nil && a > 0 {
		return a
	}
	return app.DefaultLimit
}

// fault looks through the rows before they are saved.
func (o *quickPage) fault(*values) string {
	_, o.faults = quickSetting(o.items, o.limit())
	o.draw()
	o.flow()
	for i := range o.items {
		if o.faults[i] != "" {
			return o.word("quick." + o.faults[i])
		}
	}
	return ""
}

// edited takes the rows over. What cannot be stored yet counts as a change all
// the same; fault says what is wrong with it.
func (o *quickPage) edited() {
	if o.s.vals == nil || o.s.showing {
		return
	}
	setting, faults := quickSetting(o.items, o.limit())
	if len(faults) > 0 {
		setting = unsaved
	}
	o.typed("till.quick", setting)
}

// unsaved stands for rows that cannot be stored as they are. The setting's own
// check refuses it.
const unsaved = "?"

func (o *quickPage) append() {
	if o.s.vals == nil || len(o.items) >= maxQuick {
		o.s.tell(kit.IconInfo, kit.Ink2, o.word("quick.full", "count", maxQuick), noteTicks)
		return
	}
	o.items = append(o.items, quickRow{quantity: "1"})
	o.draw()
	o.flow()
	last := o.fields[len(o.fields)-1].name
	o.scroll.Reveal(last)
	last.Focus()
	o.edited()
}

func (o *quickPage) remove(i int) {
	o.items = append(append([]quickRow{}, o.items[:i]...), o.items[i+1:]...)
	o.faults = map[int]string{}
	o.draw()
	o.flow()
	o.edited()
}

func (o *quickPage) move(i, by int) {
	o.items = moved(o.items, i, by)
	o.faults = map[int]string{}
	o.draw()
	o.flow()
	o.edited()
}

// draw makes all rows anew.
func (o *quickPage) draw() {
	o.fields = nil
	if len(o.items) == 0 {
		hold(o.list, kit.Sized(0, 240, kit.NewEmpty(kit.IconPlus, kit.Ink3, o.word("quick.empty"), o.word("quick.empty.do"))))
		return
	}
	head := kit.Across(8, kit.Stretch(kit.NewText(o.word("quick.name"), kit.Caption, kit.Ink3)),
		kit.Sized(priceWidth, 0, kit.NewText(o.word("quick.price"), kit.Caption, kit.Ink3).Trailing()),
		kit.Sized(quantityWidth, 0, kit.NewText(o.word("quick.quantity"), kit.Caption, kit.Ink3).Trailing()), kit.Sized(actsWidth, 0, kit.Spacer()))
	rows := []fyne.CanvasObject{head}
	for i := range o.items {
		rows = append(rows, o.itemRow(i))
	}
	hold(o.list, kit.Down(8, rows...))
}

const (
	priceWidth    float32 = 128
	quantityWidth float32 = 88
	actsWidth     float32 = 3*52 + 2*8
)

func (o *quickPage) itemRow(i int) fyne.CanvasObject {
	r := o.items[i]
	f := quickFields{name: kit.NewField(""), price: kit.NewMoneyField(""), quantity: kit.NewCountField("", 4)}
	f.name.SetText(r.name)
	f.price.SetText(r.price)
	f.quantity.SetText(r.quantity)
	f.name.Entry.OnChanged = func(text string) { o.items[i].name = text; o.edited() }
	f.price.OnChanged = func(text string) { o.items[i].price = text; o.edited() }
	f.quantity.OnChanged = func(text string) { o.items[i].quantity = text; o.edited() }
	o.fields = append(o.fields, f)
	up := kit.NewButton("↑", kit.ButtonFilter, func() { o.move(i, -1) })
	up.SetEnabled(i > 0)
	down := kit.NewButton("↓", kit.ButtonFilter, func() { o.move(i, 1) })
	down.SetEnabled(i < len(o.items)-1)
	remove := kit.NewButton("", kit.ButtonFilter, func() { o.remove(i) }).Icon(kit.IconCross).Kind(kit.Destructive)
	line := kit.Across(8, kit.Stretch(f.name), kit.Sized(priceWidth, 0, f.price), kit.Sized(quantityWidth, 0, f.quantity), up, down, remove)
	if o.faults[i] == "" {
		return line
	}
	return kit.Down(4, line, kit.NewHint(kit.IconFailed, kit.Bad, strconv.Itoa(i+1)+" "+o.word("quick."+o.faults[i]), kit.Body, kit.Bad))
}
