// Command frontdeskctl is the till without a window: it takes payments and
// deposits, gives refunds, settles what is open, reads and proves the ledger,
// backs it up, and keeps the configuration. It works on the same data folder as
// the window.
//
//	frontdeskctl [--data DIR] [--json] [--lang zh|en] [--as NAME] COMMAND
//
// `frontdeskctl help` lists the commands and `frontdeskctl help COMMAND`
// explains one. Flags may stand before or after the command.
//
// What it prints on standard output is the result: for people, or with --json
// for programs, every amount then being an integer of fen. Progress, warnings
// and errors go to standard error; with --json an error is one JSON object. It
// exits 0 when all is well, 2 on wrong usage, 3 when nothing was paid, refunded,
// held, charged or released, 4 when that is not known yet (frontdeskctl settle
// goes on asking), 5 when verify finds the ledger broken, and 1 for every other
// trouble.
//
// The window and this program never sell at the same time: one process owns the
// data folder. What only reads works beside the window.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Set by the linker.
var version, revision = "dev", ""

func main() {
	// Two: the first asks to cancel properly, the second to go at once.
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	m := &Main{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Getenv,
		Interrupts: interrupts, Keychain: true,
	}
	os.Exit(m.Run(context.Background(), os.Args[1:]))
}
