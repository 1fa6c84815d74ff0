package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"frontdesk/ui/kit"
)

// Scroll shows content that may be higher than its place. The wheel and a
// finger or the mouse, dragged, move it; a bar at the right says that there is
// more. Fyne's own scroller cannot be dragged on a desktop, and hides its bar.
type Scroll struct {
	widget.BaseWidget
	content fyne.CanvasObject
	offset  float32
}

// NewScroll makes a scroller. The content is as wide as the place; its right
// edge should leave a few px for the bar.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{content: content}
	s.ExtendBaseWidget(s)
	return s
}

// Within is content of that width at its own height, or a scroller of the height
// that there is room for.
func Within(content fyne.CanvasObject, width, room float32) fyne.CanvasObject {
	if kit.HeightFor(content, width) <= room {
		return content
	}
	return kit.Sized(0, room, NewScroll(kit.Pad(0, 16, 0, 0, content)))
}

// SetContent changes the content and stays at the same place in it.
func (s *Scroll) SetContent(content fyne.CanvasObject) {
	s.content = content
	s.Refresh()
}

// Flow places the content anew, after something in it became higher or lower.
func (s *Scroll) Flow() { s.Refresh() }

// ScrollTop goes back to the beginning.
func (s *Scroll) ScrollTop() { s.to(0) }

// Reveal moves as little as it takes to show o, which is somewhere inside.
func (s *Scroll) Reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s.content).Y
	switch bottom := top + o.Size().Height; {
	case top < s.offset:
		s.to(top)
	case bottom > s.offset+s.Size().Height:
		s.to(bottom - s.Size().Height)
	}
}

// Scrolled moves with the wheel.
func (s *Scroll) Scrolled(ev *fyne.ScrollEvent) { s.to(s.offset - ev.Scrolled.DY) }

// Dragged moves with the finger.
func (s *Scroll) Dragged(ev *fyne.DragEvent) { s.to(s.offset - ev.Dragged.DY) }

// DragEnd does nothing: there is no momentum.
func (s *Scroll) DragEnd() {}

func (s *Scroll) to(offset float32) {
	if offset = s.clamp(offset); offset != s.offset {
		s.offset = offset
		s.Refresh()
	}
}

func (s *Scroll) height() float32 { return kit.HeightFor(s.content, s.Size().Width) }

func (s *Scroll) clamp(offset float32) float32 {
	return max(0, min(offset, s.height()-s.Size().Height))
}

func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	bar := canvas.NewRectangle(nil)
	bar.CornerRadius = barWidth / 2
	inner := &fyne.Container{Objects: []fyne.CanvasObject{s.content}}
	clip := container.NewClip(inner)
	clip.ExtendBaseWidget(clip) // or it would place its content only once it is measured
	r := &scrollRenderer{s: s, inner: inner, clip: clip, bar: bar}
	r.Refresh()
	return r
}

const (
	barWidth float32 = 6
	barLeast float32 = 32
)

type scrollRenderer struct {
	s     *Scroll
	inner *fyne.Container
	clip  fyne.CanvasObject
	bar   *canvas.Rectangle
}

func (r *scrollRenderer) Destroy() {}
func (r *scrollRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.s.content.MinSize().Width, barLeast)
}
func (r *scrollRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.clip, r.bar} }

func (r *scrollRenderer) Layout(size fyne.Size) {
	high := r.s.height()
	r.s.offset = r.s.clamp(r.s.offset)
	r.clip.Resize(size)
	r.s.content.Resize(fyne.NewSize(size.Width, max(high, size.Height)))
	r.s.content.Move(fyne.NewPos(0, -r.s.offset))
	if high <= size.Height {
		r.bar.Hide()
		return
	}
	long := max(barLeast, size.Height*size.Height/high)
	r.bar.Resize(fyne.NewSize(barWidth, long))
	r.bar.Move(fyne.NewPos(size.Width-barWidth-2, (size.Height-long)*r.s.offset/(high-size.Height)))
	r.bar.Show()
}

func (r *scrollRenderer) Refresh() {
	r.bar.FillColor = kit.Color(kit.LineStrong)
	if r.inner.Objects[0] != r.s.content {
		r.inner.Objects = []fyne.CanvasObject{r.s.content}
	}
	if size := r.s.Size(); !size.IsZero() {
		r.Layout(size)
	}
	r.s.content.Refresh()
	canvas.Refresh(r.s)
}
