package paysim

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Each request is right but for one thing.
func TestRequestsAreAuthenticatedLikeWeChatDoes(t *testing.T) {
	l := startWeChat(t, Options{Skew: 10 * time.Minute})
	partner := l.WeChatPartner()
	uri := l.path("out-trade-no/FD0000000001") + l.inQuery()
	at := func(d time.Duration) string { return strconv.FormatInt(l.now().Add(d).Unix(), 10) }
	stranger, err := l.keys.stranger()
	check(t, err)
	const no = "401 SIGN_ERROR"
	for _, c := range []struct {
		name   string
		change map[string]string     // parts of the header; a changed signature is the only one that does not sign the rest
		spoil  func(r *http.Request) // after signing
		answer string
	}{
		{"nothing wrong", nil, nil, "404 ORDER_NOT_EXIST"},
		{"clock a little off", map[string]string{"timestamp": at(-4 * time.Minute)}, nil, "404 ORDER_NOT_EXIST"},
		{"clock behind", map[string]string{"timestamp": at(-6 * time.Minute)}, nil, no},
		{"clock ahead", map[string]string{"timestamp": at(6 * time.Minute)}, nil, no},
		{"milliseconds", map[string]string{"timestamp": at(0) + "000"}, nil, no},
		{"no timestamp", map[string]string{"timestamp": ""}, nil, no},
		{"unknown merchant", map[string]string{"mchid": "1900000000"}, nil, no},
		{"another merchant's number", map[string]string{"mchid": partner.MchID}, nil, no},
		{"another merchant's certificate", map[string]string{"serial_no": partner.MerchantSerial}, nil, no},
		{"small serial", map[string]string{"serial_no": strings.ToLower(l.account.MerchantSerial)}, nil, no},
		{"no nonce", map[string]string{"nonce_str": ""}, nil, no},
		{"long nonce", map[string]string{"nonce_str": strings.Repeat("x", 65)}, nil, no},
		{"signature is no base64", map[string]string{"signature": "???"}, nil, no},
		{"signed by a stranger", map[string]string{"signature": signature(t, stranger, "GET\n"+uri+"\n")}, nil, no},
		{"no header", nil, func(r *http.Request) { r.Header.Del("Authorization") }, no},
		{"two headers", nil, func(r *http.Request) { r.Header.Add("Authorization", r.Header.Get("Authorization")) }, no},
		{"old scheme", nil, func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "WECHATPAY2-", "WECHATPAY-", 1))
		}, no},
		{"a part twice", nil, func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "nonce_str=", "mchid=", 1))
		}, no},
		{"a part too many", nil, func(r *http.Request) {
			r.Header.Set("Authorization", r.Header.Get("Authorization")+`,version="1"`)
		}, no},
		{"not quoted", nil, func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), `mchid="`+l.account.MchID+`"`, "mchid="+l.account.MchID, 1))
		}, no},
		{"another order than signed", nil, func(r *http.Request) { r.URL.Path = strings.Replace(r.URL.Path, "01", "02", 1) }, no},
		{"another query than signed", nil, func(r *http.Request) { r.URL.RawQuery += "&x=1" }, no},

		{"no Accept", nil, func(r *http.Request) { r.Header.Del("Accept") }, "400 PARAM_ERROR"},
		{"another Accept", nil, func(r *http.Request) { r.Header.Set("Accept", "text/html") }, "400 PARAM_ERROR"},
		{"any Accept", nil, func(r *http.Request) { r.Header.Set("Accept", "*/*") }, "404 ORDER_NOT_EXIST"},
		{"no User-Agent", nil, func(r *http.Request) { r.Header.Set("User-Agent", "") }, "400 PARAM_ERROR"},
		{"a key of WeChat's that is none", nil, func(r *http.Request) { r.Header.Set("Wechatpay-Serial", "PUB_KEY_ID_0") }, "400 PARAM_ERROR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := l.request("GET", uri, nil)
			r.Header.Set("Authorization", l.authorization("GET", uri, "", c.change))
			if c.spoil != nil {
				c.spoil(r)
			}
			a, broken := l.send(r)
			want(t, "answer", a.String(), c.answer)
			want(t, "signed", broken == "", c.answer != no)
		})
	}
}

func TestANonceIsGoodOnce(t *testing.T) {
	l := startWeChat(t, Options{})
	r := l.request("GET", l.path("out-trade-no/FD0000000001")+l.inQuery(), nil)
	a, _ := l.send(r)
	want(t, "first", a.String(), "404 ORDER_NOT_EXIST")
	a, broken := l.send(r)
	want(t, "replayed", a.String()+" "+broken, "401 SIGN_ERROR not to be believed")
	var n nonces
	for i := range 3 * nonceGeneration {
		if !n.fresh(strconv.Itoa(i)) {
			t.Fatalf("nonce %d is not fresh", i)
		}
	}
	want(t, "remembered", len(n.now)+len(n.old) <= 2*nonceGeneration, true)
	want(t, "the last", n.fresh(strconv.Itoa(3*nonceGeneration-1)), false)
}

