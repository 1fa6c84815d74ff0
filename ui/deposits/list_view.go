package deposits

import (
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// draw shows the list as it was read.
func (l *list) draw() {
	l.drawTitle()
	if kind := l.emptyKind(); kind != l.empty {
		l.empty = kind
		l.table.SetEmpty(l.emptyPart(kind))
	}
	if l.drawn != l.book {
		l.drawn = l.book
		l.table.SetLength(l.book.Length())
	}
	notices := l.s.notices()
	for i, part := range l.below {
		screen.Only(part.Object(), i < len(notices))
		if i < len(notices) {
			part.Draw(notices[i])
		}
	}
	l.table.RoundFoot(len(notices) == 0 && l.reserve.Height == 0)
	l.foot()
	l.layout(l.inside.Size())
}

// drawTitle says how much is held, or what the filter sums up to.
func (l *list) drawTitle() {
	w := l.s.desk.Words
	label, count, figure, more := w.T(choices[l.filter.choice].word), "…", "", ""
	if l.day != "" && !l.failed {
		count = w.T("deposit.count", "n", l.sums.Rows)
		if a := l.filter.figure(l.sums); a > 0 || l.filter.choice == showHeld {
			figure = "¥" + a.Grouped()
		}
		if l.filter.choice == showAll && l.sums.Left > 0 {
			more = w.T("deposit.still_held")
		}
	}
	text := strings.Join([]string{label, count, figure, more}, "|")
	if text == l.titleText {
		return
	}
	l.titleText = text
	var parts []kit.Part
	for _, p := range []kit.Part{
		{Text: label}, {Text: count, Size: kit.Row, Bold: true, Color: kit.Ink}, {Text: figure, Size: kit.Heading, Bold: true, Color: kit.Ink}, {Text: more},
	} {
		if p.Text != "" {
			parts = append(parts, p)
		}
	}
	l.title.Set(parts...)
}

// foot says which rows are in sight.
func (l *list) foot() {
	key, text := "deposit.foot.newest", ""
	if l.filter.oldestFirst() {
		key = "deposit.foot.oldest"
	}
	if n := l.book.Length(); n > 0 {
		first, last := l.table.InSight()
		text = l.s.desk.Words.T(key, "from", first+1, "to", last+1, "n", n)
	}
	if text != l.footText {
		l.footText = text
		l.table.SetFoot(kit.Part{Text: text, Size: kit.Caption})
	}
}

func (l *list) emptyKind() emptyKind {
	switch {
	case l.failed:
		return emptyFault
	case l.day == "":
		return emptyLoading
	case l.filter != filter{}:
		return emptyFound
	}
	return emptyNothing
}

// emptyPart stands in place of the rows.
func (l *list) emptyPart(kind emptyKind) fyne.CanvasObject {
	w := l.s.desk.Words
	switch kind {
	case emptyLoading:
		return kit.NewEmpty(kit.IconLoading, kit.Ink3, w.T("deposit.loading.title"), w.T("deposit.loading.text"))
	case emptyFault:
		again := kit.NewButton(w.T("till.error.again"), kit.ButtonNormal, l.reload).Icon(kit.IconAgain)
		return kit.NewEmpty(kit.IconFailed, kit.Bad, w.T("deposit.error.title"), w.T("deposit.error.text"), again)
	case emptyFound:
		everywhere := kit.NewButton(w.T("deposit.found.all"), kit.ButtonNormal, func() {
			l.choice.SetIndex(showAll)
			l.reload()
		})
		clear := kit.NewButton(w.T("deposit.found.clear"), kit.ButtonNormal, func() { l.clear() })
		return kit.NewEmpty(kit.IconSearch, kit.Ink3, w.T("deposit.found.title"), w.T("deposit.found.text"), everywhere, clear)
	}
	return kit.NewEmpty(kit.IconHeld, kit.Ink3, w.T("deposit.empty.title"), w.T("deposit.empty.text"))
}

// layout gives the rows what title, search and notices leave. Where a corner is
// kept free, the rows end above it.
func (l *list) layout(size fyne.Size) {
	if size.IsZero() {
		return
	}
	const titleHeight, searchTop, tableTop, inset float32 = 72, 72, 137, 12
	wide := max(110, l.choice.MinSize().Width)
	screen.Place(l.title, kit.PadList, 8, size.Width-2*kit.PadList, titleHeight-8)
	screen.Place(l.search, kit.PadList, searchTop, size.Width-2*kit.PadList-kit.GapKeys-wide, kit.FieldHeight)
	screen.Place(l.choice, size.Width-kit.PadList-wide, searchTop, wide, kit.FieldHeight)
	screen.Place(l.line, 0, tableTop-1, size.Width, 1)
	bottom := size.Height
	if l.reserve.Height > 0 {
		bottom -= l.reserve.Height + inset
	}
	for i := len(l.below) - 1; i >= 0; i-- {
		part := l.below[i].Object()
		if !part.Visible() {
			continue
		}
		if bottom == size.Height {
			bottom -= inset
		}
		screen.Place(part, inset, bottom-kit.BannerHeight, size.Width-2*inset, kit.BannerHeight)
		bottom -= kit.BannerHeight + kit.GapKeys
	}
	screen.Place(l.table, 0, tableTop, size.Width, bottom-tableTop)
}

// Reserve keeps a corner of the list free at its bottom right.
func (s *Screen) Reserve(size fyne.Size) {
	if s.list.reserve != size {
		s.list.reserve = size
		s.list.draw()
	}
}
