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
	pitch  *pitch
	scroll *screen.Scroll
	column *fyne.Container
	object *fyne.Container // holds all
}

func newRowList[R fyne.CanvasObject](p pitch) *rowList[R] {
	l := &rowList[R]{pitch: &p}
	l.column = &fyne.Container{Layout: rowLayout{l.pitch}}
	l.scroll = screen.NewScroll(l.column)
	l.object = &fyne.Container{Layout: wholeRows{l.column, l.pitch}, Objects: []fyne.CanvasObject{l.scroll}}
	return l
}

// wholeRows shows no part of a row at the end of a list that scrolls.
type wholeRows struct {
	column *fyne.Container
	pitch  *pitch
}

func (wholeRows) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l wholeRows) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := s.Height
	if l.column.MinSize().Height > h {
		h = max(1, float32(int(h/l.pitch.least))) * l.pitch.least
	}
	screen.Place(o[0], 0, 0, s.Width, h)
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

// pitch is how far it is from row to row: as far as is good where there is room,
// and else as near as it may be.
type pitch struct{ least, best float32 }

var (
	sharePitch = pitch{50, 65}
	tellPitch  = pitch{30, 34} // rows that only tell
	mixedPitch = pitch{36, 42} // some can be tapped, with one that only tells between them
	touchPitch = pitch{42, 44} // all can be tapped; at the least their edges meet
)

// rowLayout has rows at an even distance. One that is higher than that, to be
// tapped, reaches over its neighbours, which only tell.
type rowLayout struct{ pitch *pitch }

func (l rowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, r := range o {
		w = max(w, r.MinSize().Width)
	}
	return fyne.NewSize(w, float32(len(o))*l.pitch.least)
}

func (l rowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if len(o) == 0 {
		return
	}
	p := float32(int(max(l.pitch.least, min(l.pitch.best, s.Height/float32(len(o))))))
	for i, r := range o {
		h := max(p, r.MinSize().Height)
		screen.Place(r, 0, whole(float32(i)*p+(p-h)/2), s.Width, h)
	}
}

// boxCard is one of the cards at the bottom.
type boxCard struct {
	s    *Screen
	card *kit.Card
	list *rowList[*kit.CardRow]
	foot *kit.CardRow
}

func newBoxCard(s *Screen) *boxCard {
	c := &boxCard{s: s, list: newRowList[*kit.CardRow](tellPitch), foot: kit.NewCardRow(kit.CardLine{}, nil)}
	c.card = kit.NewCard("", c.list.object)
	return c
}

// fill writes rows and foot into the card.
func (c *boxCard) fill(b box, dim bool) {
	c.card.SetTitle(b.title, b.hint)
	c.list.fit(len(b.rows), func() *kit.CardRow { return kit.NewCardRow(kit.CardLine{}, nil) })
	*c.list.pitch = pitchOf(b.rows)
	for i, r := range b.rows {
		c.write(c.list.rows[i], r, dim)
	}
	if b.foot == nil {
		c.card.SetContent(c.list.object, nil)
	} else {
		c.write(c.foot, *b.foot, dim)
		c.card.SetContent(c.list.object, c.foot)
	}
	c.list.object.Refresh()
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

// pitchOf is how far rows must be apart so that a finger meets the right one.
func pitchOf(rows []row) pitch {
	p := tellPitch
	for i, r := range rows {
		if r.to.kind == toNothing {
			continue
		}
		if i > 0 && rows[i-1].to.kind != toNothing {
			return touchPitch
		}
		p = mixedPitch
	}
	return p
}
