package shift

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

func chinese(t *testing.T) *world {
	t.Helper()
	return newWorld(t, lang.Chinese, kit.Light)
}

func TestAShiftIsHandedOverByKeyboard(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	if w.Has("1,241.50") {
		t.Fatal("what should be there is seen before the count")
	}
	w.exact()
	w.Shows(w.T("shift.diff.none"))
	w.next()
	w.Press(fyne.KeyReturn, fyne.KeyReturn) // nobody is chosen: nothing is handed over
	w.Settle()
	if w.s.at != stageHand || w.s.busy {
		t.Fatal("Enter alone handed the shift over")
	}
	w.Tap("陈静")
	w.Type("1357")
	w.Press(fyne.KeyReturn)
	w.Shows(w.T("pin.wrong"))
	if w.over().State != data.ShiftOpen {
		t.Fatal("a wrong PIN closed it")
	}
	w.Type(screentest.OtherPIN)
	w.Press(fyne.KeyReturn)
	w.Press(fyne.KeyReturn) // twice closes once
	w.Until("it is over", func() bool { return w.s.at == stageDone })
	w.Settle()
	for _, text := range []string{"Z 0001", w.T("shift.done.next.line", "shift", "陈静·中班", "float", "1,241.50")} {
		if !w.Has(text) {
			t.Errorf("%q is not said:\n%s", text, screentest.Text(w.Win))
		}
	}
	if list := w.zs(); len(list) != 1 || list[0].Staff.ID != w.Crew.Clerk.ID {
		t.Errorf("%d reports: %+v", len(list), list)
	}
	if !slices.Contains(w.papers(), data.PrintZ) || w.Woken() == 0 || w.changed != 1 {
		t.Error("the report does not print, or nobody was told")
	}
	now, open, err := w.Desk.Shifts.Current(t.Context())
	screentest.Check(t, err)
	if !open || now.Staff.ID != w.Crew.Other.ID || now.Name != "中班" || now.Float != inDrawer || w.Till.Person().ID != w.Crew.Other.ID {
		t.Errorf("next: %+v, at the till: %v", now, w.Till.Person())
	}
	w.Press(fyne.KeyReturn)
	if w.closed == 0 {
		t.Error("Enter does not end it")
	}
	w.verify()
}

func TestALargeDifferenceNeedsAReason(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	w.count("6", "5", "12", "8", "9", "15", "7") // 8 yuan too little
	w.submit()
	for _, text := range []string{w.T("shift.diff.short"), "-8.00", "1,241.50", "1,233.50", w.T("shift.reason.required")} {
		w.Shows(text)
	}
	w.Faults()
	w.s.goOn()
	w.Settle()
	if w.s.at != stageCheck || !w.Has(w.T("shift.reason.missing")) {
		t.Fatal("it went on without a reason")
	}
	w.Tap(w.T("shift.reason.other"))
	w.s.goOn()
	if w.s.at != stageCheck {
		t.Fatal("other is no reason by itself")
	}
	w.Type("找零多给了 8 元")
	w.s.check.taken.Focus()
	w.Type("733.50")
	w.Shows("500.00") // stays
	w.s.goOn()
	w.Until("the successor is asked for", func() bool { return w.s.at == stageHand })
	w.Tap(w.T("shift.nobody"))
	w.s.goOn()
	w.Until("it is over", func() bool { return w.s.at == stageDone })
	got := w.over()
	if got.Difference() != -8_00 || got.Reason != "找零多给了 8 元" || got.Taken != 733_50 || got.Counted != 1233_50 || got.HandedTo.ID != 0 {
		t.Errorf("closed: %+v", got)
	}
	w.Tap(w.T("head.menu.lock"))
	if w.locked != 1 || w.closed != 1 {
		t.Errorf("locked %d times, closed %d times", w.locked, w.closed)
	}
	w.verify()
}

func TestASmallDifferenceNeedsNone(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	w.count("6", "5", "12", "8", "9", "26", "7")
	w.submit()
	w.Shows(w.T("shift.diff.over"))
	w.Shows("+3.00")
	w.next()
	w.Tap(w.T("shift.nobody"))
	w.s.goOn()
	w.Until("it is over", func() bool { return w.s.at == stageDone })
	if got := w.over(); got.Difference() != 3_00 || got.Reason != "" {
		t.Errorf("closed: %+v", got)
	}
}

