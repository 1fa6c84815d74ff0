package settings

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// staff tells people apart; nobody has signed in, so the owner is at the till.
func (w *world) staff() *screentest.Crew {
	w.tb.Helper()
	vault := &screentest.Vault{}
	crew := screentest.NewCrew(w.tb, w.ledger, vault, nil)
	till := app.NewTill(app.Options{Ledger: w.ledger, People: crew.People})
	w.tb.Cleanup(till.Close)
	w.desk.People, w.desk.Till = crew.People, till
	return crew
}

func (w *world) signIn(p data.Person, pin string) {
	w.tb.Helper()
	_, err := w.desk.Till.SignIn(context.Background(), p.ID, pin)
	check(w.tb, err)
}

// listed waits until somebody stands in the list.
func (w *world) listed(name string) {
	w.tb.Helper()
	w.until(name+" is listed", func() bool { return screentest.Has(w.win, name) })
}

func (w *world) t(key string, pairs ...any) string { return w.desk.Words.T(key, pairs...) }

// tap puts a finger on a text of the dialog in front, or of the window.
func (w *world) tap(text string) {
	w.tb.Helper()
	screentest.Tap(w.tb, w.win, text)
	w.settle()
}

func (w *world) types(text string) {
	for _, r := range text {
		w.win.Canvas().Focused().TypedRune(r)
	}
}

func (w *world) press(name fyne.KeyName) {
	ev := &fyne.KeyEvent{Name: name}
	if f := w.win.Canvas().Focused(); f != nil {
		f.TypedKey(ev)
		return
	}
	w.win.Canvas().OnTypedKey()(ev)
}

func (w *world) modal() bool { return kit.Modal(w.win.Canvas()) }

func (w *world) person(id int64) data.Person {
	w.tb.Helper()
	p, err := w.desk.People.Person(context.Background(), id)
	check(w.tb, err)
	return p
}

func TestTheOwnerTakesSomebodyOn(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	crew := w.staff()
	w.open("people", 1280, 800)
	w.listed("陈静")
	w.tap(w.t("settings.people.add"))
	w.types("王敏")
	w.press(fyne.KeyReturn)
	w.until("the name is taken", func() bool { return screentest.Has(w.win, w.t("problem.name_taken")) })
	w.types("2")
	if screentest.Has(w.win, w.t("problem.name_taken")) {
		t.Error("the complaint stays")
	}
	w.tap(w.t("settings.people.refund.alone"))
	w.press(fyne.KeyReturn)
	w.press(fyne.KeyReturn)
	w.listed("王敏2")
	w.until("it is said", func() bool { return screentest.Has(w.win, w.t("settings.people.added", "name", "王敏2")) })
	all, err := crew.List(t.Context())
	check(t, err)
	if len(all) != 5 || all[4].Role != data.RoleClerk || !all[4].MayRefund || !all[4].Active {
		t.Errorf("people %+v", all)
	}
}

func TestSomebodyIsRenamedPromotedAndLetGo(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	crew := w.staff()
	w.open("people", 1280, 800)
	w.listed("陈静")
	edit := func() *personDialog {
		p := w.person(crew.Other.ID)
		d := newPersonDialog(w.s.people, &p)
		d.show()
		w.texts()
		return d
	}
	d := edit()
	d.name.SetText("陈小静")
	d.role.SetIndex(1)
	d.changed()
	if !d.refund.Disabled() || !d.refund.On() {
		t.Error("a manager's refund right can be taken away")
	}
	w.press(fyne.KeyReturn)
	w.until("it is saved", func() bool { return !w.modal() })
	w.listed("陈小静")
	if got := w.person(crew.Other.ID); got.Name != "陈小静" || got.Role != data.RoleManager {
		t.Errorf("%+v", got)
	}
	edit()
	w.tap(w.t("settings.people.leave"))
	if !screentest.Has(w.win, w.t("settings.people.leave.text", "name", "陈小静")) {
		t.Fatal("nobody asks")
	}
	w.press(fyne.KeyReturn)
	w.listed(w.t("settings.people.left"))
	if w.person(crew.Other.ID).Active {
		t.Error("she still works here")
	}
	edit()
	w.tap(w.t("settings.people.back"))
	w.until("she is back", func() bool { return w.person(crew.Other.ID).Active })
}

func TestNobodyLetsThemselfGo(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.staff()
	w.open("people", 1280, 800)
	w.listed("陈静")
	owner := w.person(data.OwnerID)
	d := newPersonDialog(w.s.people, &owner)
	d.show()
	w.texts()
	if !d.role.Disabled() || !screentest.Button(w.win.Canvas().Overlays().Top(), w.t("settings.people.leave")).Disabled() {
		t.Error("the owner can let themself go")
	}
	if !screentest.Has(w.win, w.t("settings.people.role.self")) {
		t.Error("it is not said why")
	}
}

