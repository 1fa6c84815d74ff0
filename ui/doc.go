// Package ui is the program's window: the head with its tabs, lamps and menu,
// the practice strip, and what belongs to the window as a whole, the keyboard
// and the scanner. The tabs themselves are in the folders below.
//
// The steps of a caller:
//
//  1. Fill a screen.Desk with everything but Go and Refund, and make a Window
//     with New.
//  2. Set Content as the Fyne window's content and call Start.
//  3. Hand over what comes from outside: Scanned with each reading of the
//     scanner, and PrintsChanged after each print job.
//  4. Call Rebuild when language or keys have changed, and Close at the end.
//
// Where no hook before the window's keys can be installed, call
// ScanThroughFields instead: the window then finds scans among what is typed.
//
// All methods belong to the UI goroutine, except PrintsChanged.
package ui
