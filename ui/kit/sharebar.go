package kit

import (
	"fyne.io/fyne/v2"
)

// Share is one part of a whole, in ready words: 支付宝, 104 笔, 9,120.40, 49.7%.
type Share struct {
	Word   string
	Count  string
	Amount string
	Share  string  // empty while there is no whole
	Part   float32 // of the bar, from 0 to 1
	Dim    bool    // the figures are being read
}

// ShareRow is a share over a bar that is as long as the share is large. Bars can
// be compared where the slices of a pie cannot. A tap opens what it is made of.
type ShareRow struct {
	focusPress
	view Share
}

var _ fyne.Accessible = (*ShareRow)(nil)

// NewShareRow makes a row. Nothing can be tapped where tapped is nil.
func NewShareRow(v Share, tapped func()) *ShareRow {
	r := &ShareRow{view: v}
	r.OnTapped = tapped
	r.disabled = tapped == nil
	r.extend(r)
	return r
}

// Set changes all that is shown.
func (r *ShareRow) Set(v Share) {
	if r.view != v {
		r.view = v
		r.Refresh()
	}
}

// AccessibilityLabel is the row in words.
func (r *ShareRow) AccessibilityLabel() string {
	v := r.view
	return v.Word + "  " + v.Count + "  " + v.Amount + "  " + v.Share
}

func (r *ShareRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

const (
	shareHeight float32 = 65
	shareColumn float32 = 62 // of the figure in percent
	shareBar    float32 = 12
)

func (r *ShareRow) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := newFill(radiusBadge), newRing()
	track, bar := newFill(shareBar/2), newFill(shareBar/2)
	word, count := newLine(Row, true), newLine(Body, false)
	amount, share := newLine(Row, true), newLine(Body, false)
	paint := func() {
		fill, ink, second := Accent, Ink, Ink2
		if r.view.Dim {
			fill, ink, second = LineStrong, InkOff, InkOff
		}
		ground.FillColor = Color(r.ground())
		paintRing(ring, r.focused)
		track.FillColor, bar.FillColor = Color(MuteSoft), Color(fill)
		show(bar, r.view.Part > 0)
		write(word, r.view.Word, Ink)
		write(count, r.view.Count, second)
		write(amount, r.view.Amount, ink)
		write(share, r.view.Share, second)
	}
	layout := func(s fyne.Size) {
		const pad, middle float32 = PadList, 20
		put(ground, GapKeys, 0, s.Width-2*GapKeys, s.Height-5)
		put(ring, GapKeys, 0, s.Width-2*GapKeys, s.Height-5)
		right := s.Width - pad
		put(track, pad, 40, right-pad, shareBar)
		put(bar, pad, 40, max(shareBar, floor((right-pad)*min(1, r.view.Part))), shareBar)
		putRight(share, right, middle-15, 30)
		right -= shareColumn + GapDense
		amount.TextSize = Row
		fitLine(amount, (right-pad)*0.6, []float32{Body, Caption})
		putRight(amount, right, middle-15, 30)
		right -= amount.MinSize().Width + GapDense
		room := right - pad - count.MinSize().Width - GapDense
		word.Text, word.TextSize = r.view.Word, Row
		fitLine(word, room, []float32{Body, Caption})
		word.Text = shorten(word.Text, room, word.TextSize, word.TextStyle)
		putMiddle(word, pad, middle-15, 30)
		putMiddle(count, pad+word.MinSize().Width+GapDense, middle-15, 30)
	}
	min := func() fyne.Size { return fyne.NewSize(240, shareHeight) }
	return newRender(r, paint, min, layout, ground, track, bar, word, count, amount, share, ring)
}

// ground is the colour behind a row that can be tapped, and NoColor behind one
// that cannot.
func (p *press) ground() Token {
	switch {
	case p.disabled:
		return NoColor
	case p.pressed:
		return KeyPressed
	case p.hovered:
		return KeyHover
	}
	return NoColor
}
