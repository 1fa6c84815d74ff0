package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// HeadHeight is the height of the bar with tabs, lamps and the person.
const HeadHeight float32 = 64

// LampState is how a device or connection does.
type LampState int

const (
	LampOk        LampState = iota
	LampAttention           // works, and needs a person soon
	LampFault               // does not work
)

// Lamp is one device in the head. The word says what it is, and, when it is
// not in order, what is wrong.
type Lamp struct {
	State LampState
	Word  string
}

// Head is the bar on top of the window: tabs on the left, lamps and the person
// on the right.
type Head struct {
	widget.BaseWidget
	OnTab    func(index int)
	OnLamp   func(index int) // opens the health list
	OnPerson func()          // opens the person menu; see PersonPlace

	tabs   []*tabPart
	lamps  []*lampPart
	person *personPart
}

// NewHead makes a head with tabs of which the first is chosen.
func NewHead(words ...string) *Head {
	h := &Head{person: newPersonPart()}
	for i, word := range words {
		t := &tabPart{word: word, chosen: i == 0}
		t.OnTapped = func() {
			if h.OnTab != nil {
				h.OnTab(i)
			}
		}
		t.extend(t)
		h.tabs = append(h.tabs, t)
	}
	h.person.OnTapped = func() {
		if h.OnPerson != nil {
			h.OnPerson()
		}
	}
	h.ExtendBaseWidget(h)
	return h
}

// SetTab chooses a tab, without calling OnTab.
func (h *Head) SetTab(index int) {
	for i, t := range h.tabs {
		if chosen := i == index; t.chosen != chosen {
			t.chosen = chosen
			t.Refresh()
		}
	}
}

// SetCount shows how many things are open on a tab; 0 shows nothing.
func (h *Head) SetCount(tab, count int) {
	if tab >= 0 && tab < len(h.tabs) && h.tabs[tab].count != count {
		h.tabs[tab].count = count
		h.Refresh()
	}
}

// SetLamps changes the lamps.
func (h *Head) SetLamps(lamps ...Lamp) {
	for len(h.lamps) < len(lamps) {
		i := len(h.lamps)
		l := &lampPart{}
		l.OnTapped = func() {
			if h.OnLamp != nil {
				h.OnLamp(i)
			}
		}
		l.extend(l)
		h.lamps = append(h.lamps, l)
	}
	h.lamps = h.lamps[:len(lamps)]
	for i, lamp := range lamps {
		if h.lamps[i].lamp != lamp {
			h.lamps[i].lamp = lamp
			h.lamps[i].Refresh()
		}
	}
	h.Refresh()
}

// SetPerson shows who is at the till: 王敏·早班. Empty shows nobody.
func (h *Head) SetPerson(word string) {
	if h.person.word != word {
		h.person.word = word
		h.Refresh()
	}
}

// PersonPlace is where the person menu opens, for Menu.Show.
func (h *Head) PersonPlace() fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(h.person)
	return at.AddXY(h.person.Size().Width-MenuWidth, h.person.Size().Height+4)
}

func (h *Head) CreateRenderer() fyne.WidgetRenderer {
	ground, line := newFill(0), newFill(0)
	var r *render
	objects := func() []fyne.CanvasObject {
		out := []fyne.CanvasObject{ground, line}
		for _, t := range h.tabs {
			out = append(out, t)
		}
		for _, l := range h.lamps {
			out = append(out, l)
		}
		return append(out, h.person)
	}
	paint := func() {
		ground.FillColor, line.FillColor = Color(Surface), Color(Line)
		show(h.person, h.person.word != "")
		if r != nil {
			r.objects = objects()
			for _, o := range r.objects[2:] {
				o.Refresh()
			}
		}
	}
	layout := func(s fyne.Size) {
		put(ground, 0, 0, s.Width, s.Height)
		put(line, 0, s.Height-1, s.Width, 1)
		x := float32(8)
		for _, t := range h.tabs {
			w := t.MinSize().Width
			put(t, x, 0, w, s.Height)
			x += w
		}
		right := s.Width - Gap
		if h.person.Visible() {
			w := h.person.MinSize().Width
			right -= w
			put(h.person, right, 8, w, 48)
			right -= 12
		}
		for i := len(h.lamps) - 1; i >= 0; i-- {
			w := h.lamps[i].MinSize().Width
			right -= w
			put(h.lamps[i], right, 0, w, s.Height)
		}
	}
	min := func() fyne.Size {
		w := 8 + 2*Gap
		for _, o := range objects()[2:] {
			w += o.MinSize().Width
		}
		return fyne.NewSize(w, HeadHeight)
	}
	r = newRender(h, paint, min, layout, objects()...)
	return r
}

// tabPart is one tab: a word, and how much is open behind it.
type tabPart struct {
	focusPress
	word   string
	chosen bool
	count  int
}

