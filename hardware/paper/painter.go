package paper

import (
	"fmt"
	"image"
	"image/draw"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// Margin is the white border of Picture in dots, on all four sides.
const Margin = 24

// Heights in dots. A line of text is a sixth of an inch, as ESC/POS printers
// feed it.
const (
	textHeight  = 34
	totalHeight = 56
	titleHeight = 62
	ruleHeight  = 22
	ruleInk     = 2  // thickness of the dashes
	barHeight   = 80 // the bars themselves
	aboveSymbol = 10 // white above a bar code or QR, besides the QR's own margin
	belowSymbol = 4
)

// BarHeight is the height of a bar code's bars in dots, for printers that draw
// them by themselves.
const BarHeight = barHeight

// Painter draws lines as a picture with one dot a pixel. It is safe for
// concurrent use. The zero Painter has no typefaces: it draws rules, bar codes
// and QR codes, and an empty box for each character.
type Painter struct {
	mono *opentype.Font // plain text; Latin is half as wide as Chinese
	bold *opentype.Font // bold text; squeezed into the same columns
}

// NewPainter reads the two typefaces, each a single OpenType or TrueType face.
func NewPainter(mono, bold []byte) (*Painter, error) {
	m, err := opentype.Parse(mono)
	if err != nil {
		return nil, fmt.Errorf("paper: plain typeface: %w", err)
	}
	b, err := opentype.Parse(bold)
	if err != nil {
		return nil, fmt.Errorf("paper: bold typeface: %w", err)
	}
	return &Painter{mono: m, bold: b}, nil
}

// Picture is the slip as a person sees it: smooth black on white, with Margin
// around it. A cut and a drawer pulse leave no trace.
func (p *Painter) Picture(lines []Line, width Width) *image.Gray {
	return p.paint(lines, width, Margin)
}

// Strip is the slip as a print head needs it: exactly width.Dots() wide, each
// dot either black (0) or white (255), without a margin.
func (p *Painter) Strip(lines []Line, width Width) *image.Gray {
	strip := p.paint(lines, width, 0)
	for i, v := range strip.Pix {
		if v < 0x80 {
			strip.Pix[i] = 0
		} else {
			strip.Pix[i] = 0xFF
		}
	}
	return strip
}

// Missing lists the characters of lines that neither typeface has, each once,
// in the order of their appearance. They are drawn as empty boxes.
func (p *Painter) Missing(lines []Line) []rune {
	var buf sfnt.Buffer
	var missing []rune
	seen := map[rune]bool{}
	for _, l := range lines {
		if l.Kind != KindText {
			continue
		}
		for _, r := range l.Text {
			if r == ' ' || seen[r] {
				continue
			}
			seen[r] = true
			if _, _, ok := p.glyph(&buf, r, l.Bold); !ok {
				missing = append(missing, r)
			}
		}
	}
	return missing
}

func (p *Painter) paint(lines []Line, width Width, margin int) *image.Gray {
	height := 2 * margin
	for _, l := range lines {
		height += lineHeight(l)
	}
	ink := image.NewAlpha(image.Rect(0, 0, width.Dots()+2*margin, height))
	y := margin
	pen := pen{painter: p, ink: ink, left: margin, width: width}
	for _, l := range lines {
		pen.line(l, y)
		y += lineHeight(l)
	}
	picture := image.NewGray(ink.Bounds())
	for i, a := range ink.Pix { // both are one byte a pixel with the same stride
		picture.Pix[i] = 0xFF - a
	}
	return picture
}

// lineHeight is what a line takes in dots.
func lineHeight(l Line) int {
	switch l.Kind {
	case KindText:
		switch {
		case l.Tall && l.Wide:
			return titleHeight
		case l.Tall:
			return totalHeight
		}
		return textHeight
	case KindRule:
		return ruleHeight
	case KindBarcode:
		return aboveSymbol + barHeight + belowSymbol
	case KindQR:
		modules, err := Modules(l.Text)
		if err != nil {
			return 0
		}
		return aboveSymbol + (len(modules)+2*quietModules)*l.Dots + belowSymbol
	case KindFeed:
		return l.Lines * textHeight
	}
	return 0
}

// pen draws lines onto one canvas.
type pen struct {
	painter *Painter
	ink     *image.Alpha // 0xFF is black
	left    int          // where the first column begins
	width   Width
}

// line draws l with its upper edge at y.
func (p *pen) line(l Line, y int) {
	switch l.Kind {
	case KindText:
		p.text(l, y)
	case KindRule:
		for column := range p.width.Columns() { // one dash a column, as a printer's hyphens
			x := p.left + column*columnDots
			p.fill(image.Rect(x, y+aboveSymbol, x+columnDots/2, y+aboveSymbol+ruleInk))
		}
	case KindBarcode:
		p.barcode(l, y)
	case KindQR:
		p.qr(l, y)
	}
}

func (p *pen) barcode(l Line, y int) {
	bars, err := Bars(l.Text)
	if err != nil {
		return
	}
	x0 := p.left + (p.width.Dots()-len(bars)*l.Dots)/2
	for i, black := range bars {
		if black {
			x := x0 + i*l.Dots
			p.fill(image.Rect(x, y+aboveSymbol, x+l.Dots, y+aboveSymbol+barHeight))
		}
	}
}

func (p *pen) qr(l Line, y int) {
	modules, err := Modules(l.Text)
	if err != nil {
		return
	}
	x0 := p.left + (p.width.Dots()-len(modules)*l.Dots)/2
	y0 := y + aboveSymbol + quietModules*l.Dots
	for my, row := range modules {
		for mx, black := range row {
			if black {
				x, y := x0+mx*l.Dots, y0+my*l.Dots
				p.fill(image.Rect(x, y, x+l.Dots, y+l.Dots))
			}
		}
	}
}

func (p *pen) fill(r image.Rectangle) { draw.Draw(p.ink, r, image.Opaque, image.Point{}, draw.Src) }
