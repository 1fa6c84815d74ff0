// Package paper says what a receipt is, before any printer is thought of.
//
// The steps of a caller:
//
//  1. Put a Document together from elements: Title, Text, Pair, Total, Rule,
//     Barcode, QR, Mark, Feed, Cut, Drawer. The words are the caller's.
//  2. Layout turns it into lines for one paper width: 32 or 48 half-width
//     columns, long text wrapped, values right-aligned, control characters
//     gone.
//  3. A Painter draws the lines as a picture, for the preview, for the virtual
//     printer and for printers without Chinese characters; package escpos turns
//     the same lines into bytes. All three show the same text in the same
//     places.
//
// A document is plain data and survives a round trip through JSON, so that a
// job that waits for paper prints after a restart exactly what it would have
// printed before.
//
// The package knows no money, no languages and no printers.
package paper
