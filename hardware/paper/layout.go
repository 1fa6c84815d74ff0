package paper

import (
	"strings"
	"time"
)

// Line is one step of a layout, from the top down. Kind is one of KindText,
// KindRule, KindBarcode, KindQR, KindFeed, KindCut and KindDrawer.
type Line struct {
	Kind    Kind
	Text    string // text: clean, at most the paper's columns wide; barcode: digits; qr: its content
	Wide    bool   // text: each character twice as wide
	Tall    bool   // text: each character twice as high
	Bold    bool   // text
	Centred bool   // text; else it starts at the left edge, spaces included
	Dots    int    // barcode, qr: dots a module
	Lines   int    // feed: 1 to maxFeed

	Pin     int           // drawer: 2, 5, or 0 for the printer's own setting
	On, Off time.Duration // drawer: pulse and rest, or 0 for the printer's own setting
}

// Columns is how many half-width columns the line's text takes on paper.
func (l Line) Columns() int {
	if l.Wide {
		return 2 * Columns(l.Text)
	}
	return Columns(l.Text)
}

// maxFeed keeps a mistaken number from emptying the roll.
const maxFeed = 50

// Layout turns a document into lines for one paper width. It always succeeds:
// what cannot be printed as it was meant (a bar code with letters, a QR of a
// whole page) is laid out as text. Elements of a kind it does not know are
// left out.
func Layout(doc Document, width Width) []Line {
	var lines []Line
	for _, e := range doc.Elements {
		lines = append(lines, layoutElement(e, width)...)
	}
	return lines
}

func layoutElement(e Element, width Width) []Line {
	switch e.Kind {
	case KindTitle, KindMark:
		return textLines(e.Text, width.Columns()/2, Line{Kind: KindText, Wide: true, Tall: true, Bold: true, Centred: true})
	case KindText:
		return textLines(e.Text, width.Columns(), Line{Kind: KindText, Bold: e.Bold, Centred: !e.Left})
	case KindPair:
		return pairLines(e, width.Columns(), Line{Kind: KindText, Bold: e.Bold})
	case KindTotal:
		return pairLines(e, width.Columns(), Line{Kind: KindText, Bold: true, Tall: true})
	case KindRow:
		return rowLines(e, width.Columns(), Line{Kind: KindText, Bold: e.Bold})
	case KindRule, KindCut:
		return []Line{{Kind: e.Kind}}
	case KindBarcode:
		return barcodeLines(e, width)
	case KindQR:
		return qrLines(e, width)
	case KindFeed:
		return []Line{{Kind: KindFeed, Lines: min(max(e.Lines, 1), maxFeed)}}
	case KindDrawer:
		return []Line{{Kind: KindDrawer, Pin: e.Pin,
			On:  time.Duration(e.OnMS) * time.Millisecond,
			Off: time.Duration(e.OffMS) * time.Millisecond}}
	}
	return nil
}

// textLines wraps text into copies of like.
func textLines(text string, columns int, like Line) []Line {
	var lines []Line
	for part := range strings.SplitSeq(Clean(text), "\n") {
		if like.Centred {
			part = strings.TrimSpace(part)
		}
		for _, piece := range wrap(part, columns) {
			like.Text = piece
			lines = append(lines, like)
		}
	}
	return lines
}

// pairLines puts label and value on one line where both fit with a space
// between them, and else the value below, right-aligned.
func pairLines(e Element, columns int, like Line) []Line {
	label := strings.TrimSpace(strings.ReplaceAll(Clean(e.Text), "\n", " "))
	value := strings.TrimSpace(Clean(e.Value))
	gap := columns - Columns(label) - Columns(value)
	if gap >= 1 && !strings.Contains(value, "\n") {
		like.Text = strings.TrimRight(label+strings.Repeat(" ", gap)+value, " ")
		return []Line{like}
	}
	var lines []Line
	if label != "" {
		lines = textLines(label, columns, like)
	}
	for part := range strings.SplitSeq(value, "\n") {
		for _, piece := range wrapEven(strings.TrimSpace(part), columns) {
			like.Text = strings.Repeat(" ", columns-Columns(piece)) + piece
			lines = append(lines, like)
		}
	}
	return lines
}

// barcodeLines is the bars and their digits, or the text alone.
func barcodeLines(e Element, width Width) []Line {
	below := textLines(e.Text, width.Columns(), Line{Kind: KindText, Centred: true})
	bars, err := Bars(e.Text)
	if err != nil {
		return below
	}
	dots := barDots(len(bars), width)
	if dots == 0 {
		return below
	}
	return append([]Line{{Kind: KindBarcode, Text: e.Text, Dots: dots}}, below...)
}

// qrLines is the symbol, or its text where the paper is too narrow.
func qrLines(e Element, width Width) []Line {
	modules, err := Modules(e.Text)
	if err == nil {
		if dots := qrDots(len(modules), width); dots > 0 {
			return []Line{{Kind: KindQR, Text: e.Text, Dots: dots}}
		}
	}
	return textLines(e.Text, width.Columns(), Line{Kind: KindText, Centred: true})
}

// Plain shows lines as text, one line each, for a terminal or a log: size and
// weight are lost, symbols show their content in brackets.
func Plain(lines []Line, width Width) string {
	var b strings.Builder
	for _, l := range lines {
		switch l.Kind {
		case KindText:
			if l.Centred {
				b.WriteString(strings.Repeat(" ", max(0, (width.Columns()-l.Columns())/2)))
			}
			b.WriteString(l.Text)
		case KindRule:
			b.WriteString(strings.Repeat("-", width.Columns()))
		case KindBarcode:
			b.WriteString("[|| " + l.Text + " ||]")
		case KindQR:
			b.WriteString("[QR " + l.Text + "]")
		case KindFeed:
			b.WriteString(strings.Repeat("\n", l.Lines-1))
		default: // a cut and a pulse leave no text
			continue
		}
		b.WriteByte('\n')
	}
	return b.String()
}
