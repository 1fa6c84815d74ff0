package kit_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
)

// table is a list of n rows that show their numbers.
func table(n int) *kit.ListTable {
	t := kit.NewListTable(func(width float32) []kit.Column {
		columns := []kit.Column{
			{Title: "号", Width: 80, Cell: func(row int) kit.Cell { return kit.Cell{Text: fmt.Sprintf("r%d", row)} }},
			{Title: "状态", Cell: func(int) kit.Cell { return kit.Cell{Badge: kit.LookUnknown, Word: "待确认"} }},
			{Title: "金额", Width: 118, Align: fyne.TextAlignTrailing, Cell: func(int) kit.Cell { return kit.Cell{Text: "1,234,567.89", Bold: true} }},
		}
		if width >= 760 {
			columns = append(columns, kit.Column{Title: "备注", Width: 90, Cell: func(int) kit.Cell { return kit.Cell{Text: "一个很长很长很长的备注"} }})
		}
		return columns
	})
	t.SetLength(n)
	return t
}

func TestOnlyWholeRowsAreShown(t *testing.T) {
	tb := table(50)
	show(t, 550, 36+5*52+30, tb)
	first, last := tb.InSight()
	equal(t, "rows in sight", []int{first, last}, []int{0, 4})
	find(t, tb, "r4")
	if slices.Contains(texts(tb), "r5") {
		t.Error("a row is shown in part")
	}
}

func TestTheKeysMoveTheChoice(t *testing.T) {
	tb := table(50)
	var chosen, opened []int
	tb.OnSelected = func(row int) { chosen = append(chosen, row) }
	tb.OnOpened = func(row int) { opened = append(opened, row) }
	s := show(t, 550, 36+5*52, tb)
	s.win.Canvas().Focus(tb)
	for _, step := range []struct {
		key           fyne.KeyName
		selected, top int
	}{
		{fyne.KeyReturn, -1, 0}, // nothing is chosen: Enter is the window's
		{fyne.KeyDown, 0, 0},
		{fyne.KeyDown, 1, 0},
		{fyne.KeyUp, 0, 0},
		{fyne.KeyUp, 0, 0},
		{fyne.KeyPageDown, 5, 5},
		{fyne.KeyPageDown, 10, 10},
		{fyne.KeyUp, 9, 9},
		{fyne.KeyPageUp, 4, 4},
		{fyne.KeyEnd, 49, 45},
		{fyne.KeyDown, 49, 45},
		{fyne.KeyHome, 0, 0},
	} {
		s.press(step.key)
		first, _ := tb.InSight()
		if tb.Selected() != step.selected || first != step.top {
			t.Errorf("after %s row %d is chosen and %d is on top, want %d and %d", step.key, tb.Selected(), first, step.selected, step.top)
		}
	}
	equal(t, "told", chosen, []int{0, 1, 0, 5, 10, 9, 4, 49, 0})
	s.press(fyne.KeyEnter)
	equal(t, "opened", opened, []int{0})
	s.press(fyne.KeyF4)
	s.typeText("5")
	equal(t, "keys of the window", s.keys, []fyne.KeyName{fyne.KeyReturn, fyne.KeyF4})
	equal(t, "characters of the window", s.runes, "5")
}

func TestTheFootPages(t *testing.T) {
	tb := table(12).Framed().Foot("上页", "下页")
	tb.SetFoot(kit.Part{Text: "12 笔"}, kit.Part{Text: "12,860.50", Bold: true})
	s := show(t, 700, 36+5*52+64+2, tb)
	find(t, tb, "12,860.50")
	back, next := pageButtons(t, tb)
	top := func() int { first, _ := tb.InSight(); return first }
	if !back.Disabled() || next.Disabled() {
		t.Error("on the first page only 下页 works")
	}
	s.tap(next)
	equal(t, "top after one page", top(), 5)
	s.tap(next)
	equal(t, "top of the last page", top(), 7) // the last page is full
	if !next.Disabled() || back.Disabled() {
		t.Error("on the last page only 上页 works")
	}
	s.tap(back)
	equal(t, "top one page back", top(), 2)
	s.tap(back)
	equal(t, "top in the end", top(), 0)
	equal(t, "paging chooses nothing", tb.Selected(), -1)
}

