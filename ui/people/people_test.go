package people

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen/screentest"
)

func newShop(t *testing.T) *screentest.Shop {
	t.Helper()
	s := screentest.NewShop(t, lang.Chinese, kit.Light)
	s.Show(container.NewStack(), 1280, 800)
	return s
}

// switching opens the dialog in which one person follows another.
func switching(s *screentest.Shop, done func(data.Person)) {
	s.Helper()
	Switch(s.Desk, done, nil)
	s.Shows(s.T("signin.facts"))
	s.Rendered()
}

func TestOnePersonFollowsAnother(t *testing.T) {
	s := newShop(t)
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	var came data.Person
	switching(s, func(p data.Person) { came = p })
	s.Tap("陈静")
	s.Type("505197")
	s.Press(fyne.KeyReturn, fyne.KeyReturn)
	s.Until("she is there", func() bool { return came.ID == s.Crew.Other.ID })
	if s.Modal() || s.Till.Person().ID != s.Crew.Other.ID {
		t.Errorf("at the till: %v, a dialog is open: %v", s.Till.Person(), s.Modal())
	}
}

func TestTheNextOneIsChosenAndArrowsChooseOthers(t *testing.T) {
	s := newShop(t)
	s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
	switching(s, func(data.Person) {})
	if !s.Has(s.T("signin.pin", "name", "王敏")) {
		t.Errorf("the one after the present person is not chosen:\n%s", screentest.Text(s.Win))
	}
	s.Type("12")
	s.Press(fyne.KeyRight) // the PIN of another person is no use
	s.Shows(s.T("signin.pin", "name", "陈静"))
	s.Type(screentest.OtherPIN)
	s.Press(fyne.KeyReturn)
	s.Until("she is there", func() bool { return s.Till.Person().ID == s.Crew.Other.ID })
}

func TestWhoNeedsNoPINComesWithATap(t *testing.T) {
	s := newShop(t)
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	switching(s, func(data.Person) {})
	s.Tap(s.T("role.owner"))
	s.Until("the owner is there", func() bool { return s.Till.Person().ID == data.OwnerID && !s.Modal() })
}

func TestAWrongPINIsSaidAndTheWaitCountsDown(t *testing.T) {
	s := newShop(t)
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	Switch(s.Desk, func(data.Person) {}, nil)
	s.Shows(s.T("signin.facts"))
	s.Rendered()
	s.Tap("陈静")
	for range 2 {
		s.Type("135791")
		s.Press(fyne.KeyReturn)
		s.Shows(s.T("pin.wrong"))
		if got := s.Win.Canvas().Focused().(*kit.FigureField).Text(); got != "" {
			t.Fatal("the wrong PIN is still there")
		}
	}
	s.Type("1")
	if s.Has(s.T("pin.wrong")) {
		t.Error("the next digit does not take the complaint away")
	}
	s.Type("35791")
	s.Press(fyne.KeyReturn)
	s.Shows(s.T("pin.wrong.wait", "seconds", 5))
	s.Type(screentest.OtherPIN)
	s.Press(fyne.KeyReturn) // the right one has to wait, too
	s.Later(2 * time.Second)
	s.Shows(s.T("pin.wrong.wait", "seconds", 3)) // within a second of the real clock
	if s.Till.Person().ID == s.Crew.Other.ID {
		t.Fatal("a PIN was taken during the wait")
	}
	s.Later(3 * time.Second)
	s.Shows(s.T("signin.pin", "name", "陈静"))
	s.Press(fyne.KeyReturn)
	s.Until("she is there", func() bool { return s.Till.Person().ID == s.Crew.Other.ID })
}

func TestTheOnlyPersonIsToldWhereToAddOthers(t *testing.T) {
	s := newShop(t)
	no := false
	for _, p := range []data.Person{s.Crew.Manager, s.Crew.Clerk, s.Crew.Other} {
		s.Crew.Change(t, p, data.PersonChange{Active: &no})
	}
	asked := false
	Switch(s.Desk, nil, func() { asked = true })
	s.Shows(s.T("signin.alone"))
	s.Press(fyne.KeyReturn)
	if !asked || s.Modal() {
		t.Error("the way to the people is not offered")
	}
}

func TestTheLockOpensForWhoeverProvesThemself(t *testing.T) {
	s := newShop(t)
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	s.Till.Lock()
	var came data.Person
	l := NewLocked(s.Desk, func(p data.Person) { came = p })
	s.Show(l.Object(), 1280, 800)
	l.Show()
	s.Shows(s.T("signin.pin", "name", "王敏")) // who was there last
	s.Faults()
	l.TypedRune('8')
	l.TypedKey(fyne.KeyEscape) // takes the digits away and nothing else
	for _, r := range screentest.ClerkPIN {
		l.TypedRune(r)
	}
	l.TypedKey(fyne.KeyReturn)
	l.TypedKey(fyne.KeyReturn)
	s.Until("the till is open", func() bool { return came.ID == s.Crew.Clerk.ID && !s.Till.Locked() })
}

