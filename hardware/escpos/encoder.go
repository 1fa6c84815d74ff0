package escpos

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"frontdesk/hardware/paper"
)

// ErrNoPainter is returned for a raster profile without a painter.
var ErrNoPainter = errors.New("escpos: printing as a picture needs typefaces")

// Encoder encodes for one printer. It is safe for concurrent use.
type Encoder struct {
	Profile Profile
	Painter *paper.Painter // needed for Raster only
}

// Note says what of a line does not look as it was meant to.
type Note struct {
	Line    int    // index into the lines given to Encode
	Text    string // the line's text
	Missing []rune // characters that the printer shows as "？", or in a picture as a box; each once
}

func (n Note) String() string {
	return fmt.Sprintf("line %d: the printer has no %q", n.Line+1, string(n.Missing))
}

// Encode makes the bytes for lines, which must be laid out for the profile's
// width. The error is one of Profile.Check or ErrNoPainter; the notes are for a
// log and for the printer's test page.
func (e Encoder) Encode(lines []paper.Line) ([]byte, []Note, error) {
	if err := e.Profile.Check(); err != nil {
		return nil, nil, err
	}
	if e.Profile.Encoding == Raster && e.Painter == nil {
		return nil, nil, ErrNoPainter
	}
	w := &writer{profile: e.Profile}
	w.start()
	if e.Profile.Encoding == Raster {
		e.pictures(w, lines)
	} else {
		for i, l := range lines {
			w.line(i, l)
		}
	}
	return w.out.Bytes(), w.notes, nil
}

// pictures sends what can be drawn as pictures, and the commands between them.
func (e Encoder) pictures(w *writer, lines []paper.Line) {
	for i, l := range lines {
		if missing := e.Painter.Missing([]paper.Line{l}); len(missing) > 0 {
			w.notes = append(w.notes, Note{Line: i, Text: l.Text, Missing: missing})
		}
	}
	for len(lines) > 0 {
		n := 0
		for n < len(lines) && drawable(lines[n].Kind) {
			n++
		}
		if n > 0 {
			w.raster(e.Painter.Strip(lines[:n], e.Profile.Width))
			lines = lines[n:]
			continue
		}
		w.command(lines[0])
		lines = lines[1:]
	}
}

func drawable(k paper.Kind) bool {
	switch k {
	case paper.KindText, paper.KindRule, paper.KindBarcode, paper.KindQR:
		return true
	}
	return false
}

// writer collects the bytes and knows the printer's state, so that a mode is
// only sent when it changes.
type writer struct {
	profile Profile
	out     bytes.Buffer
	notes   []Note

	size    byte // last GS !
	bold    bool
	centred bool
}

// start puts the printer into a known state, whatever the last job left.
func (w *writer) start() {
	w.out.Write([]byte{0x1B, '@'})    // ESC @: initialise
	w.out.Write([]byte{0x1B, 'R', 0}) // ESC R 0: else printers for China print $ as ¥
	if w.profile.ChineseMode && w.profile.Encoding != Raster {
		w.out.Write([]byte{0x1C, '&'}) // FS &: Chinese character mode
	}
}

func (w *writer) line(i int, l paper.Line) {
	switch l.Kind {
	case paper.KindText:
		w.style(l)
		w.text(i, l.Text)
	case paper.KindRule:
		w.style(paper.Line{})
		for range w.profile.Width.Columns() {
			w.out.WriteByte('-')
		}
		w.out.WriteByte('\n')
	case paper.KindBarcode:
		w.barcode(l)
	case paper.KindQR:
		w.qr(l)
	default:
		w.command(l)
	}
}

// style switches size, weight and alignment to those of l. Printers read size
// for Latin from GS ! and for Chinese from FS !, newer ones both from either;
// sending both alike is right for all of them.
func (w *writer) style(l paper.Line) {
	w.align(l.Centred)
	var size, chinese byte
	if l.Wide {
		size, chinese = size|0x10, chinese|0x04
	}
	if l.Tall {
		size, chinese = size|0x01, chinese|0x08
	}
	if size != w.size {
		w.out.Write([]byte{0x1D, '!', size})
		if w.profile.ChineseMode {
			w.out.Write([]byte{0x1C, '!', chinese})
		}
		w.size = size
	}
	if l.Bold != w.bold {
		w.out.Write([]byte{0x1B, 'E', bit(l.Bold)})
		w.bold = l.Bold
	}
}

func (w *writer) align(centred bool) {
	if centred != w.centred {
		w.out.Write([]byte{0x1B, 'a', bit(centred)})
		w.centred = centred
	}
}

// command writes what is neither text nor a symbol.
func (w *writer) command(l paper.Line) {
	switch l.Kind {
	case paper.KindFeed:
		w.feed(l.Lines)
	case paper.KindCut:
		w.cut()
	case paper.KindDrawer:
		w.drawer(l)
	}
}

// tearLines is how far the tear bar or cutter is behind the print head.
const tearLines = 4

func (w *writer) feed(lines int) {
	w.style(paper.Line{}) // in double height ESC d would feed double lines
	w.out.Write([]byte{0x1B, 'd', byte(min(max(lines, 0), 255))})
}

func (w *writer) cut() {
	switch w.profile.Cut {
	case CutNone:
		w.feed(tearLines)
	case CutPartial: // GS V 66 0: feed to the cutter, then cut
		w.out.Write([]byte{0x1D, 'V', 66, 0})
	case CutFull:
		w.out.Write([]byte{0x1D, 'V', 65, 0})
	}
}

// drawer sends the pulse, always as five bytes: with fewer the printer takes
// the next two bytes of text for the times.
func (w *writer) drawer(l paper.Line) {
	pin, on, off := w.profile.DrawerPin, w.profile.PulseOn, w.profile.PulseOff
	if l.Pin == 2 || l.Pin == 5 {
		pin = l.Pin
	}
	if l.On > 0 {
		on = l.On
	}
	if l.Off > 0 {
		off = l.Off
	}
	connector := byte(0)
	if pin == 5 {
		connector = 1
	}
	w.out.Write([]byte{0x1B, 'p', connector, pulse(on), pulse(off)})
}

// pulse is a time in the command's units of 2 ms.
func pulse(d time.Duration) byte {
	return byte(min(max(d.Milliseconds()/2, 1), 255))
}

func bit(on bool) byte {
	if on {
		return 1
	}
	return 0
}
