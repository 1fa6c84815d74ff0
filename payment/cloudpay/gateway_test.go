package cloudpay_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/wire/wiretest"
)

// The account of the tests. The ids have the form of the documents' samples.
const (
	provider = "sz013NzuonO6CMJd0rCB"
	merchant = "sz01ELTR281OFpmdAp6J"
	shop     = "sz01qyoPJmd3j1hWmul4"
	prefix   = "01000052"
	authKey  = "0123456789abcdef0123456789abcdef"
)

// code is the authentication of a text, written here once more on purpose.
func code(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	io.WriteString(mac, text)
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

// request is what the gateway got, its authentication verified.
type request struct {
	Name    string
	Authen  map[string]map[string]any // authen_info
	Text    string                    // request_content as it was authenticated
	Content map[string]any
}

// part is an object of the content.
func (r request) part(name string) map[string]any {
	part, _ := r.Content[name].(map[string]any)
	return part
}

// gateway is Cloud Pay on loopback: it verifies every request and answers what
// the test says.
type gateway struct {
	*httptest.Server
	t      *testing.T
	answer func(w http.ResponseWriter, r request)
	got    wiretest.Requests[request]
	pings  atomic.Int64
}

func newGateway(t *testing.T, answer func(w http.ResponseWriter, r request)) *gateway {
	t.Helper()
	g := &gateway{t: t, answer: answer}
	g.Server = httptest.NewServer(http.HandlerFunc(g.serve))
	t.Cleanup(g.Close)
	return g
}

func (g *gateway) serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/cpay/ping" {
		g.pings.Add(1)
		if r.Method != http.MethodGet {
			g.t.Errorf("a ping is asked with %s", r.Method)
		}
		fmt.Fprint(w, "pong")
		return
	}
	got := request{Name: strings.TrimPrefix(r.URL.Path, "/cpay/")}
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
		g.t.Errorf("%s: %s with content type %q", got.Name, r.Method, r.Header.Get("Content-Type"))
	}
	var envelope struct {
		Authen  map[string]map[string]any `json:"authen_info"`
		Content string                    `json:"request_content"`
	}
	if err := json.NewDecoder(r.Body).Decode(&envelope); err != nil {
		g.t.Errorf("%s: the envelope cannot be read: %v", got.Name, err)
	}
	got.Authen, got.Text = envelope.Authen, envelope.Content
	if err := json.Unmarshal([]byte(got.Text), &got.Content); err != nil {
		g.t.Errorf("%s: request_content: %v", got.Name, err)
	}
	g.inspect(got)
	g.got.Add(got)
	g.answer(w, got)
}

// inspect is as strict as Cloud Pay about the authentication, and about empty
// fields, which it takes for "clear this".
func (g *gateway) inspect(r request) {
	if a := r.Authen["a"]; a != nil && (a["authen_type"] != 1.0 || a["authen_code"] != code(authKey, r.Text)) {
		g.t.Errorf("%s: the authentication is refused: %v", r.Name, a)
	}
	if len(r.Authen) != 1 {
		g.t.Errorf("%s: authen_info has %d entries: either a code or a signature", r.Name, len(r.Authen))
	}
	key := r.part("pay_mch_key")
	if r.Name == "query_order_list" { // the account stands in it by itself, without the provider
		key = map[string]any{"out_mch_id": provider, "out_sub_mch_id": r.Content["out_sub_mch_id"], "out_shop_id": r.Content["out_shop_id"]}
	}
	if key["out_mch_id"] != provider || key["out_sub_mch_id"] != merchant || key["out_shop_id"] != shop {
		g.t.Errorf("%s: pay_mch_key %v", r.Name, key)
	}
	if nonce, _ := r.Content["nonce_str"].(string); len(nonce) < 16 || len(nonce) > 32 {
		g.t.Errorf("%s: nonce_str %q", r.Name, nonce)
	}
	wiretest.NoEmptyValue(g.t, r.Name, r.Content)
}

// sent is the requests so far, pings not counted.
func (g *gateway) sent() []request { return g.got.Sent() }

// names are the interfaces that were asked so far.
func (g *gateway) names() []string {
	var names []string
	for _, r := range g.sent() {
		names = append(names, r.Name)
	}
	return names
}

// only is the one request that was sent.
func (g *gateway) only() request {
	g.t.Helper()
	return g.got.Only(g.t)
}

// answers makes a gateway that says content to everything, authenticated.
func answers(t *testing.T, content string) *gateway { return newGateway(t, authentic(content)) }

// says makes a gateway that has an answer for each interface. It must not be
// asked for another one.
func says(t *testing.T, byName map[string]string) *gateway {
	return newGateway(t, func(w http.ResponseWriter, r request) {
		content, ok := byName[r.Name]
		if !ok {
			t.Errorf("%s was asked", r.Name)
		}
		authentic(content)(w, r)
	})
}

