package kit_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
)

func TestAnAmountFitsAndStaysOnItsBaseline(t *testing.T) {
	for _, size := range []float32{kit.AmountXPx, kit.AmountPx, kit.ResultPx, kit.StatePx} {
		for _, width := range []float32{200, 320, 480, 640} {
			for _, text := range []string{"0.00", "128.50", "50,000.00", "99,999,999.99"} {
				a := kit.NewAmount(text, size, kit.Ink)
				show(t, width, kit.LineHeight(size), a)
				inside(t, a, width)
				number, symbol := find(t, a, text), find(t, a, "¥")
				if symbol.size != number.size/2 {
					t.Errorf("¥ is %v beside %v", symbol.size, number.size)
				}
				if a, b := symbol.y+1.16*symbol.size, number.y+1.16*number.size; a-b > 0.1 || b-a > 0.1 {
					t.Errorf("%s at %v: baselines %v and %v", text, size, a, b)
				}
				if gap := number.x - symbol.x - symbol.w; gap < 7.5 || gap > 10.5 {
					t.Errorf("%s at %v: %v between ¥ and number", text, size, gap)
				}
			}
		}
	}
}

func TestAnAmountKeepsItsSizeWhereItFits(t *testing.T) {
	a := kit.NewAmount("128.50", kit.AmountPx, kit.Ink)
	show(t, 640, 116, a)
	equal(t, "size", find(t, a, "128.50").size, kit.AmountPx)
	a.Set("99,999,999.99", kit.Ink)
	if got := find(t, a, "99,999,999.99").size; got != 64 && got != 80 {
		t.Errorf("size %v", got)
	}
}

func TestTheAmountCardCutsNothing(t *testing.T) {
	views := map[string]kit.AmountView{
		"empty":  {Label: "应收", Hint: "输入金额", Active: true},
		"typed":  {Label: "应收", Text: "128.50", Sum: "120 + 8.5", Hint: "可直接扫付款码", HintIcon: kit.IconScan, Active: true},
		"large":  {Label: "Amount due", Text: "99,999,999.99", Sum: "12.5 × 3 + 8 + 120 + 99.99 + 12.5 × 3 + 8 + 120 + 99.99 + 1", Hint: "Scan the code now", HintIcon: kit.IconScan},
		"locked": {Label: "应收", Text: "50,000.00", Locked: "支付中，金额已锁定"},
		"fault":  {Label: "应收", Text: "50,000.01", Hint: "金额超过 50,000.00，请核对", HintBad: true, Active: true},
	}
	for name, v := range views {
		for _, size := range []fyne.Size{fyne.NewSize(680, 124), fyne.NewSize(680, 164), fyne.NewSize(880, 208)} {
			card := kit.NewAmountCard()
			card.Set(v)
			show(t, size.Width, size.Height, card)
			inside(t, card, size.Width)
			text := v.Text
			if text == "" {
				text = "0.00"
			}
			number := find(t, card, text)
			for _, hint := range []string{v.Hint, v.Locked} {
				if hint == "" || v.Locked != "" && hint == v.Hint {
					continue
				}
				if h := find(t, card, hint); h.x+h.w > find(t, card, "¥").x && h.y+h.h > number.y+number.size*0.5 {
					t.Errorf("%s at %v: the hint runs into the number", name, size)
				}
			}
		}
	}
}

func TestATapOnTheAmountBringsTypingBackUnlessItIsLocked(t *testing.T) {
	card := kit.NewAmountCard()
	n := 0
	card.OnTapped = func() { n++ }
	s := show(t, 680, 164, card)
	s.tap(card)
	card.Set(kit.AmountView{Locked: "支付中，金额已锁定"})
	s.tap(card)
	equal(t, "taps", n, 1)
}

func TestBadgesAreAsWideAsTheirWords(t *testing.T) {
	for _, word := range []string{"失败", "已支付", "部分退款", "已转消费", "Part refund", "Reversed", "Unknown"} {
		b := kit.NewBadge(kit.LookRefunded, word)
		m := b.MinSize()
		show(t, m.Width, m.Height, b)
		inside(t, b, m.Width)
		if m.Width > 160 || m.Height != 32 {
			t.Errorf("%s: %v", word, m)
		}
	}
}

func TestTheHeadOfAResultFits(t *testing.T) {
	for _, compact := range []bool{false, true} {
		for _, word := range []string{"等待顾客输入密码", "支付宝暂时不能收款", "Waiting for password", "Customer is paying", "已收 100.00，还差 28.50"} {
			for _, amount := range []string{"", "128.50", "99,999,999.99"} {
				p := kit.NewResult(kit.ResultHead{Kind: kit.ResultWaiting, Icon: kit.IconWaiting, Word: word, Line: "支付宝，14:33:05", Amount: amount, Compact: compact}, nil, nil)
				show(t, 552, 704, p)
				inside(t, p, 552)
				find(t, p, word)
			}
		}
	}
}

