package wechat_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"frontdesk/payment"
	"frontdesk/payment/wire/wiretest"
)

type object = map[string]any

func sameBody(t *testing.T, got request, call, path, query string, want object) {
	t.Helper()
	if got.Call != call || got.Path != path || got.Query != query {
		t.Errorf("%s %s?%s, want %s %s?%s", got.Call, got.Path, got.Query, call, path, query)
	}
	if !reflect.DeepEqual(got.Biz, want) {
		t.Errorf("%s\ngot  %v\nwant %v", got.Call, got.Biz, want)
	}
}

// The smallest request carries nothing that was not set; the gateway of the
// tests refuses empty parameters.
func TestTheSmallestRequests(t *testing.T) {
	g := newGateway(t, trouble)
	c := config(g.URL)
	c.Clock = func() time.Time { return time.Date(2026, 11, 21, 6, 30, 0, 0, time.UTC) }
	channel := newChannel(t, c)
	channel.Pay(t.Context(), payment.PayRequest{Order: theOrder, Code: payCode})
	channel.ShowQR(t.Context(), payment.QRRequest{Order: theOrder})
	channel.Query(t.Context(), theOrder)
	channel.Refund(t.Context(), payment.RefundRequest{Order: theOrder, RequestNo: refundNo, Refund: 28_50})
	channel.QueryRefund(t.Context(), refundRequest())

	sent := g.sent()
	amount := object{"total": 12850.0, "currency": "CNY"}
	sameBody(t, sent[0], "codepay", "/v3/pay/transactions/codepay", "", object{"appid": appID, "mchid": mchID, "out_trade_no": orderNo, "description": orderNo,
		"amount": amount, "payer": object{"auth_code": payCode.Raw()}, "scene_info": object{"device_ip": "127.0.0.1", "store_info": object{"out_id": mchID}}})
	sameBody(t, sent[1], "native", "/v3/pay/transactions/native", "", object{"appid": appID, "mchid": mchID, "out_trade_no": orderNo, "description": orderNo,
		"amount": amount, "notify_url": notifyURL, "time_expire": "2026-11-21T14:32:00+08:00"})
	sameBody(t, sent[2], "query", "/v3/pay/transactions/out-trade-no/"+orderNo, "mchid="+mchID, nil)
	sameBody(t, sent[3], "refund", "/v3/refund/domestic/refunds", "", object{"out_trade_no": orderNo, "out_refund_no": refundNo,
		"amount": object{"refund": 2850.0, "total": 12850.0, "currency": "CNY"}})
	sameBody(t, sent[4], "refund query", "/v3/refund/domestic/refunds/"+refundNo, "", nil)
}

func TestTheFullestRequests(t *testing.T) {
	g := newGateway(t, trouble)
	c := partner(g.URL)
	c.GoodsTag, c.StoreID, c.DeviceID, c.DeviceIP = " WXG ", "NJ_S_001", "till 2", "203.0.113.7"
	c.Clock = func() time.Time { return time.Date(2026, 11, 21, 6, 30, 0, 0, time.UTC) }
	channel := newChannel(t, c)
	channel.Pay(t.Context(), payRequest())
	channel.ShowQR(t.Context(), qrRequest())
	channel.Query(t.Context(), theOrder)
	channel.Refund(t.Context(), refundRequest())
	channel.QueryRefund(t.Context(), refundRequest())

	sent := g.sent()
	whole := func(more object) object {
		all := object{"sp_appid": spAppID, "sp_mchid": spMchID, "sub_appid": subAppID, "sub_mchid": subMchID, "out_trade_no": orderNo,
			"description": "Tea and cake", "attach": "01006128", "goods_tag": "WXG", "amount": object{"total": 12850.0, "currency": "CNY"}}
		for name, value := range more {
			all[name] = value
		}
		return all
	}
	store := object{"id": "NJ_S_001"}
	sameBody(t, sent[0], "codepay", "/v3/pay/partner/transactions/codepay", "", whole(object{"payer": object{"auth_code": payCode.Raw()},
		"scene_info": object{"device_ip": "203.0.113.7", "device_id": "till 2", "store_info": store}}))
	sameBody(t, sent[1], "native", "/v3/pay/partner/transactions/native", "", whole(object{"notify_url": notifyURL, "time_expire": "2026-11-21T14:32:00+08:00",
		"scene_info": object{"payer_client_ip": "203.0.113.7", "device_id": "till 2", "store_info": store}}))
	sameBody(t, sent[2], "query", "/v3/pay/partner/transactions/out-trade-no/"+orderNo, "sp_mchid="+spMchID+"&sub_mchid="+subMchID, nil)
	sameBody(t, sent[3], "refund", "/v3/refund/domestic/refunds", "", object{"sub_mchid": subMchID, "out_trade_no": orderNo, "out_refund_no": refundNo,
		"reason": "cold", "amount": object{"refund": 2850.0, "total": 12850.0, "currency": "CNY"}})
	sameBody(t, sent[4], "refund query", "/v3/refund/domestic/refunds/"+refundNo, "sub_mchid="+subMchID, nil)
}

