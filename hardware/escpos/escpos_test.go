package escpos_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/assets/fonts"
	"frontdesk/hardware/escpos"
	"frontdesk/hardware/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

var receipts = []struct {
	name string
	doc  paper.Document
}{
	{"paid", doc(head("晨光便利店"), saleBody(), foot())},
	{"refund", doc(head("晨光便利店", "退款"), refundBody(), foot())},
	{"reprint", doc(head("晨光便利店", "补打"), saleBody(), foot())},
	{"practice", doc([]paper.Element{paper.Drawer(0, 0, 0)}, head("晨光便利店", "练习，不作凭证"), saleBody(), foot())},
}

func doc(parts ...[]paper.Element) paper.Document {
	return paper.Document{Elements: slices.Concat(parts...)}
}

func head(shop string, marks ...string) []paper.Element {
	elements := []paper.Element{paper.Title(shop)}
	for _, m := range marks {
		elements = append(elements, paper.Mark(m))
	}
	return append(elements, paper.Text("解放路 18 号  0571-8600 1234"), paper.Rule())
}

func saleBody() []paper.Element {
	return []paper.Element{
		paper.Pair("小票号", "01006128"),
		paper.Pair("时间", "2026-11-21 14:33:26"),
		paper.Pair("收银员", "王敏·早班"),
		paper.Rule(),
		paper.Pair("应收", "128.50"),
		paper.Total("实收", "¥128.50"),
		paper.Rule(),
		paper.Pair("支付方式", "支付宝"),
		paper.Pair("商户订单号", "FD01261121143302006128001"),
		paper.Pair("支付宝交易号", "2026112122001458860515315313"),
		paper.Rule(),
		paper.Barcode("01006128"),
		paper.Text("退货请带本小票"),
	}
}

func refundBody() []paper.Element {
	return []paper.Element{
		paper.Pair("小票号", "01006128"),
		paper.Pair("退款时间", "2026-11-21 16:02:11"),
		paper.Rule(),
		paper.Pair("实收", "128.50"),
		paper.Total("退款", "¥26.00"),
		paper.Pair("原因", "包装破损"),
		paper.Pair("退款单号", "FD01261121143302006128001R001"),
		paper.Rule(),
		paper.Barcode("01006128"),
	}
}

func foot() []paper.Element {
	return []paper.Element{
		paper.QR("https://u.wechat.com/EAbcdefghijklmnopqrstuvwx"),
		paper.Text("谢谢惠顾，欢迎再来"),
		paper.Cut(),
	}
}

func encode(t testing.TB, d paper.Document, p escpos.Profile) ([]byte, []escpos.Note) {
	t.Helper()
	painter, err := paper.NewPainter(fonts.Mono, fonts.Bold)
	if err != nil {
		t.Fatal(err)
	}
	b, notes, err := escpos.Encoder{Profile: p, Painter: painter}.Encode(paper.Layout(d, p.Width))
	if err != nil {
		t.Fatal(err)
	}
	return b, notes
}

func mustParse(t testing.TB, b []byte) []command {
	t.Helper()
	commands, err := parse(b)
	if err != nil {
		t.Fatalf("not a valid stream: %v\nso far\n%s", err, dump(commands))
	}
	return commands
}

// The golden files show each command with its bytes. After a change on
// purpose: go test ./hardware/escpos -update, and read the difference.
func TestReceiptsGolden(t *testing.T) {
	for _, r := range receipts {
		for _, width := range []paper.Width{paper.Width58, paper.Width80} {
			name := fmt.Sprintf("%s-%d.txt", r.name, width)
			t.Run(name, func(t *testing.T) {
				b, notes := encode(t, r.doc, escpos.Standard(width))
				if len(notes) > 0 {
					t.Errorf("notes %v", notes)
				}
				got := dump(mustParse(t, b))
				path := filepath.Join("testdata", name)
				if *update {
					if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("differs from %s; got\n%s", path, got)
				}
			})
		}
	}
}

