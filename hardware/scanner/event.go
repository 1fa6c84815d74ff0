package scanner

import (
	"fmt"
	"log/slog"
	"time"
)

// Kind is what a keyboard event is.
type Kind int

const (
	Char       Kind = iota // a character was typed: Event.Rune
	Down                   // a key was pressed that types a character, or a Shift key
	Up                     // any key was released
	Terminator             // Enter, keypad Enter or Tab was pressed: Event.Tab
	Other                  // any other key was pressed, or one together with Ctrl or Alt
)

// Event is one keyboard event, as the window system delivers it. A key that
// types a character is a Down followed by a Char.
type Event struct {
	Kind   Kind
	Rune   rune          // Char
	Code   int           // Down, Up, Terminator, Other: which key, so that a release finds its press
	Tab    bool          // Terminator: it was Tab, not Enter
	Repeat bool          // the key is held down and repeats by itself; for a Char, the key that typed it
	At     time.Time     // when it arrived; must never go back
	Late   time.Duration // how long it may have waited for the delivering loop, as Pulse.Late says; 0 when the loop was on time

	// Payload is the caller's own, to replay the event with. The detector does
	// not look at it.
	Payload any
}

// Decision is what to do after an event.
type Decision struct {
	Replay []Event       // pass these to the window now, in this order
	Scan   *Scan         // a code was read; handle it after Replay. nil: none
	Drop   []Event       // these belong to the scan before: releases of its keys, a second line end. Not for the window
	Hold   time.Duration // call Expire this long from now, unless Feed is called before; 0: nothing is held
	Trial  *Trial        // what was made of a burst that has just ended, for the test page; nil: none ended
}

// Scan is one code.
type Scan struct {
	Code     string        // without prefix, suffix and terminator; full-width characters are folded
	Duration time.Duration // from its first to its last character, as they arrived
	Late     bool          // the loop had fallen behind; Duration says little
	Events   []Event       // all events that it was made of; none of them reaches the window
}

// Format keeps the code out of logs: whoever knows a pay code can spend it.
func (s Scan) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "scan of %d characters", len(s.Code))
}

// LogValue does the same for structured logs.
func (s Scan) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(s)) }