func authentic(content string) func(http.ResponseWriter, request) {
	return func(w http.ResponseWriter, _ request) { fmt.Fprint(w, envelope(content, code(authKey, content))) }
}

func unsigned(content string) func(http.ResponseWriter, request) {
	return func(w http.ResponseWriter, _ request) { fmt.Fprint(w, envelope(content, "")) }
}

// envelope puts a content into the form of an answer; without a code it is not
// authenticated.
func envelope(content, authenCode string) string {
	whole := map[string]any{"response_content": content}
	if authenCode != "" {
		whole["authen_info"] = map[string]any{"a": map[string]any{"authen_type": 1, "authen_code": authenCode}}
	}
	return string(wiretest.Must(json.Marshal(whole)))
}

// done is an answer with status 0 whose object has that name.
func done(name, object string) string {
	return fmt.Sprintf(`{"status":0,"description":"\u64CD\u4F5C\u6210\u529F\u3002","log_id":1310856473,"internal_status":0,"%s":%s}`, name, object)
}

// refusal is an answer that says no.
func refusal(status, internal int, description string) string {
	return fmt.Sprintf(`{"status":%d,"description":%q,"log_id":1912969760,"internal_status":%d}`, status, description, internal)
}

// orderIs is the object of an order in that state at a wallet.
func orderIs(ext string, state int, more ...string) string {
	return fmt.Sprintf(`{"order_content":{"out_trade_no":"%s","transaction_id":"4200000400201908267240992395","total_fee":12850,"trade_type":1,"time_end":1566803217,"is_transforming":false,"%s_order_content_ext":{"current_trade_state":%d}%s}}`,
		orderNo, ext, state, strings.Join(more, ""))
}

// rsaKey signs refunds.
var rsaKey = sync.OnceValue(wiretest.RSA)

// pemOf is a key as the console hands it out.
func pemOf(key any) string { return wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(key)) }

// config is right and complete for gateways at these addresses.
func config(urls ...string) cloudpay.Config {
	return cloudpay.Config{
		OutMchID: provider, OutSubMchID: merchant, OutShopID: shop, AuthKey: authKey, OrderPrefix: prefix,
		DeviceID: "T01", MachineNo: "32-62-A8-14-B3-C0", ClientIP: "192.168.100.75", Hosts: urls,
	}
}

func newChannel(t *testing.T, c cloudpay.Config) *cloudpay.Channel {
	t.Helper()
	channel, err := cloudpay.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(channel.Close)
	return channel
}

// What every test pays, and asks to give back.
const (
	orderNo  = "010000520q1w2e01006128001"
	refundNo = orderNo + "R001"
	payCode  = payment.PayCode("134680423163089456")
	price    = payment.Amount(128_50)
)

var theOrder = payment.Order{OutTradeNo: orderNo, Amount: price, Wallet: payment.WalletWeChat}

func payRequest() payment.PayRequest {
	return payment.PayRequest{Order: theOrder, Code: payCode, Subject: "Tea & cake", ReceiptNo: "01006128", Operator: "1206"}
}

func qrRequest() payment.QRRequest {
	return payment.QRRequest{Order: theOrder, Subject: "Tea & cake", ReceiptNo: "01006128", Expires: 2 * time.Minute}
}

func refundRequest() payment.RefundRequest {
	return payment.RefundRequest{Order: theOrder, RequestNo: refundNo, Refund: 28_50, Reason: "cold"}
}

// The deposit of the tests, with what is done to it.
const (
	holdNo    = "010000520q1w2e01006129001"
	captureNo = "010000520q1w2e01006130001"
	releaseNo = "010000520q1w2e01006131001"
)

func theHold(w payment.Wallet) payment.Hold {
	return payment.Hold{OutOrderNo: holdNo, RequestNo: holdNo, Amount: 500_00, Wallet: w}
}

func holdRequest(w payment.Wallet) payment.HoldRequest {
	return payment.HoldRequest{Hold: theHold(w), Code: payCode, Subject: "Room 8", ReceiptNo: "01006129"}
}

func captureRequest(w payment.Wallet) payment.CaptureRequest {
	return payment.CaptureRequest{Hold: theHold(w), OutTradeNo: captureNo, Capture: 120_00, ReleaseRest: true, Subject: "Room 8", ReceiptNo: "01006130"}
}

func releaseRequest(w payment.Wallet) payment.ReleaseRequest {
	return payment.ReleaseRequest{Hold: theHold(w), ReleaseNo: releaseNo, Release: 500_00, Reason: "check-out"}
}
