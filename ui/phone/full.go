package phone

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// full is the phone in its own window: the app, its pay code as a bar code, what
// will come of it, and two buttons.
type full struct {
	p      *Phone
	root   *fyne.Container
	head   *head
	apps   *kit.Segment
	code   *barcode
	label  *kit.Text
	table  *kit.ListTable
	show   *kit.Button
	pay    *kit.Button
	second bool // the second half of the scenarios is listed
}

// firstHalf is how many scenarios the list shows before its line for more.
const firstHalf = 7

const (
	headHeight float32 = 44
	margin     float32 = 14
	appsHeight float32 = 46
	rowHeight  float32 = 44
)

func newFull(p *Phone) *full {
	f := &full{p: p, code: newBarcode()}
	f.label = kit.NewText(p.o.Desk.Words.T("phone.outcome"), kit.Caption, kit.Ink2)
	f.apps = p.newWallets()
	f.show, f.pay = p.newButtons(kit.ButtonLarge, kit.ButtonNormal)
	f.table = kit.NewListTable(f.columns).Framed().NoHead()
	f.table.SetRowHeight(rowHeight)
	f.table.OnSelected = f.tapped
	f.head = newHead(p, 0)
	f.root = &fyne.Container{Objects: []fyne.CanvasObject{f.head, f.apps, f.code, f.label, f.table, f.show, f.pay}}
	f.root.Layout = screen.Free{Min: fyne.NewSize(Width, 640), Place: f.layout}
	return f
}

func (f *full) layout(size fyne.Size) {
	w := size.Width - 2*margin
	screen.Place(f.head, 0, 0, size.Width, headHeight)
	y := headHeight + 12
	screen.Place(f.apps, margin, y, w, appsHeight)
	y += appsHeight + 12
	screen.Place(f.code, margin, y, w, 116)
	y += 116 + 12
	screen.Place(f.label, margin, y, w, 24)
	y += 28
	buttons := kit.ButtonLarge + 10 + kit.ButtonNormal + margin
	rows := min(float32(f.rows())*rowHeight+2, size.Height-y-buttons-12)
	screen.Place(f.table, margin, y, w, rows)
	y = size.Height - buttons
	screen.Place(f.show, margin, y, w, kit.ButtonLarge)
	screen.Place(f.pay, margin, y+kit.ButtonLarge+10, w, kit.ButtonNormal)
}

// rows is how many lines the list has: half of the scenarios and, where there
// are more, a line to change halves.
func (f *full) rows() int {
	n := len(f.p.o.Scenarios)
	switch {
	case n <= firstHalf+1:
		return n
	case f.second:
		return n - firstHalf + 1
	}
	return firstHalf + 1
}

// at is the scenario in a line; ok is false for the line that changes halves.
func (f *full) at(row int) (index int, ok bool) {
	n := len(f.p.o.Scenarios)
	switch {
	case n <= firstHalf+1:
		return row, true
	case f.second:
		return firstHalf + row, firstHalf+row < n
	}
	return row, row < firstHalf
}

const numberWidth float32 = 28

func (f *full) columns(float32) []kit.Column {
	return []kit.Column{
		{Cell: f.word},
		{Width: numberWidth, Align: fyne.TextAlignTrailing, Cell: f.number},
	}
}

func (f *full) word(row int) kit.Cell {
	index, ok := f.at(row)
	if !ok {
		return kit.Cell{Text: f.turnWord(), Size: kit.Body, Icon: kit.IconMore, Color: kit.Ink2}
	}
	cell := kit.Cell{Text: f.p.name(f.p.o.Scenarios[index]), Size: kit.Body, Icon: kit.IconRadio}
	if index == f.p.chosen {
		cell.Icon, cell.Bold = kit.IconRadioOn, true
	}
	if f.narrow() {
		cell.Size = kit.Caption
	}
	return cell
}

// narrow reports whether a line in sight is too long for the usual size.
func (f *full) narrow() bool {
	for row := range f.rows() {
		index, ok := f.at(row)
		if ok && kit.TextWidth(f.p.name(f.p.o.Scenarios[index]), kit.Body, true) > wordWidth {
			return true
		}
	}
	return false
}

// wordWidth is the room that a scenario's words have.
const wordWidth float32 = 214

// turnWord is the line that changes halves.
func (f *full) turnWord() string {
	w, list := f.p.o.Desk.Words, f.p.o.Scenarios
	key, first, last := "phone.more", list[firstHalf], list[len(list)-1]
	if f.second {
		key, first, last = "phone.first", list[0], list[firstHalf-1]
	}
	return w.T(key) + "  " + w.T("phone.range", "from", number(first), "to", number(last))
}

func (f *full) number(row int) kit.Cell {
	index, ok := f.at(row)
	if !ok {
		return kit.Cell{}
	}
	return kit.Cell{Text: number(f.p.o.Scenarios[index]), Size: kit.Caption, Color: kit.Ink2}
}

func (f *full) tapped(row int) {
	index, ok := f.at(row)
	if !ok {
		f.second = !f.second
		f.draw()
		return
	}
	f.p.Choose(index)
}

// draw shows the phone's state.
func (f *full) draw() {
	if f.p.full == nil { // not made yet
		return
	}
	f.apps.SetIndex(f.p.app)
	f.code.Set(f.p.code)
	f.table.SetLength(f.rows())
	f.table.Select(-1)
	for row := range f.rows() {
		if index, ok := f.at(row); ok && index == f.p.chosen {
			f.table.Select(row)
		}
	}
	f.layout(f.root.Size())
	f.show.SetEnabled(f.p.code != "")
	f.pay.SetEnabled(f.p.canPayQR())
}
