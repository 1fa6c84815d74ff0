package sales

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// list is the left side: the sales that pass the filter, read page by page as
// they come into sight.
type list struct {
	s     *Screen
	root  *fyne.Container // holds the table; a new one when the columns change
	table *kit.ListTable

	book    *screen.Book[row]
	sales   *app.SaleList // whose rows the book has; nil for none
	totals  data.Totals   // as they are now
	blind   bool          // the person counts the drawer first: the sums stay away
	filter  filter        // that the book was read with
	several bool          // the rows show their day

	summing bool  // the totals are being read anew
	resum   bool  // and something changed since that began
	reading bool  // the first page is being read
	again   bool  // and something changed since it began
	seek    int64 // the sale to find in what is being read; 0 for none
	slow    int   // ticks since the reading began
	failed  bool
}

func newList(s *Screen) *list {
	l := &list{s: s, book: screen.NewBook(0, rowID), root: container.NewStack()}
	l.newTable()
	return l
}

// newTable makes the table for the present kind of rows. A table asks for its
// columns only when its width changes, so other columns need another table.
func (l *list) newTable() {
	w := l.s.desk.Words
	t := kit.NewListTable(l.columns).Framed().Foot(w.T("sales.previous"), w.T("sales.next"))
	t.OnSelected = func(place int) { l.chosen(place) }
	t.OnOpened = func(place int) { l.chosen(place) }
	t.OnVisible = func(first, last int) { l.more(first, last) }
	if l.s.tall {
		t.SetRowHeight(kit.RowLarge)
	}
	l.table = t
	l.root.Objects = []fyne.CanvasObject{t}
	l.root.Refresh()
}

// reload reads the list anew for the filter as it is now. What changes while it
// reads is read once more afterwards, so that fast typing never piles up.
// The sale seek, if not 0, is chosen once it is found.
func (l *list) reload(seek int64) {
	if seek != 0 {
		l.seek = seek
	}
	if l.reading {
		l.again = true
		return
	}
	l.reading, l.again, l.slow = true, false, 0
	f, wanted := l.s.bar.filter, l.seek
	today := l.s.desk.Books.Today()
	l.s.desk.Background(func(ctx context.Context) func() {
		got := l.read(ctx, f, today, wanted)
		return func() { l.got(got) }
	})
}

// pages is what one reload brought.
type pages struct {
	filter filter
	sales  *app.SaleList
	rows   []row // from the first one on
	blind  bool
	seek   int64
	err    error
}

// seekPages bounds the search for one sale in the list. A shop that has more
// sales before it in one day finds it by its number.
const seekPages = 50

// read gets the first page, and the ones after it until the wanted sale is
// there. It runs off the UI goroutine.
func (l *list) read(ctx context.Context, f filter, today data.Day, seek int64) (p pages) {
	p.filter, p.seek = f, seek
	q, _, _ := f.query(today)
	if q, p.err = l.allowed(ctx, q); p.err != nil {
		return p
	}
	if p.blind, p.err = l.s.desk.Books.HidesCash(ctx); p.err != nil {
		return p
	}
	if p.sales, p.err = l.s.desk.Books.SaleList(ctx, q); p.err != nil {
		return p
	}
	for found := false; !found; {
		var sales []data.SaleRow
		if sales, p.err = l.s.desk.Books.SaleRows(ctx, p.sales, len(p.rows), screen.BookPage); p.err != nil {
			return p
		}
		for _, s := range sales {
			p.rows = append(p.rows, newRow(l.s.desk, s.Sale, s.Ways, f.severalDays()))
			found = found || s.ID == seek
		}
		if seek == 0 || len(sales) < screen.BookPage || len(p.rows) >= seekPages*screen.BookPage {
			break
		}
	}
	return p
}

// allowed narrows what is read to what the person at the till may see. A whole
// number is that of a paper in somebody's hand, and finds its sale.
func (l *list) allowed(ctx context.Context, q data.Filter) (data.Filter, error) {
	if wholeNumber(q.Text) {
		return q, nil
	}
	only, err := l.s.desk.OnlyShift(ctx)
	if only != 0 {
		q.ShiftID = only
	}
	return q, err
}

// got takes over what reload read.
func (l *list) got(p pages) {
	l.reading = false
	if l.again {
		l.reload(0)
		return
	}
	l.seek = 0
	l.failed = p.err != nil
	if l.failed {
		l.s.desk.Log.Error("sales cannot be listed", "err", p.err)
		l.book, l.sales, l.totals = screen.NewBook(0, rowID), nil, data.Totals{}
		l.fill()
		return
	}
	same := p.filter == l.filter
	l.filter, l.sales, l.totals, l.blind = p.filter, p.sales, p.sales.Totals, p.blind
	l.book = screen.NewBook(l.totals.Rows, rowID)
	l.book.Put(0, p.rows)
	l.book.Missing(0, len(p.rows)-1)
	if several := p.filter.severalDays(); several != l.several {
		l.several = several
		l.newTable()
	}
	l.fill()
	if !same {
		l.table.ScrollTop()
	}
	l.choose(p)
}

// choose marks a row after a reload: the wanted sale, the one that was open
// before, or the only one there is.
func (l *list) choose(p pages) {
	id := p.seek
	if id == 0 {
		id = l.s.openID()
	}
	if r, ok := l.book.At(0); ok && p.sales.Totals.Rows == 1 && wholeNumber(p.filter.text) {
		id = r.id
	}
	place := l.book.Place(id)
	l.table.Select(place)
	if id != l.s.openID() && place >= 0 {
		l.s.open(id)
	}
}

