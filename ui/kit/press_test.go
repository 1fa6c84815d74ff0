package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
)

func TestAKeyOfTheKeypadTypesOnceForEachTap(t *testing.T) {
	var typed []kit.Key
	pad := kit.NewKeypad(kit.AmountKeypad, false, func(k kit.Key) { typed = append(typed, k) })
	s := show(t, 520, 352, pad)
	want := []kit.Key{"7", "8", "9", kit.KeyBack, "4", "5", "6", kit.KeyClear, "1", "2", "3", kit.KeyPlus, "0", kit.KeyDoubleZero, kit.KeyPoint, kit.KeyTimes}
	for _, k := range test.WidgetRenderer(pad).Objects() {
		s.tap(k)
	}
	equal(t, "typed", typed, want)

	pad.SetEnabled(false)
	for _, k := range test.WidgetRenderer(pad).Objects() {
		s.tap(k)
	}
	equal(t, "typed while switched off", len(typed), len(want))
}

func TestKeypadOrderAndSizes(t *testing.T) {
	var typed []kit.Key
	onKey := func(k kit.Key) { typed = append(typed, k) }
	for _, c := range []struct {
		pad   *kit.Keypad
		first kit.Key
		keys  int
	}{
		{kit.NewKeypad(kit.AmountKeypad, true, onKey), "1", 16},
		{kit.NewKeypad(kit.NumberKeypad, false, onKey), "7", 12},
	} {
		s := show(t, 520, 280, c.pad)
		keys := test.WidgetRenderer(c.pad).Objects()
		equal(t, "keys", len(keys), c.keys)
		typed = nil
		s.tap(keys[0])
		equal(t, "the first key", typed, []kit.Key{c.first})
		for _, k := range keys {
			if k.Size().Height < 64 || k.Size().Width < 64 {
				t.Errorf("a key is only %v", k.Size())
			}
		}
		if m := c.pad.MinSize(); m.Height < 4*64+3*8 {
			t.Errorf("the keypad can be squeezed to %v", m)
		}
	}
}

func TestATapLeavesTheFocusWhereItWas(t *testing.T) {
	note := kit.NewField("备注")
	var focused fyne.Focusable
	var s *stage
	tapped := func() { focused = s.win.Canvas().Focused() }
	pad := kit.NewKeypad(kit.NumberKeypad, false, func(kit.Key) { tapped() })
	button := kit.NewButton("查看", kit.ButtonNormal, tapped)
	s = show(t, 600, 500, container.NewVBox(note, pad, button))
	note.Focus()
	for name, o := range map[string]fyne.CanvasObject{"key": test.WidgetRenderer(pad).Objects()[0], "button": button} {
		focused = nil
		s.tap(o)
		if focused != note.Entry || s.win.Canvas().Focused() != note.Entry {
			t.Errorf("a tap on a %s moved the focus to %v", name, s.win.Canvas().Focused())
		}
	}

	s.win.Canvas().Unfocus()
	s.tap(button)
	if f := s.win.Canvas().Focused(); f != nil {
		t.Errorf("a tap on a button gave the focus to %v", f)
	}
}

func TestAFocusedButtonUsesSpaceAndEnterAndHandsOnTheRest(t *testing.T) {
	for name, make := range map[string]func(func()) fyne.Focusable{
		"button":     func(f func()) fyne.Focusable { return kit.NewButton("补打", 56, f) },
		"action key": func(f func()) fyne.Focusable { return kit.NewActionKey("现金", "F5", kit.Plain, f) },
		"quick key":  func(f func()) fyne.Focusable { return kit.NewQuick("矿泉水", "2.00", f) },
		"toggle":     func(f func()) fyne.Focusable { return kit.NewToggle("启用", false, func(bool) { f() }) },
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			part := make(func() { n++ })
			s := show(t, 300, 200, part.(fyne.CanvasObject))
			s.win.Canvas().Focus(part)
			s.press(fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter)
			equal(t, "times pressed", n, 3)
			s.typeText(" ") // the character that comes with the space key
			equal(t, "the space went on", s.runes, "")

			s.press(fyne.KeyF3, fyne.KeyEscape, fyne.KeyBackspace)
			s.typeText("12.5")
			equal(t, "keys handed on", s.keys, []fyne.KeyName{fyne.KeyF3, fyne.KeyEscape, fyne.KeyBackspace})
			equal(t, "characters handed on", s.runes, "12.5")
			equal(t, "times pressed in the end", n, 3)

			part.(fyne.Disableable).Disable()
			if s.win.Canvas().Focused() != nil {
				t.Error("a part that is switched off keeps the focus")
			}
			s.tap(part.(fyne.CanvasObject))
			equal(t, "times pressed when off", n, 3)
		})
	}
}

func TestWordsOnKeysAreNotCut(t *testing.T) {
	for _, word := range []string{"扫码", "完成收款", "扫码冻结", "Show QR", "Deposit", "Complete sale", "Rest by code"} {
		key := kit.NewActionKey(word, "F3·Enter", kit.Default, nil)
		show(t, 136, 88, key)
		inside(t, key, 136)
	}
	for _, price := range []string{"2.00", "1,000.00", "12,345.60"} {
		quick := kit.NewQuick("一个很长很长的商品名字", price, nil)
		show(t, 144, 82, quick)
		inside(t, quick, 144)
		find(t, quick, price)
	}
	for _, word := range []string{"退款", "退款 26.00 元", "Refund 12,345.60"} {
		for _, height := range []float32{kit.ButtonSmall, kit.ButtonNormal, kit.ButtonLarge} {
			b := kit.NewButton(word, height, nil).Icon(kit.IconPrint).Key("Ctrl+Enter")
			m := b.MinSize()
			show(t, m.Width, m.Height, b)
			inside(t, b, m.Width)
			equal(t, "height", m.Height, height)
		}
	}
}
