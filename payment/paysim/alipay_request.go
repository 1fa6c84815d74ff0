package paysim

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/payment"
)

const maxBody = 1 << 20 // far above any request to the gateway

// request is what came in: the query and the form merged, as the gateway does.
type request struct {
	values url.Values
	broken string // why it could not be read; "" when it was
}

func (r request) method() string { return r.values.Get("method") }

// readRequest reads the parameters of a request, wherever they are.
func readRequest(w http.ResponseWriter, r *http.Request) request {
	req := request{values: url.Values{}}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		req.broken = "查询串无法解析"
	}
	merge(req.values, query)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		req.broken = "请求内容过大或不完整"
		return req
	}
	if len(body) == 0 {
		return req
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset, named := params["charset"]
	if err != nil || kind != "application/x-www-form-urlencoded" || (named && !strings.EqualFold(charset, "utf-8")) {
		req.broken = "Content-Type 必须是 application/x-www-form-urlencoded，字符集 utf-8"
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		req.broken = "表单无法解析"
	}
	merge(req.values, form)
	return req
}

func merge(into, from url.Values) {
	for k, v := range from {
		into[k] = append(into[k], v...)
	}
}

// publicParams are the parameters beside biz_content that the gateway knows,
// and whether they must be there.
var publicParams = map[string]bool{
	"app_id": true, "method": true, "charset": true, "sign_type": true, "sign": true, "timestamp": true, "version": true,
	"format": false, "biz_content": false, "notify_url": false, "return_url": false, "app_auth_token": false,
	"alipay_sdk": false, // sent by the official clients
}

// missing are the sub codes that name what is not there; charset has none.
var missing = map[string]string{
	"charset": "isv.invalid-charset", "sign_type": "isv.missing-signature-type", "sign": "isv.missing-signature",
	"timestamp": "isv.missing-timestamp", "version": "isv.missing-version",
}

// checkPublic checks everything around biz_content. The application is looked
// up before anything is verified, and until it is known the answer carries no
// signature, since the gateway does not know whose keys to use.
func (a *alipay) checkPublic(req request) (refused reply, ok bool) {
	if no := a.checkApp(req); no.code != "" {
		return reply{answer: no, passage: passage{sending: Unsigned}}, false
	}
	if req.broken != "" {
		return reply{answer: refusal("40002", "isv.invalid-format", req.broken)}, false
	}
	for _, check := range []func(url.Values) answer{checkNames, a.checkValues, a.checkSignature} {
		if no := check(req.values); no.code != "" {
			return reply{answer: no}, false
		}
	}
	return reply{}, true
}

// The checks answer with a refusal, or with an answer without a code when all
// is well.

func (a *alipay) checkApp(req request) answer {
	_, known := a.methods[req.method()]
	app := req.values.Get("app_id")
	switch {
	case req.method() == "":
		return refusal("40001", "isv.missing-method", "缺少方法名参数")
	case !known:
		return refusal("40002", "isv.invalid-method", "不存在的方法名")
	case app == "":
		return refusal("40001", "isv.missing-app-id", "缺少AppID参数")
	case app != a.sim.AppID:
		return refusal("40002", "isv.invalid-app-id", "无效的AppID参数")
	}
	return answer{}
}

// checkNames wants every parameter that must be there, and no other, once.
func checkNames(v url.Values) answer {
	for _, k := range slices.Sorted(maps.Keys(publicParams)) {
		if publicParams[k] && v.Get(k) == "" {
			code := "40001"
			if k == "charset" {
				code = "40002"
			}
			return refusal(code, missing[k], "缺少参数："+k)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(v)) {
		_, known := publicParams[k]
		switch {
		case k == "encrypt_type":
			return refusal("40002", "isv.invalid-encrypt-type", "应用未配置内容加密")
		case k == "app_cert_sn" || k == "alipay_root_cert_sn":
			return refusal("40002", "isv.invalid-parameter", "应用使用公钥模式，不接受证书序列号："+k)
		case !known:
			return refusal("40002", "isv.invalid-parameter", "未知的公共参数："+k)
		case len(v[k]) > 1:
			return refusal("40002", "isv.invalid-parameter", "公共参数重复："+k)
		case v[k][0] == "": // clients differ in whether they sign it
			return refusal("40002", "isv.invalid-parameter", "公共参数为空："+k)
		case !utf8.ValidString(v[k][0]):
			return refusal("40002", "isv.invalid-charset", "参数不是 utf-8："+k)
		}
	}
	return answer{}
}

func (a *alipay) checkValues(v url.Values) answer {
	switch {
	case !strings.EqualFold(v.Get("charset"), "utf-8"):
		return refusal("40002", "isv.invalid-charset", "字符集错误")
	case v.Get("sign_type") != "RSA2":
		return refusal("40002", "isv.invalid-signature-type", "无效的签名类型")
	case v.Get("version") != "1.0":
		return refusal("40002", "isv.invalid-parameter", "版本必须是 1.0")
	case v.Has("format") && !strings.EqualFold(v.Get("format"), "json"):
		return refusal("40002", "isv.invalid-format", "无效的数据格式")
	case !a.timestampFits(v.Get("timestamp")):
		return refusal("40002", "isv.invalid-timestamp", "非法的时间戳参数")
	case badURL(v, "notify_url") || badURL(v, "return_url"):
		return refusal("40002", "isv.invalid-parameter", "地址必须以 http 或 https 开头，最长 256")
	}
	return answer{}
}

// checkSignature quotes what had to be signed, as the gateway does: the whole
// request, the pay code included. A till must not log that.
func (a *alipay) checkSignature(v url.Values) answer {
	signed := signedText(v)
	switch {
	case !verify(&a.sim.keys.merchant.PublicKey, signed, v.Get("sign")):
		return refusal("40002", "isv.invalid-signature",
			"验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为："+html.EscapeString(signed))
	case v.Has("app_auth_token") && v.Get("app_auth_token") != a.sim.AppAuthToken:
		return refusal("20001", "aop.invalid-app-auth-token", "无效的应用授权令牌")
	}
	return answer{}
}

// timestampFits wants yyyy-MM-dd HH:mm:ss in Beijing, near enough to now.
func (a *alipay) timestampFits(s string) bool {
	t, err := parseMoment(s)
	if err != nil {
		return false
	}
	return a.sim.opts.Skew < 0 || a.sim.now().Sub(t).Abs() <= a.sim.opts.Skew
}

const momentForm = "2006-01-02 15:04:05"

// parseMoment is stricter than time.Parse, which takes one digit for two.
func parseMoment(s string) (time.Time, error) {
	t, err := time.ParseInLocation(momentForm, s, payment.Beijing)
	if err == nil && t.Format(momentForm) != s {
		err = &time.ParseError{Layout: momentForm, Value: s}
	}
	return t, err
}

func moment(t time.Time) string { return t.In(payment.Beijing).Format(momentForm) }

func badURL(v url.Values, name string) bool {
	if !v.Has(name) {
		return false
	}
	u, err := url.Parse(v.Get(name))
	return err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || len(v.Get(name)) > 256
}

// signedText is what a client has to sign: every parameter but sign and the
// empty ones, sorted by name, the values as they are. sign_type stays in.
func signedText(v url.Values) string {
	var pairs []string
	for _, k := range slices.Sorted(maps.Keys(v)) {
		if k != "sign" && v.Get(k) != "" {
			pairs = append(pairs, k+"="+v.Get(k))
		}
	}
	return strings.Join(pairs, "&")
}

func verify(key *rsa.PublicKey, text, sign string) bool {
	raw, err := base64.StdEncoding.Strict().DecodeString(sign)
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], raw) == nil
}
