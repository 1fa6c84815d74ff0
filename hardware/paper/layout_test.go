package paper_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"frontdesk/hardware/paper"
)

func doc(elements ...paper.Element) paper.Document { return paper.Document{Elements: elements} }

func TestReceiptLaysOutOnBothPapers(t *testing.T) {
	const narrow = `           晨光便利店
  解放路 18 号  0571-8600 1234
--------------------------------
小票号                  01006128
时间         2026-11-21 14:33:26
收银员                      王敏
--------------------------------
应收                      128.50
优惠                        0.00
实收                    ￥128.50
--------------------------------
支付方式                  支付宝
付款账户             138****6021
商户订单号
          FD01261121143302006128
支付宝交易号
    2026112122001458860515315313
--------------------------------
[|| 01006128 ||]
            01006128
         退货请带本小票
[QR HTTPS://SHOP]
     加店主微信，订货送上门
--------------------------------
       谢谢惠顾，欢迎再来
`
	// The title is in double size: centred by its width on paper.
	got := paper.Plain(paper.Layout(sale(), paper.Width58), paper.Width58)
	if want := strings.Replace(narrow, "           晨", "      晨", 1); got != want {
		t.Errorf("58 mm:\n%s\nwant\n%s", got, want)
	}
	wide := paper.Plain(paper.Layout(sale(), paper.Width80), paper.Width80)
	for _, line := range []string{
		"商户订单号                FD01261121143302006128\n",
		"支付宝交易号        2026112122001458860515315313\n",
		strings.Repeat("-", 48) + "\n",
	} {
		if !strings.Contains(wide, line) {
			t.Errorf("80 mm lacks %q in\n%s", line, wide)
		}
	}
}

