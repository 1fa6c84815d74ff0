package paysim

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"frontdesk/payment"
)

func (l *till) billOf(day string) said {
	l.t.Helper()
	return l.ask(billMethod, fields{"bill_type": "trade", "bill_date": day})
}

// fetch downloads what stands at an address.
func fetch(t testing.TB, address string) []byte {
	t.Helper()
	r, err := http.Get(address)
	check(t, err)
	defer r.Body.Close()
	want(t, "status", r.StatusCode, 200)
	body, err := io.ReadAll(r.Body)
	check(t, err)
	return body
}

func fromGBK(t testing.TB, raw []byte) string {
	t.Helper()
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw)
	check(t, err)
	return string(text)
}

// unzipped is what a bill holds: its names and texts, in order.
func unzipped(t testing.TB, body []byte) (names, texts []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	check(t, err)
	for _, f := range z.File {
		if f.Flags&0x800 != 0 {
			t.Errorf("the name %q is declared as UTF-8", f.Name)
		}
		r, err := f.Open()
		check(t, err)
		text, err := io.ReadAll(r)
		check(t, err)
		names, texts = append(names, fromGBK(t, []byte(f.Name))), append(texts, fromGBK(t, text))
	}
	return names, texts
}

// Never of today, and from nine o'clock in the morning on of yesterday.
func TestWhenTheBillOfADayExists(t *testing.T) {
	l := startTill(t, Options{}) // 21 November 2026, 14:30
	l.paidOrder("12.50")
	says := func(when, day, answer string) {
		t.Helper()
		a := l.billOf(day)
		want(t, when+": the bill of "+day, a.String(), answer)
		want(t, when+": signed", a.Signed, true)
		want(t, when+": an address", a.text("bill_download_url") != "", answer == "10000")
	}
	says("today", "2026-11-21", "40004 invalid_arguments")
	says("today", "2026-11-22", "40004 invalid_arguments")
	says("today", "2026-11-20", "40004 NO_BILL_DATA")
	says("today", "2016-01-01", "40004 NO_BILL_DATA")
	says("today", "2015-12-31", "40004 invalid_arguments")
	l.clock.pass(9*time.Hour + 30*time.Minute)
	says("at midnight", "2026-11-21", "40004 isp.bill_not_exist")
	says("at midnight", "2026-11-22", "40004 invalid_arguments")
	l.clock.pass(9*time.Hour - time.Second)
	says("just before nine", "2026-11-21", "40004 isp.bill_not_exist")
	l.clock.pass(time.Second)
	says("at nine", "2026-11-21", "10000")
	l.clock.pass(400 * 24 * time.Hour)
	says("a year later", "2026-11-21", "10000")
}

func TestFieldsOfABillAreChecked(t *testing.T) {
	l := startTill(t, Options{})
	for _, c := range []fields{
		{"bill_type": "trade"}, {"bill_date": "2026-11-20"}, {"bill_type": "", "bill_date": "2026-11-20"},
		{"bill_type": "signcustomer", "bill_date": "2026-11-20"}, {"bill_type": "trade", "bill_date": "2026-11"},
		{"bill_type": "trade", "bill_date": "20261120"}, {"bill_type": "trade", "bill_date": "2026-11-31"},
		{"bill_type": "trade", "bill_date": "2026-1-20"}, {"bill_type": "trade", "bill_date": 20261120},
		{"bill_type": "trade", "bill_date": "2026-11-20", "smid": "2088000000000026"},
	} {
		want(t, fmt.Sprint(c), l.ask(billMethod, c).String(), "40004 invalid_arguments")
	}
	wrong := l.params(billMethod, fields{"bill_type": "trade", "bill_date": "2026-11-20"})
	wrong.Set("sign", signature(t, l.keys.alipay, plainText(wrong)))
	want(t, "somebody else's signature", l.post(wrong).String(), "40002 isv.invalid-signature")
}

