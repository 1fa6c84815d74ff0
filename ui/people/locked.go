package people

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Locked stands in place of everything while nobody has proved who is at the
// till. What was begun goes on behind it.
type Locked struct {
	desk   *screen.Desk
	root   *fyne.Container
	signIn *signIn // nil until it was read who works here
	act    *kit.Button
	done   func(data.Person)
}

// NewLocked makes it; done is called once somebody is there. Show reads who may
// come.
func NewLocked(d *screen.Desk, done func(data.Person)) *Locked {
	return &Locked{desk: d, done: done, root: container.NewStack()}
}

// Object is what fills the window.
func (l *Locked) Object() fyne.CanvasObject { return l.root }

// Show reads the people and gives the focus to the PIN.
func (l *Locked) Show() {
	l.desk.Background(func(ctx context.Context) func() {
		c, err := readCrew(ctx, l.desk)
		return func() {
			if err != nil {
				l.unreadable(err)
				return
			}
			l.fill(c)
		}
	})
}

func (l *Locked) unreadable(err error) {
	w := l.desk.Words
	again := kit.NewButton(w.T("settings.again"), kit.ButtonNormal, l.Show).Icon(kit.IconAgain).Kind(kit.Default)
	l.hold(kit.NewEmpty(kit.IconFailed, kit.Bad, w.T("signin.unreadable"), l.desk.Sentence(err), again))
}

func (l *Locked) hold(o fyne.CanvasObject) {
	l.root.Objects = []fyne.CanvasObject{o}
	l.root.Refresh()
}

// fill draws the people and the PIN in the middle of the window.
func (l *Locked) fill(c crew) {
	w := l.desk.Words
	l.Close()
	l.signIn = newSignIn(l.desk, c, c.place(c.now.ID), l.done)
	l.act = kit.NewButton(w.T("signin.act"), kit.ButtonLarge, l.signIn.enter).Key("Enter").Kind(kit.Default)
	l.signIn.changed = func() { l.act.SetEnabled(l.signIn.ready()) }
	l.signIn.changed()
	title := kit.Down(4, kit.NewBold(w.T("signin.locked"), kit.Heading, kit.Ink), kit.NewText(w.T("signin.locked.text"), kit.Body, kit.Ink2).Fit(kit.Caption))
	panel := kit.NewPanel(kit.Pad(20, 28, 20, 28, kit.Down(kit.Gap, title, kit.NewRule(), l.signIn.root, kit.NewRule(), kit.Across(kit.Gap, kit.Spacer(), l.act))))
	l.hold(&fyne.Container{Layout: middle{}, Objects: []fyne.CanvasObject{panel}})
	l.Focus()
}

// Focus gives the focus to the PIN.
func (l *Locked) Focus() {
	if l.signIn != nil {
		l.desk.Window.Canvas().Focus(l.signIn.pin.Field)
	}
}

// TypedRune types into the PIN what was typed into nothing.
func (l *Locked) TypedRune(r rune) {
	if l.signIn != nil {
		l.Focus()
		l.signIn.pin.Field.TypedRune(r)
	}
}

// TypedKey chooses with the arrows, signs in with Enter, and begins anew with
// Esc: there is no way around it.
func (l *Locked) TypedKey(key fyne.KeyName) {
	switch {
	case l.signIn == nil, l.signIn.move(key):
	case key == fyne.KeyReturn, key == fyne.KeyEnter:
		l.signIn.enter()
	case key == fyne.KeyEscape:
		l.signIn.pin.Field.TypeKey(kit.KeyClear)
	}
}

// Close forgets what was typed.
func (l *Locked) Close() {
	if l.signIn != nil {
		l.signIn.pin.Close()
	}
}

// middle puts its one object into the middle of the window.
type middle struct{}

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(kit.DialogWide, size.Width-2*kit.Gap)
	h := min(kit.HeightFor(o[0], w), size.Height-2*kit.Gap)
	screen.Place(o[0], float32(int((size.Width-w)/2)), float32(int((size.Height-h)/2)), w, h)
}
