package wechat

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"strings"
	"testing"
)

// The vector that WeChat publishes with its signing rule. MD5 is no longer taken
// for deposits; it proves the text that is signed.
func TestThePublishedSignatures(t *testing.T) {
	const key = "192006250b4c09247ec02edce69f6a2d"
	p := params{"appid": "wxd930ea5d5a258f4f", "mch_id": "10000100", "device_info": "1000", "body": "test", "nonce_str": "ibuaiVcKdpRxkhJA",
		"empty": "", "sign": "never part of it"}
	const text = "appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA&key=" + key
	if got := p.canonical(key); got != text {
		t.Errorf("signed text\ngot  %s\nwant %s", got, text)
	}
	sum := md5.Sum([]byte(p.canonical(key)))
	if got, want := strings.ToUpper(hex.EncodeToString(sum[:])), "9A0A8659F005D6984697E2CA0A9CF3B7"; got != want {
		t.Errorf("MD5 %s, want %s", got, want)
	}
	if got, want := p.sign(key), "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6"; got != want {
		t.Errorf("HMAC %s, want %s", got, want)
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	p["sign"] = hex.EncodeToString(mac.Sum(nil)) // lower case is as good
	if !p.signed(key) {
		t.Error("its own signature is refused")
	}
	for name, change := range map[string]func(params){
		"another key":   func(p params) { p["sign"] = p.sign("x" + key[1:]) },
		"a field more":  func(p params) { p["total_fee"] = "1" },
		"a field less":  func(p params) { delete(p, "body") },
		"another value": func(p params) { p["body"] = "Test" },
		"none":          func(p params) { p["sign"] = "" },
		"a half":        func(p params) { p["sign"] = p["sign"][:32] },
	} {
		changed := maps.Clone(p)
		change(changed)
		if changed.signed(key) {
			t.Errorf("%s: believed", name)
		}
	}
}

func TestXMLThatIsRead(t *testing.T) {
	for text, want := range map[string]params{
		`<xml></xml>`: {},
		`<xml/>`:      {},
		`<xml><a>1</a><b><![CDATA[<2> & "3"]]></b></xml>`:       {"a": "1", "b": `<2> & "3"`},
		`<?xml version="1.0" encoding="UTF-8"?><xml><a/></xml>`: {"a": ""},
		"\n <xml>\n  <a> 1 </a>\n</xml>\n":                      {"a": " 1 "},
		`<xml><a>&lt;&amp;&gt;&#x4e2d;</a></xml>`:               {"a": "<&>中"},
		`<xml><a>x<![CDATA[y]]>z</a><!-- note --></xml>`:        {"a": "xyz"},
		`<xml><coupon_fee_0>5</coupon_fee_0></xml>`:             {"coupon_fee_0": "5"},
	} {
		got, err := decodeXML([]byte(text))
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("%s: %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestXMLThatIsRefused(t *testing.T) {
	for _, text := range []string{
		``, ` `, `xml`, `<xml>`, `<xml><a>1</xml>`, `<html><a>1</a></html>`, `<xml><a>1</a></xml><xml><a>2</a></xml>`,
		`<xml><a>1</a></xml>tail`, `head<xml></xml>`, `<xml>text</xml>`, `<xml><a><b>1</b></a></xml>`, `<xml><a>1</a><a>2</a></xml>`,
		`<xml><a>1</a><a>1</a></xml>`, `<xml><a x="1">1</a></xml>`, `<xml x="1"></xml>`, `<xml xmlns="u"><a>1</a></xml>`, `<xml><n:a>1</n:a></xml>`,
		`<!DOCTYPE xml [<!ENTITY e "boom">]><xml><a>&e;</a></xml>`, `<!DOCTYPE xml SYSTEM "file:///etc/hosts"><xml/>`, `<xml><a>&e;</a></xml>`,
		`<?xml version="1.0" encoding="GBK"?><xml/>`, `<?php echo ?><xml/>`, `<xml><?xml version="1.0"?></xml>`, "<xml><a>\x00</a></xml>", "<xml><a>\xff</a></xml>",
	} {
		if got, err := decodeXML([]byte(text)); err == nil {
			t.Errorf("%s: %v", text, got)
		}
	}
	if _, err := decodeXML([]byte(`<xml><a>1</a><a>2</a></xml>`)); !errors.Is(err, errXMLTwice) {
		t.Errorf("a field twice: %v", err)
	}
}

// What is written can be read again, whatever a subject holds.
func TestXMLIsReadAsItWasWritten(t *testing.T) {
	p := params{"body": `<b>&amp; ]]> "茶" 'x' 🍵`, "attach": "a\tb", "empty": "", "total_fee": "1"}
	got, err := decodeXML(p.encode())
	delete(p, "empty")
	if err != nil || !maps.Equal(got, p) {
		t.Errorf("%v, %v; want %v", got, err, p)
	}
}

func FuzzXML(f *testing.F) {
	for _, s := range []string{`<xml><a>1</a></xml>`, `<xml><a><![CDATA[x]]></a><b/></xml>`, `<?xml version="1.0"?><xml><a>&#10;</a></xml>`,
		`<xml><a>1</a><a>2</a></xml>`, `<!DOCTYPE x><xml/>`, `<xml xmlns:a="b"><a:c/></xml>`, `<xml><return_code>SUCCESS</return_code><sign>X</sign></xml>`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := decodeXML(raw)
		if err != nil {
			return
		}
		for name := range p {
			if name == "" {
				t.Fatalf("a field without a name in %q", raw)
			}
		}
		again, err := decodeXML(p.encode())
		if err != nil {
			t.Fatalf("%v is written and cannot be read: %v", p, err)
		}
		for name, value := range p {
			if value != "" && again[name] != value {
				t.Fatalf("%s: %q became %q", name, value, again[name])
			}
		}
		if again.canonical("k") != p.canonical("k") {
			t.Fatalf("%v is signed otherwise after reading", p)
		}
	})
}

func FuzzFoldV2(f *testing.F) {
	c := &Channel{set: settings{mchID: "1900000001", subMchID: "1900000208", apiV2Key: "k"}}
	for _, s := range []string{
		"return_code=SUCCESS&result_code=SUCCESS&out_trade_no=FD1234567&transaction_id=42&total_fee=50000&trade_state=CONSUMED&consume_fee=100",
		"return_code=SUCCESS&result_code=SUCCESS&out_trade_no=FD1234567&trade_state=REVOKED", "return_code=SUCCESS&result_code=FAIL&err_code=USERPAYING",
		"return_code=SUCCESS&result_code=SUCCESS&out_trade_no=FD1234567&trade_state=REFUND&consume_fee=0", "return_code=FAIL&return_msg=x",
		"return_code=SUCCESS&result_code=FAIL&err_code=ORDERNOTEXIST", "return_code=SUCCESS&result_code=SUCCESS&consume_fee=100",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := params{}
		for pair := range strings.SplitSeq(s, "&") {
			name, value, _ := strings.Cut(pair, "=")
			p[name] = value
		}
		r := v2reply{fields: p}
		checkV2(t, c, r)
	})
}
