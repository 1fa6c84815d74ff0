package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Toggle is a switch with a word behind it.
type Toggle struct {
	focusPress
	OnChanged func(on bool)

	word string
	on   bool
}

// NewToggle makes a switch.
func NewToggle(word string, on bool, changed func(bool)) *Toggle {
	t := &Toggle{word: word, on: on, OnChanged: changed}
	t.OnTapped = func() {
		t.SetOn(!t.on)
		if t.OnChanged != nil {
			t.OnChanged(t.on)
		}
	}
	t.extend(t)
	return t
}

// On reports whether the switch is on.
func (t *Toggle) On() bool { return t.on }

// SetOn moves the switch, without calling OnChanged.
func (t *Toggle) SetOn(on bool) {
	if t.on != on {
		t.on = on
		t.Refresh()
	}
}

func (t *Toggle) CreateRenderer() fyne.WidgetRenderer {
	const trackWidth, trackHeight, knobSize, gap float32 = 56, 32, 24, 10
	track := newFill(trackHeight / 2)
	knob := canvas.NewCircle(nil)
	ring := newRing()
	ring.CornerRadius = trackHeight/2 + ringDistance
	word := newLine(Body, false)
	paint := func() {
		ground, dot := LineStrong, Surface
		switch {
		case t.disabled:
			ground, dot = FillOff, InkOff
		case t.on:
			ground, dot = t.accentFill(), OnAccent
		}
		track.FillColor, knob.FillColor = Color(ground), Color(dot)
		write(word, t.word, ifOff(t.disabled, Ink))
		paintRing(ring, t.focused)
	}
	layout := func(s fyne.Size) {
		y := (s.Height - trackHeight) / 2
		put(track, 0, y, trackWidth, trackHeight)
		put(ring, -ringDistance, y-ringDistance, trackWidth+2*ringDistance, trackHeight+2*ringDistance)
		x := float32(4)
		if t.on {
			x = trackWidth - knobSize - 4
		}
		put(knob, x, y+4, knobSize, knobSize)
		putMiddle(word, trackWidth+gap, 0, s.Height)
	}
	min := func() fyne.Size {
		w := trackWidth
		if t.word != "" {
			w += gap + word.MinSize().Width
		}
		return fyne.NewSize(w, ButtonSmall)
	}
	return newRender(t, paint, min, layout, ring, track, knob, word)
}
