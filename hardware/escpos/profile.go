package escpos

import (
	"errors"
	"fmt"
	"time"

	"frontdesk/hardware/paper"
)

// Encoding is how text reaches the printer.
type Encoding string

const (
	GB18030 Encoding = "gb18030" // every character; printers sold in China since 2001
	GBK     Encoding = "gbk"     // two-byte codes only; older printers print rubbish for four-byte ones
	Raster  Encoding = "raster"  // the whole receipt as a picture; for printers without Chinese, slower
)

// Cut is what the printer does at the end of a receipt.
type Cut string

const (
	CutNone    Cut = "none"    // no cutter: the paper is fed past the tear bar
	CutPartial Cut = "partial" // one point stays, so that the receipt does not fall
	CutFull    Cut = "full"
)

// Profile is what one printer can do and is connected to.
type Profile struct {
	Width       paper.Width
	Encoding    Encoding
	ChineseMode bool // send FS & first; without it some printers take Chinese for Latin code pages
	Cut         Cut

	DrawerPin int           // pin of the drawer's connector: 2 or 5
	PulseOn   time.Duration // how long the drawer's coil is powered: 2 to 510 ms
	PulseOff  time.Duration // rest after it: 2 to 510 ms

	RasterQR      bool // draw QR codes as pictures: the printer has no GS ( k
	RasterBarcode bool // draw bar codes as pictures: the printer has no GS k of set C
}

// Standard is the profile of a common printer for paper of width w: GB18030,
// drawer at pin 2 with 100 ms, a cutter on 80 mm only.
func Standard(w paper.Width) Profile {
	p := Profile{Width: w, Encoding: GB18030, ChineseMode: true, Cut: CutNone,
		DrawerPin: 2, PulseOn: 100 * time.Millisecond, PulseOff: 500 * time.Millisecond}
	if w == paper.Width80 {
		p.Cut = CutPartial
	}
	return p
}

// ErrProfile is wrapped by what Check returns.
var ErrProfile = errors.New("escpos: printer profile")

// Check names the first setting that no printer has.
func (p Profile) Check() error {
	switch {
	case !p.Width.Valid():
		return fmt.Errorf("%w: width %d mm, want 58 or 80", ErrProfile, p.Width)
	case p.Encoding != GB18030 && p.Encoding != GBK && p.Encoding != Raster:
		return fmt.Errorf("%w: encoding %q, want gb18030, gbk or raster", ErrProfile, p.Encoding)
	case p.Cut != CutNone && p.Cut != CutPartial && p.Cut != CutFull:
		return fmt.Errorf("%w: cut %q, want none, partial or full", ErrProfile, p.Cut)
	case p.DrawerPin != 2 && p.DrawerPin != 5:
		return fmt.Errorf("%w: drawer pin %d, want 2 or 5", ErrProfile, p.DrawerPin)
	}
	return nil
}
