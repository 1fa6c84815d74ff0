package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Event is one row of a timeline.
type Event struct {
	Time  string // 14:33:26
	Icon  Icon
	Color Token  // of the icon; NoColor means ink2
	Text  string // what happened, in one sentence
	Quiet bool   // the sentence is in the second colour: a plain step
}

// Timeline tells step by step what happened, oldest first.
type Timeline struct {
	widget.BaseWidget
	events []Event
	dense  bool
	dated  bool
}

var _ Flowing = (*Timeline)(nil)

// NewTimeline makes rows of 40 for a payment that is going on.
func NewTimeline(events ...Event) *Timeline {
	t := &Timeline{events: events}
	t.ExtendBaseWidget(t)
	return t
}

// NewDenseTimeline makes rows of 32 with a line that joins the icons, for a
// detail.
func NewDenseTimeline(events ...Event) *Timeline {
	t := NewTimeline(events...)
	t.dense = true
	return t
}

// Dated makes room for times with their day: 11-18 15:02.
func (t *Timeline) Dated() *Timeline { t.dated = true; return t }

// Set changes all rows.
func (t *Timeline) Set(events ...Event) {
	t.events = events
	t.Refresh()
}

// metrics are the sizes of the two forms.
func (t *Timeline) metrics() (pitch, timeSize, icon, iconX, textX float32) {
	switch {
	case t.dense && t.dated:
		return 32, Caption, 20, 98, 130
	case t.dense:
		return 32, Caption, 20, 88, 120
	}
	return 40, Body, 22, 99, 132
}

// lines are the lines of an event's sentence in a timeline of that width.
func (t *Timeline) lines(e Event, width float32) []string {
	_, _, _, _, textX := t.metrics()
	return wrap(e.Text, width-textX, Body, fyne.TextStyle{})
}

// HeightFor is the height of all events in that width.
func (t *Timeline) HeightFor(width float32) float32 {
	p, _, _, _, _ := t.metrics()
	h := float32(0)
	for _, e := range t.events {
		h += p + float32(len(t.lines(e, width))-1)*pitch(Body)
	}
	return h
}

func (t *Timeline) CreateRenderer() fyne.WidgetRenderer {
	r := &timelineRenderer{t: t}
	r.flow(t.Size().Width)
	return r
}

type timelineRenderer struct {
	t       *Timeline
	objects []fyne.CanvasObject
	width   float32 // for which objects were made
}

func (r *timelineRenderer) Destroy()                     {}
func (r *timelineRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Layout makes nothing anew that fits already: Fyne lays out a part that has
// new objects inside, so it would never come to rest.
func (r *timelineRenderer) Layout(s fyne.Size) {
	if s.Width != r.width {
		r.flow(s.Width)
	}
}

func (r *timelineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(240, r.t.HeightFor(r.t.Size().Width))
}

func (r *timelineRenderer) Refresh() {
	r.flow(r.t.Size().Width)
	canvas.Refresh(r.t)
}

// flow makes the drawing anew for a width; timelines are short and change seldom.
func (r *timelineRenderer) flow(width float32) {
	t := r.t
	r.objects, r.width = nil, width
	p, timeSize, glyph, iconX, textX := t.metrics()
	y := float32(0)
	for i, e := range t.events {
		clock, icon := newLine(timeSize, false), newGlyph()
		write(clock, e.Time, Ink2)
		putMiddle(clock, 0, y, p)
		drawGlyph(icon, e.Icon, or(e.Color, Ink2))
		put(icon, iconX, y+(p-glyph)/2, glyph, glyph)
		lines := t.lines(e, width)
		high := p + float32(len(lines)-1)*pitch(Body)
		ink := Ink
		if e.Quiet {
			ink = Ink2
		}
		for k, words := range lines {
			line := newLine(Body, false)
			write(line, words, ink)
			putMiddle(line, textX, y+float32(k)*pitch(Body), p)
			r.objects = append(r.objects, line)
		}
		if t.dense && i < len(t.events)-1 {
			join := newFill(0)
			join.FillColor = Color(Line)
			put(join, iconX+glyph/2-1, y+(p+glyph)/2+1, 2, high-glyph-2)
			r.objects = append(r.objects, join)
		}
		r.objects = append(r.objects, clock, icon)
		y += high
	}
}
