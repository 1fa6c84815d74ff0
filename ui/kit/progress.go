package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Progress is a bar that is set, once a second or so, and never moves by
// itself.
type Progress struct {
	widget.BaseWidget
	part  float32
	token Token
}

// NewProgress makes an empty bar whose filled part has a colour: Accent, or
// WarnFill where the outcome is unknown.
func NewProgress(token Token) *Progress {
	p := &Progress{token: token}
	p.ExtendBaseWidget(p)
	return p
}

// Set fills a part of the bar, from 0 to 1.
func (p *Progress) Set(part float32) {
	part = max(0, min(1, part))
	if p.part != part {
		p.part = part
		p.Refresh()
	}
}

const progressHeight float32 = 12

func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	track := newFill(progressHeight / 2)
	bar := newFill(progressHeight / 2)
	return newRender(p,
		func() {
			track.FillColor = Color(MuteSoft)
			bar.FillColor = Color(p.token)
			show(bar, p.part > 0)
		},
		func() fyne.Size { return fyne.NewSize(48, progressHeight) },
		func(s fyne.Size) {
			y := floor((s.Height - progressHeight) / 2)
			put(track, 0, y, s.Width, progressHeight)
			put(bar, 0, y, max(progressHeight, floor(s.Width*p.part)), progressHeight)
		},
		track, bar)
}