func TestTheWindowsHeadFits1280InBothLanguages(t *testing.T) {
	for _, c := range []struct {
		tabs   []string
		lamps  []kit.Lamp
		person string
	}{
		{[]string{"收款", "押金", "流水", "汇总", "设置"}, []kit.Lamp{{State: kit.LampFault, Word: "网络断开"}, {State: kit.LampAttention, Word: "打印机缺纸"}, {Word: "扫码枪"}}, "王敏·早班"},
		{[]string{"Sell", "Deposits", "Sales", "Summary", "Settings"}, []kit.Lamp{{Word: "Network"}, {Word: "Printer"}, {Word: "Scanner"}}, "Wang Min·Morning"},
	} {
		h := kit.NewHead(c.tabs...)
		h.SetLamps(c.lamps...)
		h.SetPerson(c.person)
		h.SetCount(2, 99)
		show(t, 1280, 64, h)
		inside(t, h, 1280)
		if m := h.MinSize(); m.Width > 1280 {
			t.Errorf("%v needs %v", c.tabs, m.Width)
		}
		equal(t, "count", find(t, h, "99").size, kit.Caption)
		end := float32(0)
		for i, word := range append(c.tabs, c.lamps[0].Word, c.lamps[1].Word, c.lamps[2].Word, c.person) {
			l := find(t, h, word)
			if l.x < end {
				t.Errorf("%s (%d) runs into its neighbour", word, i)
			}
			end = l.x + l.w
		}
	}
}

// The window may be as narrow as 1024: lamps that are in order give up their
// words there, and what needs a person keeps them.
func TestTheWindowsHeadKeepsApartWhereItIsNarrow(t *testing.T) {
	for _, c := range []struct {
		tabs   []string
		lamps  []kit.Lamp
		person string
		words  []string // of lamps that can still be read
	}{
		{[]string{"收款", "押金", "流水", "汇总", "设置"}, []kit.Lamp{{Word: "支付模拟器"}, {Word: "虚拟打印机"}}, "店主·练习", []string{"支付模拟器", "虚拟打印机"}},
		{[]string{"Sell", "Deposits", "Sales", "Summary", "Settings"}, []kit.Lamp{{Word: "Simulator"}, {Word: "Virtual printer"}}, "Owner·practice", nil},
		{[]string{"Sell", "Deposits", "Sales", "Summary", "Settings"}, []kit.Lamp{{Word: "Simulator"}, {State: kit.LampFault, Word: "Out of paper"}}, "Owner·practice", []string{"Out of paper"}},
	} {
		h := kit.NewHead(c.tabs...)
		h.SetLamps(c.lamps...)
		h.SetPerson(c.person)
		h.SetCount(2, 9)
		show(t, 1280, 64, h)
		h.Resize(fyne.NewSize(1024, 64)) // the window's layout asks for no more
		inside(t, h, 1024)
		for _, word := range append(append(c.tabs, c.words...), c.person) {
			find(t, h, word)
		}
		read := lines(h)
		slices.SortFunc(read, func(a, b line) int { return cmp.Compare(a.x, b.x) })
		for i, l := range read[1:] {
			if before := read[i]; l.x < before.x+before.w {
				t.Errorf("%s lies over %s", l.text, before.text)
			}
		}
		h.Resize(fyne.NewSize(1280, 64))
		for _, lamp := range c.lamps {
			find(t, h, lamp.Word) // they come back with the room
		}
	}
}

func TestTheHeadTellsWhatIsTapped(t *testing.T) {
	h := kit.NewHead("收款", "押金")
	h.SetLamps(kit.Lamp{Word: "网络"})
	h.SetPerson("王敏·早班")
	var got []string
	h.OnTab = func(i int) { got = append(got, fmt.Sprint("tab ", i)) }
	h.OnLamp = func(i int) { got = append(got, fmt.Sprint("lamp ", i)) }
	h.OnPerson = func() { got = append(got, "person") }
	s := show(t, 1280, 64, h)
	for _, o := range tappables(h) {
		s.tap(o)
	}
	equal(t, "tapped", got, []string{"tab 0", "tab 1", "lamp 0", "person"})
	if at := h.PersonPlace(); at.X != 1280-16-kit.MenuWidth || at.Y != 60 {
		t.Errorf("the person menu opens at %v", at)
	}
}

func TestFactsKeepTheirFigures(t *testing.T) {
	f := kit.NewFacts(kit.Fact{Label: "今日", Value: "129 笔，12,989.00"}, kit.Fact{Label: "小票", Value: "已打印", Icon: kit.IconPrint, Color: kit.Ok, Bold: true},
		kit.Fact{Label: "商户订单号", Value: "FD01261121135758006119", Mono: true})
	show(t, 320, f.MinSize().Height, f)
	inside(t, f, 320)
	find(t, f, "129 笔，12,989.00")
	find(t, f, "FD01261121135758006119")
	equal(t, "height", f.MinSize().Height, 3*48)
}

func TestTheBannerAndTheStripFit(t *testing.T) {
	b := kit.NewBanner("12 笔待确认　¥12,345.60", "正在撤销并确认，已 4 分 12 秒，可以先接待下一位", "查看", nil)
	show(t, 528, kit.BannerHeight, b)
	inside(t, b, 528)
	find(t, b, "12 笔待确认　¥12,345.60")
	p := kit.NewPracticeStrip("练习模式·不会真实收款", kit.NewStripButton(kit.IconPhone, "顾客手机", nil), kit.NewStripButton(kit.NoIcon, "正式使用", nil))
	show(t, 1280, kit.StripHeight, p)
	inside(t, p, 1280)
}
