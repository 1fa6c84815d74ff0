package screens_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
)

// TestComponentSheet draws every part in every state, light and dark, into
// build/screens of the repository when FRONTDESK_SCREENS is set, and into a
// temporary folder otherwise.
func TestComponentSheet(t *testing.T) {
	dir := t.TempDir()
	if os.Getenv("FRONTDESK_SCREENS") != "" {
		dir = filepath.Join("..", "..", "..", "build", "screens")
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
