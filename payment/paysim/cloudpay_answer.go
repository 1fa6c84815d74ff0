package paysim

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"frontdesk/payment"
)

// What the status of an answer means. It is about the call and never about the
// money: an order that is not paid is answered with 0 all the same.
const (
	cloudOK        = 0
	cloudUnknown   = 3   // nobody knows: send the same request again. Not authenticated
	cloudCaller    = 101 // the request is wrong. Not authenticated
	cloudNewNumber = 102 // it failed, and needs a new number to be tried again
	cloudLater     = 103 // nobody knows: after three seconds ask, or send the same request again
	cloudSaid      = 104 // it failed in the way that the description says
)

// The internal_status of an answer. The documents show 7 and 407 and say of the
// rest that a caller need not mind it. 400 and 426 are those of the platform's
// device SDK; the others are of our own making.
const (
	cloudBadEnvelope = 5
	cloudBadField    = 6
	cloudBadAuthen   = 7
	cloudBadSign     = 8
	cloudNoMerchant  = 9
	cloudNotAllowed  = 11  // not in the merchant's contract
	cloudTrouble     = 21  // the platform's own trouble
	cloudWrongState  = 302 // the order's state does not allow it
	cloudTooMuch     = 303 // more than is left
	cloudNoRight     = 304 // the staff may not do that
	cloudNoOrder     = 400 // no such order or hold
	cloudNumberUsed  = 406 // the number is used for something else
	cloudDuplicate   = 407 // the number was sent before, and the money may have moved: never reverse it
	cloudNoRefund    = 426 // no such refund or release
	cloudPoor        = 501 // the payer, or for a refund the merchant, lacks funds
	cloudBadCode     = 502 // the pay code is expired, used or mistaken
	cloudRisk        = 503
)

// cloudReply is an answer and what becomes of it on its way.
type cloudReply struct {
	status, internal int
	description      string
	object           map[string]any // under the interface's name; nil where there is none
	passage
}

func cloudDone(object map[string]any) cloudReply {
	return cloudReply{status: cloudOK, description: "操作成功。", object: object}
}

func callerError(internal int, why string) cloudReply {
	return cloudReply{status: cloudCaller, internal: internal, description: why}
}

// saysNo is an answer that is authenticated and carries an empty object.
func saysNo(status, internal int, why string) cloudReply {
	return cloudReply{status: status, internal: internal, description: why, object: map[string]any{}}
}

func cloudBusy() cloudReply {
	return saysNo(cloudLater, cloudTrouble, "系统繁忙，请3秒后用原请求重试或查询结果。")
}

// cloudRefused is the answer that a fault ordered: Fault.Code is the status,
// Fault.SubCode the internal_status or, where it is no number, the description.
func cloudRefused(f Fault) cloudReply {
	status, err := strconv.Atoi(cmp.Or(f.Code, strconv.Itoa(cloudSaid)))
	if err != nil {
		status = cloudSaid
	}
	rep := saysNo(status, cloudTrouble, cmp.Or(f.SubCode, "操作失败。"))
	if n, err := strconv.Atoi(f.SubCode); err == nil {
		rep.internal = n
	}
	return rep
}

// by sends the reply in another way than in order.
func (r cloudReply) by(k FaultKind) cloudReply {
	r.sending = k
	return r
}

// lost is the reply that nobody gets: the connection just ends.
func (r cloudReply) lost() cloudReply {
	r.sending, r.quiet = ResetAfter, true
	return r
}

// sentBy is the answer to a code that was scanned, on the way that the code forces.
func (r cloudReply) sentBy(scenario int) cloudReply {
	switch scenario {
	case replyLost:
		return r.lost()
	case errorButCharged, errorNotCharged:
		return cloudBusy()
	case badGatewayButCharged:
		return r.by(BadGateway)
	case wronglySigned:
		return r.by(WrongKey)
	}
	return r
}