func TestPairs(t *testing.T) {
	for _, c := range []struct {
		name, label, value string
		want               []string
	}{
		{"both fit", "应收", "128.50", []string{"应收                      128.50"}},
		{"the last column is used", "0123456789", "abcdefghijklmnopqrstu", []string{"0123456789 abcdefghijklmnopqrstu"}},
		{"no room for a space between", "0123456789", "abcdefghijklmnopqrstuv", []string{"0123456789", "          abcdefghijklmnopqrstuv"}},
		{"a yen sign takes two columns", "", "¥1", []string{"                             ￥1"}},
		{"middle dot and times take two columns", "王敏·早班", "3×2", []string{"王敏·早班                  3×2"}},
		{"a very long number comes in even pieces", "链头", strings.Repeat("0123456789abcdef", 4), []string{"链头",
			"0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"}},
		{"two numbers on two lines", "号", "12\n345", []string{"号", "                              12", "                             345"}},
		{"no label", "", "9.00", []string{"                            9.00"}},
		{"no value", "签字", "", []string{"签字"}},
		{"a long label wraps", "一二三四五六七八九十一二三四五六七", "1.00", []string{"一二三四五六七八九十一二三四五六", "七", "                            1.00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range paper.Layout(doc(paper.Pair(c.label, c.value)), paper.Width58) {
				got = append(got, l.Text)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTextWraps(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"short", "谢谢", []string{"谢谢"}},
		{"empty is an empty line", "", []string{""}},
		{"own line breaks stay", "a\r\nb\rc\nd", []string{"a", "b", "c", "d"}},
		{"between Chinese characters", "一二三四五六七八九十一二三四五六七八", []string{"一二三四五六七八九十一二三四五六", "七八"}},
		{"a wide character is never split", "x一二三四五六七八九十一二三四五六", []string{"x一二三四五六七八九十一二三四五", "六"}},
		{"no comma at the start of a line", "一二三四五六七八九十一二三四五六，七", []string{"一二三四五六七八九十一二三四五", "六，七"}},
		{"at a space", "Please keep this receipt for any return", []string{"Please keep this receipt for any", "return"}},
		{"before a word", "Keep this receipt to return the goods", []string{"Keep this receipt to return the", "goods"}},
		{"a word of more than a line", strings.Repeat("x", 40), []string{strings.Repeat("x", 32), "xxxxxxxx"}},
		{"control characters go", "a\x1b@b\x10\x04\x01c\x00\u200b\ufeffd", []string{"a@bcd"}},
		{"tabs and hard spaces are spaces", "a\tb\u00a0c", []string{"a b c"}},
		{"broken bytes are question marks", "a\xffb\uE000", []string{"a?b?"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range paper.Layout(doc(paper.Text(c.text)), paper.Width58) {
				got = append(got, l.Text)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDoubleSizeWrapsAtHalfTheColumns(t *testing.T) {
	lines := paper.Layout(doc(paper.Title("一二三四五六七八九"), paper.Mark("练习，不作凭证")), paper.Width58)
	var got []string
	for _, l := range lines {
		if !l.Wide || !l.Tall || !l.Bold || !l.Centred || l.Columns() > 32 {
			t.Errorf("%+v is not a centred double-size line of at most 32 columns", l)
		}
		got = append(got, l.Text)
	}
	if want := []string{"一二三四五六七八", "九", "练习，不作凭证"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSymbols(t *testing.T) {
	for _, c := range []struct {
		name    string
		element paper.Element
		kind    paper.Kind
		dots    int
	}{
		{"receipt number", paper.Barcode("01006128"), paper.KindBarcode, 3},
		{"a trade number is too long for 58 mm", paper.Barcode("2026112122001458860515315313"), paper.KindText, 0},
		{"sixteen digits need narrower bars", paper.Barcode("2026112122001458"), paper.KindBarcode, 2},
		{"an odd digit", paper.Barcode("1234567"), paper.KindBarcode, 3},
		{"letters are text", paper.Barcode("FD0126"), paper.KindText, 0},
		{"nothing is an empty line", paper.Barcode(""), paper.KindText, 0},
		{"digits without end are text", paper.Barcode(strings.Repeat("0123456789", 9)), paper.KindText, 0},
		{"small QR", paper.QR("HTTPS://SHOP"), paper.KindQR, 7},
		{"QR of a link", paper.QR("https://u.wechat.com/EAbcdefghijklmnopqrstuvwx"), paper.KindQR, 6},
		{"QR of much", paper.QR(strings.Repeat("x", 400)), paper.KindQR, 4},
		{"QR of too much is text", paper.QR(strings.Repeat("x", 2000)), paper.KindText, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			first := paper.Layout(doc(c.element), paper.Width58)[0]
			if first.Kind != c.kind || first.Dots != c.dots {
				t.Errorf("got %s of %d dots, want %s of %d", first.Kind, first.Dots, c.kind, c.dots)
			}
		})
	}
}

func TestCommandsKeepTheirPlace(t *testing.T) {
	lines := paper.Layout(doc(
		paper.Drawer(5, 120*time.Millisecond, 300*time.Millisecond), paper.Text("a"), paper.Feed(0), paper.Feed(3), paper.Feed(9999), paper.Cut(),
		paper.Element{Kind: "from a newer version", Text: "x"},
	), paper.Width80)
	want := []paper.Line{
		{Kind: paper.KindDrawer, Pin: 5, On: 120 * time.Millisecond, Off: 300 * time.Millisecond},
		{Kind: paper.KindText, Text: "a", Centred: true},
		{Kind: paper.KindFeed, Lines: 1}, {Kind: paper.KindFeed, Lines: 3}, {Kind: paper.KindFeed, Lines: 50},
		{Kind: paper.KindCut},
	}
	if !reflect.DeepEqual(lines, want) {
		t.Errorf("got  %+v\nwant %+v", lines, want)
	}
}

// A job that waits for paper is kept as JSON and must print the same later.
func TestDocumentSurvivesJSON(t *testing.T) {
	before := sale()
	before.Elements = append(before.Elements, paper.Left("左"), paper.Feed(2), paper.Mark("补打"), paper.Drawer(2, 100*time.Millisecond, 0))
	raw, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	var after paper.Document
	if err := json.Unmarshal(raw, &after); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("got  %+v\nwant %+v", after, before)
	}
}

func FuzzLayout(f *testing.F) {
	for _, s := range []string{"谢谢惠顾，欢迎再来", "a b c", "¥12.50", "\x1b@\x1dV\x00", "x\xff\xfe", strings.Repeat("长", 99), "Å😀e\u0301\u202e", "（（（（（（（（（（（（（（（（（（（（（（"} {
		f.Add(s, "1234567890")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		for _, width := range []paper.Width{paper.Width58, paper.Width80} {
			for _, e := range []paper.Element{paper.Title(text), paper.Text(text), paper.Left(text), paper.Pair(text, value), paper.Total(value, text), paper.Barcode(text)} {
				var printed strings.Builder
				for _, l := range paper.Layout(doc(e), width) {
					if l.Kind == paper.KindBarcode {
						continue
					}
					if l.Columns() > width.Columns() {
						t.Fatalf("%s: %q takes %d columns", e.Kind, l.Text, l.Columns())
					}
					if strings.ContainsFunc(l.Text, unicode.IsControl) || paper.Clean(l.Text) != l.Text {
						t.Fatalf("%s: %q is not clean", e.Kind, l.Text)
					}
					printed.WriteString(l.Text)
				}
				want := squeeze(paper.Clean(e.Text)) + squeeze(paper.Clean(e.Value))
				if got := squeeze(printed.String()); got != want {
					t.Fatalf("%s: printed %q of %q", e.Kind, got, want)
				}
			}
		}
	})
}

// squeeze drops the white space, which a layout may move.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
