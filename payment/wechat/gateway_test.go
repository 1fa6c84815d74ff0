package wechat_test

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment/wire/wiretest"
)

// The merchants of the tests, and what WeChat calls its keys.
const (
	appID, mchID          = "wx8888888888888888", "1900000109"
	spAppID, spMchID      = "wx7777777777777777", "1900000001"
	subAppID, subMchID    = "wx9999999999999999", "1900000208"
	keyID                 = "PUB_KEY_ID_0119000001092025010100000000000001"
	v2Key                 = "TESTKEYtestkeyTESTKEYtestkey0123"
	notFound              = `{"code":"ORDER_NOT_EXIST","message":"订单不存在"}`
	noRefund              = `{"code":"RESOURCE_NOT_EXISTS","message":"退款单不存在"}`
	systemError           = `{"code":"SYSTEM_ERROR","message":"系统错误"}`
	transactionID         = "4200001234202611210000000001"
	notifyURL             = "https://shop.example.com/wechat"
	successTime, timeEnds = "2026-11-21T14:33:26+08:00", "20261121143326"
)

// pair is a key and a certificate over it.
type pair struct {
	key    *rsa.PrivateKey
	cert   *x509.Certificate
	serial string
}

// testKeys are made once for the whole run: RSA keys are slow to make.
type testKeys struct{ merchant, platform, stranger pair }

var keys = sync.OnceValue(func() testKeys {
	var made [3]pair
	for i := range made {
		made[i] = newPair(int64(0xA0) + int64(i))
	}
	return testKeys{made[0], made[1], made[2]}
})

func newPair(number int64) pair {
	key := wiretest.RSA()
	serial, _ := new(big.Int).SetString("5157F09EFDC096DE15EBE81A47057A7232F1B8"+fmt.Sprintf("%02X", number), 16)
	template := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: "test only"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	der := wiretest.Must(x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key))
	return pair{key, wiretest.Must(x509.ParseCertificate(der)), fmt.Sprintf("%X", serial)}
}

func (p pair) certPEM() string { return wiretest.PEM("CERTIFICATE", p.cert.Raw) }

func (p pair) privatePEM() string { return wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(p.key)) }

func (p pair) publicPEM() string { return wiretest.PEM("PUBLIC KEY", wiretest.PKIX(&p.key.PublicKey)) }

// request is what the gateway got, its signature verified.
type request struct {
	Call   string // "codepay", "native", "query", "close", "reverse", "refund", "refund query", "bill", "bill file", or the path of a v2 call
	Path   string
	Query  string
	Biz    map[string]any    // the body of v3
	Fields map[string]string // the fields of v2
	Cert   *x509.Certificate // what the caller showed; nil without
	Signer string            // the merchant that signed a request of v3
	Accept string            // the key of WeChat that the caller asks for
}

var callRule = regexp.MustCompile(`^(GET|POST) /v3/(?:pay/(?:partner/)?transactions/(?:out-trade-no/[^/]+/?)?|refund/domestic/(refunds)(/)?)([a-z]*)`)

func callOf(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, "/deposit/") {
		return r.URL.Path
	}
	switch r.URL.Path {
	case "/v3/bill/tradebill":
		return "bill"
	case "/v3/billdownload/file":
		return "bill file"
	}
	parts := callRule.FindStringSubmatch(r.Method + " " + r.URL.Path)
	switch {
	case parts == nil:
		return r.Method + " " + r.URL.Path
	case parts[2] != "" && parts[1] == "GET":
		return "refund query"
	case parts[2] != "":
		return "refund"
	case parts[1] == "GET":
		return "query"
	}
	return parts[4]
}

// gateway is WeChat's, on loopback. It verifies every request and answers what
// the test says.
type gateway struct {
	*httptest.Server
	t      *testing.T
	answer answer
	got    wiretest.Requests[request]
}

// answer writes one answer.
type answer func(w http.ResponseWriter, r request)

func newGateway(t *testing.T, a answer) *gateway {
	t.Helper()
	g := &gateway{t: t, answer: a}
	g.Server = httptest.NewServer(http.HandlerFunc(g.serve))
	g.Config.SetKeepAlivesEnabled(false) // Go repeats a GET on a connection that died while it was idle, and the tests count
	t.Cleanup(g.Close)
	return g
}

func (g *gateway) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		g.t.Errorf("the request cannot be read: %v", err)
		return
	}
	got := request{Call: callOf(r), Path: r.URL.Path, Query: r.URL.RawQuery, Accept: r.Header.Get("Wechatpay-Serial")}
	if r.TLS != nil && len(r.TLS.PeerCertificates) > 0 {
		got.Cert = r.TLS.PeerCertificates[0]
	}
	if strings.HasPrefix(r.URL.Path, "/deposit/") {
		got.Fields = g.inspectV2(r, body)
	} else {
		got.Biz, got.Signer = g.inspectV3(r, body)
	}
	g.got.Add(got)
	g.answer(w, got)
}

