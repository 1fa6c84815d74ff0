package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Widths of dialogs.
const (
	DialogNormal float32 = 560
	DialogWide   float32 = 880 // with a keypad
)

const (
	dialogPad    float32 = 28
	dialogBodyV  float32 = 16
	dialogFoot   float32 = 106
	dialogMargin float32 = 16 // to the window's edge, at least
)

// Dialog asks one thing over the darkened window. Enter acts once that is
// allowed, Esc cancels. It focuses the first empty field and gives the focus
// back when it closes. It stays open until Close is called: after OnAct the
// caller may still have something to say.
type Dialog struct {
	Title string
	Facts string // a line below the title; may be empty
	Bold  string // stands behind Facts, bold: the figure that matters
	Body  fyne.CanvasObject
	Width float32 // 0 means DialogNormal

	Cancel  string // left in the foot, Esc
	Act     string // right in the foot, Enter; empty leaves it out
	ActKind ActionKind
	// Others stand in the foot between the two, for a choice of three.
	Others []*Button

	First fyne.Focusable // gets the focus; nil means the first empty field

	OnAct    func()
	OnCancel func() // called after the dialog has closed

	overlay *overlay
	panel   *dialogPanel
	allowed bool
}

// NewDialog makes a dialog whose act is allowed from the start; see SetAct.
func NewDialog(title string, body fyne.CanvasObject, cancel, act string) *Dialog {
	return &Dialog{Title: title, Body: body, Cancel: cancel, Act: act, ActKind: Default, allowed: true}
}

// SetAct words the act, 退款 26.00 元, and says whether it is allowed now.
func (d *Dialog) SetAct(word string, allowed bool) {
	d.Act, d.allowed = word, allowed
	if d.panel != nil {
		d.panel.act.SetWord(word)
		d.panel.act.SetEnabled(allowed)
		d.panel.Refresh()
	}
}

// SetActKind changes what the act looks like: one that gives money out is red.
func (d *Dialog) SetActKind(kind ActionKind) {
	d.ActKind = kind
	if d.panel != nil {
		d.panel.act.Kind(kind)
	}
}

// SetFacts changes the line below the title.
func (d *Dialog) SetFacts(facts, bold string) {
	d.Facts, d.Bold = facts, bold
	if d.panel != nil {
		d.panel.Refresh()
	}
}

// Flow gives the dialog the height that its body has now, after something in it
// became higher or lower.
func (d *Dialog) Flow() {
	if d.overlay != nil {
		d.overlay.Refresh()
	}
}

// Show opens the dialog over the canvas of a window.
func (d *Dialog) Show(c fyne.Canvas) {
	if d.overlay != nil {
		return
	}
	d.panel = newDialogPanel(d)
	d.overlay = newOverlay(c, Scrim, d.panel, func(window fyne.Size) (fyne.Position, fyne.Size) {
		w := min(d.width(), window.Width-2*dialogMargin)
		h := min(d.panel.heightFor(w), window.Height-2*dialogMargin)
		return fyne.NewPos(floor((window.Width-w)/2), floor((window.Height-h)/2)), fyne.NewSize(w, h)
	})
	d.overlay.key = d.typed
	d.overlay.show()
	first := d.First
	if first == nil && d.Body != nil {
		first = firstField(d.Body)
	}
	if first != nil {
		c.Focus(first)
	}
}

func (d *Dialog) width() float32 {
	if d.Width == 0 {
		return DialogNormal
	}
	return d.Width
}

// Open reports whether the dialog is shown.
func (d *Dialog) Open() bool { return d.overlay != nil }

// Close takes the dialog away without calling anything.
func (d *Dialog) Close() {
	if d.overlay == nil {
		return
	}
	o := d.overlay
	d.overlay, d.panel = nil, nil
	o.hide()
}

func (d *Dialog) cancel() {
	d.Close()
	if d.OnCancel != nil {
		d.OnCancel()
	}
}

func (d *Dialog) act() {
	if d.allowed && d.OnAct != nil && d.overlay != nil {
		d.OnAct()
	}
}

func (d *Dialog) typed(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyEscape:
		d.cancel()
	case isEnter(ev.Name) && d.Act != "":
		d.act()
	case isEnter(ev.Name):
		d.cancel() // a message: there is nothing else to do
	}
}

// firstField is the first empty field in sight, else the first field.
func firstField(root fyne.CanvasObject) fyne.Focusable {
	var first fyne.Focusable
	var walk func(fyne.CanvasObject) fyne.Focusable
	walk = func(o fyne.CanvasObject) fyne.Focusable {
		if !o.Visible() {
			return nil
		}
		if f, empty, ok := asField(o); ok {
			if first == nil {
				first = f
			}
			if empty {
				return f
			}
			return nil
		}
		for _, child := range children(o) {
			if f := walk(child); f != nil {
				return f
			}
		}
		return nil
	}
	if f := walk(root); f != nil {
		return f
	}
	return first
}

