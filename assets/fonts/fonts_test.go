package fonts_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/encoding/simplifiedchinese"

	"frontdesk/assets/fonts"
)

var faces = []struct {
	name string
	data []byte
}{
	{"regular", fonts.Regular},
	{"bold", fonts.Bold},
	{"window's regular", fonts.WindowRegular},
	{"window's bold", fonts.WindowBold},
	{"mono", fonts.Mono},
}

func parse(t *testing.T, data []byte) *sfnt.Font {
	t.Helper()
	f, err := sfnt.Parse(data)
	if err != nil {
		t.Fatalf("not a single-face font: %v", err)
	}
	return f
}

// missing lists the characters of text that f has no glyph for.
func missing(t *testing.T, f *sfnt.Font, text string) string {
	t.Helper()
	var buf sfnt.Buffer
	var out []rune
	for _, r := range text {
		glyph, err := f.GlyphIndex(&buf, r)
		if err != nil {
			t.Fatal(err)
		}
		if glyph == 0 && r != '\n' && r != '\t' && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// advance is the width of r in thousandths of the text size.
func advance(t *testing.T, f *sfnt.Font, r rune) int {
	t.Helper()
	var buf sfnt.Buffer
	glyph, err := f.GlyphIndex(&buf, r)
	if err != nil || glyph == 0 {
		t.Fatalf("%q: glyph %d, %v", r, glyph, err)
	}
	width, err := f.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone)
	if err != nil {
		t.Fatal(err)
	}
	return width.Round()
}

func TestEveryWordOfTheProgramCanBeDrawn(t *testing.T) {
	for _, file := range []string{"zh.json", "en.json"} {
		raw, err := os.ReadFile("../lang/" + file)
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]string{}
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		for _, face := range faces {
			f := parse(t, face.data)
			for key, text := range words {
				if m := missing(t, f, text); m != "" {
					t.Errorf("%s %s: the %s font lacks %q; run assets/fonts/generate.sh", file, key, face.name, m)
				}
			}
		}
	}
}

func TestWhatPeopleTypeCanBeDrawn(t *testing.T) {
	texts := map[string]string{
		"GB 2312": gb2312(t),
		"ASCII":   ascii(),
		"signs":   "¥￥·×…“”‘’（），。：；！？、—-•①→↑↓℃",
		"names":   "朱镕基陶喆李堃王昇赵赟张翀",
	}
	for _, face := range faces {
		f := parse(t, face.data)
		for name, text := range texts {
			if m := missing(t, f, text); m != "" {
				t.Errorf("%s: the %s font lacks %q", name, face.name, m)
			}
		}
	}
}

func TestFiguresLineUp(t *testing.T) {
	for _, face := range faces {
		f := parse(t, face.data)
		want := advance(t, f, '0')
		for r := '1'; r <= '9'; r++ {
			if got := advance(t, f, r); got != want {
				t.Errorf("%s: %c is %d wide, 0 is %d", face.name, r, got, want)
			}
		}
	}
}

// What is measured for the screen holds on paper, and the other way round.
func TestAFaceIsAsWideInBothKindsOfOutlines(t *testing.T) {
	for _, pair := range [][2][]byte{{fonts.Regular, fonts.WindowRegular}, {fonts.Bold, fonts.WindowBold}} {
		trueType, compact := parse(t, pair[0]), parse(t, pair[1])
		for _, r := range ascii() + "¥·×…，。前台收银" {
			if a, b := advance(t, trueType, r), advance(t, compact, r); a != b {
				t.Errorf("%q is %d/1000 em wide with TrueType outlines, %d with compact ones", r, a, b)
			}
		}
	}
}

func TestMonoLatinIsHalfAChineseCharacter(t *testing.T) {
	f := parse(t, fonts.Mono)
	for _, r := range "aW0.-:¥" {
		if got := advance(t, f, r); got != 500 {
			t.Errorf("%c is %d/1000 em wide, want 500", r, got)
		}
	}
	if got := advance(t, f, '中'); got != 1000 {
		t.Errorf("中 is %d/1000 em wide, want 1000", got)
	}
}

func ascii() string {
	s := ""
	for r := ' '; r <= '~'; r++ {
		s += string(r)
	}
	return s
}

// gb2312 is every character that the standard assigns, signs and Han.
func gb2312(t *testing.T) string {
	t.Helper()
	var raw []byte
	for row := 0xB0; row <= 0xF7; row++ {
		for cell := 0xA1; cell <= 0xFE; cell++ {
			if row == 0xD7 && cell > 0xF9 { // five empty cells end level one
				continue
			}
			raw = append(raw, byte(row), byte(cell))
		}
	}
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	if n := len([]rune(string(text))); n != 6763 {
		t.Fatalf("GB 2312 has 6763 Han characters, decoded %d", n)
	}
	return string(text)
}
