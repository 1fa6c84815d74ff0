// Package screens draws any part of the window into a PNG file with Fyne's
// software painter: no X, no OpenGL, no cgo, and the same pixels on every
// machine, because the fonts are embedded. It serves `make screens` and tests;
// the program itself never imports it.
//
// A caller describes a Shot and calls Write. Each shot replaces Fyne's current
// app by a fresh one with the theme in the wanted mode, so shots must be taken
// one after the other.
package screens

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
)

// Shot is one picture to take.
type Shot struct {
	Dir           string  // folder of the file; made when missing
	Name          string  // of the file, without .png
	Width, Height float32 // of the window's inside, px at scale 1
	Mode          kit.Mode
	Scale         float32 // device pixels for each px; 0 means 1

	// Build makes the content, after the theme is in place.
	Build func() fyne.CanvasObject
	// Then, if set, brings the window into the wanted state: sets the focus,
	// opens a dialog.
	Then func(fyne.Window)
}

// Draw takes the picture.
func (s Shot) Draw() image.Image {
	app := test.NewApp()
	defer test.NewApp()
	app.Settings().SetTheme(kit.NewTheme(s.Mode))

	win := app.NewWindow(s.Name)
	defer win.Close()
	win.SetPadded(false)
	if scaled, ok := win.Canvas().(interface{ SetScale(float32) }); ok && s.Scale > 0 {
		scaled.SetScale(s.Scale)
	}
	win.SetContent(s.Build())
	win.Resize(fyne.NewSize(s.Width, s.Height))
	if s.Then != nil {
		s.Then(win)
	}
	return win.Canvas().Capture()
}

// Write takes the picture and stores it; it returns the file's path.
func (s Shot) Write() (path string, err error) {
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return "", fmt.Errorf("screens: %w", err)
	}
	path = filepath.Join(s.Dir, s.Name+".png")
	f, err := os.Create(path)
	if err != nil {
		return "", fmt.Errorf("screens: %w", err)
	}
	if err := png.Encode(f, s.Draw()); err != nil {
		f.Close()
		return "", fmt.Errorf("screens: %s: %w", s.Name, err)
	}
	if err := f.Close(); err != nil {
		return "", fmt.Errorf("screens: %s: %w", s.Name, err)
	}
	return path, nil
}