func TestMoreThanWasCountedCannotBeTakenOut(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	w.exact()
	w.Type("1241.51")
	w.Shows(w.T("shift.taken.much", "counted", "1,241.50"))
	w.s.goOn()
	if w.s.at != stageCheck {
		t.Fatal("it went on")
	}
	w.Tap(w.T("shift.taken.all"))
	w.next()
	if taken, ok := w.s.check.takenOut(); !ok || taken != inDrawer {
		t.Errorf("taken out %s", taken)
	}
}

func TestTheFirstCountStaysOnRecord(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	w.count("7")
	w.submit()
	before := w.journalled()
	w.Tap(w.T("shift.recount"))
	if !w.Has(w.T("shift.recount.text")) {
		t.Fatal("it is not said that the first count stays")
	}
	w.Press(fyne.KeyReturn)
	w.Until("it is counted again", func() bool { return w.s.at == stageCount })
	if got := w.s.count.table.sum(); got != 700_00 {
		t.Errorf("the count begins with %s", got)
	}
	w.Rendered()
	w.s.focus()
	w.s.count.table.at = 0
	w.s.count.table.focus()
	w.exact()
	w.Shows(w.T("shift.diff.none"))
	if got := w.journalled(); got != before+1 {
		t.Errorf("the journal had %d rows and has %d: the second count stands beside the first", before, got)
	}
}

func TestAManagerMayLookBeforeTheCount(t *testing.T) {
	w := chinese(t)
	w.SignIn(w.Crew.Manager, screentest.ManagerPIN)
	w.shift = w.OpenShift("早班", 500_00)
	w.Sell(41_50)
	w.begin(1280, 800)
	if w.Has("541.50") {
		t.Fatal("it is shown unasked")
	}
	w.Tap(w.T("shift.peek"))
	w.Shows(w.T("shift.expected.line", "amount", "541.50"))
}

func TestAClerkMayNotLookBeforeTheCount(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	if w.Has(w.T("shift.peek")) {
		t.Error("looking is offered")
	}
	w.s.count.peek() // whatever asks for it
	w.Settle()
	if w.Has("1,241.50") {
		t.Error("a clerk sees what should be there")
	}
}

func TestWhereTheShopDoesNotCountBlindTheSumIsThere(t *testing.T) {
	w := chinese(t)
	w.Set("shift.blind", "false")
	w.morning().begin(1280, 800)
	w.Shows(w.T("shift.expected.line", "amount", "1,241.50"))
}

func TestOpenPaymentsDoNotStopIt(t *testing.T) {
	w := chinese(t).morning().leaveOpen(99_00).begin(1280, 800)
	for _, text := range []string{w.T("shift.open.line", "n", 1, "amount", "99.00"), w.T("shift.open.text")} {
		if !w.Has(text) {
			t.Errorf("%q is not said", text)
		}
	}
	w.exact().next()
	w.Tap(w.T("shift.nobody"))
	w.s.goOn()
	w.Until("it is over", func() bool { return w.s.at == stageDone })
	if z := w.zs(); len(z) != 1 || z[0].Report.Open.Payments != 1 {
		t.Errorf("reports %+v", z)
	}
}

func TestAnEmptyDrawerIsAskedAbout(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	w.s.goOn()
	w.Shows(w.T("shift.empty.title"))
	w.Press(fyne.KeyEscape)
	w.Settle()
	if w.s.at != stageCount {
		t.Fatal("nothing was counted")
	}
	w.s.goOn()
	w.Press(fyne.KeyReturn)
	w.Until("the difference is told", func() bool { return w.s.at == stageCheck })
	w.Shows("-1,241.50")
}

