package paper

import (
	"strings"
	"unicode"
)

// Clean makes text fit to be printed: line breaks become "\n", any other space
// becomes a plain one (the ideographic space stays), ¥ becomes ￥, bytes and
// code points that are no characters become "?", and what has no shape of its
// own (control and format characters, combining marks, variation selectors) is
// dropped. Printing the result can therefore never carry a command to the
// printer. Clean(Clean(s)) is Clean(s).
func Clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case r >= ' ' && r < 0x7F:
			return r
		case r == '¥':
			return '￥' // the half-width sign has no two-byte code in GB18030 and none at all in GBK
		case r == '\t':
			return ' '
		case r == '\u3000':
			return r
		case unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.M):
			return -1
		case r == unicode.ReplacementChar || unicode.Is(unicode.C, r) || !unicode.IsGraphic(r):
			return '?'
		}
		return r
	}, s)
}

// Columns is the width of clean text in half-width columns. A printer in
// Chinese mode prints ASCII in one column and every other character in two,
// also those that are narrow elsewhere, as · and ×.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	if r < 0x80 {
		return 1
	}
	return 2
}
