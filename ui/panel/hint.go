package panel

import (
	"time"

	"frontdesk/ui/kit"
)

// Hint is a short sentence on the amount card. The zero value says nothing.
type Hint struct {
	Text  string
	Bad   bool      // something was wrong
	Ready bool      // scan now
	Until time.Time // zero: it stays
}

// HintTime is how long a sentence about a wrong key or scan stays.
const HintTime = 6 * time.Second

// Warn says in a few words why nothing happened.
func Warn(text string, now time.Time) Hint {
	return Hint{Text: text, Bad: true, Until: now.Add(HintTime)}
}

// Inform says that something was done.
func Inform(text string, now time.Time) Hint { return Hint{Text: text, Until: now.Add(HintTime)} }

// Over reports whether the sentence has stood long enough.
func (h Hint) Over(now time.Time) bool { return !h.Until.IsZero() && now.After(h.Until) }

// On writes the sentence on the card; on a locked one it takes the place of the
// reason. It reports whether there is one.
func (h Hint) On(v *kit.AmountView) bool {
	switch {
	case h.Text == "":
		return false
	case v.Locked != "":
		v.Locked = h.Text
		return true
	}
	v.Hint, v.HintBad = h.Text, h.Bad
	if h.Ready {
		v.HintIcon = kit.IconScan
	}
	return true
}