func TestItCanBeHandedOverUncountedOnPurpose(t *testing.T) {
	w := chinese(t).morning().trusted().begin(1280, 800)
	w.Tap(w.T("shift.uncount"))
	w.Press(fyne.KeyReturn)
	w.Until("the successor is asked for", func() bool { return w.s.at == stageHand })
	w.Tap(w.T("shift.back"))
	w.Until("it is counted after all", func() bool { return w.s.at == stageCount })
	w.Tap(w.T("shift.uncount"))
	w.Press(fyne.KeyReturn)
	w.Until("the successor is asked for", func() bool { return w.s.at == stageHand })
	w.Tap(w.T("shift.self"))
	w.s.goOn()
	w.Until("it is over", func() bool { return w.s.at == stageDone })
	if got := w.over(); got.Counts != nil || got.Difference() != 0 || got.HandedTo.ID != w.Crew.Clerk.ID {
		t.Errorf("closed: %+v", got)
	}
}

// The report of a shift that nobody counted says what should be in the drawer, to
// somebody who may go on with it.
func TestWhoCountsBlindIsNotOfferedToSkipIt(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	if w.Has(w.T("shift.uncount")) {
		t.Error("a clerk can hand over without a count")
	}
	w.SignIn(w.Crew.Manager, screentest.ManagerPIN)
	w.begin(1280, 800)
	w.Shows(w.T("shift.uncount"))
}

func TestAShiftOfSomebodyElseTakesAnApproval(t *testing.T) {
	w := chinese(t).morning()
	w.SignIn(w.Crew.Other, screentest.OtherPIN)
	w.begin(1280, 800)
	w.Shows(w.T("shift.others.approve", "name", "王敏")) // before anything is counted
	w.exact().next()
	w.Shows(w.T("approve.shift", "role", "店长"))
	w.Tap(w.T("shift.self"))
	w.s.goOn()
	w.Settle()
	if w.s.busy || w.over().State != data.ShiftOpen {
		t.Fatal("it was closed without an approval")
	}
	w.s.hand.approval.Field().Focus()
	w.Type("9999")
	w.Press(fyne.KeyReturn)
	w.Shows(w.T("pin.wrong"))
	w.Type(screentest.ManagerPIN)
	w.Press(fyne.KeyReturn)
	w.Until("it is over", func() bool { return w.s.at == stageDone })
	if got := w.over(); got.ClosedBy.ID != w.Crew.Other.ID || got.State != data.ShiftClosed {
		t.Errorf("closed: %+v", got)
	}
	w.verify()
}

// Nobody who could approve it has a PIN: that is said at once, and nothing is
// counted, compared and shown for nothing.
func TestAShiftThatNobodyHereCanCloseIsNotCounted(t *testing.T) {
	w := chinese(t).morning()
	w.Crew.Change(t, w.Crew.Manager, data.PersonChange{Active: new(bool)})
	w.SignIn(w.Crew.Other, screentest.OtherPIN)
	w.begin(1280, 800)
	w.Shows(w.T("shift.others.nobody", "name", "王敏"))
	w.count("6", "5", "12", "8", "9", "23", "7", "")
	w.s.goOn()
	w.Settle()
	if w.s.at != stageCount || w.s.busy {
		t.Error("it was counted")
	}
}

func TestGivingUpAsksOnceSomethingIsTyped(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	w.Press(fyne.KeyEscape)
	if w.closed != 1 || w.Modal() {
		t.Error("it asks although nothing was typed")
	}
	w.Type("6")
	w.Press(fyne.KeyEscape)
	w.Shows(w.T("shift.leave.text"))
	w.Press(fyne.KeyEscape)
	w.Settle()
	if w.closed != 1 {
		t.Error("it was given up")
	}
	w.Press(fyne.KeyEscape)
	w.Press(fyne.KeyReturn)
	if w.closed != 2 || w.over().State != data.ShiftOpen {
		t.Errorf("closed %d times", w.closed)
	}
}

