package escpos

import (
	"image"

	"frontdesk/hardware/paper"
)

// barcode prints Code 128 and leaves the digits below to the line of text that
// paper.Layout puts there, so that they look the same on every printer.
func (w *writer) barcode(l paper.Line) {
	data, ok := code128(l.Text)
	if !ok {
		return // paper.Layout makes no such line
	}
	if w.profile.RasterBarcode {
		w.raster(drawn(l, w.profile.Width))
		return
	}
	w.style(paper.Line{Centred: true})
	w.out.Write([]byte{0x1D, 'h', paper.BarHeight})     // GS h: height in dots
	w.out.Write([]byte{0x1D, 'w', byte(l.Dots)})        // GS w: dots a module
	w.out.Write([]byte{0x1D, 'H', 0})                   // GS H: no digits of its own
	w.out.Write([]byte{0x1D, 'k', 73, byte(len(data))}) // GS k: Code 128
	w.out.Write(data)
}

// code128 is the data of GS k 73: set C with one byte for two digits, and set B
// for an odd last one.
func code128(digits string) ([]byte, bool) {
	if _, err := paper.Bars(digits); err != nil {
		return nil, false
	}
	var data []byte
	if len(digits) > 1 {
		data = append(data, '{', 'C')
	}
	for len(digits) > 1 {
		data = append(data, (digits[0]-'0')*10+digits[1]-'0')
		digits = digits[2:]
	}
	if len(digits) == 1 {
		data = append(data, '{', 'B', digits[0])
	}
	return data, true
}

// qr prints a QR code, by the printer itself or as a picture.
func (w *writer) qr(l paper.Line) {
	if _, err := paper.Modules(l.Text); err != nil {
		return // paper.Layout makes no such line
	}
	if w.profile.RasterQR {
		w.raster(drawn(l, w.profile.Width))
		return
	}
	w.style(paper.Line{Centred: true})
	w.out.WriteByte('\n')                              // the margin above; the printer leaves none
	w.qrCommand(65, '2', 0)                            // model 2
	w.qrCommand(67, byte(l.Dots))                      // dots a module
	w.qrCommand(69, '1')                               // error correction M
	w.qrCommand(80, append([]byte{'0'}, l.Text...)...) // store
	w.qrCommand(81, '0')                               // print
	w.out.WriteByte('\n')
}

// qrCommand writes one GS ( k of the QR family: length, 49, function, data.
func (w *writer) qrCommand(function byte, data ...byte) {
	n := len(data) + 2
	w.out.Write([]byte{0x1D, '(', 'k', byte(n), byte(n >> 8), 49, function})
	w.out.Write(data)
}

// drawn is one symbol as a picture. It needs no typeface.
func drawn(l paper.Line, width paper.Width) *image.Gray {
	return (&paper.Painter{}).Strip([]paper.Line{l}, width)
}

// bandRows is how much of a picture is sent with one command. Small printers
// hold little more than a band in memory and start to print at its end.
const bandRows = 128

// raster writes a picture with GS v 0, a bit a dot, 1 for black.
func (w *writer) raster(m *image.Gray) {
	w.style(paper.Line{})
	columns := m.Rect.Dx() / 8 // paper widths are whole bytes
	for top := 0; top < m.Rect.Dy(); top += bandRows {
		rows := min(bandRows, m.Rect.Dy()-top)
		w.out.Write([]byte{0x1D, 'v', '0', 0, byte(columns), byte(columns >> 8), byte(rows), byte(rows >> 8)})
		for y := top; y < top+rows; y++ {
			row := m.Pix[y*m.Stride:]
			for x := range columns {
				var b byte
				for _, dot := range row[8*x : 8*x+8] {
					b <<= 1
					if dot < 0x80 {
						b |= 1
					}
				}
				w.out.WriteByte(b)
			}
		}
	}
}
