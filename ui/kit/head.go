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
// on the right. Where the window is too narrow for all words, lamps that are in
// order lose theirs first, then tabs move together, then every lamp is an icon.
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
		h.squeeze(s.Width)
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
	min := func() fyne.Size { return fyne.NewSize(h.width(headFits-1), HeadHeight) }
	r = newRender(h, paint, min, layout, objects()...)
	return r
}

// headFits is how many ways there are to fit a head into its width.
const headFits = 4

// fit says what gives way in one of these ways; the first, 0, is the roomy one.
func (h *Head) fit(way int) (tight bool, brief func(LampState) bool) {
	return way >= 2, func(s LampState) bool { return way >= 3 || way >= 1 && s == LampOk }
}

// width is what the head needs when it is fitted in a way.
func (h *Head) width(way int) float32 {
	tight, brief := h.fit(way)
	w := 8 + 2*Gap
	for _, t := range h.tabs {
		w += t.width(tight)
	}
	for _, l := range h.lamps {
		w += l.width(brief(l.lamp.State))
	}
	if h.person.word != "" {
		w += h.person.MinSize().Width
	}
	return w
}

// squeeze takes the roomiest way that fits into a width.
func (h *Head) squeeze(width float32) {
	way := 0
	for way < headFits-1 && h.width(way) > width {
		way++
	}
	tight, brief := h.fit(way)
	for _, t := range h.tabs {
		if t.tight != tight {
			t.tight = tight
			t.Refresh()
		}
	}
	for _, l := range h.lamps {
		if b := brief(l.lamp.State); l.brief != b {
			l.brief = b
			l.Refresh()
		}
	}
}

// tabPart is one tab: a word, and how much is open behind it.
type tabPart struct {
	focusPress
	tight  bool // the window is narrow
	word   string
	chosen bool
	count  int
}

const tabBubble float32 = 24 // the count of what is open

func (t *tabPart) pad() float32 {
	if t.tight {
		return 12
	}
	return 24
}

// bubbleWidth is the width of the count, 0 where there is none.
func (t *tabPart) bubbleWidth() float32 {
	if t.count <= 0 {
		return 0
	}
	return max(tabBubble, floor(TextWidth(strconv.Itoa(t.count), Caption, true)+14))
}

// wordWidth measures the word bold, so that tabs do not move when they are
// chosen.
func (t *tabPart) wordWidth() float32 { return TextWidth(t.word, Row, true) }

// width is what the tab needs, in a narrow window or in another.
func (t *tabPart) width(tight bool) float32 {
	w := 2*(&tabPart{tight: tight}).pad() + t.wordWidth()
	if t.count > 0 {
		w += 8 + t.bubbleWidth()
	}
	return floor(w + 0.99)
}

func (t *tabPart) CreateRenderer() fyne.WidgetRenderer {
	const bubble = tabBubble
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
	layout := func(s fyne.Size) {
		pad := t.pad()
		in := pad / 3
		put(ground, in, 8, s.Width-2*in, s.Height-16)
		ground.CornerRadius = radiusKey
		put(bar, 2*in, s.Height-4, s.Width-4*in, 4)
		put(ring, in, 6, s.Width-2*in, s.Height-14)
		putMiddle(word, pad, -1, s.Height)
		put(disc, pad+t.wordWidth()+8, (s.Height-bubble)/2, t.bubbleWidth(), bubble)
		putCenter(count, disc.Position().X, disc.Position().Y, disc.Size().Width, bubble)
	}
	min := func() fyne.Size { return fyne.NewSize(t.width(t.tight), HeadHeight) }
	return newRender(t, paint, min, layout, ground, ring, word, disc, count, bar)
}

// lampPart is one device lamp.
type lampPart struct {
	focusPress
	lamp  Lamp
	brief bool // the window is too narrow for the word
}

const lampPad, lampGap float32 = 10, 6

func (l *lampPart) iconSize() float32 {
	if l.lamp.State == LampOk {
		return 16
	}
	return 20
}

// width is what the lamp needs, without its word or with it.
func (l *lampPart) width(brief bool) float32 {
	w := 2*lampPad + l.iconSize()
	if !brief {
		w += lampGap + TextWidth(l.lamp.Word, Body, l.lamp.State != LampOk)
	}
	return w
}

func (l *lampPart) CreateRenderer() fyne.WidgetRenderer {
	ring := newRing()
	icon := newGlyph()
	word := newLine(Body, false)
	ground := newFill(radiusKey)
	size := l.iconSize
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
		show(word, !l.brief)
		paintRing(ring, l.focused)
	}
	layout := func(s fyne.Size) {
		put(ground, 0, 8, s.Width, s.Height-16)
		put(ring, 0, 6, s.Width, s.Height-12)
		put(icon, lampPad, (s.Height-size())/2, size(), size())
		putMiddle(word, lampPad+size()+lampGap, 0, s.Height)
	}
	min := func() fyne.Size { return fyne.NewSize(l.width(l.brief), HeadHeight) }
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
