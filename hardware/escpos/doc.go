// Package escpos turns laid-out lines into the bytes of ESC/POS, the language
// of receipt printers.
//
// The steps of a caller:
//
//  1. Choose a Profile: paper width, how Chinese is sent, cutter, drawer.
//     Standard is right for most printers sold in China.
//  2. Lay a document out for the profile's width with paper.Layout.
//  3. Encoder.Encode makes the bytes, and notes about characters that the
//     printer cannot show.
//
// Text can never become a command: paper.Clean takes out every control
// character, Chinese is sent in codes whose bytes are all printable, and what
// the profile's encoding lacks becomes a question mark as wide as the character
// itself, so that columns stay in line.
//
// The package opens no printer; package printer sends the bytes. It holds no
// state between two documents, and each begins with ESC @, so nothing is left
// over from the one before.
package escpos
