package paysim

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/http"
	"strings"
	"testing"

	"frontdesk/payment"
)

// Each envelope is right but for one thing. Whatever is wrong is 101, and 101 is
// not authenticated.
func TestCloudPayChecksTheEnvelope(t *testing.T) {
	l := startCloud(t, Options{})
	good := compact(t, l.request("", fields{"out_trade_no": l.number()}))
	code := authentic(l.AuthKey, good)
	a := func(code string) fields { return fields{"a": fields{"authen_type": 1, "authen_code": code}} }
	const right, signed = "104/400", true
	for _, c := range []struct {
		name     string
		envelope any
		answer   string
		signed   bool
	}{
		{"nothing wrong", fields{"request_content": good, "authen_info": a(code)}, right, signed},
		{"white space around the content", l.envelope(" " + good + "\n"), right, signed},
		{"no JSON", "hello", "101/5", false},
		{"a list", "[]", "101/5", false},
		{"something behind it", compact(t, l.envelope(good)) + "{}", "101/5", false},
		{"a name twice", strings.Replace(compact(t, l.envelope(good)), `{"authen_info"`, `{"request_content":"{}","authen_info"`, 1), "101/5", false},
		{"no content", fields{"authen_info": a(code)}, "101/5", false},
		{"the content as an object", fields{"authen_info": a(code), "request_content": fields{}}, "101/5", false},
		{"an empty content", l.envelope(""), "101/5", false},
		{"a content that is no JSON", l.envelope("x"), "101/5", false},
		{"a content that is a list", l.envelope("[]"), "101/5", false},
		{"a name twice in the content", l.envelope(strings.Replace(good, `{"nonce_str"`, `{"nonce_str":"1","nonce_str"`, 1)), "101/5", false},
		{"no authen_info", fields{"request_content": good}, "101/5", false},
		{"nobody's authen_info", fields{"request_content": good, "authen_info": fields{"b": 1}}, "101/5", false},
		{"unknown field", fields{"request_content": good, "authen_info": a(code), "sign": "x"}, "101/5", false},
		{"MD5", fields{"request_content": good, "authen_info": fields{"a": fields{"authen_type": 2, "authen_code": code}}}, "101/5", false},
		{"type as a text", fields{"request_content": good, "authen_info": fields{"a": fields{"authen_type": "1", "authen_code": code}}}, "101/5", false},
		{"small letters", fields{"request_content": good, "authen_info": a(strings.ToLower(code))}, "101/5", false},
		{"too short", fields{"request_content": good, "authen_info": a(code[:63])}, "101/5", false},
		{"a code of another text", fields{"request_content": good + " ", "authen_info": a(code)}, "101/7", false},
		{"a code of another key", fields{"request_content": good, "authen_info": a(authentic(strings.Repeat("0", 32), good))}, "101/7", false},
		{"the key taken as hex", fields{"request_content": good, "authen_info": a(authentic(string(unhex(t, l.AuthKey)), good))}, "101/7", false},
		{"another merchant", l.envelope(strings.Replace(good, l.OutSubMchID, "sz01PaySimMerchant02", 1)), "101/9", false},
		{"no merchant", l.envelope(`{"nonce_str":"1"}`), "101/9", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := l.post("query_order", c.envelope)
			want(t, "answer", h.String(), c.answer)
			want(t, "authenticated", h.Signed, c.signed)
			want(t, "an object", h.Object != nil, c.signed)
		})
	}
	want(t, "orders", len(l.Truth().Orders), 0)
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	out := make([]byte, len(s)/2)
	for i := range out {
		out[i] = byte(strings.IndexByte("0123456789abcdef", s[2*i])<<4 | strings.IndexByte("0123456789abcdef", s[2*i+1]))
	}
	return out
}

