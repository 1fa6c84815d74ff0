package paper

import (
	"image"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// em is the size of the print head's characters in dots; ascent is the part of
// it above the baseline in Noto Sans CJK.
const (
	em     = 24
	ascent = 0.88
)

// text draws each character into its own cell, so that columns line up exactly
// as they do on a printer.
func (p *pen) text(l Line, y int) {
	wide, tall := 1, 1
	if l.Wide {
		wide = 2
	}
	if l.Tall {
		tall = 2
	}
	x := p.left
	if l.Centred {
		x += (p.width.Dots() - l.Columns()*columnDots) / 2
	}
	top := y + textTop(l)
	var buf sfnt.Buffer
	for _, r := range l.Text {
		cell := image.Rect(x, top, x+runeColumns(r)*columnDots*wide, top+em*tall)
		p.glyph(&buf, r, l.Bold, cell)
		x = cell.Max.X
	}
}

// textTop is the white between the upper edge of a line and its characters.
func textTop(l Line) int {
	switch {
	case l.Tall && l.Wide:
		return 9
	case l.Tall:
		return 4
	}
	return 6
}

// glyph draws r stretched to cell, whose height is one em. Ink may leave the
// cell upwards and downwards (the tail of a Q), not sideways.
func (p *pen) glyph(buf *sfnt.Buffer, r rune, bold bool, cell image.Rectangle) {
	if r == ' ' {
		return
	}
	face, index, ok := p.painter.glyph(buf, r, bold)
	if !ok {
		p.box(cell)
		return
	}
	units := fixed.Int26_6(face.UnitsPerEm()) << 6
	advance, err := face.GlyphAdvance(buf, index, units, font.HintingNone)
	if err != nil || advance <= 0 {
		p.box(cell)
		return
	}
	outline, err := face.LoadGlyph(buf, index, units, nil)
	if err != nil {
		p.box(cell)
		return
	}
	yScale := float32(cell.Dy()) / float32(units)
	xScale := yScale / float32(cell.Dy()) * em * float32(cell.Dx()) / float32(runeColumns(r)*columnDots)
	if taken := float32(advance) * xScale; taken > float32(cell.Dx()) {
		xScale *= float32(cell.Dx()) / taken // a bold Latin letter is wider than its column
	}
	const overhang = 6 // dots above and below the cell
	area := image.Rect(cell.Min.X, cell.Min.Y-overhang, cell.Max.X, cell.Max.Y+overhang).Intersect(p.ink.Bounds())
	shape := path{
		xScale: xScale, yScale: yScale,
		x0: float32(cell.Min.X-area.Min.X) + (float32(cell.Dx())-float32(advance)*xScale)/2,
		y0: float32(cell.Min.Y-area.Min.Y) + ascent*float32(cell.Dy()),
	}
	raster := vector.NewRasterizer(area.Dx(), area.Dy())
	shape.addTo(raster, outline)
	raster.Draw(p.ink, area, image.Opaque, image.Point{})
}

// box stands for a character that the typefaces lack.
func (p *pen) box(cell image.Rectangle) {
	b := cell.Inset(3)
	p.fill(image.Rect(b.Min.X, b.Min.Y, b.Max.X, b.Min.Y+2))
	p.fill(image.Rect(b.Min.X, b.Max.Y-2, b.Max.X, b.Max.Y))
	p.fill(image.Rect(b.Min.X, b.Min.Y, b.Min.X+2, b.Max.Y))
	p.fill(image.Rect(b.Max.X-2, b.Min.Y, b.Max.X, b.Max.Y))
}

// glyph looks r up in the wanted typeface and then in the other one.
func (p *Painter) glyph(buf *sfnt.Buffer, r rune, bold bool) (*opentype.Font, sfnt.GlyphIndex, bool) {
	faces := [2]*opentype.Font{p.mono, p.bold}
	if bold {
		faces = [2]*opentype.Font{p.bold, p.mono}
	}
	for _, face := range faces {
		if face == nil {
			continue
		}
		if index, err := face.GlyphIndex(buf, r); err == nil && index != 0 {
			return face, index, true
		}
	}
	return nil, 0, false
}

// path places an outline in font units onto a raster in dots.
type path struct {
	xScale, yScale float32 // dots a unit (1/64 of a font unit)
	x0, y0         float32 // where the glyph's origin is
}

func (p path) at(v fixed.Point26_6) (x, y float32) {
	return p.x0 + float32(v.X)*p.xScale, p.y0 + float32(v.Y)*p.yScale
}

func (p path) addTo(raster *vector.Rasterizer, outline sfnt.Segments) {
	open := false
	for _, s := range outline {
		ax, ay := p.at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if open {
				raster.ClosePath()
			}
			raster.MoveTo(ax, ay)
			open = true
		case sfnt.SegmentOpLineTo:
			raster.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			bx, by := p.at(s.Args[1])
			raster.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			bx, by := p.at(s.Args[1])
			cx, cy := p.at(s.Args[2])
			raster.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	if open {
		raster.ClosePath()
	}
}
