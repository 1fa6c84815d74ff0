package screens

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"frontdesk/ui/kit"
)

func (s *sheet) badges() {
	s.title(656, 22, "状态")
	x := float32(656)
	for _, b := range []struct {
		look kit.Look
		word string
	}{{kit.LookPaid, "已支付"}, {kit.LookPaying, "支付中"}, {kit.LookUnknown, "待确认"}, {kit.LookFailed, "失败"}, {kit.LookClosed, "已关闭"}} {
		badge := kit.NewBadge(b.look, b.word)
		s.at(x, 60, 0, 0, badge)
		x += badge.Size().Width + 12
	}
	x = 656
	for _, b := range []struct {
		look kit.Look
		word string
	}{{kit.LookRefunded, "已退款"}, {kit.LookRefunded, "部分退款"}, {kit.LookHeld, "在押"}} {
		badge := kit.NewBadge(b.look, b.word)
		s.at(x, 102, 0, 0, badge)
		x += badge.Size().Width + 12
	}
}

// row is a table of one row in a state.
func (s *sheet) row(y float32, look kit.Look, word string, paid bool, prepare func(*kit.ListTable)) {
	amount := kit.Cell{Text: "35.00", Bold: paid}
	if !paid {
		amount.Color = kit.Ink2
	}
	t := kit.NewListTable(func(float32) []kit.Column {
		return []kit.Column{
			{Width: 68, Cell: func(int) kit.Cell { return kit.Cell{Text: "14:32"} }},
			{Width: 82, Cell: func(int) kit.Cell { return kit.Cell{Text: "支付宝"} }},
			{Width: 118, Align: fyne.TextAlignTrailing, Cell: func(int) kit.Cell { return amount }},
			{Gap: 20, Cell: func(int) kit.Cell { return kit.Cell{Badge: look, Word: word} }},
			{Width: 60, Align: fyne.TextAlignTrailing, Cell: func(int) kit.Cell { return kit.Cell{Text: "6127", Color: kit.Ink2} }},
		}
	}).NoHead()
	s.at(656, y, 520, 52, kit.NewPanel(container.NewStack()))
	s.at(656, y, 520, 52, t)
	t.SetLength(1)
	if prepare != nil {
		prepare(t)
	}
}

func (s *sheet) rows() {
	s.title(656, 152, "列表行")
	s.row(190, kit.LookPaid, "已支付", true, nil)
	s.row(250, kit.LookUnknown, "待确认", true, nil)
	s.row(310, kit.LookFailed, "失败", false, func(t *kit.ListTable) { t.Select(0) })
	s.row(370, kit.LookRefunded, "部分退款", true, func(t *kit.ListTable) { t.Select(0); t.FocusGained() })
}

func (s *sheet) lamps() {
	s.title(656, 440, "设备灯")
	head := kit.NewHead()
	head.SetLamps(kit.Lamp{Word: "网络"}, kit.Lamp{State: kit.LampAttention, Word: "网络不稳"},
		kit.Lamp{State: kit.LampFault, Word: "打印机缺纸"}, kit.Lamp{Word: "扫码枪"})
	s.at(656, 476, 592, kit.HeadHeight, head)
}

func (s *sheet) heads() {
	s.title(656, 556, "结果面板的头")
	for i, h := range []kit.ResultHead{
		{Kind: kit.ResultWaiting, Icon: kit.IconWaiting, Word: "等待顾客输入密码"},
		{Kind: kit.ResultPaid, Icon: kit.IconPaid, Word: "已支付", Line: "支付宝"},
		{Kind: kit.ResultFailed, Icon: kit.IconFailed, Word: "支付失败", Line: "支付宝，14:33:05"},
		{Kind: kit.ResultUnknown, Icon: kit.IconUnknown, Word: "待确认"},
	} {
		h.Amount, h.Compact = "128.50", true
		s.at(656, 594+114*float32(i), 592, 106, kit.NewResult(h, nil, nil))
	}
	s.title(656, 1056, "提示条")
	s.at(656, 1092, 592, kit.BannerHeight, kit.NewBanner("1 笔待确认　¥99.00", "正在撤销并确认，已 4 分 12 秒", "查看", nil))
	s.title(656, 1184, "进度")
	for i, p := range []struct {
		token kit.Token
		part  float32
	}{{kit.Accent, 0.3}, {kit.WarnFill, 0.8}} {
		bar := kit.NewProgress(p.token)
		bar.Set(p.part)
		s.at(656, 1222+24*float32(i), 592, 12, bar)
	}
}

func (s *sheet) choices() {
	rows := kit.NewChoices([]kit.Choice{{Word: "商品退回"}, {Word: "价格输错"}}, kit.ChoiceLow, 0, nil)
	s.at(32, 1151, 290, 44, rows.Rows[0])
	s.at(334, 1151, 290, 44, rows.Rows[1])
	s.at(32, 1207, 0, 52, kit.NewSegment([]string{"日", "班次", "月"}, 0, nil))
	s.at(222, 1211, 0, 0, kit.NewToggle("启用", true, nil))
	s.at(332, 1211, 0, 0, kit.NewToggle("停用", false, nil))
	pin := kit.NewPinField("密码", 4)
	pin.SetText("12")
	s.at(444, 1207, 180, 52, pin)
}

// colors shows every token with its value in the theme.
func (s *sheet) colors() {
	s.title(32, 1280, "颜色")
	tokens := []kit.Token{
		kit.Bg, kit.Surface, kit.SurfaceAlt, kit.KeyFill, kit.KeyHover, kit.KeyPressed,
		kit.Line, kit.LineStrong, kit.Ink, kit.Ink2, kit.Ink3, kit.InkOff,
		kit.FillOff, kit.Accent, kit.AccentHover, kit.AccentPressed, kit.OnAccent, kit.AccentInk,
		kit.AccentSoft, kit.Ok, kit.OkFill, kit.OkSoft, kit.Bad, kit.BadFill,
		kit.BadSoft, kit.Warn, kit.WarnFill, kit.OnWarn, kit.WarnSoft, kit.OnFill,
		kit.Mute, kit.MuteSoft, kit.Inverse, kit.OnInverse,
	}
	for i, token := range tokens {
		x, y := float32(32+204*(i%6)), float32(1319+68*(i/6))
		c := kit.Color(token)
		ink := kit.Ink
		if dark := fyne.CurrentApp().Settings().Theme().(*kit.Theme).Variant(theme.VariantLight) == theme.VariantDark; (luma(c.R, c.G, c.B) > 140) == dark {
			ink = kit.Bg
		}
		s.at(x, y, 194, 58, kit.NewSwatch(token))
		s.at(x+13, y+6, 0, 0, kit.NewText(string(token), kit.Caption, ink))
		s.at(x+13, y+27, 0, 0, kit.NewText(fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B), kit.Caption, ink))
	}
}

func luma(r, g, b uint8) int { return (299*int(r) + 587*int(g) + 114*int(b)) / 1000 }
