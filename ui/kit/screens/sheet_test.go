package screens_test

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
)

// TestScreensComponents draws every part in every state, light and dark, into
// the folder FRONTDESK_SCREENS, or into a temporary one when that is not set.
func TestScreensComponents(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	if dir == "" {
		dir = t.TempDir()
	}
	for name, mode := range map[string]kit.Mode{"light": kit.Light, "dark": kit.Dark} {
		shot := screens.Shot{
			Dir: dir, Name: "00-components-" + name, Width: 1280, Height: 1740, Mode: mode,
			Build: screens.Sheet,
			Then:  func(w fyne.Window) { test.MoveMouse(w.Canvas(), fyne.NewPos(900, 276)) }, // onto the second row
		}
		path, err := shot.Write()
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() < 50_000 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
}
