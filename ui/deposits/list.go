package deposits

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// list is what is held, oldest first, with a search field above it and what
// waits for a person below it. It is read page by page as it comes into sight.
type list struct {
	s      *Screen
	root   *kit.Panel
	inside *fyne.Container
	title  *kit.Parts
	search *kit.Field
	choice *kit.Select
	line   fyne.CanvasObject
	table  *kit.ListTable
	below  [maxNotices]*panel.NoticeView

	age    ageRule
	book   *screen.Book[row]
	filter filter // that the book was read with
	sums   data.DepositSums
	urgent []data.Deposit // about which a person has to decide
	steps  []data.Step    // without a result, that nobody waits for

	day     data.Day // when it was read; empty while nothing was
	reading bool
	again   bool
	failed  bool
	empty   emptyKind
	reserve fyne.Size // kept free at the bottom right, for the compact phone

	drawn               *screen.Book[row] // what the table shows
	titleText, footText string
}

// maxNotices is how many notices there is room for below the list.
const maxNotices = 2

// emptyKind says what stands in place of rows.
type emptyKind int

const (
	emptyLoading emptyKind = iota
	emptyNothing
	emptyFound
	emptyFault
)

func newList(s *Screen) *list {
	w := s.desk.Words
	l := &list{s: s, title: kit.NewParts(12), line: kit.NewRule(), empty: -1, book: screen.NewBook(0, rowID)}
	l.search = kit.NewField("").Icon(kit.IconSearch).Placeholder(w.T("deposit.search"))
	l.search.Entry.OnChanged = func(string) { l.reload() }
	l.search.Entry.OnSubmitted = func(string) { l.submitted() }
	l.search.Entry.OnFocus = func(on bool) { s.take.focusMoved(on) }
	words := make([]string, len(choices))
	for i, c := range choices {
		words[i] = w.T(c.word)
	}
	l.choice = kit.NewSelect("", words, showHeld, func(int) { l.reload() })
	l.table = kit.NewListTable(l.columns).NoHead().Foot(w.T("sales.previous"), w.T("sales.next"))
	l.table.SetRowHeight(kit.RowTwoLines)
	l.table.OnOpened = func(place int) {
		if r, ok := l.book.At(place); ok {
			s.Open(r.id, "")
		}
	}
	l.table.OnVisible = func(first, last int) {
		for _, from := range l.book.Missing(first, last) {
			l.page(from)
		}
		l.foot()
	}
	objects := []fyne.CanvasObject{l.title, l.search, l.choice, l.line, l.table}
	for i := range l.below {
		l.below[i] = panel.NewNotice()
		objects = append(objects, l.below[i].Object())
	}
	l.inside = &fyne.Container{Objects: objects}
	l.inside.Layout = screen.Free{Min: fyne.NewSize(400, 400), Place: l.layout}
	l.root = kit.NewPanel(l.inside)
	return l
}

func rowID(r row) int64 { return r.id }

// columns are room, guest and amount; a wide panel also has the receipt number
// and what was noted.
func (l *list) columns(width float32) []kit.Column {
	cell := func(f func(row) kit.Cell) func(int) kit.Cell {
		return func(place int) kit.Cell {
			r, ok := l.book.At(place)
			if !ok {
				return kit.Cell{}
			}
			return f(r)
		}
	}
	room := cell(func(r row) kit.Cell { return kit.Cell{Text: r.room, Bold: true, Size: roomSize(r.room)} })
	who := cell(func(r row) kit.Cell { return kit.Cell{Text: r.guest, Second: r.about} })
	amount := cell(func(r row) kit.Cell {
		c := kit.Cell{Text: r.amount, Bold: r.money, Second: r.state, SecondIcon: r.icon, SecondColor: r.ink, SecondBold: r.bold}
		if !r.money {
			c.Color = kit.Ink2
		}
		return c
	})
	columns := []kit.Column{{Width: roomColumn, Cell: room}, {Gap: 8, Cell: who}}
	if width >= 760 {
		more := cell(func(r row) kit.Cell { return kit.Cell{Text: r.receipt, Second: r.phone, Color: kit.Ink2} })
		note := cell(func(r row) kit.Cell { return kit.Cell{Text: r.note, Size: kit.Body, Color: kit.Ink2} })
		columns = append(columns, kit.Column{Gap: 16, Width: 150, Cell: more}, kit.Column{Gap: 16, Width: 190, Cell: note})
	}
	return append(columns, kit.Column{Gap: 12, Width: amountColumn, Align: fyne.TextAlignTrailing, Cell: amount})
}

