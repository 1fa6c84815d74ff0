package wechat_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wechat"
)

const (
	billToken = "g44bIUH1GyQtE7ZmeTAPQx5b69qABpYuC_oZq6Aalf-gQP"
	billURL   = wechat.ProductionGateway + "/v3/billdownload/file?token=" + billToken + "%2Fx&tartype=gzip"
)

// billDay is the day of the bills in the tests, and lastWeek one where the real
// clock is used.
var (
	billDay  = time.Date(2026, 11, 21, 0, 0, 0, 0, payment.Beijing)
	lastWeek = time.Now().AddDate(0, 0, -7)
)

// billOf is the provider's bill of a day: a payment, a part of it given back, and
// a payment of 64.00, of which 10.00 were its own discount.
func billOf(day time.Time) string {
	const who = ",`" + spAppID + ",`" + spMchID + ",`" + subMchID + ",`,`" + transactionID + ",`" + orderNo
	on := "`" + day.In(payment.Beijing).Format(time.DateOnly)
	return "\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n" +
		on + " 14:33:26" + who + ",`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`128.50,`0.00,`0,`0,`0.00,`0.00,`,`,`Tea, and cake,`01006128,`0.77000,`0.60%,`128.50,`0.00,`\r\n" +
		on + " 15:00:00" + who + ",`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`50300009,`" + refundNo + ",`28.50,`0.00,`ORIGINAL,`PROCESSING,`Tea, and cake,`01006128,`-0.17000,`0.60%,`0.00,`28.50,`\r\n" +
		on + " 23:59:59" + who + "X,`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`NATIVE,`SUCCESS,`OTHERS,`CNY,`54.00,`10.00,`0,`0,`0.00,`0.00,`,`,`,`,`0.32400,`0.60%,`64.00,`0.00,`\r\n" +
		"总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n" +
		"`3,`182.50,`28.50,`0.00,`0.92400,`192.50,`28.50\r\n"
}

// billAt is the answer that says where the bill of a day is.
func billAt(day time.Time, url string) string {
	return fmt.Sprintf(`{"hash_type":"SHA1","hash_value":"%X","download_url":%s}`, sha1.Sum([]byte(billOf(day))), strconv.Quote(url))
}

func packed(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, text)
	z.Close()
	return b.String()
}

// told is what reading a bill came to.
func told(lines []payment.BillLine, err error) string {
	switch {
	case err != nil && lines != nil:
		return "lines beside an error"
	case errors.Is(err, payment.ErrBillLater):
		return "later"
	case err != nil:
		return "unknown"
	}
	return fmt.Sprint("told ", len(lines))
}

// file answers with bytes, as the service does: without a signature.
func file(raw string) answer {
	return func(w http.ResponseWriter, _ request) { io.WriteString(w, raw) }
}

