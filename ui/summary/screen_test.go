package summary

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// onFriday shows the sample day.
func onFriday(t *testing.T, books *stand) *window {
	t.Helper()
	w := newWindow(t, lang.Chinese, kit.Light).open(books, 1280, 800)
	w.s.show(dayPeriod(friday))
	w.settle()
	return w
}

func TestTheDayIsRead(t *testing.T) {
	w := onFriday(t, newStand())
	w.has("2026-11-20 周五", "18,197.70", "比前一日 +6.2%", "213 笔", "62.25", "2,148.60", "49.7%", "应有 = 清点，无差异", "晚班", "已日结，Z 0142", "已备份 04:00")
	w.hasNot("客单价", "期初在押")
	w.win.Resize(fyne.NewSize(1920, 1080))
	w.has("客单价", "88.20")
	w.faultless("the day")
}

func TestNothingMovesByItself(t *testing.T) {
	w := withDeposits(newWindow(t, lang.Chinese, kit.Light)).open(largeStand(), 1280, 728)
	w.s.show(dayPeriod(friday))
	w.settle()
	for _, change := range screens.Restless(w.win.Content()) {
		t.Error(change)
	}
	w.s.note.saved("文稿/Frontdesk", "汇总 2026-11-20.pdf", nil, nil)
	for _, change := range screens.Restless(w.win.Content()) {
		t.Error(change)
	}
}

func TestFiguresOpenWhatTheyAreMadeOf(t *testing.T) {
	w := onFriday(t, newStand())
	day := data.Filter{From: friday, To: friday, ByMoney: true}
	by := func(change func(f *data.Filter)) data.Filter {
		f := day
		change(&f)
		return f
	}
	for _, c := range []struct {
		word string
		want data.Filter
	}{
		{"18,346.20", day}, // the foot of the shifts only tells, so this is the card
		{"退款", by(func(f *data.Filter) { f.Refunds = true })},
		{"微信", by(func(f *data.Filter) { f.Channel, f.Wallet = "wechat", "wechat" })},
		{"现金", by(func(f *data.Filter) { f.Channel, f.Wallet = "cash", data.NoWallet })},
	} {
		w.sales = nil
		screentest.TapFirst(t, w.win, c.word)
		if !slices.Equal(w.sales, []data.Filter{c.want}) {
			t.Errorf("%s opens %+v, want %+v", c.word, w.sales, c.want)
		}
	}
	w.sales = nil
	w.s.body.chart.OnOpen(11)
	if len(w.sales) != 1 || w.sales[0].Hour == nil || *w.sales[0].Hour != 18 {
		t.Errorf("six o'clock opens %+v", w.sales)
	}
}

func TestAShiftOpensItsOwnSummaryAndPeopleTheirSales(t *testing.T) {
	w := onFriday(t, newStand())
	w.tap("早班")
	w.has("11-20 早班 王敏", "8,204.10", "07:02 至 14:58", "已交班，Z 0041", "少了", "-6.50")
	w.tap("王敏")
	if want := (data.Filter{ShiftID: 41, StaffID: wang.ID, ByMoney: true}); len(w.sales) != 1 || w.sales[0] != want {
		t.Errorf("%+v, want %+v", w.sales, want)
	}
}

func TestADayOfAMonthIsShown(t *testing.T) {
	w := onFriday(t, newStand())
	w.turn(unitMonth)
	w.has("2026-11", "每天交易金额", "收银员")
	w.s.body.chart.OnOpen(19)
	w.settle()
	w.has("2026-11-20 周五", "18,197.70")
	w.turn(unitYear)
	w.has("每月交易金额")
	w.s.body.chart.OnOpen(10)
	w.settle()
	if w.s.period != monthPeriod(today) {
		t.Errorf("November shows %v", w.s.period)
	}
	w.turn(unitDay)
	if w.s.period != dayPeriod(friday) {
		t.Errorf("back on %v, want the day that was seen last", w.s.period)
	}
}

func TestArrowsAndKeysStep(t *testing.T) {
	w := newWindow(t, lang.Chinese, kit.Light).open(newStand(), 1280, 800)
	if !w.s.bar.after.Disabled() {
		t.Error("tomorrow can be looked at")
	}
	w.s.TypedKey(fyne.KeyPageDown)
	if w.s.period != dayPeriod(today) {
		t.Errorf("the key shows %v", w.s.period)
	}
	w.s.TypedKey(fyne.KeyPageUp)
	w.settle()
	if w.s.period != dayPeriod(friday) || w.s.bar.after.Disabled() {
		t.Errorf("the key shows %v", w.s.period)
	}
	w.s.bar.after.OnTapped()
	w.settle()
	if w.s.period != dayPeriod(today) {
		t.Errorf("the arrow shows %v", w.s.period)
	}
}

