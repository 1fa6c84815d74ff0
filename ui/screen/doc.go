// Package screen is what all screens agree on: how the window talks to one of
// its tabs, what keys mean, and the few things every screen is given.
//
// The window owns the keyboard and the scanner. It turns keys into actions with
// a Keymap and offers each action, typed character and scan to the tab that is
// shown. A screen returns false for what it has no use for.
//
// Screens run on the UI goroutine only. Whatever may take time (the ledger, a
// channel) runs through Desk.Background, whose result comes back on the UI
// goroutine.
package screen
