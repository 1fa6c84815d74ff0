package cloudpay_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"frontdesk/payment"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/wire/wiretest"
)

// client is order_client of every request of the tests, with what is different.
func client(more ...string) string {
	terminal := map[string]int{"windows": 1, "linux": 4}[runtime.GOOS]
	if terminal == 0 {
		terminal = 100
	}
	return fmt.Sprintf(`"order_client":{"device_id":"T01","machine_no":"32-62-A8-14-B3-C0","terminal_type":%d,"sdk_version":"1.0","spbill_create_ip":"192.168.100.75"%s}`,
		terminal, strings.Join(more, ""))
}

func key(more string) string {
	return `"pay_mch_key":{"out_mch_id":"` + provider + `","out_sub_mch_id":"` + merchant + `","out_shop_id":"` + shop + `"` + more + `}`
}

const (
	ofWeChat = `,"pay_platform":1,"sub_pay_platform":100`
	ofAlipay = `,"pay_platform":2,"sub_pay_platform":200`
	admin    = `,"is_sub_admin":true`
)

// golden compares a request with what it has to be. The nonce differs each time.
func golden(t *testing.T, what string, r request, name, want string) {
	t.Helper()
	var expected map[string]any
	if err := json.Unmarshal([]byte("{"+want+"}"), &expected); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	got := map[string]any{}
	for k, v := range r.Content {
		if k != "nonce_str" {
			got[k] = v
		}
	}
	if r.Name != name || !reflect.DeepEqual(got, expected) {
		raw, _ := json.Marshal(got)
		wish, _ := json.Marshal(expected)
		t.Errorf("%s went to %s:\n%s\nwant %s:\n%s", what, r.Name, raw, name, wish)
	}
}

var clock = func() time.Time { return time.Date(2026, 11, 21, 14, 0, 0, 0, payment.Beijing) }

