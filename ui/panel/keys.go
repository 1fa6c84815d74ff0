package panel

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// TypeKey puts a key of the keypad into an amount.
func TypeKey(e *app.Entry, k kit.Key) {
	switch k {
	case kit.KeyBack:
		e.Backspace()
	case kit.KeyClear:
		e.Clear()
	default:
		for _, r := range string(k) {
			e.Type(r)
		}
	}
}

// Pad is the keypad for amounts, in the order that the shop wants.
type Pad struct {
	root   *fyne.Container
	keypad *kit.Keypad
	order  bool // 1-2-3 on top
	tapped func(kit.Key)
}

// NewPad makes a keypad with 7-8-9 on top.
func NewPad(tapped func(kit.Key)) *Pad {
	p := &Pad{tapped: tapped, keypad: kit.NewKeypad(kit.AmountKeypad, false, tapped)}
	p.root = container.NewStack(p.keypad)
	return p
}

// Object is what belongs on the left side.
func (p *Pad) Object() fyne.CanvasObject { return p.root }

// Draw shows the keys in an order, switched on or off.
func (p *Pad) Draw(phoneOrder, on bool) {
	if phoneOrder != p.order {
		p.order = phoneOrder
		p.keypad = kit.NewKeypad(kit.AmountKeypad, phoneOrder, p.tapped)
		p.root.Objects = []fyne.CanvasObject{p.keypad}
		p.root.Refresh()
	}
	p.keypad.SetEnabled(on)
}

// Way is one of the large keys below the keypad.
type Way struct {
	Word, Key string
	Kind      kit.ActionKind
	On        bool
	Act       screen.Action
}

// Ways are the large keys below the keypad, the default one first.
type Ways struct {
	keys []*kit.ActionKey
	acts []screen.Action
}

// NewWays makes up to n keys; do gets the action of each.
func NewWays(n int, do func(screen.Action)) *Ways {
	w := &Ways{acts: make([]screen.Action, n)}
	for i := range n {
		w.keys = append(w.keys, kit.NewActionKey("", "", kit.Plain, func() { do(w.acts[i]) }))
	}
	return w
}

// Objects are the keys.
func (w *Ways) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(w.keys))
	for i, k := range w.keys {
		out[i] = k
	}
	return out
}

// Draw shows keys and hides those that are not needed; it reports whether
// another number of them is in sight now, so that they have to be placed anew.
func (w *Ways) Draw(list []Way) (moved bool) {
	for i, k := range w.keys {
		visible := i < len(list)
		moved = moved || k.Visible() != visible
		screen.Only(k, visible)
		if !visible {
			continue
		}
		w.acts[i] = list[i].Act
		k.Set(list[i].Word, list[i].Key, list[i].Kind)
		k.SetEnabled(list[i].On)
	}
	return moved
}

// MoneyPad is the keypad of a dialog that asks for an amount. It has a point in
// place of C: the cross to take digits away is beside it.
func MoneyPad(phoneOrder bool, tapped func(kit.Key)) fyne.CanvasObject {
	rows := []string{"789", "456", "123"}
	if phoneOrder {
		slices.Reverse(rows)
	}
	var keys []fyne.CanvasObject
	for _, row := range append(rows, ".0") {
		for _, digit := range row {
			keys = append(keys, kit.NewKey(string(digit), digit == '.', func() { tapped(kit.Key(digit)) }))
		}
	}
	return kit.Grid(3, kit.GapKeys, append(keys, kit.NewIconKey(kit.IconBackspace, func() { tapped(kit.KeyBack) }))...)
}
