package paysim

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// v3Request is what came in, before anything of it is believed.
type v3Request struct {
	verb   string
	uri    string // path and query, byte for byte as they were signed
	query  string
	header http.Header
	body   []byte
	broken bool // the body is too large or was cut off
	path   func(name string) string
}

func readV3(w http.ResponseWriter, r *http.Request) v3Request {
	req := v3Request{verb: r.Method, uri: r.URL.EscapedPath(), query: r.URL.RawQuery, header: r.Header, path: r.PathValue}
	if r.URL.RawQuery != "" || r.URL.ForceQuery {
		req.uri += "?" + r.URL.RawQuery
	}
	var err error
	req.body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	req.broken = err != nil
	return req
}

// wxAuthorization is the Authorization header, taken apart.
type wxAuthorization struct{ mchID, nonce, signature, timestamp, serial string }

var (
	wxAuthRule  = rule(`^WECHATPAY2-SHA256-RSA2048 +([a-z_]+="[^",]*"(?: *, *[a-z_]+="[^",]*"){4})$`)
	wxNonceRule = rule(`^[0-9A-Za-z_-]{1,64}$`)
	wxStampRule = rule(`^[1-9]\d{9}$`)
)

// parseAuthorization wants the five parts, each once, in whatever order.
func parseAuthorization(s string) (a wxAuthorization, ok bool) {
	parts := wxAuthRule().FindStringSubmatch(s)
	if parts == nil {
		return a, false
	}
	for _, part := range strings.Split(parts[1], ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		into := map[string]*string{
			"mchid": &a.mchID, "nonce_str": &a.nonce, "signature": &a.signature, "timestamp": &a.timestamp, "serial_no": &a.serial,
		}[name]
		if into == nil || *into != "" {
			return a, false
		}
		*into = strings.Trim(value, `"`)
	}
	return a, a.mchID != "" && a.signature != "" && a.serial != "" && wxNonceRule().MatchString(a.nonce) && wxStampRule().MatchString(a.timestamp)
}

// authenticate finds out who asks. As long as that is not known, the answer
// carries no signature.
func (w *weChat) authenticate(req v3Request) (m wxMerchant, refused wxReply, ok bool) {
	no := func(why string) (wxMerchant, wxReply, bool) {
		rep := wxNo("SIGN_ERROR", why)
		rep.detail = map[string]any{"location": "authorization", "issue": "sign not match"}
		return wxMerchant{}, rep.unsigned(), false
	}
	keys, err := w.sim.keys.wechat()
	if err != nil {
		w.sim.log.Error("wechat", "keys", err)
		return m, wxSystemError().unsigned(), false
	}
	a, ok := parseAuthorization(req.header.Get("Authorization"))
	if !ok || len(req.header["Authorization"]) != 1 {
		return no("Http头Authorization值格式错误，请参考《微信支付商户API v3接口规则》")
	}
	m, known := keys.byNumber(a.mchID)
	switch {
	case !known:
		return no("商户号不存在")
	case a.serial != m.pair.serial:
		return no("商户证书序列号有误，请使用签名私钥匹配的证书序列号")
	case !w.stampFits(a.timestamp):
		return no("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟")
	case req.broken || !verify(&m.pair.key.PublicKey, strings.Join([]string{req.verb, req.uri, a.timestamp, a.nonce, string(req.body), ""}, "\n"), a.signature):
		return no("签名错误，请检查后再试")
	case !w.nonces.fresh(a.mchID + " " + a.nonce):
		return no("随机串已使用过，请求被重放")
	}
	return m, wxReply{}, true
}

// wechatSkew is how far a request's timestamp may be off at the most.
const wechatSkew = 5 * time.Minute

func (w *weChat) stampFits(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	skew := w.sim.opts.Skew
	return err == nil && (skew < 0 || w.sim.now().Sub(time.Unix(n, 0)).Abs() <= min(skew, wechatSkew))
}

// checkHead checks the headers around a request whose signature fits.
func (w *weChat) checkHead(req v3Request, m wxMethod) (refused wxReply, ok bool) {
	accept, agent := req.header.Get("Accept"), req.header.Get("User-Agent")
	if accept == "" || agent == "" {
		return wxNo("PARAM_ERROR", "Http头缺少Accept或User-Agent"), false
	}
	if !strings.Contains(accept, "application/json") && !strings.Contains(accept, "*/*") {
		return wxNo("PARAM_ERROR", "Http头Accept应为application/json"), false
	}
	keys := w.sim.wechatKeys()
	if serial := req.header.Get("Wechatpay-Serial"); serial != "" && serial != keys.publicKeyID() && serial != keys.platform.serial {
		return wxNo("PARAM_ERROR", "平台证书序列号Wechatpay-Serial错误"), false
	}
	if m.query {
		return wxReply{}, true
	}
	kind, params, err := mime.ParseMediaType(req.header.Get("Content-Type"))
	charset, named := params["charset"]
	if err != nil || kind != "application/json" || (named && !strings.EqualFold(charset, "utf-8")) {
		rep := wxNo("INVALID_REQUEST", "Content-Type应为application/json")
		rep.status = http.StatusUnsupportedMediaType
		return rep, false
	}
	if !utf8.Valid(req.body) {
		return wxWrong("body", "请求体不是 UTF-8"), false
	}
	return wxReply{}, true
}

// nonces remembers what was used lately. No more than two generations are kept,
// far more than a till sends in five minutes.
type nonces struct {
	mu       sync.Mutex
	now, old map[string]bool
}

const nonceGeneration = 50_000

// fresh is true once for each nonce.
func (n *nonces) fresh(nonce string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.now[nonce] || n.old[nonce] {
		return false
	}
	if len(n.now) >= nonceGeneration || n.now == nil {
		n.old, n.now = n.now, map[string]bool{}
	}
	n.now[nonce] = true
	return true
}
