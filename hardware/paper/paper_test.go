package paper_test

import (
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"frontdesk/assets/fonts"
	"frontdesk/hardware/paper"
)

var pictures = flag.String("pictures", "", "keep the drawn slips as PNG files in this folder")

func painter(t testing.TB) *paper.Painter {
	t.Helper()
	p, err := paper.NewPainter(fonts.Mono, fonts.Bold)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sale is the receipt of one sale as a shop prints it.
func sale() paper.Document {
	return paper.Document{Elements: []paper.Element{
		paper.Title("晨光便利店"),
		paper.Text("解放路 18 号  0571-8600 1234"),
		paper.Rule(),
		paper.Pair("小票号", "01006128"),
		paper.Pair("时间", "2026-11-21 14:33:26"),
		paper.Pair("收银员", "王敏"),
		paper.Rule(),
		paper.Pair("应收", "128.50"),
		paper.Pair("优惠", "0.00"),
		paper.Total("实收", "¥128.50"),
		paper.Rule(),
		paper.Pair("支付方式", "支付宝"),
		paper.Pair("付款账户", "138****6021"),
		paper.Pair("商户订单号", "FD01261121143302006128"),
		paper.Pair("支付宝交易号", "2026112122001458860515315313"),
		paper.Rule(),
		paper.Barcode("01006128"),
		paper.Text("退货请带本小票"),
		paper.QR("HTTPS://SHOP"),
		paper.Text("加店主微信，订货送上门"),
		paper.Rule(),
		paper.Text("谢谢惠顾，欢迎再来"),
		paper.Cut(),
	}}
}

func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("only with -pictures DIR")
	}
	marked := sale()
	marked.Elements = append([]paper.Element{marked.Elements[0], paper.Mark("补打"), paper.Mark("练习，不作凭证")}, marked.Elements[1:]...)
	marked.Elements = append(marked.Elements, paper.Element{Kind: paper.KindPair, Text: "Bold WMQg@", Value: "差异 0.00", Bold: true},
		paper.Left("Keep this receipt to return the goods within seven days. 😀 "), paper.Pair("QgpyÅ", "×·￥"))
	for name, doc := range map[string]paper.Document{"sale": sale(), "marked": marked} {
		for _, w := range []paper.Width{paper.Width58, paper.Width80} {
			lines := paper.Layout(doc, w)
			f, err := os.Create(filepath.Join(*pictures, name+"-"+map[paper.Width]string{58: "58", 80: "80"}[w]+".png"))
			if err != nil {
				t.Fatal(err)
			}
			if err := png.Encode(f, painter(t).Picture(lines, w)); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
