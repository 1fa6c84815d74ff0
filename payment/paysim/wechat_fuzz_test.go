package paysim

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Whatever arrives at APIv3, without a signature nothing happens.
func FuzzWeChatWithoutSignature(f *testing.F) {
	l := startWeChat(f, Options{})
	body, err := json.Marshal(l.codepayBody("FD0000000001", 100, "130000000000000001"))
	check(f, err)
	auth := l.authorization("POST", l.path("codepay"), string(body), nil)
	f.Add("POST", l.path("codepay"), auth, string(body)+" ")
	f.Add("POST", l.path("native"), auth, string(body))
	f.Add("GET", l.path("out-trade-no/FD0000000001")+"?mchid="+l.account.MchID, strings.Replace(auth, "WECHATPAY2", "Bearer", 1), "")
	f.Add("GET", "/v3/refund/domestic/refunds/%zz", `WECHATPAY2-SHA256-RSA2048 mchid="",nonce_str="",timestamp="",serial_no="",signature=""`, "")
	f.Add("PUT", "/v3/", "", "{")
	mux := http.NewServeMux()
	l.wechat.mount(mux)
	f.Fuzz(func(t *testing.T, verb, uri, authorization, body string) {
		r, err := http.NewRequest(verb, "http://127.0.0.1"+uri, strings.NewReader(body))
		if err != nil || !strings.HasPrefix(r.URL.Path, "/v3/") {
			return
		}
		r.Header.Set("Authorization", authorization)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		if w.Code < 300 {
			t.Fatalf("answered %d %s", w.Code, w.Body)
		}
		want(t, "orders", len(l.Truth().Orders), 0)
	})
}

// Whatever is asked with the right keys, the answer is well-formed and the book
// stays whole. (Signing is left out: it is slow and never the same.)
func FuzzWeChatBodies(f *testing.F) {
	keys, err := testKeys()
	check(f, err)
	seed := &wxTill{account: WeChatAccount{AppID: wechatPartnerAppID, MchID: wechatPartnerMchID, SubMchID: wechatSubMchID}}
	seeds := []fields{
		seed.codepayBody("FD0000000001", 100, "130000000000000002"), seed.codepayBody("FD0000000000", 200, "130000000000000001"),
		seed.nativeBody("FD0000000001", 100), seed.numbers(), seed.names(), seed.refundBody("FD0000000000", "R1", 51, 200),
		{"sub_mchid": wechatSubMchID}, {"sp_mchid": wechatPartnerMchID, "sub_mchid": wechatSubMchID},
	}
	calls := []struct{ pattern, no, ref string }{
		{"POST /v3/pay/partner/transactions/codepay", "", ""}, {"POST /v3/pay/partner/transactions/native", "", ""},
		{"POST /v3/pay/partner/transactions/out-trade-no/{no}/close", "FD0000000002", ""},
		{"POST /v3/pay/partner/transactions/out-trade-no/{no}/reverse", "FD0000000000", ""},
		{"POST /v3/refund/domestic/refunds", "", ""}, {"GET /v3/pay/partner/transactions/out-trade-no/{no}", "FD0000000000", ""},
		{"GET /v3/refund/domestic/refunds/{ref}", "", "R1"}, {"GET /v3/bill/tradebill", "", ""}, {"GET /v3/billdownload/file", "", ""},
	}
	for i := range calls {
		for _, s := range seeds {
			raw, err := json.Marshal(s)
			check(f, err)
			f.Add(byte(i), string(raw), "sp_mchid="+wechatPartnerMchID+"&sub_mchid="+wechatSubMchID)
		}
	}
	f.Add(byte(7), "", "bill_date=2026-11-20&bill_type=ALL&tar_type=GZIP&sub_mchid="+wechatSubMchID)
	f.Add(byte(8), "", "token=x&tartype=gzip")
	f.Add(byte(0), `{"amount":{"total":1e999,"currency":null},"payer":[true]}`, "%zz")
	wk, err := keys.wechat()
	check(f, err)
	merchant, _ := wk.byNumber(wechatPartnerMchID)
	table := wechatV3()
	f.Fuzz(func(t *testing.T, which byte, body, query string) {
		c := calls[int(which)%len(calls)]
		s, err := New(Options{Keys: keys, Clock: newClock().now, Slow: 1, Rand: rand.NewChaCha8([32]byte{}), WeChat: WeChatOptions{ReverseAfter: -1}})
		check(t, err)
		defer s.Close()
		ask := func(pattern, no, ref, body, query string) wxReply {
			m, call := table[pattern], wxCall{merchant: merchant, no: no, refund: ref}
			req := v3Request{query: query, body: []byte(body), path: func(string) string { return "" }}
			if m.query {
				req.body = nil
			} else if body != "" {
				req.query = ""
			}
			if refused, ok := m.readInto(&call, req); !ok {
				return refused
			}
			return m.run(s.wechat, call)
		}
		before, err := json.Marshal(seed.codepayBody("FD0000000000", 200, "130000000000000101"))
		check(t, err)
		want(t, "an order before", ask(calls[0].pattern, "", "", string(before), "").code, "")
		before, err = json.Marshal(seed.nativeBody("FD0000000002", 200))
		check(t, err)
		want(t, "a QR before", ask(calls[1].pattern, "", "", string(before), "").code, "")
		for range 2 {
			rep := ask(c.pattern, c.no, c.ref, body, query)
			raw, err := rep.body()
			check(t, err)
			silent := rep.status == http.StatusNoContent || rep.sending == ResetAfter
			if (len(raw) == 0) != silent || (len(raw) > 0 && !json.Valid(raw)) {
				t.Fatalf("answer: %d %s", rep.status, raw)
			}
			rep.logAttrs(v3Request{body: []byte(body), path: func(string) string { return "" }})
		}
		for _, o := range s.book.orders {
			check(t, o.check())
		}
		if truth := s.Truth(); truth.Net() < 0 || truth.Charged > 10_000_000_200 {
			t.Fatalf("charged %d, net %d", truth.Charged, truth.Net())
		}
	})
}