// biller is a provider's channel at noon of the day after billDay.
func biller(t *testing.T, g *gateway, log io.Writer) *wechat.Channel {
	c := partner(g.URL)
	c.Clock = func() time.Time { return billDay.Add(36 * time.Hour) }
	if log != nil {
		c.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return newChannel(t, c)
}

func TestABillIsAskedForAndFetched(t *testing.T) {
	for _, raw := range []string{packed(billOf(billDay)), billOf(billDay)} {
		g := newGateway(t, script(t, map[string][]answer{"bill": {says(200, billAt(billDay, billURL))}, "bill file": {file(raw)}}))
		lines, err := biller(t, g, nil).Bill(t.Context(), billDay.Add(23*time.Hour).UTC())
		if err != nil {
			t.Fatal(err)
		}
		at := func(h, m, s int) time.Time { return time.Date(2026, 11, 21, h, m, s, 0, payment.Beijing) }
		want := []payment.BillLine{
			{Kind: payment.BilledPayment, OrderNo: orderNo, TradeNo: transactionID, Wallet: payment.WalletWeChat, Amount: 128_50, Fee: 77, FeeKnown: true, At: at(14, 33, 26)},
			{Kind: payment.BilledRefund, OrderNo: orderNo, RefundNo: refundNo, TradeNo: transactionID, Wallet: payment.WalletWeChat, Amount: 28_50, Fee: -17, FeeKnown: true, At: at(15, 0, 0)},
			{Kind: payment.BilledPayment, OrderNo: orderNo + "X", TradeNo: transactionID, Wallet: payment.WalletWeChat, Amount: 64_00, Discount: 10_00, At: at(23, 59, 59)},
		}
		if !reflect.DeepEqual(lines, want) {
			t.Errorf("got  %+v\nwant %+v", lines, want)
		}
		sent := g.sent()
		sameBody(t, sent[0], "bill", "/v3/bill/tradebill", "bill_date=2026-11-21&bill_type=ALL&sub_mchid="+subMchID+"&tar_type=GZIP", nil)
		sameBody(t, sent[1], "bill file", "/v3/billdownload/file", "token="+billToken+"%2Fx&tartype=gzip", nil)
		if sent[1].Signer != spMchID || len(sent) != 2 {
			t.Errorf("the file is fetched by %s: %s", sent[1].Signer, g.calls())
		}
	}
}

func TestADirectMerchantsBill(t *testing.T) {
	raw := strings.NewReplacer(spMchID, mchID, subMchID, "0").Replace(billOf(billDay))
	where := fmt.Sprintf(`{"hash_type":"SHA1","hash_value":"%x","download_url":"%s"}`, sha1.Sum([]byte(raw)), billURL)
	g := newGateway(t, script(t, map[string][]answer{"bill": {says(200, where)}, "bill file": {file(packed(raw))}}))
	c := config(g.URL)
	c.Clock = func() time.Time { return billDay.Add(36 * time.Hour) }
	if got := told(newChannel(t, c).Bill(t.Context(), billDay)); got != "told 3" {
		t.Error(got)
	}
	sameBody(t, g.sent()[0], "bill", "/v3/bill/tradebill", "bill_date=2026-11-21&bill_type=ALL&tar_type=GZIP", nil)
	if signer := g.sent()[1].Signer; signer != mchID {
		t.Errorf("the file is fetched by %s", signer)
	}
}

// What WeChat says of a bill that it does not give, and when that is believed.
func TestWhenABillIsThere(t *testing.T) {
	refusal := func(status int, code string) answer { return says(status, `{"code":"`+code+`","message":"as tested"}`) }
	none, making := refusal(400, "NO_STATEMENT_EXIST"), refusal(400, "STATEMENT_CREATING")
	tests := []struct {
		name   string
		after  time.Duration // since the day began
		answer answer        // nil where nobody is asked
		want   string
	}{
		{"tomorrow's", -time.Hour, nil, "later"},
		{"today's", 20 * time.Hour, nil, "later"},
		{"a moment before midnight", 24*time.Hour - time.Millisecond, nil, "later"},
		{"being made after midnight", 24 * time.Hour, making, "later"},
		{"being made, days later", 72 * time.Hour, making, "later"},
		{"none, before it was looked", 33 * time.Hour, none, "later"},
		{"none, a moment too early", 34*time.Hour - time.Second, none, "later"},
		{"none", 34 * time.Hour, none, "told 0"},
		{"none, with another status", 40 * time.Hour, refusal(404, "NO_STATEMENT_EXIST"), "told 0"},
		{"none, without a signature", 40 * time.Hour, unsigned(400, `{"code":"NO_STATEMENT_EXIST"}`), "unknown"},
		{"being made, without a signature", 40 * time.Hour, unsigned(400, `{"code":"STATEMENT_CREATING"}`), "unknown"},
		{"none, by a service in trouble", 40 * time.Hour, refusal(500, "NO_STATEMENT_EXIST"), "unknown"},
		{"none, said as a success", 40 * time.Hour, refusal(200, "NO_STATEMENT_EXIST"), "unknown"},
		{"slow down", 40 * time.Hour, refusal(429, "NO_STATEMENT_EXIST"), "unknown"},
		{"too old", 4000 * time.Hour, refusal(400, "INVALID_REQUEST"), "unknown"},
		{"no right", 40 * time.Hour, refusal(403, "NO_AUTH"), "unknown"},
		{"trouble", 40 * time.Hour, trouble, "unknown"},
		{"nobody answers", 40 * time.Hour, brokenOff, "unknown"},
		{"accepted, and no more", 40 * time.Hour, says(202, billAt(billDay, billURL)), "unknown"},
		{"nothing said", 40 * time.Hour, says(200, `{}`), "unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, script(t, map[string][]answer{"bill": {tt.answer}}))
			c := partner(g.URL)
			c.Clock = func() time.Time { return billDay.Add(tt.after).UTC() }
			if got := told(newChannel(t, c).Bill(t.Context(), billDay)); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if want := map[bool]string{true: "", false: "bill"}[tt.answer == nil]; g.calls() != want {
				t.Errorf("asked %q", g.calls())
			}
		})
	}
}

// A file with lines that are not of this bill is an error as a whole.
func TestABillThatIsNotOurs(t *testing.T) {
	for name, raw := range map[string]string{
		"another day's":          billOf(billDay.AddDate(0, 0, -1)),
		"another merchant's":     strings.Replace(billOf(billDay), spMchID, mchID, 1),
		"another sub-merchant's": strings.Replace(billOf(billDay), subMchID, "1900000999", 1),
		"nobody's":               "",
	} {
		where := fmt.Sprintf(`{"hash_type":"SHA1","hash_value":"%x","download_url":"%s"}`, sha1.Sum([]byte(raw)), billURL)
		g := newGateway(t, script(t, map[string][]answer{"bill": {says(200, where)}, "bill file": {file(packed(raw))}}))
		if got := told(biller(t, g, nil).Bill(t.Context(), billDay)); got != "unknown" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
