package paper

import (
	"errors"
	"fmt"

	"github.com/boombuler/barcode/code128"
	"github.com/skip2/go-qrcode"
)

// ErrNotDigits is returned for a bar code of anything but ASCII digits.
var ErrNotDigits = errors.New("paper: a bar code takes digits only")

// ErrNoQR is returned for a text that no QR code can hold, and for none at all.
var ErrNoQR = errors.New("paper: text does not fit into a QR code")

const (
	maxBarcodeDigits = 48 // far more than any paper is wide; bounds the work on a mistaken text
	quietModules     = 4  // white margin around a QR code, ISO/IEC 18004
	barQuietModules  = 10 // white margin at both ends of a Code 128, ISO/IEC 15417
)

// Bars is the Code 128 of digits, one bool a module, true for black, without
// the margins. Pairs of digits are in code set C; an odd last digit is in set B.
func Bars(digits string) ([]bool, error) {
	if digits == "" || len(digits) > maxBarcodeDigits {
		return nil, ErrNotDigits
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return nil, ErrNotDigits
		}
	}
	code, err := code128.Encode(digits)
	if err != nil {
		return nil, fmt.Errorf("paper: bar code of %d digits: %w", len(digits), err)
	}
	bars := make([]bool, code.Bounds().Dx())
	for x := range bars {
		r, _, _, _ := code.At(x, 0).RGBA()
		bars[x] = r == 0
	}
	return bars, nil
}

// Modules is the QR code of text, error correction level M, without the
// margin: modules[y][x] is true for black.
func Modules(text string) ([][]bool, error) {
	if text == "" {
		return nil, ErrNoQR
	}
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoQR, err)
	}
	code.DisableBorder = true
	return code.Bitmap(), nil
}

// barDots is how many dots a module of a bar code gets: 3, or 2 where 3 do not
// fit with the margins. 0 means that it cannot be printed.
func barDots(modules int, width Width) int {
	for dots := 3; dots >= 2; dots-- {
		if (modules+2*barQuietModules)*dots <= width.Dots() {
			return dots
		}
	}
	return 0
}

// qrDots is how many dots a module of a QR code gets. 7 or 6 make a symbol
// that any phone reads and that stays within half of the narrow paper; a
// longer text gets 6 as long as the paper is wide enough, and then fewer. Below
// 3 dots the print head's spread joins the modules, so 0 means that it cannot
// be printed.
func qrDots(modules int, width Width) int {
	if 7*modules <= Width58.Dots()/2 {
		return 7
	}
	for dots := 6; dots >= 3; dots-- {
		if (modules+2*quietModules)*dots <= width.Dots() {
			return dots
		}
	}
	return 0
}
