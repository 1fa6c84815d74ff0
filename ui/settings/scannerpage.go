package settings

import (
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/hardware/scanner"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// scannerPage is how scans are told from typing, with a place to try it. While
// it is in sight no scan charges anybody.
type scannerPage struct {
	*page
	log    scanLog
	typing typing
	place  *fyne.Container
}

func newScannerPage(s *Screen) *page {
	p := newPage(s, "scanner")
	o := &scannerPage{page: p, place: holder()}
	s.scans = o
	w := s.desk.Words
	p.text("scanner.prefix", asIs, isLines(w, 1, 8))
	p.text("scanner.min_length", asIs, isCount(w, 6, 30))
	p.text("scanner.max_gap", inUnits(time.Millisecond), isDuration(w, time.Millisecond, 20, 100))
	head := kit.Across(kit.GapDense, kit.Stretch(kit.NewBold(w.T("scanner.title"), kit.ActionPx, kit.Ink)), kit.NewText(w.T("scanner.note"), kit.Caption, kit.Ink2))
	p.side = kit.NewPanel(kit.Down(0, kit.Pad(12, kit.PadList, 0, kit.PadList, kit.Sized(0, 48, head)),
		kit.Pad(0, kit.PadList, 0, kit.PadList, kit.NewRule()), kit.Stretch(o.place)))
	// With a field focused the keys of a scan could land in it; with nothing
	// focused every burst is seen.
	p.onShow = func() { s.desk.Window.Canvas().Unfocus() }
	o.draw()
	return p.finish()
}

// scanned takes what the scanner read.
func (o *scannerPage) scanned(s screen.Scan) {
	o.log.addScan(o.s.desk.Words, s, o.s.desk.Now())
	o.draw()
}

// typed takes a character that came by itself.
func (o *scannerPage) typed(r rune) {
	if r > ' ' {
		o.typing.add(o.s.desk.Now())
	}
}

// entered ends what was typed one by one; it reports whether that was long
// enough to be a code that came too slowly.
func (o *scannerPage) entered() bool {
	t, ok := o.typing.end()
	if ok {
		o.tried(t)
	}
	return ok
}

// tried takes what the detector made of a burst. Its characters were typed on
// by then: they do not count once more.
func (o *scannerPage) tried(t scanner.Trial) {
	o.typing = typing{}
	o.log.addTrial(o.s.desk.Words, t, o.s.desk.Now())
	o.draw()
}

func (o *scannerPage) draw() {
	w := o.s.desk.Words
	if len(o.log.list) == 0 {
		hold(o.place, kit.NewEmpty(kit.IconScan, kit.Ink3, w.T("scanner.empty"), w.T("scanner.empty.do")))
		return
	}
	var rows []fyne.CanvasObject
	for i, r := range o.log.list {
		rows = append(rows, newReadingRow(w.T("scanner.typed"), r, i == 0), kit.NewRule())
	}
	hold(o.place, screen.NewScroll(kit.Pad(0, kit.PadList, 8, kit.PadList, kit.Down(0, rows...))))
}

// newReadingRow is one reading; the newest is larger.
func newReadingRow(typed string, r reading, newest bool) fyne.CanvasObject {
	size := kit.Body
	if newest {
		size = kit.Row
	}
	text := r.text
	if text == "" {
		text = typed
	}
	parts := []fyne.CanvasObject{
		kit.Across(8, kit.Stretch(kit.NewBold(r.taken, size, kit.Ink).Fit(kit.Body, kit.Caption)), kit.NewText(r.time, kit.Caption, kit.Ink2)),
		kit.NewText(text, size, kit.Ink).Mono().Ellipsis(),
		kit.NewText(r.length+"  "+r.speed, kit.Caption, kit.Ink2),
		kit.NewParagraph(r.second, kit.Caption, kit.Ink2),
	}
	icon := &fyne.Container{Layout: top{22, 28}, Objects: []fyne.CanvasObject{kit.NewIcon(r.icon, 22, r.token)}}
	return kit.Pad(9, 0, 9, 0, kit.Across(14, icon, kit.Stretch(kit.Down(1, parts...))))
}
