package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Field is a box for text, with its label inside on the left. An error turns
// its border red and says below what is wrong.
type Field struct {
	widget.BaseWidget
	// Entry is the text inside. Set OnChanged and OnSubmitted there; give the
	// focus to it.
	Entry *Entry

	state       fieldState
	height      float32
	placeholder string // whole; the entry has what fits
}

var _ Flowing = (*Field)(nil)

// NewField makes a field for one line. The label may be empty.
func NewField(label string) *Field { return makeField(label, newEntry(false), FieldHeight) }

// NewTextArea makes a field for several lines, such as a key that is pasted.
func NewTextArea(label string, height float32) *Field {
	return makeField(label, newEntry(true), height)
}

// NewPasswordField makes a field whose text is shown as dots.
func NewPasswordField(label string) *Field {
	f := NewField(label)
	f.Entry.Password = true
	// Fyne would add an eye that shows the secret to the queue.
	f.Entry.ActionItem = canvas.NewRectangle(nil)
	return f
}

func makeField(label string, entry *Entry, height float32) *Field {
	f := &Field{Entry: entry, height: height}
	f.state.label = label
	entry.onFocus = func(focused bool) {
		f.state.focused = focused
		f.Refresh()
	}
	f.ExtendBaseWidget(f)
	return f
}

// Placeholder sets the grey words that stand while the field is empty. In a
// field of one line that is too narrow for them they end in ….
func (f *Field) Placeholder(text string) *Field {
	f.placeholder = text
	f.Entry.SetPlaceHolder(text)
	f.Refresh()
	return f
}

// Icon shows an icon before the text, such as the one for searching.
func (f *Field) Icon(icon Icon) *Field {
	f.state.icon = icon
	f.Refresh()
	return f
}

// Mono shows the text in the monospaced font: keys and ids.
func (f *Field) Mono() *Field {
	f.Entry.TextStyle.Monospace = true
	f.Entry.Refresh()
	return f
}

// Text is what was typed.
func (f *Field) Text() string { return f.Entry.Text }

// SetText replaces the text.
func (f *Field) SetText(text string) {
	f.Entry.SetText(text)
	if f.state.disabled {
		f.Refresh()
	}
}

// SetError shows a sentence below the field; an empty one takes it away.
func (f *Field) SetError(sentence string) {
	if f.state.err != sentence {
		f.state.err = sentence
		f.Refresh()
	}
}

// SetEnabled switches the field on or off. Off, it shows its text.
func (f *Field) SetEnabled(on bool) {
	if f.state.disabled != on {
		return
	}
	f.state.disabled = !on
	if on {
		f.Entry.Enable()
	} else {
		f.Entry.Disable()
	}
	f.Refresh()
}

// Focus gives the focus to the text.
func (f *Field) Focus() {
	if c := canvasOf(f); c != nil {
		c.Focus(f.Entry)
	}
}

// Tapped focuses the text when the label or the border is hit.
func (f *Field) Tapped(*fyne.PointEvent) { f.Focus() }

// HeightFor is the height of box and error together.
func (f *Field) HeightFor(width float32) float32 {
	return f.height + errorHeight(f.state.err, width)
}

func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	box := newFieldBox()
	still := newLine(Body, false)
	var text fyne.CanvasObject = f.Entry
	if !f.Entry.MultiLine {
		text = clipEntry(f.Entry)
	}
	paint := func() {
		box.paint(f.state)
		words := f.Entry.Text
		if words == "" {
			words = f.placeholder
		}
		if !f.state.disabled || f.Entry.Password {
			words = ""
		}
		still.TextStyle = f.Entry.TextStyle
		write(still, words, InkOff)
		show(text, !f.state.disabled)
	}
	layout := func(s fyne.Size) {
		left, h := box.layout(f.state, s)
		if f.Entry.MultiLine {
			put(text, left-entryInset, 2, s.Width-left+entryInset-2, h-4)
			return
		}
		still.Text = shorten(still.Text, s.Width-left-fieldPad, Body, still.TextStyle)
		putMiddle(still, left, 0, h)
		if fits := shorten(f.placeholder, s.Width-left-fieldPad, Body, f.Entry.TextStyle); fits != f.Entry.PlaceHolder {
			f.Entry.SetPlaceHolder(fits)
		}
		put(text, left-entryInset, floor((h-entryLine)/2), s.Width-left+entryInset-2, entryLine)
	}
	min := func() fyne.Size {
		w := 2*fieldPad + 5*Body
		if f.state.label != "" {
			w += box.label.MinSize().Width + fieldGap
		}
		return fyne.NewSize(w, f.HeightFor(f.Size().Width))
	}
	return newRender(f, paint, min, layout, append(box.objects(), still, text)...)
}

const (
	entryInset float32 = 12 // Fyne's padding before the text of an entry
	entryLine  float32 = 48 // what is shown of an entry of one line
	entryBelow float32 = 20 // what is not: room for Fyne's scroll bar
)

// clipEntry shows the line of an entry and hides what Fyne draws below it: a
// long text would bring a scroll bar over its own characters.
func clipEntry(e *Entry) fyne.CanvasObject {
	place := fixedLayout{
		min:   func() fyne.Size { return fyne.NewSize(1, entryLine+entryBelow) },
		place: func(s fyne.Size) { put(e, 0, -1, s.Width, s.Height) },
	}
	clip := container.NewClip(&fyne.Container{Layout: place, Objects: []fyne.CanvasObject{e}})
	clip.ExtendBaseWidget(clip) // else Fyne forgets the size it is given before it is drawn
	return clip
}