func TestAPINIsTypedTwice(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	crew := w.staff()
	w.open("people", 1280, 800)
	w.listed("陈静")
	w.until("the open name is named", func() bool {
		return screentest.Has(w.win, w.t("settings.people.open", "name", "店主"))
	})
	d := newPINDialog(w.s.people, crew.Owner)
	d.show()
	w.texts()
	w.types("1234")
	w.press(fyne.KeyReturn) // on to the second field
	w.types("12")
	if d.first.Text() != "1234" || d.second.Text() != "12" {
		t.Fatalf("typed %q and %q", d.first.Text(), d.second.Text())
	}
	d.typeKey("5")
	if !screentest.Has(w.win, w.t("settings.people.pin.differ")) {
		t.Error("two that differ are not named")
	}
	d.typeKey(kit.KeyBack)
	w.types("34")
	w.press(fyne.KeyReturn)
	w.until("it is too weak", func() bool { return screentest.Has(w.win, w.t("problem.pin_weak")) })
	w.types("290461")
	w.press(fyne.KeyReturn)
	w.types("290461")
	w.press(fyne.KeyReturn)
	w.press(fyne.KeyReturn)
	w.until("it is set", func() bool {
		return !w.modal() && screentest.Has(w.win, w.t("settings.people.pin.saved", "name", "店主"))
	})
	if _, err := crew.Prove(t.Context(), data.OwnerID, "290461"); err != nil {
		t.Error(err)
	}
	w.until("the warning is gone", func() bool {
		return !screentest.Has(w.win, w.t("settings.people.open", "name", "店主"))
	})
	owner := w.person(data.OwnerID)
	newPersonDialog(w.s.people, &owner).show()
	w.texts()
	w.tap(w.t("settings.people.pin.take"))
	w.press(fyne.KeyReturn)
	w.until("it is taken away", func() bool { has, _ := crew.HasPIN(data.OwnerID); return !has })
}

func TestAManagerManagesClerksOnly(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	crew := w.staff()
	w.signIn(crew.Manager, screentest.ManagerPIN)
	w.open("people", 1280, 800)
	w.listed("陈静")
	for name, c := range map[string]struct {
		id        int64
		may, role bool
	}{"the owner": {data.OwnerID, false, false}, "a clerk": {crew.Clerk.ID, true, false}} {
		p := w.person(c.id)
		d := newPersonDialog(w.s.people, &p)
		if d.mayChange() != c.may || d.role.Disabled() == c.role {
			t.Errorf("%s: may be changed %v, role %v", name, d.mayChange(), !d.role.Disabled())
		}
	}
	w.turn("alipay")
	if !w.s.page().locked {
		t.Error("a manager may change the keys")
	}
	w.turn("shop")
	if w.s.page().locked {
		t.Error("a manager may not change the shop's name")
	}
}

func TestAClerkIsToldWhoChangesSettings(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	crew := w.staff()
	w.signIn(crew.Clerk, screentest.ClerkPIN)
	asked := 0
	w.desk.SwitchPerson = func() { asked++ }
	w.s = New(w.desk, w.opts)
	screentest.Show(w.win, 2, w.s.Object(), 1280, 800)
	w.s.Show()
	w.until("it is said", func() bool { return screentest.Has(w.win, w.t("settings.denied.do", "names", "店主、李强")) })
	if strings.Contains(w.texts(), w.t("settings.page.alipay")) || w.s.Act(screen.ActSave) || w.s.TypedKey(fyne.KeyDown) {
		t.Error("a clerk gets at the settings")
	}
	screentest.Tap(t, w.win, w.t("head.menu.switch"))
	if asked != 1 {
		t.Error("changing the person is not offered")
	}
	for _, fault := range screentest.Faults(w.win) {
		t.Error(fault)
	}
}

func TestTheRulesOfShiftsAndDays(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).open("shifts", 1280, 800)
	w.field("shift.names").Entry.SetText("早班 晚班")
	w.field("shift.limit").Entry.SetText("-3")
	w.field("day.cutover").Entry.SetText("13:00")
	w.save()
	w.shows(t, w.t("settings.bad.amount_or_none"), w.t("settings.bad.clock", "latest", "12:00"))
	w.field("shift.limit").Entry.SetText("0")
	w.field("day.cutover").Entry.SetText("05:30")
	w.save()
	for key, want := range map[string]string{"shift.names": "早班 晚班", "shift.limit": "0", "day.cutover": "05:30", "shift.blind": "true"} {
		if got := w.get(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if w.applied.Load() == 0 {
		t.Error("the program did not take it over")
	}
}

func TestWarningsAboutPINs(t *testing.T) {
	d := newWorld(t, lang.Chinese, kit.Light).desk
	person := func(id int64, role data.Role) data.Person {
		return data.Person{Staff: data.Staff{ID: id, Name: "P", Role: role}, Active: true}
	}
	owner, manager, clerk := person(1, data.RoleOwner), person(2, data.RoleManager), person(3, data.RoleClerk)
	gone := manager
	gone.Active = false
	for name, c := range map[string]struct {
		people  []data.Person
		pins    []int64
		warns   bool
		serious bool
	}{
		"one owner alone":             {[]data.Person{owner}, nil, false, false},
		"nobody has one":              {[]data.Person{owner, clerk}, nil, true, false},
		"the owner has none":          {[]data.Person{owner, clerk}, []int64{3}, true, true},
		"only a clerk has none":       {[]data.Person{owner, manager, clerk}, []int64{1, 2}, false, false},
		"who has left does not count": {[]data.Person{owner, gone, clerk}, []int64{1}, false, false},
	} {
		l := staffList{people: c.people, hasPIN: map[int64]bool{}}
		for _, id := range c.pins {
			l.hasPIN[id] = true
		}
		if sentence, serious := l.warning(d); (sentence != "") != c.warns || serious != c.serious {
			t.Errorf("%s: %q, serious %v", name, sentence, serious)
		}
	}
}

func TestThePagesOfPeopleComeToRest(t *testing.T) {
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		w := newWorld(t, language, kit.Light)
		crew := w.staff()
		w.open("people", 1280, 728)
		w.listed("陈静")
		clerk := w.person(crew.Clerk.ID)
		newPersonDialog(w.s.people, &clerk).show()
		w.texts()
		for _, o := range append(w.win.Canvas().Overlays().List(), w.win.Content()) {
			screens.Restless(o)
			for _, change := range screens.Restless(o) {
				t.Error(change)
			}
		}
		for _, fault := range screentest.Faults(w.win) {
			t.Errorf("%s: %s", language, fault)
		}
	}
}
