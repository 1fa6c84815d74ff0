package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Heights of rows.
const (
	RowHeight   float32 = 52
	RowLarge    float32 = 56 // windows of 1000 and more
	RowTwoLines float32 = 68
	tableHead   float32 = 36
	tableFoot   float32 = 64
)

// Column is one column of a ListTable.
type Column struct {
	Title string
	Width float32        // 0 shares what the others leave
	Gap   float32        // empty space before the column
	Align fyne.TextAlign // leading or trailing; amounts are trailing
	// Cell is what stands in a row. It is called while painting, so it only
	// hands out strings that are ready.
	Cell func(row int) Cell
}

// Cell is the content of one cell. A cell with a badge shows nothing else.
type Cell struct {
	Text  string
	Size  float32 // 0 means 20
	Bold  bool
	Mono  bool
	Color Token // NoColor means ink
	Icon  Icon  // before the text

	Second      string // a second line, 16, for rows of two lines
	SecondBold  bool
	SecondColor Token // NoColor means ink2
	SecondIcon  Icon

	Badge Look // with Word, a badge
	Word  string
}

// ListTable is a list with columns. It shows whole rows only and pages through
// the rest: a finger cannot scroll on a desktop. It holds no data: it asks each
// column for the cells of the rows that it shows.
//
// With the focus, Up, Down, Page Up, Page Down, Home and End move the choice
// and Enter opens it. All other keys go on to the window.
type ListTable struct {
	widget.BaseWidget

	// OnSelected is called when a person chooses a row, by tap or key.
	OnSelected func(row int)
	// OnOpened is called for Enter, and for a tap when OnSelected is nil.
	OnOpened func(row int)
	// OnVisible is called when other rows come into sight, with the first and
	// the last, so that a caller can read more of them.
	OnVisible func(first, last int)

	columns   func(width float32) []Column
	length    int
	top       int // first row in sight
	selected  int // -1 when none is
	rowHeight float32
	focused   bool
	framed    bool
	noHead    bool
	rounded   bool // the foot ends a panel around the table
	empty     fyne.CanvasObject
	foot      *tableFootPart
	shown     [2]int // what OnVisible was last told
}

// NewListTable makes an empty table. It asks columns again whenever its width
// changes, so that wide windows can show more of them.
func NewListTable(columns func(width float32) []Column) *ListTable {
	t := &ListTable{columns: columns, selected: -1, rowHeight: RowHeight, shown: [2]int{-1, -1}}
	t.ExtendBaseWidget(t)
	return t
}

// Framed draws the table as a panel of its own.
func (t *ListTable) Framed() *ListTable { t.framed = true; return t }

// NoHead leaves the row of column titles out.
func (t *ListTable) NoHead() *ListTable { t.noHead = true; return t }

// Foot adds a foot with a sum on the left and two buttons to page on the right.
// It starts empty; see SetFoot.
func (t *ListTable) Foot(back, next string) *ListTable {
	t.foot = newTableFoot(back, next, func() { t.page(-1) }, func() { t.page(1) })
	return t
}

// RoundFoot says whether the foot ends a panel around the table, whose corners
// are round.
func (t *ListTable) RoundFoot(round bool) {
	if t.rounded != round {
		t.rounded = round
		t.Refresh()
	}
}

// SetFoot changes the sum in the foot.
func (t *ListTable) SetFoot(parts ...Part) {
	if t.foot != nil {
		t.foot.sum.Set(parts...)
		t.foot.Refresh()
	}
}

// SetEmpty sets what stands in place of the rows while there are none: an
// EmptyState for nothing, loading or a fault.
func (t *ListTable) SetEmpty(o fyne.CanvasObject) {
	t.empty = o
	t.Refresh()
}

// SetRowHeight changes the height of rows.
func (t *ListTable) SetRowHeight(h float32) {
	if t.rowHeight != h {
		t.rowHeight = h
		t.Refresh()
	}
}

// SetLength says how many rows there are and paints anew. The choice and the
// place stay as far as the rows still exist.
func (t *ListTable) SetLength(n int) {
	t.length = max(0, n)
	if t.selected >= t.length {
		t.selected = -1
	}
	t.top = t.clampTop(t.top)
	t.Refresh()
}

// Length is the number of rows.
func (t *ListTable) Length() int { return t.length }

