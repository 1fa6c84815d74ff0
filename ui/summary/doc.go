// Package summary is the tab on which the manager reads the day: what came in,
// what went back and what stayed, hour by hour, by way of payment, by shift and
// by person, the drawer, and whether the day is closed. A day, a shift, a month,
// a year or any run of days is shown; each figure opens the sales it is made of.
//
// The steps of a caller:
//
//  1. Make a Screen with New and put its Object into the window. Set Allowed
//     where people may not all see everything.
//  2. Hand it what the window gets: keys, actions, and a Tick each second. It
//     reads anew by itself when the till changed something, at most once a
//     second and only while it is in sight; call Changed after what the till
//     does not tell, such as a shift that was closed.
//  3. Call Close before the screen is dropped.
//
// All that is drawn is first made as ready strings: newView turns what was read
// into a view without touching a widget, and a view names for each figure what a
// tap on it shows. The screen adds nothing up: every sum is the ledger's.
package summary
