package panel

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// QuickKey is one key of the quick column.
type QuickKey struct {
	Name, Price string
	Chosen, On  bool
	Tap         func()
}

// QuickName is what the key of a quick amount shows: name, and price with its
// quantity.
func QuickName(q app.QuickAmount) (name, price string) {
	if q.Quantity > 1 {
		return q.Name, q.Price.Grouped() + " × " + strconv.FormatInt(q.Quantity, 10)
	}
	return q.Name, q.Price.Grouped()
}

// QuickColumn is one set of quick keys: goods, or what a customer may hand
// over.
type QuickColumn struct {
	root *fyne.Container
	keys []*kit.QuickButton
	more *kit.QuickButton // nil where there is nothing more
	taps []func()         // what the keys do at the moment
}

// NewQuickColumn makes a column of n keys; more opens what does not fit, and is
// nil where there is nothing more.
func NewQuickColumn(n int, more *kit.QuickButton) *QuickColumn {
	c := &QuickColumn{more: more, root: container.NewStack()}
	c.resize(n)
	return c
}

// resize makes as many keys as are asked for.
func (c *QuickColumn) resize(n int) {
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

// Object is what belongs beside the keypad.
func (c *QuickColumn) Object() fyne.CanvasObject { return c.root }

// SetVisible shows or hides the column.
func (c *QuickColumn) SetVisible(visible bool) { screen.Only(c.root, visible) }

// SetMore words the key behind the others.
func (c *QuickColumn) SetMore(word string, on bool) {
	c.more.Set(word, "")
	c.more.SetEnabled(on)
}

// Draw shows keys.
func (c *QuickColumn) Draw(list []QuickKey) {
	if len(list) > len(c.keys) || (c.more != nil && len(list) != len(c.keys)) {
		c.resize(len(list))
	}
	for i, key := range list {
		c.taps[i] = key.Tap
		c.keys[i].Set(key.Name, key.Price)
		c.keys[i].SetChosen(key.Chosen)
		c.keys[i].SetEnabled(key.On)
	}
}
