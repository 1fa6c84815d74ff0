package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// personDialog changes one person, or takes somebody new on. What the person at
// the till may not change is shown and switched off.
type personDialog struct {
	o      *peoplePage
	before *data.Person // nil for somebody new
	dialog *kit.Dialog

	name   *kit.Field
	role   *kit.Segment
	refund *kit.Toggle
	alone  bool      // a clerk may give money back alone
	hint   *kit.Hint // what the role may do
	fault  *kit.Hint
	busy   bool
}

// roles are what somebody can be, with the least first.
var roles = []data.Role{data.RoleClerk, data.RoleManager, data.RoleOwner}

func newPersonDialog(o *peoplePage, p *data.Person) *personDialog {
	d := o.s.desk
	f := &personDialog{o: o, before: p}
	f.name = kit.NewField(o.word("people.name"))
	f.name.Entry.OnChanged = func(string) { f.name.SetError(""); f.changed() }
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = d.Role(r)
	}
	f.role = kit.NewSegment(words, 0, func(int) { f.changed() })
	f.refund = kit.NewToggle(o.word("people.refund.alone"), false, func(on bool) { f.alone = on })
	f.hint = kit.NewHint(kit.IconInfo, kit.Ink2, "", kit.Body, kit.Ink2)
	f.fault = kit.NewHint(kit.IconFailed, kit.Bad, "", kit.Body, kit.Bad)
	f.fault.Hide()
	body := kit.Down(kit.GapDense, f.name, f.role, f.hint, f.refund)
	if p != nil {
		f.name.SetText(d.PersonName(p.Staff))
		for i, r := range roles {
			if r == p.Role {
				f.role.SetIndex(i)
			}
		}
		f.alone = p.MayRefund
		body.Add(kit.NewRule())
		body.Add(kit.Across(kit.GapKeys, f.acts()...))
	}
	body.Add(f.fault)
	title := o.word("people.add.title")
	if p != nil {
		title = d.PersonName(p.Staff)
	}
	f.dialog = kit.NewDialog(title, body, d.Words.T("refund.cancel"), d.Words.T("settings.save"))
	f.dialog.Width = 640
	f.dialog.OnAct = f.save
	f.name.SetEnabled(f.mayChange())
	f.role.SetEnabled(f.mayChange() && !f.self() && f.by().Role == data.RoleOwner)
	f.changed()
	return f
}

func (f *personDialog) by() data.Person { return f.o.list.by }

// self reports that it is the person at the till.
func (f *personDialog) self() bool { return f.before != nil && f.before.ID == f.by().ID }

// mayChange reports that the person at the till manages this one.
func (f *personDialog) mayChange() bool {
	if f.o.s.desk.Till == nil {
		return false
	}
	if f.before == nil {
		return app.May(f.by(), app.RightPeople)
	}
	return app.MayManage(f.by(), *f.before)
}

// acts are what else can be done with somebody: their PIN, and whether they work
// here.
func (f *personDialog) acts() []fyne.CanvasObject {
	o, p := f.o, *f.before
	pin := "people.pin.give"
	if o.list.hasPIN[p.ID] {
		pin = "people.pin.change"
	}
	give := kit.NewButton(o.word(pin), kit.ButtonNormal, func() {
		f.dialog.Close()
		newPINDialog(o, p).show()
	})
	give.SetEnabled(p.Active && (f.mayChange() || f.self() && o.s.desk.Till != nil))
	list := []fyne.CanvasObject{give}
	if o.list.hasPIN[p.ID] {
		take := kit.NewButton(o.word("people.pin.take"), kit.ButtonNormal, f.askTakePIN).Kind(kit.Destructive)
		take.SetEnabled(f.mayChange() || f.self() && o.s.desk.Till != nil)
		list = append(list, take)
	}
	list = append(list, kit.Spacer())
	if p.Active {
		leave := kit.NewButton(o.word("people.leave"), kit.ButtonNormal, f.askLeave).Kind(kit.Destructive)
		leave.SetEnabled(f.mayChange() && !f.self())
		return append(list, leave)
	}
	back := kit.NewButton(o.word("people.back"), kit.ButtonNormal, func() { f.setActive(true) })
	back.SetEnabled(f.mayChange())
	return append(list, back)
}

func (f *personDialog) show() { f.dialog.Show(f.o.s.desk.Window.Canvas()) }

func (f *personDialog) chosenRole() data.Role { return roles[f.role.Index()] }