func TestTheTableFollowsKeysAndFingers(t *testing.T) {
	w := chinese(t).morning().begin(1280, 800)
	table := w.s.count.table
	w.Press(fyne.KeyUp) // at the top
	w.Press(fyne.KeyDown, fyne.KeyDown)
	w.Type("3")
	w.Tap("7") // the keypad types into the same row
	if got := table.rows[2].field.Text(); got != "37" || table.at != 2 {
		t.Errorf("row %d holds %q", table.at, got)
	}
	w.Tap(w.T("shift.count.next"))
	if table.at != 3 {
		t.Errorf("row %d", table.at)
	}
	table.rows[5].more.OnTapped()
	table.rows[5].more.OnTapped()
	table.rows[5].less.OnTapped()
	table.rows[7].less.OnTapped() // below nothing
	if got := table.counts(); !slices.Equal(got, []data.Count{{Value: 20_00, Number: 37}, {Value: 1_00, Number: 1}}) || table.sum() != 741_00 {
		t.Errorf("counted %v, %s", got, table.sum())
	}
	w.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyReturn)
	if w.s.busy || w.s.at != stageCount {
		t.Error("Enter submitted the count")
	}
	if !w.s.Scanned(screen.Scan{Text: "281234567890123456"}) || table.sum() != 741_00 {
		t.Error("a scan went somewhere")
	}
}

func TestWithoutAShiftOneIsOffered(t *testing.T) {
	w := chinese(t)
	w.SignIn(w.Crew.Clerk, screentest.ClerkPIN)
	w.begin(1280, 800)
	w.Shows(w.T("shift.none"))
	w.Tap(w.T("shift.open.act"))
	if w.opened != 1 || w.closed != 1 {
		t.Errorf("opened %d, closed %d", w.opened, w.closed)
	}
}

func TestAStuckReportIsSaid(t *testing.T) {
	w := chinese(t)
	w.Set("printer.receipt", "virtual:")
	w.morning().begin(1280, 800)
	w.exact().next()
	w.Tap(w.T("shift.nobody"))
	w.s.goOn()
	w.Until("it is over", func() bool { return w.s.at == stageDone })
	w.Shows(w.T("shift.done.paper.queued"))
	for {
		job, ok, err := w.Ledger.NextPrint(t.Context(), w.Now())
		screentest.Check(t, err)
		if !ok {
			break
		}
		screentest.Check(t, w.Ledger.EndPrint(t.Context(), job.ID, data.PrintStuck, "no_paper", w.Now()))
	}
	w.s.PrintsChanged()
	w.Shows(w.T("shift.done.paper.stuck"))
}

func TestOpeningAShiftByAmountAndByCount(t *testing.T) {
	for name, c := range map[string]struct {
		play  func(w *world)
		float payment.Amount
		notes []data.Count
	}{
		"as an amount": {func(w *world) { w.Type("300") }, 300_00, nil},
		"as nothing":   {func(w *world) { w.Type("0") }, 0, nil},
		"counted": {func(w *world) {
			find(w, func(*kit.Segment) bool { return true }).TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			w.Rendered()
			w.Win.Canvas().Unfocus()
			w.Tap("3")
		}, 300_00, []data.Count{{Value: 100_00, Number: 3}}},
	} {
		t.Run(name, func(t *testing.T) {
			w := chinese(t)
			w.SignIn(w.Crew.Clerk, screentest.ClerkPIN)
			opened := 0
			Open(w.Desk, func() { opened++ })
			w.Shows(w.T("shift.open.title"))
			w.Rendered()
			w.Press(fyne.KeyReturn) // nothing was typed
			w.Settle()
			if opened != 0 {
				t.Fatal("it was opened without a float")
			}
			c.play(w)
			w.Faults()
			w.Press(fyne.KeyReturn, fyne.KeyReturn)
			w.Until("it is open", func() bool { return opened == 1 && !w.Modal() })
			shift, open, err := w.Desk.Shifts.Current(t.Context())
			screentest.Check(t, err)
			if !open || shift.Name != "早班" || shift.Float != c.float || !slices.Equal(shift.Notes, c.notes) || shift.Staff.ID != w.Crew.Clerk.ID {
				t.Errorf("shift %+v", shift)
			}
		})
	}
}

func TestTheNextNameOfTheDayIsOffered(t *testing.T) {
	for before, want := range map[string]string{"早班": "中班", "晚班": "早班", "": "早班", "加班": "早班"} {
		if got := nameAfter(names("早班 中班  晚班"), before); got != want {
			t.Errorf("after %q comes %q, want %q", before, got, want)
		}
	}
	if got := nameAfter(nil, "早班"); got != "" {
		t.Errorf("without names %q", got)
	}
}

