package paysim

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
)

// v2Till is a client of APIv2 that builds and verifies every byte by hand.
type v2Till struct{ *wxTill }

func startDeposits(t testing.TB, o Options) *v2Till {
	t.Helper()
	return &v2Till{startWeChat(t, o).asPartner()}
}

type texts2 = map[string]string

// v2Params are the fields of a request, not yet signed.
func (l *v2Till) v2Params(set texts2) texts2 {
	v := texts2{
		"appid": l.account.AppID, "mch_id": l.account.MchID, "sub_mch_id": l.account.SubMchID,
		"nonce_str": "5K8264ILTKCH16CQ2502SI8ZNMTM67VS", "sign_type": "HMAC-SHA256",
	}
	maps.Copy(v, set)
	maps.DeleteFunc(v, func(_, s string) bool { return s == "-" }) // "-" takes a field away
	return v
}

func v2XML(v texts2) string {
	var b strings.Builder
	b.WriteString("<xml>")
	for k, s := range v {
		b.WriteString("<" + k + ">")
		xml.EscapeText(&b, []byte(s))
		b.WriteString("</" + k + ">")
	}
	return b.String() + "</xml>"
}

// v2Said is an answer as it came over the wire.
type v2Said struct {
	Fields texts2
	Signed bool
}

// String is what says most: why it was not even looked at, the error code, or
// the state.
func (a v2Said) String() string {
	switch {
	case a.Fields["return_code"] != "SUCCESS":
		return "FAIL " + a.Fields["return_msg"]
	case a.Fields["result_code"] != "SUCCESS":
		return strings.TrimSpace(a.Fields["err_code"] + " " + a.Fields["recall"])
	}
	return strings.TrimSpace("SUCCESS " + a.Fields["trade_state"] + a.Fields["recall"])
}

// postV2 sends bytes and takes the answer apart; broken says what is wrong with
// it on the wire.
func (l *v2Till) postV2(call, kind, body string) (a v2Said, broken string) {
	l.t.Helper()
	r, err := http.Post(l.account.BaseURL+"/deposit/"+call, kind, strings.NewReader(body))
	if err != nil {
		return a, "no answer"
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return a, "cut off"
	}
	if a.Fields, err = parseV2(raw); err != nil || r.StatusCode != 200 {
		return a, "no XML"
	}
	a.Signed = a.Fields["sign"] == signV2(a.Fields, l.account.APIv2Key)
	switch {
	case a.Fields["return_code"] == "SUCCESS" && !a.Signed:
		return a, "not to be believed"
	case strings.Contains(string(raw), "ANOTHER_"):
		return a, "about another"
	}
	return a, ""
}

// tell sends a well-formed signed request.
func (l *v2Till) tell(call string, set texts2) v2Said {
	l.t.Helper()
	v := l.v2Params(set)
	v["sign"] = signV2(v, l.account.APIv2Key)
	a, broken := l.postV2(call, "text/xml", v2XML(v))
	want(l.t, "answer", broken, "")
	return a
}

func micropayOf(no string, fen int, code string) texts2 {
	return texts2{
		"deposit": "Y", "body": "客房押金", "out_trade_no": no, "total_fee": fmt.Sprint(fen), "fee_type": "CNY", "spbill_create_ip": "127.0.0.1",
		"auth_code": code,
	}
}

func (l *v2Till) micropay(no string, fen int, code string) v2Said {
	l.t.Helper()
	return l.tell("micropay", micropayOf(no, fen, code))
}

// deposit holds an amount at once, long enough ago to be reversed.
func (l *v2Till) deposit(fen int) (no string) {
	l.t.Helper()
	no = l.orderNo()
	want(l.t, "micropay", l.micropay(no, fen, l.code(1)).String(), "SUCCESS")
	l.clock.pass(15 * time.Second)
	return no
}

func (l *v2Till) depositQuery(no string) v2Said {
	l.t.Helper()
	return l.tell("orderquery", texts2{"out_trade_no": no})
}

func (l *v2Till) depositReverse(no string) v2Said {
	l.t.Helper()
	return l.tell("reverse", texts2{"out_trade_no": no})
}

func consumeOf(no string, fen, total int) texts2 {
	return texts2{"out_trade_no": no, "total_fee": fmt.Sprint(total), "consume_fee": fmt.Sprint(fen), "fee_type": "CNY"}
}

func (l *v2Till) consume(no string, fen, total int) v2Said {
	l.t.Helper()
	return l.tell("consume", consumeOf(no, fen, total))
}

func depositRefundOf(no, request string, fen, total int) texts2 {
	return texts2{"out_trade_no": no, "out_refund_no": request, "total_fee": fmt.Sprint(total), "refund_fee": fmt.Sprint(fen)}
}

func (l *v2Till) depositRefund(no, request string, fen, total int) v2Said {
	l.t.Helper()
	return l.tell("refund", depositRefundOf(no, request, fen, total))
}

func (l *v2Till) depositRefundQuery(request string) v2Said {
	l.t.Helper()
	return l.tell("refundquery", texts2{"out_refund_no": request})
}
