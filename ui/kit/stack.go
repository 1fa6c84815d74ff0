package kit

import "fyne.io/fyne/v2"

// Down puts objects below each other at their natural heights, all as wide
// as the place, with a gap between them. Those wrapped in Stretch share the
// height that is left.
func Down(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: columnLayout{gap}, Objects: objects}
}

// Across puts objects beside each other at their natural widths, all as high as
// the place, with a gap between them. Those wrapped in Stretch share the width
// that is left.
func Across(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: rowLayout{gap}, Objects: objects}
}

// Stretch lets an object take what is left in a Down or Across.
func Stretch(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: stretchLayout{}, Objects: []fyne.CanvasObject{o}}
}

// Spacer is nothing that takes what is left in a Down or Across.
func Spacer() *fyne.Container { return &fyne.Container{Layout: stretchLayout{}} }

// Pad puts space around an object.
func Pad(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: padLayout{top, right, bottom, left}, Objects: []fyne.CanvasObject{o}}
}

// Sized gives an object a smallest size; 0 leaves a side as it is.
func Sized(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: sizedLayout{width, height}, Objects: []fyne.CanvasObject{o}}
}

// Narrow centres an object in its place, at most width wide.
func Narrow(width float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: narrowLayout{width}, Objects: []fyne.CanvasObject{o}}
}

// HeightFor is the natural height of an object in a place of that width: what
// its text needs when it breaks into lines there.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	switch part := o.(type) {
	case Flowing:
		return part.HeightFor(width)
	case *fyne.Container:
		if l, ok := part.Layout.(flowingLayout); ok {
			return l.heightFor(part.Objects, width)
		}
	}
	return o.MinSize().Height
}

// flowingLayout is a layout whose height depends on its width.
type flowingLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

func stretches(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(stretchLayout)
	return ok
}

type columnLayout struct{ gap float32 }

func (l columnLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	objects = visible(objects)
	var h float32
	for _, o := range objects {
		h += HeightFor(o, width)
	}
	return h + l.gap*float32(max(0, len(objects)-1))
}

func (l columnLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects = visible(objects)
	left, shares := s.Height-l.gap*float32(max(0, len(objects)-1)), float32(0)
	for _, o := range objects {
		if stretches(o) {
			shares++
		} else {
			left -= HeightFor(o, s.Width)
		}
	}
	y := float32(0)
	for _, o := range objects {
		h := max(0, left) / max(1, shares)
		if !stretches(o) {
			h = HeightFor(o, s.Width)
		}
		put(o, 0, floor(y+0.5), s.Width, floor(y+h+0.5)-floor(y+0.5))
		y += h + l.gap
	}
}

func (l columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	objects = visible(objects)
	s := fyne.NewSize(0, l.gap*float32(max(0, len(objects)-1)))
	for _, o := range objects {
		m := o.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height
	}
	return s
}

type rowLayout struct{ gap float32 }

func (l rowLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	h := float32(0)
	for i, w := range l.widths(visible(objects), width) {
		h = max(h, HeightFor(visible(objects)[i], w))
	}
	return h
}

// widths shares a width out among the visible objects.
func (l rowLayout) widths(objects []fyne.CanvasObject, width float32) []float32 {
	out := make([]float32, len(objects))
	left, shares := width-l.gap*float32(max(0, len(objects)-1)), float32(0)
	for i, o := range objects {
		if stretches(o) {
			shares++
			continue
		}
		out[i] = o.MinSize().Width
		left -= out[i]
	}
	for i, o := range objects {
		if stretches(o) {
			out[i] = max(0, left) / shares
		}
	}
	return out
}

func (l rowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects = visible(objects)
	x := float32(0)
	for i, w := range l.widths(objects, s.Width) {
		put(objects[i], floor(x+0.5), 0, floor(x+w+0.5)-floor(x+0.5), s.Height)
		x += w + l.gap
	}
}

func (l rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	objects = visible(objects)
	s := fyne.NewSize(l.gap*float32(max(0, len(objects)-1)), 0)
	for _, o := range objects {
		m := o.MinSize()
		s.Width += m.Width
		s.Height = max(s.Height, m.Height)
	}
	return s
}

type stretchLayout struct{}

func (stretchLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		put(o, 0, 0, s.Width, s.Height)
	}
}

func (stretchLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	return objects[0].MinSize()
}

func (stretchLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if len(objects) == 0 {
		return 0
	}
	return HeightFor(objects[0], width)
}

type padLayout struct{ top, right, bottom, left float32 }

func (l padLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	put(objects[0], l.left, l.top, max(0, s.Width-l.left-l.right), max(0, s.Height-l.top-l.bottom))
}

func (l padLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

func (l padLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightFor(objects[0], width-l.left-l.right) + l.top + l.bottom
}

type sizedLayout struct{ width, height float32 }

func (l sizedLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	put(objects[0], 0, 0, s.Width, s.Height)
}

func (l sizedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(fyne.NewSize(l.width, l.height))
}

func (l sizedLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return max(l.height, HeightFor(objects[0], width))
}

type narrowLayout struct{ width float32 }

func (l narrowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w := min(l.width, s.Width)
	put(objects[0], floor((s.Width-w)/2), 0, w, s.Height)
}

func (l narrowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (l narrowLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightFor(objects[0], min(l.width, width))
}