// A reverse names the application, a close only the merchants.
func TestHowOrdersAreEnded(t *testing.T) {
	for _, p := range []bool{false, true} {
		g := newGateway(t, script(t, map[string][]answer{"query": {notPaid}, "close": {tooEarly}, "reverse": {done}}))
		c, path, both := config(g.URL), "/v3/pay/transactions/out-trade-no/"+orderNo, object{"appid": appID, "mchid": mchID}
		names := object{"mchid": mchID}
		if p {
			c, path, both = partner(g.URL), "/v3/pay/partner/transactions/out-trade-no/"+orderNo, object{"sp_appid": spAppID, "sp_mchid": spMchID, "sub_appid": subAppID, "sub_mchid": subMchID}
			names = object{"sp_mchid": spMchID, "sub_mchid": subMchID}
			g.answer = script(t, map[string][]answer{"query": {says(200, `{"out_trade_no":"`+orderNo+`","trade_state":"NOTPAY"}`)}, "close": {tooEarly}, "reverse": {done}})
		}
		newChannel(t, c).Cancel(t.Context(), theOrder)
		sent := g.sent()
		sameBody(t, sent[1], "close", path+"/close", "", names)
		sameBody(t, sent[2], "reverse", path+"/reverse", "", both)
	}
}

func TestTextsFitWeChat(t *testing.T) {
	long := strings.Repeat("长", 60)
	tests := []struct{ given, sent string }{
		{"two\nlines\x00", "two lines"},
		{"   ", orderNo},
		{long, long[:126]}, // 42 characters of three bytes
		{"a" + long, "a" + long[:126]},
		{"emoji 🍵", "emoji 🍵"},
		{"a,`b", "a,'b"}, // which would part a line of the bill
		{"<a href='x'>&", "<a href='x'>&"},
		{"bad \xff bytes", "bad � bytes"},
	}
	for _, tt := range tests {
		g := newGateway(t, trouble)
		r := payRequest()
		r.Subject = tt.given
		newChannel(t, config(g.URL)).Pay(t.Context(), r)
		got, _ := g.only().Biz["description"].(string)
		if got != tt.sent || len(got) > 127 || !utf8.ValidString(got) {
			t.Errorf("%q was sent as %q, want %q", tt.given, got, tt.sent)
		}
	}
	g := newGateway(t, trouble)
	r := refundRequest()
	r.Reason = long
	newChannel(t, config(g.URL)).Refund(t.Context(), r)
	if got := g.only().Biz["reason"]; got != long[:78] {
		t.Errorf("reason %q", got)
	}
}

// WeChat takes no QR that ends within a minute of its arrival, and keeps none for
// longer than two hours.
func TestHowLongAQRLives(t *testing.T) {
	for _, tt := range []struct {
		expires time.Duration
		want    string
	}{
		{time.Second, "2026-11-21T14:31:30+08:00"},
		{time.Minute, "2026-11-21T14:31:30+08:00"},
		{100 * time.Second, "2026-11-21T14:31:40+08:00"},
		{0, "2026-11-21T14:32:00+08:00"},
		{24 * time.Hour, "2026-11-21T16:30:00+08:00"},
	} {
		g := newGateway(t, trouble)
		c := config(g.URL)
		c.Clock = func() time.Time { return time.Date(2026, 11, 21, 6, 30, 0, 0, time.UTC) }
		r := qrRequest()
		r.Expires = tt.expires
		newChannel(t, c).ShowQR(t.Context(), r)
		if got := g.only().Biz["time_expire"]; got != tt.want {
			t.Errorf("%v: %v, want %s", tt.expires, got, tt.want)
		}
	}
}

