package people

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Approval is the part of a form in which somebody with a right allows this one
// act: who, and their PIN. It takes no room where nobody is needed.
type Approval struct {
	desk *screen.Desk
	need Need
	root *fyne.Container
	who  *kit.Select
	pin  *PINBox
	at   int // of need.Who
}

// NewApproval makes the part for what NeedOf found. changed is called when Ready
// may have changed.
func NewApproval(d *screen.Desk, need Need, changed func()) *Approval {
	a := &Approval{desk: d, need: need}
	a.pin = NewPINBox(d, changed)
	a.root = kit.Down(8)
	switch {
	case !need.Lacking:
		a.root.Hide()
	case len(need.Who) == 0:
		text := d.Words.T("approve.nobody", "name", d.PersonName(need.Person.Staff))
		a.root.Add(kit.NewHint(kit.IconAlert, kit.Warn, text, kit.Body, kit.Ink))
	default:
		words := make([]string, len(need.Who))
		for i, p := range need.Who {
			words[i] = d.PersonName(p.Staff)
		}
		a.who = kit.NewSelect("", words, 0, a.picked)
		a.root.Add(kit.Sized(0, captionHeight, a.pin.Line))
		a.root.Add(kit.Across(8, kit.Sized(approverWidth, 0, a.who), kit.Stretch(a.pin.Field)))
		a.choose(0)
	}
	return a
}

const (
	captionHeight float32 = 27
	approverWidth float32 = 130
)

// Object is the part; it is hidden where no word is needed.
func (a *Approval) Object() fyne.CanvasObject { return a.root }

// Field is where the PIN is typed.
func (a *Approval) Field() *kit.FigureField { return a.pin.Field }

// Lacking reports that somebody else's word is needed.
func (a *Approval) Lacking() bool { return a.need.Lacking }

// picked is a choice by a person, who is to type their PIN next: not into the
// amount, for everybody to see.
func (a *Approval) picked(i int) {
	a.choose(i)
	a.Next()
}

// Next goes on to the PIN, where one is needed. A form calls it when all the rest
// is filled in.
func (a *Approval) Next() {
	if a.who != nil {
		a.pin.Field.Focus()
	}
}

// choose takes another approver; the PIN of the last one is no use.
func (a *Approval) choose(i int) {
	a.at = i
	a.pin.For(a.need.caption(a.desk, a.need.Who[i]))
	a.pin.changed()
}

// Ready reports that nobody is needed, or that a PIN can be tried.
func (a *Approval) Ready() bool {
	return !a.need.Lacking || len(a.need.Who) > 0 && a.pin.Ready()
}

// Void forgets the PIN: what was to be approved is something else now.
func (a *Approval) Void() {
	if a.pin.Field.Text() != "" {
		a.pin.Field.SetText("")
		a.pin.changed()
	}
}

// Close ends the part with its dialog.
func (a *Approval) Close() { a.pin.Close() }

// Word is what stands in the part, to be proved off the UI goroutine.
type Word struct {
	people *app.People // nil where nobody's word is needed
	by     data.Person
	pin    string
	right  app.Right
}

// Word takes what stands in the part, and empties it: one PIN is one try.
func (a *Approval) Word() Word {
	if !a.need.Lacking || len(a.need.Who) == 0 {
		return Word{}
	}
	w := Word{people: a.desk.People, by: a.need.Who[a.at], pin: a.pin.Field.Text(), right: a.need.Act.right()}
	a.pin.Field.SetText("")
	return w
}

// Prove makes the approval; nil where nobody's word is needed. It takes a moment:
// call it off the UI goroutine.
func (w Word) Prove(ctx context.Context) (*app.Approval, error) {
	if w.people == nil {
		return nil, nil
	}
	return w.people.Approve(ctx, w.by.ID, w.pin, w.right)
}

// Refused shows what was wrong with the PIN. It is false, and shows nothing, for
// an error about something else.
func (a *Approval) Refused(err error) bool {
	if a.who == nil || !a.pin.Refused(err) {
		return false
	}
	a.pin.changed()
	a.pin.Field.Focus()
	return true
}
