package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/ui/kit"
)

// slowUpgrade is from which size on, in bytes, a ledger of an earlier version is
// brought up to date with a window that says so. Smaller ones take a moment.
const slowUpgrade = 32 << 20

// upgradeDue reports a large ledger of an earlier version. It looks into the
// file only when it is large: every start goes through here.
func upgradeDue(o options) bool {
	info, err := os.Stat(shop.PathsOf(o.dir).Ledger)
	if err != nil || info.Size() < slowUpgrade {
		return false
	}
	s, err := shop.Open(context.Background(), shop.Options{Dir: o.dir, ReadOnly: true, Blind: true, LogName: "reader"})
	if err == nil {
		_ = s.Close()
	}
	return errors.Is(err, data.ErrOlder)
}

// upgrade brings the ledger up to date behind a window that says how far it is,
// and then starts the program anew: one process has one Fyne application, and
// its scale is known only once the ledger is open.
func upgrade(t *toolkit, o options, args []string) int {
	words := lang.Load(lang.Chinese)
	if o.language != "" {
		words = lang.Load(o.language)
	}
	w := t.newWindow(words.T("app.name"), "light", "100")
	progress := kit.NewProgress(kit.Accent)
	w.SetContent(kit.Pad(32, 32, 32, 32, kit.Down(16,
		kit.NewBold(words.T("upgrade.title"), kit.Heading, kit.Ink),
		kit.NewParagraph(words.T("upgrade.text"), kit.Row, kit.Ink2), progress)))
	w.Resize(fyne.NewSize(720, 260))
	w.CenterOnScreen()
	w.SetCloseIntercept(func() {}) // it ends by itself, and a half-done step begins anew
	var failed error
	t.Lifecycle().SetOnStarted(func() {
		t.ready()
		go func() {
			failed = bringUpToDate(o, func(done, total int) {
				fyne.Do(func() { progress.Set(float32(done) / float32(max(total, 1))) })
			})
			fyne.Do(func() {
				if failed != nil {
					w.SetCloseIntercept(nil)
					w.SetContent(trouble(words, o, failed, w.Close))
					return
				}
				t.Quit()
			})
		}()
	})
	w.ShowAndRun()
	if failed != nil {
		fmt.Fprintln(os.Stderr, "frontdesk:", failed)
		return 1
	}
	return runAgain(args)
}

// bringUpToDate opens the ledger for writing, which upgrades it.
func bringUpToDate(o options, progress func(done, total int)) error {
	so := shopOptions(o)
	so.Progress = progress
	s, err := shop.Open(context.Background(), so)
	if err != nil {
		return err
	}
	return s.Close()
}

// runAgain starts this program once more with the same command line.
func runAgain(args []string) int {
	program, err := os.Executable()
	if err == nil {
		err = exec.Command(program, args...).Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "frontdesk:", err)
		return 1
	}
	return 0
}
