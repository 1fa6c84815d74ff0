package deposits

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// take are the two sides while a deposit is taken: amount, guest, keypad and
// ways on the left; the list, or the hold that is under way, on the right.
type take struct {
	s    *Screen
	root *fyne.Container

	card    *kit.AmountCard
	room    *kit.Field
	nights  *kit.FigureField
	name    *kit.Field
	phone   *kit.Field
	remark  *kit.Field
	pad     *panel.Pad
	amounts *panel.QuickColumn
	notes   *panel.QuickColumn
	ways    *panel.Ways
	right   *panel.Right // with the list

	writing bool // a field has the focus, so typing does not go to the amount
}

// takeView is both sides in ready strings.
type takeView struct {
	amount  kit.AmountView
	typing  bool // the keypad is on
	fields  bool // can be edited
	amounts []panel.QuickKey
	notes   []panel.QuickKey // shown in place of amounts while cash is counted
	ways    []panel.Way
	panel   *panel.Panel
	cash    *panel.Cash
}

// Least widths of the fields above the keypad; the others share the rest.
const (
	roomWidth   float32 = 168
	nightsWidth float32 = 136
	maxNights           = 3 // digits
)

func newTake(s *Screen) *take {
	w := s.desk.Words
	t := &take{s: s, card: kit.NewAmountCard()}
	t.card.OnTapped = func() { s.taking.Unfocus(); s.refresh() }
	t.room, t.name, t.phone = kit.NewField(w.T("deposit.room")), kit.NewField(w.T("deposit.guest")), kit.NewField(w.T("deposit.phone"))
	t.remark = kit.NewField(w.T("till.remark")).Placeholder(w.T("till.remark.hint"))
	t.nights = kit.NewCountField(w.T("deposit.nights"), maxNights)
	for _, f := range []*kit.Field{t.room, t.name, t.phone, t.remark} {
		f.Entry.OnFocus = t.focusMoved
	}
	t.nights.OnFocus = t.focusMoved
	t.pad = panel.NewPad(s.taking.TappedKey)
	t.amounts = panel.NewQuickColumn(0, nil)
	t.notes = panel.NewQuickColumn(panel.MaxCashKeys, nil)
	t.ways = panel.NewWays(3, func(a screen.Action) { s.Act(a) })
	t.right = panel.NewRight(w, s.list.root, s.do, s.taking.ChoseQR)
	room, nights := max(roomWidth, t.room.MinSize().Width), max(nightsWidth, t.nights.MinSize().Width)
	t.root = kit.NewTill(kit.Till{
		Card: t.card,
		Above: []fyne.CanvasObject{
			kit.Across(kit.GapKeys, kit.Sized(room, 0, t.room), kit.Sized(nights, 0, t.nights), kit.Stretch(t.name)),
			kit.Across(kit.GapKeys, kit.Sized(room+kit.GapKeys+nights, 0, t.phone), kit.Stretch(t.remark)),
		},
		Keypad: t.pad.Object(), Quick: container.NewStack(t.amounts.Object(), t.notes.Object()),
		Actions: t.ways.Objects(),
		Right:   t.right.Object(),
		Short:   true,
	})
	return t
}

// focusMoved follows the focus: the amount card shows whether typing goes there.
func (t *take) focusMoved(writing bool) {
	t.writing = writing
	t.card.Set(t.s.taking.AmountView(writing))
}

// draw shows a view. Parts that do not change do not paint.
func (t *take) draw(v takeView) {
	t.card.Set(v.amount)
	t.pad.Draw(t.s.setup.phoneOrder, v.typing)
	if v.notes != nil {
		t.notes.Draw(v.notes)
	} else {
		t.amounts.Draw(v.amounts)
	}
	t.notes.SetVisible(v.notes != nil)
	t.amounts.SetVisible(v.notes == nil)
	for _, f := range []*kit.Field{t.room, t.name, t.phone, t.remark} {
		f.SetEnabled(v.fields)
	}
	t.nights.SetEnabled(v.fields)
	if t.ways.Draw(v.ways) && t.root != nil {
		t.root.Refresh()
	}
	if v.panel == nil && v.cash == nil {
		t.s.list.draw()
	}
	t.right.Draw(v.panel, v.cash)
}

// guest is what was written about the guest.
func (t *take) guest() guest {
	nights, _ := strconv.Atoi(t.nights.Text()) // empty is not said
	text := func(f *kit.Field) string { return strings.TrimSpace(f.Text()) }
	return guest{room: text(t.room), name: text(t.name), phone: text(t.phone), remark: text(t.remark), nights: nights}
}

// clearFields makes the fields empty for the next guest.
func (t *take) clearFields() {
	for _, f := range []*kit.Field{t.room, t.name, t.phone, t.remark} {
		f.SetText("")
	}
	t.nights.SetText("")
}
