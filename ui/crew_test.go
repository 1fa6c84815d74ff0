package ui_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/scanner"
	"frontdesk/payment"
	"frontdesk/ui"
	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
	"frontdesk/ui/sales"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
	"frontdesk/ui/settings"
	"frontdesk/ui/summary"
)

// staffed is a window with all its tabs on a shop whose people have PINs.
type staffed struct {
	*screentest.Shop
	window *ui.Window
	keys   *keyCanvas
}

// newStaffed opens one. prepare runs before the window is made: who was at the
// till, and whether it is locked.
func newStaffed(t testing.TB, language lang.Language, mode kit.Mode, width, height float32, prepare func(s *screentest.Shop)) *staffed {
	t.Helper()
	s := &staffed{Shop: screentest.NewShop(t, language, mode)}
	s.keys = &keyCanvas{s.Win.Canvas(), map[string]func(fyne.Shortcut){}}
	s.Desk.Window = keyWindow{s.Win, s.keys}
	s.Set("shift.names", "早班 中班 晚班")
	prepare(s.Shop)
	s.window = ui.New(ui.Options{
		Desk:  s.Desk,
		Sales: func(d *screen.Desk) screen.Screen { return sales.New(d) },
		Summary: func(d *screen.Desk) screen.Screen {
			tab := summary.New(d)
			tab.Allowed, tab.Blind = s.window.SummaryLimits, d.Blind
			return tab
		},
		Settings: func(d *screen.Desk) screen.Screen { return settings.New(d, settings.Options{}) },
	})
	s.Win.SetContent(s.window.Content())
	s.Win.Resize(fyne.NewSize(width, height))
	s.window.Start()
	t.Cleanup(s.window.Close)
	s.Settle()
	s.Rendered()
	return s
}

// clerkOn puts the clerk at the till, with a shift of her own.
func clerkOn(s *screentest.Shop) {
	s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
	s.OpenShift("早班", 500_00)
}

func newChinese(t *testing.T, prepare func(s *screentest.Shop)) *staffed {
	t.Helper()
	return newStaffed(t, lang.Chinese, kit.Light, 1280, 800, prepare)
}

// ctrl is a key pressed together with Ctrl.
func (s *staffed) ctrl(key fyne.KeyName) {
	shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
	if f := s.keys.shortcuts[shortcut.ShortcutName()]; f != nil {
		f(shortcut)
	}
	s.Settle()
	s.Rendered()
}

// scan is a reading of the scanner.
func (s *staffed) scan(code string) {
	s.window.Scanned(screen.Scan{Text: code, Sure: true})
	s.Settle()
}

// tick lets the window's second pass.
func (s *staffed) tick() {
	s.window.Tick()
	s.Settle()
}

// menu opens the person's menu.
func (s *staffed) menu(person string) {
	s.Helper()
	screentest.TapFirst(s, s.Win, person)
	s.Until("the menu is open", s.Modal)
	s.Rendered()
}

func TestALockedTillLetsNothingThrough(t *testing.T) {
	s := newChinese(t, func(s *screentest.Shop) { clerkOn(s); s.Till.Lock() })
	s.Shows(s.T("signin.locked"))
	if s.Has(s.T("till.scan")) || s.Has(s.T("head.settings")) {
		t.Fatal("the till can be seen")
	}
	s.Press(fyne.KeyF4, fyne.KeyF5, fyne.KeyF1, fyne.KeyEscape)
	for _, key := range []fyne.KeyName{fyne.Key3, fyne.KeyL, fyne.KeyU, fyne.KeyP} {
		s.ctrl(key)
	}
	s.Desk.Go(screen.TabSettings, 0)
	s.scan("01000001")
	s.scan(payCode(1))
	s.tick()
	if s.Modal() || s.Has(s.T("head.settings")) || !s.Has(s.T("signin.locked")) {
		t.Fatalf("something came through:\n%s", screentest.Text(s.Win))
	}
	s.Type("1357")
	s.Press(fyne.KeyReturn)
	s.Shows(s.T("pin.wrong"))
	s.Win.Canvas().Unfocus()
	s.Type(screentest.ClerkPIN) // with nothing focused
	s.Press(fyne.KeyReturn)
	s.Shows(s.T("till.scan"))
	if s.Has("13,57") || s.Has("8,042.00") || s.Till.Locked() {
		t.Error("the PIN became an amount, or the till is still locked")
	}
	s.Shows("王敏·早班")
	s.Type("25")
	s.Shows("25.00")
}

