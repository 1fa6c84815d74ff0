package people

import (
	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// The digits of a PIN, as the app takes them.
const (
	pinLeast = 4
	pinMost  = 8
)

// PINBox is a field for one person's PIN with a line above it, which tells whose
// it is, what was wrong with the last one, and how long the next has to wait.
type PINBox struct {
	Field *kit.FigureField
	Line  *kit.Hint

	desk    *screen.Desk
	words   string // of the line while nothing is wrong
	kind    app.ProblemKind
	wait    wait
	changed func()
}

// NewPINBox makes an empty one. changed is called when Ready may have changed.
func NewPINBox(d *screen.Desk, changed func()) *PINBox {
	b := &PINBox{desk: d, changed: changed, Field: kit.NewPinField(d.Words.T("pin.label"), pinMost),
		Line: kit.NewHint(kit.NoIcon, kit.Ink2, "", kit.Body, kit.Ink2)}
	b.Field.OnChanged = func(string) { b.typed() }
	b.wait = wait{desk: d, tell: b.left}
	return b
}

// typed takes the complaint about the last PIN away with the first digit of the
// next.
func (b *PINBox) typed() {
	if !b.wait.waiting() && b.kind != "" {
		b.kind = ""
		b.draw()
	}
	b.changed()
}

// Ready reports that a PIN can be tried.
func (b *PINBox) Ready() bool { return len(b.Field.Text()) >= pinLeast && !b.wait.waiting() }

// For begins anew for somebody, in words: the PIN of another person is no use.
func (b *PINBox) For(words string) {
	b.Clear()
	b.words, b.kind = words, ""
	b.draw()
}

// Clear forgets what was typed, and the wait: another person need not wait for it.
func (b *PINBox) Clear() {
	b.wait.end()
	b.Field.SetText("")
}

// Refused shows what the till has against a PIN, and empties the field. It is
// false, and shows nothing, for an error about something else.
func (b *PINBox) Refused(err error) bool {
	b.Field.SetText("")
	kind, seconds, ok := pinFault(err)
	if !ok {
		return false
	}
	b.kind = kind
	if b.wait.begin(seconds); seconds <= 0 {
		b.draw()
	}
	return true
}

// left counts the wait down.
func (b *PINBox) left(seconds int) {
	if seconds == 0 {
		b.kind = ""
		b.draw()
	} else {
		b.Line.Set(kit.IconFailed, kit.Bad, pinSentence(b.desk, b.kind, seconds), kit.Bad)
	}
	b.changed()
}

func (b *PINBox) draw() {
	if b.kind != "" {
		b.Line.Set(kit.IconFailed, kit.Bad, pinSentence(b.desk, b.kind, 0), kit.Bad)
		return
	}
	b.Line.Set(kit.NoIcon, kit.Ink2, b.words, kit.Ink2)
}

// Close ends the counting and forgets the PIN.
func (b *PINBox) Close() {
	b.wait.end()
	b.Field.SetText("")
}
