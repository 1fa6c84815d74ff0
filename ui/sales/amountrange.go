package sales

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// amountRange is one box with two amounts in it, from and to. Both ends may be
// empty. It looks like the fields beside it.
type amountRange struct {
	widget.BaseWidget
	label, words [2]string // what stands before each end
	ends         [2]*rangeEnd
	bad          [2]bool
	changed      func()
}

func newAmountRange(label, from, to string, changed func()) *amountRange {
	r := &amountRange{label: [2]string{label, ""}, words: [2]string{from, to}, changed: changed}
	for i := range r.ends {
		r.ends[i] = &rangeEnd{owner: r}
		r.ends[i].ExtendBaseWidget(r.ends[i])
	}
	r.ExtendBaseWidget(r)
	return r
}

// texts are both ends as typed.
func (r *amountRange) texts() (from, to string) { return r.ends[0].text, r.ends[1].text }

// set changes both ends without calling changed.
func (r *amountRange) set(from, to string) {
	r.ends[0].text, r.ends[1].text = from, to
	r.Refresh()
}

// setBad marks ends that cannot be.
func (r *amountRange) setBad(from, to bool) {
	if bad := [2]bool{from, to}; bad != r.bad {
		r.bad = bad
		r.Refresh()
	}
}

// Tapped gives the focus to the end that is nearer.
func (r *amountRange) Tapped(ev *fyne.PointEvent) {
	end := r.ends[0]
	if ev.Position.X > r.ends[1].Position().X-24 {
		end = r.ends[1]
	}
	end.focus()
}

const (
	rangePad float32 = 14
	rangeGap float32 = 10
)

func (r *amountRange) CreateRenderer() fyne.WidgetRenderer {
	border, fill := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	border.CornerRadius = 10
	var texts [3]*canvas.Text // label, from, to
	for i := range texts {
		texts[i] = canvas.NewText("", nil)
		texts[i].TextSize = kit.Body
	}
	rr := &rangeRenderer{r: r, border: border, fill: fill, texts: texts}
	rr.Refresh()
	return rr
}

type rangeRenderer struct {
	r            *amountRange
	border, fill *canvas.Rectangle
	texts        [3]*canvas.Text
}

func (rr *rangeRenderer) Destroy() {}

func (rr *rangeRenderer) MinSize() fyne.Size { return fyne.NewSize(176, kit.FieldHeight) }

func (rr *rangeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{rr.border, rr.fill, rr.texts[0], rr.texts[1], rr.texts[2], rr.r.ends[0], rr.r.ends[1]}
}

func (rr *rangeRenderer) Refresh() {
	r := rr.r
	line := kit.LineStrong
	switch {
	case r.bad[0] || r.bad[1]:
		line = kit.Bad
	case r.ends[0].focused || r.ends[1].focused:
		line = kit.AccentInk
	}
	rr.border.FillColor, rr.fill.FillColor = kit.Color(line), kit.Color(kit.Surface)
	for i, s := range []string{r.label[0], r.words[0], r.words[1]} {
		rr.texts[i].Text = s
		rr.texts[i].Color = kit.Color(kit.Ink2)
		if i > 0 {
			rr.texts[i].Color = kit.Color(kit.Ink3)
		}
	}
	if s := r.Size(); !s.IsZero() {
		rr.Layout(s)
	}
	r.ends[0].Refresh()
	r.ends[1].Refresh()
	canvas.Refresh(r)
}

func (rr *rangeRenderer) Layout(s fyne.Size) {
	width := float32(1)
	if rr.border.FillColor != kit.Color(kit.LineStrong) {
		width = 2
	}
	rr.border.Resize(s)
	rr.fill.CornerRadius = 10 - width
	rr.fill.Move(fyne.NewPos(width, width))
	rr.fill.Resize(fyne.NewSize(s.Width-2*width, s.Height-2*width))
	words := float32(0)
	for _, t := range rr.texts {
		words += t.MinSize().Width
	}
	room := (s.Width - 2*rangePad - words - 4*rangeGap + 4) / 2
	x := rangePad
	place := func(t *canvas.Text) {
		m := t.MinSize()
		t.Move(fyne.NewPos(x, (s.Height-m.Height)/2))
		t.Resize(m)
		x += m.Width + rangeGap
	}
	place(rr.texts[0])
	for i, end := range rr.r.ends {
		place(rr.texts[i+1])
		x -= 4
		end.Move(fyne.NewPos(x, 0))
		end.Resize(fyne.NewSize(room, s.Height))
		x += room + rangeGap
	}
}

