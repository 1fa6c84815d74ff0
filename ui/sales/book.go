package sales

// book is the list as far as it was read: the number of all sales that pass
// the filter, and those pages of rows that came into sight so far. Rows keep
// their place once they are shown, so nothing moves under a finger: a sale that
// changes is replaced where it stands, even when the filter would not find it
// any more.
type book struct {
	length int
	rows   map[int]row   // by place
	places map[int64]int // by sale
	asked  map[int]bool  // pages that were read or are being read
}

// pageSize is how many rows are read at once: several windows full, and far
// less than a page that would be felt.
const pageSize = 100

func newBook(length int) *book {
	return &book{length: length, rows: map[int]row{}, places: map[int64]int{}, asked: map[int]bool{}}
}

// put takes over rows that were read from a place on. A sale that is there
// already, because newer ones pushed it down meanwhile, is not shown twice.
func (b *book) put(from int, rows []row) {
	for i, r := range rows {
		if at, ok := b.places[r.id]; ok && at != from+i {
			b.rows[at] = r
			continue
		}
		b.rows[from+i], b.places[r.id] = r, from+i
	}
}

// at is the row at a place; ok is false while it was not read.
func (b *book) at(place int) (row, bool) {
	r, ok := b.rows[place]
	return r, ok
}

// place is where a sale stands; -1 when it was not read.
func (b *book) place(id int64) int {
	if at, ok := b.places[id]; ok {
		return at
	}
	return -1
}

// replace changes a row where it stands; it reports whether it was there.
func (b *book) replace(r row) bool {
	at, ok := b.places[r.id]
	if ok {
		b.rows[at] = r
	}
	return ok
}

// missing are the first places of pages that the rows first to last need and
// that nobody asked for; they count as asked for from now on.
func (b *book) missing(first, last int) []int {
	var from []int
	for page := max(0, first) / pageSize; page*pageSize <= min(last, b.length-1); page++ {
		if !b.asked[page] {
			b.asked[page] = true
			from = append(from, page*pageSize)
		}
	}
	return from
}

// forget lets a page be asked for again, after it could not be read.
func (b *book) forget(from int) { delete(b.asked, from/pageSize) }
