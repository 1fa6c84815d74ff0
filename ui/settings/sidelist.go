package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// sideRow is a line of the list of pages.
type sideRow struct {
	widget.BaseWidget
	word             string
	icon             kit.Icon // at the right end: something there wants a person
	chosen           bool
	hovered, focused bool
	tapped           func()
}

const (
	sideHeight float32 = 44
	sideWidth  float32 = 200
)

func newSideRow(word string, tapped func()) *sideRow {
	r := &sideRow{word: word, tapped: tapped}
	r.ExtendBaseWidget(r)
	return r
}

func (r *sideRow) set(chosen bool, icon kit.Icon) {
	if r.chosen != chosen || r.icon != icon {
		r.chosen, r.icon = chosen, icon
		r.Refresh()
	}
}

func (r *sideRow) Tapped(*fyne.PointEvent) { r.tapped() }

func (r *sideRow) MouseIn(*desktop.MouseEvent)    { r.hovered = true; r.Refresh() }
func (r *sideRow) MouseMoved(*desktop.MouseEvent) {}
func (r *sideRow) MouseOut()                      { r.hovered = false; r.Refresh() }

func (r *sideRow) FocusGained() { r.focused = true; r.Refresh() }
func (r *sideRow) FocusLost()   { r.focused = false; r.Refresh() }

func (r *sideRow) TypedRune(c rune) {
	if c == ' ' {
		r.tapped()
	}
}

func (r *sideRow) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		r.tapped()
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(ev)
	}
}

func (r *sideRow) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	ground.CornerRadius = 6
	rr := &sideRenderer{r: r, ground: ground, word: kit.NewText(r.word, kit.Body, kit.Ink2).Ellipsis(), icon: kit.NewIcon(kit.NoIcon, 20, kit.Warn)}
	rr.Refresh()
	return rr
}

type sideRenderer struct {
	r      *sideRow
	ground *canvas.Rectangle
	word   *kit.Text
	icon   *kit.IconView
}

func (rr *sideRenderer) Destroy()           {}
func (rr *sideRenderer) MinSize() fyne.Size { return fyne.NewSize(120, sideHeight) }
func (rr *sideRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{rr.ground, rr.word, rr.icon}
}

func (rr *sideRenderer) Layout(s fyne.Size) {
	rr.ground.Resize(s)
	right := float32(kit.Gap)
	if rr.r.icon != kit.NoIcon {
		right += 28
	}
	h := rr.word.MinSize().Height
	screen.Place(rr.word, kit.Gap, (s.Height-h)/2, s.Width-kit.Gap-right, h)
	screen.Place(rr.icon, s.Width-12-20, (s.Height-20)/2, 20, 20)
}

func (rr *sideRenderer) Refresh() {
	r := rr.r
	fill, ink := kit.NoColor, kit.Ink2
	switch {
	case r.chosen:
		fill, ink = kit.AccentSoft, kit.Ink
	case r.hovered:
		fill = kit.KeyHover
	}
	rr.ground.FillColor = kit.Color(fill)
	rr.ground.StrokeWidth = 0
	if r.focused {
		rr.ground.StrokeColor, rr.ground.StrokeWidth = kit.Color(kit.AccentInk), 3
	}
	rr.word.SetColor(ink)
	rr.word.SetBold(r.chosen)
	rr.icon.Set(r.icon, kit.Warn)
	rr.Layout(r.Size())
	canvas.Refresh(r)
}
