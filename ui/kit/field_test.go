package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
)

func TestAFieldHandsFunctionKeysToTheWindow(t *testing.T) {
	f := kit.NewField("备注")
	s := show(t, 400, 52, f)
	f.Focus()
	s.typeText("a1")
	s.press(fyne.KeyF1, fyne.KeyF3, fyne.KeyF12, fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyPageDown)
	equal(t, "keys of the window", s.keys, []fyne.KeyName{fyne.KeyF1, fyne.KeyF3, fyne.KeyF12, fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyPageDown})
	s.press(fyne.KeyLeft, fyne.KeyBackspace)
	equal(t, "keys of the window after editing", len(s.keys), 8)
	equal(t, "text", f.Text(), "1")
	equal(t, "characters of the window", s.runes, "")
}

func TestTheCaretStandsAtTheEndAndStaysThroughATap(t *testing.T) {
	f := kit.NewField("备注")
	f.SetText("公司")
	key := kit.NewKey("7", false, nil)
	s := show(t, 400, 152, container.NewVBox(f, key))
	s.win.Canvas().FocusNext()
	s.typeText("发票")
	equal(t, "text", f.Text(), "公司发票")
	s.press(fyne.KeyLeft, fyne.KeyLeft)
	s.tap(key)
	s.typeText("的")
	equal(t, "text after a tap on a key", f.Text(), "公司的发票")
}

func TestAFieldWithItsOwnEnterKeepsIt(t *testing.T) {
	f := kit.NewField("单号")
	got := ""
	f.Entry.OnSubmitted = func(text string) { got = text }
	s := show(t, 400, 52, f)
	f.Focus()
	s.typeText("6127")
	s.press(fyne.KeyReturn)
	equal(t, "submitted", got, "6127")
	equal(t, "keys of the window", len(s.keys), 0)
}

func TestAFieldShowsItsErrorAndGrows(t *testing.T) {
	f := kit.NewField("房号")
	s := show(t, 400, 200, container.NewWithoutLayout(f))
	f.Resize(fyne.NewSize(400, f.HeightFor(400)))
	before := f.HeightFor(400)
	f.SetError("房号只能用数字")
	if f.HeightFor(400) <= before {
		t.Error("there is no room for the sentence")
	}
	f.Resize(fyne.NewSize(400, f.HeightFor(400)))
	l := find(t, f, "房号只能用数字")
	if l.y+l.h > f.HeightFor(400)+1 {
		t.Errorf("the sentence reaches below the field: %v of %v", l.y+l.h, f.HeightFor(400))
	}
	f.SetError(strings.Repeat("很长的一句话，", 12))
	f.Resize(fyne.NewSize(400, f.HeightFor(400)))
	inside(t, f, 400)
	f.SetError("")
	equal(t, "height without error", f.HeightFor(400), before)
	_ = s
}

func TestAFieldThatIsOffShowsItsTextAndTakesNone(t *testing.T) {
	f := kit.NewField("备注").Placeholder("选填")
	s := show(t, 400, 52, f)
	f.SetEnabled(false)
	find(t, f, "选填")
	f.SetText("公司发票")
	find(t, f, "公司发票")
	f.Focus()
	s.win.Canvas().FocusNext()
	s.typeText("x")
	equal(t, "text", f.Text(), "公司发票")
	f.SetEnabled(true)
	f.Focus()
	s.typeText("x")
	if !strings.Contains(f.Text(), "x") {
		t.Errorf("it takes no text any more: %q", f.Text())
	}
}

func TestThePasswordFieldShowsNoCharacter(t *testing.T) {
	f := kit.NewPasswordField("密钥")
	s := show(t, 400, 52, f)
	f.Focus()
	s.typeText("secret")
	equal(t, "text", f.Text(), "secret")
	if all := strings.Join(texts(f), " "); strings.Contains(all, "secret") {
		t.Errorf("it shows %q", all)
	}
}

func TestTheEntryDrawsNoBoxOfItsOwn(t *testing.T) {
	f := kit.NewField("备注")
	show(t, 400, 52, f)
	for _, o := range test.WidgetRenderer(f.Entry).Objects() {
		if strings.Contains(strings.ToLower(typeName(o)), "rectangle") {
			t.Errorf("the entry draws a %s: Fyne's renderer has changed", typeName(o))
		}
	}
}

func TestAMoneyFieldTakesWhatCanBeAnAmount(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"12.50", "12.50"},
		{"12.505", "12.50"},
		{"1.2.3", "1.23"},
		{".5", ".5"},
		{"1234567890", "123456789"},
		{"１２．５", "12.5"},
		{"12。5", "12.5"},
		{"-1a,2 ¥+*", "12"},
	} {
		f := kit.NewMoneyField("金额")
		last, calls := "", 0
		f.OnChanged = func(text string) { last, calls = text, calls+1 }
		s := show(t, 300, 52, f)
		f.Focus()
		s.typeText(c.typed)
		equal(t, c.typed, f.Text(), c.want)
		equal(t, c.typed+" told", last, c.want)
		equal(t, c.typed+" times told", calls, len(c.want))
	}
}

func TestAFigureIsReplacedByTheFirstDigit(t *testing.T) {
	f := kit.NewMoneyField("金额")
	f.SetText("128.50")
	s := show(t, 300, 52, f)
	f.Focus()
	s.typeText("26")
	equal(t, "text", f.Text(), "26")
	s.win.Canvas().Unfocus()
	f.Focus()
	s.press(fyne.KeyBackspace)
	equal(t, "after backspace", f.Text(), "")
}

