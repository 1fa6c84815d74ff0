package kit

import "fyne.io/fyne/v2"

// gridLayout puts objects row by row into columns of equal width and rows of
// equal height.
type gridLayout struct {
	columns int
	gap     float32
}

// Grid arranges objects row by row in equal cells with a gap between them.
func Grid(columns int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: gridLayout{columns, gap}, Objects: objects}
}

func (g gridLayout) rows(n int) int { return (n + g.columns - 1) / g.columns }

func (g gridLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects = visible(objects)
	rows := g.rows(len(objects))
	if rows == 0 {
		return
	}
	for i, o := range objects {
		x, w := share(s.Width, g.columns, i%g.columns, g.gap)
		y, h := share(s.Height, rows, i/g.columns, g.gap)
		put(o, x, y, w, h)
	}
}

func (g gridLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	objects = visible(objects)
	var cell fyne.Size
	for _, o := range objects {
		cell = cell.Max(o.MinSize())
	}
	columns, rows := float32(g.columns), float32(g.rows(len(objects)))
	return fyne.NewSize(columns*cell.Width+max(0, columns-1)*g.gap, rows*cell.Height+max(0, rows-1)*g.gap)
}

// share is the start and length of part i of n equal parts of length with gaps
// between them. Ends lie on whole pixels, so neighbours look equal and crisp.
func share(length float32, n, i int, gap float32) (start, size float32) {
	part := (length - float32(n-1)*gap) / float32(n)
	at := func(i int) float32 { return floor(float32(i)*(part+gap) + 0.5) }
	return at(i), at(i+1) - gap - at(i)
}

func floor(f float32) float32 {
	n := float32(int(f))
	if n > f {
		n--
	}
	return n
}

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			out = append(out, o)
		}
	}
	return out
}

// fixedLayout lets a part place the objects of a container itself.
type fixedLayout struct {
	min   func() fyne.Size
	place func(fyne.Size)
}

func (f fixedLayout) MinSize([]fyne.CanvasObject) fyne.Size        { return f.min() }
func (f fixedLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) { f.place(size) }
