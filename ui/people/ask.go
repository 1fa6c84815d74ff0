package people

import (
	"context"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Question is an act that takes a right and has no form of its own.
type Question struct {
	Act   Act
	Title string
	Text  string // what is about to happen; may be empty
	Word  string // of the button
	Kind  kit.ActionKind

	// Confirm asks also somebody who may do it alone. Without it the act is
	// done at once for them.
	Confirm bool
	// Do does it, off the UI goroutine. approval is nil where none is needed.
	Do func(ctx context.Context, approval *app.Approval) error
	// Then follows on the UI goroutine when it went well. Failed gets what Do had
	// against it where no dialog is there to say so; both may be nil.
	Then   func()
	Failed func(err error)
}

// Ask does an act that takes a right: at once for somebody who has it, and else
// with the word of somebody who has.
func Ask(d *screen.Desk, q Question) {
	d.Background(func(ctx context.Context) func() {
		need, err := NeedOf(ctx, d, q.Act)
		if err == nil && !need.Lacking && !q.Confirm {
			err = q.Do(ctx, nil)
			return func() { q.done(err) }
		}
		keypad, _ := d.Settings.Get(ctx, "ui.keypad") // 7-8-9 where it cannot be read
		return func() {
			switch {
			case err != nil:
				q.done(err)
			case !kit.Modal(d.Window.Canvas()):
				newAsk(d, q, need, keypad == "123").dialog.Show(d.Window.Canvas())
			}
		}
	})
}

func (q Question) done(err error) {
	switch {
	case err != nil && q.Failed != nil:
		q.Failed(err)
	case err == nil && q.Then != nil:
		q.Then()
	}
}

// ask is the dialog of a question.
type ask struct {
	desk     *screen.Desk
	q        Question
	dialog   *kit.Dialog
	approval *Approval
	fault    *kit.Hint
	busy     bool
}

func newAsk(d *screen.Desk, q Question, need Need, phoneOrder bool) *ask {
	a := &ask{desk: d, q: q, fault: kit.NewHint(kit.IconFailed, kit.Bad, "", kit.Body, kit.Bad)}
	a.approval = NewApproval(d, need, a.changed)
	a.fault.Hide()
	body := kit.Down(kit.Gap)
	if q.Text != "" {
		body.Add(kit.NewParagraph(q.Text, kit.Row, kit.Ink))
	}
	body.Add(a.approval.Object())
	body.Add(a.fault)
	a.dialog = kit.NewDialog(q.Title, body, d.Words.T("refund.cancel"), q.Word)
	a.dialog.ActKind = q.Kind
	if need.Lacking && len(need.Who) > 0 {
		pad := kit.NewKeypad(kit.NumberKeypad, phoneOrder, a.approval.Field().TypeKey)
		a.dialog.Width, a.dialog.Body = kit.DialogWide, kit.Across(24, kit.Stretch(body), kit.Sized(padWidth, padHeight, pad))
		a.dialog.First = a.approval.Field()
	}
	a.dialog.OnAct = a.send
	a.dialog.OnCancel = a.approval.Close
	a.changed()
	return a
}

// A keypad for PINs in a dialog.
const (
	padWidth  float32 = 312
	padHeight float32 = 312
)

func (a *ask) changed() {
	if a.dialog != nil {
		a.dialog.SetAct(a.q.Word, a.approval.Ready())
	}
}

// send does the act once.
func (a *ask) send() {
	if a.busy || !a.approval.Ready() {
		return
	}
	a.busy = true
	word := a.approval.Word()
	a.desk.Background(func(ctx context.Context) func() {
		approval, err := word.Prove(ctx)
		if err == nil {
			err = a.q.Do(ctx, approval)
		}
		return func() { a.sent(err) }
	})
}

func (a *ask) sent(err error) {
	a.busy = false
	switch {
	case err == nil:
		a.approval.Close()
		a.dialog.Close()
		a.q.done(nil)
	case !a.dialog.Open():
		a.q.done(err)
	case !a.approval.Refused(err):
		a.fault.Set(kit.IconFailed, kit.Bad, a.desk.Sentence(err), kit.Bad)
		a.fault.Show()
		a.changed()
		a.dialog.Flow()
	}
}