func TestEveryRequestToTheLetter(t *testing.T) {
	hold, capture, release := holdRequest(payment.WalletAlipay), captureRequest(payment.WalletAlipay), releaseRequest(payment.WalletAlipay)
	keep := capture
	keep.ReleaseRest = false
	qr := qrRequest()
	qr.Wallet = payment.WalletAlipay
	expires := clock().Add(2 * time.Minute).Unix()
	tests := []struct {
		what, name string
		call       func(c *cloudpay.Channel)
		want       string
	}{
		{"a payment", "micro_pay", func(c *cloudpay.Channel) { c.Pay(t.Context(), payRequest()) }, key(ofWeChat) + "," + client(`,"staff_id":"1206"`) +
			`,"pay_content":{"out_trade_no":"` + orderNo + `","author_code":"134680423163089456","total_fee":12850,"fee_type":"CNY","body":"Tea & cake","remark":"01006128"}`},
		{"a QR", "scan_code_pay", func(c *cloudpay.Channel) { c.ShowQR(t.Context(), qr) }, key(ofAlipay) + "," + client() +
			fmt.Sprintf(`,"pay_content":{"out_trade_no":"`+orderNo+`","total_fee":12850,"fee_type":"CNY","body":"Tea & cake","remark":"01006128","time_expire":%d}`, expires)},
		{"a query", "query_order", func(c *cloudpay.Channel) { c.Query(t.Context(), theOrder) }, key(ofWeChat) + "," + client() + `,"out_trade_no":"` + orderNo + `"`},
		{"a query of an order of old", "query_order", func(c *cloudpay.Channel) {
			c.Query(t.Context(), payment.Order{OutTradeNo: orderNo, Amount: price})
		}, key("") + "," + client() + `,"out_trade_no":"` + orderNo + `"`},
		{"a refund", "refund", func(c *cloudpay.Channel) { c.Refund(t.Context(), refundRequest()) }, key(ofWeChat+admin) + "," + client() +
			`,"refund_content":{"out_trade_no":"` + orderNo + `","out_refund_no":"` + refundNo + `","total_fee":12850,"refund_fee":2850,"refund_fee_type":"CNY","refund_reason":"cold"}`},
		{"a refund query", "query_refund_order", func(c *cloudpay.Channel) { c.QueryRefund(t.Context(), refundRequest()) }, key(ofWeChat) + "," + client() +
			`,"out_trade_no":"` + orderNo + `","out_refund_no":"` + refundNo + `"`},
		{"a deposit", "micro_freeze", func(c *cloudpay.Channel) { c.Hold(t.Context(), hold) }, key(ofAlipay) + "," + client() +
			`,"freeze_content":{"out_freeze_no":"` + holdNo + `","author_code":"134680423163089456","freeze_fee":50000,"fee_type":"CNY","body":"Room 8","remark":"01006129"}`},
		{"a deposit by QR", "scancode_freeze", func(c *cloudpay.Channel) { c.HoldQR(t.Context(), hold) }, key(ofAlipay) + "," + client() +
			fmt.Sprintf(`,"freeze_content":{"out_freeze_no":"`+holdNo+`","freeze_fee":50000,"fee_type":"CNY","body":"Room 8","remark":"01006129","time_expire":%d}`, expires)},
		{"a query of a deposit", "query_freeze_order", func(c *cloudpay.Channel) { c.QueryHold(t.Context(), hold.Hold) }, key(ofAlipay) + "," + client() +
			`,"out_freeze_no":"` + holdNo + `"`},
		{"a capture", "deposit_consume", func(c *cloudpay.Channel) { c.Capture(t.Context(), capture) }, key(ofAlipay) + "," + client() +
			`,"pay_content":{"out_trade_no":"` + captureNo + `","total_fee":12000,"fee_type":"CNY","body":"Room 8","remark":"01006130","out_freeze_no":"` + holdNo + `","is_confirm_unfreeze":true}`},
		{"a capture that keeps the rest", "deposit_consume", func(c *cloudpay.Channel) { c.Capture(t.Context(), keep) }, key(ofAlipay) + "," + client() +
			`,"pay_content":{"out_trade_no":"` + captureNo + `","total_fee":12000,"fee_type":"CNY","body":"Room 8","remark":"01006130","out_freeze_no":"` + holdNo + `","is_confirm_unfreeze":false}`},
		{"a query of a capture", "query_order", func(c *cloudpay.Channel) { c.QueryCapture(t.Context(), capture) }, key(ofAlipay) + "," + client() +
			`,"out_trade_no":"` + captureNo + `"`},
		{"a release", "unfreeze", func(c *cloudpay.Channel) { c.Release(t.Context(), release) }, key(ofAlipay+admin) + "," + client() +
			`,"unfreeze_content":{"out_freeze_no":"` + holdNo + `","out_unfreeze_no":"` + releaseNo + `","unfreeze_fee":50000,"remark":"check-out"}`},
		{"a query of a release", "query_unfreeze_order", func(c *cloudpay.Channel) { c.QueryRelease(t.Context(), release) }, key(ofAlipay) + "," + client() +
			`,"out_freeze_no":"` + holdNo + `","out_unfreeze_no":"` + releaseNo + `"`},
		{"a refund of a capture", "refund", func(c *cloudpay.Channel) {
			c.RefundCapture(t.Context(), payment.CaptureRefundRequest{Hold: hold.Hold, OutTradeNo: captureNo, Capture: 120_00, RequestNo: captureNo + "R001", Refund: 20_00})
		}, key(ofAlipay+admin) + "," + client() +
			`,"refund_content":{"out_trade_no":"` + captureNo + `","out_refund_no":"` + captureNo + `R001","total_fee":12000,"refund_fee":2000,"refund_fee_type":"CNY","out_freeze_no":"` + holdNo + `"}`},
	}
	for _, tt := range tests {
		g := newGateway(t, authentic(refusal(103, 21, "系统繁忙")))
		c := config(g.URL)
		c.Clock = clock
		tt.call(newChannel(t, c))
		golden(t, tt.what, g.only(), tt.name, tt.want)
	}
}

// A close is asked about before and afterwards; what is sent in between says
// that it is a QR.
func TestACloseToTheLetter(t *testing.T) {
	g := says(t, map[string]string{
		"query_order": done("query_order", orderIs("wxpay", 6, `,"trade_type":2`)), "close_order": done("close_order", `{"nonce_str":"x"}`),
	})
	newChannel(t, config(g.URL)).Cancel(t.Context(), theOrder)
	if got := strings.Join(g.names(), " "); got != "query_order close_order query_order" {
		t.Fatal(got)
	}
	golden(t, "a close", g.sent()[1], "close_order", key(ofWeChat)+","+client()+`,"out_trade_no":"`+orderNo+`","trade_type":2`)
}