func TestAKeypadTypesIntoTheFocusedFigure(t *testing.T) {
	f := kit.NewMoneyField("金额")
	var s *stage
	pad := kit.NewKeypad(kit.AmountKeypad, false, func(k kit.Key) {
		if target, ok := s.win.Canvas().Focused().(kit.KeyTarget); ok {
			target.TypeKey(k)
		}
	})
	s = show(t, 520, 500, container.NewVBox(f, pad))
	f.Focus()
	keys := test.WidgetRenderer(pad).Objects()
	for _, i := range []int{0, 13, 14, 4, 3, 11, 15} { // 7 00 . 4 ⌫ + ×
		s.tap(keys[i])
	}
	equal(t, "text", f.Text(), "700.")
	s.tap(keys[7])
	equal(t, "after C", f.Text(), "")
}

func TestACountTakesNoPointAndAPinNoMoreThanItsDigits(t *testing.T) {
	count := kit.NewCountField("张数", 4)
	s := show(t, 300, 52, count)
	count.Focus()
	s.typeText("12.3456")
	equal(t, "count", count.Text(), "1234")

	pin := kit.NewPinField("密码", 6)
	s = show(t, 400, 52, pin)
	pin.Focus()
	s.typeText("123456789")
	equal(t, "pin", pin.Text(), "123456")
	if all := strings.Join(texts(pin), " "); strings.Contains(all, "1") {
		t.Errorf("the pin is shown: %q", all)
	}
	submitted := ""
	pin.OnSubmitted = func(text string) { submitted = text }
	s.press(fyne.KeyEscape, fyne.KeyF3, fyne.KeyReturn)
	equal(t, "submitted", submitted, "123456")
	equal(t, "keys of the window", s.keys, []fyne.KeyName{fyne.KeyEscape, fyne.KeyF3})
}

func TestFiguresFitTheirField(t *testing.T) {
	for _, width := range []float32{160, 240, 396} {
		f := kit.NewLargeMoneyField()
		f.SetText("123456789.00")
		show(t, width, 64, f)
		inside(t, f, width)
		find(t, f, "123456789.00")
	}
}

func TestASelectOpensAMenuAndTellsTheChoice(t *testing.T) {
	chosen := -1
	sel := kit.NewSelect("", []string{"全部状态", "已支付", "待确认"}, 0, func(i int) { chosen = i })
	s := show(t, 400, 600, container.NewVBox(sel))
	c := s.win.Canvas()
	c.Focus(sel)
	s.press(fyne.KeySpace)
	if !kit.Modal(c) {
		t.Fatal("no menu")
	}
	s.press(fyne.KeyDown, fyne.KeyReturn)
	equal(t, "chosen", chosen, 1)
	equal(t, "index", sel.Index(), 1)
	find(t, sel, "已支付")
	if kit.Modal(c) {
		t.Error("the menu stays open")
	}
	if c.Focused() != sel {
		t.Errorf("the focus is at %v", c.Focused())
	}

	s.press(fyne.KeyDown, fyne.KeyEscape)
	equal(t, "chosen after Esc", sel.Index(), 1)
	if kit.Modal(c) {
		t.Error("Esc does not close the menu")
	}
	equal(t, "keys of the window", len(s.keys), 0)
}

func TestASegmentMovesWithTheArrows(t *testing.T) {
	var got []int
	seg := kit.NewSegment([]string{"日", "班次", "月", "年"}, 0, func(i int) { got = append(got, i) })
	s := show(t, 300, 52, seg)
	s.win.Canvas().Focus(seg)
	s.press(fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight, fyne.KeyF3)
	equal(t, "told", got, []int{1, 2})
	equal(t, "keys of the window", s.keys, []fyne.KeyName{fyne.KeyF3})
	for i, l := range lines(seg) {
		seg.Tapped(&fyne.PointEvent{Position: fyne.NewPos(l.x+2, 20)})
		equal(t, "tapped", seg.Index(), i)
	}
	inside(t, seg, 300)
}

func TestOneOfSeveralChoicesIsChosen(t *testing.T) {
	var got []int
	c := kit.NewChoices([]kit.Choice{{Word: "商品退回"}, {Word: "价格输错"}, {Word: "其他", Second: "请写明"}}, kit.ChoiceTall, -1, func(i int) { got = append(got, i) })
	s := show(t, 400, 300, container.NewVBox(c.Objects()...))
	equal(t, "at first", c.Index(), -1)
	s.tap(c.Rows[1])
	s.tap(c.Rows[1])
	equal(t, "told", got, []int{1})
	s.win.Canvas().Focus(c.Rows[1])
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	equal(t, "told by keys", got, []int{1, 2})
	equal(t, "keys of the window", s.keys, []fyne.KeyName{fyne.KeyReturn})
	if s.win.Canvas().Focused() != c.Rows[2] {
		t.Error("the focus did not follow")
	}
}

// What may be searched for is not cut in the middle of a word's sign: the
// sentence ends in … where the field is narrow, and is whole again with room.
func TestThePlaceholderEndsWhereTheFieldEnds(t *testing.T) {
	const sentence = "小票号、订单号、备注，或直接扫小票"
	f := kit.NewField("").Icon(kit.IconSearch).Placeholder(sentence)
	show(t, 600, 60, f)
	equal(t, "with room", f.Entry.PlaceHolder, sentence)
	f.Resize(fyne.NewSize(200, 52))
	short := f.Entry.PlaceHolder
	if !strings.HasSuffix(short, "…") || !strings.HasPrefix(sentence, strings.TrimSuffix(short, "…")) {
		t.Errorf("a narrow field says %q", short)
	}
	if w := kit.TextWidth(short, kit.Body, false); w > 200-44 {
		t.Errorf("%q takes %.0f of 200", short, w)
	}
	f.Resize(fyne.NewSize(600, 52))
	equal(t, "with room again", f.Entry.PlaceHolder, sentence)
}
