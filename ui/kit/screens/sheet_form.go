package screens

import "frontdesk/ui/kit"

func (s *sheet) fields() {
	s.title(32, 780, "表单行")
	s.at(32, 817, 592, 52, kit.NewField("备注").Placeholder("选填"))
	name := kit.NewField("姓名")
	name.SetText("王磊")
	s.at(32, 877, 592, 52, name)
	in(name.Entry, focused)
	name.Entry.CursorColumn = 2
	name.Entry.Refresh()
	room := kit.NewField("房号")
	room.SetText("3O6")
	room.SetError("房号只能用数字")
	s.at(32, 937, 592, room.HeightFor(592), room)
	amount := kit.NewMoneyField("金额")
	amount.SetText("128.50")
	s.at(32, 1031, 592, 52, in(amount, off))
	s.at(32, 1091, 592, 52, kit.NewSelect("", []string{"全部状态"}, 0, nil))
}
