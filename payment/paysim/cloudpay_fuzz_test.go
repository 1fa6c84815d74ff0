package paysim

import (
	"encoding/json"
	"math/rand/v2"
	"net/http/httptest"
	"strings"
	"testing"

	"frontdesk/payment"
)

// Whatever arrives, without an authentication nothing happens.
func FuzzCloudPayWithoutAuthentication(f *testing.F) {
	l := startCloud(f, Options{})
	good := l.envelope(l.microPay(l.OrderPrefix+"1", payment.WalletWeChat, 100, "134567890123456701"))
	good["authen_info"] = fields{"a": fields{"authen_type": 1, "authen_code": strings.Repeat("0", 64)}}
	f.Add("micro_pay", compact(f, good), "application/json")
	f.Add("refund", `{"authen_info":{"s":{"sign_type":1,"sign":"AA=="}},"request_content":"{\"out_sub_mch_id\":\"`+l.OutSubMchID+`\"}"}`, "application/json")
	f.Add("query_order_list", `{"request_content":"{\"pay_mch_key\":[1e999,null,{\"\":true}]}"}`, "application/json; charset=utf-8")
	f.Add("", "[[[[[", "text/plain")
	f.Fuzz(func(t *testing.T, name, body, kind string) {
		if _, known := l.cloud.methods[name]; !known {
			name = "micro_pay"
		}
		r := httptest.NewRequest("POST", cloudPath+name, strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		l.cloud.ServeHTTP(w, r)
		var answer struct {
			Content string          `json:"response_content"`
			Authen  json.RawMessage `json:"authen_info"`
		}
		check(t, json.Unmarshal(w.Body.Bytes(), &answer))
		if !strings.HasPrefix(answer.Content, `{"status":101,`) || answer.Authen != nil {
			t.Fatalf("answered %s", w.Body)
		}
		want(t, "orders", len(l.Truth().Orders)+len(l.Truth().Holds), 0)
	})
}

// Whatever a client with the right key sends, the answer is well-formed and the
// book stays whole.
func FuzzCloudPayContent(f *testing.F) {
	keys, err := testKeys()
	check(f, err)
	s, err := New(Options{Keys: keys})
	check(f, err)
	l := &cloudTill{Sim: s, CloudPayAccount: s.CloudPay(), t: f, clock: newClock()}
	const wx, ali = payment.WalletWeChat, payment.WalletAlipay
	order, held := l.OrderPrefix+"0", l.OrderPrefix+"H"
	for _, c := range []struct {
		name string
		body fields
	}{
		{"micro_pay", l.microPay(l.OrderPrefix+"1", wx, 100, "134567890123456702")},
		{"micro_pay", l.microPay(order, wx, 100, "134567890123456703")},
		{"scan_code_pay", l.request(ali, fields{"pay_content": fields{"out_trade_no": l.OrderPrefix + "2", "total_fee": 1, "fee_type": "CNY", "body": "x"}})},
		{"query_order", l.request("", fields{"out_trade_no": order})},
		{"close_order", l.request(ali, fields{"out_trade_no": order, "trade_type": 1})},
		{"refund", l.refundBody(order, ali, 200, 51, l.OrderPrefix+"R")},
		{"query_refund_order", l.request("", fields{"out_trade_no": order, "out_refund_no": l.OrderPrefix + "R"})},
		{"micro_freeze", l.freezeBody(l.OrderPrefix+"3", ali, 100, "281234567890123402")},
		{"scancode_freeze", l.request(ali, fields{"freeze_content": fields{"out_freeze_no": l.OrderPrefix + "4", "freeze_fee": 1, "fee_type": "CNY", "body": "x"}})},
		{"query_freeze_order", l.request(ali, fields{"out_freeze_no": held})},
		{"deposit_consume", l.consumeBody(held, ali, l.OrderPrefix+"5", 105, true)},
		{"unfreeze", l.unfreezeBody(held, ali, l.OrderPrefix+"6", 51)},
		{"query_unfreeze_order", l.request(ali, fields{"out_freeze_no": held})},
		{"query_order_list", l.listBody(3, nil)},
	} {
		f.Add(c.name, compact(f, c.body))
	}
	check(f, s.Close())
	before := []struct {
		name string
		body fields
	}{
		{"micro_pay", l.microPay(order, ali, 200, "281234567890123401")},
		{"micro_freeze", l.freezeBody(held, ali, 200, "281234567890123501")},
	}
	f.Fuzz(func(t *testing.T, name, body string) {
		s, err := New(Options{Keys: keys, Clock: newClock().now, Slow: 1, Rand: rand.NewChaCha8([32]byte{})})
		check(t, err)
		defer s.Close()
		l := &cloudTill{Sim: s, CloudPayAccount: l.CloudPayAccount, t: t}
		for _, b := range before {
			rep := s.cloud.answer(b.name, openCloud(compact(t, l.envelope(b.body))))
			want(t, b.name, rep.status, 0)
		}
		if _, known := s.cloud.methods[name]; !known {
			name = "refund"
		}
		for range 2 {
			rep := s.cloud.answer(name, openCloud(compact(t, l.envelope(body))))
			sent, err := s.cloud.encode(name, rep, NoFault)
			check(t, err)
			var answer struct {
				Content string `json:"response_content"`
			}
			check(t, json.Unmarshal(sent.body, &answer))
			if !json.Valid([]byte(answer.Content)) || strings.ContainsFunc(answer.Content, func(r rune) bool { return r > '~' }) {
				t.Fatalf("answer: %s", answer.Content)
			}
		}
		for _, o := range s.book.orders {
			check(t, o.check())
		}
		for _, h := range s.book.holds {
			check(t, h.check())
		}
		check(t, s.book.agree())
		if truth := s.Truth(); truth.Net() < 0 || truth.Rest() < 0 {
			t.Fatalf("net %d, held %d", truth.Net(), truth.Rest())
		}
	})
}
