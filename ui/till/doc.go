// Package till is the screen on which money is taken: on the left the amount,
// the keypad and the ways to pay, on the right today's sales or, in their
// place, the payment that is under way.
//
// The steps of a caller:
//
//  1. Make a Screen with New. It reads its settings when it is shown.
//  2. Hand it what the window gets: typed characters, keys, actions, scans, and
//     a Tick every second.
//  3. Tell it with ShowPayment to show a payment that was put aside.
//
// The screen decides nothing about money. How an amount becomes money is the same
// for sales and deposits and lies in package taking; here is what is a sale's
// own: its charge, payments in parts, and today's list. Everything that is drawn
// is first made as ready strings: see panel.Panel, row and panel.Notice.
package till
