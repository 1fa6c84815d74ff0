package paysim

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

const tradeBillPath = "/v3/bill/tradebill"

// billOf asks for the bill of a day as the text is; more is put behind it.
func (l *wxTill) billOf(day, more string) wxSaid {
	l.t.Helper()
	uri := tradeBillPath + "?bill_date=" + day + "&bill_type=ALL" + more
	if l.account.SubMchID != "" {
		uri += "&sub_mchid=" + l.account.SubMchID
	}
	return l.ask("GET", uri, nil)
}

// fetch gets what an address of a bill leads to.
func (l *wxTill) fetch(address string) (status int, raw []byte, h http.Header) {
	l.t.Helper()
	u, err := url.Parse(address)
	check(l.t, err)
	r := l.request("GET", u.RequestURI(), nil)
	r.Header.Set("Accept-Encoding", "identity")
	answer, err := http.DefaultClient.Do(r)
	check(l.t, err)
	defer answer.Body.Close()
	raw, err = io.ReadAll(answer.Body)
	check(l.t, err)
	return answer.StatusCode, raw, answer.Header
}

// bill is the text of a day's bill, its hash compared.
func (l *wxTill) bill(day string) string {
	l.t.Helper()
	a := l.billOf(day, "")
	want(l.t, "bill", a.String(), "200")
	_, raw, _ := l.fetch(a.text("download_url"))
	sum := sha1.Sum(raw)
	want(l.t, "hash", hex.EncodeToString(sum[:]), a.text("hash_value"))
	return string(raw)
}

func (l *wxTill) passTo(day, clock string) {
	l.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, payment.Beijing)
	check(l.t, err)
	l.clock.pass(at.Sub(l.now()))
}

// The whole text, byte for byte: what the documents show, and of the reversal and
// the deposit what was decided here.
func TestTheBillOfWeChat(t *testing.T) {
	l := startDeposits(t, Options{})
	paid := l.paid(1250)
	want(t, "refund", l.refund(paid, "R1", 250, 1250).String(), "200 SUCCESS")
	want(t, "on its way", l.refund(paid, "R2", 105, 1250).String(), "200 PROCESSING")
	reversed := l.paid(5000)
	want(t, "reverse", l.reverse(reversed).String(), "200")
	cheap := l.orderNo()
	want(t, "with a discount", l.codepay(cheap, 10000, l.code(14)).String(), "200 SUCCESS")
	want(t, "a part of it back", l.refund(cheap, "R3", 5000, 10000).String(), "200 SUCCESS")
	deposit := l.deposit(50000)
	want(t, "consume", l.consume(deposit, 20000, 50000).String(), "SUCCESS")
	shown := l.orderNo()
	check(t, l.ScanQR(l.native(shown, 700).text("code_url"), 1))
	l.deposit(1000) // stands: nobody was charged
	l.codepay(l.orderNo(), 1000, l.code(4))

	l.passTo("2026-11-22", "09:00")
	text := l.bill("2026-11-21")
	for _, o := range l.Truth().Orders {
		text = strings.ReplaceAll(text, o.TradeNo, "T"+o.OutTradeNo[16:22])
	}
	lines := strings.Split(text, "\r\n")
	payers := map[string]bool{}
	for i, line := range lines {
		if values := strings.Split(line, ",`"); len(values) > 20 {
			payers[values[7]] = true
			values[7] = "payer"
			if len(values[14]) > 1 {
				values[14] = "503"
			}
			lines[i] = strings.Join(values, ",`")
		}
	}
	want(t, "payers are told", len(payers) > 0 && !payers[""], true)
	const sp, sub = "`wx90210000000000a2,`1900090026,`1900090034,`", "FD01261121143000000"
	expected := []string{
		"\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额," +
			"微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注",
		"`2026-11-21 14:30:00," + sp + ",`T000001,`" + sub + "001001,`payer,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`12.50,`0.00,`0,`0,`0.00,`0.00,`,`,`咖啡,`,`0.08000,`0.60%,`12.50,`0.00,`",
		"`2026-11-21 14:30:15," + sp + ",`T000001,`" + sub + "001001,`payer,`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`503,`R1,`2.50,`0.00,`ORIGINAL,`SUCCESS,`咖啡,`,`-0.02000,`0.60%,`0.00,`2.50,`",
		"`2026-11-21 14:30:15," + sp + ",`T000001,`" + sub + "001001,`payer,`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`503,`R2,`1.05,`0.00,`ORIGINAL,`PROCESSING,`咖啡,`,`0.00000,`0.60%,`0.00,`1.05,`",
		"`2026-11-21 14:30:15," + sp + ",`T000002,`" + sub + "002001,`payer,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`50.00,`0.00,`0,`0,`0.00,`0.00,`,`,`咖啡,`,`0.30000,`0.60%,`50.00,`0.00,`",
		"`2026-11-21 14:30:30," + sp + ",`T000002,`" + sub + "002001,`payer,`MICROPAY,`REVOKED,`OTHERS,`CNY,`0.00,`0.00,`0,`0,`50.00,`0.00,`ORIGINAL,`,`咖啡,`,`-0.30000,`0.60%,`0.00,`50.00,`",
		"`2026-11-21 14:30:30," + sp + ",`T000003,`" + sub + "003001,`payer,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`90.00,`10.00,`0,`0,`0.00,`0.00,`,`,`咖啡,`,`0.54000,`0.60%,`100.00,`0.00,`",
		"`2026-11-21 14:30:30," + sp + ",`T000003,`" + sub + "003001,`payer,`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`503,`R3,`45.00,`0.00,`ORIGINAL,`SUCCESS,`咖啡,`,`-0.27000,`0.60%,`0.00,`50.00,`",
		"`2026-11-21 14:30:45," + sp + ",`T000004,`" + sub + "004001,`payer,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`200.00,`0.00,`0,`0,`0.00,`0.00,`,`,`客房押金,`,`1.20000,`0.60%,`200.00,`0.00,`",
		"`2026-11-21 14:30:45," + sp + ",`T000005,`" + sub + "005001,`payer,`NATIVE,`SUCCESS,`OTHERS,`CNY,`7.00,`0.00,`0,`0,`0.00,`0.00,`,`,`咖啡,`,`0.04000,`0.60%,`7.00,`0.00,`",
		"总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
		"`9,`359.50,`98.55,`0.00,`1.57000,`369.50,`103.55",
		"",
	}
	want(t, "lines", len(lines), len(expected))
	for i := range min(len(lines), len(expected)) {
		want(t, fmt.Sprint("line ", i+1), lines[i], expected[i])
	}
}

