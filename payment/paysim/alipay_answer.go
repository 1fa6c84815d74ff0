package paysim

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"frontdesk/payment"
)

// answer is the node that a method answers with.
type answer struct {
	code, msg       string
	subCode, subMsg string
	fields          map[string]any
}

// reply is an answer and what becomes of it on its way.
type reply struct {
	answer
	passage
}

// messages are what the gateway says to each code; the space in 10003 is its own.
var messages = map[string]string{
	"10000": "Success", "10003": " order success pay inprocess", "20000": "Service Currently Unavailable",
	"20001": "Insufficient Token Permissions", "40001": "Missing Required Arguments", "40002": "Invalid Arguments",
	"40004": "Business Failed", "40005": "Call Limited", "40006": "Insufficient Permissions",
}

func refusal(code, subCode, subMsg string) answer {
	return answer{code: code, msg: messages[code], subCode: subCode, subMsg: subMsg}
}

func done(code string, fields map[string]any) reply {
	return reply{answer: answer{code: code, msg: messages[code], fields: fields}}
}

func failed(subCode, subMsg string) reply { return reply{answer: refusal("40004", subCode, subMsg)} }

func unavailable(subCode, subMsg string) reply {
	return reply{answer: refusal("20000", subCode, subMsg)}
}

// with adds fields to an answer that says no.
func (r reply) with(fields map[string]any) reply {
	r.fields = fields
	return r
}

// by sends the reply in another way than in order.
func (r reply) by(k FaultKind) reply {
	r.sending = k
	return r
}

// lost is the reply that nobody gets: the connection just ends.
func (r reply) lost() reply {
	r.sending, r.quiet = ResetAfter, true
	return r
}

func (r reply) logAttrs(req request) []slog.Attr {
	attrs := []slog.Attr{slog.String("code", r.code), slog.String("sub_code", r.subCode)}
	if b, err := parseContent(req.values.Get("biz_content")); err == nil {
		no := slog.String("out_trade_no", b.text("out_trade_no"))
		if b.text("out_order_no") != "" {
			no = slog.String("out_order_no", b.text("out_order_no"))
		}
		attrs = append(attrs, no)
		if b.text("auth_no") != "" {
			attrs = append(attrs, slog.String("auth_no", b.text("auth_no")))
		}
		if b.text("auth_code") != "" {
			attrs = append(attrs, slog.Any("auth_code", payment.PayCode(b.text("auth_code"))))
		}
	}
	return attrs
}

// node is the answer as JSON, in the gateway's form: code and msg first, the
// rest sorted, and every slash escaped, so that a client that signs again what
// it has parsed instead of the bytes it got is found out.
func (n answer) node() ([]byte, error) {
	head := []struct{ k, v string }{{"code", n.code}, {"msg", n.msg}, {"sub_code", n.subCode}, {"sub_msg", n.subMsg}}
	var b bytes.Buffer
	write := func(k string, v any) error {
		if b.Len() == 0 {
			b.WriteByte('{')
		} else {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(k) + ":")
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1) // the encoder's line end
		return nil
	}
	for _, f := range head {
		if f.v == "" {
			continue
		}
		if err := write(f.k, f.v); err != nil {
			return nil, err
		}
	}
	for _, k := range slices.Sorted(maps.Keys(n.fields)) {
		if err := write(k, n.fields[k]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return bytes.ReplaceAll(b.Bytes(), []byte("/"), []byte(`\/`)), nil
}

// body is the whole answer: the node under the method's name, and a signature
// over the node's exact bytes.
func body(name string, node []byte, key *rsa.PrivateKey) ([]byte, error) {
	out := append([]byte(`{"`+name+`":`), node...)
	if key != nil {
		sum := sha256.Sum256(node)
		sign, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
		if err != nil {
			return nil, err
		}
		out = append(out, `,"sign":"`+base64.StdEncoding.EncodeToString(sign)+`"`...)
	}
	return append(out, '}'), nil
}

// encode makes the whole answer, in order or as the fault asks.
func (a *alipay) encode(method string, rep reply, k FaultKind) (letter, error) {
	key := a.sim.keys.alipay
	switch k {
	case Unsigned:
		key = nil
	case WrongKey:
		var err error
		if key, err = a.sim.keys.stranger(); err != nil {
			return letter{}, err
		}
	case OtherOrder:
		rep.fields = maps.Clone(rep.fields)
		if _, ok := rep.fields["out_trade_no"]; ok {
			rep.fields["out_trade_no"] = "ANOTHER_ORDER"
			rep.fields["trade_no"] = "2026010122000000000000000000"
		}
		if _, ok := rep.fields["out_order_no"]; ok {
			rep.fields["out_order_no"] = "ANOTHER_ORDER"
			rep.fields["auth_no"] = "2026010110002001000000000000"
		}
	}
	n, err := rep.node()
	if err != nil {
		return letter{}, err
	}
	name := "error_response"
	if _, known := a.methods[method]; known {
		name = node(method)
	}
	whole, err := body(name, n, key)
	return letter{body: whole, header: http.Header{
		"Content-Type": {"text/html;charset=utf-8"},
		"Date":         {a.sim.now().UTC().Format(http.TimeFormat)}, // by which a till checks its clock
	}}, err
}
