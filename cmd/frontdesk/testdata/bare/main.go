// Bare is the least that a Fyne program can be: one window, one line of text,
// one field. The benchmarks hold Frontdesk's window against it, so that what
// they show is Frontdesk's own and not the toolkit's, the driver's or the
// machine's.
package main

import (
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func main() {
	a := app.NewWithID("frontdesk.bare")
	w := a.NewWindow("Bare")
	w.SetContent(container.NewBorder(widget.NewLabel("Bare"), widget.NewEntry(), nil, nil))
	w.Resize(fyne.NewSize(1280, 800))
	w.SetMaster()
	// The same moment as in Frontdesk: the first frame has been drawn.
	a.Lifecycle().SetOnStarted(func() {
		if file := os.Getenv("FRONTDESK_READY"); file != "" {
			_ = os.WriteFile(file, []byte(time.Now().Format(time.RFC3339Nano)), 0o600)
		}
	})
	w.ShowAndRun()
}