func TestTheFileOfABill(t *testing.T) {
	l := startTill(t, Options{})
	whole := l.paidOrder("100.00")
	l.clock.pass(time.Minute)
	want(t, "refund", l.refundNo(whole, "30.00", "R1").String(), "10000")
	l.clock.pass(time.Minute)
	dear := l.orderNo()
	want(t, "discount", l.payWith(dear, "50.00", l.FreshCode(14)).String(), "10000")
	l.clock.pass(time.Minute)
	want(t, "refund of it", l.refundNo(dear, "20.00", "R2").String(), "10000")
	undone := l.paidOrder("8.00")
	want(t, "cancel", l.cancelNo(undone).String(), "10000")
	l.clock.pass(24 * time.Hour)
	late := l.paidOrder("9.00") // of the next day, which has an end too
	want(t, "refund next day", l.refundNo(whole, "70.00", "R3").String(), "10000")

	names, texts := unzipped(t, fetch(t, l.billOf("2026-11-21").text("bill_download_url")))
	want(t, "files", strings.Join(names, " "), "20880000000000180156_20261121_业务明细(汇总).csv 20880000000000180156_20261121_业务明细.csv")
	truth := l.Truth().Orders
	at := func(minute string) string { return "2026-11-21 14:" + minute + ":00" }
	row := func(no, what, made, at, amounts, discount, request, fee string) string {
		const who = "\t,\t,\t,\t,"
		return truth[no].TradeNo + "\t," + no + "\t," + what + "\t,咖啡," + made + "," + at + "," + who + buyerOf(l, no) + "\t," +
			amounts + ",0.00,0.00,0.00," + discount + ",0.00,,0.00\t,0.00," + request + "\t," + fee + ",0.00,咖啡"
	}
	const ruler = "-----------------------------------------"
	want(t, "details", texts[1], strings.Join([]string{
		"#支付宝业务明细查询", "#账号：[20880000000000180156]", "#起始日期：[2026年11月21日 00:00:00]   终止日期：[2026年11月22日 00:00:00]",
		"#" + ruler + "业务明细列表" + ruler[1:], billColumns,
		row(whole, "交易", at("30"), at("30"), "100.00,100.00", "0.00", "", "-0.60"),
		row(whole, "退款", at("30"), at("31"), "-30.00,-30.00", "0.00", "R1", "0.18"),
		row(dear, "交易", at("32"), at("32"), "50.00,45.00", "5.00", "", "-0.27"),
		row(dear, "退款", at("32"), at("33"), "-20.00,-18.00", "-2.00", "R2", "0.11"),
		row(undone, "交易", at("33"), at("33"), "8.00,8.00", "0.00", "", "-0.05"),
		row(undone, "退款", at("33"), at("33"), "-8.00,-8.00", "0.00", "", "0.05"),
		"#" + ruler + "业务明细列表结束" + ruler[5:], "#交易合计：3笔，商家实收共153.00元，商家优惠共5.00元", "#退款合计：3笔，商家实收退款共-56.00元，商家优惠退款共-2.00元",
		"#导出时间：[2026年11月22日 14:33:00]", "",
	}, "\r\n"))
	if !strings.Contains(texts[0], "\r\n合计\t,\t,3,3,100.00,97.00,0.00,3.00,0.00,-0.58,0.00,96.42\r\n") {
		t.Errorf("summary: %s", texts[0])
	}
	l.clock.pass(24 * time.Hour)
	_, texts = unzipped(t, fetch(t, l.billOf("2026-11-22").text("bill_download_url")))
	for what, has := range map[string]bool{late: true, "\tR3": false, ",R3\t,": true, dear: false, "#交易合计：1笔，商家实收共9.00元": true, "#退款合计：1笔，商家实收退款共-70.00元": true} {
		want(t, "the next day has "+what, strings.Contains(texts[1], what), has)
	}
}

// buyerOf is the payer's name in answers about an order.
func buyerOf(l *till, no string) string {
	l.t.Helper()
	name := l.queryNo(no).text("buyer_logon_id")
	if name == "" {
		l.t.Errorf("order %s has no payer", no)
	}
	return name
}

// What another channel took is in nobody else's bill.
func TestABillHoldsItsOwnChannelAlone(t *testing.T) {
	l := startTill(t, Options{})
	own := l.paidOrder("12.50")
	check(t, l.book.change(func(p *page) {
		o, _ := p.find(own)
		o.No, o.TradeNo, o.Channel, o.CodeHash = "FDOTHER", p.newTradeNo(payment.WalletWeChat), payment.WeChat, ""
		p.save(o)
	}))
	l.clock.pass(24 * time.Hour)
	_, texts := unzipped(t, fetch(t, l.billOf("2026-11-21").text("bill_download_url")))
	want(t, "its own", strings.Contains(texts[1], own), true)
	want(t, "another's", strings.Contains(texts[1], "FDOTHER"), false)
}