const (
	roomColumn   float32 = 56
	amountColumn float32 = 176
)

// roomSize is the largest size at which a room's number fits its column.
func roomSize(room string) float32 {
	for _, size := range []float32{kit.ActionPx, kit.Row, kit.Body} {
		if kit.TextWidth(room, size, true) <= roomColumn {
			return size
		}
	}
	return kit.Caption
}

// rule takes another rule of age over; the rows say other things then.
func (l *list) rule(age ageRule) {
	if l.age != age {
		l.age = age
		l.reload()
	}
}

// wanted is the filter as it stands in the fields.
func (l *list) wanted() filter { return filter{choice: l.choice.Index(), text: l.search.Text()} }

// reload reads the list anew. What changes while it reads is read once more
// afterwards, so that fast typing never piles up.
func (l *list) reload() {
	if l.reading {
		l.again = true
		return
	}
	l.reading, l.again = true, false
	f, age := l.wanted(), l.age
	l.s.desk.Background(func(ctx context.Context) func() {
		r := l.read(ctx, f, age)
		return func() { l.got(r) }
	})
}

// reading is what one reload brought.
type reading struct {
	filter filter
	day    data.Day
	rows   []row
	sums   data.DepositSums
	urgent []data.Deposit
	steps  []data.Step
	err    error
}

func (l *list) read(ctx context.Context, f filter, age ageRule) (r reading) {
	books := l.s.desk.Books
	r.filter, r.day = f, books.Today()
	q := f.query(r.day)
	q.Limit = screen.BookPage
	var page []data.Deposit
	if page, r.sums, r.err = books.Deposits(ctx, q); r.err != nil {
		return r
	}
	for _, d := range page {
		r.rows = append(r.rows, newRow(l.s.desk, age, d))
	}
	if r.urgent, r.err = books.AttentionDeposits(ctx); r.err != nil {
		return r
	}
	r.steps, r.err = books.OpenSteps(ctx)
	return r
}

func (l *list) got(r reading) {
	l.reading = false
	if l.again {
		l.reload()
		return
	}
	l.day, l.failed = r.day, r.err != nil
	if l.failed {
		l.s.desk.Log.Error("deposits cannot be listed", "err", r.err)
		r = reading{filter: r.filter, day: r.day}
	}
	same := r.filter == l.filter
	l.filter, l.sums, l.urgent = r.filter, r.sums, r.urgent
	l.steps = l.s.unattended(r.steps)
	l.book = screen.NewBook(r.sums.Rows, rowID)
	l.book.Put(0, r.rows)
	l.book.Missing(0, len(r.rows)-1)
	if !same {
		l.table.ScrollTop()
	}
	l.s.refresh()
}

// page reads one page of rows into the book it belongs to.
func (l *list) page(from int) {
	b, age := l.book, l.age
	q := l.filter.query(l.day)
	q.Offset, q.Limit = from, screen.BookPage
	l.s.desk.Background(func(ctx context.Context) func() {
		page, _, err := l.s.desk.Books.Deposits(ctx, q)
		var rows []row
		for _, d := range page {
			rows = append(rows, newRow(l.s.desk, age, d))
		}
		return func() {
			if err != nil {
				l.s.desk.Log.Error("a page of deposits cannot be read", "err", err)
				b.Forget(from)
				return
			}
			b.Put(from, rows)
			if b == l.book {
				l.table.Refresh()
			}
		}
	})
}

// submitted opens the only deposit that was found, or begins to choose among
// several.
func (l *list) submitted() {
	l.s.openNumber(l.search.Text(), func() {
		if r, ok := l.book.At(0); ok && l.book.Length() == 1 && !l.reading {
			l.s.Open(r.id, "")
			return
		}
		l.focus()
	})
}

func (l *list) focus() { l.s.desk.Window.Canvas().Focus(l.table) }

// clear shows all that is held again; it reports whether anything was chosen or
// searched.
func (l *list) clear() bool {
	if l.wanted() == (filter{}) {
		return false
	}
	l.choice.SetIndex(showHeld)
	l.search.SetText("") // reads anew
	l.reload()
	return true
}
