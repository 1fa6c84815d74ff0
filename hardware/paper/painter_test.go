package paper_test

import (
	"image"
	"slices"
	"strings"
	"testing"

	"frontdesk/hardware/paper"
)

func TestPictureHasThePaperWidth(t *testing.T) {
	p := painter(t)
	for _, c := range []struct {
		width                  paper.Width
		strip, picture, height int
	}{
		{paper.Width58, 384, 432, 1131},
		{paper.Width80, 576, 624, 1063},
	} {
		lines := paper.Layout(sale(), c.width)
		if got := p.Strip(lines, c.width).Bounds(); got != image.Rect(0, 0, c.strip, c.height-48) {
			t.Errorf("%d mm: strip is %v, want %d × %d", c.width, got, c.strip, c.height-48)
		}
		if got := p.Picture(lines, c.width).Bounds(); got != image.Rect(0, 0, c.picture, c.height) {
			t.Errorf("%d mm: picture is %v, want %d × %d", c.width, got, c.picture, c.height)
		}
	}
}

func TestStripIsBlackOrWhite(t *testing.T) {
	strip := painter(t).Strip(paper.Layout(sale(), paper.Width80), paper.Width80)
	black := 0
	for _, v := range strip.Pix {
		switch v {
		case 0:
			black++
		case 0xFF:
		default:
			t.Fatalf("a dot of grey %d", v)
		}
	}
	if black < 20000 || black > 200000 {
		t.Errorf("%d black dots is no receipt", black)
	}
}

// Every character stays in its own columns, so that pictures line up like the
// printer does: the cell of each column is empty for a space and inked for a
// character, also for bold letters that are wider than a column.
func TestCharactersStayInTheirColumns(t *testing.T) {
	for _, bold := range []bool{false, true} {
		text := "W M @ 王 ￥ 8 · × gÅ"
		e := paper.Left(text)
		e.Bold = bold
		strip := painter(t).Strip(paper.Layout(doc(e), paper.Width58), paper.Width58)
		x := 0
		for _, r := range text {
			columns := 1
			if r >= 0x80 {
				columns = 2
			}
			ink := inked(strip, image.Rect(x, 0, x+12*columns, strip.Rect.Dy()))
			if ink != (r != ' ') {
				t.Errorf("bold %v: ink in the cell of %q at %d is %v", bold, r, x, ink)
			}
			x += 12 * columns
		}
		if inked(strip, image.Rect(x, 0, 384, strip.Rect.Dy())) {
			t.Errorf("bold %v: ink after the last character", bold)
		}
	}
}

func TestUnknownCharacterIsABoxAndReported(t *testing.T) {
	p := painter(t)
	lines := paper.Layout(doc(paper.Text("好😀 😀ok\U0002A6D6")), paper.Width58)
	if got := p.Missing(lines); !slices.Equal(got, []rune{'😀', '\U0002A6D6'}) {
		t.Errorf("missing is %q", got)
	}
	strip := p.Strip(paper.Layout(doc(paper.Left("😀")), paper.Width58), paper.Width58)
	if !inked(strip, image.Rect(0, 0, 24, strip.Rect.Dy())) {
		t.Error("nothing drawn for a character that the typefaces lack")
	}
}

// The bars in the picture are read back with a decoder of their own.
func TestPaintedBarcodeReadsBack(t *testing.T) {
	for _, digits := range []string{"01006128", "99000001", "1234567", "2026112122001458"} {
		strip := painter(t).Strip(paper.Layout(doc(paper.Barcode(digits)), paper.Width58), paper.Width58)
		row := make([]bool, strip.Rect.Dx())
		for x := range row {
			row[x] = strip.GrayAt(x, 50).Y == 0
			if top, bottom := strip.GrayAt(x, 10).Y == 0, strip.GrayAt(x, 89).Y == 0; top != row[x] || bottom != row[x] {
				t.Fatalf("%s: bar at %d is not 80 dots high", digits, x)
			}
		}
		if got := readCode128(t, row); got != digits {
			t.Errorf("reads %q, want %q", got, digits)
		}
	}
}

func TestPaintedQRHasWholeModulesAndItsMargin(t *testing.T) {
	const text = "https://u.wechat.com/EAbcdefghijklmnopqrstuvwx"
	modules, err := paper.Modules(text)
	if err != nil {
		t.Fatal(err)
	}
	lines := paper.Layout(doc(paper.QR(text)), paper.Width58)
	dots := lines[0].Dots
	strip := painter(t).Strip(lines, paper.Width58)
	x0, y0 := (384-len(modules)*dots)/2, 10+4*dots
	for y := range strip.Rect.Dy() {
		for x := range 384 {
			want := false
			if mx, my := (x-x0)/dots, (y-y0)/dots; x >= x0 && y >= y0 && mx < len(modules) && my < len(modules) {
				want = modules[my][mx]
			}
			if got := strip.GrayAt(x, y).Y == 0; got != want {
				t.Fatalf("dot %d,%d is black: %v, want %v", x, y, got, want)
			}
		}
	}
	if strip.Rect.Dy() < y0+len(modules)*dots+4*dots {
		t.Error("no margin below the code")
	}
}

func inked(m *image.Gray, r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if m.GrayAt(x, y).Y == 0 {
				return true
			}
		}
	}
	return false
}

// code128Widths are the widths of bars and spaces of the symbols 0 to 105, as
// ISO/IEC 15417 lists them; the stop pattern is apart.
const code128Widths = "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221" +
	"223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311" +
	"211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111" +
	"314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242" +
	"121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141" +
	"411131211412211214211232"

// readCode128 decodes one row of dots and checks margins and check symbol.
func readCode128(t *testing.T, row []bool) string {
	t.Helper()
	first, last := slices.Index(row, true), len(row)-1
	for !row[last] {
		last--
	}
	var widths []int
	for i := first; i <= last; {
		j := i
		for j <= last && row[j] == row[i] {
			j++
		}
		widths = append(widths, j-i)
		i = j
	}
	unit := slices.Min(widths)
	if first < 10*unit || len(row)-1-last < 10*unit {
		t.Fatalf("margin of %d and %d dots is too small for %d dots a module", first, len(row)-1-last, unit)
	}
	var digits strings.Builder
	for _, w := range widths {
		digits.WriteByte(byte('0' + w/unit))
	}
	s, ok := strings.CutSuffix(digits.String(), "2331112")
	if !ok {
		t.Fatal("no stop pattern")
	}
	var values []int
	for ; len(s) >= 6; s = s[6:] {
		at := -1
		for i := 0; i+6 <= len(code128Widths); i += 6 {
			if code128Widths[i:i+6] == s[:6] {
				at = i / 6
			}
		}
		if at < 0 {
			t.Fatalf("no symbol %s", s[:6])
		}
		values = append(values, at)
	}
	sum := values[0]
	for i, v := range values[1 : len(values)-1] {
		sum += (i + 1) * v
	}
	if sum%103 != values[len(values)-1] {
		t.Fatal("wrong check symbol")
	}
	if values[0] != 105 {
		t.Fatalf("starts with symbol %d, not with set C", values[0])
	}
	var text strings.Builder
	setC := true
	for _, v := range values[1 : len(values)-1] {
		switch {
		case setC && v == 100:
			setC = false
		case setC:
			text.WriteByte(byte('0' + v/10))
			text.WriteByte(byte('0' + v%10))
		default:
			text.WriteByte(byte(' ' + v))
		}
	}
	return text.String()
}