// What the bytes print is what the layout says, line for line.
func TestBytesSayWhatTheLayoutSays(t *testing.T) {
	for _, encoding := range []escpos.Encoding{escpos.GB18030, escpos.GBK} {
		for _, r := range receipts {
			p := escpos.Standard(paper.Width58)
			p.Encoding = encoding
			b, _ := encode(t, r.doc, p)
			var want []string
			for _, l := range paper.Layout(r.doc, p.Width) {
				switch l.Kind {
				case paper.KindText:
					want = append(want, l.Text)
				case paper.KindRule:
					want = append(want, strings.Repeat("-", 32))
				case paper.KindQR:
					want = append(want, "", "")
				}
			}
			if got := textLines(mustParse(t, b)); !slices.Equal(got, want) {
				t.Errorf("%s in %s:\n%q\nwant\n%q", r.name, encoding, got, want)
			}
		}
	}
}

func TestCharactersThatAnEncodingLacks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		encoding   escpos.Encoding
		want       string
		missing    string
	}{
		{"the yen sign becomes the full-width one", "¥12.50", escpos.GBK, "\xA3\xA412.50", ""},
		{"names outside of GB 2312", "镕喆", escpos.GBK, "\xE9\x46\x86\xB4", ""},
		{"middle dot and times", "·×", escpos.GBK, "\xA1\xA4\xA1\xC1", ""},
		{"a rare character is a question mark in GBK", "a㐀b", escpos.GBK, "a\xA3\xBFb", "㐀"},
		{"and has four bytes in GB18030", "a㐀b", escpos.GB18030, "a\x81\x39\xEE\x39b", ""},
		{"an emoji, twice, is reported once", "😀😀", escpos.GBK, "\xA3\xBF\xA3\xBF", "😀"},
		{"the euro sign is no single byte", "€", escpos.GBK, "\xA3\xBF", "€"},
		{"and has two bytes in GB18030", "€", escpos.GB18030, "\xA2\xE3", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := escpos.Standard(paper.Width58)
			p.Encoding = c.encoding
			b, notes := encode(t, doc([]paper.Element{paper.Left(c.text)}), p)
			if !bytes.HasSuffix(b, []byte(c.want+"\n")) {
				t.Errorf("ends with % x, want % x", b[max(0, len(b)-len(c.want)-1):], c.want+"\n")
			}
			missing := ""
			for _, n := range notes {
				missing += string(n.Missing)
			}
			if missing != c.missing {
				t.Errorf("reported %q, want %q", missing, c.missing)
			}
		})
	}
}

// A replaced character keeps the amount at its right in the last column.
func TestQuestionMarksKeepTheColumns(t *testing.T) {
	p := escpos.Standard(paper.Width58)
	p.Encoding = escpos.GBK
	b, notes := encode(t, doc([]paper.Element{paper.Pair("㐀茶", "9.00")}), p)
	line := textLines(mustParse(t, b))[0]
	if paper.Columns(line) != 32 || !strings.HasSuffix(line, " 9.00") || !strings.HasPrefix(line, "？茶 ") {
		t.Errorf("printed %q", line)
	}
	if len(notes) != 1 || notes[0].Line != 0 || !strings.Contains(notes[0].String(), "㐀") {
		t.Errorf("notes %v", notes)
	}
}

