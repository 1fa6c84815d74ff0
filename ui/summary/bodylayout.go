package summary

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// bodyLayout puts the figures into a row, chart and ways of payment below it, and
// the boxes at the bottom. The chart takes all height that is left.
type bodyLayout struct{ b *body }

const (
	cardGap  float32 = kit.GapDense
	mainWide float32 = 1.5 // the first figure, in widths of the others
	wideFrom float32 = 1600
	shareFix float32 = 400 // width of the card of ways

	boxLow    float32 = 176 // heights of the boxes
	boxNormal float32 = 220
	boxHigh   float32 = 270
	boxNarrow float32 = 284 // width of a box beside three others

	// The body's height in windows of 800 and 728. Between them the boxes keep
	// their height; above, the chart grows most; below, the boxes give way.
	normalHeight float32 = 800 - kit.HeadHeight - 2*kit.Gap - kit.ButtonFilter - kit.GapDense
	lowHeight    float32 = normalHeight - 72
)

func (bodyLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 460) }

func (l bodyLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	l.figures(s.Width)
	boxes := boxNormal + whole(max(0, s.Height-normalHeight)/6) - max(0, lowHeight-s.Height)
	boxes = max(boxLow, min(boxHigh, boxes))
	top := kit.FigureCardHeight + cardGap
	high := s.Height - top - cardGap - boxes
	screen.Place(l.b.graph, 0, top, s.Width-shareFix-cardGap, high)
	screen.Place(l.b.share, s.Width-shareFix, top, shareFix, high)
	l.boxes(s.Width, s.Height-boxes, boxes)
}

// figures places the cards on top; the last one only where there is room.
func (l bodyLayout) figures(width float32) {
	n := figureCount
	wide := width >= wideFrom-2*kit.Gap
	if !wide {
		n--
	}
	screen.Only(l.b.figures[figureAverage], wide)
	part := (width - float32(n-1)*cardGap) / (float32(n-1) + mainWide)
	x := float32(0)
	for i, f := range l.b.figures[:n] {
		w := part
		if i == 0 {
			w *= mainWide
		}
		screen.Place(f, whole(x), 0, whole(x+w)-whole(x), kit.FigureCardHeight)
		x += w + cardGap
	}
}

// boxes places the cards at the bottom. Beside deposits the others are narrow,
// and the shifts, whose rows are longest, get the rest.
func (l bodyLayout) boxes(width, y, height float32) {
	b := l.b
	cards := []*boxCard{b.drawer, b.middle, b.closing}
	if b.deposit.card.Visible() {
		cards = []*boxCard{b.drawer, b.middle, b.deposit, b.closing}
	}
	narrow := (width - float32(len(cards)-1)*cardGap) / float32(len(cards))
	if len(cards) == 4 {
		narrow = max(boxNarrow, narrow-12)
	}
	rest := width - float32(len(cards)-1)*(narrow+cardGap)
	x := float32(0)
	for _, c := range cards {
		w := narrow
		if c == b.middle {
			w = rest
		}
		screen.Place(c.card, whole(x), y, whole(x+w)-whole(x), height)
		x += w + cardGap
	}
}
