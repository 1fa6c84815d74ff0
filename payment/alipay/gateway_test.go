package alipay_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

const appID = "2021000000000001"

// testKeys are made once for the whole run: RSA keys are slow to make.
type testKeys struct{ merchant, alipay, stranger *rsa.PrivateKey }

var keys = sync.OnceValue(func() testKeys {
	return testKeys{wiretest.RSA(), wiretest.RSA(), wiretest.RSA()}
})

func pkcs1(key *rsa.PrivateKey) string { return wiretest.Bare(x509.MarshalPKCS1PrivateKey(key)) }

func publicText(key any) string { return wiretest.Bare(wiretest.PKIX(key)) }

// request is what the gateway got, its signature verified.
type request struct {
	Method string
	Public url.Values
	Biz    map[string]any
}

// gateway is Alipay's, on loopback. It verifies every request and answers what
// the test says, with a real signature.
type gateway struct {
	*httptest.Server
	t      *testing.T
	answer func(w http.ResponseWriter, r request)
	got    wiretest.Requests[request]
}

// newGateway starts a gateway that gives the same answer to everything.
func newGateway(t *testing.T, answer func(w http.ResponseWriter, r request)) *gateway {
	t.Helper()
	g := &gateway{t: t, answer: answer}
	g.Server = httptest.NewServer(http.HandlerFunc(g.serve))
	t.Cleanup(g.Close)
	return g
}

func (g *gateway) serve(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		g.t.Errorf("the request cannot be read: %v", err)
		return
	}
	got := request{Method: r.Form.Get("method"), Public: r.Form}
	if err := json.Unmarshal([]byte(r.Form.Get("biz_content")), &got.Biz); err != nil {
		g.t.Errorf("%s: biz_content: %v", got.Method, err)
	}
	g.inspect(got)
	g.got.Add(got)
	w.Header().Set("Content-Type", "text/html;charset=utf-8") // as the real one does
	g.answer(w, got)
}

// inspect is as strict as Alipay about form and signature, and about empty
// parameters, which it takes for wrong ones.
func (g *gateway) inspect(r request) {
	var pairs []string
	for name, values := range r.Public {
		if len(values) != 1 || values[0] == "" {
			g.t.Errorf("%s: parameter %s has the values %q", r.Method, name, values)
		}
		if name != "sign" {
			pairs = append(pairs, name+"="+values[0])
		}
	}
	slices.Sort(pairs)
	signature, err := base64.StdEncoding.DecodeString(r.Public.Get("sign"))
	if err != nil {
		g.t.Errorf("%s: sign: %v", r.Method, err)
	}
	sum := sha256.Sum256([]byte(strings.Join(pairs, "&")))
	if err := rsa.VerifyPKCS1v15(&keys().merchant.PublicKey, crypto.SHA256, sum[:], signature); err != nil {
		g.t.Errorf("%s: the signature is refused: %v", r.Method, err)
	}
	for name, want := range map[string]string{"app_id": appID, "sign_type": "RSA2", "charset": "utf-8", "version": "1.0"} {
		if got := r.Public.Get(name); got != want {
			g.t.Errorf("%s: %s = %q, want %q", r.Method, name, got, want)
		}
	}
	at, err := time.ParseInLocation(time.DateTime, r.Public.Get("timestamp"), payment.Beijing)
	if err != nil || time.Since(at).Abs() > time.Minute {
		g.t.Errorf("%s: timestamp %q is not now in Beijing: %v", r.Method, r.Public.Get("timestamp"), err)
	}
	wiretest.NoEmptyValue(g.t, r.Method, r.Biz)
}

// sent is the requests so far, and only the one that was sent.
func (g *gateway) sent() []request { return g.got.Sent() }

func (g *gateway) only() request {
	g.t.Helper()
	return g.got.Only(g.t)
}

// answers makes a gateway that says node to everything, signed.
func answers(t *testing.T, node string) *gateway {
	return newGateway(t, signed(node))
}

func signed(node string) func(http.ResponseWriter, request) {
	return func(w http.ResponseWriter, r request) { fmt.Fprint(w, envelope(r.Method, node, keys().alipay, node)) }
}

// envelope puts a node into the gateway's form. signedText is what the
// signature is made over: the node itself, unless the test is about signatures.
func envelope(method, node string, key *rsa.PrivateKey, signedText string) string {
	return fmt.Sprintf(`{"%s":%s,"sign":"%s"}`, responseName(method), node, sign(key, signedText))
}

func responseName(method string) string { return strings.ReplaceAll(method, ".", "_") + "_response" }

func sign(key *rsa.PrivateKey, s string) string {
	sum := sha256.Sum256([]byte(s))
	return wiretest.Bare(wiretest.Must(rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])))
}

// config is right and complete for a gateway at url.
func config(url string) alipay.Config {
	return alipay.Config{AppID: appID, PrivateKey: pkcs1(keys().merchant), PublicKey: publicText(&keys().alipay.PublicKey), Gateway: url}
}

func newChannel(t *testing.T, c alipay.Config) *alipay.Channel {
	t.Helper()
	channel, err := alipay.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(channel.Close)
	return channel
}

// What every test pays, and asks to give back.
const (
	orderNo  = "FD01261121143326006128001"
	refundNo = orderNo + "R001"
	payCode  = payment.PayCode("281234567890124471")
	price    = payment.Amount(128_50)
)

var theOrder = payment.Order{OutTradeNo: orderNo, Amount: price}

func payRequest() payment.PayRequest {
	return payment.PayRequest{Order: theOrder, Code: payCode, Subject: "Tea and cake", ReceiptNo: "01006128"}
}

func qrRequest() payment.QRRequest {
	return payment.QRRequest{Order: theOrder, Subject: "Tea and cake", ReceiptNo: "01006128", Expires: 2 * time.Minute}
}

func refundRequest() payment.RefundRequest {
	return payment.RefundRequest{Order: theOrder, RequestNo: refundNo, Refund: 28_50, Reason: "cold"}
}
