package paysim

import (
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"
)

// cloudRequest is what came in, taken out of its envelope.
type cloudRequest struct {
	content string  // request_content: the very text that has to be authenticated
	authen  content // authen_info
	body    content // request_content as an object
	broken  string  // why it could not be read; "" when it was
}

// readCloud opens the envelope.
func readCloud(w http.ResponseWriter, r *http.Request) cloudRequest {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return cloudRequest{broken: "请求内容过大或不完整"}
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset, named := params["charset"]
	switch {
	case err != nil || kind != "application/json" || (named && !strings.EqualFold(charset, "utf-8")):
		return cloudRequest{broken: "content-type 必须是 application/json"}
	case !utf8.Valid(raw):
		return cloudRequest{broken: "请求不是 utf-8"}
	}
	return openCloud(string(raw))
}

// The two levels of the envelope. s is the signature of the older documents,
// which name its value in two ways: either is taken.
var (
	cloudEnvelope = []field{must("authen_info", object(cloudAuthen)), must("request_content", anyText)}
	cloudAuthen   = []field{may("a", object(cloudAuth)), may("s", object(cloudSign))}
	cloudAuth     = []field{must("authen_type", wholeOf(1)), must("authen_code", like(`[0-9A-F]{64}`, "64 位大写十六进制"))}
	cloudSign     = []field{must("sign_type", wholeOf(1)), may("sign", plain(4096)), may("signature", plain(4096))}
)

func openCloud(raw string) cloudRequest {
	envelope, err := cloudObject(raw)
	if err != nil {
		return cloudRequest{broken: "请求" + err.Error()}
	}
	if wrong := checkFields(cloudEnvelope, envelope); wrong != "" {
		return cloudRequest{broken: wrong}
	}
	req := cloudRequest{content: envelope.text("request_content"), authen: envelope.object("authen_info")}
	if req.body, err = cloudObject(req.content); err != nil {
		req.broken = "request_content " + err.Error()
	}
	return req
}

// cloudObject reads one JSON object, and refuses a name that comes twice.
func cloudObject(s string) (content, error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	v, err := parseValue(d, 0)
	switch {
	case errors.Is(err, errNotJSON):
		return nil, errors.New("不是合法的 JSON")
	case err != nil:
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("后面有多余内容")
	}
	o, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("不是 JSON 对象")
	}
	return o, nil
}

// checkEnvelope finds the merchant, whose keys it needs, and then checks who
// sent the request. Whatever is wrong is answered with 101, and 101 is answered
// without an authentication. Where bySign is true, a signature may stand for the
// authen_code: the newest documents know none, and the older ones want one of
// both. A signature that is there has to fit, wherever it is.
func (c *cloudPay) checkEnvelope(req cloudRequest, bySign bool) (refused cloudReply, ok bool) {
	if req.broken != "" {
		return callerError(cloudBadEnvelope, "参数错误："+req.broken), false
	}
	merchant := req.body.text("out_sub_mch_id")
	if key := req.body.object("pay_mch_key"); key != nil {
		merchant = key.text("out_sub_mch_id")
	}
	if merchant != c.account.OutSubMchID {
		return callerError(cloudNoMerchant, "参数out_sub_mch_id错误."), false
	}
	code, sign := req.authen.object("a"), req.authen.object("s")
	switch {
	case code == nil && (sign == nil || !bySign):
		return callerError(cloudBadEnvelope, "参数错误：缺少 authen_info.a"), false
	case code != nil && !hmac.Equal([]byte(code.text("authen_code")), []byte(authenCode(c.account.AuthKey, req.content))):
		return callerError(cloudBadAuthen, "参数authen_code错误."), false
	case sign != nil && !c.signed(req), sign == nil && bySign && c.sim.opts.CloudSignature:
		return callerError(cloudBadSign, "参数sign错误."), false
	}
	return cloudReply{}, true
}

// authenCode authenticates a text: HMAC-SHA256 in capital hex, the key taken as
// the bytes it is written with.
func authenCode(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

// signed verifies the signature of a request: RSASSA-PSS with SHA-256 over
// request_content. The official sample salts it with as much as fits, and a
// verifier finds the length by itself.
func (c *cloudPay) signed(req cloudRequest) bool {
	s := req.authen.object("s")
	one, other := s.text("sign"), s.text("signature")
	if (one == "") == (other == "") {
		return false
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(one + other)
	if err != nil {
		return false
	}
	_, key, err := c.sim.keys.cloud.get()
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(req.content))
	return rsa.VerifyPSS(&key.PublicKey, crypto.SHA256, sum[:], raw, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto}) == nil
}
