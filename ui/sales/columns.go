package sales

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
)

// columns are laid out for the widths of the design: 760 at 1280, 1312 at 1920.
func (l *list) columns(width float32) []kit.Column {
	w := l.s.desk.Words
	wide := width >= 1000
	cell := func(f func(row) kit.Cell) func(int) kit.Cell {
		return func(place int) kit.Cell {
			r, ok := l.book.At(place)
			if !ok {
				return kit.Cell{}
			}
			return f(r)
		}
	}
	time, method, cashier := float32(70), float32(0), float32(68)
	if l.several {
		time = 124
	}
	if wide {
		time, method, cashier = time+16, 200, 120
	}
	columns := []kit.Column{
		{Title: w.T("sales.col.time"), Width: time, Cell: cell(func(r row) kit.Cell { return kit.Cell{Text: r.time} })},
		{Title: w.T("sales.col.receipt"), Width: 106, Cell: cell(func(r row) kit.Cell { return kit.Cell{Text: r.receipt} })},
		{Title: w.T("sales.col.method"), Width: method, Cell: cell(methodCell)},
		{Title: w.T("sales.col.amount"), Width: 104, Align: fyne.TextAlignTrailing, Cell: cell(amountCell)},
		{Title: w.T("sales.col.refunded"), Width: 92, Gap: 6, Align: fyne.TextAlignTrailing,
			Cell: cell(func(r row) kit.Cell { return kit.Cell{Text: r.refunded} })},
		{Title: w.T("sales.col.state"), Width: 139, Gap: 21, Cell: cell(func(r row) kit.Cell { return kit.Cell{Badge: r.look, Word: r.state} })},
	}
	if !l.several || wide {
		columns = append(columns, kit.Column{Title: w.T("sales.col.cashier"), Width: cashier, Gap: 16,
			Cell: cell(cashierCell)})
	}
	if wide {
		columns = append(columns, kit.Column{Title: w.T("sales.col.remark"), Gap: 16,
			Cell: cell(func(r row) kit.Cell { return kit.Cell{Text: r.remark, Color: kit.Ink2, Size: kit.Body} })})
	}
	return columns
}

// amountCell is quiet where no money moved.
func amountCell(r row) kit.Cell {
	if r.money {
		return kit.Cell{Text: r.amount, Bold: true}
	}
	return kit.Cell{Text: r.amount, Color: kit.Ink2}
}

// methodCell sets several methods smaller, so that two of them fit.
func methodCell(r row) kit.Cell {
	if r.methods > 1 {
		return kit.Cell{Text: r.method, Size: kit.Caption}
	}
	return kit.Cell{Text: r.method}
}

// cashierCell sets long names smaller: most have two or three characters.
func cashierCell(r row) kit.Cell {
	c := kit.Cell{Text: r.cashier, Color: kit.Ink2}
	if kit.TextWidth(r.cashier, kit.Row, false) > 62 {
		c.Size = kit.Caption
	}
	return c
}
