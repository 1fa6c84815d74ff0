package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Part is a piece of a line in its own size, weight and colour.
type Part struct {
	Text  string
	Size  float32 // 0 means 18
	Bold  bool
	Color Token // NoColor means ink2
}

// Parts is a line of pieces on one baseline: 今日 128 笔 ¥12,860.50.
type Parts struct {
	widget.BaseWidget
	parts []Part
	gap   float32
}

// NewParts makes a line; gap lies between the pieces.
func NewParts(gap float32, parts ...Part) *Parts {
	p := &Parts{parts: parts, gap: gap}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes the pieces.
func (p *Parts) Set(parts ...Part) {
	p.parts = parts
	p.Refresh()
}

func (p *Parts) CreateRenderer() fyne.WidgetRenderer {
	var texts []*canvas.Text
	var r *render
	paint := func() {
		for len(texts) < len(p.parts) {
			texts = append(texts, newLine(Body, false))
		}
		texts = texts[:len(p.parts)]
		objects := make([]fyne.CanvasObject, len(texts))
		for i, part := range p.parts {
			texts[i].TextSize = part.size()
			texts[i].TextStyle.Bold = part.Bold
			write(texts[i], part.Text, or(part.Color, Ink2))
			objects[i] = texts[i]
		}
		if r != nil {
			r.objects = objects
		}
	}
	layout := func(s fyne.Size) {
		largest := float32(0)
		for _, part := range p.parts {
			largest = max(largest, part.size())
		}
		shrink := float32(0)
		for p.width(shrink) > s.Width && largest-shrink > Caption {
			shrink += 2
		}
		largest = max(Caption, largest-shrink)
		baseline := middle(largest, 0, s.Height) + baseRatio*largest
		x := float32(0)
		for i, part := range p.parts {
			texts[i].TextSize = max(Caption, part.size()-shrink)
			putLine(texts[i], floor(x), baseline-baseRatio*texts[i].TextSize)
			x += texts[i].MinSize().Width + p.gap
		}
	}
	min := func() fyne.Size {
		h := float32(0)
		for _, part := range p.parts {
			h = max(h, LineHeight(part.size()))
		}
		return fyne.NewSize(p.width(0), h)
	}
	r = newRender(p, paint, min, layout)
	r.paint()
	return r
}

func (part Part) size() float32 {
	if part.Size == 0 {
		return Body
	}
	return part.Size
}

// width is that of the whole line with all pieces made smaller by shrink.
func (p *Parts) width(shrink float32) float32 {
	w := p.gap * float32(max(0, len(p.parts)-1))
	for _, part := range p.parts {
		w += TextWidth(part.Text, max(Caption, part.size()-shrink), part.Bold)
	}
	return w
}

// tableFootPart is the foot of a table.
type tableFootPart struct {
	widget.BaseWidget
	sum        *Parts
	back, next *Button
	round      bool // the table is a panel with round corners
}

func newTableFoot(back, next string, onBack, onNext func()) *tableFootPart {
	f := &tableFootPart{
		sum:  NewParts(18),
		back: NewButton(back, ButtonSmall, onBack),
		next: NewButton(next, ButtonSmall, onNext),
	}
	f.ExtendBaseWidget(f)
	return f
}

func (f *tableFootPart) CreateRenderer() fyne.WidgetRenderer {
	ground, line := newFill(0), newFill(0)
	paint := func() {
		ground.FillColor, line.FillColor = Color(SurfaceAlt), Color(Line)
		corner := float32(0)
		if f.round {
			corner = radiusPanel - 1
		}
		ground.BottomLeftCornerRadius, ground.BottomRightCornerRadius = corner, corner
	}
	layout := func(s fyne.Size) {
		put(ground, 0, 0, s.Width, s.Height)
		put(line, 0, 0, s.Width, 1)
		next, back := f.next.MinSize().Width, f.back.MinSize().Width
		x := s.Width - PadList - next
		put(f.next, x, (s.Height-ButtonSmall)/2+0.5, next, ButtonSmall)
		x -= back + GapKeys
		put(f.back, x, (s.Height-ButtonSmall)/2+0.5, back, ButtonSmall)
		put(f.sum, PadList, 1, x-PadList-Gap, s.Height-1)
	}
	min := func() fyne.Size {
		return fyne.NewSize(f.next.MinSize().Width+f.back.MinSize().Width+2*PadList+GapKeys+100, tableFoot)
	}
	return newRender(f, paint, min, layout, ground, line, f.sum, f.back, f.next)
}

// ListTitle is the line above a table within a panel, 72 high: parts on the
// left, one on the right.
type ListTitle struct {
	widget.BaseWidget
	left, right *Parts
}

// NewListTitle makes an empty line.
func NewListTitle() *ListTitle {
	t := &ListTitle{left: NewParts(12), right: NewParts(0)}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes label (今日), count (128 笔), figure (¥12,860.50) and what stands on
// the right. Empty ones are left out.
func (t *ListTitle) Set(label, count, figure, right string) {
	var parts []Part
	for _, p := range []Part{
		{Text: label},
		{Text: count, Size: Row, Bold: true, Color: Ink},
		{Text: figure, Size: Heading, Bold: true, Color: Ink},
	} {
		if p.Text != "" {
			parts = append(parts, p)
		}
	}
	t.left.Set(parts...)
	t.right.Set(Part{Text: right})
	t.Refresh()
}

func (t *ListTitle) CreateRenderer() fyne.WidgetRenderer {
	const height float32 = 72
	line := newFill(0)
	return newRender(t,
		func() { line.FillColor = Color(Line) },
		func() fyne.Size { return fyne.NewSize(240, height) },
		func(s fyne.Size) {
			put(line, 0, s.Height-1, s.Width, 1)
			w := t.right.MinSize().Width
			put(t.right, s.Width-PadList-w, 8, w, s.Height)
			put(t.left, PadList, 4, s.Width-2*PadList-w-Gap, s.Height)
		},
		line, t.left, t.right)
}
