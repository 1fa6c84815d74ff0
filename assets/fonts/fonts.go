// Package fonts holds the three typefaces of the window, of receipt pictures
// and of reports, so that a machine without Chinese fonts shows no boxes and
// every machine draws the same.
//
// They are subsets of Noto Sans CJK SC (SIL Open Font License, see OFL.txt)
// with GB 2312, Latin-1 and the signs and names of extra.txt; generate.sh makes
// them again. A caller hands the bytes to its font parser; each is one OpenType
// face. Regular and Bold come twice, with the same characters and widths: with
// TrueType outlines, which a PDF can embed, and with compact ones (CFF) for the
// window, whose toolkit reads every outline of a TrueType face before it draws
// the first character, but each compact one only when it is drawn. The package
// knows no drawing and no Fyne.
package fonts

import _ "embed"

// Regular is Noto Sans CJK SC Regular with TrueType outlines. All digits are
// equally wide.
//
//go:embed NotoSansSC-Regular.ttf
var Regular []byte

// Bold is Noto Sans CJK SC Bold with TrueType outlines. All digits are equally
// wide, and wider than those of Regular.
//
//go:embed NotoSansSC-Bold.ttf
var Bold []byte

// WindowRegular is Regular with compact outlines.
//
//go:embed NotoSansSC-Regular.otf
var WindowRegular []byte

// WindowBold is Bold with compact outlines.
//
//go:embed NotoSansSC-Bold.otf
var WindowBold []byte

// Mono is Noto Sans Mono CJK SC Regular, with compact outlines: a Latin
// character takes exactly half the width of a Chinese one, as on a receipt
// printer.
//
//go:embed NotoSansMonoSC-Regular.otf
var Mono []byte