func TestWhenThereIsABillOfWeChat(t *testing.T) {
	l := startWeChat(t, Options{})
	l.paid(1250)
	l.passTo("2026-11-21", "23:59")
	const later = "400 STATEMENT_CREATING"
	want(t, "today", l.billOf("2026-11-21", "").String(), later)
	want(t, "tomorrow", l.billOf("2026-11-22", "").String(), "400 INVALID_REQUEST")
	l.passTo("2026-11-22", "08:59")
	want(t, "too early", l.billOf("2026-11-21", "").String(), later)
	l.passTo("2026-11-22", "09:00")
	want(t, "at nine", l.billOf("2026-11-21", "").String(), "200")
	want(t, "the day before, without trades", l.billOf("2026-11-20", "").String(), "400 NO_STATEMENT_EXIST")
	want(t, "three months ago", l.billOf("2026-08-22", "").String(), "400 NO_STATEMENT_EXIST")
	want(t, "longer ago", l.billOf("2026-08-21", "").String(), "400 INVALID_REQUEST")
	l.passTo("2027-02-21", "12:00")
	want(t, "after three months", l.billOf("2026-11-21", "").String(), "200")
	for name, uri := range map[string]string{
		"no day":            tradeBillPath + "?bill_type=ALL",
		"without hyphens":   tradeBillPath + "?bill_date=20261121",
		"no such day":       tradeBillPath + "?bill_date=2026-11-31",
		"a month":           tradeBillPath + "?bill_date=2026-11",
		"another bill":      tradeBillPath + "?bill_date=2026-11-21&bill_type=FUND",
		"another packing":   tradeBillPath + "?bill_date=2026-11-21&tar_type=ZIP",
		"a field too many":  tradeBillPath + "?bill_date=2026-11-21&x=1",
		"twice":             tradeBillPath + "?bill_date=2026-11-21&bill_date=2026-11-20",
		"an empty merchant": tradeBillPath + "?bill_date=2026-11-21&sub_mchid=",
	} {
		want(t, name, l.ask("GET", uri, nil).String(), "400 PARAM_ERROR")
	}
	want(t, "somebody else's", l.ask("GET", tradeBillPath+"?bill_date=2026-11-21&sub_mchid=1900090034", nil).String(), "403 NO_AUTH")
	want(t, "a provider without its merchant", l.asPartner().ask("GET", tradeBillPath+"?bill_date=2026-11-21", nil).String(), "400 PARAM_ERROR")
}

