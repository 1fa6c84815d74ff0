package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Fact is one row of facts: a label on the left, its value on the right.
type Fact struct {
	Label string
	Value string
	Bold  bool
	Mono  bool  // order numbers and codes: monospaced, 16
	Icon  Icon  // before the value
	Color Token // of value and icon; NoColor means ink
}

// Facts is a list of facts.
type Facts struct {
	widget.BaseWidget
	rows  []Fact
	dense bool
}

// NewFacts makes rows of 48 with a line between them.
func NewFacts(rows ...Fact) *Facts {
	f := &Facts{rows: rows}
	f.ExtendBaseWidget(f)
	return f
}

// NewDenseFacts makes rows of 38 without lines, for a detail.
func NewDenseFacts(rows ...Fact) *Facts {
	f := NewFacts(rows...)
	f.dense = true
	return f
}

// Set changes all rows.
func (f *Facts) Set(rows ...Fact) {
	f.rows = rows
	f.Refresh()
}

func (f *Facts) pitch() float32 {
	if f.dense {
		return 38
	}
	return 48
}

// factRow is what draws one fact.
type factRow struct {
	label, value *canvas.Text
	icon         *canvas.Image
	line         *canvas.Rectangle
}

func (f *Facts) CreateRenderer() fyne.WidgetRenderer {
	var rows []factRow
	var r *render
	paint := func() {
		for len(rows) < len(f.rows) {
			rows = append(rows, factRow{newLine(Body, false), newLine(Row, false), newGlyph(), newFill(0)})
		}
		rows = rows[:len(f.rows)]
		var objects []fyne.CanvasObject
		for i, fact := range f.rows {
			rows[i].paint(fact, f.dense)
			show(rows[i].line, !f.dense && i < len(rows)-1)
			objects = append(objects, rows[i].label, rows[i].value, rows[i].icon, rows[i].line)
		}
		if r != nil {
			r.objects = objects
		}
	}
	layout := func(s fyne.Size) {
		for i := range rows {
			rows[i].layout(f.rows[i], f.dense, s.Width, float32(i)*f.pitch(), f.pitch())
		}
	}
	min := func() fyne.Size { return fyne.NewSize(200, float32(len(f.rows))*f.pitch()) }
	r = newRender(f, paint, min, layout)
	r.paint()
	return r
}

func (row factRow) paint(fact Fact, dense bool) {
	ink := fact.Color
	if ink == NoColor {
		ink = Ink
		if fact.Mono {
			ink = Ink2
		}
	}
	row.value.TextStyle = fyne.TextStyle{Bold: fact.Bold && !fact.Mono, Monospace: fact.Mono}
	row.value.TextSize = fact.size(dense)
	write(row.label, fact.Label, Ink2)
	write(row.value, fact.Value, ink)
	drawGlyph(row.icon, fact.Icon, ink)
	row.line.FillColor = Color(Line)
}

func (fact Fact) size(dense bool) float32 {
	switch {
	case fact.Mono:
		return Caption
	case dense:
		return Body
	}
	return Row
}

func (row factRow) layout(fact Fact, dense bool, width, y, h float32) {
	putMiddle(row.label, 0, y, h)
	room := width - row.label.MinSize().Width - Gap
	if fact.Icon != NoIcon {
		room -= 30
	}
	row.value.TextSize, row.value.Text = fact.size(dense), fact.Value
	fitLine(row.value, room, []float32{Body, Caption})
	row.value.Text = shorten(fact.Value, room, row.value.TextSize, row.value.TextStyle)
	putRight(row.value, width, y, h)
	put(row.icon, row.value.Position().X-30, y+(h-22)/2, 22, 22)
	put(row.line, 0, y+h-1, width, 1)
}