func TestOnlyWhoeverWasThereFindsTheirWorkAgain(t *testing.T) {
	for name, c := range map[string]struct {
		who  func(c *screentest.Crew) data.Person
		pin  string
		same bool
	}{
		"the same person": {func(c *screentest.Crew) data.Person { return c.Manager }, screentest.ManagerPIN, true},
		"somebody else":   {func(c *screentest.Crew) data.Person { return c.Clerk }, screentest.ClerkPIN, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newChinese(t, func(s *screentest.Shop) { s.SignIn(s.Crew.Manager, screentest.ManagerPIN) })
			s.Type("7")
			s.ctrl(fyne.Key3)
			s.Shows(s.T("settings.shop.name"))
			s.menu("李强")
			s.Tap(s.T("head.menu.lock"))
			s.Shows(s.T("signin.locked"))
			p := c.who(s.Crew)
			s.Tap(p.Name)
			s.Type(c.pin)
			s.Press(fyne.KeyReturn)
			s.Until("the till is open", func() bool { return !s.Till.Locked() && s.Has(s.T("head.settings")) })
			s.Settle()
			if got := s.Has(s.T("settings.shop.name")); got != c.same {
				t.Errorf("the settings are in sight: %v", got)
			}
			if !c.same && !s.Has("7.00") { // the amount is the customer's
				t.Error("the standing amount is gone")
			}
		})
	}
}

func TestCtrlUPutsSomebodyElseAtTheTill(t *testing.T) {
	s := newChinese(t, clerkOn)
	s.Type("128.5")
	s.ctrl(fyne.KeyU)
	s.Shows(s.T("signin.facts"))
	s.scan(payCode(1)) // goes nowhere
	if !s.Has(s.T("head.scanner.ignored")) {
		t.Error("the lamp does not say that the scan was left alone")
	}
	s.Tap("陈静")
	s.Type(screentest.OtherPIN)
	s.Press(fyne.KeyReturn, fyne.KeyReturn)
	s.Shows("陈静·早班")
	if s.Modal() || !s.Has("128.50") || s.Has("505,197") {
		t.Errorf("a dialog is open, or the amount is not what was typed:\n%s", screentest.Text(s.Win))
	}
	list, _, err := s.Desk.Books.Page(t.Context(), data.Filter{})
	screentest.Check(t, err)
	if len(list) != 0 {
		t.Error("something was charged")
	}
	s.Press(fyne.KeyF5)
	s.Type("200")
	s.Press(fyne.KeyReturn)
	s.Shows(s.T("pay.paid.hint"))
	list, _, err = s.Desk.Books.Page(t.Context(), data.Filter{})
	screentest.Check(t, err)
	if len(list) != 1 || list[0].Staff.ID != s.Crew.Other.ID {
		t.Errorf("sales %+v", list)
	}
}

func TestAScanIsNoWrongPIN(t *testing.T) {
	s := newChinese(t, clerkOn)
	s.window.ScanThroughFields(scanner.DefaultRules())
	s.ctrl(fyne.KeyU)
	s.Shows(s.T("signin.facts"))
	s.Type(payCode(1))
	s.Press(fyne.KeyReturn)
	time.Sleep(2 * scanner.DefaultRules().MaxGap)
	s.Settle()
	s.Shows(s.T("head.scanner.ignored"))
	if f, ok := s.Win.Canvas().Focused().(*kit.FigureField); !ok || f.Text() != "" || s.Has(s.T("pin.wrong")) {
		t.Error("the scan went into the PIN")
	}
	for _, name := range []data.Person{s.Crew.Manager, s.Crew.Clerk, s.Crew.Other} {
		p, err := s.Crew.Person(t.Context(), name.ID)
		screentest.Check(t, err)
		if p.WrongPINs != 0 {
			t.Errorf("%s has a wrong PIN", p.Name)
		}
	}
}

