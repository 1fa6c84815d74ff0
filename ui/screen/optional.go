package screen

import "frontdesk/hardware/scanner"

// What a screen may be besides a Screen. The window asks for it with a type
// assertion, so a screen that has no use for it leaves it out.

// SaleOpener is a screen that can show one sale, or one deposit.
type SaleOpener interface {
	// Open shows it. then is ActRefund when the refund dialog is to open
	// once it is there, and empty when nothing more is wanted.
	Open(id int64, then Action)
}

// Ticker is a screen on which time is shown. Tick comes about once a second on
// the UI goroutine while the tab is visible, and must be cheap when nothing
// changes.
type Ticker interface {
	Tick()
}

// PrintWatcher is a screen that shows what became of papers. PrintsChanged
// comes on the UI goroutine, visible or not, after each print job.
type PrintWatcher interface {
	PrintsChanged()
}

// Leaver is a screen that may have something to ask before another tab is
// shown, such as about changes that were not saved.
type Leaver interface {
	// Leave calls then once the tab may be left; it may never do so.
	Leave(then func())
}

// TrialWatcher is a screen that shows what the scanner's detector made of each
// burst of keys.
type TrialWatcher interface {
	Tried(t scanner.Trial)
}
