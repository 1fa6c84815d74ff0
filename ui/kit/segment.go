package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Segment is a row of words of which one is chosen: 日 班次 月 年. The arrows
// left and right move the choice.
type Segment struct {
	widget.BaseWidget
	OnChanged func(index int)

	words    []string
	index    int
	hover    int // -1 when the pointer is elsewhere
	focused  bool
	disabled bool
}

// NewSegment makes a segment with the word at index chosen.
func NewSegment(words []string, index int, changed func(int)) *Segment {
	s := &Segment{words: words, index: index, hover: -1, OnChanged: changed}
	s.ExtendBaseWidget(s)
	return s
}

// Index is the chosen word's.
func (s *Segment) Index() int { return s.index }

// SetIndex changes the choice, without calling OnChanged.
func (s *Segment) SetIndex(index int) {
	if s.index != index {
		s.index = index
		s.Refresh()
	}
}

func (s *Segment) choose(index int) {
	if s.disabled || index < 0 || index >= len(s.words) || index == s.index {
		return
	}
	s.SetIndex(index)
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

// SetEnabled switches the segment on or off.
func (s *Segment) SetEnabled(on bool) {
	if s.disabled == on {
		s.disabled = !on
		s.Refresh()
	}
}

func (s *Segment) Enable()        { s.SetEnabled(true) }
func (s *Segment) Disable()       { s.SetEnabled(false) }
func (s *Segment) Disabled() bool { return s.disabled }

func (s *Segment) FocusGained() { s.focused = true; s.Refresh() }
func (s *Segment) FocusLost()   { s.focused = false; s.Refresh() }

func (s *Segment) TypedRune(r rune) { forwardRune(s, r) }

func (s *Segment) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		s.choose(s.index - 1)
	case fyne.KeyRight:
		s.choose(s.index + 1)
	default:
		forwardKey(s, ev)
	}
}

func (s *Segment) Tapped(ev *fyne.PointEvent) { s.choose(s.partAt(ev.Position.X)) }

func (s *Segment) MouseIn(ev *desktop.MouseEvent)    { s.MouseMoved(ev) }
func (s *Segment) MouseMoved(ev *desktop.MouseEvent) { s.hoverAt(s.partAt(ev.Position.X)) }
func (s *Segment) MouseOut()                         { s.hoverAt(-1) }

func (s *Segment) hoverAt(i int) {
	if s.hover != i {
		s.hover = i
		s.Refresh()
	}
}

func (s *Segment) partAt(x float32) int {
	for i := range s.words {
		if start, w := s.part(i, s.Size().Width); x < start+w {
			return i
		}
	}
	return len(s.words) - 1
}

const segmentPad float32 = 16

// part is the place of word i in the whole width. Every word gets its own width
// and an equal share of the rest, which is the room beside it.
func (s *Segment) part(i int, width float32) (x, w float32) {
	var words float32
	for _, word := range s.words {
		words += TextWidth(word, Row, true)
	}
	spare := max(0, width-words) / float32(len(s.words))
	end := float32(0)
	for k := 0; k <= i; k++ {
		x = floor(end + 0.5)
		end += TextWidth(s.words[k], Row, true) + spare
	}
	return x, floor(end+0.5) - x
}

func (s *Segment) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	ring := newRing()
	objects := []fyne.CanvasObject{ring, f.border, f.fill}
	grounds := make([]*canvas.Rectangle, len(s.words))
	lines := make([]*canvas.Rectangle, len(s.words))
	texts := make([]*canvas.Text, len(s.words))
	for i := range s.words {
		grounds[i], lines[i], texts[i] = newFill(0), newFill(0), newLine(Row, false)
		objects = append(objects, grounds[i], lines[i], texts[i])
	}
	last := len(s.words) - 1
	paint := func() {
		f.paint(Surface, Line)
		paintRing(ring, s.focused && !s.disabled)
		for i := range s.words {
			ground, ink := Surface, Ink2
			switch {
			case s.disabled && i == s.index:
				ground, ink = FillOff, InkOff
			case s.disabled:
				ink = InkOff
			case i == s.index:
				ground, ink = Accent, OnAccent
			case i == s.hover:
				ground = KeyHover
			}
			texts[i].TextStyle.Bold = i == s.index
			write(texts[i], s.words[i], ink)
			grounds[i].FillColor = Color(ground)
			lines[i].FillColor = Color(Line)
			show(lines[i], i < last && i != s.index && i+1 != s.index)
			left, right := float32(0), float32(0)
			if i == 0 {
				left = radiusKey - 1
			}
			if i == last {
				right = radiusKey - 1
			}
			grounds[i].TopLeftCornerRadius, grounds[i].BottomLeftCornerRadius = left, left
			grounds[i].TopRightCornerRadius, grounds[i].BottomRightCornerRadius = right, right
		}
	}
	layout := func(size fyne.Size) {
		f.layout(0, 0, size.Width, size.Height, lineThin)
		layoutRing(ring, size.Width, size.Height)
		for i := range s.words {
			x, w := s.part(i, size.Width)
			left, right := x, x+w
			if i == 0 {
				left++
			}
			if i == last {
				right--
			}
			put(grounds[i], left, 1, right-left, size.Height-2)
			put(lines[i], right-1, 1, 1, size.Height-2)
			putCenter(texts[i], x, 0, w, size.Height)
		}
	}
	min := func() fyne.Size {
		var w float32
		for _, word := range s.words {
			w += TextWidth(word, Row, true) + 2*segmentPad
		}
		return fyne.NewSize(w, FieldHeight)
	}
	return newRender(s, paint, min, layout, objects...)
}
