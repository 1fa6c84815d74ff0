package shift

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// stepper shows the steps of handing over and at which one the person is.
type stepper struct {
	widget.BaseWidget
	words []string
	at    int
}

func newStepper(words ...string) *stepper {
	s := &stepper{words: words}
	s.ExtendBaseWidget(s)
	return s
}

func (s *stepper) set(at int) {
	if s.at != at {
		s.at = at
		s.Refresh()
	}
}

const (
	stepDisc float32 = 32
	stepGap  float32 = 8
	stepLine float32 = 32
)

// step is what draws one of them.
type step struct {
	disc   *canvas.Circle
	number *kit.Text
	tick   *kit.IconView
	word   *kit.Text
	line   *canvas.Rectangle // to the next one
}

func (s *stepper) CreateRenderer() fyne.WidgetRenderer {
	r := &stepperRenderer{s: s}
	for i, word := range s.words {
		p := step{disc: canvas.NewCircle(nil), number: kit.NewBold(strconv.Itoa(i+1), kit.Row, kit.Ink).Centered(),
			tick: kit.NewIcon(kit.NoIcon, 22, kit.AccentInk), word: kit.NewText(word, kit.Body, kit.Ink), line: canvas.NewRectangle(nil)}
		p.disc.StrokeWidth = 2
		r.steps = append(r.steps, p)
		r.objects = append(r.objects, p.line, p.disc, p.number, p.tick, p.word)
	}
	r.paint()
	return r
}

type stepperRenderer struct {
	s       *stepper
	steps   []step
	objects []fyne.CanvasObject
}

func (r *stepperRenderer) Destroy()                     {}
func (r *stepperRenderer) Objects() []fyne.CanvasObject { return r.objects }

// wordWidth is that of the bold word, so that nothing moves from step to step.
func (r *stepperRenderer) wordWidth(i int) float32 {
	return whole(kit.TextWidth(r.s.words[i], kit.Body, true) + 1)
}

func (r *stepperRenderer) MinSize() fyne.Size {
	w := float32(0)
	for i := range r.steps {
		w += stepDisc + stepGap + r.wordWidth(i)
		if i > 0 {
			w += stepLine + 2*10
		}
	}
	return fyne.NewSize(w, stepDisc)
}

func (r *stepperRenderer) Layout(size fyne.Size) {
	x, y := size.Width-r.MinSize().Width, whole((size.Height-stepDisc)/2)
	for i, p := range r.steps {
		screen.Place(p.disc, x, y, stepDisc, stepDisc)
		h := p.number.MinSize().Height
		screen.Place(p.number, x, y+(stepDisc-h)/2-1, stepDisc, h)
		screen.Place(p.tick, x, y, stepDisc, stepDisc)
		x += stepDisc + stepGap
		w := r.wordWidth(i)
		h = p.word.MinSize().Height
		screen.Place(p.word, x, y+(stepDisc-h)/2-1, w, h)
		x += w + 10
		screen.Place(p.line, x, y+stepDisc/2-1, stepLine, 2)
		x += stepLine + 10
	}
}

func (r *stepperRenderer) paint() {
	for i, p := range r.steps {
		fill, line, ink := kit.NoColor, kit.LineStrong, kit.Ink2
		switch {
		case i < r.s.at:
			line = kit.AccentInk
		case i == r.s.at:
			fill, line, ink = kit.Accent, kit.Accent, kit.OnAccent
		}
		p.disc.FillColor, p.disc.StrokeColor = kit.Color(fill), kit.Color(line)
		p.line.FillColor = kit.Color(kit.LineStrong)
		screen.Only(p.line, i < len(r.steps)-1)
		screen.Only(p.number, i >= r.s.at)
		p.number.SetColor(ink)
		p.tick.Set(kit.NoIcon, kit.AccentInk)
		if i < r.s.at {
			p.tick.Set(kit.IconTick, kit.AccentInk)
		}
		p.word.SetBold(i == r.s.at)
		if i == r.s.at {
			p.word.SetColor(kit.Ink)
		} else {
			p.word.SetColor(kit.Ink2)
		}
	}
}

func (r *stepperRenderer) Refresh() {
	r.paint()
	if size := r.s.Size(); !size.IsZero() {
		r.Layout(size)
	}
	canvas.Refresh(r.s)
}

// whole is the px below: lines are sharp on whole ones only.
func whole(f float32) float32 { return float32(int(f)) }