// changed says what the role may do. The refund right is a clerk's only: the
// others have it anyway.
func (f *personDialog) changed() {
	if f.dialog == nil {
		return
	}
	role := f.chosenRole()
	sentence := f.o.word("people.role." + string(role))
	if f.self() && f.by().Role != data.RoleClerk {
		sentence = f.o.word("people.role.self")
	}
	f.hint.Set(kit.IconInfo, kit.Ink2, sentence, kit.Ink2)
	f.refund.SetEnabled(role == data.RoleClerk && f.mayChange())
	f.refund.SetOn(f.alone || role != data.RoleClerk)
	f.fault.Hide()
	f.dialog.SetAct(f.o.s.desk.Words.T("settings.save"), f.mayChange() && strings.TrimSpace(f.name.Text()) != "")
	f.dialog.Flow()
}

// save writes the changes, or adds the person.
func (f *personDialog) save() {
	name, role := strings.TrimSpace(f.name.Text()), f.chosenRole()
	if f.busy || name == "" {
		return
	}
	refund := role == data.RoleClerk && f.alone
	d, by := f.o.s.desk, f.by()
	if f.before == nil {
		f.do(func(ctx context.Context) error {
			_, err := d.People.Add(ctx, data.NewPerson{Name: name, Role: role, MayRefund: refund}, by)
			return err
		}, f.o.word("people.added", "name", name))
		return
	}
	change := data.PersonChange{}
	if name != d.PersonName(f.before.Staff) {
		change.Name = &name
	}
	if role != f.before.Role {
		change.Role = &role
	}
	if refund != f.before.MayRefund {
		change.MayRefund = &refund
	}
	id := f.before.ID
	f.do(func(ctx context.Context) error {
		_, err := d.People.Change(ctx, id, change, by)
		return err
	}, f.o.word("people.saved", "name", name))
}

// do makes one change; done is what to say then.
func (f *personDialog) do(work func(ctx context.Context) error, done string) {
	if f.busy {
		return
	}
	f.busy = true
	f.o.s.desk.Background(func(ctx context.Context) func() {
		err := work(ctx)
		return func() {
			f.busy = false
			if err != nil {
				f.refused(err)
				return
			}
			f.dialog.Close()
			f.o.changed(done)
		}
	})
}

// refused says what stood in the way, at the field where there is one.
func (f *personDialog) refused(err error) {
	sentence := f.o.s.desk.Sentence(err)
	if p, ok := app.ProblemOf(err); ok && p.Kind == app.ProblemNameTaken {
		f.name.SetError(sentence)
		f.name.Focus()
	} else {
		f.fault.Set(kit.IconFailed, kit.Bad, sentence, kit.Bad)
		screen.Only(f.fault, true)
	}
	f.dialog.Flow()
}

// askTakePIN asks before anybody can sign in as this person.
func (f *personDialog) askTakePIN() {
	id, name := f.before.ID, f.o.s.desk.PersonName(f.before.Staff)
	f.confirm("people.pin.take", f.o.word("people.pin.take.text", "name", name), func(ctx context.Context) error {
		return f.o.s.desk.People.SetPIN(ctx, id, "", f.by())
	}, f.o.word("people.pin.taken", "name", name))
}

// askLeave asks before somebody cannot sign in any more.
func (f *personDialog) askLeave() {
	no, id, name := false, f.before.ID, f.o.s.desk.PersonName(f.before.Staff)
	f.confirm("people.leave", f.o.word("people.leave.text", "name", name), func(ctx context.Context) error {
		_, err := f.o.s.desk.People.Change(ctx, id, data.PersonChange{Active: &no}, f.by())
		return err
	}, f.o.word("people.gone", "name", name))
}

func (f *personDialog) setActive(active bool) {
	id, name := f.before.ID, f.o.s.desk.PersonName(f.before.Staff)
	f.do(func(ctx context.Context) error {
		_, err := f.o.s.desk.People.Change(ctx, id, data.PersonChange{Active: &active}, f.by())
		return err
	}, f.o.word("people.returned", "name", name))
}

// confirm asks over the dialog, and goes back to it when the answer is no.
func (f *personDialog) confirm(key, text string, work func(ctx context.Context) error, done string) {
	w := f.o.s.desk.Words
	ask := kit.NewDialog(f.o.word(key), kit.NewParagraph(text, kit.Row, kit.Ink), w.T("refund.cancel"), f.o.word(key))
	ask.ActKind = kit.MoneyOut
	ask.OnAct = func() {
		ask.Close()
		f.do(work, done)
	}
	ask.Show(f.o.s.desk.Window.Canvas())
}