// rangeEnd is one of the two amounts. It takes digits and one point.
type rangeEnd struct {
	widget.BaseWidget
	owner   *amountRange
	text    string
	focused bool
}

func (e *rangeEnd) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Focus(e)
	}
}

func (e *rangeEnd) Tapped(*fyne.PointEvent) { e.focus() }

func (e *rangeEnd) FocusGained() { e.focused = true; e.owner.Refresh() }
func (e *rangeEnd) FocusLost()   { e.focused = false; e.owner.Refresh() }

func (e *rangeEnd) TypedRune(r rune) {
	if g, ok := e.guard(); ok {
		g.GuardRune(r, func() { e.typedRune(r) })
		return
	}
	e.typedRune(r)
}

// guard is what looks for scans among typed keys, if anything does.
func (e *rangeEnd) guard() (kit.KeyGuard, bool) {
	c := fyne.CurrentApp().Driver().CanvasForObject(e)
	if c == nil {
		return nil, false
	}
	g, ok := c.Content().(kit.KeyGuard)
	return g, ok
}

func (e *rangeEnd) typedRune(r rune) {
	switch {
	case r >= '０' && r <= '９':
		r -= '０' - '0'
	case r == '．' || r == '。':
		r = '.'
	}
	longer := e.text + string(r)
	if !strings.ContainsRune("0123456789.", r) || len(longer) > 12 {
		return
	}
	if _, err := payment.ParseAmount(strings.TrimSuffix(longer, ".")); err != nil && longer != "." {
		return // a second point, a third decimal
	}
	if strings.Count(longer, ".") > 1 {
		return
	}
	e.change(longer)
}

func (e *rangeEnd) TypedKey(ev *fyne.KeyEvent) {
	if g, ok := e.guard(); ok {
		g.GuardKey(ev, func() { e.typedKey(ev) })
		return
	}
	e.typedKey(ev)
}

func (e *rangeEnd) typedKey(ev *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(e)
	switch ev.Name {
	case fyne.KeyBackspace:
		if e.text != "" {
			e.change(e.text[:len(e.text)-1])
		}
	case fyne.KeyDelete:
		e.change("")
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyRight:
		if e == e.owner.ends[0] {
			e.owner.ends[1].focus()
		}
	case fyne.KeyLeft:
		if e == e.owner.ends[1] {
			e.owner.ends[0].focus()
		}
	default:
		if c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(ev)
		}
	}
}

// TypedShortcut hands all shortcuts on to the window.
func (e *rangeEnd) TypedShortcut(s fyne.Shortcut) {
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func (e *rangeEnd) change(text string) {
	if text == e.text {
		return
	}
	e.text = text
	e.Refresh()
	e.owner.changed()
}

func (e *rangeEnd) CreateRenderer() fyne.WidgetRenderer {
	text, caret := canvas.NewText("", nil), canvas.NewRectangle(nil)
	r := &endRenderer{e: e, text: text, caret: caret}
	r.Refresh()
	return r
}

type endRenderer struct {
	e     *rangeEnd
	text  *canvas.Text
	caret *canvas.Rectangle
}

func (r *endRenderer) Destroy()                     {}
func (r *endRenderer) MinSize() fyne.Size           { return fyne.NewSize(40, kit.FieldHeight) }
func (r *endRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text, r.caret} }

func (r *endRenderer) Refresh() {
	r.text.Text, r.text.Color = r.e.text, kit.Color(kit.Ink)
	r.caret.FillColor = kit.Color(kit.AccentInk)
	r.caret.Hidden = !r.e.focused
	if s := r.e.Size(); !s.IsZero() {
		r.Layout(s)
	}
	canvas.Refresh(r.e)
}

func (r *endRenderer) Layout(s fyne.Size) {
	r.text.TextSize = kit.Body
	if kit.TextWidth(r.e.text, kit.Body, false) > s.Width {
		r.text.TextSize = kit.Caption
	}
	m := r.text.MinSize()
	r.text.Move(fyne.NewPos(0, (s.Height-m.Height)/2))
	r.text.Resize(m)
	r.caret.Move(fyne.NewPos(min(m.Width+1, s.Width-2), (s.Height-24)/2))
	r.caret.Resize(fyne.NewSize(2, 24))
}
