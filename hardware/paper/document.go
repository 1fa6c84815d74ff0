package paper

import "time"

// Kind says what an element of a document, or a line of its layout, is.
type Kind string

const (
	KindTitle   Kind = "title"   // Text in double size, bold, centred; elements only
	KindMark    Kind = "mark"    // the same, for what a receipt is besides a receipt: a reprint, practice; elements only
	KindText    Kind = "text"    // Text, centred unless Left
	KindPair    Kind = "pair"    // Text at the left, Value right-aligned; elements only
	KindTotal   Kind = "total"   // a pair in double height, bold; elements only
	KindRow     Kind = "row"     // Cells as a line of a table: the first at the left, the rest right-aligned; elements only
	KindRule    Kind = "rule"    // a dashed line over the whole width
	KindBarcode Kind = "barcode" // Text, digits only, as Code 128 with the digits below
	KindQR      Kind = "qr"      // Text as a QR code
	KindFeed    Kind = "feed"    // Lines empty lines
	KindCut     Kind = "cut"     // cut the paper here
	KindDrawer  Kind = "drawer"  // open the cash drawer
)

// Document is one slip of paper, from top to bottom.
type Document struct {
	Elements []Element `json:"elements"`
}

// Element is one part of a document. Kind says which of the other fields
// count; the functions below fill them.
type Element struct {
	Kind  Kind     `json:"kind"`
	Text  string   `json:"text,omitempty"`  // title, mark, text, label of a pair or total, content of a bar code or QR
	Value string   `json:"value,omitempty"` // pair and total: what stands at the right
	Cells []string `json:"cells,omitempty"` // row: 2 or more
	Left  bool     `json:"left,omitempty"`  // text: at the left instead of centred
	Bold  bool     `json:"bold,omitempty"`  // text and pair: bold; title, mark and total always are
	Lines int      `json:"lines,omitempty"` // feed: how many empty lines, 1 to 50

	// Drawer only. Zero means that the printer's own setting holds.
	Pin   int `json:"pin,omitempty"`    // pin of the drawer's connector: 2 or 5
	OnMS  int `json:"on_ms,omitempty"`  // length of the pulse in ms
	OffMS int `json:"off_ms,omitempty"` // rest after it in ms
}

// Title is the shop's name: double size, bold, centred.
func Title(text string) Element { return Element{Kind: KindTitle, Text: text} }

// Mark says in double size what this paper is besides a receipt.
func Mark(text string) Element { return Element{Kind: KindMark, Text: text} }

// Text is centred. Line breaks in it are kept.
func Text(text string) Element { return Element{Kind: KindText, Text: text} }

// Left is text that starts at the left edge.
func Left(text string) Element { return Element{Kind: KindText, Text: text, Left: true} }

// Pair is a label at the left and its value at the right end of the same line,
// or of the next one when both do not fit with a space between them.
func Pair(label, value string) Element { return Element{Kind: KindPair, Text: label, Value: value} }

// Total is the one pair that matters: double height and bold.
func Total(label, value string) Element { return Element{Kind: KindTotal, Text: label, Value: value} }

// Row is a line of a table. The first cell stands at the left, the others end at
// columns of equal width. On a paper too narrow for that, the first two cells
// share a line and the others stand right-aligned on the next one.
func Row(cells ...string) Element { return Element{Kind: KindRow, Cells: cells} }

// Rule is a dashed line.
func Rule() Element { return Element{Kind: KindRule} }

// Barcode is a Code 128 of digits with the digits below. Anything but digits,
// or more of them than the paper is wide, is laid out as text alone.
func Barcode(digits string) Element { return Element{Kind: KindBarcode, Text: digits} }

// QR is a QR code. A text too long for the paper is laid out as text.
func QR(text string) Element { return Element{Kind: KindQR, Text: text} }

// Feed moves the paper on by n empty lines.
func Feed(n int) Element { return Element{Kind: KindFeed, Lines: n} }

// Cut cuts the paper, on printers that can, and else moves it past the tear bar.
func Cut() Element { return Element{Kind: KindCut} }

// Drawer opens the cash drawer. pin is 2 or 5; zero values leave the choice to
// the printer's own settings.
func Drawer(pin int, on, off time.Duration) Element {
	return Element{Kind: KindDrawer, Pin: pin, OnMS: int(on.Milliseconds()), OffMS: int(off.Milliseconds())}
}

// Width is the width of the paper in mm. Only the two below exist.
type Width int

const (
	Width58 Width = 58 // 384 dots, 32 half-width columns
	Width80 Width = 80 // 576 dots, 48 half-width columns
)

// Valid reports whether w is a width that exists.
func (w Width) Valid() bool { return w == Width58 || w == Width80 }

// Columns is how many half-width characters fit on a line. A width that does
// not exist counts as the narrow one, so that nothing is cut off.
func (w Width) Columns() int {
	if w == Width80 {
		return 48
	}
	return 32
}

// Dots is the printable width at 203 dpi.
func (w Width) Dots() int { return w.Columns() * columnDots }

// columnDots is the width of a half-width character (font A of ESC/POS).
const columnDots = 12
