package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// buildHead makes the bar on top.
func (w *Window) buildHead() {
	words := w.desk.Words
	tabs := make([]string, len(w.names))
	for i, name := range w.names {
		tabs[i] = words.T("head." + string(name))
	}
	w.head = kit.NewHead(tabs...)
	w.head.SetTab(w.at)
	w.head.OnTab = func(i int) { w.show(w.names[i], nil) }
	w.head.OnLamp = func(int) { w.openHealth() }
	w.head.OnPerson = w.openMenu
	w.head.SetPerson(w.personWord())
}

// buildStrip makes the strip below the head: nothing is real, or this window
// may only look.
func (w *Window) buildStrip() {
	words := w.desk.Words
	w.strip = nil
	switch {
	case w.desk.Till == nil:
		w.strip = kit.NewPracticeStrip(words.T("head.read_only", "owner", w.o.Owner))
	case w.desk.Practice:
		var buttons []*kit.Button
		if w.o.Phone != nil {
			buttons = append(buttons, kit.NewStripButton(kit.IconPhone, words.T("phone.title"), func() { w.corner.toggle() }))
		}
		if w.o.GoLive != nil {
			buttons = append(buttons, kit.NewStripButton(kit.NoIcon, words.T("head.go_live"), w.askGoLive))
		}
		w.strip = kit.NewPracticeStrip(words.T("head.practice"), buttons...)
	}
}

// askGoLive explains what follows before practice ends.
func (w *Window) askGoLive() {
	words := w.desk.Words
	d := kit.NewDialog(words.T("head.go_live"), kit.NewParagraph(words.T("head.go_live.text"), kit.Row, kit.Ink),
		words.T("head.go_live.no"), words.T("head.go_live.yes"))
	d.OnAct = func() {
		d.Close()
		w.o.GoLive()
	}
	d.Show(w.desk.Window.Canvas())
}

// refreshHead shows how things are. It is called often and paints only what has
// changed.
func (w *Window) refreshHead() {
	if w.head == nil || len(w.tabs) == 0 {
		return
	}
	w.head.SetPerson(w.personWord())
	if lamps := w.lampsNow(); !slices.Equal(lamps, w.lamps) {
		w.lamps = lamps
		w.head.SetLamps(lamps...)
	}
	w.head.SetCount(w.place(screen.TabSales), w.till.OpenCount())
	if w.deposits != nil {
		w.head.SetCount(w.place(screen.TabDeposits), w.deposits.OpenCount())
	}
}

// lampsNow are the devices and connections that exist.
func (w *Window) lampsNow() []kit.Lamp {
	var lamps []kit.Lamp
	if w.told != "" && w.desk.Now().Sub(w.toldAt) < ignoredTime {
		lamps = append(lamps, kit.Lamp{Word: w.told})
	}
	if lamp, ok := w.networkLamp(); ok {
		lamps = append(lamps, lamp)
	}
	if lamp, ok := w.printerLamp(); ok {
		lamps = append(lamps, lamp)
	}
	switch {
	case w.desk.Now().Sub(w.ignored) < ignoredTime:
		lamps = append(lamps, kit.Lamp{State: kit.LampAttention, Word: w.desk.Words.T(w.excuse)})
	case !w.scanned.IsZero() && !w.desk.Practice:
		lamps = append(lamps, kit.Lamp{Word: w.desk.Words.T("head.scanner")})
	}
	return lamps
}

// ignoredTime is how long a lamp says that a scan was left alone, or what was
// just done.
const ignoredTime = 6 * time.Second

func (w *Window) networkLamp() (kit.Lamp, bool) {
	words := w.desk.Words
	if w.desk.Till == nil || len(w.desk.Till.Channels()) == 0 {
		return kit.Lamp{}, false
	}
	name := "head.network"
	if w.desk.Practice {
		name = "head.simulator"
	}
	switch w.desk.Till.Network() {
	case app.NetworkUnstable:
		return kit.Lamp{State: kit.LampAttention, Word: words.T(name + ".unstable")}, true
	case app.NetworkDown:
		return kit.Lamp{State: kit.LampFault, Word: words.T(name + ".down")}, true
	}
	return kit.Lamp{Word: words.T(name)}, true
}

func (w *Window) printerLamp() (kit.Lamp, bool) {
	words := w.desk.Words
	switch {
	case w.stuck > 0 && w.trouble != "" && words.Has("head.printer."+w.trouble):
		return kit.Lamp{State: kit.LampFault, Word: words.T("head.printer." + w.trouble)}, true
	case w.stuck > 0:
		return kit.Lamp{State: kit.LampFault, Word: words.T("head.printer.stuck", "n", w.stuck)}, true
	case w.printer == "":
		return kit.Lamp{}, false
	case w.desk.Practice:
		return kit.Lamp{Word: words.T("head.printer.virtual")}, true
	}
	return kit.Lamp{Word: words.T("head.printer")}, true
}

// readStuck reads which papers need a person, and whether there is a printer.
func (w *Window) readStuck() {
	w.desk.Background(func(ctx context.Context) func() {
		jobs, err := w.desk.Books.StuckPrints(ctx)
		if err != nil {
			w.desk.Log.Warn("stuck papers cannot be read", "err", err)
			return nil
		}
		printer, err := w.desk.Settings.Get(ctx, "printer.receipt")
		if err != nil {
			w.desk.Log.Warn("printer setting cannot be read", "err", err)
		}
		return func() {
			w.stuck, w.trouble, w.printer = len(jobs), "", printer
			if len(jobs) > 0 {
				w.trouble = jobs[0].LastError
			}
			w.refreshHead()
		}
	})
}

// canvas is where dialogs belong.
func (w *Window) canvas() fyne.Canvas { return w.desk.Window.Canvas() }