// asField tells whether o is a field that can be typed into, and is empty.
func asField(o fyne.CanvasObject) (f fyne.Focusable, empty, ok bool) {
	switch field := o.(type) {
	case *Field:
		return field.Entry, field.Text() == "", !field.state.disabled
	case *FigureField:
		return field, field.text == "", !field.state.disabled
	}
	return nil, false, false
}

// Holder is a part of a screen that holds other parts. A dialog looks into it
// for the first empty field.
type Holder interface {
	Held() []fyne.CanvasObject
}

// children are the objects inside a container or a part that holds content.
func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch part := o.(type) {
	case *fyne.Container:
		return part.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{part.Content}
	case *Panel:
		return []fyne.CanvasObject{part.content}
	case Holder:
		return part.Held()
	}
	return nil
}

// dialogPanel is the dialog's box.
type dialogPanel struct {
	widget.BaseWidget
	d           *Dialog
	cancel, act *Button
}

func newDialogPanel(d *Dialog) *dialogPanel {
	p := &dialogPanel{d: d}
	p.cancel = NewButton(d.Cancel, ButtonLarge, d.cancel).Key("Esc")
	p.act = NewButton(d.Act, ButtonLarge, d.act).Key("Enter").Kind(d.ActKind)
	p.act.SetEnabled(d.allowed)
	p.ExtendBaseWidget(p)
	return p
}

func (p *dialogPanel) headHeight() float32 {
	if p.d.Facts == "" && p.d.Bold == "" {
		return 72
	}
	return 98
}

func (p *dialogPanel) heightFor(width float32) float32 {
	h := p.headHeight() + dialogFoot
	if p.d.Body != nil {
		h += HeightFor(p.d.Body, width-2*dialogPad-2) + 2*dialogBodyV
	}
	return h
}

func (p *dialogPanel) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusPanel)
	foot := newFill(0)
	foot.BottomLeftCornerRadius, foot.BottomRightCornerRadius = radiusPanel-1, radiusPanel-1
	line, footLine := newFill(0), newFill(0)
	title := newLine(Heading, true)
	facts, bold := newLine(Body, false), newLine(Body, true)
	objects := []fyne.CanvasObject{f.border, f.fill, foot, line, footLine, title, facts, bold}
	if p.d.Body != nil {
		objects = append(objects, p.d.Body)
	}
	objects = append(objects, p.cancel)
	for _, b := range p.d.Others {
		objects = append(objects, b)
	}
	objects = append(objects, p.act)
	paint := func() {
		f.paint(Surface, Line)
		foot.FillColor, line.FillColor, footLine.FillColor = Color(SurfaceAlt), Color(Line), Color(Line)
		write(title, p.d.Title, Ink)
		write(facts, p.d.Facts, Ink2)
		write(bold, p.d.Bold, Ink)
		show(p.act, p.d.Act != "")
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		left, right := dialogPad+1, s.Width-dialogPad-1
		title.TextSize = Heading
		fitLine(title, right-left, []float32{ActionPx, Row})
		putLine(title, left, 43-opticalCenter(title.TextSize))
		boldWidth := float32(0)
		if p.d.Bold != "" {
			boldWidth = bold.MinSize().Width
		}
		facts.Text = shorten(p.d.Facts, right-left-boldWidth, Body, facts.TextStyle)
		putLine(facts, left, 75-opticalCenter(Body))
		x := left
		if p.d.Facts != "" {
			x += facts.MinSize().Width
		}
		putLine(bold, x, 75-opticalCenter(Body))

		head, bottom := p.headHeight(), s.Height-dialogFoot
		put(line, 1, head, s.Width-2, 1)
		put(footLine, 1, bottom, s.Width-2, 1)
		put(foot, 1, bottom+1, s.Width-2, dialogFoot-2)
		if p.d.Body != nil {
			put(p.d.Body, left, head+dialogBodyV+1, right-left, bottom-head-2*dialogBodyV-1)
		}
		p.layoutFoot(left, right, bottom+17)
	}
	min := func() fyne.Size {
		return fyne.NewSize(320, p.heightFor(p.d.width()))
	}
	return newRender(p, paint, min, layout, objects...)
}

// layoutFoot puts the cancel on the left and the act on the right, with the
// others before the act.
func (p *dialogPanel) layoutFoot(left, right, y float32) {
	put(p.cancel, left, y, p.cancel.MinSize().Width, ButtonLarge)
	if p.d.Act != "" {
		w := p.act.MinSize().Width
		right -= w
		put(p.act, right, y, w, ButtonLarge)
		right -= 12
	}
	for i := len(p.d.Others) - 1; i >= 0; i-- {
		w := p.d.Others[i].MinSize().Width
		right -= w
		put(p.d.Others[i], right, y, w, ButtonLarge)
		right -= 12
	}
}
