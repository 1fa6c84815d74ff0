package kit

import "fyne.io/fyne/v2"

const (
	chartHead   float32 = 28 // above the highest bar, for its figure
	chartFoot   float32 = 34 // below the bars, for their labels
	chartAxis   float32 = 10 // from the figures of the lines to the bars
	chartLine   float32 = 56 // from line to line, at least
	chartLines          = 6  // lines, the one at 0 included, at most
	chartGap    float32 = 16 // from bar to bar, where there is room
	chartWidest float32 = 72 // of a bar
	chartCorner float32 = 3
)

// chartArea is where the bars stand.
type chartArea struct {
	left, right, top, bottom float32
	pitch                    float32 // from one bar's column to the next
	bar                      float32 // width of a bar
	step                     int64   // from line to line
	highest                  int64
}

// area shares a size out among bars, lines and labels.
func (c *Chart) area(s fyne.Size) chartArea {
	a := chartArea{top: chartHead, bottom: max(chartHead+1, s.Height-chartFoot), right: s.Width, highest: 1}
	if i := c.highest(); i >= 0 {
		a.highest = c.view.Bars[i].Value
	}
	a.step = niceStep(a.highest, max(1, c.view.Unit), max(1, min(chartLines-1, int((a.bottom-a.top)/chartLine))))
	for v := int64(0); v <= a.highest; v += a.step {
		a.left = max(a.left, floor(TextWidth(c.scale(v), Caption, false)+chartAxis+1))
	}
	n := float32(max(1, len(c.view.Bars)))
	a.pitch = max(1, (a.right-a.left)/n)
	a.bar = max(1, min(chartWidest, a.pitch-min(chartGap, a.pitch/3)))
	return a
}

func (c *Chart) scale(value int64) string {
	if c.view.Scale == nil {
		return ""
	}
	return c.view.Scale(value)
}

// y is the height of a value.
func (a chartArea) y(value int64) float32 {
	return a.bottom - (a.bottom-a.top)*float32(float64(value)/float64(a.highest))
}

// x is the left end of a bar, and its width, on whole pixels.
func (a chartArea) x(i int) (x, w float32) {
	x = a.left + float32(i)*a.pitch + (a.pitch-a.bar)/2
	start := floor(x + 0.5)
	return start, max(1, floor(x+a.bar+0.5)-start)
}

// niceStep is the smallest 1, 2 or 5 times a power of ten of units that parts
// highest into at most lines parts.
func niceStep(highest, unit int64, lines int) int64 {
	for size := unit; ; size *= 10 {
		for _, n := range []int64{1, 2, 5} {
			if highest/(n*size) <= int64(lines) {
				return n * size
			}
		}
	}
}
