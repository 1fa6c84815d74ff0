package kit

import "fyne.io/fyne/v2"

// Select is a box that opens a menu to choose one of several words. With a
// label it is a field of a form; with an icon, a date picker's face.
type Select struct {
	focusPress
	// OnChanged is called when a person chose another option.
	OnChanged func(index int)

	label   string
	icon    Icon
	options []string
	index   int
	height  float32
}

// NewSelect makes a select with the option at index chosen; -1 means none.
func NewSelect(label string, options []string, index int, changed func(int)) *Select {
	s := &Select{label: label, options: options, index: index, height: FieldHeight, OnChanged: changed}
	s.OnTapped = s.open
	s.extend(s)
	return s
}

// NewDrop makes a box that looks like a select and does what the caller wants
// when it is tapped, such as opening a calendar.
func NewDrop(icon Icon, word string, tapped func()) *Select {
	s := &Select{icon: icon, options: []string{word}, height: FieldHeight}
	s.OnTapped = tapped
	s.extend(s)
	return s
}

// SetOptions changes the words and the choice, without calling OnChanged.
func (s *Select) SetOptions(options []string, index int) {
	s.options, s.index = options, index
	s.Refresh()
}

// SetIndex changes the choice, without calling OnChanged.
func (s *Select) SetIndex(index int) {
	if s.index != index {
		s.index = index
		s.Refresh()
	}
}

// Index is the chosen option; -1 when none is.
func (s *Select) Index() int { return s.index }

// word is the chosen option's.
func (s *Select) word() string {
	if s.index < 0 || s.index >= len(s.options) {
		return ""
	}
	return s.options[s.index]
}

func (s *Select) open() {
	c := s.canvas()
	if c == nil {
		return
	}
	menu := &Menu{}
	for i, option := range s.options {
		menu.Items = append(menu.Items, MenuItem{Word: option, Chosen: i == s.index, Action: func() { s.choose(i) }})
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
	menu.Show(c, at.AddXY(0, s.Size().Height+4), max(s.Size().Width, 160))
}

func (s *Select) choose(index int) {
	if index == s.index {
		return
	}
	s.SetIndex(index)
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

// TypedKey also opens the menu with the arrow down. In a dialog Enter is the
// dialog's.
func (s *Select) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyDown:
		s.act()
	case isEnter(ev.Name) && Modal(s.canvas()):
		forwardKey(s, ev)
	default:
		s.focusPress.TypedKey(ev)
	}
}

func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	box := newFieldBox()
	word := newLine(Body, false)
	drop := newGlyph()
	state := func() fieldState {
		fill, _ := s.fill(KeyFill)
		return fieldState{label: s.label, icon: s.icon, focused: s.focused, disabled: s.disabled, fill: fill, quiet: true}
	}
	paint := func() {
		box.paint(state())
		write(word, s.word(), ifOff(s.disabled, Ink))
		drawGlyph(drop, IconDrop, ifOff(s.disabled, Ink))
	}
	const dropSize float32 = 22
	layout := func(size fyne.Size) {
		left, h := box.layout(state(), size)
		right := size.Width - 11 - dropSize
		word.Text = shorten(s.word(), right-left-4, Body, word.TextStyle)
		putMiddle(word, left, 0, h)
		put(drop, right, (h-dropSize)/2, dropSize, dropSize)
	}
	min := func() fyne.Size {
		var widest float32
		for _, o := range s.options {
			widest = max(widest, TextWidth(o, Body, false))
		}
		w := fieldPad + widest + 8 + dropSize + 11
		if s.label != "" {
			w += box.label.MinSize().Width + fieldGap
		}
		if s.icon != NoIcon {
			w += fieldIcon + fieldGap
		}
		return fyne.NewSize(w, s.height)
	}
	return newRender(s, paint, min, layout, append(box.objects(), word, drop)...)
}
