package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Key is what a key of a keypad types.
type Key string

const (
	KeyDoubleZero Key = "00"
	KeyPoint      Key = "."
	KeyBack       Key = "back"  // ⌫, takes the last digit away
	KeyClear      Key = "clear" // C, takes all away
	KeyPlus       Key = "+"
	KeyTimes      Key = "×"
)

// Digit is the Key of a digit 0 to 9.
func Digit(n int) Key { return Key(rune('0' + n)) }

// KeypadShape says which keys a keypad has.
type KeypadShape int

const (
	// AmountKeypad has four columns: digits, 00 and the point, and ⌫ C + ×.
	AmountKeypad KeypadShape = iota
	// NumberKeypad has three columns: digits, C and ⌫. For counts and PINs.
	NumberKeypad
)

// Keypad is a block of keys that takes all the room it is given. Each tap
// calls OnKey once.
type Keypad struct {
	widget.BaseWidget
	OnKey func(Key)

	keys    []*KeyButton
	columns int
}

// NewKeypad makes a keypad. Seven, eight and nine are on top as on a keyboard;
// with phoneOrder one, two and three are.
func NewKeypad(shape KeypadShape, phoneOrder bool, onKey func(Key)) *Keypad {
	p := &Keypad{OnKey: onKey, columns: 4}
	rows := [][]Key{{"7", "8", "9"}, {"4", "5", "6"}, {"1", "2", "3"}}
	if phoneOrder {
		rows[0], rows[2] = rows[2], rows[0]
	}
	if shape == NumberKeypad {
		p.columns = 3
		rows = append(rows, []Key{KeyClear, "0", KeyBack})
	} else {
		rows = append(rows, []Key{"0", KeyDoubleZero, KeyPoint})
		for i, k := range []Key{KeyBack, KeyClear, KeyPlus, KeyTimes} {
			rows[i] = append(rows[i], k)
		}
	}
	for _, row := range rows {
		for _, k := range row {
			p.keys = append(p.keys, p.newKey(k))
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

func (p *Keypad) newKey(k Key) *KeyButton {
	tapped := func() {
		if p.OnKey != nil {
			p.OnKey(k)
		}
	}
	switch k {
	case KeyBack:
		return NewIconKey(IconBackspace, tapped)
	case KeyClear:
		return NewKey("C", true, tapped)
	case KeyPlus, KeyTimes:
		return NewKey(string(k), true, tapped)
	}
	return NewKey(string(k), false, tapped)
}

// SetEnabled switches all keys on or off.
func (p *Keypad) SetEnabled(on bool) {
	for _, k := range p.keys {
		k.SetEnabled(on)
	}
}

func (p *Keypad) CreateRenderer() fyne.WidgetRenderer {
	objects := make([]fyne.CanvasObject, len(p.keys))
	for i, k := range p.keys {
		objects[i] = k
	}
	grid := gridLayout{columns: p.columns, gap: GapKeys}
	return newRender(p,
		func() {
			for _, k := range p.keys {
				k.Refresh()
			}
		},
		func() fyne.Size { return grid.MinSize(objects) },
		func(s fyne.Size) { grid.Layout(objects, s) },
		objects...)
}
