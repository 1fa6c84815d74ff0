package kit

import "fyne.io/fyne/v2"

// Heights of choice rows: with and without a second line.
const (
	ChoiceTall float32 = 68
	ChoiceLow  float32 = 44
)

// ChoiceRow is one of several things of which one is chosen, as a box with a
// radio mark. Rows are used through Choices.
type ChoiceRow struct {
	focusPress
	word, second, note string
	height             float32
	chosen             bool
	arrow              func(step int)
}

// Choice is what a row shows.
type Choice struct {
	Word   string
	Second string // a second line; only in tall rows
	Note   string // at the right end; may be empty
}

// Choices holds rows of which exactly one, or none yet, is chosen. Put its Rows
// where they belong, or all of them in a Grid.
type Choices struct {
	OnChanged func(index int)
	Rows      []*ChoiceRow
	index     int
}

// NewChoices makes rows of a height with the one at index chosen; -1 means
// none.
func NewChoices(list []Choice, height float32, index int, changed func(int)) *Choices {
	c := &Choices{OnChanged: changed, index: index}
	for i, choice := range list {
		r := &ChoiceRow{word: choice.Word, second: choice.Second, note: choice.Note, height: height, chosen: i == index}
		r.OnTapped = func() { c.choose(i) }
		r.arrow = func(step int) { c.move(i, step) }
		r.extend(r)
		c.Rows = append(c.Rows, r)
	}
	return c
}

// Index is the chosen row; -1 when none is.
func (c *Choices) Index() int { return c.index }

// SetIndex changes the choice, without calling OnChanged.
func (c *Choices) SetIndex(index int) {
	c.index = index
	for i, r := range c.Rows {
		if chosen := i == index; r.chosen != chosen {
			r.chosen = chosen
			r.Refresh()
		}
	}
}

// Set changes what the row at index shows.
func (c *Choices) Set(index int, choice Choice) {
	r := c.Rows[index]
	if r.word != choice.Word || r.second != choice.Second || r.note != choice.Note {
		r.word, r.second, r.note = choice.Word, choice.Second, choice.Note
		r.Refresh()
	}
}

// Objects are the rows, for a container.
func (c *Choices) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(c.Rows))
	for i, r := range c.Rows {
		out[i] = r
	}
	return out
}

func (c *Choices) choose(index int) {
	if index == c.index {
		return
	}
	c.SetIndex(index)
	if c.OnChanged != nil {
		c.OnChanged(index)
	}
}

func (c *Choices) move(from, step int) {
	to := from + step
	if to < 0 || to >= len(c.Rows) || c.Rows[to].disabled {
		return
	}
	if canvas := canvasOf(c.Rows[to]); canvas != nil {
		canvas.Focus(c.Rows[to])
	}
	c.choose(to)
}

func (r *ChoiceRow) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyRight:
		r.arrow(1)
	case fyne.KeyUp, fyne.KeyLeft:
		r.arrow(-1)
	case fyne.KeySpace:
		r.act()
	default: // Enter too: it is the dialog's
		forwardKey(r, ev)
	}
}

func (r *ChoiceRow) CreateRenderer() fyne.WidgetRenderer {
	f := newFieldFrame()
	ring := newRing()
	mark := newGlyph()
	word := newLine(Body, true)
	second := newLine(Caption, false)
	note := newLine(Body, false)
	width := lineThin
	paint := func() {
		fill, line, ink, radio := Surface, LineStrong, Ink, LineStrong
		width = lineThin
		icon := IconRadio
		if r.hovered {
			fill = KeyHover
		}
		if r.pressed {
			fill = KeyPressed
		}
		if r.chosen {
			fill, line, width, radio, icon = AccentSoft, AccentInk, lineActive, AccentInk, IconRadioOn
		}
		if r.disabled {
			fill, line, ink, radio = FillOff, NoColor, InkOff, InkOff
		}
		f.paint(fill, line)
		word.TextStyle.Bold = r.chosen || r.second != ""
		write(word, r.word, ink)
		write(second, r.second, ifOff(r.disabled, Ink2))
		write(note, r.note, ifOff(r.disabled, Ink3))
		drawGlyph(mark, icon, radio)
		paintRing(ring, r.focused)
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, width)
		layoutRing(ring, s.Width, s.Height)
		put(mark, 14, (s.Height-24)/2, 24, 24)
		room := s.Width - 47 - 14
		if r.note != "" {
			room -= note.MinSize().Width + 8
		}
		word.TextSize = Body
		fitLine(word, room, []float32{Caption})
		second.Text = shorten(r.second, room, Caption, second.TextStyle)
		putRight(note, s.Width-14, 0, s.Height)
		if r.second == "" {
			putMiddle(word, 47, 0, s.Height)
			return
		}
		putLine(word, 47, s.Height/2-12-opticalCenter(Body))
		putLine(second, 47, s.Height/2+14-opticalCenter(Caption))
	}
	min := func() fyne.Size {
		w := 47 + TextWidth(r.word, Body, true) + 14
		if r.note != "" {
			w += note.MinSize().Width + 8
		}
		return fyne.NewSize(w, r.height)
	}
	objects := append([]fyne.CanvasObject{ring}, f.objects()...)
	return newRender(r, paint, min, layout, append(objects, mark, word, second, note)...)
}
