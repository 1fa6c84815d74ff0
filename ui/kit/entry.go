package kit

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is Fyne's text entry without a box of its own, for use inside Field.
// It keeps the keys that edit text and hands all others to the window: F1 to
// F12, Esc, Enter without OnSubmitted, Page Up and Down, and shortcuts that are
// not about text. Fyne's own entry swallows them.
type Entry struct {
	widget.Entry
	// OnFocus is called when the entry gets or loses the focus; it may be nil.
	OnFocus func(focused bool)

	onFocus func(focused bool)
	paused  bool // the focus comes back within one tap; see resume
}

var _ fyne.Shortcutable = (*Entry)(nil)

func newEntry(multiLine bool) *Entry {
	e := &Entry{}
	e.MultiLine = multiLine
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if multiLine {
		e.Wrapping = fyne.TextWrapBreak
	}
	e.ExtendBaseWidget(e)
	return e
}

// FocusGained puts the caret at the end: who comes by Tab or Enter wants to go
// on writing. A tap sets it where it points afterwards.
func (e *Entry) FocusGained() {
	if !e.paused && !e.MultiLine {
		e.CursorColumn = utf8.RuneCountInString(e.Text)
	}
	e.paused = false
	e.Entry.FocusGained()
	e.tellFocus(true)
}

func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	e.tellFocus(false)
}

func (e *Entry) tellFocus(focused bool) {
	for _, f := range []func(bool){e.onFocus, e.OnFocus} {
		if f != nil {
			f(focused)
		}
	}
}

// resume says that the next FocusGained gives back a focus that a tap on a key
// took away: the caret stays where it was.
func (e *Entry) resume() { e.paused = true }

// AcceptsTab is false: Tab goes to the next field, in long texts too.
func (e *Entry) AcceptsTab() bool { return false }

func (e *Entry) TypedRune(r rune) {
	if e.Password {
		e.Entry.TypedRune(r)
		return
	}
	guardRune(e, r, func() { e.Entry.TypedRune(r) })
}

func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if e.Password {
		e.typedKey(ev)
		return
	}
	guardKey(e, ev, func() { e.typedKey(ev) })
}

func (e *Entry) typedKey(ev *fyne.KeyEvent) {
	switch {
	case isFunctionKey(ev.Name), ev.Name == fyne.KeyEscape:
		forwardKey(e, ev)
	case e.MultiLine:
		e.Entry.TypedKey(ev)
	case isEnter(ev.Name) && e.OnSubmitted == nil,
		ev.Name == fyne.KeyUp, ev.Name == fyne.KeyDown,
		ev.Name == fyne.KeyPageUp, ev.Name == fyne.KeyPageDown:
		forwardKey(e, ev)
	default:
		e.Entry.TypedKey(ev)
	}
}

func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if editsText(s) {
		e.Entry.TypedShortcut(s)
		return
	}
	forwardShortcut(e, s)
}

// editsText reports whether a shortcut is one of those that Fyne's entry
// serves: the clipboard, undo, and moving or deleting by words.
func editsText(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo, *fyne.ShortcutCut, *fyne.ShortcutCopy,
		*fyne.ShortcutPaste, *fyne.ShortcutSelectAll:
		return true
	case *desktop.CustomShortcut:
		switch s.KeyName {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
			return true
		}
	}
	return false
}

func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return bareEntry{e.Entry.CreateRenderer()}
}

// bareEntry leaves the box and the border of Fyne's entry undrawn. A theme
// override would do the same and load the fonts once more for every field.
type bareEntry struct{ fyne.WidgetRenderer }

func (b bareEntry) Objects() []fyne.CanvasObject {
	all := b.WidgetRenderer.Objects()
	out := make([]fyne.CanvasObject, 0, len(all))
	for _, o := range all {
		if _, box := o.(*canvas.Rectangle); !box {
			out = append(out, o)
		}
	}
	return out
}