// verifies reports whether a signature fits the text, with as much salt as it has.
func verifies(key *rsa.PrivateKey, text string, sign any) bool {
	s, _ := sign.(string)
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	return rsa.VerifyPSS(&key.PublicKey, crypto.SHA256, sum[:], raw, &rsa.PSSOptions{SaltLength: 222}) == nil
}

func TestASignedRefund(t *testing.T) {
	g := newGateway(t, authentic(refusal(103, 21, "系统繁忙")))
	c := config(g.URL)
	c.SignKey, c.SignRefunds = pemOf(rsaKey()), true
	channel := newChannel(t, c)
	channel.Refund(t.Context(), refundRequest())
	channel.QueryRefund(t.Context(), refundRequest())
	all := g.sent()
	if s := all[0].Authen["s"]; s == nil || s["sign_type"] != 1.0 || !verifies(rsaKey(), all[0].Text, s["sign"]) {
		t.Errorf("the signature of a refund: %v", all[0].Authen)
	}
	if all[1].Authen["a"] == nil {
		t.Errorf("a query is authenticated as ever: %v", all[1].Authen)
	}

	c.SignRefunds = false // the key alone signs nothing
	g = newGateway(t, authentic(refusal(103, 21, "系统繁忙")))
	c.Hosts = []string{g.URL}
	newChannel(t, c).Refund(t.Context(), refundRequest())
	if g.only().Authen["a"] == nil {
		t.Errorf("signed, and nobody asked for it: %v", g.only().Authen)
	}
}

func TestWhoMayRefund(t *testing.T) {
	g := newGateway(t, authentic(refusal(103, 21, "系统繁忙")))
	c := config(g.URL)
	c.RefundStaffID, c.RefundStaffName = "1206", "店长"
	channel := newChannel(t, c)
	channel.Refund(t.Context(), refundRequest())
	channel.Release(t.Context(), releaseRequest(payment.WalletAlipay))
	for _, r := range g.sent() {
		k := r.part("pay_mch_key")
		if k["is_sub_admin"] != false || k["authorization_staff_id"] != "1206" || k["authorization_name"] != "店长" {
			t.Errorf("%s: %v", r.Name, k)
		}
	}
	channel.Query(t.Context(), theOrder)
	if k := g.sent()[2].part("pay_mch_key"); k["is_sub_admin"] != nil || k["authorization_staff_id"] != nil {
		t.Errorf("a query does not need the right: %v", k)
	}
}

// The clerk is the Config's, or else whoever is at the till, where that is a
// number that the back office can know.
func TestTheClerkIsNamedWhereItIsANumber(t *testing.T) {
	for _, tt := range []struct{ set, operator, want string }{
		{"", "1206", "1206"}, {"", "anna_2", "anna_2"}, {"", "小王", ""}, {"", "Anna B.", ""}, {"", "", ""},
		{"zz003", "1206", "zz003"}, {"zz003", "小王", "zz003"}, {"", strings.Repeat("9", 65), ""},
	} {
		g := newGateway(t, authentic(refusal(103, 21, "")))
		c := config(g.URL)
		c.StaffID = tt.set
		r := payRequest()
		r.Operator = tt.operator
		newChannel(t, c).Pay(t.Context(), r)
		if got, _ := g.only().part("order_client")["staff_id"].(string); got != tt.want {
			t.Errorf("set %q, operator %q: staff_id %q, want %q", tt.set, tt.operator, got, tt.want)
		}
	}
}

