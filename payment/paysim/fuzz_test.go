package paysim

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// answerTo sends one request past the network and wants a well-formed answer.
func answerTo(t *testing.T, s *Sim, r *http.Request) map[string]any {
	t.Helper()
	w := httptest.NewRecorder()
	newAlipay(s).ServeHTTP(w, r)
	var whole map[string]json.RawMessage
	check(t, json.Unmarshal(w.Body.Bytes(), &whole))
	var node map[string]any
	for k, v := range whole {
		if k != "sign" {
			check(t, json.Unmarshal(v, &node))
		}
	}
	if code, _ := node["code"].(string); len(code) != 5 {
		t.Fatalf("answer without a code: %s", w.Body)
	}
	return node
}

// Whatever arrives, without a signature nothing happens.
func FuzzGatewayWithoutSignature(f *testing.F) {
	l := startTill(f, Options{})
	v := l.sign(l.params("alipay.trade.pay", payBiz("FD1", "1.00", "281234567890123401")))
	v.Set("sign", strings.Repeat("A", 344))
	f.Add("", v.Encode(), "application/x-www-form-urlencoded")
	f.Add(v.Encode(), "", "")
	f.Add("method=alipay.trade.query&app_id="+l.AppID, "%zz", "text/plain")
	f.Add("a;b", "method=x", "multipart/form-data")
	f.Fuzz(func(t *testing.T, query, body, kind string) {
		r := httptest.NewRequest("POST", "/gateway.do", strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", kind)
		if node := answerTo(t, l.Sim, r); node["code"] == "10000" {
			t.Fatalf("answered %v", node)
		}
		want(t, "orders", len(l.Truth().Orders), 0)
	})
}

// fuzzAuth is the number that the fixed randomness of FuzzContent gives the hold
// before.
const fuzzAuth = "2026112110002001713451046162"

// Whatever a client with the right keys sends, the answer is well-formed and
// the book stays whole. (Signing is left out: it is slow and never the same.)
func FuzzContent(f *testing.F) {
	keys, err := testKeys()
	check(f, err)
	for i, biz := range []any{
		payBiz("FD1", "1.00", "281234567890123402"), payBiz("FD1", "1.00", "281234567890123403"),
		fields{"out_trade_no": "FD2", "total_amount": "2.00", "subject": "x"}, fields{"out_trade_no": "FD0"},
		fields{"trade_no": "2026112122000000000000000000"}, fields{"out_trade_no": "FD0", "refund_amount": "0.51", "out_request_no": "R1"},
		fields{"out_trade_no": "FD0", "out_request_no": "R1"},
		freezeBiz("FD1", "1.00", "281234567890123402"), voucherBiz("FD2", "2.00"), fields{"out_order_no": "FD0", "out_request_no": "FD0"},
		fields{"out_order_no": "FD0", "out_request_no": "FD0", "remark": "x"}, fields{"auth_no": fuzzAuth, "out_request_no": "U1", "amount": "0.51", "remark": "x"},
		fields{
			"out_trade_no": "FD3", "total_amount": "1.05", "subject": "x", "product_code": "PRE_AUTH", "auth_no": fuzzAuth,
			"buyer_id": phone.UserID, "seller_id": sellerID, "auth_confirm_mode": "COMPLETE",
		},
		fields{"bill_type": "trade", "bill_date": "2026-11-20"},
	} {
		raw, err := json.Marshal(biz)
		check(f, err)
		f.Add(byte(i), string(raw))
	}
	f.Add(byte(3), `{"out_trade_no":{"out_trade_no":[1e999,true,null]}}`)
	methods := []string{
		"alipay.trade.pay", "alipay.trade.precreate", "alipay.trade.query", "alipay.trade.cancel", "alipay.trade.close",
		"alipay.trade.refund", "alipay.trade.fastpay.refund.query", "alipay.fund.auth.order.freeze", "alipay.fund.auth.order.voucher.create",
		"alipay.fund.auth.operation.detail.query", "alipay.fund.auth.operation.cancel", "alipay.fund.auth.order.unfreeze", "alipay.trade.pay", billMethod,
	}
	f.Fuzz(func(t *testing.T, method byte, biz string) {
		s, err := New(Options{Keys: keys, Clock: newClock().now, Slow: 1, Rand: rand.NewChaCha8([32]byte{})})
		check(t, err)
		defer s.Close()
		a := newAlipay(s)
		before := content{"out_trade_no": "FD0", "total_amount": "2.00", "subject": "x", "auth_code": "281234567890123401"}
		want(t, "an order before", a.pay(before).code, "10000")
		held := a.freeze(content(freezeBiz("FD0", "2.00", "281234567890123501")))
		want(t, "a hold before", fmt.Sprint(held.code, held.fields["auth_no"]), "10000"+fuzzAuth)
		for range 2 {
			rep := a.carryOut(a.methods[methods[int(method)%len(methods)]], biz)
			node, err := rep.node()
			check(t, err)
			if !json.Valid(node) || len(rep.code) != 5 {
				t.Fatalf("answer: %s", node)
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
