package main

import (
	"os"
	"runtime/debug"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"frontdesk/assets/icons"
	"frontdesk/ui/kit"
)

// toolkit is the Fyne application.
type toolkit struct {
	fyne.App
	first   fyne.Window   // made ahead of everything that belongs into it; nil once it is in use
	fonts   chan struct{} // closed once text can be measured without waiting
	garbage int           // the runtime's own percentage of garbage
}

// beginToolkit makes the Fyne application, before anything is known of the
// shop: its typefaces take longer than anything else of the start, for Fyne
// also looks through all fonts of the system. They are loaded beside the work
// that follows, so wait before any part of a window is made.
func beginToolkit() *toolkit {
	fyneapp.SetMetadata(fyne.AppMetadata{ID: "frontdesk.till", Name: "Frontdesk", Version: version, Migrations: map[string]bool{"fyneDo": true}})
	t := &toolkit{App: fyneapp.NewWithID("frontdesk.till"), fonts: make(chan struct{})}
	t.Settings().SetTheme(kit.NewTheme(kit.Light))
	go func() {
		defer close(t.fonts)
		kit.TextWidth("0", kit.Body, false)
		kit.TextWidth("0", kit.Body, true)
	}()
	leaveQuickly(t.Lifecycle())
	t.garbage = debug.SetGCPercent(startGarbage)
	return t
}

// startGarbage is how much the heap may grow, in percent, before it is
// collected during the start. Nearly all that the start makes stays in use, so
// that going through it again and again finds nothing.
const startGarbage = 1000

// askDisplay makes the first window, which nobody sees before it is shown. It is
// the display that takes long to answer, so call it beside the opening of the
// shop, on the main goroutine.
func (t *toolkit) askDisplay() { t.first = t.NewWindow("Frontdesk") }

// ready ends what holds for the start alone, and does what the first frame need
// not wait for.
func (t *toolkit) ready() {
	debug.SetGCPercent(t.garbage)
	fyne.Do(func() { // reading the icon takes 2 ms
		icon := fyne.NewStaticResource("icon.png", icons.App)
		t.SetIcon(icon) // for windows to come
		for _, w := range t.Driver().AllWindows() {
			w.SetIcon(icon)
		}
	})
}

// newWindow makes a window in the shop's theme and scale, both as the settings
// have them, once its parts can be made. The scale must be set before the first
// window is shown.
func (t *toolkit) newWindow(title, theme, scale string) fyne.Window {
	if os.Getenv("FYNE_SCALE") == "" && scale != "" && scale != "100" {
		_ = os.Setenv("FYNE_SCALE", scale[:len(scale)-2]+"."+scale[len(scale)-2:])
	}
	t.Settings().SetTheme(kit.NewTheme(themeMode(theme)))
	if t.first == nil {
		t.askDisplay()
	}
	w := t.first
	t.first = nil
	w.SetTitle(title)
	<-t.fonts
	return w
}

// themeMode reads the setting "ui.theme".
func themeMode(setting string) kit.Mode {
	switch setting {
	case "dark":
		return kit.Dark
	case "system":
		return kit.FollowSystem
	}
	return kit.Light
}

// leaveQuickly takes from Fyne the last thing that it does after the window is
// gone: saving preferences, which this program has none of. Fyne queues it in
// the very moment in which it stops to serve the queue, and about one time in
// fifty waits for it forever: a process without a window, which still owns the
// till.
func leaveQuickly(l fyne.Lifecycle) {
	if l, ok := l.(interface{ SetOnStoppedHookExecuted(func()) }); ok {
		l.SetOnStoppedHookExecuted(nil)
	}
}