// Whatever XML arrives is refused or understood the way it was meant: written
// again it reads the same.
func FuzzXML(f *testing.F) {
	f.Add(v2XML(map[string]string{"a": "1", "b": "<&>"}))
	f.Add("<xml><a><![CDATA[2]]></a></xml>")
	f.Add("<xml><a>1</a><a>2</a></xml>")
	f.Add("<?xml version='1.0'?><xml> <a/> </xml>")
	f.Fuzz(func(t *testing.T, text string) {
		v, err := parseV2([]byte(text))
		if err != nil {
			return
		}
		again, err := parseV2([]byte(v2XML(v)))
		check(t, err)
		want(t, "signature", signV2(again, "key"), signV2(v, "key"))
		want(t, "fields", len(again), len(v))
	})
}

// Whatever is asked of deposits with the right key, the book stays whole.
func FuzzDepositBodies(f *testing.F) {
	keys, err := testKeys()
	check(f, err)
	calls := []string{"micropay", "orderquery", "reverse", "consume", "refund", "refundquery"}
	for i := range calls {
		f.Add(byte(i), "FD0000000000", "", "R1", "5000", "1003", "130000000000000101")
		f.Add(byte(i), "FD0000000001", "4200", "R1", "500", "-1", "130000000000000213")
	}
	f.Fuzz(func(t *testing.T, which byte, no, id, request, total, part, code string) {
		s, err := New(Options{Keys: keys, Clock: newClock().now, Slow: 1, WeChat: WeChatOptions{ReverseAfter: -1}})
		check(t, err)
		defer s.Close()
		ask := func(call string, set map[string]string) v2Reply {
			l := &v2Till{&wxTill{account: WeChatAccount{AppID: wechatPartnerAppID, MchID: wechatPartnerMchID, SubMchID: wechatSubMchID}}}
			v := l.v2Params(set)
			for k, s := range v {
				if s == "" {
					delete(v, k)
				}
			}
			v["sign"] = signV2(v, s.WeChatPartner().APIv2Key)
			m, rep := s.wechat.answerV2(depositMethods()[call], v, "")
			if letter := s.wechat.encodeV2(m, rep, NoFault); !readable(letter.body) {
				t.Fatalf("answer: %s", letter.body)
			}
			return rep
		}
		want(t, "a deposit before", ask("micropay", micropayOf("FD0000000000", 5000, "130000000000000201")).code, "")
		call := calls[int(which)%len(calls)]
		for range 2 {
			ask(call, map[string]map[string]string{
				"micropay":    {"deposit": "Y", "body": "x", "out_trade_no": no, "total_fee": total, "fee_type": "CNY", "spbill_create_ip": "127.0.0.1", "auth_code": code},
				"orderquery":  {"out_trade_no": no, "transaction_id": id},
				"reverse":     {"out_trade_no": no, "transaction_id": id},
				"consume":     {"out_trade_no": no, "transaction_id": id, "total_fee": total, "consume_fee": part, "fee_type": "CNY"},
				"refund":      {"out_trade_no": no, "transaction_id": id, "out_refund_no": request, "total_fee": total, "refund_fee": part},
				"refundquery": {"out_trade_no": no, "out_refund_no": request, "refund_id": id, "offset": part},
			}[call])
		}
		for _, h := range s.book.holds {
			check(t, h.check())
		}
		check(t, s.book.agree())
		if truth := s.Truth(); truth.Rest() < 0 || truth.Net() < 0 {
			t.Fatalf("rest %d, net %d", truth.Rest(), truth.Net())
		}
	})
}

func readable(raw []byte) bool {
	_, err := parseV2(raw)
	return err == nil
}
