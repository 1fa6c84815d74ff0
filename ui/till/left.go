package till

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// left is the side on which is typed: amount, keypad, quick keys, fields and
// the ways to pay, always in the same places.
type left struct {
	s      *Screen
	root   *fyne.Container // with the right side
	card   *kit.AmountCard
	pad    *panel.Pad
	quick  *fyne.Container
	goods  *panel.QuickColumn
	cash   *panel.QuickColumn
	fields *fyne.Container
	remark *kit.Field
	fixed  *kit.FigureField // what no discount may touch
	ways   *panel.Ways

	writing bool // a field has the focus, so typing does not go to the amount
}

// leftView is the left side in ready strings.
type leftView struct {
	amount  kit.AmountView
	typing  bool             // the keypad is on
	goods   []panel.QuickKey // shown unless there are cash keys
	more    string           // the key behind them; empty while goods are not known
	cash    []panel.QuickKey
	fields  bool // can be edited
	noFixed bool // the second field is off although the first one is on
	alipay  bool // there is a second field
	ways    []panel.Way
}

func newLeft(s *Screen) *left {
	w := s.desk.Words
	l := &left{s: s, card: kit.NewAmountCard()}
	l.card.OnTapped = func() { s.taking.Unfocus(); s.refresh() }
	l.pad = panel.NewPad(s.taking.TappedKey)
	l.goods = panel.NewQuickColumn(0, kit.NewQuick("", "", s.openQuick))
	l.cash = panel.NewQuickColumn(panel.MaxCashKeys, nil)
	l.quick = container.NewStack(l.goods.Object(), l.cash.Object())
	l.remark = kit.NewField(w.T("till.remark")).Placeholder(w.T("till.remark.hint"))
	l.fixed = kit.NewMoneyField(w.T("till.undiscountable"))
	l.remark.Entry.OnFocus, l.fixed.OnFocus = l.focusMoved, l.focusMoved
	l.fields = kit.Across(kit.GapKeys, kit.Stretch(l.remark), kit.Sized(fixedWidth, 0, l.fixed))
	l.ways = panel.NewWays(4, func(a screen.Action) { s.Act(a) })
	return l
}

// focusMoved follows the focus: the amount card shows whether typing goes there.
func (l *left) focusMoved(writing bool) {
	l.writing = writing
	l.card.Set(l.s.amountView())
}

// fixedWidth is that of the field for what no discount may touch.
const fixedWidth float32 = 276

// object arranges the left side with what stands on the right.
func (l *left) object(right fyne.CanvasObject) *fyne.Container {
	l.root = kit.NewTill(kit.Till{
		Card: l.card, Keypad: l.pad.Object(), Quick: l.quick, Below: []fyne.CanvasObject{l.fields}, Actions: l.ways.Objects(), Right: right,
	})
	return l.root
}

// draw shows a view. Parts that do not change do not paint.
func (l *left) draw(v leftView) {
	l.card.Set(v.amount)
	l.pad.Draw(l.s.setup.phoneOrder, v.typing)
	l.drawQuick(v)
	l.remark.SetEnabled(v.fields)
	l.fixed.SetEnabled(v.fields && !v.noFixed)
	if l.fixed.Visible() != v.alipay {
		screen.Only(l.fixed, v.alipay)
		screen.Only(l.fields.Objects[1], v.alipay)
		l.fields.Refresh()
	}
	if l.ways.Draw(v.ways) && l.root != nil {
		l.root.Refresh()
	}
}

func (l *left) drawQuick(v leftView) {
	if v.cash != nil {
		l.cash.Draw(v.cash)
	} else {
		l.goods.Draw(v.goods)
		l.goods.SetMore(v.more, v.typing)
	}
	l.cash.SetVisible(v.cash != nil)
	l.goods.SetVisible(v.cash == nil && v.more != "")
}

// undiscountable is the amount in its field, fen.
func (l *left) undiscountable() payment.Amount {
	if !l.fixed.Visible() {
		return 0
	}
	a, err := payment.ParseAmount(l.fixed.Text())
	if err != nil {
		return 0
	}
	return a
}

// remarkText is the cashier's note.
func (l *left) remarkText() string { return l.remark.Text() }

// clearFields makes the fields empty for the next customer.
func (l *left) clearFields() {
	l.remark.SetText("")
	l.fixed.SetText("")
}