// logAttrs tell what was asked and answered, with masked pay codes.
func (r cloudReply) logAttrs(req cloudRequest) []slog.Attr {
	attrs := []slog.Attr{slog.Int("status", r.status), slog.Int("internal_status", r.internal)}
	for _, part := range []content{
		req.body, req.body.object("pay_content"), req.body.object("refund_content"), req.body.object("freeze_content"), req.body.object("unfreeze_content"),
	} {
		for _, name := range []string{"out_trade_no", "out_refund_no", "out_freeze_no", "out_unfreeze_no"} {
			if no := part.text(name); no != "" {
				attrs = append(attrs, slog.String(name, no))
			}
		}
		if code := part.text("author_code"); code != "" {
			attrs = append(attrs, slog.Any("author_code", payment.PayCode(code)))
		}
	}
	return attrs
}

// encode puts the reply into its envelope.
func (c *cloudPay) encode(name string, rep cloudReply, k FaultKind) (letter, error) {
	object := rep.object
	if object != nil {
		object = maps.Clone(object)
		object["nonce_str"] = nonce()
	}
	if k == OtherOrder {
		object = ofAnother(object, c.account.OrderPrefix)
	}
	text, err := cloudContent(rep, cmp.Or(c.methods[name].object, name), object)
	if err != nil {
		return letter{}, err
	}
	whole := map[string]any{"response_content": text}
	if k != Unsigned && rep.status != cloudUnknown && rep.status != cloudCaller {
		key := c.account.AuthKey
		if k == WrongKey {
			key = "00000000000000000000000000000000"
		}
		whole["authen_info"] = map[string]any{"a": map[string]any{"authen_type": 1, "authen_code": authenCode(key, text)}}
	}
	raw, err := plainJSON(whole)
	return letter{body: raw, header: http.Header{
		"Content-Type": {"application/json; charset=utf-8"},
		"Date":         {c.sim.now().UTC().Format(http.TimeFormat)}, // by which a till checks its clock
	}}, err
}

// cloudContent is response_content: status first and the object last, all in
// ASCII with every slash escaped, so that a client that makes the text again
// out of what it has parsed, instead of taking the one it got, is found out.
func cloudContent(rep cloudReply, name string, object map[string]any) (string, error) {
	why, err := plainJSON(rep.description)
	if err != nil {
		return "", err
	}
	text := fmt.Appendf(nil, `{"status":%d,"description":%s,"log_id":%d,"internal_status":%d`, rep.status, why, rand.Uint32(), rep.internal)
	if object != nil {
		raw, err := plainJSON(object)
		if err != nil {
			return "", err
		}
		text = fmt.Appendf(text, `,"%s":%s`, name, raw)
	}
	return escaped(append(text, '}')), nil
}

// plainJSON is v as JSON without the escapes that are meant for pages.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// escaped is a JSON text in ASCII, its slashes escaped.
func escaped(text []byte) string {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		switch {
		case r == '/':
			out = append(out, '\\', '/')
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04X\u%04X`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04X`, r)
		}
	}
	return string(out)
}

// ofAnother is an answer about other numbers than those that were asked about, and
// about another merchant.
func ofAnother(v map[string]any, prefix string) map[string]any {
	out := maps.Clone(v)
	for k, inner := range out {
		switch inner := inner.(type) {
		case map[string]any:
			out[k] = ofAnother(inner, prefix)
		case []map[string]any:
			list := make([]map[string]any, len(inner))
			for i := range inner {
				list[i] = ofAnother(inner[i], prefix)
			}
			out[k] = list
		case string:
			switch k {
			case "out_trade_no", "out_refund_no", "out_freeze_no", "out_unfreeze_no":
				out[k] = prefix + "ANOTHER"
			case "out_sub_mch_id":
				out[k] = "sz01PaySimMerchant02"
			}
		}
	}
	return out
}

// nonce is the random text of an answer.
func nonce() string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	b := make([]byte, 32)
	for i := range b {
		b[i] = alphabet[rand.IntN(len(alphabet))]
	}
	return string(b)
}
