package export

// A sheet is a page as it will look, before any writer of PDF is thought of: so
// that what a page says and where can be tested without reading a PDF.

// A4 in points (1/72 inch).
const (
	pageWidth  = 595.28
	pageHeight = 841.89
	margin     = 38.0
)

// right is where the text ends, width how wide it is.
const (
	right = pageWidth - margin
	width = right - margin
)

// tone is what colour a part has.
type tone int

const (
	ink    tone = iota // text
	faint              // second text, grid lines
	accent             // bars
	ground             // the empty part of a bar
)

// item is one thing on a page: a text, or a filled rectangle where Text is
// empty. Places are in points from the top left; that of a text is its baseline.
type item struct {
	x, y   float64
	w, h   float64 // rectangle
	text   string
	size   float64
	bold   bool
	toLeft bool // the text ends at x instead of beginning there
	tone   tone
	most   float64 // how wide the text may be; a longer one is set smaller, and then cut off. 0 for any
}

// scaled is an item of a page that is set smaller. It stays in its column, which
// is as wide as before.
func (i item) scaled(scale float64) item {
	i.y, i.h, i.size = margin+(i.y-margin)*scale, i.h*scale, i.size*scale
	return i
}

// sheet is one page.
type sheet struct {
	items []item
}

// sheets are the pages of a document while they are filled from the top down.
type sheets struct {
	pages []*sheet
	y     float64 // where the next line begins
	deep  float64 // how far down text may go
	again func(*sheets)
}

// bottom is how far down text may go on the paper; the foot stands below it.
const bottom = pageHeight - margin - 24

// newSheets begins the first page of those that will be set so much smaller; again
// is what stands at the top of each.
func newSheets(scale float64, again func(*sheets)) *sheets {
	s := &sheets{again: again, deep: margin + (bottom-margin)/scale}
	s.page()
	return s
}

func (s *sheets) page() {
	s.pages = append(s.pages, &sheet{})
	s.y = margin
	s.again(s)
}

// room makes sure that the next lines of that height are on one page.
func (s *sheets) room(height float64) {
	if s.y+height > s.deep {
		s.page()
	}
}

func (s *sheets) put(i item) {
	p := s.pages[len(s.pages)-1]
	p.items = append(p.items, i)
}

// write puts text at x on the line whose top is s.y, at most so wide.
func (s *sheets) write(x, most float64, text string, size float64, bold bool, t tone) {
	s.put(item{x: x, y: s.y + size*1.1, text: text, size: size, bold: bold, tone: t, most: most})
}

// writeTo puts text that ends at x.
func (s *sheets) writeTo(x, most float64, text string, size float64, bold bool, t tone) {
	s.put(item{x: x, y: s.y + size*1.1, text: text, size: size, bold: bold, toLeft: true, tone: t, most: most})
}

// rule is a thin line over the width.
func (s *sheets) rule() {
	s.put(item{x: margin, y: s.y, w: width, h: 0.6, tone: faint})
	s.y += 6
}

// column is one column of a table: where it ends, or begins for the first, and how
// wide it is.
type column struct {
	x, most float64
	toLeft  bool
}

// row is a line of a table.
func (s *sheets) row(columns []column, cells []string, bold bool) {
	s.room(rowHeight)
	for i, c := range cells {
		if columns[i].toLeft {
			s.writeTo(columns[i].x, columns[i].most, c, bodySize, bold, ink)
		} else {
			s.write(columns[i].x, columns[i].most, c, bodySize, bold, ink)
		}
	}
	s.y += rowHeight
}

const (
	bodySize  = 9.0
	smallSize = 8.0
	headSize  = 11.5
	rowHeight = 13.5
)
