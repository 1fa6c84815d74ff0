package paysim

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"frontdesk/payment"
)

// wxReply is an answer of APIv3 and what becomes of it on its way. Without a
// code it is a success with fields, or one that says nothing more (204).
type wxReply struct {
	status        int // of a success; 0 is 200
	code, message string
	detail        map[string]any
	fields        map[string]any

	// A file is an answer that is never signed; another is what a fault sends
	// instead.
	file, another []byte
	passage
}

// wechatStatus is the HTTP status of each code; what is not here is 403.
var wechatStatus = map[string]int{
	"USERPAYING":  http.StatusAccepted, // yes, a success of HTTP
	"PARAM_ERROR": 400, "INVALID_REQUEST": 400, "APPID_MCHID_NOT_MATCH": 400, "MCH_NOT_EXISTS": 400, "ORDER_CLOSED": 400,
	"ORDER_PAID": 400, "AUTH_CODE_INVALID": 400, "NO_STATEMENT_EXIST": 400, "STATEMENT_CREATING": 400,
	"SIGN_ERROR":      401,
	"ORDER_NOT_EXIST": 404, "RESOURCE_NOT_EXISTS": 404,
	"FREQUENCY_LIMITED": 429,
	"SYSTEM_ERROR":      500, "BANK_ERROR": 500,
}

// wxNo is an answer that says no.
func wxNo(code, message string) wxReply {
	return wxReply{status: cmp.Or(wechatStatus[code], http.StatusForbidden), code: code, message: message}
}

// wxWrong is the answer to a request whose form is wrong somewhere.
func wxWrong(location, issue string) wxReply {
	rep := wxNo("PARAM_ERROR", "参数错误："+issue)
	rep.detail = map[string]any{"location": location, "issue": issue}
	return rep
}

func wxYes(fields map[string]any) wxReply { return wxReply{fields: fields} }

// refusedByFault is the answer that a fault orders: SubCode is the code, and
// Code may be its HTTP status.
func refusedByFault(f Fault) wxReply {
	rep := wxNo(cmp.Or(f.SubCode, "TRADE_ERROR"), "按测试要求拒绝")
	if n, err := strconv.Atoi(f.Code); err == nil && n >= 400 && n <= 599 {
		rep.status = n
	}
	return rep
}

// unsigned is the answer to somebody unknown.
func (r wxReply) unsigned() wxReply {
	r.sending = Unsigned
	return r
}

// sentBy is the answer to a code that was scanned, on the way that the code
// forces.
func (r wxReply) sentBy(scenario int) wxReply {
	switch scenario {
	case replyLost:
		r.sending, r.quiet = ResetAfter, true
	case errorButCharged:
		return wxSystemError()
	case badGatewayButCharged:
		r.sending = BadGateway
	case wronglySigned:
		r.sending = WrongKey
	}
	return r
}

func (r wxReply) logAttrs(req v3Request) []slog.Attr {
	attrs := []slog.Attr{slog.Int("status", cmp.Or(r.status, http.StatusOK)), slog.String("code", r.code)}
	b, _ := parseContent(string(req.body))
	if no := cmp.Or(req.path("no"), b.text("out_trade_no")); no != "" {
		attrs = append(attrs, slog.String("out_trade_no", no))
	}
	if no := cmp.Or(req.path("ref"), b.text("out_refund_no")); no != "" {
		attrs = append(attrs, slog.String("out_refund_no", no))
	}
	if payer, _ := b["payer"].(map[string]any); content(payer).text("auth_code") != "" {
		attrs = append(attrs, slog.Any("auth_code", payment.PayCode(content(payer).text("auth_code"))))
	}
	return attrs
}

