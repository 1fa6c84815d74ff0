package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Panel is a white area with a border that holds content.
type Panel struct {
	widget.BaseWidget
	content fyne.CanvasObject
	fill    Token
	line    Token
	radius  float32
}

// NewPanel makes a panel. The content reaches to the border; pad it with Pad.
func NewPanel(content fyne.CanvasObject) *Panel {
	p := &Panel{content: content, fill: Surface, line: Line, radius: radiusPanel}
	p.ExtendBaseWidget(p)
	return p
}

// NewInset is a quieter panel inside another: 找零, a read-only row.
func NewInset(content fyne.CanvasObject) *Panel {
	p := NewPanel(content)
	p.fill, p.radius = SurfaceAlt, radiusKey
	return p
}

// NewBox is an area in other colours, such as a warning: WarnSoft in WarnFill.
func NewBox(content fyne.CanvasObject, fill, line Token) *Panel {
	p := NewInset(content)
	p.fill, p.line = fill, line
	return p
}

// SetContent changes what the panel holds.
func (p *Panel) SetContent(content fyne.CanvasObject) {
	if p.content != content {
		p.content = content
		p.Refresh()
	}
}

// HeightFor is the natural height of the content and the border.
func (p *Panel) HeightFor(width float32) float32 {
	return HeightFor(p.content, width-2*lineThin) + 2*lineThin
}

func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame(p.radius)
	var r *render
	paint := func() {
		f.paint(p.fill, p.line)
		if r != nil {
			r.objects[2] = p.content
		}
	}
	layout := func(s fyne.Size) {
		f.layout(0, 0, s.Width, s.Height, lineThin)
		put(p.content, lineThin, lineThin, s.Width-2*lineThin, s.Height-2*lineThin)
	}
	min := func() fyne.Size { return p.content.MinSize().AddWidthHeight(2*lineThin, 2*lineThin) }
	r = newRender(p, paint, min, layout, f.border, f.fill, p.content)
	return r
}