func TestCutAndDrawer(t *testing.T) {
	ms := time.Millisecond
	for _, c := range []struct {
		name    string
		change  func(*escpos.Profile)
		element paper.Element
		want    string
	}{
		{"drawer by the profile", nil, paper.Drawer(0, 0, 0), "\x1bp\x00\x32\xfa"},
		{"drawer at pin 5", func(p *escpos.Profile) { p.DrawerPin = 5 }, paper.Drawer(0, 0, 0), "\x1bp\x01\x32\xfa"},
		{"the document wins", nil, paper.Drawer(5, 60*ms, 120*ms), "\x1bp\x01\x1e\x3c"},
		{"a pulse too long is cut to 510 ms", nil, paper.Drawer(2, time.Minute, time.Hour), "\x1bp\x00\xff\xff"},
		{"no pulse is still five bytes", func(p *escpos.Profile) { p.PulseOn, p.PulseOff = 0, 0 }, paper.Drawer(0, 0, 0), "\x1bp\x00\x01\x01"},
		{"partial cut", nil, paper.Cut(), "\x1dVB\x00"},
		{"full cut", func(p *escpos.Profile) { p.Cut = escpos.CutFull }, paper.Cut(), "\x1dVA\x00"},
		{"no cutter", func(p *escpos.Profile) { p.Cut = escpos.CutNone }, paper.Cut(), "\x1bd\x04"},
		{"feed", nil, paper.Feed(3), "\x1bd\x03"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, encoding := range []escpos.Encoding{escpos.GB18030, escpos.Raster} {
				p := escpos.Standard(paper.Width80)
				p.Encoding = encoding
				if c.change != nil {
					c.change(&p)
				}
				b, _ := encode(t, doc([]paper.Element{c.element}), p)
				mustParse(t, b)
				if !bytes.HasSuffix(b, []byte(c.want)) {
					t.Errorf("%s: % x does not end with % x", encoding, b, c.want)
				}
			}
		})
	}
}

func TestPlainPrinterGetsNoChineseMode(t *testing.T) {
	p := escpos.Standard(paper.Width58)
	p.ChineseMode = false
	b, _ := encode(t, receipts[0].doc, p)
	for _, c := range mustParse(t, b) {
		if strings.HasPrefix(c.name, "FS") {
			t.Errorf("%s in the stream", c)
		}
	}
}

func TestRasterProfileSendsTheWholeReceiptAsPictures(t *testing.T) {
	d := doc([]paper.Element{paper.Drawer(0, 0, 0)}, receipts[0].doc.Elements, []paper.Element{paper.Text("😀"), paper.Cut()})
	p := escpos.Standard(paper.Width58)
	p.Encoding, p.Cut = escpos.Raster, escpos.CutFull
	b, notes := encode(t, d, p)
	if len(notes) != 1 || string(notes[0].Missing) != "😀" {
		t.Errorf("notes %v, want one of 😀", notes)
	}
	commands := mustParse(t, b)
	if last := commands[len(commands)-1]; commands[2].name != "ESC p" || last.name != "GS V" {
		t.Errorf("the drawer is %s, the end %s", commands[2], last)
	}
	painter, err := paper.NewPainter(fonts.Mono, fonts.Bold)
	if err != nil {
		t.Fatal(err)
	}
	lines := paper.Layout(d, p.Width)
	cut := slices.IndexFunc(lines, func(l paper.Line) bool { return l.Kind == paper.KindCut })
	want := append(slices.Clone(painter.Strip(lines[1:cut], p.Width).Pix), painter.Strip(lines[cut+1:], p.Width).Pix...)
	if got := pixels(commands, 384); !bytes.Equal(got.Pix, want) {
		t.Errorf("%d rows of picture differ from the painter's %d", got.Rect.Dy(), len(want)/384)
	}
}

func TestSymbolsAsPicturesNeedNoTypeface(t *testing.T) {
	p := escpos.Standard(paper.Width58)
	p.RasterQR, p.RasterBarcode = true, true
	lines := paper.Layout(doc([]paper.Element{paper.Text("前"), paper.Barcode("01006128"), paper.QR("https://example.com"), paper.Text("后")}), p.Width)
	b, _, err := escpos.Encoder{Profile: p}.Encode(lines)
	if err != nil {
		t.Fatal(err)
	}
	commands := mustParse(t, b)
	for _, c := range commands {
		if strings.HasPrefix(c.name, "GS (") || strings.HasPrefix(c.name, "GS k") {
			t.Errorf("%s in the stream", c)
		}
	}
	symbols := slices.DeleteFunc(slices.Clone(lines), func(l paper.Line) bool { return l.Kind == paper.KindText })
	if got, want := pixels(commands, 384), (&paper.Painter{}).Strip(symbols, p.Width); !bytes.Equal(got.Pix, want.Pix) {
		t.Error("the pictures differ from the painter's")
	}
	if got := textLines(commands); !slices.Equal(got, []string{"前", "01006128", "后"}) {
		t.Errorf("text is %q", got)
	}
}

