package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// formRow is a line of a form: the label on the left, the part that is filled
// in beside it, and a hint below that.
type formRow struct {
	widget.BaseWidget
	key   string // of the setting
	label *kit.Text
	part  fyne.CanvasObject
	hint  *kit.Paragraph // nil for none
}

var _ kit.Flowing = (*formRow)(nil)

// Sizes of a form.
const (
	labelWidth float32 = 136
	partWidth  float32 = 640 // at most
	hintGap    float32 = 2
	rowGap     float32 = 14
)

func newFormRow(label string, part fyne.CanvasObject, hint string) *formRow {
	r := &formRow{label: kit.NewText(label, kit.Body, kit.Ink2).Fit(kit.Caption), part: part}
	if hint != "" {
		r.hint = kit.NewParagraph(hint, kit.Caption, kit.Ink3)
	}
	r.ExtendBaseWidget(r)
	return r
}

// widthOf is the part's width in a row of some width.
func widthOf(row float32) float32 { return min(partWidth, row-labelWidth) }

// HeightFor is the height in a column of that width.
func (r *formRow) HeightFor(width float32) float32 {
	h := kit.HeightFor(r.part, widthOf(width))
	if r.hint != nil {
		h += hintGap + r.hint.HeightFor(widthOf(width))
	}
	return h
}

func (r *formRow) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.label, r.part}
	if r.hint != nil {
		objects = append(objects, r.hint)
	}
	return widget.NewSimpleRenderer(&fyne.Container{Layout: rowLayout{r}, Objects: objects})
}

type rowLayout struct{ r *formRow }

func (l rowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(labelWidth+200, l.r.HeightFor(max(labelWidth+200, l.r.Size().Width)))
}

func (l rowLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	r := l.r
	w := widthOf(s.Width)
	h := kit.HeightFor(r.part, w)
	first := min(h, kit.FieldHeight) // the label stands beside the first line
	size := r.label.MinSize()
	screen.Place(r.label, 0, (first-size.Height)/2, labelWidth-kit.GapDense, size.Height)
	screen.Place(r.part, labelWidth, 0, w, h)
	if r.hint != nil {
		screen.Place(r.hint, labelWidth, h+hintGap, w, r.hint.HeightFor(w))
	}
}

// holder is a container whose one object changes.
func holder() *fyne.Container { return container.NewStack() }

func hold(c *fyne.Container, o fyne.CanvasObject) {
	c.Objects = []fyne.CanvasObject{o}
	c.Refresh()
}
