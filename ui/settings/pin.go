package settings

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
)

// pinDialog gives somebody a PIN, typed twice.
type pinDialog struct {
	o             *peoplePage
	who           data.Person
	first, second *kit.FigureField
	line          *kit.Hint
	dialog        *kit.Dialog
	busy          bool
}

// The digits of a PIN, as the app takes them.
const (
	pinLeast = 4
	pinMost  = 8
)

func newPINDialog(o *peoplePage, who data.Person) *pinDialog {
	d := o.s.desk
	f := &pinDialog{o: o, who: who}
	f.first = kit.NewPinField(o.word("people.pin.new"), pinMost)
	f.second = kit.NewPinField(o.word("people.pin.again"), pinMost)
	f.first.OnChanged = func(string) { f.changed() }
	f.second.OnChanged = func(string) { f.changed() }
	f.first.OnSubmitted = func(string) { f.second.Focus() }
	f.line = kit.NewHint(kit.IconInfo, kit.Ink2, "", kit.Body, kit.Ink2)
	phoneOrder := o.s.vals != nil && o.s.vals.get("ui.keypad") == "123"
	pad := kit.NewKeypad(kit.NumberKeypad, phoneOrder, f.typeKey)
	left := kit.Down(kit.GapDense, f.first, f.second, kit.Sized(0, 54, f.line), kit.NewParagraph(o.word("people.pin.text"), kit.Body, kit.Ink2))
	f.dialog = kit.NewDialog(o.word("people.pin.title", "name", d.PersonName(who.Staff)), kit.Across(24, kit.Stretch(left), kit.Sized(312, 312, pad)),
		d.Words.T("refund.cancel"), d.Words.T("settings.save"))
	f.dialog.Width, f.dialog.First = kit.DialogWide, f.first
	f.dialog.OnAct = f.save
	f.dialog.OnCancel = f.forget
	f.changed()
	return f
}

func (f *pinDialog) show() { f.dialog.Show(f.o.s.desk.Window.Canvas()) }

// typeKey types a key of the keypad into the field with the focus.
func (f *pinDialog) typeKey(k kit.Key) {
	if target, ok := f.o.s.desk.Window.Canvas().Focused().(kit.KeyTarget); ok {
		target.TypeKey(k)
		return
	}
	f.first.Focus()
	f.first.TypeKey(k)
}

// changed says what is missing.
func (f *pinDialog) changed() {
	if f.dialog == nil {
		return
	}
	first, second := f.first.Text(), f.second.Text()
	differ := second != "" && (len(second) > len(first) || first[:len(second)] != second)
	if differ {
		f.say(kit.IconFailed, kit.Bad, f.o.word("people.pin.differ"))
	} else {
		f.say(kit.IconInfo, kit.Ink2, f.o.word("people.pin.form", "least", pinLeast, "most", pinMost))
	}
	f.dialog.SetAct(f.o.s.desk.Words.T("settings.save"), len(first) >= pinLeast && first == second && !f.busy)
}

func (f *pinDialog) say(icon kit.Icon, ink kit.Token, sentence string) {
	f.line.Set(icon, ink, sentence, ink)
}

func (f *pinDialog) save() {
	if f.busy || f.first.Text() != f.second.Text() {
		return
	}
	f.busy = true
	d, pin, by := f.o.s.desk, f.first.Text(), f.o.list.by
	d.Background(func(ctx context.Context) func() {
		err := d.People.SetPIN(ctx, f.who.ID, pin, by)
		return func() { f.saved(err) }
	})
}

func (f *pinDialog) saved(err error) {
	f.busy = false
	if err == nil {
		f.forget()
		f.dialog.Close()
		f.o.changed(f.o.word("people.pin.saved", "name", f.o.s.desk.PersonName(f.who.Staff)))
		return
	}
	if p, ok := app.ProblemOf(err); ok && (p.Kind == app.ProblemPINWeak || p.Kind == app.ProblemPINForm) {
		f.forget()
		f.first.Focus()
	}
	f.changed()
	f.say(kit.IconFailed, kit.Bad, f.o.s.desk.Sentence(err))
}

// forget empties both fields.
func (f *pinDialog) forget() {
	f.first.SetText("")
	f.second.SetText("")
}