func TestThePeopleThatCannotBeReadCanBeReadAgain(t *testing.T) {
	s := newShop(t)
	l := NewLocked(s.Desk, func(data.Person) {})
	s.Show(l.Object(), 1280, 800)
	l.unreadable(errors.New("disk"))
	s.Tap(s.T("settings.again"))
	s.Shows("王敏")
}

func TestNobodyIsAskedForARightThatIsThere(t *testing.T) {
	s := newShop(t)
	s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
	done := 0
	Ask(s.Desk, Question{Act: ActDrawer, Do: func(_ context.Context, a *app.Approval) error {
		if a != nil {
			t.Error("there is an approval")
		}
		return nil
	}, Then: func() { done++ }})
	s.Until("it is done", func() bool { return done == 1 })
	if s.Modal() {
		t.Error("a dialog opened")
	}
}

func TestSomebodyElseGivesTheirWordForOneAct(t *testing.T) {
	s := newShop(t)
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	var by string
	done := 0
	Ask(s.Desk, Question{Act: ActDrawer, Title: "title", Word: "do it", Do: func(_ context.Context, a *app.Approval) error {
		by = a.By().Name
		return nil
	}, Then: func() { done++ }})
	s.Shows(s.T("approve.drawer", "name", "王敏", "role", "店长"))
	s.Rendered()
	s.Faults()
	s.Press(fyne.KeyReturn) // no PIN yet
	s.Type(screentest.ClerkPIN)
	s.Press(fyne.KeyReturn)
	s.Shows(s.T("pin.wrong"))
	if by != "" || !s.Modal() {
		t.Fatal("a wrong PIN approved it")
	}
	s.Tap("7") // on the keypad
	s.Type(screentest.ManagerPIN[1:])
	s.Press(fyne.KeyReturn, fyne.KeyReturn)
	s.Until("it is done", func() bool { return done == 1 && !s.Modal() })
	if by != s.Crew.Manager.Name {
		t.Errorf("approved by %q", by)
	}
}

func TestAPINIsForOneApproverAndOneAct(t *testing.T) {
	s := newShop(t)
	check := func(err error) { t.Helper(); screentest.Check(t, err) }
	check(s.Crew.SetPIN(t.Context(), data.OwnerID, "290461", s.Crew.Owner))
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	need, err := NeedOf(t.Context(), s.Desk, ActRefund)
	check(err)
	if len(need.Who) != 2 {
		t.Fatalf("%d may approve", len(need.Who))
	}
	changes := 0
	a := NewApproval(s.Desk, need, func() { changes++ })
	s.Show(a.Object(), 1280, 800)
	if a.Ready() {
		t.Error("it is ready without a PIN")
	}
	type4 := func() {
		for _, r := range "7713" {
			a.Field().TypedRune(r)
		}
	}
	type4()
	if !a.Ready() || changes == 0 {
		t.Error("four digits are not enough to try")
	}
	a.who.OnChanged(1)
	if a.Ready() || a.Field().Text() != "" {
		t.Error("the PIN stays although somebody else is to approve")
	}
	a.who.OnChanged(0)
	type4()
	a.Void()
	if a.Ready() || a.Field().Text() != "" {
		t.Error("the PIN stays although something else is to be approved")
	}
	a.who.OnChanged(1) // the owner, who has another one
	type4()
	word := a.Word()
	if a.Field().Text() != "" {
		t.Error("the PIN stays after a try")
	}
	if _, err := word.Prove(t.Context()); err == nil {
		t.Error("one person's PIN proved another")
	}
}

func TestWhereNobodyCanApproveItIsSaid(t *testing.T) {
	s := newShop(t)
	screentest.Check(t, s.Crew.SetPIN(t.Context(), s.Crew.Manager.ID, "", s.Crew.Owner))
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	need, err := NeedOf(t.Context(), s.Desk, ActCash)
	screentest.Check(t, err)
	a := NewApproval(s.Desk, need, func() {})
	s.Show(a.Object(), 1280, 800)
	if !s.Has(s.T("approve.nobody", "name", "王敏")) || a.Ready() {
		t.Errorf("it is not said:\n%s", screentest.Text(s.Win))
	}
	if word := a.Word(); word.people != nil {
		t.Error("there is a word of nobody")
	}
}

func TestAClerkOffDutyIsToldSo(t *testing.T) {
	s := newShop(t)
	yes := true
	s.Crew.Change(t, s.Crew.Other, data.PersonChange{MayRefund: &yes})
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	s.OpenShift("早班", 0)
	s.SignIn(s.Crew.Other, screentest.OtherPIN)
	need, err := NeedOf(t.Context(), s.Desk, ActRefund)
	screentest.Check(t, err)
	if got := need.caption(s.Desk, s.Crew.Manager); !need.Lacking || got != s.T("approve.refund.off_duty", "name", "陈静", "role", "店长") {
		t.Errorf("lacking %v: %s", need.Lacking, got)
	}
	for _, p := range need.Who {
		if p.ID == s.Crew.Other.ID {
			t.Error("somebody approves their own act")
		}
	}
}
