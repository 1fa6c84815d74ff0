package alipay

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// member is one file in a ZIP.
type member struct {
	name string
	body []byte
}

// zipped is a ZIP as Alipay packs it: no flag says what its names are written in.
func zipped(t testing.TB, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, NonUTF8: true, Method: zip.Deflate})
		if err == nil {
			_, err = f.Write(m.body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gbk(t testing.TB, s string) []byte {
	t.Helper()
	raw, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

const summaryText = "#支付宝业务汇总查询\n门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）\n合计\t,\t,6,7,141.00\n"

// account is another kind of bill, of everything on the merchant's account.
const accountText = "#支付宝账务明细查询\n账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\n"

func TestTheListOfTradesIsFoundByItsHeader(t *testing.T) {
	bill := goldenBill(t)
	name := string(gbk(t, "20880000000000180156_20261120_业务明细"))
	details, summary := member{name + ".csv", gbk(t, bill)}, member{name + string(gbk(t, "(汇总).csv")), gbk(t, summaryText)}
	account := member{name + "x.csv", gbk(t, accountText)}
	for what, members := range map[string][]member{
		"the sums first":             {summary, details},
		"the sums last":              {details, summary},
		"without the sums":           {details},
		"with the account":           {account, summary, details},
		"with a folder":              {{"bill/", nil}, {"bill/" + name, details.body}, summary},
		"with an empty file":         {{"empty", nil}, details},
		"the names exchanged":        {{details.name, summary.body}, {summary.name, details.body}},
		"a name in UTF-8":            {{"业务明细.csv", details.body}, summary},
		"a name that leaves":         {{"../../业务明细.csv", details.body}, summary},
		"content in UTF-8":           {summary, {name, []byte(bill)}},
		"content in UTF-8 with mark": {summary, {name, []byte("\uFEFF" + bill)}},
	} {
		text, err := billText(zipped(t, members...), maxBillText)
		if err != nil || text != bill {
			t.Errorf("%s: %d bytes of %d, %v", what, len(text), len(bill), err)
		}
	}
}

// A text that was cut within a character costs that character only.
func TestHalfACharacterSwallowsNoComma(t *testing.T) {
	bill := gbk(t, goldenBill(t))
	cake := gbk(t, "蛋糕,")
	half := bytes.ReplaceAll(bill, cake, append(bytes.Clone(cake[:3]), ','))
	text, err := billText(zipped(t, member{"bill", half}), maxBillText)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := parseBill(billDay, text)
	if err != nil {
		t.Fatal(err)
	}
	sameLines(t, "the bill", lines, goldenLines())
}

func TestAZIPThatIsNoBill(t *testing.T) {
	details, summary := member{"a", gbk(t, goldenBill(t))}, member{"b", gbk(t, summaryText)}
	whole := zipped(t, summary, details)
	var many []member
	for range maxBillMembers + 1 {
		many = append(many, summary)
	}
	turned := bytes.Clone(whole) // a bit in the middle of the list
	turned[bytes.Index(whole, []byte("PK\x01\x02"))/2] ^= 0x10
	for what, tt := range map[string]struct {
		file []byte
		err  error
	}{
		"nothing":                    {nil, errNotZipped},
		"a page":                     {[]byte("<html><body>下载链接已失效</body></html>"), errNotZipped},
		"a bill that was not zipped": {details.body, errNotZipped},
		"the first half":             {whole[:len(whole)/2], errNotZipped},
		"the last half":              {whole[len(whole)/2:], nil},
		"a bit that was turned":      {turned, nil},
		"no files":                   {zipped(t), errNoTrades},
		"sums alone":                 {zipped(t, summary), errNoTrades},
		"another kind of bill":       {zipped(t, member{"c", gbk(t, accountText)}), errNoTrades},
		"two lists":                  {zipped(t, details, summary, details), errTwoBills},
		"too many files":             {zipped(t, append(many, details)...), errLongBill},
	} {
		text, err := billText(tt.file, maxBillText)
		if err == nil || text != "" || tt.err != nil && !errors.Is(err, tt.err) {
			t.Errorf("%s: %d bytes, %v; want %v", what, len(text), err, tt.err)
		}
	}
}

// zeros is a file of at least so many bytes, packed to a thousandth: one packed
// piece of it again and again.
func zeros(t testing.TB, size int) (packed []byte, unpacked int) {
	t.Helper()
	const piece = 1 << 20
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err == nil {
		_, err = w.Write(make([]byte, piece))
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	times := size/piece + 1
	return append(bytes.Repeat(b.Bytes(), times), 0x01, 0x00, 0x00, 0xff, 0xff), times * piece // ends with an empty block
}

// A few hundred kilobytes that would unpack to more than any bill are not
// unpacked: neither in one file, nor in several, nor where the ZIP says that they
// are small.
func TestABombIsNotUnpacked(t *testing.T) {
	const most = 4 << 20
	large, largeSize := zeros(t, most)
	half, halfSize := zeros(t, most/2)
	bomb := func(times int, packed []byte, says int) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for range times {
			f, err := w.CreateRaw(&zip.FileHeader{Name: "bill.csv", Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(says)})
			if err == nil {
				_, err = f.Write(packed)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	real, realSize := zeros(t, maxBillText)
	if _, err := billText(bomb(1, real, realSize), maxBillText); !errors.Is(err, errLongBill) {
		t.Errorf("the real limit: %v", err)
	}
	for what, file := range map[string][]byte{
		"one file":     bomb(1, large, largeSize),
		"two files":    bomb(2, half, halfSize),
		"a small size": bomb(1, large, 100),
		"a huge size":  bomb(1, half, 1<<60),
	} {
		if len(file) > 1<<20 {
			t.Errorf("%s: the bomb itself has %d bytes", what, len(file))
		}
		text, err := billText(file, most)
		if err == nil || text != "" {
			t.Errorf("%s: %d bytes, %v", what, len(text), err)
		}
		if strings.Contains(what, "file") && !errors.Is(err, errLongBill) {
			t.Errorf("%s: %v", what, err)
		}
	}
	// What is no bill and fits is read to its end: the bomb above is no bad ZIP.
	if _, err := billText(bomb(1, half, halfSize), most); !errors.Is(err, errNoTrades) {
		t.Errorf("half a bomb: %v", err)
	}
}

// The address has to be one at which nobody else can listen.
func TestWhereABillMayComeFrom(t *testing.T) {
	const query = "/downloadBillFile.resource?bizType=trade&token=abc%2Fdef"
	for said, want := range map[string]string{
		"https://dwbillcenter.alipay.com" + query:    "https://dwbillcenter.alipay.com" + query,
		"http://dwbillcenter.alipay.com" + query:     "https://dwbillcenter.alipay.com" + query,
		"http://dwbillcenter.alipay.com:80" + query:  "https://dwbillcenter.alipay.com" + query,
		"HTTP://dwbillcenter.alipay.com" + query:     "https://dwbillcenter.alipay.com" + query,
		"http://127.0.0.1:8080" + query:              "http://127.0.0.1:8080" + query,
		"http://[::1]:8080" + query:                  "http://[::1]:8080" + query,
		"http://localhost:8080" + query:              "http://localhost:8080" + query,
		"http://127.0.0.1.example.com" + query:       "https://127.0.0.1.example.com" + query,
		"http://192.168.1.2" + query:                 "https://192.168.1.2" + query,
		"ftp://dwbillcenter.alipay.com" + query:      "",
		"file:///etc/passwd":                         "",
		"https://user:word@dwbillcenter.alipay.com/": "",
		"http://user@127.0.0.1:8080" + query:         "",
		"https://" + query:                           "",
		"//dwbillcenter.alipay.com" + query:          "",
		query:                                        "",
		"":                                           "",
		"https://a b/":                               "",
		"https://[::1" + query:                       "",
		"https://:443" + query:                       "",
		"https://dwbillcenter.alipay.com/\x7f":       "",
	} {
		u, err := billAddress(said)
		switch {
		case want == "" && (!errors.Is(err, errAddress) || strings.Contains(err.Error(), "token")):
			t.Errorf("%s: %v, %v", said, u, err)
		case want != "" && (err != nil || u.String() != want):
			t.Errorf("%s: %v, %v; want %s", said, u, err, want)
		}
	}
}
