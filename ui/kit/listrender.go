package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// tableRenderer draws a ListTable: as many row parts as fit, filled anew when
// other rows come into sight.
type tableRenderer struct {
	t       *ListTable
	f       frame
	head    *canvas.Rectangle
	under   *canvas.Rectangle
	titles  []*canvas.Text
	rows    []*rowPart
	bar     *canvas.Rectangle // where in the list the rows in sight are
	columns []Column
	width   float32 // that columns were asked for
	objects []fyne.CanvasObject
}

func (t *ListTable) CreateRenderer() fyne.WidgetRenderer {
	r := &tableRenderer{t: t, f: newFrame(radiusPanel), head: newFill(0), under: newFill(0), bar: newFill(4)}
	r.Refresh()
	return r
}

func (r *tableRenderer) Destroy()                     {}
func (r *tableRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *tableRenderer) MinSize() fyne.Size {
	return fyne.NewSize(320, r.t.Size().Height-r.t.rowsArea(r.t.Size()).Height+r.t.rowHeight)
}

func (r *tableRenderer) Refresh() {
	if s := r.t.Size(); !s.IsZero() {
		r.Layout(s)
	}
	canvas.Refresh(r.t)
}

func (r *tableRenderer) Layout(s fyne.Size) {
	t := r.t
	t.top = t.clampTop(t.top)
	edge := float32(0)
	if t.framed {
		edge = lineThin
	}
	if s.Width != r.width || r.columns == nil {
		r.width, r.columns = s.Width, t.columns(s.Width)
		r.titles, r.rows = nil, nil
	}
	r.layoutHead(s, edge)
	r.layoutRows(s, edge)
	if t.foot != nil {
		if round := t.framed || t.rounded; t.foot.round != round {
			t.foot.round = round
			t.foot.Refresh()
		}
		t.foot.back.SetEnabled(t.top > 0)
		t.foot.next.SetEnabled(t.top+t.capacity() < t.length)
		put(t.foot, edge, s.Height-edge-tableFoot, s.Width-2*edge, tableFoot)
	}
	r.collect()
	r.tell()
}

func (r *tableRenderer) layoutHead(s fyne.Size, edge float32) {
	t := r.t
	if t.framed {
		r.f.paint(Surface, Line)
		r.f.layout(0, 0, s.Width, s.Height, lineThin)
		r.head.TopLeftCornerRadius, r.head.TopRightCornerRadius = radiusPanel-1, radiusPanel-1
	}
	if t.noHead {
		return
	}
	r.head.FillColor, r.under.FillColor = Color(SurfaceAlt), Color(Line)
	put(r.head, edge, edge, s.Width-2*edge, tableHead)
	put(r.under, edge, edge+tableHead-1, s.Width-2*edge, 1)
	for len(r.titles) < len(r.columns) {
		r.titles = append(r.titles, newLine(Caption, false))
	}
	places := columnPlaces(r.columns, s.Width, edge)
	for i, c := range r.columns {
		title := r.titles[i]
		write(title, c.Title, Ink3)
		if c.Align == fyne.TextAlignTrailing {
			putRight(title, places[i].x+places[i].w, edge, tableHead)
		} else {
			putMiddle(title, places[i].x, edge, tableHead)
		}
	}
}

func (r *tableRenderer) layoutRows(s fyne.Size, edge float32) {
	t := r.t
	y := edge + t.headHeight()
	n := min(t.capacity(), t.length)
	for len(r.rows) < n {
		r.rows = append(r.rows, newRowPart(t))
	}
	places := columnPlaces(r.columns, s.Width, edge)
	for i, row := range r.rows {
		index := t.top + i
		inSight := i < n && index < t.length
		show(row, inSight)
		if !inSight {
			continue
		}
		row.fill(index, r.columns, places)
		put(row, edge, y+float32(i)*t.rowHeight, s.Width-2*edge, t.rowHeight)
		row.Refresh()
	}
	area := t.rowsArea(s)
	show(r.bar, t.length > n)
	if t.length > n {
		long := max(24, area.Height*float32(n)/float32(t.length))
		part := float32(t.top) / float32(max(1, t.length-n))
		r.bar.FillColor = Color(LineStrong)
		put(r.bar, s.Width-edge-6, y+part*(area.Height-long), 4, long)
	}
	if t.empty != nil {
		show(t.empty, t.length == 0)
		put(t.empty, edge, y, s.Width-2*edge, area.Height)
	}
}

func (r *tableRenderer) collect() {
	t := r.t
	r.objects = r.objects[:0]
	if t.framed {
		r.objects = append(r.objects, r.f.border, r.f.fill)
	}
	if !t.noHead {
		r.objects = append(r.objects, r.head, r.under)
		for _, title := range r.titles {
			r.objects = append(r.objects, title)
		}
	}
	for _, row := range r.rows {
		r.objects = append(r.objects, row)
	}
	r.objects = append(r.objects, r.bar)
	if t.empty != nil {
		r.objects = append(r.objects, t.empty)
	}
	if t.foot != nil {
		r.objects = append(r.objects, t.foot)
	}
}

// tell reports the rows in sight when they changed.
func (r *tableRenderer) tell() {
	first, last := r.t.InSight()
	if now := [2]int{first, last}; now != r.t.shown {
		r.t.shown = now
		if r.t.OnVisible != nil && last >= first {
			r.t.OnVisible(first, last)
		}
	}
}

// place is where a column lies.
type place struct{ x, w float32 }

// columnPlaces shares the width out. Columns without a width of their own share
// what is left; edge is the border of a framed table.
func columnPlaces(columns []Column, width, edge float32) []place {
	left, shares := width-2*(PadList+edge), float32(0)
	for _, c := range columns {
		left -= c.Gap + c.Width
		if c.Width == 0 {
			shares++
		}
	}
	places := make([]place, len(columns))
	x := PadList + edge
	for i, c := range columns {
		w := c.Width
		if w == 0 {
			w = max(0, left) / shares
		}
		x += c.Gap
		places[i] = place{floor(x + 0.5), w}
		x += w
	}
	return places
}
