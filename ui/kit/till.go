package kit

import "fyne.io/fyne/v2"

// Till arranges a tab where amounts are typed: the side that types on the left,
// the side that tells on the right. It keeps the rules for small and large
// windows, so screens hold no sizes of their own.
//
//	left width = 680 + (W - 1280) x 5/16, between 680 and 880
//	short:  when keys would fall under 64, the card is 124 high, gaps are 12
//	        and the action keys 80
//	tight:  when they still would, the card is 92 high and the action keys 64
//	large:  from a window of 1000 on, the card is 208, action keys are 104,
//	        fields 56
type Till struct {
	Card    fyne.CanvasObject
	Above   []fyne.CanvasObject // rows of fields above the keypad
	Keypad  fyne.CanvasObject
	Quick   fyne.CanvasObject // beside the keypad; may be nil
	Below   []fyne.CanvasObject
	BelowH  float32             // height of the rows below; 0 means that of fields
	Actions []fyne.CanvasObject // the first is the default one
	Right   fyne.CanvasObject
	Short   bool // the short form in all but large windows, for tabs with many fields
}

// NewTill makes the container. Its place is all below the head and the practice
// strip.
func NewTill(t Till) *fyne.Container {
	objects := append([]fyne.CanvasObject{t.Card}, t.Above...)
	objects = append(objects, t.Keypad)
	if t.Quick != nil {
		objects = append(objects, t.Quick)
	}
	objects = append(objects, t.Below...)
	objects = append(objects, t.Actions...)
	objects = append(objects, t.Right)
	return &fyne.Container{Layout: tillLayout{t}, Objects: objects}
}

// LeftWidth is the width of the left side in a window of that width.
func LeftWidth(window float32) float32 {
	return floor(max(680, min(880, 680+(window-1280)*5/16)))
}

// LargeWindow reports whether a window of that height takes the large forms:
// rows and fields of 56.
func LargeWindow(height float32) bool { return height >= 1000 }

const (
	keyLeast   float32 = 64
	largeBelow float32 = 1000 - HeadHeight // a large window, below the head

	quickWidth     float32 = 144
	quickWidthTwo  float32 = 304
	quickTwoFrom   float32 = 800
	defaultOfWhole float32 = 248.0 / 680
)

// tillSizes are the heights and gaps in a place of some height.
type tillSizes struct {
	gap, card, action, field float32
	keypad                   float32 // what is left
}

// sizes works the rules out. The height includes the margins.
func (t Till) sizes(height float32) tillSizes {
	s := tillSizes{gap: Gap, card: AmountCardNormal, action: 88, field: FieldHeight}
	if height >= largeBelow {
		s.card, s.action, s.field = AmountCardLarge, 104, FieldTall
	}
	s.keypad = t.rest(s, height)
	if (t.Short && height < largeBelow) || s.key() < keyLeast {
		s = tillSizes{gap: GapDense, card: AmountCardShort, action: 80, field: FieldHeight}
		s.keypad = t.rest(s, height)
	}
	if s.key() < keyLeast {
		s.card, s.action = AmountCardTight, 64
		s.keypad = t.rest(s, height)
	}
	return s
}

// key is the height of a key.
func (s tillSizes) key() float32 { return (s.keypad - 3*GapKeys) / 4 }

// below is the height of a row below the keypad.
func (t Till) below(s tillSizes) float32 {
	if t.BelowH > 0 {
		return t.BelowH
	}
	return s.field
}

// rest is the height that the keypad gets.
func (t Till) rest(s tillSizes, height float32) float32 {
	h := height - s.gap - s.card - s.gap - s.gap - s.action - Gap
	rows := func(n int, high float32) {
		if n > 0 {
			h -= float32(n)*high + float32(n-1)*GapKeys + s.gap
		}
	}
	rows(len(t.Above), s.field)
	rows(len(t.Below), t.below(s))
	return h
}

type tillLayout struct{ t Till }

func (l tillLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(1280, 600)
}

func (l tillLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	t, s := l.t, l.t.sizes(size.Height)
	left := LeftWidth(size.Width)
	x, y := Gap, s.gap
	put(t.Card, x, y, left, s.card)
	y += s.card + s.gap
	rows := func(fields []fyne.CanvasObject, high float32) {
		for i, f := range fields {
			put(f, x, y, left, high)
			y += high + GapKeys
			if i == len(fields)-1 {
				y += s.gap - GapKeys
			}
		}
	}
	rows(t.Above, s.field)
	pad := left
	if t.Quick != nil {
		w := quickWidth
		if left >= quickTwoFrom {
			w = quickWidthTwo
		}
		pad -= w + Gap
		put(t.Quick, x+pad+Gap, y, w, s.keypad)
	}
	put(t.Keypad, x, y, pad, s.keypad)
	y += s.keypad + s.gap
	rows(t.Below, t.below(s))
	l.actions(x, y, left, s.action)
	put(t.Right, x+left+Gap, s.gap, size.Width-x-left-2*Gap, size.Height-s.gap-Gap)
}

// actions gives the default action its width and the others an equal share of
// the rest.
func (l tillLayout) actions(x, y, width, height float32) {
	keys := visible(l.t.Actions)
	if len(keys) == 0 {
		return
	}
	first := width
	if len(keys) > 1 {
		first = floor(width * defaultOfWhole)
	}
	put(keys[0], x, y, first, height)
	rest := width - first - GapKeys
	for i, k := range keys[1:] {
		at, w := share(rest, len(keys)-1, i, GapKeys)
		put(k, x+first+GapKeys+at, y, w, height)
	}
}

// QuickColumn arranges quick keys beside a keypad of four rows: one column, or
// two where it is wide enough. What does not fit is reached by more, which
// stands last; a nil more leaves keys out that do not fit.
func QuickColumn(more *QuickButton, keys ...*QuickButton) *fyne.Container {
	c := &fyne.Container{Layout: quickLayout{more != nil}}
	for _, k := range keys {
		c.Objects = append(c.Objects, k)
	}
	if more != nil {
		c.Objects = append(c.Objects, more)
	}
	return c
}

const quickRows = 4

type quickLayout struct{ more bool }

func (quickLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(quickWidth, quickRows*keyLeast+(quickRows-1)*GapKeys)
}

func (l quickLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	columns := 1
	if s.Width >= quickWidthTwo {
		columns = 2
	}
	cells, n := columns*quickRows, len(objects)
	for i, o := range objects {
		cell := i
		last := l.more && i == n-1
		if last && n > cells {
			cell = cells - 1
		}
		fits := cell < cells && (last || !l.more || n <= cells || i < cells-1)
		show(o, fits)
		if !fits {
			continue
		}
		x, w := share(s.Width, columns, cell%columns, GapKeys)
		y, h := share(s.Height, quickRows, cell/columns, GapKeys)
		put(o, x, y, w, h)
	}
}