// Selected is the chosen row; -1 when none is.
func (t *ListTable) Selected() int { return t.selected }

// Select chooses a row and brings it into sight, without calling OnSelected;
// -1 chooses none.
func (t *ListTable) Select(row int) {
	if row < -1 || row >= t.length {
		return
	}
	t.selected = row
	t.reveal(row)
	t.Refresh()
}

// ScrollTop goes back to the first row.
func (t *ListTable) ScrollTop() {
	t.top = 0
	t.Refresh()
}

// InSight is the range of rows in sight, first to last; last is first-1 when
// there are none.
func (t *ListTable) InSight() (first, last int) {
	return t.top, min(t.length, t.top+t.capacity()) - 1
}

// capacity is the number of whole rows that fit.
func (t *ListTable) capacity() int {
	return max(1, int(t.rowsArea(t.Size()).Height/t.rowHeight))
}

// rowsArea is the size of the part that rows have.
func (t *ListTable) rowsArea(s fyne.Size) fyne.Size {
	h := s.Height - t.headHeight()
	if t.foot != nil {
		h -= tableFoot
	}
	if t.framed {
		h -= 2 * lineThin
	}
	return fyne.NewSize(s.Width, max(0, h))
}

func (t *ListTable) headHeight() float32 {
	if t.noHead {
		return 0
	}
	return tableHead
}

func (t *ListTable) clampTop(top int) int {
	return max(0, min(top, t.length-t.capacity()))
}

// reveal scrolls as little as it takes to show a row.
func (t *ListTable) reveal(row int) {
	n := t.capacity()
	switch {
	case row < 0:
	case row < t.top:
		t.top = row
	case row >= t.top+n:
		t.top = row - n + 1
	}
	t.top = t.clampTop(t.top)
}

// page moves a whole page and leaves the choice alone.
func (t *ListTable) page(direction int) {
	top := t.clampTop(t.top + direction*t.capacity())
	if top != t.top {
		t.top = top
		t.Refresh()
	}
}

// choose is a choice by a person.
func (t *ListTable) choose(row int) {
	if t.length == 0 {
		return
	}
	row = max(0, min(row, t.length-1))
	changed := row != t.selected
	t.selected = row
	t.reveal(row)
	t.Refresh()
	if changed && t.OnSelected != nil {
		t.OnSelected(row)
	}
}

func (t *ListTable) tapped(row int) {
	if row >= t.length {
		return
	}
	if t.OnSelected == nil && t.OnOpened != nil {
		t.OnOpened(row)
		return
	}
	if c := canvasOf(t); c != nil {
		c.Focus(t)
	}
	t.choose(row)
}

func (t *ListTable) FocusGained() { t.focused = true; t.Refresh() }
func (t *ListTable) FocusLost()   { t.focused = false; t.Refresh() }

func (t *ListTable) TypedRune(r rune) { forwardRune(t, r) }

func (t *ListTable) TypedKey(ev *fyne.KeyEvent) {
	at, n := t.selected, t.capacity()
	none := at < 0
	if none {
		at = t.top
	}
	switch {
	case ev.Name == fyne.KeyDown && none, ev.Name == fyne.KeyUp && none:
		t.choose(at)
	case ev.Name == fyne.KeyDown:
		t.choose(at + 1)
	case ev.Name == fyne.KeyUp:
		t.choose(at - 1)
	case ev.Name == fyne.KeyPageDown:
		t.top = t.clampTop(t.top + n)
		t.choose(at + n)
	case ev.Name == fyne.KeyPageUp:
		t.top = t.clampTop(t.top - n)
		t.choose(at - n)
	case ev.Name == fyne.KeyHome:
		t.choose(0)
	case ev.Name == fyne.KeyEnd:
		t.choose(t.length - 1)
	case isEnter(ev.Name) && t.selected >= 0 && t.OnOpened != nil:
		t.OnOpened(t.selected)
	default:
		forwardKey(t, ev)
	}
}

// Scrolled moves by rows with the wheel.
func (t *ListTable) Scrolled(ev *fyne.ScrollEvent) {
	step := 0
	switch {
	case ev.Scrolled.DY < 0:
		step = 1
	case ev.Scrolled.DY > 0:
		step = -1
	}
	if top := t.clampTop(t.top + step); top != t.top {
		t.top = top
		t.Refresh()
	}
}
