package shift

import (
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// reason is why the drawer differs: one of a few usual words, or the person's
// own.
type reason struct {
	s        *Screen
	root     *fyne.Container
	line     *kit.Hint
	rows     *kit.Choices
	words    []string
	own      *kit.Field
	required bool
	at       int // index; -1 while none is chosen
}

// differences are the usual reasons; the last one is "other".
var differences = []string{"change", "missed", "fake", "other"}

func (r *reason) build(s *Screen, required bool) {
	w := s.desk.Words
	r.s, r.required, r.at = s, required, -1
	r.line = kit.NewHint(kit.NoIcon, kit.Ink2, "", kit.Body, kit.Ink2)
	list := make([]kit.Choice, len(differences))
	for i, key := range differences {
		list[i].Word = w.T("shift.reason." + key)
		r.words = append(r.words, list[i].Word)
	}
	r.rows = kit.NewChoices(list, kit.ChoiceLow, -1, r.choose)
	r.own = kit.NewField("").Placeholder(w.T("shift.reason.hint"))
	r.own.Entry.OnChanged = func(string) { r.draw(false) }
	r.own.SetEnabled(false)
	r.root = kit.Down(8, kit.Sized(0, 27, r.line), kit.Grid(len(list), 8, r.rows.Objects()...), r.own)
	r.draw(false)
}

func (r *reason) choose(i int) {
	r.at = i
	other := i == len(r.words)-1
	r.own.SetEnabled(other)
	if other {
		r.own.Focus()
	}
	r.draw(false)
}

// text is the reason; empty while none is given.
func (r *reason) text() string {
	switch {
	case r.root == nil || r.at < 0:
		return ""
	case r.at == len(r.words)-1:
		return strings.TrimSpace(r.own.Text())
	}
	return r.words[r.at]
}

func (r *reason) draw(missing bool) {
	w := r.s.desk.Words
	switch {
	case missing:
		r.line.Set(kit.IconFailed, kit.Bad, w.T("shift.reason.missing"), kit.Bad)
	case r.required:
		r.line.Set(kit.NoIcon, kit.Ink2, w.T("shift.reason.required"), kit.Ink2)
	default:
		r.line.Set(kit.NoIcon, kit.Ink2, w.T("shift.reason"), kit.Ink2)
	}
}

// complain says that it is missing.
func (r *reason) complain() {
	r.draw(true)
	if r.at == len(r.words)-1 {
		r.own.Focus()
	}
}

// aboutAmounts adds a list of figures that scrolls where it is long.
func aboutAmounts(rows []kit.Fact) fyne.CanvasObject {
	return screen.NewScroll(kit.Pad(0, 12, 0, 0, kit.NewDenseFacts(rows...)))
}
