package summary

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// rowList is rows below each other that scroll where they are many. Rows are
// kept when figures change, so that focus and pointer stay on theirs.
type rowList[R fyne.CanvasObject] struct {
	rows   []R
	column *fyne.Container
	scroll *screen.Scroll
}

func newRowList[R fyne.CanvasObject]() *rowList[R] {
	l := &rowList[R]{column: kit.Down(0)}
	l.scroll = screen.NewScroll(l.column)
	return l
}

// fit makes or drops rows until there are n.
func (l *rowList[R]) fit(n int, one func() R) {
	if n == len(l.rows) {
		return
	}
	for len(l.rows) < n {
		l.rows = append(l.rows, one())
	}
	l.rows = l.rows[:n]
	objects := make([]fyne.CanvasObject, n)
	for i, r := range l.rows {
		objects[i] = r
	}
	l.column.Objects = objects
}

// boxCard is one of the cards at the bottom.
type boxCard struct {
	s    *Screen
	card *kit.Card
	list *rowList[*kit.CardRow]
	foot *kit.CardRow
}

func newBoxCard(s *Screen) *boxCard {
	c := &boxCard{s: s, list: newRowList[*kit.CardRow](), foot: kit.NewCardRow(kit.CardLine{}, nil)}
	c.card = kit.NewCard("", c.list.scroll)
	return c
}

// fill writes rows and foot into the card.
func (c *boxCard) fill(b box, dim bool) {
	c.card.SetTitle(b.title, b.hint)
	c.list.fit(len(b.rows), func() *kit.CardRow { return kit.NewCardRow(kit.CardLine{}, nil) })
	for i, r := range b.rows {
		c.write(c.list.rows[i], r, dim)
	}
	if b.foot == nil {
		c.card.SetContent(c.list.scroll, nil)
	} else {
		c.write(c.foot, *b.foot, dim)
		c.card.SetContent(c.list.scroll, c.foot)
	}
	c.list.scroll.Flow()
}

func (c *boxCard) write(to *kit.CardRow, r row, dim bool) {
	r.Dim = dim
	if dim && r.Icon != kit.NoIcon {
		r.Ink = kit.InkOff
	}
	var tapped func()
	if r.to.kind != toNothing {
		tapped = func() {
			if c.s.ready {
				c.s.open(r.to)
			}
		}
	}
	to.Set(r.CardLine, tapped)
}
