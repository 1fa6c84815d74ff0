package screen

// Book is a long list as far as it was read: the number of all rows that pass a
// filter, and those pages of rows that came into sight so far. Rows keep their
// place once they are shown, so nothing moves under a finger: one that changes
// is replaced where it stands, even when the filter would not find it any more.
type Book[R any] struct {
	length int
	id     func(R) int64
	rows   map[int]R     // by place
	places map[int64]int // by id
	asked  map[int]bool  // pages that were read or are being read
}

// BookPage is how many rows are read at once: several windows full, and far
// less than a page that would be felt.
const BookPage = 100

// NewBook makes a book of length rows of which none was read; id names a row.
func NewBook[R any](length int, id func(R) int64) *Book[R] {
	return &Book[R]{length: length, id: id, rows: map[int]R{}, places: map[int64]int{}, asked: map[int]bool{}}
}

// Length is the number of rows, read or not.
func (b *Book[R]) Length() int { return b.length }

// Put takes over rows that were read from a place on. One that is there
// already, because newer ones pushed it down meanwhile, is not shown twice.
func (b *Book[R]) Put(from int, rows []R) {
	for i, r := range rows {
		id := b.id(r)
		if at, ok := b.places[id]; ok && at != from+i {
			b.rows[at] = r
			continue
		}
		b.rows[from+i], b.places[id] = r, from+i
	}
}

// At is the row at a place; ok is false while it was not read.
func (b *Book[R]) At(place int) (R, bool) {
	r, ok := b.rows[place]
	return r, ok
}

// Place is where a row stands; -1 when it was not read.
func (b *Book[R]) Place(id int64) int {
	if at, ok := b.places[id]; ok {
		return at
	}
	return -1
}

// Replace changes a row where it stands; it reports whether it was there.
func (b *Book[R]) Replace(r R) bool {
	at, ok := b.places[b.id(r)]
	if ok {
		b.rows[at] = r
	}
	return ok
}

// Missing are the first places of pages that the rows first to last need and
// that nobody asked for; they count as asked for from now on.
func (b *Book[R]) Missing(first, last int) []int {
	var from []int
	for page := max(0, first) / BookPage; page*BookPage <= min(last, b.length-1); page++ {
		if !b.asked[page] {
			b.asked[page] = true
			from = append(from, page*BookPage)
		}
	}
	return from
}

// Forget lets a page be asked for again, after it could not be read.
func (b *Book[R]) Forget(from int) { delete(b.asked, from/BookPage) }