func TestTextsFitIntoTheirFields(t *testing.T) {
	g := newGateway(t, authentic(refusal(103, 21, "")))
	r := payRequest()
	r.Subject, r.ReceiptNo = strings.Repeat("茶", 60)+"\n\t", strings.Repeat("9", 200)
	channel := newChannel(t, config(g.URL))
	channel.Pay(t.Context(), r)
	refund := refundRequest()
	refund.Reason = strings.Repeat("凉", 40)
	channel.Refund(t.Context(), refund)
	empty := payRequest()
	empty.Subject, empty.ReceiptNo = " \n ", ""
	channel.Pay(t.Context(), empty)
	all := g.sent()
	body, _ := all[0].part("pay_content")["body"].(string)
	if !utf8.ValidString(body) || len(body) > 128 || body != strings.Repeat("茶", 42) {
		t.Errorf("body %q has %d bytes", body, len(body))
	}
	if remark, _ := all[0].part("pay_content")["remark"].(string); len(remark) != 127 {
		t.Errorf("remark has %d bytes", len(remark))
	}
	if reason, _ := all[1].part("refund_content")["refund_reason"].(string); reason != strings.Repeat("凉", 21) {
		t.Errorf("refund_reason %q", reason)
	}
	if body := all[2].part("pay_content")["body"]; body != orderNo {
		t.Errorf("an empty subject becomes %q", body)
	}
}

func TestAQREndsByItsOwnTime(t *testing.T) {
	for _, tt := range []struct{ asked, want time.Duration }{
		{0, 2 * time.Minute}, {-time.Hour, 2 * time.Minute}, {time.Second, 90 * time.Second}, {5 * time.Minute, 5 * time.Minute}, {24 * time.Hour, 2 * time.Hour},
	} {
		g := newGateway(t, authentic(refusal(103, 21, "")))
		c := config(g.URL)
		c.Clock = clock
		r := qrRequest()
		r.Expires = tt.asked
		newChannel(t, c).ShowQR(t.Context(), r)
		if got := g.only().part("pay_content")["time_expire"]; got != float64(clock().Add(tt.want).Unix()) {
			t.Errorf("asked for %s: time_expire %v, want %d", tt.asked, got, clock().Add(tt.want).Unix())
		}
	}
}

// Whatever is wrong is found here: nothing is sent, and no money can have moved.
func TestWhatIsRefusedHere(t *testing.T) {
	g := newGateway(t, func(w http.ResponseWriter, r request) { t.Errorf("%s was sent", r.Name) })
	c := config(g.URL)
	c.Wallets = []payment.Wallet{payment.WalletAlipay}
	alipayOnly := newChannel(t, c)
	channel := newChannel(t, config(g.URL))
	const another = "FD01261121143326006128001" // a number without the prefix
	wiretest.RefusesOrders(t, channel, payRequest(), another, prefix, prefix+strings.Repeat("1", 25), orderNo+"\n")
	wiretest.RefusesRefunds(t, channel, refundRequest(), another, "R001")
	for _, w := range []payment.Wallet{payment.WalletECNY, payment.WalletUnionPay, payment.WalletNone} { // UnionPay is not signed
		r := payRequest()
		r.Wallet = w
		if out := channel.Pay(t.Context(), r); out.Result != payment.Failed || out.Reason != payment.ReasonNotAccepted || out.Detail == nil {
			t.Errorf("a code of %q: %+v", w, out)
		}
	}
	if out := alipayOnly.Pay(t.Context(), payRequest()); out.Result != payment.Failed || out.Reason != payment.ReasonNotAccepted {
		t.Errorf("a wallet that is not signed: %+v", out)
	}
	if qr, out := alipayOnly.ShowQR(t.Context(), qrRequest()); qr != "" || out.Result != payment.Failed || out.Reason != payment.ReasonNotAccepted {
		t.Errorf("a QR of a wallet that is not signed: %+v", out)
	}
	r := refundRequest()
	r.Wallet = payment.WalletNone
	if out := channel.Refund(t.Context(), r); out.State != payment.RefundRefused || out.Reason != payment.ReasonRequest {
		t.Errorf("a refund that names no wallet: %+v", out)
	}
}