// fill hands the book over to the table.
func (l *list) fill() {
	l.table.SetEmpty(l.empty())
	l.table.SetLength(l.book.Length())
	l.table.SetFoot(l.foot()...)
}

// foot sums what passes the filter.
func (l *list) foot() []kit.Part {
	w, t := l.s.desk.Words, l.totals
	if l.book.Length() == 0 {
		return nil
	}
	parts := []kit.Part{
		{Text: w.T("sales.foot.count", "count", grouped(t.Rows))},
		{Text: t.Paid.Grouped(), Bold: true, Color: kit.Ink},
	}
	if l.blind {
		parts[1] = kit.Part{Text: w.T("sales.foot.blind")}
	} else if t.Refunded > 0 {
		parts = append(parts, kit.Part{Text: w.T("sales.foot.refunded", "amount", t.Refunded.Grouped())})
	}
	if t.Unknown > 0 {
		parts = append(parts, kit.Part{Text: w.T("sales.foot.unknown", "amount", t.UnknownSum.Grouped()), Bold: true, Color: kit.Warn})
	}
	return parts
}

// empty is what stands in place of the rows.
func (l *list) empty() fyne.CanvasObject {
	w := l.s.desk.Words
	state := func(icon kit.Icon, ink kit.Token, key string, buttons ...*kit.Button) fyne.CanvasObject {
		return kit.NewEmpty(icon, ink, w.T(key), w.T(key+".do"), buttons...)
	}
	switch {
	case l.failed:
		again := kit.NewButton(w.T("sales.again"), kit.ButtonNormal, func() { l.reload(0) }).Icon(kit.IconAgain).Kind(kit.Default)
		return state(kit.IconFailed, kit.Bad, "sales.unreadable", again)
	case l.reading:
		return state(kit.IconLoading, kit.Ink3, "sales.loading")
	case l.filter.narrowed():
		clear := kit.NewButton(w.T("sales.filter.clear"), kit.ButtonNormal, l.s.bar.clear)
		return state(kit.IconSearch, kit.Ink3, "sales.empty.found", clear)
	case l.filter.period.kind == periodToday:
		return state(kit.IconFile, kit.Ink3, "sales.empty.today")
	}
	return state(kit.IconFile, kit.Ink3, "sales.empty.period")
}

// chosen is a row that a person chose.
func (l *list) chosen(place int) {
	if r, ok := l.book.At(place); ok && r.id != l.s.openID() {
		l.s.open(r.id)
	}
}

// more reads the pages that came into sight.
func (l *list) more(first, last int) {
	for _, from := range l.book.Missing(first, last) {
		l.page(from)
	}
}

// page reads one page of rows into the book it belongs to: one of the list that
// was counted for it, so that nothing is counted again.
func (l *list) page(from int) {
	f, b, list := l.filter, l.book, l.sales
	l.s.desk.Background(func(ctx context.Context) func() {
		sales, err := l.s.desk.Books.SaleRows(ctx, list, from, screen.BookPage)
		var rows []row
		for _, s := range sales {
			rows = append(rows, newRow(l.s.desk, s.Sale, s.Ways, f.severalDays()))
		}
		return func() {
			if err != nil {
				l.s.desk.Log.Error("a page of sales cannot be read", "err", err)
				b.Forget(from)
				return
			}
			b.Put(from, rows)
			if b == l.book {
				l.table.Refresh()
				l.chosen(l.table.Selected()) // it may have been chosen before it was read
			}
		}
	})
}

// changed takes over a sale that is not what it was. It stays in its place; a
// sale that is not in the list may have to join it at the top.
func (l *list) changed(s data.SaleDetail) {
	if l.book.Replace(newRow(l.s.desk, s.Sale, data.WaysOf(s.Tenders), l.several)) {
		l.table.Refresh()
	}
}

// refreshRow reads one sale of the list anew.
func (l *list) refreshRow(id int64) {
	l.s.desk.Background(func(ctx context.Context) func() {
		sale, err := l.s.desk.Books.Sale(ctx, id)
		return func() {
			if err == nil {
				l.changed(sale)
			}
		}
	})
}

// sum reads the totals anew. When sales have joined and the top is in sight,
// the list is read anew with them; the chosen one stays chosen.
func (l *list) sum() {
	switch {
	case l.reading:
		l.again = true
		return
	case l.summing:
		l.resum = true
		return
	}
	l.summing, l.resum = true, false
	f := l.filter
	q, _, _ := f.query(l.s.desk.Books.Today())
	l.s.desk.Background(func(ctx context.Context) func() {
		var now *app.SaleList
		q, err := l.allowed(ctx, q)
		if err == nil {
			now, err = l.s.desk.Books.SaleList(ctx, q)
		}
		return func() {
			l.summing = false
			if err == nil && !l.reading && f == l.filter {
				l.summed(now.Totals)
			}
			if l.resum {
				l.sum()
			}
		}
	})
}

func (l *list) summed(totals data.Totals) {
	l.totals = totals
	l.table.SetFoot(l.foot()...)
	if first, _ := l.table.InSight(); totals.Rows > l.book.Length() && first == 0 {
		l.reload(0)
	}
}

// tick says that the reading takes its time, once it does.
func (l *list) tick() {
	if l.reading {
		if l.slow++; l.slow == 1 && l.book.Length() == 0 {
			l.table.SetEmpty(l.empty())
		}
	}
}

// grouped is a count with commas: "12,345".
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