func TestUnsavedSettingsComeBeforeTheNextPerson(t *testing.T) {
	s := newChinese(t, func(s *screentest.Shop) { s.SignIn(s.Crew.Manager, screentest.ManagerPIN) })
	s.ctrl(fyne.Key3)
	s.Shows(s.T("settings.shop.name"))
	firstField(s.Win.Content()).Entry.SetText("晨光便利店")
	s.ctrl(fyne.KeyU)
	s.Shows(s.T("settings.leave.title"))
	s.Press(fyne.KeyEscape)
	s.Settle()
	if s.Modal() || s.Till.Person().ID != s.Crew.Manager.ID {
		t.Error("the next person came before the changes")
	}
}

// firstField is the first field for text below an object.
func firstField(o fyne.CanvasObject) *kit.Field {
	var inside []fyne.CanvasObject
	switch part := o.(type) {
	case *kit.Field:
		return part
	case *fyne.Container:
		inside = part.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(part).Objects()
	}
	for _, child := range inside {
		if f := firstField(child); f != nil {
			return f
		}
	}
	return nil
}

func TestTheMenuOfAClerkTellsNothingBeforeTheCount(t *testing.T) {
	s := newChinese(t, clerkOn)
	s.Sell(12_00)
	s.Settle()
	s.menu("王敏·早班")
	for _, text := range []string{s.T("head.shift.line", "since", "12:00", "n", 1), s.T("head.menu.x.blind"), s.T("head.menu.shift"), "Ctrl+U", "Ctrl+L"} {
		if !s.Has(text) {
			t.Errorf("%q is not in the menu", text)
		}
	}
	if s.Has("512.00") {
		t.Error("what should be in the drawer is in the menu")
	}
	s.Press(fyne.KeyEscape)
	s.Set("shift.blind", "false")
	s.menu("王敏·早班")
	s.Tap(s.T("head.menu.x"))
	s.Shows(s.T("head.told.x"))
	if got := printed(s, data.PrintX); got != 1 {
		t.Errorf("%d readings in the queue", got)
	}
}

// printed is how many papers of a kind wait in the queue, which is empty then.
func printed(s *staffed, kind data.PrintKind) (n int) {
	s.Helper()
	for {
		job, ok, err := s.Ledger.NextPrint(context.Background(), s.Now())
		screentest.Check(s, err)
		if !ok {
			return n
		}
		if job.Kind == kind {
			n++
		}
	}
}

func TestAShiftThatOpensByItselfIsSaid(t *testing.T) {
	s := newChinese(t, func(s *screentest.Shop) { s.SignIn(s.Crew.Manager, screentest.ManagerPIN) })
	s.menu("李强")
	for _, text := range []string{s.T("head.shift.none"), s.T("head.menu.open")} {
		if !s.Has(text) {
			t.Errorf("%q is not in the menu", text)
		}
	}
	s.Press(fyne.KeyEscape)
	s.Sell(5_00)
	s.Settle()
	s.menu("李强")
	if !s.Has(s.T("head.shift.auto", "since", "12:00", "n", 1)) || !s.Has(s.T("head.menu.shift")) {
		t.Errorf("the shift is not in the menu:\n%s", screentest.Text(s.Win))
	}
	s.Tap(s.T("head.menu.x"))
	s.Until("the reading is queued", func() bool { return printed(s, data.PrintX) == 1 })
}

func TestTheMenuSaysWhoseShiftItIs(t *testing.T) {
	s := newChinese(t, clerkOn)
	s.Sell(5_00)
	s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
	s.Settle()
	s.menu("李强·早班")
	line := s.T("head.shift.line", "since", "12:00", "n", 1)
	if !s.Has(s.T("head.shift.of", "name", "王敏", "line", line)) {
		t.Errorf("the shift looks like the manager's:\n%s", screentest.Text(s.Win))
	}
}

