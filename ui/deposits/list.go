package deposits

import (
	"context"
	"strings"

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

// draw shows the list as it was read.
func (l *list) draw() {
	l.drawTitle()
	if kind := l.emptyKind(); kind != l.empty {
		l.empty = kind
		l.table.SetEmpty(l.emptyPart(kind))
	}
	if l.drawn != l.book {
		l.drawn = l.book
		l.table.SetLength(l.book.Length())
	}
	notices := l.s.notices()
	for i, part := range l.below {
		screen.Only(part.Object(), i < len(notices))
		if i < len(notices) {
			part.Draw(notices[i])
		}
	}
	l.table.RoundFoot(len(notices) == 0 && l.reserve.Height == 0)
	l.foot()
	l.layout(l.inside.Size())
}

// drawTitle says how much is held, or what the filter sums up to.
func (l *list) drawTitle() {
	w := l.s.desk.Words
	label, count, figure, more := w.T(choices[l.filter.choice].word), "…", "", ""
	if l.day != "" && !l.failed {
		count = w.T("deposit.count", "n", l.sums.Rows)
		if a := l.filter.figure(l.sums); a > 0 || l.filter.choice == showHeld {
			figure = "¥" + a.Grouped()
		}
		if l.filter.choice == showAll && l.sums.Left > 0 {
			more = w.T("deposit.still_held")
		}
	}
	text := strings.Join([]string{label, count, figure, more}, "|")
	if text == l.titleText {
		return
	}
	l.titleText = text
	var parts []kit.Part
	for _, p := range []kit.Part{
		{Text: label}, {Text: count, Size: kit.Row, Bold: true, Color: kit.Ink}, {Text: figure, Size: kit.Heading, Bold: true, Color: kit.Ink}, {Text: more},
	} {
		if p.Text != "" {
			parts = append(parts, p)
		}
	}
	l.title.Set(parts...)
}

// foot says which rows are in sight.
func (l *list) foot() {
	key, text := "deposit.foot.newest", ""
	if l.filter.oldestFirst() {
		key = "deposit.foot.oldest"
	}
	if n := l.book.Length(); n > 0 {
		first, last := l.table.InSight()
		text = l.s.desk.Words.T(key, "from", first+1, "to", last+1, "n", n)
	}
	if text != l.footText {
		l.footText = text
		l.table.SetFoot(kit.Part{Text: text, Size: kit.Caption})
	}
}

func (l *list) emptyKind() emptyKind {
	switch {
	case l.failed:
		return emptyFault
	case l.day == "":
		return emptyLoading
	case l.filter != filter{}:
		return emptyFound
	}
	return emptyNothing
}

// emptyPart stands in place of the rows.
func (l *list) emptyPart(kind emptyKind) fyne.CanvasObject {
	w := l.s.desk.Words
	switch kind {
	case emptyLoading:
		return kit.NewEmpty(kit.IconLoading, kit.Ink3, w.T("deposit.loading.title"), w.T("deposit.loading.text"))
	case emptyFault:
		again := kit.NewButton(w.T("till.error.again"), kit.ButtonNormal, l.reload).Icon(kit.IconAgain)
		return kit.NewEmpty(kit.IconFailed, kit.Bad, w.T("deposit.error.title"), w.T("deposit.error.text"), again)
	case emptyFound:
		everywhere := kit.NewButton(w.T("deposit.found.all"), kit.ButtonNormal, func() {
			l.choice.SetIndex(showAll)
			l.reload()
		})
		clear := kit.NewButton(w.T("deposit.found.clear"), kit.ButtonNormal, func() { l.clear() })
		return kit.NewEmpty(kit.IconSearch, kit.Ink3, w.T("deposit.found.title"), w.T("deposit.found.text"), everywhere, clear)
	}
	return kit.NewEmpty(kit.IconHeld, kit.Ink3, w.T("deposit.empty.title"), w.T("deposit.empty.text"))
}

// layout gives the rows what title, search and notices leave. Where a corner is
// kept free, the rows end above it.
func (l *list) layout(size fyne.Size) {
	if size.IsZero() {
		return
	}
	const titleHeight, searchTop, tableTop, inset float32 = 72, 72, 137, 12
	wide := max(110, l.choice.MinSize().Width)
	screen.Place(l.title, kit.PadList, 8, size.Width-2*kit.PadList, titleHeight-8)
	screen.Place(l.search, kit.PadList, searchTop, size.Width-2*kit.PadList-kit.GapKeys-wide, kit.FieldHeight)
	screen.Place(l.choice, size.Width-kit.PadList-wide, searchTop, wide, kit.FieldHeight)
	screen.Place(l.line, 0, tableTop-1, size.Width, 1)
	bottom := size.Height
	if l.reserve.Height > 0 {
		bottom -= l.reserve.Height + inset
	}
	for i := len(l.below) - 1; i >= 0; i-- {
		part := l.below[i].Object()
		if !part.Visible() {
			continue
		}
		if bottom == size.Height {
			bottom -= inset
		}
		screen.Place(part, inset, bottom-kit.BannerHeight, size.Width-2*inset, kit.BannerHeight)
		bottom -= kit.BannerHeight + kit.GapKeys
	}
	screen.Place(l.table, 0, tableTop, size.Width, bottom-tableTop)
}

// Reserve keeps a corner of the list free at its bottom right.
func (s *Screen) Reserve(size fyne.Size) {
	if s.list.reserve != size {
		s.list.reserve = size
		s.list.draw()
	}
}