// encode makes the whole answer, in order or as the fault asks.
func (w *weChat) encode(req v3Request, rep wxReply, k FaultKind) (letter, error) {
	l := letter{status: cmp.Or(rep.status, http.StatusOK), header: http.Header{
		"Request-Id": {"08" + strconv.FormatInt(time.Now().UnixNano(), 16)},
		"Date":       {w.stamp().UTC().Format(http.TimeFormat)},
	}}
	switch {
	case rep.file != nil && k == OtherOrder:
		rep.file = rep.another
	case k == OtherOrder:
		rep.fields = wxAboutAnother(rep.fields)
	}
	if rep.file != nil {
		l.header.Set("Content-Type", "application/octet-stream")
		l.body = rep.file
		return l, nil
	}
	var err error
	if l.body, err = rep.body(); err != nil {
		return letter{}, err
	}
	if len(l.body) == 0 && (k == Garbage || k == Truncated) { // there is nothing in a 204 to spoil
		l.status, l.body = http.StatusOK, []byte("{ }")
	}
	if len(l.body) > 0 {
		l.header.Set("Content-Type", "application/json; charset=utf-8")
	}
	if k == Unsigned {
		return l, nil
	}
	return l, w.sign(req, l, k == WrongKey)
}

// wxOthers are the numbers in an answer about another order.
var wxOthers = map[string]string{
	"out_trade_no": "ANOTHER_ORDER", "transaction_id": "4200000000202601010000000000",
	"out_refund_no": "ANOTHER_REFUND", "refund_id": "50300000002026010100000000000",
	"out_refund_no_0": "ANOTHER_REFUND", "refund_id_0": "50300000002026010100000000000",
	"hash_value": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
}

// wxAboutAnother is an answer that names another order instead.
func wxAboutAnother(fields map[string]any) map[string]any {
	fields = maps.Clone(fields)
	for name, other := range wxOthers {
		if _, there := fields[name]; there {
			fields[name] = other
		}
	}
	return fields
}

// body is the answer as JSON; nil for one that says nothing. Every slash is
// escaped and there is a space in front, so that a client that verifies what it
// has parsed instead of the bytes it got is found out.
func (r wxReply) body() ([]byte, error) {
	v := r.fields
	if r.code != "" {
		v = map[string]any{"code": r.code, "message": r.message}
		if r.detail != nil {
			v["detail"] = r.detail
		}
	}
	if v == nil {
		return nil, nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	text := strings.TrimSuffix(b.String(), "\n")
	return []byte("{ " + strings.ReplaceAll(text, "/", `\/`)[1:]), nil
}

// sign adds the four headers. Which key is WeChat's choice, unless the client
// names the one it has.
func (w *weChat) sign(req v3Request, l letter, stranger bool) error {
	keys, err := w.sim.keys.wechat()
	if err != nil {
		return err
	}
	key, serial := keys.public.key, keys.publicKeyID()
	which, _ := w.signer.Load().(WeChatSigner)
	if which == WeChatPlatformCert || (which == WeChatAsAsked && req.header.Get("Wechatpay-Serial") == keys.platform.serial) {
		key, serial = keys.platform.key, keys.platform.serial
	}
	if stranger {
		if key, err = w.sim.keys.stranger(); err != nil {
			return err
		}
	}
	raw := make([]byte, 16)
	if _, err := rand.Read(raw); err != nil {
		return err
	}
	stamp, nonce := strconv.FormatInt(w.stamp().Unix(), 10), fmt.Sprintf("%X", raw)
	sum := sha256.Sum256([]byte(stamp + "\n" + nonce + "\n" + string(l.body) + "\n"))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		return err
	}
	l.header.Set("Wechatpay-Timestamp", stamp)
	l.header.Set("Wechatpay-Nonce", nonce)
	l.header.Set("Wechatpay-Serial", serial)
	l.header.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(signature))
	l.header.Set("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048")
	return nil
}

// stamp is the time that answers are signed with.
func (w *weChat) stamp() time.Time {
	if w.sim.opts.WeChat.Stamp != nil {
		return w.sim.opts.WeChat.Stamp()
	}
	return time.Now()
}
