package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// rowPart is one row in sight. It is filled anew for each row it shows.
type rowPart struct {
	press
	table   *ListTable
	index   int
	columns []Column
	places  []place
}

func newRowPart(t *ListTable) *rowPart {
	r := &rowPart{table: t, index: -1}
	r.OnTapped = func() { t.tapped(r.index) }
	r.extend(r)
	return r
}

func (r *rowPart) fill(index int, columns []Column, places []place) {
	if r.index != index {
		r.hovered, r.pressed = false, false
	}
	r.index, r.columns, r.places = index, columns, places
}

// cellPart draws one cell.
type cellPart struct {
	text, second     *canvas.Text
	icon, secondIcon *canvas.Image
	badge            *Badge // made when the cell first needs one
}

func (r *rowPart) CreateRenderer() fyne.WidgetRenderer {
	ground, line, bar := newFill(0), newFill(0), newFill(0)
	ring := []*canvas.Rectangle{newFill(0), newFill(0), newFill(0), newFill(0)}
	var cells []*cellPart
	var rr *render
	paint := func() {
		selected := r.index >= 0 && r.index == r.table.selected
		fill := NoColor
		switch {
		case r.pressed:
			fill = KeyPressed
		case selected:
			fill = AccentSoft
		case r.hovered:
			fill = KeyHover
		}
		ground.FillColor, line.FillColor, bar.FillColor = Color(fill), Color(Line), Color(AccentInk)
		show(bar, selected)
		for _, side := range ring {
			side.FillColor = Color(AccentInk)
			show(side, selected && r.table.focused)
		}
		for len(cells) < len(r.columns) {
			cells = append(cells, &cellPart{newLine(Row, false), newLine(Caption, false), newGlyph(), newGlyph(), nil})
		}
		objects := []fyne.CanvasObject{ground, line, bar}
		for i, c := range r.columns {
			objects = append(objects, cells[i].paint(r.cell(c))...)
		}
		for _, side := range ring {
			objects = append(objects, side)
		}
		if rr != nil {
			rr.objects = objects
		}
	}
	layout := func(s fyne.Size) {
		put(ground, 0, 0, s.Width, s.Height)
		put(line, 0, s.Height-1, s.Width, 1)
		put(bar, 0, 0, 4, s.Height-1)
		put(ring[0], 0, 0, s.Width, ringWidth)
		put(ring[1], 0, s.Height-ringWidth, s.Width, ringWidth)
		put(ring[2], 0, ringWidth, ringWidth, s.Height-2*ringWidth)
		put(ring[3], s.Width-ringWidth, ringWidth, ringWidth, s.Height-2*ringWidth)
		inset := float32(0)
		if r.table.framed {
			inset = lineThin
		}
		for i, c := range r.columns {
			cells[i].layout(r.cell(c), c.Align, r.places[i].x-inset, r.places[i].w, s.Height)
		}
	}
	rr = newRender(r, paint, func() fyne.Size { return fyne.NewSize(100, r.table.rowHeight) }, layout)
	rr.paint()
	return rr
}

func (r *rowPart) cell(c Column) Cell {
	if r.index < 0 || r.index >= r.table.length || c.Cell == nil {
		return Cell{}
	}
	return c.Cell(r.index)
}

func (p *cellPart) paint(c Cell) []fyne.CanvasObject {
	if c.Badge != LookNone {
		if p.badge == nil {
			p.badge = NewBadge(c.Badge, c.Word).InList()
		}
		p.badge.Set(c.Badge, c.Word)
		return []fyne.CanvasObject{p.badge}
	}
	p.text.TextStyle = fyne.TextStyle{Bold: c.Bold && !c.Mono, Monospace: c.Mono}
	p.second.TextStyle.Bold = c.SecondBold
	ink, ink2 := or(c.Color, Ink), or(c.SecondColor, Ink2)
	write(p.text, c.Text, ink)
	write(p.second, c.Second, ink2)
	drawGlyph(p.icon, c.Icon, ink)
	drawGlyph(p.secondIcon, c.SecondIcon, ink2)
	return []fyne.CanvasObject{p.text, p.second, p.icon, p.secondIcon}
}

func or(t, otherwise Token) Token {
	if t == NoColor {
		return otherwise
	}
	return t
}

func (p *cellPart) layout(c Cell, align fyne.TextAlign, x, w, h float32) {
	if c.Badge != LookNone {
		// The icon, not the ground, lines up with the column's title.
		m := p.badge.MinSize()
		put(p.badge, x-badgeLeft, 0, m.Width, h-1)
		return
	}
	middle, secondMiddle := (h-1)/2, float32(0)
	if c.Second != "" {
		middle, secondMiddle = (h-1)/2-12, (h-1)/2+13
	}
	size := c.Size
	if size == 0 {
		size = Row
	}
	p.line(p.text, p.icon, c.Text, size, align, x, w, middle)
	if c.Second != "" {
		p.line(p.second, p.secondIcon, c.Second, Caption, align, x, w, secondMiddle)
	}
}

// line places one line of a cell. Figures, which stand at the right, step down
// where they do not fit; words end in ….
func (p *cellPart) line(t *canvas.Text, icon *canvas.Image, text string, size float32, align fyne.TextAlign, x, w, middle float32) {
	glyph := float32(0)
	if icon.Visible() {
		glyph = size + 6
	}
	t.Text, t.TextSize = text, size
	if align == fyne.TextAlignTrailing {
		fitLine(t, w-glyph, smallerThan(size))
		putRight(t, x+w, middle-20, 40)
	} else {
		t.Text = shorten(text, w-glyph-4, size, t.TextStyle)
		putMiddle(t, x+glyph, middle-20, 40)
	}
	put(icon, t.Position().X-glyph, middle-(size+2)/2, size+2, size+2)
}
