package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	shareHeight float32 = 50 // at least; 65 is better
	shareColumn float32 = 62 // of the figure in percent
	shareTrack  float32 = 31 // where the bar begins, at least
	shareBar    float32 = 12
)

// fit makes the words and the amount smaller until they share a width, and then
// cuts the word: counts and amounts are never cut.
func (r *ShareRow) fit(word, count, amount *canvas.Text, width float32) {
	word.Text = r.view.Word
	room := float32(0)
	for _, sizes := range [][3]float32{{Row, Body, Row}, {Body, Caption, Row}, {Body, Caption, Body}, {Caption, Caption, Caption}} {
		word.TextSize, count.TextSize, amount.TextSize = sizes[0], sizes[1], sizes[2]
		room = width - count.MinSize().Width - amount.MinSize().Width - 2*GapDense
		if word.MinSize().Width <= room {
			return
		}
	}
	word.Text = shorten(word.Text, room, word.TextSize, word.TextStyle)
}

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
		show(track, r.view.Amount != "") // else the row is a sentence
		word.TextStyle.Bold = r.view.Amount != ""
		write(word, r.view.Word, ifQuiet(r.view.Amount == ""))
		write(count, r.view.Count, second)
		write(amount, r.view.Amount, ink)
		write(share, r.view.Share, second)
	}
	layout := func(s fyne.Size) {
		const pad = PadList
		right := s.Width - pad
		spare := max(0, s.Height-shareHeight)
		at, track0 := floor(spare/3), floor(shareTrack+spare*0.6)
		put(ground, GapKeys, 0, s.Width-2*GapKeys, track0+shareBar+5)
		put(ring, GapKeys, 0, s.Width-2*GapKeys, track0+shareBar+5)
		put(track, pad, track0, right-pad, shareBar)
		put(bar, pad, track0, max(shareBar, floor((right-pad)*min(1, r.view.Part))), shareBar)
		putRight(share, right, at, 30)
		right -= shareColumn + GapDense
		r.fit(word, count, amount, right-pad)
		putMiddle(word, pad, at, 30)
		putMiddle(count, pad+word.MinSize().Width+GapDense, at, 30)
		putRight(amount, right, at, 30)
	}
	min := func() fyne.Size { return fyne.NewSize(240, shareHeight) }
	return newRender(r, paint, min, layout, ground, track, bar, word, count, amount, share, ring)
}

// ifQuiet is the ink of a name, or of a sentence in its place.
func ifQuiet(quiet bool) Token {
	if quiet {
		return Ink2
	}
	return Ink
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
