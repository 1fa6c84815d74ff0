// Frontdesk's window: the till that a cashier works on.
//
//	frontdesk [--data DIR] [--practice] [--lang zh|en] [--version]
//
// This package only wires: it opens the shop in its data folder, starts the
// payment simulator in practice mode, puts the scanner's detector before the
// keyboard, and hands everything to package ui.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"frontdesk/cmd/internal/shop"
)

// Set by the Makefile from FyneApp.toml and the clone's revision.
var version, revision = "dev", ""

func main() { os.Exit(run(os.Args[1:])) }

// run is main with an exit code: 0 closed in order, 1 it could not start, 2
// the command line is wrong.
func run(args []string) int {
	o, err := parseFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Println(usage)
		return 0
	case err != nil:
		fmt.Fprintln(os.Stderr, "frontdesk:", err)
		return 2
	case o.version:
		fmt.Println("frontdesk", version, revision)
		return 0
	}
	if sentence := noDisplay(); sentence != "" {
		fmt.Fprintln(os.Stderr, "frontdesk:", sentence)
		return 1
	}
	keepCrashes(shop.PathsOf(o.dir).Logs)
	t := beginToolkit()
	if upgradeDue(o) {
		return upgrade(t, o, args)
	}
	opened := openBeside(o)
	t.askDisplay()
	p, err := opened()
	if err != nil {
		return showTrouble(t, o, err)
	}
	defer p.close()
	p.runWindow(t)
	return 0
}

// noDisplay is one sentence where no window can be opened, and how to go on.
func noDisplay() string {
	if runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" {
		return ""
	}
	return "there is no display here (DISPLAY is empty): start it on a desktop, or under 'xvfb-run -a'; frontdeskctl works without one"
}

// keepCrashes has the Go runtime write a crash into the log folder: a window
// has no terminal on Windows. A till works without it, so errors are ignored.
func keepCrashes(folder string) {
	if os.MkdirAll(folder, 0o700) != nil {
		return
	}
	f, err := os.OpenFile(filepath.Join(folder, "crash.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close() // the runtime keeps its own copy
	_ = debug.SetCrashOutput(f, debug.CrashOptions{})
}
