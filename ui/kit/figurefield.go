package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// FigureField is a box for a figure: money, a count, or a PIN. It takes digits
// from the keyboard and, through TypeKey, from a keypad. What stands in it when
// it gets the focus is replaced by the first digit.
type FigureField struct {
	widget.BaseWidget
	OnChanged   func(text string)
	OnSubmitted func(text string) // Enter; without it Enter goes to the window
	OnFocus     func(focused bool)

	state    fieldState
	kind     figureKind
	text     string
	hint     string // stands while the text is empty
	unit     string // ¥, left of a large figure
	size     float32
	maxRunes int
	replace  bool // the next digit replaces the text
	paused   bool // the focus comes back within one tap; see resume
	resumed  bool // what replace was before the tap
}

type figureKind int

const (
	moneyFigure figureKind = iota
	countFigure
	pinFigure
)

// KeyTarget is a part that a keypad can type into. A screen looks whether the
// focused part is one.
type KeyTarget interface {
	TypeKey(Key)
}

var (
	_ KeyTarget      = (*FigureField)(nil)
	_ Flowing        = (*FigureField)(nil)
	_ fyne.Focusable = (*FigureField)(nil)
)

// NewMoneyField makes a field for an amount: at most nine digits of yuan, at
// most two decimals, right-aligned. The text is as typed: "12.5".
func NewMoneyField(label string) *FigureField {
	f := newFigureField(label, moneyFigure)
	f.hint = "0.00"
	return f
}

// NewLargeMoneyField is the one of dialogs: 64 high, the figure 40 bold, ¥ on
// the left in place of a label.
func NewLargeMoneyField() *FigureField {
	f := NewMoneyField("")
	f.size, f.unit = StatePx, "¥"
	return f
}

// NewCountField makes a field for a whole number of up to digits digits.
func NewCountField(label string, digits int) *FigureField {
	f := newFigureField(label, countFigure)
	f.maxRunes = digits
	return f
}

// Tall sets the figure in 24 px, for columns of counts.
func (f *FigureField) Tall() *FigureField {
	f.size = ActionPx
	return f
}

// NewPinField makes a field for a PIN of up to digits digits, shown as dots.
func NewPinField(label string, digits int) *FigureField {
	f := newFigureField(label, pinFigure)
	f.maxRunes = digits
	return f
}

func newFigureField(label string, kind figureKind) *FigureField {
	f := &FigureField{kind: kind, size: Body}
	f.state.label = label
	f.ExtendBaseWidget(f)
	return f
}

// Text is what was typed, without grouping.
func (f *FigureField) Text() string { return f.text }

// SetText replaces the figure without calling OnChanged.
func (f *FigureField) SetText(text string) {
	if f.text != text {
		f.text = text
		f.Refresh()
	}
}

// SetHint changes what stands while the field is empty.
func (f *FigureField) SetHint(hint string) {
	f.hint = hint
	f.Refresh()
}

// SetError shows a sentence below the field; an empty one takes it away.
func (f *FigureField) SetError(sentence string) {
	if f.state.err != sentence {
		f.state.err = sentence
		f.Refresh()
	}
}

// SetEnabled switches the field on or off.
func (f *FigureField) SetEnabled(on bool) {
	if f.state.disabled == on {
		f.state.disabled = !on
		if c := canvasOf(f); !on && f.state.focused && c != nil {
			c.Unfocus()
		}
		f.Refresh()
	}
}

func (f *FigureField) Enable()        { f.SetEnabled(true) }
func (f *FigureField) Disable()       { f.SetEnabled(false) }
func (f *FigureField) Disabled() bool { return f.state.disabled }

// Focus gives the focus to the field.
func (f *FigureField) Focus() {
	if c := canvasOf(f); c != nil && !f.state.disabled {
		c.Focus(f)
	}
}

func (f *FigureField) Tapped(*fyne.PointEvent) { f.Focus() }

func (f *FigureField) FocusGained() {
	f.state.focused, f.replace = true, f.text != ""
	if f.paused {
		f.paused, f.replace = false, f.resumed
	}
	f.Refresh()
	f.tellFocus()
}

func (f *FigureField) FocusLost() {
	f.resumed = f.replace
	f.state.focused, f.replace = false, false
	f.Refresh()
	f.tellFocus()
}

func (f *FigureField) tellFocus() {
	if f.OnFocus != nil {
		f.OnFocus(f.state.focused)
	}
}

// resume says that the next FocusGained gives back a focus that a tap on a key
// took away: the digits typed so far stay.
func (f *FigureField) resume() { f.paused = true }

func (f *FigureField) TypedRune(r rune) {
	guardRune(f, r, func() { f.typedRune(r) })
}