func TestABodyIsJSONOfTheRightKind(t *testing.T) {
	l := startWeChat(t, Options{})
	uri := l.path("native")
	body := l.nativeBody(l.orderNo(), 100)
	for _, c := range []struct {
		name, kind, answer string
		body               any
	}{
		{"as it should be", "application/json", "200", body},
		{"with its charset", "application/json; charset=UTF-8", "200", l.nativeBody(l.orderNo(), 100)},
		{"another charset", "application/json; charset=gbk", "415 INVALID_REQUEST", body},
		{"a form", "application/x-www-form-urlencoded", "415 INVALID_REQUEST", body},
		{"no kind", "", "415 INVALID_REQUEST", body},
		{"a list", "application/json", "400 PARAM_ERROR", "[]"},
		{"half of it", "application/json", "400 PARAM_ERROR", `{"mchid":"1"`},
		{"two of it", "application/json", "400 PARAM_ERROR", `{}{}`},
		{"a field twice", "application/json", "400 PARAM_ERROR", `{"mchid":"1","mchid":"2"}`},
		{"nothing", "application/json", "400 PARAM_ERROR", ""},
		{"not UTF-8", "application/json", "400 PARAM_ERROR", "{\"mchid\":\"\xb0\xa1\"}"},
	} {
		r := l.request("POST", uri, c.body)
		r.Header.Set("Content-Type", c.kind)
		a, broken := l.send(r)
		want(t, c.name, a.String()+broken, c.answer)
	}
	r := l.request("GET", l.path("out-trade-no/FD0000000001")+l.inQuery(), `{"mchid":"1"}`)
	a, _ := l.send(r)
	want(t, "a query with a body", a.String(), "400 PARAM_ERROR")
	a, broken := l.send(l.request("DELETE", uri, nil))
	want(t, "no such call", a.String()+" "+broken, "404 RESOURCE_NOT_EXISTS not to be believed")
	a, _ = l.send(l.request("POST", "/v3/pay/transactions/jsapi", body))
	want(t, "no such product", a.String(), "404 RESOURCE_NOT_EXISTS")
}

func TestWeChatAnswersWithTheKeyThatWasAskedFor(t *testing.T) {
	l := startWeChat(t, Options{})
	for _, c := range []struct {
		signer        WeChatSigner
		asked, signed string
	}{
		{WeChatAsAsked, "", l.account.PublicKeyID},
		{WeChatAsAsked, l.account.PublicKeyID, l.account.PublicKeyID},
		{WeChatAsAsked, l.account.PlatformSerial, l.account.PlatformSerial},
		{WeChatPublicKey, l.account.PlatformSerial, l.account.PublicKeyID},
		{WeChatPlatformCert, "", l.account.PlatformSerial},
		{WeChatPlatformCert, l.account.PublicKeyID, l.account.PlatformSerial},
	} {
		l.SetWeChatSigner(c.signer)
		r := l.request("GET", l.path("out-trade-no/FD0000000001")+l.inQuery(), nil)
		if c.asked != "" {
			r.Header.Set("Wechatpay-Serial", c.asked)
		}
		a, _ := l.send(r)
		want(t, string(c.signer)+" asked "+c.asked, a.Signed, c.signed)
	}
	other := startWeChat(t, Options{WeChat: WeChatOptions{Signer: WeChatPlatformCert}})
	want(t, "by option", other.query("FD0000000001").Signed, other.account.PlatformSerial)
	want(t, "form", len(l.account.PublicKeyID), len("PUB_KEY_ID_")+28)
	want(t, "serials", len(l.account.PlatformSerial)+len(l.account.MerchantSerial), 80)
	want(t, "API keys", len(l.account.APIv3Key)+len(l.WeChatPartner().APIv2Key), 64)
}

func TestAnswersAreStampedWithTheClientsTime(t *testing.T) {
	l := startWeChat(t, Options{})
	stamp := func(l *wxTill) time.Time {
		n, err := strconv.ParseInt(l.query("FD0000000001").Header.Get("Wechatpay-Timestamp"), 10, 64)
		check(t, err)
		return time.Unix(n, 0)
	}
	want(t, "now", time.Since(stamp(l)).Abs() < time.Minute, true)
	past := time.Date(2020, 2, 2, 0, 0, 0, 0, time.UTC)
	l = startWeChat(t, Options{WeChat: WeChatOptions{Stamp: func() time.Time { return past }}})
	want(t, "as told", stamp(l).Equal(past), true)
}

func TestABodyThatWasNotSignedIsRefused(t *testing.T) {
	l := startWeChat(t, Options{})
	no := l.orderNo()
	r := l.request("POST", l.path("native"), l.nativeBody(no, 100))
	r.Body = l.request("POST", l.path("native"), l.nativeBody(no, 900)).Body
	a, _ := l.send(r)
	want(t, "answer", a.String(), "401 SIGN_ERROR")
	want(t, "in the book", l.Truth().Orders[no].State, "")
}

// An empty answer is signed over its empty body.
func TestACloseSaysNothingAndSignsIt(t *testing.T) {
	l := startWeChat(t, Options{})
	no := l.orderNo()
	l.native(no, 100)
	a := l.closeNo(no)
	want(t, "answer", a.String()+a.Raw, "204")
	want(t, "signed", a.Signed, l.account.PublicKeyID)
}
