package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// peoplePage lists who works here: what they may do, and whether they have a PIN.
// Each change is made in a dialog and holds at once; there is nothing to save.
type peoplePage struct {
	*page
	list  staffList
	table *kit.ListTable
	high  *fyne.Container // gives the table the height of its rows
	warn  *kit.Hint
	box   *kit.Panel // around warn
	note  *kit.Paragraph
	add   *kit.Button
}

// staffList is who works here, as it was last read.
type staffList struct {
	people []data.Person
	hasPIN map[int64]bool
	by     data.Person // who is at the till
}

func newPeoplePage(s *Screen) *page {
	p := newPage(s, "people")
	p.plain = true
	o := &peoplePage{page: p}
	s.people = o
	o.add = kit.NewButton(p.word("people.add"), kit.ButtonSmall, func() { newPersonDialog(o, nil).show() }).Icon(kit.IconPlus)
	p.titleRight = o.add
	o.warn = kit.NewHint(kit.IconAlert, kit.Warn, "", kit.Body, kit.Ink)
	o.box = kit.NewBox(kit.Pad(10, 14, 10, 14, o.warn), kit.WarnSoft, kit.WarnFill)
	o.box.Hide()
	o.table = kit.NewListTable(o.columns).Framed()
	o.table.OnOpened = func(row int) {
		if row < len(o.list.people) {
			newPersonDialog(o, &o.list.people[row]).show()
		}
	}
	o.high = &fyne.Container{Layout: rowsHigh{o.table}, Objects: []fyne.CanvasObject{o.table}}
	o.note = kit.NewParagraph(p.word("people.roles"), kit.Caption, kit.Ink3)
	p.line(o.box)
	p.line(o.high)
	p.line(o.note)
	p.onShow = o.read
	return p.finish()
}

// rowsHigh gives a table the height of all its rows: the page scrolls.
type rowsHigh struct{ table *kit.ListTable }

const tableHead float32 = 36 + 2 + 12 // of a framed table, with its border and some air below the last row

func (l rowsHigh) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(400, tableHead+float32(max(1, l.table.Length()))*kit.RowHeight)
}

func (l rowsHigh) Layout(o []fyne.CanvasObject, size fyne.Size) {
	screen.Place(o[0], 0, 0, size.Width, size.Height)
}

// read reads who works here.
func (o *peoplePage) read() {
	d := o.s.desk
	d.Background(func(ctx context.Context) func() {
		list, err := readStaff(ctx, d)
		return func() {
			if err != nil {
				o.s.tell(kit.IconFailed, kit.Bad, d.Sentence(err), 0)
				return
			}
			o.list = list
			o.draw()
		}
	})
}

func readStaff(ctx context.Context, d *screen.Desk) (l staffList, err error) {
	if l.by, err = d.Person(ctx); err != nil {
		return l, err
	}
	if l.people, err = d.People.List(ctx); err != nil {
		return l, err
	}
	l.hasPIN = map[int64]bool{}
	for _, p := range l.people {
		if l.hasPIN[p.ID], err = d.People.HasPIN(p.ID); err != nil {
			return l, err
		}
	}
	return l, nil
}

func (o *peoplePage) draw() {
	o.add.SetEnabled(o.s.desk.Till != nil && app.May(o.list.by, app.RightPeople))
	o.table.SetLength(len(o.list.people))
	sentence, serious := o.list.warning(o.s.desk)
	icon, ink := kit.IconInfo, kit.Ink2
	if serious {
		icon, ink = kit.IconAlert, kit.Warn
	}
	o.warn.Set(icon, ink, sentence, kit.Ink)
	setVisible(o.box, sentence != "")
	o.flow()
}

// warning says where PINs are missing. It is serious when somebody with many
// rights can be anybody, while others have to prove who they are.
func (l staffList) warning(d *screen.Desk) (sentence string, serious bool) {
	working, withPIN := 0, 0
	var open []data.Person
	for _, p := range l.people {
		if !p.Active {
			continue
		}
		working++
		switch {
		case l.hasPIN[p.ID]:
			withPIN++
		case p.Role != data.RoleClerk:
			open = append(open, p)
		}
	}
	switch {
	case withPIN > 0 && len(open) > 0:
		return d.Words.T("settings.people.open", "name", d.PersonName(open[0].Staff)), true
	case withPIN == 0 && working > 1:
		return d.Words.T("settings.people.no_pins"), false
	}
	return "", false
}

func (o *peoplePage) columns(float32) []kit.Column {
	d := o.s.desk
	cell := func(f func(p data.Person) kit.Cell) func(int) kit.Cell {
		return func(i int) kit.Cell {
			if i >= len(o.list.people) {
				return kit.Cell{}
			}
			p := o.list.people[i]
			c := f(p)
			if !p.Active {
				c.Color, c.Bold = kit.Ink3, false
			}
			return c
		}
	}
	return []kit.Column{
		{Title: o.word("people.name"), Cell: cell(func(p data.Person) kit.Cell { return kit.Cell{Text: d.PersonName(p.Staff), Bold: true} })},
		{Title: o.word("people.role"), Width: 110, Cell: cell(func(p data.Person) kit.Cell { return kit.Cell{Text: d.Role(p.Role)} })},
		{Title: o.word("people.refund"), Width: 150, Cell: cell(func(p data.Person) kit.Cell { return kit.Cell{Text: o.word("people.refund." + refundWord(p))} })},
		{Title: o.word("people.pin"), Width: 120, Cell: cell(func(p data.Person) kit.Cell {
			if o.list.hasPIN[p.ID] {
				return kit.Cell{Text: o.word("people.pin.set"), Icon: kit.IconPaid}
			}
			return kit.Cell{Text: o.word("people.pin.none"), Color: kit.Ink2}
		})},
		{Title: o.word("people.state"), Width: 110, Cell: cell(func(p data.Person) kit.Cell {
			if p.Active {
				return kit.Cell{Text: o.word("people.active")}
			}
			return kit.Cell{Text: o.word("people.left")}
		})},
	}
}

// refundWord says how somebody may give money back.
func refundWord(p data.Person) string {
	if p.Role != data.RoleClerk || p.MayRefund {
		return "may"
	}
	return "asks"
}

// changed reads anew after a change, and lets the till know of the rights of
// whoever stands at it.
func (o *peoplePage) changed(sentence string) {
	d := o.s.desk
	o.s.tell(kit.IconPaid, kit.Ok, sentence, noteTicks)
	d.Background(func(ctx context.Context) func() {
		var err error
		if d.Till != nil && d.Till.Person().ID != 0 {
			err = d.Till.Refreshed(ctx)
		}
		list, readErr := readStaff(ctx, d)
		return func() {
			if err != nil || readErr != nil {
				d.Log.Warn("people cannot be read again", "err", err, "list", readErr)
				return
			}
			o.list = list
			o.draw()
		}
	})
}