func TestCloudPayIsAskedByPostInJSONUnderItsName(t *testing.T) {
	l := startCloud(t, Options{})
	envelope := compact(t, l.envelope(l.request("", fields{"out_trade_no": l.number()})))
	send := func(method, path, kind string) string {
		r, err := http.NewRequest(method, l.Host+path, strings.NewReader(envelope))
		check(t, err)
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		answer, err := http.DefaultClient.Do(r)
		return l.hear(path, answer, err).String()
	}
	for _, c := range []struct{ method, path, kind, answer string }{
		{"POST", "/cpay/query_order", "application/json", "104/400"},
		{"POST", "/cpay/query_order", "application/json; charset=UTF-8", "104/400"},
		{"POST", "/cpay/query_order", "application/json; charset=gbk", "101/5"},
		{"POST", "/cpay/query_order", "text/plain", "101/5"},
		{"POST", "/cpay/query_order", "", "101/5"},
		{"GET", "/cpay/query_order", "application/json", "405 Method Not Allowed"},
		{"PUT", "/cpay/query_order", "application/json", "405 Method Not Allowed"},
		{"POST", "/cpay/Query_Order", "application/json", "404 Not Found"},
		{"POST", "/cpay/reverse", "application/json", "404 Not Found"},
		{"POST", "/cpay/", "application/json", "404 Not Found"},
		{"POST", "/cpay/ping", "application/json", "404 Not Found"},
		{"POST", "/cpay/query_order/", "application/json", "404 Not Found"},
	} {
		want(t, c.method+" "+c.path+" "+c.kind, send(c.method, c.path, c.kind), c.answer)
	}
	r, err := http.Get(l.BaseURL + "/ping")
	check(t, err)
	r.Body.Close()
	want(t, "ping", r.StatusCode, 200)
	want(t, "too large", l.post("query_order", strings.Repeat(" ", maxBody+1)).String(), "101/5")
	want(t, "bytes that are no utf-8", l.post("query_order", "{\"request_content\":\"\xb0\xa1\"}").String(), "101/5")
}

// signedBy is a request with the merchant's signature, and with the authen_code
// where withCode says so.
func (l *cloudTill) signedBy(key *rsa.PrivateKey, salt int, name string, withCode bool, body fields) fields {
	l.t.Helper()
	text := compact(l.t, body)
	sum := sha256.Sum256([]byte(text))
	raw, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: salt})
	check(l.t, err)
	info := fields{"s": fields{"sign_type": 1, name: base64.StdEncoding.EncodeToString(raw)}}
	if withCode {
		info["a"] = fields{"authen_type": 1, "authen_code": authentic(l.AuthKey, text)}
	}
	return fields{"request_content": text, "authen_info": info}
}

func TestARefundMayBeSignedAndMayHaveToBe(t *testing.T) {
	for _, must := range []bool{false, true} {
		l := startCloud(t, Options{CloudSignature: must})
		block, _ := pem.Decode([]byte(l.SigningKey))
		parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		check(t, err)
		key := parsed.(*rsa.PrivateKey)
		const w = payment.WalletWeChat
		no := l.paid(w, 10000)
		body := func() fields { return l.refundBody(no, w, 10000, 10, l.number()) }
		most, hash := rsa.PSSSaltLengthAuto, rsa.PSSSaltLengthEqualsHash
		want(t, "salted with as much as fits", l.post("refund", l.signedBy(key, most, "sign", true, body())).String(), "0/0")
		want(t, "salted like the hash", l.post("refund", l.signedBy(key, hash, "sign", true, body())).String(), "0/0")
		want(t, "under the older name", l.post("refund", l.signedBy(key, most, "signature", true, body())).String(), "0/0")
		want(t, "without an authen_code", l.post("refund", l.signedBy(key, most, "sign", false, body())).String(), "0/0")
		want(t, "a query without an authen_code", l.post("query_order", l.signedBy(key, most, "sign", false, l.request("", fields{"out_trade_no": no}))).String(), "101/5")
		want(t, "under both names", l.post("refund", but(l.signedBy(key, most, "sign", true, body()), fields{"authen_info": fields{
			"s": fields{"sign_type": 1, "sign": "AA==", "signature": "AA=="},
		}})).String(), "101/8")
		stranger, err := l.keys.stranger()
		check(t, err)
		want(t, "by a stranger", l.post("refund", l.signedBy(stranger, most, "sign", true, body())).String(), "101/8")
		other := l.signedBy(key, most, "sign", true, body())
		other["request_content"] = compact(t, body())
		other["authen_info"].(fields)["a"] = fields{"authen_type": 1, "authen_code": authentic(l.AuthKey, other["request_content"].(string))}
		want(t, "of another request", l.post("refund", other).String(), "101/8")
		plain := "0/0"
		if must {
			plain = "101/8"
		}
		want(t, "without a signature", l.ask("refund", body()).String(), plain)
	}
}
