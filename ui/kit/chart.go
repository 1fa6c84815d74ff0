package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Bar is one bar of a chart.
type Bar struct {
	Label  string // below it: an hour, a day
	Value  int64  // its height; nothing is drawn for 0 and less
	Figure string // stands above the highest bar
	Words  string // all about it in one line, for the bar that is looked at
	Off    bool   // there is nothing behind it to open
}

// ChartView is all that a chart shows.
type ChartView struct {
	Title string // what the bars are, for who cannot see them
	Bars  []Bar
	Dim   bool // the figures are being read
	// Unit is the smallest step from line to line; Scale words such a line.
	Unit  int64
	Scale func(value int64) string
}

// Chart draws bars over lines with figures. Only the highest bar has its figure;
// the one under the pointer, or chosen with the arrows, says all in a line. A tap
// opens a bar, and so does Enter.
type Chart struct {
	widget.BaseWidget
	// OnOpen is called with the bar that a person wants to see more of.
	OnOpen func(index int)

	view    ChartView
	hover   int // -1 when the pointer is elsewhere
	at      int // the bar that the arrows chose; -1 for none
	focused bool
}

var _ fyne.Accessible = (*Chart)(nil)

// NewChart makes a chart without bars.
func NewChart(open func(index int)) *Chart {
	c := &Chart{OnOpen: open, hover: -1, at: -1}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes all that is shown. The bar that is looked at stays so.
func (c *Chart) Set(v ChartView) {
	c.view = v
	if c.at >= len(v.Bars) {
		c.at = -1
	}
	if c.hover >= len(v.Bars) {
		c.hover = -1
	}
	c.Refresh()
}

// highest is the first of the highest bars; -1 when none has a height.
func (c *Chart) highest() int {
	best := -1
	for i, b := range c.view.Bars {
		if b.Value > 0 && (best < 0 || b.Value > c.view.Bars[best].Value) {
			best = i
		}
	}
	return best
}

// looked is the bar whose line is shown; -1 for none. The pointer comes before
// the arrows.
func (c *Chart) looked() int {
	if c.hover >= 0 {
		return c.hover
	}
	if c.focused && c.at < len(c.view.Bars) {
		return c.at
	}
	return -1
}

func (c *Chart) open(i int) {
	if i >= 0 && i < len(c.view.Bars) && !c.view.Bars[i].Off && c.OnOpen != nil {
		c.OnOpen(i)
	}
}

func (c *Chart) Tapped(ev *fyne.PointEvent) { c.open(c.barAt(ev.Position)) }

func (c *Chart) MouseIn(ev *desktop.MouseEvent)    { c.MouseMoved(ev) }
func (c *Chart) MouseMoved(ev *desktop.MouseEvent) { c.hoverAt(c.barAt(ev.Position)) }
func (c *Chart) MouseOut()                         { c.hoverAt(-1) }

func (c *Chart) hoverAt(i int) {
	if c.hover != i {
		c.hover = i
		c.Refresh()
	}
}

// barAt is the bar whose column holds a point; -1 for none.
func (c *Chart) barAt(p fyne.Position) int {
	area := c.area(c.Size())
	if len(c.view.Bars) == 0 || p.X < area.left || p.X >= area.right {
		return -1
	}
	return min(int((p.X-area.left)/area.pitch), len(c.view.Bars)-1)
}

func (c *Chart) FocusGained() {
	c.focused = true
	if c.at < 0 {
		c.at = max(0, c.highest())
	}
	c.Refresh()
}

func (c *Chart) FocusLost() {
	c.focused = false
	c.Refresh()
}

func (c *Chart) TypedRune(r rune) {
	if r != ' ' {
		forwardRune(c, r)
	}
}

func (c *Chart) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		c.choose(c.at - 1)
	case fyne.KeyRight:
		c.choose(c.at + 1)
	case fyne.KeyHome:
		c.choose(0)
	case fyne.KeyEnd:
		c.choose(len(c.view.Bars) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.open(c.at)
	default:
		forwardKey(c, ev)
	}
}

func (c *Chart) choose(i int) {
	if i >= 0 && i < len(c.view.Bars) {
		c.at, c.hover = i, -1 // the key was last: its bar speaks
		c.Refresh()
	}
}

// AccessibilityLabel says what the bars are, and the one that is looked at or
// the highest.
func (c *Chart) AccessibilityLabel() string {
	i := c.looked()
	if i < 0 {
		i = c.highest()
	}
	if i < 0 {
		return c.view.Title
	}
	return c.view.Title + "  " + c.view.Bars[i].Words
}

func (c *Chart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
