package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"frontdesk/assets/fonts"
)

// Mode says which variant of the theme is shown.
type Mode int

const (
	FollowSystem Mode = iota // as the operating system is set
	Light
	Dark
)

// Theme is the program's look for Fyne: the palette, the embedded Chinese
// fonts and the sizes. Give it to Settings().SetTheme; give a new one to change
// the mode. It never changes by itself.
type Theme struct {
	mode                fyne.ThemeVariant
	system              bool
	regular, bold, mono fyne.Resource
}

var _ fyne.Theme = (*Theme)(nil)

// NewTheme makes the theme in a mode.
func NewTheme(mode Mode) *Theme {
	t := &Theme{
		system:  mode == FollowSystem,
		mode:    theme.VariantLight,
		regular: fyne.NewStaticResource("NotoSansSC-Regular.otf", fonts.WindowRegular),
		bold:    fyne.NewStaticResource("NotoSansSC-Bold.otf", fonts.WindowBold),
		mono:    fyne.NewStaticResource("NotoSansMonoSC-Regular.otf", fonts.Mono),
	}
	if mode == Dark {
		t.mode = theme.VariantDark
	}
	return t
}

// Variant is what the theme shows when the system prefers the given one.
func (t *Theme) Variant(system fyne.ThemeVariant) fyne.ThemeVariant {
	switch {
	case !t.system:
		return t.mode
	case system == theme.VariantDark:
		return theme.VariantDark
	}
	return theme.VariantLight
}

// named tells which token Fyne's own widgets use under which name.
var named = map[fyne.ThemeColorName]Token{
	theme.ColorNameBackground:                Bg,
	theme.ColorNameButton:                    KeyFill,
	theme.ColorNameDisabled:                  InkOff,
	theme.ColorNameDisabledButton:            FillOff,
	theme.ColorNameError:                     Bad,
	theme.ColorNameForeground:                Ink,
	theme.ColorNameForegroundOnError:         OnFill,
	theme.ColorNameForegroundOnPrimary:       OnAccent,
	theme.ColorNameForegroundOnSuccess:       OnFill,
	theme.ColorNameForegroundOnWarning:       OnWarn,
	theme.ColorNameHeaderBackground:          SurfaceAlt,
	theme.ColorNameHyperlink:                 AccentInk,
	theme.ColorNameInnerWindowBorder:         LineStrong,
	theme.ColorNameInnerWindowBorderInactive: Line,
	theme.ColorNameInputBackground:           Surface,
	theme.ColorNameInputBorder:               LineStrong,
	theme.ColorNameMenuBackground:            Surface,
	theme.ColorNameOverlayBackground:         Surface,
	theme.ColorNamePlaceHolder:               Ink3,
	theme.ColorNamePrimary:                   Accent,
	theme.ColorNameScrollBar:                 LineStrong,
	theme.ColorNameScrollBarBackground:       SurfaceAlt,
	theme.ColorNameSelection:                 AccentSoft,
	theme.ColorNameSeparator:                 Line,
	theme.ColorNameSuccess:                   Ok,
	theme.ColorNameWarning:                   Warn,
}

// Color serves Fyne's names. Hover, Focus and Pressed are laid over a fill by
// stock widgets and therefore see through.
func (t *Theme) Color(name fyne.ThemeColorName, system fyne.ThemeVariant) color.Color {
	v := t.Variant(system)
	if token, ok := named[name]; ok {
		return token.In(v)
	}
	switch name {
	case theme.ColorNameHover:
		return veil(v, 0x12, 0x1A)
	case theme.ColorNamePressed:
		return veil(v, 0x24, 0x33)
	case theme.ColorNameFocus:
		c := AccentInk.In(v)
		c.A = 0x59
		return c
	case theme.ColorNameShadow:
		// Nothing casts a shadow. The colour is black without weight, not
		// color.Transparent, which Fyne takes for "not defined".
		return color.NRGBA{}
	}
	if token := Token(name); palette[token] != (shades{}) {
		return token.In(v)
	}
	return theme.DefaultTheme().Color(name, v)
}

// veil is ink over light fills and white over dark ones.
func veil(v fyne.ThemeVariant, light, dark uint8) color.NRGBA {
	if v == theme.VariantDark {
		return color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: dark}
	}
	c := Ink.In(v)
	c.A = light
	return c
}

// Font serves the embedded fonts. There is no italic: Chinese has none.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Monospace:
		return t.mono
	case style.Bold:
		return t.bold
	}
	return t.regular
}

// Icon serves Fyne's own icons.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameCaptionText:        Caption,
	theme.SizeNameText:               Body,
	theme.SizeNameSubHeadingText:     Row,
	theme.SizeNameHeadingText:        Heading,
	SizeNameAction:                   ActionPx,
	SizeNameState:                    StatePx,
	SizeNameResult:                   ResultPx,
	SizeNameAmount:                   AmountPx,
	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       12,
	theme.SizeNameInputBorder:        lineThin,
	theme.SizeNameSeparatorThickness: lineThin,
	theme.SizeNameInputRadius:        radiusKey,
	theme.SizeNameButtonRadius:       radiusKey,
	theme.SizeNamePopupRadius:        radiusKey,
	theme.SizeNameMenuRadius:         radiusKey,
	theme.SizeNameCardRadius:         radiusPanel,
	theme.SizeNameDialogRadius:       radiusPanel,
	theme.SizeNameSelectionRadius:    radiusBadge,
	theme.SizeNameScrollBar:          16,
	theme.SizeNameScrollBarSmall:     8,
	theme.SizeNameModalBlurRadius:    0,
}

// Size serves our sizes, and Fyne's own for what the program does not use.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}