// What the wallet does not allow with a deposit is refused here too.
func TestWhatAWalletDoesNotAllowWithADeposit(t *testing.T) {
	g := newGateway(t, func(w http.ResponseWriter, r request) { t.Errorf("%s was sent", r.Name) })
	channel := newChannel(t, config(g.URL))
	for w, want := range map[payment.Wallet]payment.HoldRules{
		payment.WalletWeChat:   {Holds: true},
		payment.WalletAlipay:   {Holds: true, QR: true, KeepRest: true, ReleasePart: true},
		payment.WalletUnionPay: {}, payment.WalletECNY: {}, payment.WalletNone: {},
	} {
		if got := channel.HoldRules(w); got != want {
			t.Errorf("%s: %+v", w, got)
		}
	}
	c := config(g.URL)
	c.Wallets = []payment.Wallet{payment.WalletAlipay}
	if got := newChannel(t, c).HoldRules(payment.WalletWeChat); got.Holds {
		t.Errorf("a wallet that is not signed holds: %+v", got)
	}

	keep, part := captureRequest(payment.WalletWeChat), releaseRequest(payment.WalletWeChat)
	keep.ReleaseRest, part.Release = false, 100_00
	same := releaseRequest(payment.WalletAlipay)
	same.ReleaseNo = holdNo
	hold := releaseRequest(payment.WalletAlipay)
	hold.RequestNo, hold.ReleaseNo = holdNo+"H001", holdNo+"H001"
	wiretest.RefusesRelease(t, "a wallet that nobody thought of", channel, releaseRequest(payment.WalletNone))
	wiretest.RefusesCapture(t, "nothing", channel, func() payment.CaptureRequest { r := captureRequest(payment.WalletAlipay); r.Capture = 0; return r }())
	wiretest.RefusesCapture(t, "more than is held", channel, func() payment.CaptureRequest { r := captureRequest(payment.WalletAlipay); r.Capture = 500_01; return r }())
	for name, out := range map[string]payment.StepOutcome{
		"WeChat keeps no rest":         channel.Capture(t.Context(), keep),
		"WeChat releases all":          channel.Release(t.Context(), part),
		"a release has its own number": channel.Release(t.Context(), same),
		"and not that of the hold":     channel.Release(t.Context(), hold),
	} {
		if out.State != payment.RefundRefused || out.Reason != payment.ReasonRequest {
			t.Errorf("%s: %+v", name, out)
		}
	}
	if _, out := channel.HoldQR(t.Context(), holdRequest(payment.WalletWeChat)); out.Result != payment.Failed || out.Reason != payment.ReasonRequest {
		t.Errorf("a QR of WeChat's: %+v", out)
	}
	if out := channel.Hold(t.Context(), holdRequest(payment.WalletUnionPay)); out.Result != payment.Failed || out.Reason != payment.ReasonRequest {
		t.Errorf("a deposit of UnionPay's: %+v", out)
	}
}

func TestUnionPayIsSentWithTheProvidersNumbers(t *testing.T) {
	g := newGateway(t, authentic(refusal(103, 21, "")))
	c := config(g.URL)
	c.Wallets = []payment.Wallet{payment.WalletUnionPay}
	c.UnionPayPlatform, c.UnionPaySubPlatform = 5, 500
	channel := newChannel(t, c)
	r := payRequest()
	r.Wallet, r.Code = payment.WalletUnionPay, "6212345678901234567"
	channel.Pay(t.Context(), r)
	if k := g.only().part("pay_mch_key"); k["pay_platform"] != 5.0 || k["sub_pay_platform"] != 500.0 {
		t.Errorf("%v", k)
	}
	q := qrRequest()
	q.Wallet = payment.WalletUnionPay
	if _, out := channel.ShowQR(t.Context(), q); out.Result != payment.Failed || out.Reason != payment.ReasonNotAccepted {
		t.Errorf("a QR of UnionPay's: %+v", out)
	}
}

func TestThePolicyIsThatOfTheDocuments(t *testing.T) {
	channel := newChannel(t, config("http://127.0.0.1:1"))
	want := payment.Policy{QueryEvery: 3 * time.Second, PayTimeout: 2 * time.Minute, QRTimeout: 2 * time.Minute, CancelEvery: 3 * time.Second, NoCancel: true}
	if got := channel.Policy(); got != want {
		t.Errorf("%+v", got)
	}
	if got := channel.HoldPolicy(); got != want {
		t.Errorf("deposits: %+v", got)
	}
	if channel.Name() != payment.CloudPay || channel.OrderPrefix() != prefix || !payment.IsOrderPrefix(channel.OrderPrefix()) {
		t.Errorf("%s, prefix %q", channel.Name(), channel.OrderPrefix())
	}
}
