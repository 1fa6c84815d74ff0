package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Token names a colour by what it is for. Its value depends on the theme's
// variant; parts keep tokens and ask for the value when they are painted.
type Token string

const (
	Bg            Token = "bg"            // window background
	Surface       Token = "surface"       // panels, list, fields, tab bar
	SurfaceAlt    Token = "surfaceAlt"    // list head, read-only rows, panel foot
	KeyFill       Token = "key"           // keypad keys, plain buttons
	KeyHover      Token = "keyHover"      // the same under the pointer; hovered list row
	KeyPressed    Token = "keyPressed"    // the same while pressed
	Line          Token = "line"          // separators, borders of panels and keys
	LineStrong    Token = "lineStrong"    // borders of fields, check marks and choices
	Ink           Token = "ink"           // text
	Ink2          Token = "ink2"          // second text: labels, units, keys
	Ink3          Token = "ink3"          // third text: hints, placeholders, column heads
	InkOff        Token = "inkOff"        // text on disabled things
	FillOff       Token = "fillOff"       // disabled keys and buttons
	Accent        Token = "accent"        // the default action, the chosen tab
	AccentHover   Token = "accentHover"   // default action under the pointer
	AccentPressed Token = "accentPressed" // default action while pressed
	OnAccent      Token = "onAccent"      // text on accent
	AccentInk     Token = "accentInk"     // accent as text or thin line, focus
	AccentSoft    Token = "accentSoft"    // chosen row, waiting head, chosen choice
	Ok            Token = "ok"            // paid, as text or icon
	OkFill        Token = "okFill"        // head of the paid panel
	OkSoft        Token = "okSoft"        // paid badge
	Bad           Token = "bad"           // failed, fault, destructive, as text or icon
	BadFill       Token = "badFill"       // head of the failed panel, destructive default
	BadSoft       Token = "badSoft"       // failed badge
	Warn          Token = "warn"          // unknown, attention, as text or icon
	WarnFill      Token = "warnFill"      // head of the unknown panel
	OnWarn        Token = "onWarn"        // text on warnFill
	WarnSoft      Token = "warnSoft"      // unknown badge, banner
	OnFill        Token = "onFill"        // text on okFill and badFill
	Mute          Token = "mute"          // closed, refunded badge: text
	MuteSoft      Token = "muteSoft"      // closed, refunded badge: ground
	Inverse       Token = "inverse"       // practice strip
	OnInverse     Token = "onInverse"     // text on the practice strip
	Paper         Token = "paper"         // ground of QR codes and receipts, always white
	PaperInk      Token = "paperInk"      // QR modules and receipt text, always black
	Scrim         Token = "scrim"         // what darkens the window behind a dialog
	NoColor       Token = ""              // nothing is painted
)

// shades is one token in both variants, 0xRRGGBB.
type shades struct{ light, dark uint32 }

// palette never changes while the program runs.
var palette = map[Token]shades{
	Bg:            {0xF0F2F5, 0x14181D},
	Surface:       {0xFFFFFF, 0x1D232A},
	SurfaceAlt:    {0xF6F8FA, 0x252C35},
	KeyFill:       {0xFFFFFF, 0x2A323C},
	KeyHover:      {0xEAF0F8, 0x343E4A},
	KeyPressed:    {0xD3DFF0, 0x43505F},
	Line:          {0xD3D9E0, 0x3A4450},
	LineStrong:    {0x7D8896, 0x7A8899},
	Ink:           {0x161E28, 0xF1F4F7},
	Ink2:          {0x465260, 0xBAC4CF},
	Ink3:          {0x5C6875, 0xA3AFBC},
	InkOff:        {0x7B8591, 0x7A8796},
	FillOff:       {0xE7EBEF, 0x232A32},
	Accent:        {0x1A5AC0, 0x2C69D3},
	AccentHover:   {0x154CA4, 0x3372DA},
	AccentPressed: {0x103C84, 0x1D4F9F},
	OnAccent:      {0xFFFFFF, 0xFFFFFF},
	AccentInk:     {0x17509F, 0x93BCFF},
	AccentSoft:    {0xE5EEFB, 0x1B3050},
	Ok:            {0x0B6E38, 0x6BD79B},
	OkFill:        {0x0B7A3E, 0x0E7A40},
	OkSoft:        {0xE1F3E8, 0x17341F},
	Bad:           {0xB3261E, 0xFF9B93},
	BadFill:       {0xB9281F, 0xBF3730},
	BadSoft:       {0xFBE8E6, 0x40201F},
	Warn:          {0x7D4B00, 0xF6C65B},
	WarnFill:      {0xF2AE1C, 0xE3A521},
	OnWarn:        {0x2B1B00, 0x2B1B00},
	WarnSoft:      {0xFFF1D2, 0x3B2D0F},
	OnFill:        {0xFFFFFF, 0xFFFFFF},
	Mute:          {0x4A5663, 0xB3BDC8},
	MuteSoft:      {0xE8ECF0, 0x2E3741},
	Inverse:       {0x222D3A, 0xDCE3EA},
	OnInverse:     {0xFFFFFF, 0x141A21},
	Paper:         {0xFFFFFF, 0xFFFFFF},
	PaperInk:      {0x000000, 0x000000},
	Scrim:         {0x0A0E14, 0x0A0E14},
}

const scrimAlpha = 0x8C

// In is the colour of t in a variant. Unknown tokens and NoColor are
// transparent; anything but theme.VariantDark counts as light.
func (t Token) In(variant fyne.ThemeVariant) color.NRGBA {
	s, ok := palette[t]
	if !ok {
		return color.NRGBA{}
	}
	rgb, alpha := s.light, uint8(0xFF)
	if variant == theme.VariantDark {
		rgb = s.dark
	}
	if t == Scrim {
		alpha = scrimAlpha
	}
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: alpha}
}

// Tokens lists all tokens of the palette, in no order.
func Tokens() []Token {
	list := make([]Token, 0, len(palette))
	for t := range palette {
		list = append(list, t)
	}
	return list
}

// Color is the colour of t in the theme that the program shows now. Drawings
// that belong to no part of the kit ask for it each time they are refreshed.
func Color(t Token) color.NRGBA {
	return t.In(currentVariant())
}

// currentVariant is the variant that our theme shows; under a foreign theme
// (a test without one) it is that of the system.
func currentVariant() fyne.ThemeVariant {
	app := fyne.CurrentApp()
	if app == nil {
		return theme.VariantLight
	}
	system := app.Settings().ThemeVariant()
	if ours, ok := app.Settings().Theme().(*Theme); ok {
		return ours.Variant(system)
	}
	return system
}
