package paysim

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// wxTill is a client of APIv3 that builds and verifies every byte by hand.
type wxTill struct {
	*till
	account WeChatAccount
}

func startWeChat(t testing.TB, o Options) *wxTill {
	t.Helper()
	l := startTill(t, o)
	return &wxTill{l, l.WeChat()}
}

// asPartner is the till of the service provider at the same simulator.
func (l *wxTill) asPartner() *wxTill { return &wxTill{l.till, l.WeChatPartner()} }

// path is the way to a call: "codepay", "out-trade-no/FD1/close".
func (l *wxTill) path(rest string) string {
	if l.account.SubMchID != "" {
		return "/v3/pay/partner/transactions/" + rest
	}
	return "/v3/pay/transactions/" + rest
}

// names are the fields that name the merchant in a body.
func (l *wxTill) names() fields {
	if l.account.SubMchID != "" {
		return fields{"sp_appid": l.account.AppID, "sp_mchid": l.account.MchID, "sub_mchid": l.account.SubMchID}
	}
	return fields{"appid": l.account.AppID, "mchid": l.account.MchID}
}

// numbers are the same without the application, as close wants them.
func (l *wxTill) numbers() fields { return but(l.names(), fields{"appid": nil, "sp_appid": nil}) }

func (l *wxTill) inQuery() string {
	if l.account.SubMchID != "" {
		return "?sp_mchid=" + l.account.MchID + "&sub_mchid=" + l.account.SubMchID
	}
	return "?mchid=" + l.account.MchID
}

// codepayBody is a plain payment.
func (l *wxTill) codepayBody(no string, fen int, code string) fields {
	return but(l.names(), fields{
		"description": "咖啡", "out_trade_no": no, "payer": fields{"auth_code": code}, "amount": fields{"total": fen, "currency": "CNY"},
		"scene_info": fields{"device_id": "T1", "store_info": fields{"out_id": "S1"}},
	})
}

func (l *wxTill) nativeBody(no string, fen int) fields {
	return but(l.names(), fields{
		"description": "咖啡", "out_trade_no": no, "notify_url": "https://shop.example.com/wechat", "amount": fields{"total": fen, "currency": "CNY"},
	})
}

func (l *wxTill) refundBody(no, request string, fen, total int) fields {
	b := fields{"out_trade_no": no, "out_refund_no": request, "reason": "顾客退货", "amount": fields{"refund": fen, "total": total, "currency": "CNY"}}
	if l.account.SubMchID != "" {
		b["sub_mchid"] = l.account.SubMchID
	}
	return b
}

// request is a signed request; body nil has none, a string goes as it is.
func (l *wxTill) request(verb, uri string, body any) *http.Request {
	l.t.Helper()
	raw := []byte{}
	switch b := body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		raw, err = json.Marshal(b)
		check(l.t, err)
	}
	r, err := http.NewRequest(verb, l.account.BaseURL+uri, strings.NewReader(string(raw)))
	check(l.t, err)
	r.Header.Set("Accept", "application/json")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Authorization", l.authorization(verb, uri, string(raw), nil))
	return r
}

// authorization signs; change may spoil the parts before or, under "after_...",
// after signing.
func (l *wxTill) authorization(verb, uri, body string, change map[string]string) string {
	l.t.Helper()
	nonce := make([]byte, 16)
	_, err := rand.Read(nonce)
	check(l.t, err)
	part := map[string]string{
		"mchid": l.account.MchID, "nonce_str": fmt.Sprintf("%X", nonce), "timestamp": strconv.FormatInt(l.now().Unix(), 10), "serial_no": l.account.MerchantSerial,
	}
	for k, v := range change {
		part[k] = v
	}
	text := verb + "\n" + uri + "\n" + part["timestamp"] + "\n" + part["nonce_str"] + "\n" + body + "\n"
	part["signature"] = signature(l.t, wxPrivate(l.t, l.account.MerchantPrivateKey), text)
	if s, ok := change["signature"]; ok {
		part["signature"] = s
	}
	return fmt.Sprintf(`WECHATPAY2-SHA256-RSA2048 mchid="%s",nonce_str="%s",timestamp="%s",serial_no="%s",signature="%s"`,
		part["mchid"], part["nonce_str"], part["timestamp"], part["serial_no"], part["signature"])
}

func wxPrivate(t testing.TB, text string) *rsa.PrivateKey {
	t.Helper()
	block, _ := pem.Decode([]byte(text))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	check(t, err)
	return key.(*rsa.PrivateKey)
}