func TestShiftsStepFromOneToTheNextOverDays(t *testing.T) {
	books := newStand()
	books.shifts = append([]data.Shift{{ID: 40, Name: "中班", Day: "2026-11-17", State: data.ShiftClosed}}, books.shifts...)
	w := onFriday(t, books)
	w.turn(unitShift)
	var seen []int64
	for range 4 {
		seen = append(seen, w.s.period.shiftID)
		w.s.step(-1)
		w.settle()
	}
	if want := []int64{42, 41, 40, 40}; !slices.Equal(seen, want) {
		t.Errorf("back through %v, want %v", seen, want)
	}
	if w.s.period.from != "2026-11-17" {
		t.Errorf("the day is %s", w.s.period.from)
	}
	w.s.show(shiftPeriod("2026-11-19", 0)) // a day without one, between them
	w.settle()
	w.has("这一天没有班次")
	before, _ := w.s.next(-1)
	after, _ := w.s.next(1)
	if before.shiftID != 40 || after.shiftID != 41 {
		t.Errorf("between %v and %v", before, after)
	}
}

func TestKeysWalkAlongTheChart(t *testing.T) {
	w := onFriday(t, newStand())
	if !w.s.TypedKey(fyne.KeyRight) {
		t.Fatal("the arrow was not used")
	}
	w.has("19 点　24 笔　1,932.80")
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(w.sales) != 1 || *w.sales[0].Hour != 19 {
		t.Errorf("Enter opens %+v", w.sales)
	}
	if w.s.TypedKey(fyne.KeyF9) || w.s.TypedRune('1') || w.s.Scanned(screen.Scan{Text: "01006128"}) || w.s.Act(screen.ActRefund) || w.s.Act(screen.ActCancel) {
		t.Error("something was taken that belongs to the window")
	}
}

func TestChangesAreReadOncePerTickAndOnlyInSight(t *testing.T) {
	books := newStand()
	w := onFriday(t, books)
	n := books.readings()
	w.s.Tick()
	w.settle()
	if got := books.readings(); got != n {
		t.Errorf("%d readings without a change", got-n)
	}
	for range 50 {
		w.s.Changed()
	}
	w.s.Tick()
	w.s.Tick()
	w.settle()
	if got := books.readings(); got != n+1 {
		t.Errorf("%d readings for 50 changes in one second", got-n)
	}
	w.s.Hide()
	w.s.Changed()
	w.s.Tick()
	w.settle()
	if got := books.readings(); got != n+1 {
		t.Error("it was read while nobody looked")
	}
	w.s.Show()
	w.settle()
	if got := books.readings(); got != n+2 {
		t.Error("it was not read when it was shown again")
	}
}

func TestAChangeWhileReadingIsReadToo(t *testing.T) {
	books := newStand()
	w := onFriday(t, books)
	n := books.readings()
	gate := make(chan struct{})
	books.gate = gate
	w.s.Changed()
	w.s.Tick() // begins to read and waits
	w.s.Changed()
	w.s.Tick()
	w.has("18,197.70") // what is known stays in sight meanwhile
	if !w.s.ready {
		t.Error("a reading of the same day made it grey")
	}
	books.mu.Lock()
	books.gate = nil
	books.mu.Unlock()
	close(gate)
	w.settle()
	if got := books.readings(); got != n+2 {
		t.Errorf("%d readings, want 2", got-n)
	}
}

func TestFiguresOfAnotherDayAreGreyAndDead(t *testing.T) {
	books := newStand()
	w := onFriday(t, books)
	gate := make(chan struct{})
	books.gate = gate
	w.s.step(-1)
	w.has("2026-11-19 周四")
	if w.s.ready {
		t.Error("Friday's figures pass for Thursday's")
	}
	for _, f := range w.s.body.figures[:figureFee] {
		if !f.Disabled() {
			t.Error("a grey figure can be opened")
		}
	}
	w.s.body.chart.Tapped(&fyne.PointEvent{Position: fyne.NewPos(400, 80)})
	screentest.Tap(t, w.win, "早班")
	if len(w.sales) > 0 || w.s.period != dayPeriod("2026-11-19") {
		t.Errorf("grey figures opened %+v", w.sales)
	}
	w.s.step(-1) // on before the reading has ended: that one is dropped
	books.mu.Lock()
	books.gate = nil
	books.mu.Unlock()
	close(gate)
	w.settle()
	if w.s.last.period != dayPeriod("2026-11-18") || !w.s.ready {
		t.Errorf("%v is shown for %v", w.s.last.period, w.s.period)
	}
}

func TestAReadingThatFailedCanBeRepeated(t *testing.T) {
	books := newStand()
	books.err = errors.New("disk")
	w := newWindow(t, lang.Chinese, kit.Light).open(books, 1280, 800)
	w.has("汇总读不出来", "再试一次")
	w.hasNot("交易金额")
	if !w.s.bar.print.Disabled() || !w.s.bar.files[0].Disabled() {
		t.Error("what was not read can be printed")
	}
	books.err = nil
	w.tap("再试一次")
	w.has("交易金额", "还没有收款")
	w.faultless("read at last")
}