func TestCtrlLHandsTheShiftOver(t *testing.T) {
	s := newChinese(t, clerkOn)
	s.Sell(41_50)
	s.Settle()
	s.ctrl(fyne.KeyL)
	s.Shows(s.T("shift.blind"))
	s.Rendered()
	s.scan(payCode(1))
	if !s.Has(s.T("head.scanner.shift")) {
		t.Error("the lamp does not say that the scan was left alone")
	}
	s.Desk.Go(screen.TabTill, 0)
	s.Shows(s.T("till.scan")) // nothing was typed: nothing is lost
	s.ctrl(fyne.KeyL)
	s.Shows(s.T("shift.blind"))
	s.Rendered()
	s.Win.Canvas().Focus(nil)
	s.Type("5")
	s.Press(fyne.KeyDown, fyne.KeyDown)
	s.Type("2")
	s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	s.Type("1")
	s.Press(fyne.KeyDown)
	s.Type("1")
	s.Tap(s.T("head.sales"))
	s.Shows(s.T("shift.leave.title"))
	s.Press(fyne.KeyEscape)
	s.Settle()
	s.ctrl(fyne.KeyReturn)
	s.Shows(s.T("shift.diff.none"))
	s.Press(fyne.KeyReturn)
	s.Shows(s.T("shift.who"))
	s.Tap("陈静")
	s.Type(screentest.OtherPIN)
	s.Press(fyne.KeyReturn, fyne.KeyReturn)
	s.Shows("Z 0001")
	s.Shows("陈静·中班")
	s.Tap(s.T("shift.done.ok"))
	s.Shows(s.T("till.scan"))
	zs, err := s.Ledger.Zs(t.Context(), "2026-11-01", "2026-12-31")
	screentest.Check(t, err)
	if len(zs) != 1 || s.Till.Person().ID != s.Crew.Other.ID || s.Till.Locked() {
		t.Errorf("%d reports, at the till: %v", len(zs), s.Till.Person())
	}
	s.Type("9")
	s.Shows("9.00")
}

func TestTheSummaryShowsAsMuchAsThePersonMaySee(t *testing.T) {
	s := newChinese(t, clerkOn)
	s.Sell(41_50)
	s.ctrl(fyne.Key4)
	s.Shows(s.T("summary.drawer.blind"))
	if s.Has("541.50") {
		t.Error("a clerk sees what should be in the drawer")
	}
	s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
	s.Settle()
	s.Shows(s.T("till.scan"))
	s.ctrl(fyne.Key4)
	s.Shows("541.50")
	s.Desk.ShowSales(data.Filter{From: s.Desk.Books.Today(), To: s.Desk.Books.Today(), ByMoney: true, StaffID: s.Crew.Clerk.ID})
	s.Shows("01000001")
	s.Shows("王敏")
}

func TestAClerkSeesTheOwnSalesAtTheTill(t *testing.T) {
	s := newChinese(t, func(s *screentest.Shop) {
		s.Set("staff.see_all", "false")
		s.Set("shift.blind", "false")
		s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
		s.Sell(7_00) // in a shift of the manager
		clerk := s.Crew.Clerk
		shift, _, err := s.Desk.Shifts.Current(context.Background())
		screentest.Check(s, err)
		_, err = s.Desk.Shifts.Close(context.Background(), app.CloseOrder{ShiftID: shift.ID, Uncount: true, HandTo: clerk.ID, PIN: screentest.ClerkPIN, NextName: "中班"})
		screentest.Check(s, err)
		s.Sell(3_00)
	})
	s.Shows("¥3.00")
	if s.Has("7.00") {
		t.Error("a clerk sees the sales of others")
	}
	s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
	s.Shows("¥10.00")
}

// The sum of today's list is what the drawer should hold where all is paid in
// cash.
func TestAClerkWhoCountsFirstSeesNoSumAtTheTill(t *testing.T) {
	s := newChinese(t, clerkOn)
	s.Sell(12_00)
	s.Sell(31_00)
	s.Settle()
	s.Shows(s.T("till.today.blind"))
	s.Shows(s.T("till.today.sales", "n", 2))
	if s.Has("43.00") {
		t.Error("the sum of cash stands over today's list")
	}
	s.ctrl(fyne.Key2)
	s.Settle()
	s.Shows(s.T("sales.foot.blind"))
	if s.Has("43.00") {
		t.Error("the sum of cash stands below the list of sales")
	}
	s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
	s.Settle()
	s.Shows("¥43.00")
}

func TestSettingsAreNotForClerks(t *testing.T) {
	s := newChinese(t, clerkOn)
	s.ctrl(fyne.Key3)
	s.Shows(s.T("settings.denied"))
	s.Tap(s.T("head.menu.switch"))
	s.Shows(s.T("signin.facts"))
	s.Tap("李强")
	s.Type(screentest.ManagerPIN)
	s.Press(fyne.KeyReturn)
	s.Shows(s.T("till.scan"))
	s.ctrl(fyne.Key3)
	s.Shows(s.T("settings.shop.name"))
}

