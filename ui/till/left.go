package till

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// left is the side on which is typed: amount, keypad, quick keys, fields and
// the ways to pay, always in the same places.
type left struct {
	s      *Screen
	card   *kit.AmountCard
	pad    *fyne.Container // holds keypad
	keypad *kit.Keypad
	order  bool // of the keypad: 1-2-3 on top
	quick  *fyne.Container
	goods  quickColumn
	cash   quickColumn
	fields *fyne.Container
	remark *kit.Field
	fixed  *kit.FigureField // what no discount may touch
	keys   [3]*kit.ActionKey
	acts   [3]screen.Action

	writing bool // a field has the focus, so typing does not go to the amount
}

// quickColumn is one set of quick keys: goods, or what a customer may hand
// over.
type quickColumn struct {
	root *fyne.Container
	keys []*kit.QuickButton
	more *kit.QuickButton // nil where there is nothing more
	taps []func()         // what the keys do at the moment
}

// maxCash is how many suggestions the largest layout has room for.
const maxCash = 8

// leftView is the left side in ready strings.
type leftView struct {
	amount  kit.AmountView
	typing  bool       // the keypad is on
	goods   []quickKey // shown unless there are cash keys
	more    string     // the key behind them; empty while goods are not known
	cash    []quickKey
	fields  bool // can be edited
	noFixed bool // the second field is off although the first one is on
	alipay  bool // there is a second field
	keys    [3]wayKey
}

// quickKey is one key of the quick column.
type quickKey struct {
	name, price string
	chosen, on  bool
	tap         func()
}

// wayKey is one of the three large keys.
type wayKey struct {
	word, key string
	kind      kit.ActionKind
	on        bool
	act       screen.Action
}

func newLeft(s *Screen) *left {
	w := s.desk.Words
	l := &left{s: s, card: kit.NewAmountCard()}
	l.card.OnTapped = func() { s.unfocus(); s.refresh() }
	l.keypad = kit.NewKeypad(kit.AmountKeypad, false, s.tappedKey)
	l.pad = container.NewStack(l.keypad)
	l.goods = newQuickColumn(0, kit.NewQuick("", "", s.openQuick))
	l.cash = newQuickColumn(maxCash, nil)
	l.quick = container.NewStack(l.goods.root, l.cash.root)
	l.remark = kit.NewField(w.T("till.remark")).Placeholder(w.T("till.remark.hint"))
	l.fixed = kit.NewMoneyField(w.T("till.undiscountable"))
	l.remark.Entry.OnFocus, l.fixed.OnFocus = l.focusMoved, l.focusMoved
	l.fields = kit.Across(kit.GapKeys, kit.Stretch(l.remark), kit.Sized(fixedWidth, 0, l.fixed))
	for i := range l.keys {
		l.keys[i] = kit.NewActionKey("", "", kit.Plain, func() { s.Act(l.acts[i]) })
	}
	return l
}

// focusMoved follows the focus: the amount card shows whether typing goes there.
func (l *left) focusMoved(writing bool) {
	l.writing = writing
	l.card.Set(l.s.amountView(l.s.mode()))
}

// fixedWidth is that of the field for what no discount may touch.
const fixedWidth float32 = 276

func newQuickColumn(n int, more *kit.QuickButton) quickColumn {
	c := quickColumn{more: more, root: container.NewStack()}
	c.resize(n)
	return c
}

// resize makes as many keys as are asked for.
func (c *quickColumn) resize(n int) {
	c.keys, c.taps = nil, make([]func(), n)
	taps := c.taps
	for i := range n {
		c.keys = append(c.keys, kit.NewQuick("", "", func() {
			if taps[i] != nil {
				taps[i]()
			}
		}))
	}
	c.root.Objects = []fyne.CanvasObject{kit.QuickColumn(c.more, c.keys...)}
	c.root.Refresh()
}

func (c *quickColumn) draw(list []quickKey) {
	if len(list) > len(c.keys) || (c.more != nil && len(list) != len(c.keys)) {
		c.resize(len(list))
	}
	for i, key := range list {
		c.taps[i] = key.tap
		c.keys[i].Set(key.name, key.price)
		c.keys[i].SetChosen(key.chosen)
		c.keys[i].SetEnabled(key.on)
	}
}

// object arranges the left side with what stands on the right.
func (l *left) object(right fyne.CanvasObject) *fyne.Container {
	actions := make([]fyne.CanvasObject, len(l.keys))
	for i, k := range l.keys {
		actions[i] = k
	}
	return kit.NewTill(kit.Till{
		Card: l.card, Keypad: l.pad, Quick: l.quick, Below: []fyne.CanvasObject{l.fields}, Actions: actions, Right: right,
	})
}

// draw shows a view. Parts that do not change do not paint.
func (l *left) draw(v leftView) {
	if order := l.s.setup.phoneOrder; order != l.order {
		l.order = order
		l.keypad = kit.NewKeypad(kit.AmountKeypad, order, l.s.tappedKey)
		l.pad.Objects = []fyne.CanvasObject{l.keypad}
		l.pad.Refresh()
	}
	l.card.Set(v.amount)
	l.keypad.SetEnabled(v.typing)
	l.drawQuick(v)
	l.remark.SetEnabled(v.fields)
	l.fixed.SetEnabled(v.fields && !v.noFixed)
	if l.fixed.Visible() != v.alipay {
		only(l.fixed, v.alipay)
		only(l.fields.Objects[1], v.alipay)
		l.fields.Refresh()
	}
	for i, k := range v.keys {
		l.acts[i] = k.act
		l.keys[i].Set(k.word, k.key, k.kind)
		l.keys[i].SetEnabled(k.on)
	}
}

func (l *left) drawQuick(v leftView) {
	if v.cash != nil {
		l.cash.draw(v.cash)
	} else {
		l.goods.draw(v.goods)
		l.goods.more.Set(v.more, "")
		l.goods.more.SetEnabled(v.typing)
	}
	only(l.cash.root, v.cash != nil)
	only(l.goods.root, v.cash == nil && v.more != "")
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

// quickName is what a quick key shows: name, and price with its quantity.
func quickName(q app.QuickAmount) (name, price string) {
	if q.Quantity > 1 {
		return q.Name, q.Price.Grouped() + " × " + itoa(q.Quantity)
	}
	return q.Name, q.Price.Grouped()
}
