// Package taking is how a standing amount becomes money: what the till does for
// a sale and the reception for a deposit in the same way. A person types the
// amount; a pay code is scanned, a QR shown or cash counted; the attempt is
// followed on the right until its end, or put aside.
//
// The steps of a caller:
//
//  1. Say what is taken: Attempts are what the app's till knows of it, Amount is
//     what stands on the screen, Kind is what differs on the screen around.
//  2. Make a Taking, and hand it what people do: keys, scans, actions, the
//     buttons of its panels, and what the till tells of attempts.
//  3. Draw what it says: AmountView for the left side, Right for the right one.
//
// A Taking decides nothing about money. It keeps apart what must not meet: while
// one call is on its way there is no second one, so double clicks and repeated
// scans are one attempt; one QR is closed before the next one is shown; and an
// older view of an attempt never replaces a newer one. It belongs to the UI
// goroutine.
package taking