func TestCashGoesOutAndTheLampSaysSo(t *testing.T) {
	s := newChinese(t, func(s *screentest.Shop) {
		s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
		s.OpenShift("早班", 500_00)
	})
	s.menu("李强·早班")
	s.Tap(s.T("head.menu.cash"))
	s.Shows(s.T("cash.move.facts"))
	s.Rendered()
	s.Type("300")
	s.Tap(s.T("cash.out.bank"))
	s.Press(fyne.KeyReturn)
	s.Shows(s.T("head.told.cash"))
	s.Later(7 * time.Second)
	s.tick()
	if s.Has(s.T("head.told.cash")) {
		t.Error("the lamp says it for ever")
	}
	s.menu("李强·早班")
	s.Tap(s.T("head.menu.drawer"))
	s.Shows(s.T("head.told.drawer"))
	if got := printed(s, data.PrintDrawer); got != 2 {
		t.Errorf("the drawer opens %d times", got)
	}
}

// sceneOf is one state of the window of a shop with people.
type sceneOf struct {
	name          string
	width, height float32
	before        func(s *screentest.Shop)
	play          func(s *staffed)
}

func managerOn(s *screentest.Shop) {
	s.SignIn(s.Crew.Manager, screentest.ManagerPIN)
	s.OpenShift("早班", 500_00)
}

func sold(s *staffed) {
	for _, a := range []payment.Amount{12_00, 35_00, 8_50} {
		s.Sell(a)
		s.Later(4 * time.Minute)
	}
	s.Settle()
}

var crewScenes = []sceneOf{
	{"23-menu", 1280, 800, managerOn, func(s *staffed) { sold(s); s.menu("李强·早班") }},
	{"23-menu-clerk-728", 1280, 728, clerkOn, func(s *staffed) { sold(s); s.menu("王敏·早班") }},
	{"23-menu-none", 1280, 800, func(s *screentest.Shop) { s.SignIn(s.Crew.Manager, screentest.ManagerPIN) }, func(s *staffed) { s.menu("李强") }},
	{"23-switch", 1280, 800, clerkOn, func(s *staffed) { sold(s); s.ctrl(fyne.KeyU); s.Settle(); s.Type("50") }},
	{"23-locked", 1280, 800, func(s *screentest.Shop) { clerkOn(s); s.Till.Lock() }, func(s *staffed) {}},
	{"23-told", 1280, 800, managerOn, func(s *staffed) { sold(s); s.menu("李强·早班"); s.Tap(s.T("head.menu.x")); s.Settle() }},
	{"23-help", 1280, 728, clerkOn, func(s *staffed) { s.Press(fyne.KeyF1) }},
	{"14-in-window", 1280, 800, clerkOn, func(s *staffed) { sold(s); s.ctrl(fyne.KeyL) }},
	{"13-clerk", 1280, 800, clerkOn, func(s *staffed) { sold(s); s.ctrl(fyne.Key4) }},
}

// TestScreensOfACrew draws every state of the window that people bring about when
// FRONTDESK_SCREENS names a folder; otherwise it goes through each once.
func TestScreensOfACrew(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	languages := []lang.Language{lang.Chinese, lang.English}
	for i, sc := range crewScenes {
		for k, language := range languages {
			for mode, look := range map[kit.Mode]string{kit.Light: "light", kit.Dark: "dark"} {
				if dir == "" && (mode == kit.Dark || k != i%2) || mode == kit.Dark && language == lang.English {
					continue
				}
				name := fmt.Sprintf("%s-%s-%s", sc.name, language, look)
				t.Run(name, func(t *testing.T) {
					s := newStaffed(t, language, mode, sc.width, sc.height, sc.before)
					sc.play(s)
					s.Settle()
					if dir != "" {
						screentest.Keep(t, s.Win, dir, "crew-"+name)
					}
					s.Faults()
					for _, o := range slices.Concat(s.Win.Canvas().Overlays().List(), []fyne.CanvasObject{s.Win.Content()}) {
						screens.Restless(o) // what was never in sight is measured for the first time
						for _, change := range screens.Restless(o) {
							t.Error(change)
						}
					}
				})
			}
		}
	}
}
