package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is one row of a menu.
type MenuItem struct {
	Icon    Icon   // before the word; may be missing
	Word    string // what the row does
	Key     string // the key that does the same; may be empty
	Chosen  bool   // the present choice, in the menu of a select
	Off     bool   // shown, and cannot be chosen
	Divider bool   // a line stands above the row
	Action  func()
}

// Menu is a list of rows that lies over the window until one is chosen, Esc is
// pressed or the window beside it is tapped.
type Menu struct {
	// Title and Second stand above the rows, where they are not empty.
	Title, Second string
	Items         []MenuItem
	OnClosed      func()

	overlay *overlay
}

const (
	menuRow     float32 = 52
	menuPad     float32 = 8
	menuDivider float32 = 17
	menuHead    float32 = 77

	// MenuWidth is the width of the person menu.
	MenuWidth float32 = 320
)

// Show opens the menu below the point at, within the window. It takes the
// focus and gives it back when it closes.
func (m *Menu) Show(c fyne.Canvas, at fyne.Position, width float32) {
	panel := newMenuPanel(m)
	height := min(panel.MinSize().Height, c.Size().Height-2*menuPad)
	at.X = max(menuPad, min(at.X, c.Size().Width-width-menuPad))
	at.Y = max(menuPad, min(at.Y, c.Size().Height-height-menuPad))

	m.overlay = newOverlay(c, NoColor, panel, func(fyne.Size) (fyne.Position, fyne.Size) {
		return at, fyne.NewSize(width, height)
	})
	m.overlay.outside = m.Close
	m.overlay.key = func(ev *fyne.KeyEvent) { panel.typed(ev, m.Close) }
	m.overlay.show()
	panel.focusChosen(c)
}

// Close takes the menu away.
func (m *Menu) Close() {
	if m.overlay == nil {
		return
	}
	o := m.overlay
	m.overlay = nil
	o.hide()
	if m.OnClosed != nil {
		m.OnClosed()
	}
}

// menuPanel is the menu's box with its rows.
type menuPanel struct {
	widget.BaseWidget
	menu *Menu
	rows []*menuRowPart
}

func newMenuPanel(m *Menu) *menuPanel {
	p := &menuPanel{menu: m}
	for _, item := range m.Items {
		row := &menuRowPart{item: item}
		row.disabled = item.Off
		row.OnTapped = func() {
			m.Close()
			if item.Action != nil {
				item.Action()
			}
		}
		row.extend(row)
		p.rows = append(p.rows, row)
	}
	p.ExtendBaseWidget(p)
	return p
}

// typed moves among the rows with the arrows; a row itself takes Enter.
func (p *menuPanel) typed(ev *fyne.KeyEvent, closeMenu func()) {
	c := canvasOf(p)
	switch ev.Name {
	case fyne.KeyEscape:
		closeMenu()
	case fyne.KeyDown, fyne.KeyRight:
		c.FocusNext()
	case fyne.KeyUp, fyne.KeyLeft:
		c.FocusPrevious()
	}
}

func (p *menuPanel) focusChosen(c fyne.Canvas) {
	for _, row := range p.rows {
		if row.item.Chosen && !row.item.Off {
			c.Focus(row)
			return
		}
	}
}

func (p *menuPanel) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(radiusKey)
	title := newLine(Row, true)
	second := newLine(Caption, false)
	headLine := newRule()
	list := container.NewWithoutLayout()
	var dividers []*rule
	for _, row := range p.rows {
		if row.item.Divider {
			d := newRule()
			dividers = append(dividers, d)
			list.Add(d)
		}
		list.Add(row)
	}
	scroll := container.NewVScroll(list)
	head := float32(0)
	if p.menu.Title != "" {
		head = menuHead
	}
	list.Layout = fixedLayout{
		min: func() fyne.Size {
			return fyne.NewSize(10, 2*menuPad+menuRow*float32(len(p.rows))+menuDivider*float32(len(dividers)))
		},
		place: func(s fyne.Size) {
			y, d := menuPad, 0
			for _, row := range p.rows {
				if row.item.Divider {
					put(dividers[d], 0, y+floor(menuDivider/2), s.Width, 1)
					d++
					y += menuDivider
				}
				put(row, 0, y, s.Width, menuRow)
				y += menuRow
			}
		},
	}
	paint := func() {
		f.paint(Surface, LineStrong)
		write(title, p.menu.Title, Ink)
		write(second, p.menu.Second, Ink2)
		show(headLine, head > 0)
		headLine.Refresh()
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		putMiddle(title, 19, 12, 32)
		putMiddle(second, 19, 44, 24)
		put(headLine, 1, head-1, s.Width-2, 1)
		put(scroll, 1, head+1, s.Width-2, s.Height-head-2)
	}
	min := func() fyne.Size {
		return fyne.NewSize(160, head+2+list.MinSize().Height)
	}
	return newRender(p, paint, min, layout, f.border, f.fill, title, second, headLine, scroll)
}

// menuRowPart is one row.
type menuRowPart struct {
	focusPress
	item MenuItem
}

func (r *menuRowPart) CreateRenderer() fyne.WidgetRenderer {
	ground := newFill(0)
	icon := newGlyph()
	word := newLine(Row, false)
	key := newLine(Caption, false)
	paint := func() {
		fill, ink := Surface, Ink
		switch {
		case r.disabled:
			ink = InkOff
		case r.pressed:
			fill = KeyPressed
		case r.hovered, r.focused:
			fill = KeyHover
		case r.item.Chosen:
			fill = AccentSoft
		}
		word.TextStyle.Bold = r.item.Chosen
		ground.FillColor = Color(fill)
		write(word, r.item.Word, ink)
		write(key, r.item.Key, ifOff(r.disabled, Ink2))
		drawGlyph(icon, r.item.Icon, ifOff(r.disabled, Ink2))
	}
	layout := func(s fyne.Size) {
		put(ground, 0, 0, s.Width, s.Height)
		x := fieldPad
		if r.item.Icon != NoIcon {
			put(icon, 18, (s.Height-24)/2, 24, 24)
			x = 56
		}
		putMiddle(word, x, 0, s.Height)
		putRight(key, s.Width-18, 0, s.Height)
	}
	min := func() fyne.Size { return fyne.NewSize(word.MinSize().Width+56+18, menuRow) }
	return newRender(r, paint, min, layout, ground, icon, word, key)
}

func ifOff(off bool, on Token) Token {
	if off {
		return InkOff
	}
	return on
}
