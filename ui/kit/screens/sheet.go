package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"frontdesk/ui/kit"
)

// sheet collects parts at fixed places.
type sheet struct{ box *fyne.Container }

func (s *sheet) at(x, y, w, h float32, o fyne.CanvasObject) {
	o.Move(fyne.NewPos(x, y))
	if w == 0 {
		w = o.MinSize().Width
	}
	if h == 0 {
		h = o.MinSize().Height
	}
	o.Resize(fyne.NewSize(w, h))
	s.box.Add(o)
}

func (s *sheet) title(x, y float32, words string) {
	s.at(x, y, 0, 0, kit.NewBold(words, kit.Row, kit.Ink))
}

func (s *sheet) caption(x, y, w float32, words string) {
	s.at(x, y, w, 0, kit.NewText(words, kit.Caption, kit.Ink2).Centered())
}

// state is a look that a pointer or the keyboard would bring about.
type state int

const (
	normal state = iota
	hovered
	pressed
	focused
	off
)

// in brings a part into a state.
func in[P fyne.CanvasObject](p P, s state) P {
	var o any = p
	switch s {
	case hovered, pressed:
		o.(desktop.Hoverable).MouseIn(&desktop.MouseEvent{})
		if s == pressed {
			o.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{})
		}
	case focused:
		o.(fyne.Focusable).FocusGained()
	case off:
		o.(fyne.Disableable).Disable()
	}
	return p
}

// Sheet shows every part in every state, and all colours: 1280 x 1740.
func Sheet() fyne.CanvasObject {
	s := &sheet{box: container.NewWithoutLayout()}
	s.keys()
	s.actions()
	s.buttons()
	s.fields()
	s.badges()
	s.rows()
	s.lamps()
	s.heads()
	s.choices()
	s.colors()
	return s.box
}

func (s *sheet) keys() {
	s.title(32, 22, "按键")
	for i, c := range []struct {
		word string
		in   state
	}{{"平常", normal}, {"指向", hovered}, {"按下", pressed}} {
		x := float32(32 + 140*i)
		s.at(x, 60, 124, 76, in(kit.NewKey("7", false, nil), c.in))
		s.caption(x, 140, 124, c.word)
	}
	ringed := kit.NewKey("7", false, nil)
	ringed.ShowRing()
	s.at(452, 60, 124, 76, ringed)
	s.caption(452, 140, 124, "焦点")

	s.at(32, 177, 124, 76, in(kit.NewKey("7", false, nil), off))
	s.caption(32, 257, 124, "停用")
	s.at(172, 177, 124, 76, kit.NewIconKey(kit.IconBackspace, nil))
	s.caption(172, 257, 124, "功能键")
	s.at(312, 177, 144, 76, kit.NewQuick("矿泉水", "2.00", nil))
	s.caption(312, 257, 144, "快捷金额")
	chosen := kit.NewQuick("", "500.00", nil)
	chosen.SetChosen(true)
	s.at(472, 177, 124, 76, chosen)
	s.caption(472, 257, 124, "选中")
}

func (s *sheet) actions() {
	s.title(32, 298, "收款按钮")
	rows := []struct {
		y         float32
		word, key string
		kind      kit.ActionKind
		looks     []state
		captions  []string
	}{
		{336, "扫码", "F3·Enter", kit.Default, []state{normal, hovered, pressed, off}, []string{"默认动作", "指向", "按下", "停用"}},
		{465, "现金", "F5", kit.Plain, []state{normal, hovered, pressed, focused}, []string{"平常", "指向", "按下", "焦点"}},
	}
	for _, r := range rows {
		for i, look := range r.looks {
			x := float32(32 + 150*i)
			s.at(x, r.y, 138, 88, in(kit.NewActionKey(r.word, r.key, r.kind, nil), look))
			s.caption(x, r.y+92, 138, r.captions[i])
		}
	}
}

func (s *sheet) buttons() {
	s.title(32, 599, "按钮 56 和 44")
	s.at(32, 637, 0, 0, kit.NewButton("保存", 56, nil).Kind(kit.Default).Key("Ctrl+S"))
	s.at(181, 637, 0, 0, kit.NewButton("补打", 56, nil).Icon(kit.IconPrint))
	s.at(307, 637, 0, 0, kit.NewButton("退款", 56, nil).Kind(kit.Destructive))
	s.at(401, 637, 0, 0, kit.NewButton("退款 26.00", 56, nil).Kind(kit.MoneyOut))
	s.at(32, 705, 0, 0, in(kit.NewButton("取消", 56, nil).Key("Esc"), focused))
	s.at(177, 705, 0, 0, in(kit.NewButton("停用", 56, nil), off))
	s.at(271, 711, 0, 0, kit.NewButton("下页", 44, nil))
	s.at(349, 711, 0, 0, in(kit.NewButton("上页", 44, nil), off))
}