func TestWithoutAnAddressForNoticesThereAreNoQRs(t *testing.T) {
	g := newGateway(t, nil)
	c := config(g.URL)
	c.NotifyURL = ""
	qr, out := newChannel(t, c).ShowQR(t.Context(), qrRequest())
	if qr != "" || out.Result != payment.Failed || out.Reason != payment.ReasonMerchantSetup || out.Code != "NOTIFY_URL_MISSING" || len(g.sent()) > 0 {
		t.Errorf("%q %+v", qr, out)
	}
}

// What cannot be right is not sent, and what was not sent moved no money.
func TestImpossibleRequestsAreNotSent(t *testing.T) {
	g := newGateway(t, nil)
	channel := newChannel(t, partner(g.URL))
	numbers := []string{"FD 123", "FD/../id", "FD123", strings.Repeat("1", 33)}
	wiretest.RefusesOrders(t, channel, payRequest(), numbers...)
	wiretest.RefusesRefunds(t, channel, refundRequest(), "a/b")
	for _, h := range []payment.Hold{{Amount: price}, {OutOrderNo: numbers[1], Amount: price}, {OutOrderNo: orderNo}, {OutOrderNo: orderNo, Amount: payment.MaxAmount + 1}} {
		h.AuthNo = transactionID
		if out := channel.Hold(t.Context(), payment.HoldRequest{Hold: h, Code: payCode}); out.Result != payment.Failed || out.Reason != payment.ReasonRequest {
			t.Errorf("hold %+v: %+v", h, out)
		}
		for how, out := range map[string]payment.HoldOutcome{"query": channel.QueryHold(t.Context(), h), "cancel": channel.CancelHold(t.Context(), h)} {
			if out.Result != payment.Unknown || out.Detail == nil {
				t.Errorf("%s of the deposit %+v: %+v", how, h, out)
			}
		}
	}
	for name, change := range map[string]func(*payment.PayRequest){
		"undiscountable above the amount": func(r *payment.PayRequest) { r.Undiscountable = price + 1 },
		"undiscountable below zero":       func(r *payment.PayRequest) { r.Undiscountable = -1 },
	} {
		r := payRequest()
		change(&r)
		if out := channel.Pay(t.Context(), r); out.Result != payment.Failed || out.Reason != payment.ReasonRequest {
			t.Errorf("%s: %+v", name, out)
		}
	}
	h := holdRequest()
	h.Code = ""
	if out := channel.Hold(t.Context(), h); out.Result != payment.Failed || out.Reason != payment.ReasonCodeInvalid {
		t.Errorf("no code for a deposit: %+v", out)
	}
	if n := len(g.sent()); n > 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestThePolicyIsTheDocumentsUnlessSet(t *testing.T) {
	c := config("")
	want := payment.Policy{QueryEvery: 5 * time.Second, PayTimeout: 45 * time.Second, QRTimeout: 2 * time.Minute, CancelAfter: 15 * time.Second, CancelEvery: 5 * time.Second}
	if got := newChannel(t, c).Policy(); got != want {
		t.Errorf("default: %+v", got)
	}
	c.QueryInterval, c.PayTimeout, c.QRTimeout = 10*time.Second, 30*time.Second, 3*time.Minute
	want = payment.Policy{QueryEvery: 10 * time.Second, PayTimeout: 30 * time.Second, QRTimeout: 3 * time.Minute, CancelAfter: 15 * time.Second, CancelEvery: 10 * time.Second}
	channel := newChannel(t, c)
	if got := channel.Policy(); got != want || channel.HoldPolicy() != want {
		t.Errorf("set: %+v", got)
	}
	if name := channel.Name(); name != payment.WeChat {
		t.Errorf("name %q", name)
	}
}
