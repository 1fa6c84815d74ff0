package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/ui/kit"
)

// asked is a dialog over a screen with a note field, and what came of it.
type asked struct {
	*stage
	note            *kit.Field
	amount          *kit.FigureField
	reason          *kit.Field
	dialog          *kit.Dialog
	acted, canceled int
}

func ask(t *testing.T, amount string) *asked {
	t.Helper()
	a := &asked{note: kit.NewField("备注"), amount: kit.NewLargeMoneyField(), reason: kit.NewField("原因")}
	a.stage = show(t, 1280, 800, container.NewVBox(a.note))
	a.note.Focus()
	a.amount.SetText(amount)
	a.dialog = kit.NewDialog("退款", kit.Down(12, a.amount, kit.Across(8, kit.Stretch(a.reason))), "取消", "退款 26.00 元")
	a.dialog.ActKind = kit.MoneyOut
	a.dialog.OnAct = func() { a.acted++ }
	a.dialog.OnCancel = func() { a.canceled++ }
	a.dialog.Show(a.win.Canvas())
	return a
}

func TestEnterActsAndEscCancels(t *testing.T) {
	a := ask(t, "26")
	a.press(fyne.KeyReturn)
	equal(t, "acted", a.acted, 1)
	if !a.dialog.Open() {
		t.Error("the dialog closed by itself")
	}
	a.press(fyne.KeyEnter)
	equal(t, "acted with the other Enter", a.acted, 2)
	a.press(fyne.KeyEscape)
	equal(t, "canceled", a.canceled, 1)
	if a.dialog.Open() || kit.Modal(a.win.Canvas()) {
		t.Error("Esc leaves the dialog open")
	}
	equal(t, "keys that reached the screen", len(a.keys), 0)
}

func TestEnterDoesNothingUntilItIsAllowed(t *testing.T) {
	a := ask(t, "")
	a.dialog.SetAct("退款", false)
	a.press(fyne.KeyReturn)
	equal(t, "acted", a.acted, 0)
	a.dialog.SetAct("退款 26.00 元", true)
	a.press(fyne.KeyReturn)
	equal(t, "acted when allowed", a.acted, 1)
	find(t, a.win.Canvas().Overlays().Top(), "退款 26.00 元")
}

func TestTheFirstEmptyFieldHasTheFocus(t *testing.T) {
	a := ask(t, "")
	if a.win.Canvas().Focused() != a.amount {
		t.Errorf("with no amount the focus is at %T", a.win.Canvas().Focused())
	}
	a = ask(t, "26")
	if a.win.Canvas().Focused() != a.reason.Entry {
		t.Errorf("with an amount the focus is at %T", a.win.Canvas().Focused())
	}
	a.reason.SetText("x")
	a.dialog.Close()
	a.dialog.Show(a.win.Canvas())
	if a.win.Canvas().Focused() != a.amount {
		t.Errorf("with all filled in the focus is at %T", a.win.Canvas().Focused())
	}
}

func TestTheFocusAndTheKeysGoBackToTheScreen(t *testing.T) {
	a := ask(t, "26")
	a.win.Canvas().Unfocus()
	a.typeText("128") // digits must not reach the amount below
	equal(t, "characters that reached the screen", a.runes, "")
	a.dialog.Close()
	equal(t, "canceled by Close", a.canceled, 0)
	if a.win.Canvas().Focused() != a.note.Entry {
		t.Errorf("the focus is at %T", a.win.Canvas().Focused())
	}
	a.typeText("ok")
	equal(t, "note", a.note.Text(), "ok")
	a.win.Canvas().Unfocus()
	a.press(fyne.KeyF3)
	a.typeText("7")
	equal(t, "keys of the screen", a.keys, []fyne.KeyName{fyne.KeyF3})
	equal(t, "characters of the screen", a.runes, "7")
}

func TestEnterOnAFocusedButtonPressesThatButton(t *testing.T) {
	a := ask(t, "26")
	for range 3 { // reason, cancel
		a.win.Canvas().FocusNext()
		if b, ok := a.win.Canvas().Focused().(*kit.Button); ok && b.Word() == "取消" {
			break
		}
	}
	a.press(fyne.KeyReturn)
	equal(t, "acted", a.acted, 0)
	equal(t, "canceled", a.canceled, 1)
}

func TestADialogOverADialogGivesTheKeysBackInOrder(t *testing.T) {
	a := ask(t, "26")
	closed := 0
	second := kit.NewDialog("没有退成", kit.NewParagraph("商户余额不足，没有退款。", kit.Row, kit.Ink), "知道了", "")
	second.OnCancel = func() { closed++ }
	second.Show(a.win.Canvas())
	a.press(fyne.KeyReturn) // a message goes with Enter as well
	equal(t, "closed", closed, 1)
	equal(t, "acted below", a.acted, 0)
	a.press(fyne.KeyReturn)
	equal(t, "acted", a.acted, 1)
}

func TestADialogFitsTheWindow(t *testing.T) {
	for _, size := range []fyne.Size{fyne.NewSize(1280, 728), fyne.NewSize(1920, 1080)} {
		a := ask(t, "26")
		a.win.Resize(size)
		a.dialog.SetFacts("小票 01006119，支付宝，已付 86.00，已退 30.00，", "可退 56.00")
		top := a.win.Canvas().Overlays().Top()
		find(t, top, "退款 26.00 元")
		title := find(t, top, "退款")
		if title.x < 200 || title.x > size.Width/2 {
			t.Errorf("at %v the title stands at %v", size, title.x)
		}
	}
}

func TestAMenuMovesWithTheArrowsAndClosesBesideIt(t *testing.T) {
	s := show(t, 1280, 800, kit.NewField("备注"))
	var done []string
	m := &kit.Menu{Title: "王敏·早班", Second: "07:00 起，128 笔", Items: []kit.MenuItem{
		{Word: "换人", Action: func() { done = append(done, "换人") }},
		{Word: "开钱箱", Off: true, Action: func() { done = append(done, "开钱箱") }},
		{Word: "交班", Key: "Ctrl+L", Divider: true, Action: func() { done = append(done, "交班") }},
	}}
	c := s.win.Canvas()
	at := fyne.NewPos(1270, 60)
	m.Show(c, at, kit.MenuWidth)
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	equal(t, "done", done, []string{"交班"})

	m.Show(c, at, kit.MenuWidth)
	top := c.Overlays().Top()
	inside(t, top, 1280)
	top.(fyne.Tappable).Tapped(&fyne.PointEvent{Position: fyne.NewPos(1000, 80)}) // the title inside
	if !kit.Modal(c) {
		t.Error("a tap on the title closes the menu")
	}
	top.(fyne.Tappable).Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, 10)})
	if kit.Modal(c) {
		t.Error("a tap beside the menu leaves it open")
	}
}