func (t *tabPart) CreateRenderer() fyne.WidgetRenderer {
	const pad, bubble float32 = 24, 24
	ground, bar := newFill(0), newFill(0)
	ring := newRing()
	word := newLine(Row, false)
	disc := newFill(radiusBadge)
	count := newLine(Caption, true)
	paint := func() {
		fill, ink := NoColor, Ink2
		if t.hovered {
			fill = KeyHover
		}
		if t.chosen {
			ink = Ink
		}
		ground.FillColor, bar.FillColor, disc.FillColor = Color(fill), Color(AccentInk), Color(WarnFill)
		word.TextStyle.Bold = t.chosen
		write(word, t.word, ink)
		show(bar, t.chosen)
		text := ""
		if t.count > 0 {
			text = strconv.Itoa(t.count)
		}
		write(count, text, OnWarn)
		show(disc, t.count > 0)
		paintRing(ring, t.focused)
	}
	bubbleWidth := func() float32 {
		if t.count <= 0 {
			return 0
		}
		return max(bubble, floor(TextWidth(strconv.Itoa(t.count), Caption, true)+14))
	}
	// The word is measured bold, so that tabs do not move when they are chosen.
	wordWidth := func() float32 { return TextWidth(t.word, Row, true) }
	layout := func(s fyne.Size) {
		put(ground, 8, 8, s.Width-16, s.Height-16)
		ground.CornerRadius = radiusKey
		put(bar, 16, s.Height-4, s.Width-32, 4)
		put(ring, 8, 6, s.Width-16, s.Height-14)
		putMiddle(word, pad, -1, s.Height)
		put(disc, pad+wordWidth()+8, (s.Height-bubble)/2, bubbleWidth(), bubble)
		putCenter(count, disc.Position().X, disc.Position().Y, disc.Size().Width, bubble)
	}
	min := func() fyne.Size {
		w := 2*pad + wordWidth()
		if t.count > 0 {
			w += 8 + bubbleWidth()
		}
		return fyne.NewSize(floor(w+0.99), HeadHeight)
	}
	return newRender(t, paint, min, layout, ground, ring, word, disc, count, bar)
}

// lampPart is one device lamp.
type lampPart struct {
	focusPress
	lamp Lamp
}

func (l *lampPart) CreateRenderer() fyne.WidgetRenderer {
	const pad, gap float32 = 10, 6
	ring := newRing()
	icon := newGlyph()
	word := newLine(Body, false)
	ground := newFill(radiusKey)
	size := func() float32 {
		if l.lamp.State == LampOk {
			return 16
		}
		return 20
	}
	paint := func() {
		glyph, light, ink := IconLamp, Ok, Ink2
		switch l.lamp.State {
		case LampAttention:
			glyph, light, ink = IconAlert, Warn, Warn
		case LampFault:
			glyph, light, ink = IconFailed, Bad, Bad
		}
		fill := NoColor
		if l.hovered {
			fill = KeyHover
		}
		ground.FillColor = Color(fill)
		drawGlyph(icon, glyph, light)
		word.TextStyle.Bold = l.lamp.State != LampOk
		write(word, l.lamp.Word, ink)
		paintRing(ring, l.focused)
	}
	layout := func(s fyne.Size) {
		put(ground, 0, 8, s.Width, s.Height-16)
		put(ring, 0, 6, s.Width, s.Height-12)
		put(icon, pad, (s.Height-size())/2, size(), size())
		putMiddle(word, pad+size()+gap, 0, s.Height)
	}
	min := func() fyne.Size {
		return fyne.NewSize(pad+size()+gap+word.MinSize().Width+pad, HeadHeight)
	}
	return newRender(l, paint, min, layout, ground, ring, icon, word)
}

// personPart is the button that opens the person menu.
type personPart struct {
	focusPress
	word string
}

func newPersonPart() *personPart {
	p := &personPart{}
	p.extend(p)
	return p
}

func (p *personPart) CreateRenderer() fyne.WidgetRenderer {
	const glyph float32 = 22
	f := newFrame(radiusKey)
	ring := newRing()
	icon, drop := newGlyph(), newGlyph()
	word := newLine(Body, true)
	paint := func() {
		f.paint(p.fill(KeyFill))
		drawGlyph(icon, IconPerson, Ink)
		drawGlyph(drop, IconDrop, Ink)
		write(word, p.word, Ink)
		paintRing(ring, p.focused)
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		layoutRing(ring, s.Width, s.Height)
		y := (s.Height - glyph) / 2
		put(icon, 15, y, glyph, glyph)
		putMiddle(word, 45, 0, s.Height)
		put(drop, s.Width-11-glyph, y, glyph, glyph)
	}
	min := func() fyne.Size { return fyne.NewSize(45+word.MinSize().Width+8+glyph+11, 48) }
	return newRender(p, paint, min, layout, ring, f.border, f.fill, icon, word, drop)
}