func TestWhatGBKDoesNotHaveIsAQuestionMark(t *testing.T) {
	want(t, "text", fromGBK(t, inGBK("咖啡☕与🍰")), "咖啡?与?")
}

func TestAnAddressOfABillDies(t *testing.T) {
	l := startTill(t, Options{})
	l.paidOrder("12.50")
	l.clock.pass(24 * time.Hour)
	address := l.billOf("2026-11-21").text("bill_download_url")
	alive := func(address string) bool { return bytes.HasPrefix(fetch(t, address), []byte("PK")) }
	want(t, "at once", alive(address), true)
	l.clock.pass(30*time.Second - time.Millisecond)
	want(t, "again, in the last moment", alive(address), true)
	want(t, "of another day", alive(strings.Replace(address, "20261121", "20261120", 1)), false)
	want(t, "with another token", alive(address+"A"), false)
	want(t, "without its query", alive(strings.Split(address, "?")[0]), false)
	r, err := http.Post(address, "text/plain", nil)
	check(t, err)
	defer r.Body.Close()
	posted, err := io.ReadAll(r.Body)
	check(t, err)
	want(t, "posted", bytes.HasPrefix(posted, []byte("PK")), false)
	l.clock.pass(time.Millisecond)
	want(t, "after 30 seconds", alive(address), false)
	want(t, "asked for again", alive(l.billOf("2026-11-21").text("bill_download_url")), true)
}

// Both calls break in every way that the wire has, and are whole again after.
func TestFaultsOfABill(t *testing.T) {
	for _, kind := range FaultKinds {
		l := startTill(t, Options{})
		l.paidOrder("12.50")
		l.clock.pass(24 * time.Hour)
		address := l.billOf("2026-11-21").text("bill_download_url")
		l.SetFault(func(method string, n int) Fault {
			if (method == billMethod || method == billDownload) && n == 1 {
				return Fault{Kind: kind, SubCode: "isp.unknow-error"}
			}
			return Fault{}
		})
		whole := map[FaultKind]bool{WrongKey: true, Unsigned: true, OtherOrder: true} // a file has no signature, and a bill no order
		want(t, string(kind)+": download", downloads(address), whole[kind])
		want(t, string(kind)+": download again", downloads(address), true)
		r, err := http.PostForm(l.URL(), l.sign(l.params(billMethod, fields{"bill_type": "trade", "bill_date": "2026-11-21"})))
		signed := false
		if err == nil {
			body, err := io.ReadAll(r.Body)
			r.Body.Close()
			signed = err == nil && bytes.Contains(body, []byte("bill_download_url")) && bytes.Contains(body, []byte(`"sign"`))
		}
		want(t, string(kind)+": address", signed, kind == WrongKey || kind == OtherOrder)
		want(t, string(kind)+": address again", l.billOf("2026-11-21").String(), "10000")
	}
}

// downloads reports whether a whole file stands at an address. On a connection
// that was used before, net/http would ask twice.
func downloads(address string) bool {
	r, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(address)
	if err != nil {
		return false
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != 200 {
		return false
	}
	_, err = zip.NewReader(bytes.NewReader(body), int64(len(body)))
	return err == nil
}

// A till that logs what the simulator does has no addresses in its log that
// anybody could use.
func TestTheAddressOfABillIsNotLogged(t *testing.T) {
	var log bytes.Buffer
	l := startTill(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	l.paidOrder("12.50")
	l.clock.pass(24 * time.Hour)
	address := l.billOf("2026-11-21").text("bill_download_url")
	want(t, "download", downloads(address), true)
	check(t, l.Close())
	u, err := url.Parse(address)
	check(t, err)
	token := u.Query().Get("token")
	want(t, "a token was made", len(token) > 20, true)
	want(t, "the token is logged", strings.Contains(log.String(), token), false)
	want(t, "the download is logged", strings.Contains(log.String(), billDownload), true)
}