// A bill has what one merchant booked, and each day stands by itself.
func TestWhoseAndWhichDaysABillOfWeChatIs(t *testing.T) {
	l := startWeChat(t, Options{})
	mine := l.paid(1250)
	partner := l.asPartner()
	theirs := partner.paid(700)
	l.passTo("2026-11-22", "00:00")
	want(t, "refund on the next day", l.refund(mine, "R1", 250, 1250).String(), "200 SUCCESS")
	l.passTo("2026-11-23", "12:00")
	for _, c := range []struct {
		till *wxTill
		day  string
		has  string
		not  string
	}{
		{l, "2026-11-21", mine + ",`", "REFUND"},
		{l, "2026-11-22", "`R1,`2.50", "SUCCESS,`OTHERS"},
		{partner, "2026-11-21", theirs + ",`", mine},
	} {
		text := c.till.bill(c.day)
		if !strings.Contains(text, c.has) || strings.Contains(text, c.not) {
			t.Errorf("%s: %s", c.day, text)
		}
		want(t, "sub-merchant", strings.Contains(text, ",`0,`,`"), c.till == l)
	}
	want(t, "the provider's next day", partner.billOf("2026-11-22", "").String(), "400 NO_STATEMENT_EXIST")
}

func TestTheAddressOfABillOfWeChat(t *testing.T) {
	l := startWeChat(t, Options{})
	l.paid(1250)
	l.passTo("2026-11-22", "12:00")
	plain := l.billOf("2026-11-21", "").text("download_url")
	packed := l.billOf("2026-11-21", "&tar_type=GZIP").text("download_url")
	want(t, "one address for each time", plain != packed && strings.HasPrefix(plain, l.account.BaseURL+"/v3/billdownload/file?"), true)

	status, text, h := l.fetch(plain)
	want(t, "plain", fmt.Sprint(status, h.Get("Content-Type"), h.Get("Wechatpay-Signature")), "200application/octet-stream")
	_, zip, _ := l.fetch(packed)
	z, err := gzip.NewReader(bytes.NewReader(zip))
	check(t, err)
	unzipped, err := io.ReadAll(z)
	check(t, err)
	want(t, "packed", string(unzipped), string(text))

	no := func(till *wxTill, address, expected string) {
		t.Helper()
		u, err := url.Parse(address)
		check(t, err)
		want(t, u.RawQuery, till.ask("GET", u.RequestURI(), nil).String(), expected)
	}
	no(l.asPartner(), plain, "403 NO_AUTH")
	no(l, l.account.BaseURL+"/v3/billdownload/file", "400 PARAM_ERROR")
	no(l, l.account.BaseURL+"/v3/billdownload/file?token=a%20b", "400 PARAM_ERROR")
	no(l, plain[:len(plain)-1], "400 INVALID_REQUEST")
	no(l, plain+"&tartype=zip", "400 PARAM_ERROR")
	unsigned, err := http.Get(plain)
	check(t, err)
	unsigned.Body.Close()
	want(t, "without a signature", unsigned.StatusCode, 401)

	l.clock.pass(5*time.Minute - time.Second)
	status, _, _ = l.fetch(plain)
	want(t, "almost five minutes later", status, 200)
	l.clock.pass(time.Second)
	no(l, plain, "400 INVALID_REQUEST")
	l.billOf("2026-11-21", "")
	l.wechat.sim.book.mu.Lock()
	defer l.wechat.sim.book.mu.Unlock()
	want(t, "kept", len(l.wechat.bills), 1)
}

// The file has no signature that a fault could spoil; the hash is what is signed.
func TestFaultsOfABillOfWeChat(t *testing.T) {
	var log strings.Builder
	l := startWeChat(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	l.paid(1250)
	l.passTo("2026-11-22", "12:00")
	a := l.billOf("2026-11-21", "")
	_, whole, _ := l.fetch(a.text("download_url"))
	l.SetFault(func(method string, _ int) Fault { return Fault{Kind: OtherOrder} })
	_, other, _ := l.fetch(a.text("download_url"))
	want(t, "another file", string(other) != string(whole), true)
	want(t, "another hash", l.billOf("2026-11-21", "").text("hash_value") != a.text("hash_value"), true)
	for _, kind := range []FaultKind{WrongKey, Unsigned} {
		l.SetFault(func(method string, _ int) Fault {
			if method != "wechat.bill.download" {
				return Fault{}
			}
			return Fault{Kind: kind}
		})
		_, same, h := l.fetch(a.text("download_url"))
		want(t, string(kind), string(same) == string(whole) && h.Get("Wechatpay-Signature") == "", true)
	}
	l.SetFault(nil)
	u, err := url.Parse(a.text("download_url"))
	check(t, err)
	if token := u.Query().Get("token"); strings.Contains(log.String(), token) || !strings.Contains(log.String(), "wechat.bill.download") {
		t.Errorf("the log has the token %s, or nothing:\n%s", token, &log)
	}
}
