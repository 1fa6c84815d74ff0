package till

import (
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// list is today's sales, with what waits for a person below them.
type list struct {
	s       *Screen
	root    *kit.Panel
	inside  *fyne.Container
	title   *kit.ListTitle
	table   *kit.ListTable
	notices [maxNotices]*panel.NoticeView
	tasks   *taskBox
	rows    []row
	empty   emptyKind
	heads   [4]string // what the title shows
	reserve fyne.Size // kept free at the bottom right, for the compact phone
}

// maxNotices is how many notices there is room for below the list.
const maxNotices = 2

// emptyKind says what stands in place of rows.
type emptyKind int

const (
	emptyNot emptyKind = iota
	emptyLoading
	emptyNothing
	emptyFault
)

// listView is the list in ready strings.
type listView struct {
	title, count, figure, refunds string
	rows                          []row
	empty                         emptyKind
	notices                       []panel.Notice
	tasks                         []task // practice only
	tasksDone                     int
}

func (s *Screen) listView() listView {
	w, b := s.desk.Words, &s.books
	v := listView{title: w.T("till.today"), rows: b.rows, notices: s.notices()}
	switch {
	case b.err != nil:
		v.empty, v.rows = emptyFault, nil
	case b.day == "":
		v.title, v.count, v.empty = w.T("till.today"), "…", emptyLoading
	default:
		v.count = w.T("till.today.sales", "n", grouped(b.totals.Sales))
		v.figure = "¥" + b.totals.Paid.Grouped()
		if b.blind {
			v.figure, v.refunds = "", w.T("till.today.blind")
		} else if b.totals.Refunded > 0 || len(b.rows) > 0 {
			v.refunds = w.T("till.today.refunds", "sum", b.totals.Refunded.Grouped())
		}
		if len(b.rows) == 0 {
			v.empty = emptyNothing
		}
	}
	if s.desk.Practice {
		v.tasks, v.tasksDone = s.practice.tasks(), s.practice.done()
	}
	return v
}

func newList(s *Screen) *list {
	l := &list{s: s, title: kit.NewListTitle(), empty: -1}
	l.table = kit.NewListTable(l.columns)
	l.table.OnOpened = func(i int) {
		if i < len(l.rows) {
			s.desk.Go(screen.TabSales, l.rows[i].id)
		}
	}
	l.tasks = newTaskBox(s.desk.Words)
	objects := []fyne.CanvasObject{l.title, l.table, l.tasks.root}
	for i := range l.notices {
		l.notices[i] = panel.NewNotice()
		objects = append(objects, l.notices[i].Object())
	}
	l.inside = &fyne.Container{Objects: objects}
	l.inside.Layout = screen.Free{Min: fyne.NewSize(400, 400), Place: l.layout}
	l.root = kit.NewPanel(l.inside)
	return l
}

// columns are those that fit: in a wide panel also cashier and note.
func (l *list) columns(width float32) []kit.Column {
	w := l.s.desk.Words
	cell := func(f func(row) kit.Cell) func(int) kit.Cell {
		return func(i int) kit.Cell {
			if i >= len(l.rows) {
				return kit.Cell{}
			}
			return f(l.rows[i])
		}
	}
	text := func(f func(row) string) func(int) kit.Cell {
		return cell(func(r row) kit.Cell { return kit.Cell{Text: f(r)} })
	}
	amount := cell(func(r row) kit.Cell {
		if !r.money {
			return kit.Cell{Text: r.amount, Color: kit.Ink2}
		}
		return kit.Cell{Text: r.amount, Bold: true}
	})
	state := cell(func(r row) kit.Cell { return kit.Cell{Badge: screen.SaleLook(r.state), Word: r.word} })
	receipt := cell(func(r row) kit.Cell { return kit.Cell{Text: r.receipt, Color: kit.Ink2} })
	wide := width >= 760
	methodWidth := float32(82)
	if wide {
		methodWidth = 140
	}
	columns := []kit.Column{
		{Title: w.T("till.column.time"), Width: 68, Cell: text(func(r row) string { return r.time })},
		{Title: w.T("till.column.method"), Width: methodWidth, Cell: text(func(r row) string { return r.method })},
		{Title: w.T("till.column.amount"), Width: 118, Align: fyne.TextAlignTrailing, Cell: amount},
	}
	if !wide {
		return append(columns,
			kit.Column{Title: w.T("till.column.state"), Gap: 20, Cell: state},
			kit.Column{Title: w.T("till.column.receipt"), Width: 60, Align: fyne.TextAlignTrailing, Cell: receipt})
	}
	return append(columns,
		kit.Column{Title: w.T("till.column.state"), Width: 170, Gap: 36, Cell: state},
		kit.Column{Title: w.T("till.column.cashier"), Width: 120, Cell: text(func(r row) string { return r.cashier })},
		kit.Column{Title: w.T("till.column.remark"), Cell: text(func(r row) string { return r.remark })},
		kit.Column{Title: w.T("till.column.receipt"), Width: 80, Align: fyne.TextAlignTrailing, Cell: receipt})
}

func (l *list) draw(v listView) {
	if heads := [4]string{v.title, v.count, v.figure, v.refunds}; heads != l.heads {
		l.heads = heads
		l.title.Set(v.title, v.count, v.figure, v.refunds)
	}
	changed := !slices.Equal(v.rows, l.rows)
	l.rows = v.rows
	if v.empty != l.empty {
		l.empty = v.empty
		l.table.SetEmpty(l.emptyPart(v.empty))
	}
	l.table.SetRowHeight(l.rowHeight())
	if changed {
		l.table.SetLength(len(v.rows))
	}
	for i, part := range l.notices {
		screen.Only(part.Object(), i < len(v.notices))
		if i < len(v.notices) {
			part.Draw(v.notices[i])
		}
	}
	screen.Only(l.tasks.root, v.tasks != nil)
	l.tasks.draw(v.tasks, v.tasksDone)
	l.layout(l.inside.Size())
}

// rowHeight is larger in a large window.
func (l *list) rowHeight() float32 {
	if w := l.s.desk.Window; w != nil && kit.LargeWindow(w.Canvas().Size().Height) {
		return kit.RowLarge
	}
	return kit.RowHeight
}

// emptyPart stands in place of the rows.
func (l *list) emptyPart(kind emptyKind) fyne.CanvasObject {
	w := l.s.desk.Words
	switch kind {
	case emptyLoading:
		return kit.NewEmpty(kit.IconLoading, kit.Ink3, w.T("till.loading.title"), w.T("till.loading.text"))
	case emptyFault:
		again := kit.NewButton(w.T("till.error.again"), kit.ButtonNormal, l.s.reload).Icon(kit.IconAgain)
		return kit.NewEmpty(kit.IconFailed, kit.Bad, w.T("till.error.title"), w.T("till.error.text"), again)
	}
	return kit.NewEmpty(kit.IconFile, kit.Ink3, w.T("till.empty.title"), w.T("till.empty.text"))
}

// layout gives the rows what title, notices and checklist leave. Where a corner
// is kept free, the rows end above it and the checklist stands beside it.
func (l *list) layout(size fyne.Size) {
	if size.IsZero() {
		return
	}
	const titleHeight, inset float32 = 72, 12
	screen.Place(l.title, 0, 0, size.Width, titleHeight)
	bottom := size.Height - inset
	if l.tasks.root.Visible() {
		width := size.Width - 2*inset - l.reserve.Width
		high := l.tasks.height(width)
		if l.reserve.Height > 0 {
			high = min(high, l.reserve.Height)
		}
		screen.Place(l.tasks.root, inset, bottom-high, width, high)
		bottom -= high + inset
	}
	if l.reserve.Height > 0 {
		bottom = min(bottom, size.Height-l.reserve.Height-inset)
	}
	for i := len(l.notices) - 1; i >= 0; i-- {
		part := l.notices[i]
		if part.Object().Visible() {
			screen.Place(part.Object(), inset, bottom-kit.BannerHeight, size.Width-2*inset, kit.BannerHeight)
			bottom -= kit.BannerHeight + kit.GapKeys
		}
	}
	screen.Place(l.table, 0, titleHeight, size.Width, bottom-titleHeight)
}

// Reserve keeps a corner of the list free at its bottom right.
func (s *Screen) Reserve(size fyne.Size) {
	if s.list.reserve != size {
		s.list.reserve = size
		s.list.layout(s.list.inside.Size())
	}
}
