package paysim

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"frontdesk/payment"
)

// v2Reply is an answer of APIv2 and what becomes of it on its way. There are
// three kinds: return_code FAIL, for a request from who knows whom, which is
// never signed; result_code FAIL with an err_code; and SUCCESS.
type v2Reply struct {
	fail          string // return_msg of the first kind
	code, message string // err_code and err_code_des of the second
	fields        map[string]string
	passage
}

func v2No(code, message string) v2Reply { return v2Reply{code: code, message: message} }

func v2Wrong(why string) v2Reply { return v2No("PARAM_ERROR", "参数错误："+why) }

func v2SystemError() v2Reply { return v2No("SYSTEMERROR", "系统超时") }

func v2Yes(fields map[string]string) v2Reply { return v2Reply{fields: fields} }

// stranger is the answer to a request that nobody signed.
func v2Stranger(why string) v2Reply { return v2Reply{fail: why, passage: passage{sending: Unsigned}} }

// with adds fields to an answer that says no.
func (r v2Reply) with(fields map[string]string) v2Reply {
	r.fields = fields
	return r
}

// sentBy is the answer to a code that was scanned, on the way that the code
// forces.
func (r v2Reply) sentBy(scenario int) v2Reply {
	switch scenario {
	case replyLost:
		r.sending, r.quiet = ResetAfter, true
	case errorButCharged:
		return v2SystemError()
	case badGatewayButCharged:
		r.sending = BadGateway
	case wronglySigned:
		r.sending = WrongKey
	}
	return r
}

func (r v2Reply) logAttrs(v map[string]string) []slog.Attr {
	attrs := []slog.Attr{slog.String("code", cmp.Or(r.code, r.fail))}
	for _, name := range []string{"out_trade_no", "transaction_id", "out_refund_no"} {
		if v[name] != "" {
			attrs = append(attrs, slog.String(name, v[name]))
		}
	}
	if v["auth_code"] != "" {
		attrs = append(attrs, slog.Any("auth_code", payment.PayCode(v["auth_code"])))
	}
	return attrs
}

var errNotFlat = errors.New("XML格式错误")

// parseV2 reads <xml> with fields one level deep, each once.
func parseV2(raw []byte) (map[string]string, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	v := map[string]string{}
	depth, name, text := 0, "", ""
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) && depth == 0 && len(v) > 0 {
			return v, nil
		}
		if err != nil {
			return nil, errNotFlat
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			root := depth == 1 && t.Name.Local == "xml" && len(v) == 0
			if (!root && depth != 2) || t.Name.Space != "" || len(t.Attr) > 0 {
				return nil, errNotFlat
			}
			name, text = t.Name.Local, ""
		case xml.CharData:
			if depth == 2 {
				text += string(t)
			} else if strings.TrimSpace(string(t)) != "" {
				return nil, errNotFlat
			}
		case xml.EndElement:
			if depth == 2 {
				if _, twice := v[name]; twice {
					return nil, errNotFlat
				}
				v[name] = text
			}
			depth--
		case xml.Directive: // no document type here, and no entities of one
			return nil, errNotFlat
		}
	}
}

// signV2 is the signature over all fields that are not empty.
func signV2(v map[string]string, key string) string {
	var pairs []string
	for _, k := range slices.Sorted(maps.Keys(v)) {
		if k != "sign" && v[k] != "" {
			pairs = append(pairs, k+"="+v[k])
		}
	}
	mac := hmac.New(sha256.New, []byte(key))
	io.WriteString(mac, strings.Join(append(pairs, "key="+key), "&"))
	return fmt.Sprintf("%X", mac.Sum(nil))
}

// readV2 reads the fields of a request. broken is return_msg of one that cannot
// be read.
func readV2(w http.ResponseWriter, r *http.Request) (v map[string]string, broken string) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	kind, _, kindErr := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost:
		return nil, "请使用post方法"
	case err != nil:
		return nil, "请求内容过大或不完整"
	case kindErr != nil || (kind != "text/xml" && kind != "application/xml"):
		return nil, "Content-Type应为text/xml"
	}
	if v, err = parseV2(body); err != nil {
		return nil, err.Error()
	}
	return v, ""
}

// authenticateV2 finds out who asks; ok is false for somebody whose signature
// does not fit.
func (w *weChat) authenticateV2(v map[string]string) (m wxMerchant, refused v2Reply, ok bool) {
	keys, err := w.sim.keys.wechat()
	if err != nil {
		w.sim.log.Error("wechat", "keys", err)
		return m, v2Stranger("系统错误"), false
	}
	m, known := keys.byNumber(v["mch_id"])
	switch {
	case !known || m.v2Key == "":
		return m, v2Stranger("商户号不存在或未开通押金"), false
	case v["sign_type"] != "HMAC-SHA256":
		return m, v2Stranger("签名类型仅支持HMAC-SHA256"), false
	case !hmac.Equal([]byte(v["sign"]), []byte(signV2(v, m.v2Key))):
		return m, v2Stranger("签名错误"), false
	}
	return m, v2Reply{}, true
}

// encodeV2 makes the whole answer, in order or as the fault asks.
func (w *weChat) encodeV2(m wxMerchant, r v2Reply, k FaultKind) letter {
	v := map[string]string{"return_code": "SUCCESS", "return_msg": "OK"}
	if r.fail != "" {
		v = map[string]string{"return_code": "FAIL", "return_msg": r.fail}
	} else {
		maps.Copy(v, r.fields)
		v["appid"], v["mch_id"], v["sub_mch_id"], v["result_code"] = m.appID, m.mchID, m.sub, "SUCCESS"
		v["nonce_str"] = rand.Text()
		if r.code != "" {
			v["result_code"], v["err_code"], v["err_code_des"] = "FAIL", r.code, r.message
		}
		if k == OtherOrder {
			for name, other := range wxOthers {
				if _, there := v[name]; there {
					v[name] = other
				}
			}
		}
		switch k {
		case Unsigned:
		case WrongKey:
			v["sign"] = signV2(v, rand.Text())
		default:
			v["sign"] = signV2(v, m.v2Key)
		}
	}
	var b bytes.Buffer
	b.WriteString("<xml>")
	for _, k := range slices.Sorted(maps.Keys(v)) {
		fmt.Fprintf(&b, "<%s><![CDATA[%s]]></%s>\n", k, strings.ReplaceAll(v[k], "]]>", "]]]]><![CDATA[>"), k)
	}
	b.WriteString("</xml>")
	return letter{body: b.Bytes(), header: http.Header{
		"Content-Type": {"text/plain"}, // as the service says it
		"Date":         {w.stamp().UTC().Format(http.TimeFormat)},
	}}
}
