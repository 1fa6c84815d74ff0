// Package fonts holds the three typefaces of the window and of receipt
// pictures, so that a machine without Chinese fonts shows no boxes and every
// machine draws the same.
//
// They are subsets of Noto Sans CJK SC (SIL Open Font License, see OFL.txt)
// with GB 2312, Latin-1 and the signs and names of extra.txt; generate.sh makes
// them again. A caller hands the bytes to its font parser; each is one OpenType
// face, Regular and Bold with TrueType outlines. The package knows no drawing
// and no Fyne.
package fonts

import _ "embed"

// Regular is Noto Sans CJK SC Regular. All digits are equally wide.
//
//go:embed NotoSansSC-Regular.ttf
var Regular []byte

// Bold is Noto Sans CJK SC Bold. All digits are equally wide, and wider than
// those of Regular.
//
//go:embed NotoSansSC-Bold.ttf
var Bold []byte

// Mono is Noto Sans Mono CJK SC Regular: a Latin character takes exactly half
// the width of a Chinese one, as on a receipt printer.
//
//go:embed NotoSansMonoSC-Regular.otf
var Mono []byte
