package kit_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"frontdesk/ui/kit"
)

var variants = map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark}

func TestTheThemeKnowsEveryColourOfFyne(t *testing.T) {
	test.AssertAllColorNamesDefined(t, kit.NewTheme(kit.FollowSystem), "follow system")
	test.AssertAllColorNamesDefined(t, kit.NewTheme(kit.Light), "light")
	test.AssertAllColorNamesDefined(t, kit.NewTheme(kit.Dark), "dark")
}

func TestModeDecidesTheVariant(t *testing.T) {
	for _, c := range []struct {
		mode         kit.Mode
		system, want fyne.ThemeVariant
	}{
		{kit.Light, theme.VariantDark, theme.VariantLight},
		{kit.Dark, theme.VariantLight, theme.VariantDark},
		{kit.FollowSystem, theme.VariantDark, theme.VariantDark},
		{kit.FollowSystem, theme.VariantLight, theme.VariantLight},
	} {
		th := kit.NewTheme(c.mode)
		if got := th.Variant(c.system); got != c.want {
			t.Errorf("mode %d on system %d: variant %d, want %d", c.mode, c.system, got, c.want)
		}
		if got, want := th.Color(theme.ColorNameBackground, c.system), kit.Bg.In(c.want); got != want {
			t.Errorf("mode %d on system %d: background %v, want %v", c.mode, c.system, got, want)
		}
	}
}

func TestSizesOfTheDesign(t *testing.T) {
	th := kit.NewTheme(kit.Light)
	for name, want := range map[fyne.ThemeSizeName]float32{
		theme.SizeNameCaptionText: 16, theme.SizeNameText: 18, theme.SizeNameSubHeadingText: 20,
		theme.SizeNameHeadingText: 30, kit.SizeNameAction: 24, kit.SizeNameState: 40,
		kit.SizeNameResult: 56, kit.SizeNameAmount: 80,
		theme.SizeNamePadding: 4, theme.SizeNameInnerPadding: 12, theme.SizeNameInputBorder: 1,
		theme.SizeNameSeparatorThickness: 1, theme.SizeNameScrollBar: 16, theme.SizeNameScrollBarSmall: 8,
		theme.SizeNameInputRadius: 10, theme.SizeNameButtonRadius: 10, theme.SizeNameCardRadius: 14,
		theme.SizeNameDialogRadius: 14, theme.SizeNameSelectionRadius: 6, theme.SizeNamePopupRadius: 10,
		theme.SizeNameMenuRadius: 10, theme.SizeNameModalBlurRadius: 0,
	} {
		if got := th.Size(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if th.Size(theme.SizeNameInlineIcon) <= 0 || th.Size(theme.SizeNameLineSpacing) <= 0 {
		t.Error("sizes of Fyne's own are missing")
	}
}

func TestTheFontsAreTheEmbeddedOnes(t *testing.T) {
	begin(t, kit.Light)
	bold := fyne.TextStyle{Bold: true}
	for _, c := range []struct {
		text  string
		size  float32
		style fyne.TextStyle
		want  fyne.Size
	}{
		{"128.50", 80, bold, fyne.NewSize(262, 115.8)},
		{"收款", 100, fyne.TextStyle{}, fyne.NewSize(200, 144.8)},
		{"收款", 100, bold, fyne.NewSize(200, 144.8)},
		{"中", 100, fyne.TextStyle{Monospace: true}, fyne.NewSize(100, 144.8)},
		{"ab", 100, fyne.TextStyle{Monospace: true}, fyne.NewSize(100, 144.8)},
	} {
		got := fyne.MeasureText(c.text, c.size, c.style)
		if math.Abs(float64(got.Width-c.want.Width)) > 0.5 || math.Abs(float64(got.Height-c.want.Height)) > 0.5 {
			t.Errorf("%q at %v %+v is %v, want %v", c.text, c.size, c.style, got, c.want)
		}
	}
}

// pair is text, or a drawing that carries meaning, on a ground.
type pair struct{ ink, ground kit.Token }

func TestTextIsReadable(t *testing.T) {
	pairs := []pair{
		{kit.OnAccent, kit.Accent}, {kit.OnAccent, kit.AccentHover}, {kit.OnAccent, kit.AccentPressed},
		{kit.OnFill, kit.OkFill}, {kit.OnFill, kit.BadFill}, {kit.OnWarn, kit.WarnFill},
		{kit.Ok, kit.OkSoft}, {kit.Bad, kit.BadSoft}, {kit.Warn, kit.WarnSoft},
		{kit.Mute, kit.MuteSoft}, {kit.AccentInk, kit.AccentSoft}, {kit.Ink, kit.AccentSoft},
		{kit.Ink2, kit.AccentSoft}, {kit.Ink, kit.WarnSoft}, {kit.Ink2, kit.WarnSoft},
		{kit.OnInverse, kit.Inverse}, {kit.PaperInk, kit.Paper},
		{kit.Ink2, kit.KeyHover}, {kit.Ink, kit.KeyPressed}, {kit.Ink2, kit.KeyPressed},
		{kit.Bad, kit.KeyFill}, {kit.Bad, kit.KeyHover},
	}
	for _, ground := range []kit.Token{kit.Bg, kit.Surface, kit.SurfaceAlt, kit.KeyFill, kit.KeyHover} {
		pairs = append(pairs, pair{kit.Ink, ground}, pair{kit.Ink2, ground})
	}
	for _, ground := range []kit.Token{kit.Surface, kit.SurfaceAlt, kit.Bg} {
		pairs = append(pairs, pair{kit.Ink3, ground}, pair{kit.AccentInk, ground})
	}
	for _, ink := range []kit.Token{kit.Ok, kit.Bad, kit.Warn, kit.Mute} {
		pairs = append(pairs, pair{ink, kit.Surface}, pair{ink, kit.AccentSoft})
	}
	for name, v := range variants {
		for _, p := range pairs {
			if c := contrast(p.ink.In(v), p.ground.In(v)); c < 4.5 {
				t.Errorf("%s: %s on %s has contrast %.2f", name, p.ink, p.ground, c)
			}
		}
	}
}

func TestLinesThatCarryMeaningAreSeen(t *testing.T) {
	for name, v := range variants {
		for _, p := range []pair{
			{kit.LineStrong, kit.Surface}, {kit.LineStrong, kit.Bg},
			{kit.AccentInk, kit.Bg}, {kit.AccentInk, kit.Surface}, // focus
			{kit.InkOff, kit.FillOff},
		} {
			if c := contrast(p.ink.In(v), p.ground.In(v)); c < 2.8 {
				t.Errorf("%s: %s on %s has contrast %.2f", name, p.ink, p.ground, c)
			}
		}
	}
}

func TestAnUnknownTokenIsTransparent(t *testing.T) {
	if c := kit.Token("pink").In(theme.VariantLight); c.A != 0 {
		t.Errorf("it is %v", c)
	}
	if c := kit.Scrim.In(theme.VariantDark); c != (color.NRGBA{R: 0x0A, G: 0x0E, B: 0x14, A: 0x8C}) {
		t.Errorf("the scrim is %v", c)
	}
	for _, token := range kit.Tokens() {
		if token.In(theme.VariantLight).A == 0 || token.In(theme.VariantDark).A == 0 {
			t.Errorf("%s is transparent", token)
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}
