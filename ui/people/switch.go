package people

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Switch lets somebody else come to the till. done is called once they are
// there; add is for a shop with one person, to take on others, and may be nil.
func Switch(d *screen.Desk, done func(data.Person), add func()) {
	if d.Till == nil || d.People == nil {
		return
	}
	d.Background(func(ctx context.Context) func() {
		c, err := readCrew(ctx, d)
		return func() {
			switch {
			case kit.Modal(d.Window.Canvas()):
			case err != nil:
				message(d, d.Sentence(err))
			case len(c.people) < 2:
				alone(d, add)
			default:
				newSwitch(d, c, done).Show(d.Window.Canvas())
			}
		}
	})
}

// message tells why nothing can be done now.
func message(d *screen.Desk, sentence string) {
	body := kit.NewHint(kit.IconFailed, kit.Bad, sentence, kit.Row, kit.Ink)
	kit.NewDialog(d.Words.T("signin.title"), body, d.Words.T("health.close"), "").Show(d.Window.Canvas())
}

// alone says where others are taken on.
func alone(d *screen.Desk, add func()) {
	w := d.Words
	act := w.T("signin.alone.add")
	if add == nil {
		act = ""
	}
	dialog := kit.NewDialog(w.T("signin.title"), kit.NewParagraph(w.T("signin.alone"), kit.Row, kit.Ink), w.T("health.close"), act)
	dialog.OnAct = func() {
		dialog.Close()
		add()
	}
	dialog.Show(d.Window.Canvas())
}

// switcher is the dialog in which one person follows another.
type switcher struct {
	signIn *signIn
	dialog *kit.Dialog
}

// newSwitch has the one after the present person chosen: with two of them that
// is who comes.
func newSwitch(d *screen.Desk, c crew, done func(data.Person)) *switcher {
	s := &switcher{}
	next := (c.place(c.now.ID) + 1) % len(c.people)
	s.signIn = newSignIn(d, c, next, func(p data.Person) {
		s.dialog.Close()
		done(p)
	})
	s.dialog = kit.NewDialog(d.Words.T("signin.title"), s.signIn.root, d.Words.T("refund.cancel"), d.Words.T("signin.act"))
	s.dialog.Width, s.dialog.First = kit.DialogWide, s.signIn.pin.Field
	s.dialog.Facts = d.Words.T("signin.facts")
	s.dialog.OnAct = s.signIn.enter
	s.dialog.OnCancel = s.signIn.pin.Close
	s.signIn.changed = func() { s.dialog.SetAct(d.Words.T("signin.act"), s.signIn.ready()) }
	s.signIn.changed()
	return s
}

// Show opens the dialog, and gives the arrows to the people: the field for the
// PIN has no use for them.
func (s *switcher) Show(c fyne.Canvas) {
	s.dialog.Show(c)
	rest := c.OnTypedKey()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if !s.signIn.move(ev.Name) {
			rest(ev)
		}
	})
}
