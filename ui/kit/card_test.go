package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
)

func TestAFigureFitsItsCard(t *testing.T) {
	for _, figure := range []string{"0.00", "18,346.20", "-9,999,999.99", "99,999,999,999.99", "待账单"} {
		for _, width := range []float32{200, 218, 281, 327} {
			for _, main := range []bool{false, true} {
				t.Run(fmt.Sprint(figure, " in ", width, main), func(t *testing.T) {
					c := kit.NewFigureCard(nil)
					if main {
						c.Main()
					}
					show(t, width, kit.FigureCardHeight, c)
					c.Set(kit.FigureView{Label: "交易金额", Figure: figure, Under: []string{"比前一日 +6.2%", "比上周五 -1.8%"}})
					inside(t, c, width)
					apart(t, c)
					find(t, c, figure)
					for _, change := range screens.Restless(c) {
						t.Error(change)
					}
				})
			}
		}
	}
}

func TestWhatStandsBelowAFigureTakesTwoLinesWhereItMust(t *testing.T) {
	c := kit.NewFigureCard(nil).Main()
	s := show(t, 327, kit.FigureCardHeight, c)
	c.Set(kit.FigureView{Figure: "1.00", Under: []string{"比前一日 +6.2%", "比上周五 -1.8%"}})
	find(t, c, "比前一日 +6.2%   比上周五 -1.8%")
	s.win.Resize(fyne.NewSize(220, kit.FigureCardHeight))
	find(t, c, "比前一日 +6.2%")
	find(t, c, "比上周五 -1.8%")
	inside(t, c, 220)
}

func TestAnAmountBelowAFigureIsNeverCut(t *testing.T) {
	c := kit.NewFigureCard(nil)
	show(t, 218, kit.FigureCardHeight, c)
	c.Set(kit.FigureView{Figure: "-1,371,742,100.13", Under: []string{"结算金额 10,973,936,801.10"}})
	find(t, c, "结算金额")
	find(t, c, "10,973,936,801.10")
	inside(t, c, 218)
	apart(t, c)
}

func TestAFigureCardOpensWhatItIsMadeOf(t *testing.T) {
	n := 0
	c := kit.NewFigureCard(func() { n++ })
	s := show(t, 327, kit.FigureCardHeight, c)
	s.tap(c)
	s.win.Canvas().Focus(c)
	s.press(fyne.KeyReturn)
	equal(t, "opened", n, 2)
	s.tap(kit.NewFigureCard(nil)) // one that only tells
}

func TestAShareKeepsItsFigures(t *testing.T) {
	for _, v := range []kit.Share{
		{Word: "支付宝", Count: "104 笔", Amount: "9,120.40", Share: "49.7%", Part: 0.497},
		{Word: "Cloud Pay·UnionPay", Count: "12,345 sales", Amount: "99,999,999.99", Share: "100.0%", Part: 1},
		{Word: "现金", Count: "0 笔", Amount: "0.00"},
		{Word: "云支付·数字人民币", Count: "300,000 笔", Amount: "2,469,135,780.24", Share: "20.7%", Part: 0.2},
	} {
		r := kit.NewShareRow(v, func() {})
		show(t, 398, 50, r)
		inside(t, r, 398)
		apart(t, r)
		find(t, r, v.Amount)
		find(t, r, v.Count)
		for _, change := range screens.Restless(r) {
			t.Error(change)
		}
	}
	r := kit.NewShareRow(kit.Share{Word: "支付宝", Part: 0.5}, nil)
	show(t, 400, 65, r)
	equal(t, "bar", rectangles(r, kit.Accent)[0].Size().Width, 180)
}

func TestARowOfACardKeepsItsCountAndItsFigure(t *testing.T) {
	for _, l := range []kit.CardLine{
		{Word: "早班", Name: "王敏", Count: "96 笔", Value: "8,204.10"},
		{Word: "Morning (open)", Name: "Ouyang Xiaolan", Count: "1,296 sales", Value: "9,999,999.99"},
		{Word: "应有 = 清点，无差异", Value: "99,999,999.99"},
		{Icon: kit.IconPaid, Ink: kit.Ok, Word: "Z report 0142 made, printed twice since", Value: ""},
	} {
		for _, width := range []float32{279, 408} {
			r := kit.NewCardRow(l, func() {})
			show(t, width, 44, r)
			inside(t, r, width)
			apart(t, r)
			if l.Count != "" {
				find(t, r, l.Count)
			}
			if l.Value != "" {
				find(t, r, l.Value)
			}
			for _, change := range screens.Restless(r) {
				t.Error(change)
			}
		}
	}
}

func TestOnlyRowsThatOpenSomethingAreHighEnoughForAFinger(t *testing.T) {
	begin(t, kit.Light)
	equal(t, "row", kit.NewCardRow(kit.CardLine{Word: "备用金"}, nil).MinSize().Height, 30)
	equal(t, "row", kit.NewCardRow(kit.CardLine{Word: "早班"}, func() {}).MinSize().Height, 44)
	equal(t, "label", kit.NewCardRow(kit.CardLine{Word: "早班", Count: "96 笔", Value: "8,204.10"}, nil).AccessibilityLabel(), "早班  96 笔  8,204.10")
}

func TestACardHoldsItsFootAtItsEnd(t *testing.T) {
	body, foot := kit.NewText("备用金", kit.Body, kit.Ink), kit.NewCardRow(kit.CardLine{Word: "合计 213 笔", Value: "18,346.20"}, nil)
	c := kit.NewCard("班次", body)
	show(t, 400, 220, c)
	equal(t, "content without a foot", body.Size().Height, 220-44-4)
	c.SetContent(body, foot)
	equal(t, "content", body.Size().Height, 220-44-46)
	equal(t, "foot", foot.Position().Y+foot.Size().Height, 220-1)
	c.SetTitle("收银员", "点一行看流水")
	find(t, c, "点一行看流水")
	inside(t, c, 400)
}
