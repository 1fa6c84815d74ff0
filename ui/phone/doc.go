// Package phone is the customer's phone of practice mode: it shows a pay code of
// the app that a newcomer chooses, which the till can scan, lets them choose what
// will come of it, and pays the QR that the till shows, whosever it is.
//
// The steps of a caller:
//
//  1. Make a Phone with New, on anything that makes pay codes and pays QR codes.
//  2. Show Full in a window of its own, or Compact in a corner of the main one.
//  3. Tell it with SetQR which QR stands on the till's screen.
//
// Codes come out of Options.Scan as a scanner would have read them. The package
// knows no simulator and takes no part in real payments.
package phone
