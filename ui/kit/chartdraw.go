package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// chartRenderer draws a chart. It has as many bars as the chart at the last
// Refresh; laying out only places them.
type chartRenderer struct {
	c       *Chart
	lines   [chartLines]*canvas.Rectangle
	scale   [chartLines]*canvas.Text
	bars    []*canvas.Rectangle
	labels  []*canvas.Text
	ground  *canvas.Rectangle // behind the bar that is looked at
	figure  *canvas.Text      // above the highest bar
	plate   frame             // behind the line about the bar that is looked at
	words   *canvas.Text
	ring    *canvas.Rectangle
	objects []fyne.CanvasObject
}

func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{c: c, ground: newFill(radiusBadge), figure: newLine(Caption, true), plate: newFrame(radiusBadge), words: newLine(Caption, true), ring: newRing()}
	for i := range r.lines {
		r.lines[i], r.scale[i] = newFill(0), newLine(Caption, false)
	}
	r.paint()
	return r
}

func (r *chartRenderer) Destroy()                     {}
func (r *chartRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *chartRenderer) MinSize() fyne.Size           { return fyne.NewSize(320, chartHead+chartFoot+64) }

func (r *chartRenderer) Refresh() {
	r.paint()
	if s := r.c.Size(); !s.IsZero() {
		r.Layout(s)
	}
	canvas.Refresh(r.c)
}

// paint puts words and colours in.
func (r *chartRenderer) paint() {
	c := r.c
	for len(r.bars) < len(c.view.Bars) {
		r.bars, r.labels = append(r.bars, newFill(chartCorner)), append(r.labels, newLine(Caption, false))
	}
	r.bars, r.labels = r.bars[:len(c.view.Bars)], r.labels[:len(c.view.Bars)]
	looked := c.looked()
	ink, label := Ink, Ink3
	if c.view.Dim {
		ink, label = InkOff, InkOff
	}
	for i, b := range c.view.Bars {
		fill := Accent
		switch {
		case c.view.Dim:
			fill = MuteSoft
		case i == looked:
			fill = AccentHover
		}
		r.bars[i].FillColor = Color(fill)
		write(r.labels[i], b.Label, label)
	}
	for i := range r.lines {
		r.lines[i].FillColor = Color(Line)
		r.scale[i].Color = Color(label)
	}
	highest := ""
	if i := c.highest(); i >= 0 && i != looked {
		highest = c.view.Bars[i].Figure
	}
	write(r.figure, highest, ink)
	words := ""
	if looked >= 0 {
		words = c.view.Bars[looked].Words
	}
	write(r.words, words, ink)
	r.plate.paint(Surface, LineStrong)
	show(r.plate.border, words != "")
	show(r.plate.fill, words != "")
	r.ground.FillColor = Color(KeyHover)
	show(r.ground, words != "")
	paintRing(r.ring, c.focused)
	r.collect()
}

func (r *chartRenderer) collect() {
	r.objects = append(r.objects[:0], r.ring, r.ground)
	for i := range r.lines {
		r.objects = append(r.objects, r.lines[i], r.scale[i])
	}
	for i := range r.bars {
		r.objects = append(r.objects, r.bars[i], r.labels[i])
	}
	r.objects = append(r.objects, r.figure, r.plate.border, r.plate.fill, r.words)
}

func (r *chartRenderer) Layout(s fyne.Size) {
	a := r.c.area(s)
	put(r.ring, -GapKeys-2, 0, s.Width+2*GapKeys+4, s.Height) // beside the figures, within the card
	r.layoutLines(a)
	r.layoutBars(a)
	if i := r.c.highest(); i >= 0 {
		x, w := a.x(i)
		m := r.figure.MinSize().Width
		putLine(r.figure, floor(max(a.left, min(x+(w-m)/2, a.right-m))), a.y(r.c.view.Bars[i].Value)-5-LineHeight(Caption))
	}
	r.layoutWords(a)
}

func (r *chartRenderer) layoutLines(a chartArea) {
	value := int64(0)
	for i := range r.lines {
		inSight := value <= a.highest && len(r.c.view.Bars) > 0
		show(r.lines[i], inSight)
		show(r.scale[i], inSight)
		if inSight {
			y := floor(a.y(value) + 0.5)
			put(r.lines[i], a.left, y, a.right-a.left, 1)
			r.scale[i].Text = r.c.scale(value)
			putRight(r.scale[i], a.left-chartAxis, y-10, 20)
		}
		value += a.step
	}
}

// layoutBars places bars and those labels for which there is room: each second,
// fifth or tenth where they are many.
func (r *chartRenderer) layoutBars(a chartArea) {
	widest := float32(0)
	for _, l := range r.labels {
		widest = max(widest, l.MinSize().Width)
	}
	every := labelsEvery(widest+4, a.pitch)
	for i, b := range r.c.view.Bars {
		x, w := a.x(i)
		show(r.bars[i], b.Value > 0)
		top := min(a.y(b.Value), a.bottom-2)
		put(r.bars[i], x, floor(top+0.5), w, a.bottom-floor(top+0.5))
		show(r.labels[i], b.Label != "" && i%every == 0)
		putCenter(r.labels[i], x, a.bottom, w, chartFoot)
	}
}

// labelsEvery says that each n-th label fits.
func labelsEvery(label, pitch float32) int {
	for _, n := range []int{1, 2, 5, 10, 20, 50} {
		if label <= pitch*float32(n) {
			return n
		}
	}
	return 100
}

// layoutWords places the line about the bar that is looked at above that bar,
// and takes the figure of the highest away where the two would meet.
func (r *chartRenderer) layoutWords(a chartArea) {
	i := r.c.looked()
	if i < 0 {
		return
	}
	const high, pad float32 = 28, 8
	x, w := a.x(i)
	put(r.ground, floor(a.left+float32(i)*a.pitch), a.top, floor(a.pitch), a.bottom+chartFoot-2-a.top)
	wide := r.words.MinSize().Width + 2*pad
	left := floor(max(0, min(x+(w-wide)/2, a.right-wide)))
	top := floor(max(0, min(a.y(r.c.view.Bars[i].Value), a.bottom)-high-2))
	r.plate.layout(left, top, wide, high, lineThin)
	putMiddle(r.words, left+pad, top, high)
	f := r.figure.Position()
	meets := f.X < left+wide+4 && left < f.X+r.figure.MinSize().Width+4 && f.Y < top+high && top < f.Y+LineHeight(Caption)
	show(r.figure, r.figure.Text != "" && !meets)
}