func (f *FigureField) typedRune(r rune) {
	switch {
	case r >= '０' && r <= '９':
		r -= '０' - '0'
	case r == '．' || r == '。':
		r = '.'
	}
	if r == '.' || (r >= '0' && r <= '9') {
		f.TypeKey(Key(r))
	}
}

func (f *FigureField) TypedKey(ev *fyne.KeyEvent) {
	guardKey(f, ev, func() { f.typedKey(ev) })
}

func (f *FigureField) typedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyBackspace, ev.Name == fyne.KeyDelete:
		f.TypeKey(KeyBack)
	case isEnter(ev.Name) && f.OnSubmitted != nil:
		f.OnSubmitted(f.text)
	default:
		forwardKey(f, ev)
	}
}

// TypedShortcut keeps copy, cut and paste away from a PIN and from figures,
// where they would do more harm than good, and hands on all others.
func (f *FigureField) TypedShortcut(s fyne.Shortcut) {
	if !editsText(s) {
		forwardShortcut(f, s)
	}
}

// TypeKey types one key of a keypad. Keys that mean nothing here are ignored.
func (f *FigureField) TypeKey(k Key) {
	if f.state.disabled {
		return
	}
	text := f.text
	switch {
	case k == KeyClear, k == KeyBack && f.replace:
		text = ""
	case k == KeyBack:
		if text != "" {
			text = text[:len(text)-1]
		}
	case k == KeyPlus, k == KeyTimes:
		return
	default:
		if f.replace {
			text = ""
		}
		for _, r := range string(k) {
			if longer := text + string(r); f.accepts(longer) {
				text = longer
			}
		}
	}
	f.replace = false
	if text == f.text {
		f.Refresh()
		return
	}
	f.text = text
	f.Refresh()
	if f.OnChanged != nil {
		f.OnChanged(text)
	}
}

const (
	maxYuanDigits = 9
	maxDecimals   = 2
)

// accepts reports whether text can stand in the field.
func (f *FigureField) accepts(text string) bool {
	if f.kind != moneyFigure {
		return !strings.Contains(text, ".") && (f.maxRunes <= 0 || len(text) <= f.maxRunes)
	}
	whole, decimals, _ := strings.Cut(text, ".")
	return len(whole) <= maxYuanDigits && len(decimals) <= maxDecimals && strings.Count(text, ".") <= 1
}

// HeightFor is the height of box and error together.
func (f *FigureField) HeightFor(width float32) float32 {
	h := FieldHeight
	if f.size > ActionPx {
		h = 64
	}
	return h + errorHeight(f.state.err, width)
}

func (f *FigureField) CreateRenderer() fyne.WidgetRenderer {
	box := newFieldBox()
	marked := canvas.NewRectangle(nil)
	caret := canvas.NewRectangle(nil)
	figure := newLine(f.size, f.size > ActionPx)
	dots := newPinDots(f.maxRunes)
	if f.kind != pinFigure {
		dots = nil
	}
	paint := func() {
		state := f.state
		if f.unit != "" {
			state.label = f.unit
		}
		box.paint(state)
		words, ink := f.text, Ink
		if words == "" && !f.state.focused {
			words, ink = f.hint, Ink3
		}
		if f.state.disabled {
			ink = InkOff
		}
		if f.kind == pinFigure {
			words = ""
			dots.paint(len(f.text))
		}
		write(figure, words, ink)
		marked.FillColor = Color(AccentSoft)
		show(marked, f.replace && f.kind != pinFigure)
		caret.FillColor = Color(AccentInk)
		show(caret, f.state.focused && !f.replace && f.kind != pinFigure)
	}
	layout := func(s fyne.Size) {
		state := f.state
		if f.unit != "" {
			state.label = f.unit
		}
		left, h := box.layout(state, s)
		right := s.Width - fieldPad - 2
		figure.TextSize = f.size
		fitLine(figure, right-left, smallerThan(f.size))
		putRight(figure, right, 0, h)
		tall := floor(figure.TextSize * 1.35)
		put(caret, right+1, floor((h-tall)/2), 2, tall)
		w := figure.MinSize().Width
		put(marked, right-w-3, floor((h-tall)/2), w+6, tall)
		dots.layout(left, h)
	}
	min := func() fyne.Size {
		w := 2*fieldPad + 4*f.size
		if f.state.label != "" {
			w += box.label.MinSize().Width + fieldGap
		}
		if f.kind == pinFigure {
			w = max(w, fieldPad*2+box.label.MinSize().Width+fieldGap+dots.width())
		}
		return fyne.NewSize(w, f.HeightFor(f.Size().Width))
	}
	objects := append(box.objects(), marked, figure, caret)
	return newRender(f, paint, min, layout, append(objects, dots.objects()...)...)
}