func pageButtons(t *testing.T, tb *kit.ListTable) (back, next *kit.Button) {
	t.Helper()
	objects := test.WidgetRenderer(tb).Objects()
	for _, o := range test.WidgetRenderer(objects[len(objects)-1].(fyne.Widget)).Objects() {
		if b, ok := o.(*kit.Button); ok {
			if back == nil {
				back = b
			} else {
				next = b
			}
		}
	}
	if next == nil {
		t.Fatal("no page buttons")
	}
	return back, next
}

func TestATapChoosesAndATapWithoutChoiceOpens(t *testing.T) {
	tb := table(10)
	chosen, opened := -1, -1
	tb.OnSelected = func(row int) { chosen = row }
	tb.OnOpened = func(row int) { opened = row }
	s := show(t, 550, 400, tb)
	s.tap(rowAt(t, tb, 2))
	equal(t, "chosen", chosen, 2)
	equal(t, "opened", opened, -1)
	if s.win.Canvas().Focused() != tb {
		t.Error("the list has not got the focus")
	}
	s.win.Canvas().Unfocus()
	tb.OnSelected = nil
	s.tap(rowAt(t, tb, 3))
	equal(t, "opened", opened, 3)
	if s.win.Canvas().Focused() != nil {
		t.Error("opening took the focus")
	}
}

// rowAt is the part that shows a row.
func rowAt(t *testing.T, tb *kit.ListTable, row int) fyne.CanvasObject {
	t.Helper()
	for _, o := range test.WidgetRenderer(tb).Objects() {
		if w, ok := o.(fyne.Widget); ok && slices.Contains(texts(w), fmt.Sprintf("r%d", row)) {
			return o
		}
	}
	t.Fatalf("row %d is not in sight", row)
	return nil
}

func TestAListThatShrinksKeepsItsPlace(t *testing.T) {
	tb := table(50)
	show(t, 550, 36+5*52, tb)
	tb.Select(40)
	tb.SetLength(20)
	first, last := tb.InSight()
	equal(t, "in sight", []int{first, last}, []int{15, 19})
	equal(t, "chosen", tb.Selected(), -1)
	empty := kit.NewEmpty(kit.IconFile, kit.Ink3, "今天还没有收款", "输入金额，扫顾客的付款码，就是第一笔。")
	tb.SetEmpty(empty)
	if slices.Contains(texts(tb), "今天还没有收款") {
		t.Error("a list with rows says that it is empty")
	}
	tb.SetLength(0)
	find(t, tb, "今天还没有收款")
	inside(t, tb, 550)
}

func TestRowsInSightAreTold(t *testing.T) {
	tb := table(50)
	var seen [][2]int
	tb.OnVisible = func(first, last int) { seen = append(seen, [2]int{first, last}) }
	show(t, 550, 36+5*52, tb)
	tb.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	tb.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	tb.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	equal(t, "told", seen[max(0, len(seen)-3):], [][2]int{{0, 4}, {1, 5}, {0, 4}})
}

func TestColumnsFollowTheWidthAndFiguresFit(t *testing.T) {
	for _, width := range []float32{400, 550, 990} {
		tb := table(3)
		show(t, width, 300, tb)
		inside(t, tb, width)
		equal(t, fmt.Sprintf("a note at %v", width), slices.Contains(texts(tb), "备注"), width >= 760)
		find(t, tb, "1,234,567.89") // never shortened
	}
}

func BenchmarkScrollAListOf100000Rows(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(kit.NewTheme(kit.Light))
	tb := table(100_000)
	win := app.NewWindow("")
	defer win.Close()
	win.SetContent(tb)
	win.Resize(fyne.NewSize(760, 700))
	down := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)}
	for b.Loop() {
		tb.Scrolled(down)
	}
}