func TestTheNewBusinessDayIsFollowed(t *testing.T) {
	books := newStand()
	w := newWindow(t, lang.Chinese, kit.Light).open(books, 1280, 800)
	w.has("2026-11-21 周六")
	books.mu.Lock()
	books.today = "2026-11-22"
	books.mu.Unlock()
	w.s.Tick()
	w.settle()
	w.has("2026-11-22 周日")
	if !w.s.bar.after.Disabled() {
		t.Error("tomorrow can be looked at")
	}
	w.s.show(dayPeriod(friday))
	w.settle()
	books.mu.Lock()
	books.today = "2026-11-23"
	books.mu.Unlock()
	w.s.Tick()
	w.settle()
	w.has("2026-11-20 周五") // an older day stays
}

func TestWhoMayNotSeeAllSeesTheOwnShift(t *testing.T) {
	books := ownStand()
	w := newWindow(t, lang.Chinese, kit.Light)
	w.build(books, 1280, 800)
	all, shift := false, int64(41)
	w.s.Allowed = func() (bool, int64) { return all, shift }
	w.s.Show()
	w.settle()
	w.has("这里只显示自己当班的班次", "实收净额，不含现金", "16,432.70", "清点后才显示", "交班清点后才显示", "现金清点后才显示")
	w.hasNot("18,197.70", "8,204.10", "应有", "打印", "PDF", "自选")
	if w.s.Act(screen.ActReprint) || len(books.papers()) > 0 {
		t.Error("the paper that says what to find was printed")
	}
	w.s.step(-1)
	w.s.TypedKey(fyne.KeyPageUp)
	w.s.open(periodOf(dayPeriod(friday)))
	w.settle()
	if w.s.period.shiftID != 41 || w.s.period.unit != unitShift {
		t.Errorf("another period was opened: %v", w.s.period)
	}
	shift = 0 // the shift was handed over
	w.s.Changed()
	w.s.Tick()
	w.settle()
	w.has("现在没有自己当班的班次")
	all = true // the manager takes the till
	w.s.Changed()
	w.s.Tick()
	w.settle()
	w.has("2026-11-21 周六", "PDF", "打印")
	w.s.show(dayPeriod(friday))
	w.settle()
	w.has("18,197.70")
	all, shift = false, 41
	gate := make(chan struct{})
	books.gate = gate
	w.s.Changed()
	w.s.Tick() // begins to read
	w.hasNot("18,197.70", "18,346.20")
	books.mu.Lock()
	books.gate = nil
	books.mu.Unlock()
	close(gate)
	w.settle()
	w.has("16,432.70")
}

func TestPaperIsQueuedOnce(t *testing.T) {
	books := newStand()
	w := onFriday(t, books)
	w.s.Act(screen.ActReprint)
	w.s.Act(screen.ActReprint) // the same tap, twice
	w.settle()
	if got := books.papers(); !slices.Equal(got, []data.Cut{{From: friday, To: friday}}) || w.wakes != 1 {
		t.Errorf("printed %v, woken %d times", got, w.wakes)
	}
	w.has("Z 报表已送去补打")
	for range noteSeconds {
		w.s.Tick()
	}
	w.has("PDF", "打印")
	w.tap("已日结，Z 0142")
	if got := books.papers(); len(got) != 2 {
		t.Errorf("the line of the Z printed %v", got)
	}
	w.s.show(dayPeriod(today))
	w.settle()
	w.s.Act(screen.ActReprint)
	w.settle()
	w.has("已送去打印。")
	w.s.Act(screen.ActCancel)
	w.hasNot("已送去打印。")
}

func TestPaperThatCannotBeQueuedIsSaid(t *testing.T) {
	books := newStand()
	w := onFriday(t, books)
	books.err = errors.New("disk")
	w.s.print()
	w.settle()
	w.has("内部错误")
	if w.wakes > 0 {
		t.Error("the printer was woken for nothing")
	}
}

func TestPickersChooseAPeriod(t *testing.T) {
	w := onFriday(t, newStand())
	w.s.bar.pick()
	w.tap("18")
	if w.s.period != dayPeriod("2026-11-18") {
		t.Errorf("the calendar shows %v", w.s.period)
	}
	w.turn(unitRange)
	if w.s.bar.units.Index() != 0 {
		t.Error("the segment says what is not shown")
	}
	w.tap("3")
	w.tap("9")
	w.tap("查看")
	if w.s.period != rangePeriod("2026-11-03", "2026-11-09") {
		t.Errorf("the calendar shows %v", w.s.period)
	}
	w.has("2026-11-03 至 11-09")
	w.turn(unitMonth)
	w.s.bar.pick()
	w.tap("10 月")
	if w.s.period != monthPeriod("2026-10-01") {
		t.Errorf("the months show %v", w.s.period)
	}
	w.turn(unitYear)
	w.s.bar.pick()
	w.tap("2024")
	if w.s.period != yearPeriod("2024-01-01") {
		t.Errorf("the years show %v", w.s.period)
	}
	w.s.show(shiftPeriod(friday, 0))
	w.settle()
	w.s.bar.pick()
	w.tap("早班  王敏")
	if w.s.period != shiftPeriod(friday, 41) {
		t.Errorf("the shifts show %v", w.s.period)
	}
}
