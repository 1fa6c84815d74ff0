package sales

import (
	"testing"

	"frontdesk/assets/lang"
	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
)

func TestNothingMovesByItself(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	refunded, _ := w.sampleDay()
	w.open(1280, 800)
	w.s.Open(refunded, "")
	w.settle()
	for _, change := range screens.Restless(w.win.Content()) {
		t.Error(change)
	}
}
