package paysim

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"

	sdk "github.com/smartwalle/alipay/v3"
)

// testKeys are made once: making keys is the slow part of a simulator.
var testKeys = sync.OnceValues(NewKeys)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want[T comparable](t testing.TB, what string, got, expected T) {
	t.Helper()
	if got != expected {
		t.Errorf("%s: got %v, want %v", what, got, expected)
	}
}

// clock is a simulator's time in tests, moved by hand.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock {
	return &clock{t: time.Date(2026, 11, 21, 14, 30, 0, 0, payment.Beijing)}
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// till is a client that builds every request by hand, byte by byte, beside a
// started simulator.
type till struct {
	*Sim
	t     testing.TB
	clock *clock
	n     int
}

func startSim(t testing.TB, o Options) *Sim {
	t.Helper()
	if o.Keys == nil {
		keys, err := testKeys()
		check(t, err)
		o.Keys = keys
	}
	s, err := New(o)
	check(t, err)
	t.Cleanup(func() { check(t, s.Close()) })
	check(t, s.Start("127.0.0.1:0"))
	return s
}

func startTill(t testing.TB, o Options) *till {
	t.Helper()
	c := newClock()
	if o.Clock == nil {
		o.Clock = c.now
	}
	if o.Slow == 0 {
		o.Slow = 20 * time.Millisecond
	}
	return &till{Sim: startSim(t, o), t: t, clock: c}
}

// orderNo makes a new order number.
func (l *till) orderNo() string {
	l.n++
	return fmt.Sprintf("FD01261121143000%06d001", l.n)
}

// params are the parameters of a well-formed request, not yet signed.
func (l *till) params(method string, biz any) url.Values {
	v := url.Values{
		"app_id": {l.AppID}, "method": {method}, "format": {"JSON"}, "charset": {"utf-8"}, "sign_type": {"RSA2"},
		"timestamp": {moment(l.now())}, "version": {"1.0"},
	}
	switch biz := biz.(type) {
	case nil:
	case string:
		v.Set("biz_content", biz)
	default:
		raw, err := json.Marshal(biz)
		check(l.t, err)
		v.Set("biz_content", string(raw))
	}
	return v
}

// sign adds the signature, written here once more on purpose.
func (l *till) sign(v url.Values) url.Values {
	v.Del("sign")
	v.Set("sign", signature(l.t, l.keys.merchant, plainText(v)))
	return v
}

func plainText(v url.Values) string {
	pairs := []string{}
	for _, pair := range strings.Split(v.Encode(), "&") { // Encode sorts by key
		k, value, _ := strings.Cut(pair, "=")
		if plain, _ := url.QueryUnescape(value); plain != "" {
			pairs = append(pairs, k+"="+plain)
		}
	}
	return strings.Join(pairs, "&")
}

func signature(t testing.TB, key *rsa.PrivateKey, text string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(text))
	raw, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	check(t, err)
	return base64.StdEncoding.EncodeToString(raw)
}

// said is an answer of the gateway as it came over the wire.
type said struct {
	Code, Msg, SubCode, SubMsg string
	Fields                     map[string]any
	Node                       string // "error_response" or the method's
	Signed                     bool   // with a signature that fits the simulator's key
	Raw                        string
}

func (a said) String() string { return strings.TrimSuffix(a.Code+" "+a.SubCode, " ") }

func (a said) text(name string) string {
	s, _ := a.Fields[name].(string)
	return s
}

// read takes an answer apart and verifies its signature over its exact bytes.
func (l *till) read(r *http.Response, err error) said {
	l.t.Helper()
	check(l.t, err)
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	check(l.t, err)
	want(l.t, "status", r.StatusCode, 200)
	want(l.t, "content type", r.Header.Get("Content-Type"), "text/html;charset=utf-8")
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(raw, &whole); err != nil {
		l.t.Fatalf("answer is no JSON: %v: %s", err, raw)
	}
	a := said{Raw: string(raw)}
	for k, v := range whole {
		if k == "sign" {
			continue
		}
		a.Node = k
		check(l.t, json.Unmarshal(v, &a.Fields))
		if sign := whole["sign"]; len(sign) > 2 {
			a.Signed = verify(&l.keys.alipay.PublicKey, string(v), string(sign[1:len(sign)-1]))
			if i, j := bytes.Index(raw, v), bytes.Index(raw, []byte(`"sign"`)); j < i {
				l.t.Error("the signature comes before the node")
			}
		}
	}
	a.Code, a.Msg, a.SubCode, a.SubMsg = a.text("code"), a.text("msg"), a.text("sub_code"), a.text("sub_msg")
	return a
}

// post sends parameters in the form.
func (l *till) post(v url.Values) said {
	l.t.Helper()
	return l.read(http.Post(l.URL(), "application/x-www-form-urlencoded;charset=utf-8", strings.NewReader(v.Encode())))
}

// ask sends a well-formed signed request.
func (l *till) ask(method string, biz any) said {
	l.t.Helper()
	return l.post(l.sign(l.params(method, biz)))
}

type fields = map[string]any

// pay is the biz_content of a plain payment.
func payBiz(no, amount, code string) fields {
	return fields{"out_trade_no": no, "total_amount": amount, "subject": "咖啡", "auth_code": code, "scene": "bar_code"}
}

func (l *till) payWith(no, amount, code string) said {
	l.t.Helper()
	return l.ask("alipay.trade.pay", payBiz(no, amount, code))
}

// paidOrder pays a new order at once.
func (l *till) paidOrder(amount string) (no string) {
	l.t.Helper()
	no = l.orderNo()
	want(l.t, "pay", l.payWith(no, amount, l.FreshCode(1)).String(), "10000")
	return no
}

func (l *till) queryNo(no string) said {
	l.t.Helper()
	return l.ask("alipay.trade.query", fields{"out_trade_no": no})
}

func (l *till) cancelNo(no string) said {
	l.t.Helper()
	return l.ask("alipay.trade.cancel", fields{"out_trade_no": no})
}

func (l *till) refundNo(no, amount, request string) said {
	l.t.Helper()
	biz := fields{"out_trade_no": no, "refund_amount": amount, "refund_reason": "顾客退货"}
	if request != "" {
		biz["out_request_no"] = request
	}
	return l.ask("alipay.trade.refund", biz)
}

func (l *till) refundQueryNo(no, request string) said {
	l.t.Helper()
	return l.ask("alipay.trade.fastpay.refund.query", fields{"out_trade_no": no, "out_request_no": request})
}

// wantTruth compares one order of the book.
func (l *till) wantTruth(no string, state State, charged, refunded payment.Amount) {
	l.t.Helper()
	o, ok := l.Truth().Orders[no]
	if !ok && state != "" {
		l.t.Errorf("order %s is not in the book", no)
		return
	}
	if o.State != state || o.Charged != charged || o.Refunded != refunded {
		l.t.Errorf("order %s: the book has %s, charged %d, refunded %d; want %s, %d, %d", no, o.State, o.Charged, o.Refunded, state, charged, refunded)
	}
}

// client is the library that tills use, pointed at the simulator.
func client(t testing.TB, s *Sim) *sdk.Client {
	t.Helper()
	c, err := sdk.New(s.AppID, s.MerchantPrivateKey, false,
		sdk.WithSandboxGateway(s.URL()), sdk.WithTimeLocation(payment.Beijing), sdk.WithHTTPClient(&http.Client{Timeout: 5 * time.Second}))
	check(t, err)
	check(t, c.LoadAliPayPublicKey(s.AlipayPublicKey))
	return c
}