func TestCashIsMovedWithAReason(t *testing.T) {
	w := chinese(t)
	w.SignIn(w.Crew.Manager, screentest.ManagerPIN)
	w.shift = w.OpenShift("早班", 500_00)
	moved := 0
	MoveCash(w.Desk, func() { moved++ })
	w.Shows(w.T("cash.move.title"))
	w.Rendered()
	w.Faults()
	w.Type("300")
	w.Press(fyne.KeyReturn) // no reason yet
	w.Settle()
	if !w.Modal() {
		t.Fatal("cash moved without a reason")
	}
	w.Tap(w.T("cash.out.bank"))
	w.Shows(w.T("cash.move.act.out", "amount", "300.00"))
	w.Press(fyne.KeyReturn, fyne.KeyReturn)
	w.Until("it moved", func() bool { return moved == 1 && !w.Modal() })
	MoveCash(w.Desk, func() { moved++ })
	w.Shows(w.T("cash.move.title"))
	w.Rendered()
	w.Tap(w.T("cash.move.in"))
	w.Tap("5")
	w.Tap("0")
	w.Tap(w.T("cash.in.other"))
	w.Type("老板给的零钱")
	w.Press(fyne.KeyReturn)
	w.Until("it moved", func() bool { return moved == 2 })
	moves := w.report().Moves
	moves = slices.DeleteFunc(moves, func(m data.CashMove) bool { return m.Kind == data.CashFloat })
	if len(moves) != 2 || moves[0].Amount != -300_00 || moves[0].Reason != w.T("cash.out.bank") || moves[1].Amount != 50_00 || moves[1].Reason != "老板给的零钱" {
		t.Errorf("moves %+v", moves)
	}
	w.verify()
}

func TestAClerkMovesCashWithAnApprovalAndLearnsNothingFromIt(t *testing.T) {
	w := chinese(t).morning()
	moved := 0
	MoveCash(w.Desk, func() { moved++ })
	w.Shows(w.T("approve.cash", "name", "王敏", "role", "店长"))
	w.Rendered()
	w.Type("90000")
	w.Tap(w.T("cash.out.bank"))
	amount := find(w, func(f *kit.FigureField) bool { return f.HeightFor(400) == 64 })
	pin := find(w, func(f *kit.FigureField) bool { return f != amount })
	pin.Focus()
	w.Type(screentest.ManagerPIN)
	w.Press(fyne.KeyReturn)
	w.Shows(w.T("problem.drawer_less"))
	if w.Has("1,241.50") {
		t.Error("the clerk learned what should be in the drawer")
	}
	w.Tap(w.T("cash.out.goods"))
	amount.Focus()
	w.Type("200") // replaces what stood there
	pin.Focus()
	w.Type(screentest.ManagerPIN)
	w.Press(fyne.KeyReturn, fyne.KeyReturn)
	w.Until("it moved", func() bool { return moved == 1 })
	moves := slices.DeleteFunc(w.report().Moves, func(m data.CashMove) bool { return m.Kind == data.CashFloat })
	if len(moves) != 1 || moves[0].Amount != -200_00 || moves[0].Staff.ID != w.Crew.Clerk.ID || moves[0].Approver.ID != w.Crew.Manager.ID {
		t.Errorf("moves %+v", moves)
	}
}

func TestTheDrawerOpensForWhoMayAndElseWithAnApproval(t *testing.T) {
	w := chinese(t).morning()
	w.papers()
	opened := 0
	OpenDrawer(w.Desk, func() { opened++ })
	w.Shows(w.T("approve.drawer", "name", "王敏", "role", "店长"))
	w.Rendered()
	w.Type(screentest.ManagerPIN)
	w.Press(fyne.KeyReturn, fyne.KeyReturn)
	w.Until("it is open", func() bool { return opened == 1 && !w.Modal() })
	if got := w.papers(); !slices.Equal(got, []data.PrintKind{data.PrintDrawer}) {
		t.Errorf("in the queue: %v", got)
	}
	w.SignIn(w.Crew.Manager, screentest.ManagerPIN)
	OpenDrawer(w.Desk, func() { opened++ })
	w.Until("it is open", func() bool { return opened == 2 })
	w.Till.Lock()
	OpenDrawer(w.Desk, func() { opened++ })
	w.Shows(w.Desk.Sentence(&app.Problem{Kind: app.ProblemLocked}))
}