// wxSaid is an answer of APIv3 as it came over the wire.
type wxSaid struct {
	Status int
	Fields map[string]any
	Signed string // "" or the serial of the key that fits
	Raw    string
	Header http.Header
}

func (a wxSaid) text(name string) string {
	var v any = a.Fields
	for _, part := range strings.Split(name, ".") {
		o, _ := v.(map[string]any)
		v = o[part]
	}
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// String is the status and what says most: the error code, or the state.
func (a wxSaid) String() string {
	for _, name := range []string{"code", "trade_state", "status"} {
		if s := a.text(name); s != "" {
			return strconv.Itoa(a.Status) + " " + s
		}
	}
	return strconv.Itoa(a.Status)
}

// verified is the serial whose key fits the signature of an answer, or "".
func (l *wxTill) verified(h http.Header, body string) string {
	l.t.Helper()
	certificate, _ := pem.Decode([]byte(l.account.PlatformCert))
	cert, err := x509.ParseCertificate(certificate.Bytes)
	check(l.t, err)
	block, _ := pem.Decode([]byte(l.account.PublicKey))
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	check(l.t, err)
	keys := map[string]*rsa.PublicKey{l.account.PublicKeyID: public.(*rsa.PublicKey), l.account.PlatformSerial: cert.PublicKey.(*rsa.PublicKey)}
	key := keys[h.Get("Wechatpay-Serial")]
	if key == nil || !verify(key, h.Get("Wechatpay-Timestamp")+"\n"+h.Get("Wechatpay-Nonce")+"\n"+body+"\n", h.Get("Wechatpay-Signature")) {
		return ""
	}
	return h.Get("Wechatpay-Serial")
}

// send sends a request and takes the answer apart. broken says what is wrong
// with it on the wire, or that it cannot be believed.
func (l *wxTill) send(r *http.Request) (a wxSaid, broken string) {
	l.t.Helper()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return a, "no answer"
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return a, "cut off"
	}
	a = wxSaid{Status: answer.StatusCode, Raw: string(raw), Header: answer.Header}
	if len(raw) > 0 && json.Unmarshal(raw, &a.Fields) != nil {
		return a, "no JSON"
	}
	if a.Signed = l.verified(answer.Header, a.Raw); a.Signed == "" {
		return a, "not to be believed"
	}
	if strings.Contains(a.Raw, "ANOTHER_") {
		return a, "about another"
	}
	return a, ""
}

// ask sends a well-formed signed request and wants a signed answer.
func (l *wxTill) ask(verb, uri string, body any) wxSaid {
	l.t.Helper()
	a, broken := l.send(l.request(verb, uri, body))
	want(l.t, "answer", broken, "")
	return a
}

func (l *wxTill) code(scenario int) string { return l.FreshCodeOf(payment.WalletWeChat, scenario) }

func (l *wxTill) codepay(no string, fen int, code string) wxSaid {
	l.t.Helper()
	return l.ask("POST", l.path("codepay"), l.codepayBody(no, fen, code))
}

func (l *wxTill) native(no string, fen int) wxSaid {
	l.t.Helper()
	return l.ask("POST", l.path("native"), l.nativeBody(no, fen))
}

func (l *wxTill) query(no string) wxSaid {
	l.t.Helper()
	return l.ask("GET", l.path("out-trade-no/"+no)+l.inQuery(), nil)
}

func (l *wxTill) closeNo(no string) wxSaid {
	l.t.Helper()
	return l.ask("POST", l.path("out-trade-no/"+no+"/close"), l.numbers())
}

func (l *wxTill) reverse(no string) wxSaid {
	l.t.Helper()
	return l.ask("POST", l.path("out-trade-no/"+no+"/reverse"), l.names())
}

func (l *wxTill) refund(no, request string, fen, total int) wxSaid {
	l.t.Helper()
	return l.ask("POST", "/v3/refund/domestic/refunds", l.refundBody(no, request, fen, total))
}

func (l *wxTill) refundQuery(request string) wxSaid {
	l.t.Helper()
	q := ""
	if l.account.SubMchID != "" {
		q = "?sub_mchid=" + l.account.SubMchID
	}
	return l.ask("GET", "/v3/refund/domestic/refunds/"+request+q, nil)
}

// paid pays a new order at once, long enough ago to be reversed.
func (l *wxTill) paid(fen int) (no string) {
	l.t.Helper()
	no = l.orderNo()
	want(l.t, "pay", l.codepay(no, fen, l.code(1)).String(), "200 SUCCESS")
	l.clock.pass(15 * time.Second)
	return no
}

func amountOf(fen int) payment.Amount { return payment.Amount(fen) }