// pixels puts the pictures of a stream together again.
func pixels(commands []command, width int) *image.Gray {
	var pix []byte
	for _, c := range commands {
		if c.name != "GS v 0" {
			continue
		}
		for _, b := range c.args[5:] {
			for bit := 7; bit >= 0; bit-- {
				if b>>bit&1 == 1 {
					pix = append(pix, 0)
				} else {
					pix = append(pix, 0xFF)
				}
			}
		}
	}
	return &image.Gray{Pix: pix, Stride: width, Rect: image.Rect(0, 0, width, len(pix)/width)}
}

func TestBadProfilesAreNamed(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*escpos.Profile)
		says   string
	}{
		{"width", func(p *escpos.Profile) { p.Width = 57 }, "57"},
		{"encoding", func(p *escpos.Profile) { p.Encoding = "utf-8" }, "utf-8"},
		{"cut", func(p *escpos.Profile) { p.Cut = "" }, "cut"},
		{"pin", func(p *escpos.Profile) { p.DrawerPin = 3 }, "pin 3"},
	} {
		p := escpos.Standard(paper.Width58)
		c.change(&p)
		_, _, err := escpos.Encoder{Profile: p}.Encode(nil)
		if !errors.Is(err, escpos.ErrProfile) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	p := escpos.Standard(paper.Width58)
	p.Encoding = escpos.Raster
	if _, _, err := (escpos.Encoder{Profile: p}).Encode(nil); !errors.Is(err, escpos.ErrNoPainter) {
		t.Errorf("raster without typefaces: %v", err)
	}
}

// Whatever a shop's name, a remark or a channel's answer holds: the stream
// stays valid and reads back as the cleaned text.
func FuzzAnyText(f *testing.F) {
	for _, s := range []string{"谢谢惠顾", "\x1b@\x1dV\x00\x10\x04\x01", "¥ 12.50 €", "a\nb\r\nc", "{C\x01", "\xff\xfe\x80", "😀㐀\u202e\u200d", "\uE5E5\uE7C7\u1E3F", strings.Repeat("！", 70)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := doc([]paper.Element{paper.Title(text), paper.Left(text), paper.Pair("金额", text), paper.Barcode(text), paper.Mark(text)})
		for _, encoding := range []escpos.Encoding{escpos.GB18030, escpos.GBK} {
			p := escpos.Standard(paper.Width58)
			p.Encoding = encoding
			lines := paper.Layout(d, p.Width)
			b, notes, err := escpos.Encoder{Profile: p}.Encode(lines)
			if err != nil {
				t.Fatal(err)
			}
			commands := mustParse(t, b)
			missing := map[rune]bool{}
			for _, n := range notes {
				for _, r := range n.Missing {
					missing[r] = true
				}
			}
			if encoding == escpos.GB18030 && len(missing) > 0 {
				t.Fatalf("GB18030 has everything, but %v", notes)
			}
			var want []string
			for _, l := range lines {
				if l.Kind != paper.KindText {
					continue
				}
				want = append(want, strings.Map(func(r rune) rune {
					if missing[r] {
						return '？'
					}
					return r
				}, l.Text))
			}
			if got := textLines(commands); !slices.Equal(got, want) {
				t.Fatalf("%s: reads %q, want %q", encoding, got, want)
			}
		}
		// Lines made by hand go through the same cleaning.
		b, _, err := escpos.Encoder{Profile: escpos.Standard(paper.Width80)}.Encode([]paper.Line{
			{Kind: paper.KindText, Text: text}, {Kind: paper.KindBarcode, Text: text, Dots: 2}, {Kind: paper.KindQR, Text: text, Dots: 3}, {Kind: paper.Kind(text)}})
		if err != nil {
			t.Fatal(err)
		}
		mustParse(t, b)
	})
}
