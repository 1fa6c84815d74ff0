package summary

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// bar is the row above the figures: what is summed on the left, what can be done
// with it on the right. While there is something to say about a file or a paper,
// that stands in place of the buttons.
type bar struct {
	s    *Screen
	root *fyne.Container

	units         *kit.Segment
	before, after *kit.Button
	which         *kit.Select // the day, month, year, run of days, or shift
	own           *kit.Text   // in place of these for who sees the own shift only
	files         []*kit.Button
	print         *kit.Button
}

func newBar(s *Screen) *bar {
	w := s.desk.Words
	b := &bar{s: s}
	words := make([]string, len(units))
	for i, u := range units {
		words[i] = w.T("summary.unit." + string(u))
	}
	b.units = kit.NewSegment(words, 0, func(i int) { b.turn(units[i]) })
	b.before = kit.NewButton("", kit.ButtonFilter, func() { s.step(-1) }).Icon(kit.IconChevronLeft)
	b.after = kit.NewButton("", kit.ButtonFilter, func() { s.step(1) }).Icon(kit.IconChevron)
	b.which = kit.NewDrop(kit.IconCalendar, "", b.pick)
	b.own = kit.NewText("", kit.Body, kit.Ink2)
	for _, f := range []app.ExportFormat{app.ExportPDF, app.ExportXLSX, app.ExportCSV} {
		b.files = append(b.files, kit.NewButton(w.T("summary.file."+string(f)), kit.ButtonFilter, func() { s.save(f) }))
	}
	b.print = kit.NewButton(w.T("summary.print"), kit.ButtonFilter, s.print).Icon(kit.IconPrint).Key(string(s.desk.Keys[screen.ActReprint])).Kind(kit.Default)
	b.root = &fyne.Container{Layout: barLayout{b}}
	b.root.Objects = []fyne.CanvasObject{b.units, b.before, b.which, b.after, b.own}
	for _, f := range b.files {
		b.root.Objects = append(b.root.Objects, f)
	}
	b.root.Objects = append(b.root.Objects, b.print, s.note.root)
	return b
}

// show writes the period into the bar.
func (b *bar) show() {
	s := b.s
	b.units.SetIndex(slices.Index(units, s.period.unit))
	b.which.SetOptions([]string{b.title()}, 0)
	_, ok := s.next(-1)
	b.before.SetEnabled(ok)
	_, ok = s.next(1)
	b.after.SetEnabled(ok)
	for _, o := range []fyne.CanvasObject{b.units, b.before, b.which, b.after} {
		screen.Only(o, !s.limited)
	}
	screen.Only(b.own, s.limited)
	b.own.SetText(s.desk.Words.T("summary.own"))
	said := s.note.visible()
	_, ok = s.period.cut()
	for _, f := range b.files {
		screen.Only(f, !said && !s.limited)
		f.SetEnabled(ok && !s.failed)
	}
	screen.Only(b.print, !said && !s.limited)
	b.print.SetEnabled(ok && !s.failed)
	screen.Only(s.note.root, said)
	b.root.Refresh()
}

// title is what stands in the box between the arrows.
func (b *bar) title() string {
	s := b.s
	p, title := s.period, s.period.title(s.desk.Words)
	if p.unit == unitRange && p.from[:4] != p.to[:4] && s.desk.Words.Language() != lang.Chinese {
		return rangeTitle(s.desk.Words, p.from[2:], p.to[2:]) // English words leave less room
	}
	if p.unit != unitShift {
		return title
	}
	for _, x := range append(slices.Clone(s.shifts), s.around...) {
		if x.ID == s.period.shiftID {
			return string(s.period.from[5:]) + "  " + shiftTitle(s.desk, x)
		}
	}
	return title
}

// shiftTitle names a shift and whose it is.
func shiftTitle(d *screen.Desk, x data.Shift) string {
	name := shiftName(d, x.ID, x.Name)
	if x.Staff.Name != "" {
		name += "  " + x.Staff.Name
	}
	return name
}

// turn shows the same time in another unit. Any run of days is asked for at
// once.
func (b *bar) turn(u unit) {
	s := b.s
	if u == unitRange {
		b.askRange(s.period.as(unitRange, s.day, s.today))
		return
	}
	s.show(s.period.as(u, s.day, s.today))
}

// barLayout gives each part what it needs, from both ends.
type barLayout struct{ b *bar }

const (
	barGap   float32 = 8
	barStep  float32 = 44
	barWhich float32 = 248
	barLeast float32 = 160
	barNote  float32 = 16 // from the left group to the note
)

func (barLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, kit.ButtonFilter) }

func (l barLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	b := l.b
	right := s.Width
	for _, o := range append([]*kit.Button{b.print}, backwards(b.files)...) {
		if !o.Visible() {
			continue
		}
		w := whole(o.MinSize().Width)
		right -= w
		screen.Place(o, right, 0, w, s.Height)
		right -= barGap
	}
	segment := whole(b.units.MinSize().Width)
	spare := right - barNote + barGap - segment - 2*barStep - 3*barGap
	natural := whole(b.which.MinSize().Width)
	which := max(barLeast, min(spare, max(barWhich, natural)))
	if b.s.note.visible() {
		which = max(barLeast, min(barWhich, natural))
	}
	x := float32(0)
	for _, part := range []struct {
		o fyne.CanvasObject
		w float32
	}{{b.units, segment}, {b.before, barStep}, {b.which, which}, {b.after, barStep}} {
		screen.Place(part.o, x, 0, part.w, s.Height)
		x += part.w + barGap
	}
	if b.s.limited {
		m := b.own.MinSize()
		screen.Place(b.own, 0, whole((s.Height-m.Height)/2), m.Width, m.Height)
		x = m.Width + barGap
	}
	screen.Place(b.s.note.root, x-barGap+barNote, 0, s.Width-x+barGap-barNote, s.Height)
}

func backwards(list []*kit.Button) []*kit.Button {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// whole is the next whole pixel: borders are sharp only there.
func whole(x float32) float32 { return float32(math.Ceil(float64(x))) }