var authorization = regexp.MustCompile(`^WECHATPAY2-SHA256-RSA2048 mchid="([^"]*)",nonce_str="([^"]*)",timestamp="([^"]*)",serial_no="([^"]*)",signature="([^"]*)"$`)

// inspectV3 is as strict as WeChat about the signature, and about empty fields.
func (g *gateway) inspectV3(r *http.Request, body []byte) (biz map[string]any, mch string) {
	a := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if a == nil {
		g.t.Errorf("%s: Authorization %q", r.URL, r.Header.Get("Authorization"))
		return nil, ""
	}
	wantMch := mchID
	if strings.HasPrefix(r.URL.Path, "/v3/billdownload/") { // which names no merchant
		wantMch = a[1]
	}
	if strings.Contains(r.URL.Path, "/partner/") || strings.Contains(r.URL.RawQuery+string(body), "sub_mchid") {
		wantMch = spMchID
	}
	signature, err := base64.StdEncoding.DecodeString(a[5])
	sum := sha256.Sum256([]byte(strings.Join([]string{r.Method, r.URL.RequestURI(), a[3], a[2], string(body), ""}, "\n")))
	if err != nil || rsa.VerifyPKCS1v15(&keys().merchant.key.PublicKey, crypto.SHA256, sum[:], signature) != nil {
		g.t.Errorf("%s: the signature is refused", r.URL)
	}
	if seconds, err := strconv.ParseInt(a[3], 10, 64); err != nil || time.Since(time.Unix(seconds, 0)).Abs() > time.Minute || a[1] != wantMch || a[4] != keys().merchant.serial {
		g.t.Errorf("%s: mchid %s, time %s, serial %s", r.URL, a[1], a[3], a[4])
	}
	if r.Method == http.MethodGet {
		if len(body) > 0 {
			g.t.Errorf("%s with a body: %s", r.URL, body)
		}
		return nil, a[1]
	}
	if err := json.Unmarshal(body, &biz); err != nil || r.Header.Get("Content-Type") != "application/json" {
		g.t.Errorf("%s: body %s: %v", r.URL, body, err)
	}
	wiretest.NoEmptyValue(g.t, r.URL.Path, biz)
	return biz, a[1]
}

// inspectV2 reads the XML with another parser than the channel's and makes the
// signature anew.
func (g *gateway) inspectV2(r *http.Request, body []byte) map[string]string {
	var document struct {
		Fields []struct {
			XMLName xml.Name
			Value   string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(body, &document); err != nil {
		g.t.Errorf("%s: %v in %s", r.URL, err, body)
	}
	fields := map[string]string{}
	for _, f := range document.Fields {
		if _, twice := fields[f.XMLName.Local]; twice || f.Value == "" {
			g.t.Errorf("%s: %s is there twice or empty", r.URL, f.XMLName.Local)
		}
		fields[f.XMLName.Local] = f.Value
	}
	if got := fields["sign"]; got != signV2(fields, v2Key) {
		g.t.Errorf("%s: the signature %s is refused", r.URL, got)
	}
	want := map[string]string{"appid": spAppID, "mch_id": spMchID, "sub_mch_id": subMchID, "sign_type": "HMAC-SHA256"}
	for name, value := range want {
		if fields[name] != value {
			g.t.Errorf("%s: %s = %q, want %q", r.URL, name, fields[name], value)
		}
	}
	if len(fields["nonce_str"]) < 16 || len(fields["nonce_str"]) > 32 || r.Method != http.MethodPost {
		g.t.Errorf("%s: nonce_str %q by %s", r.URL, fields["nonce_str"], r.Method)
	}
	return fields
}

// signV2 is the rule of the documents, written apart from the channel's.
func signV2(fields map[string]string, key string) string {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name != "sign" && fields[name] != "" {
			b.WriteString(name + "=" + fields[name] + "&")
		}
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(b.String() + "key=" + key))
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

// sent is the requests so far, and calls their kinds.
func (g *gateway) sent() []request { return g.got.Sent() }

func (g *gateway) calls() string {
	var calls []string
	for _, r := range g.sent() {
		calls = append(calls, r.Call)
	}
	return strings.Join(calls, ", ")
}

// only is the one request that was sent.
func (g *gateway) only() request {
	g.t.Helper()
	return g.got.Only(g.t)
}
