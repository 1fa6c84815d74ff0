package alipay_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

func sameFields(t *testing.T, got request, want map[string]any) {
	t.Helper()
	if !reflect.DeepEqual(got.Biz, want) {
		t.Errorf("%s\ngot  %v\nwant %v", got.Method, got.Biz, want)
	}
}

// The smallest request carries nothing that was not set; the gateway of the
// tests refuses empty parameters.
func TestTheSmallestRequests(t *testing.T) {
	g := answers(t, `{"code":"20000"}`)
	channel := newChannel(t, config(g.URL))
	channel.Pay(t.Context(), payment.PayRequest{Order: theOrder, Code: payCode})
	channel.ShowQR(t.Context(), payment.QRRequest{Order: theOrder})
	channel.Query(t.Context(), theOrder)
	channel.Cancel(t.Context(), theOrder)

	sent := g.sent()
	if len(sent) != 4 {
		t.Fatalf("%d requests", len(sent))
	}
	sameFields(t, sent[0], map[string]any{"out_trade_no": orderNo, "total_amount": "128.50", "subject": orderNo,
		"auth_code": payCode.Raw(), "scene": "bar_code", "product_code": "FACE_TO_FACE_PAYMENT", "timeout_express": "2m"})
	sameFields(t, sent[1], map[string]any{"out_trade_no": orderNo, "total_amount": "128.50", "subject": orderNo,
		"product_code": "FACE_TO_FACE_PAYMENT", "timeout_express": "5m", "qr_code_timeout_express": "2m"})
	sameFields(t, sent[2], map[string]any{"out_trade_no": orderNo})
	sameFields(t, sent[3], map[string]any{"out_trade_no": orderNo})

	public := []string{"app_id", "biz_content", "charset", "format", "method", "sign", "sign_type", "timestamp", "version"}
	for _, r := range sent {
		if got := slices.Sorted(maps.Keys(r.Public)); !slices.Equal(got, public) {
			t.Errorf("%s has the public parameters %q", r.Method, got)
		}
	}
}

func TestTheFullestRequests(t *testing.T) {
	g := answers(t, `{"code":"20000"}`)
	c := config(g.URL)
	c.SellerID, c.StoreID, c.TerminalID, c.OperatorID = " 2088000000000002 ", "NJ_S_001", "NJ_T_001", "owner"
	c.AppAuthToken, c.SysServiceProviderID = "202611BBtoken\n", "2088000000000003"
	c.ProductCode, c.QRProductCode = alipay.ProductOffline, alipay.ProductQROffline
	c.PayTimeout, c.QRTimeout = 90*time.Second, 10*time.Minute
	channel := newChannel(t, c)

	pay := payRequest()
	pay.Undiscountable, pay.Operator = 8_50, "小王"
	channel.Pay(t.Context(), pay)
	qr := qrRequest()
	qr.Undiscountable, qr.Expires = 8_50, 0
	channel.ShowQR(t.Context(), qr)
	channel.Query(t.Context(), theOrder)

	sent := g.sent()
	common := map[string]any{"out_trade_no": orderNo, "total_amount": "128.50", "undiscountable_amount": "8.50",
		"subject": "Tea and cake", "body": "01006128", "seller_id": "2088000000000002", "store_id": "NJ_S_001", "terminal_id": "NJ_T_001",
		"extend_params": map[string]any{"sys_service_provider_id": "2088000000000003"}}
	plus := func(more map[string]any) map[string]any {
		all := maps.Clone(common)
		maps.Copy(all, more)
		return all
	}
	sameFields(t, sent[0], plus(map[string]any{"operator_id": "小王", "auth_code": payCode.Raw(), "scene": "bar_code",
		"product_code": "OFFLINE_PAYMENT", "timeout_express": "3m"}))
	sameFields(t, sent[1], plus(map[string]any{"operator_id": "owner",
		"product_code": "QR_CODE_OFFLINE", "timeout_express": "11m", "qr_code_timeout_express": "10m"}))
	for _, r := range sent {
		if got := r.Public.Get("app_auth_token"); got != "202611BBtoken" {
			t.Errorf("%s: app_auth_token = %q", r.Method, got)
		}
	}
}

func TestAFaceCodeHasItsOwnScene(t *testing.T) {
	g := answers(t, `{"code":"20000"}`)
	r := payRequest()
	r.Code, _ = payment.Recognise("fp" + strings.Repeat("a1B", 11))
	newChannel(t, config(g.URL)).Pay(t.Context(), r)
	if got := g.only().Biz["scene"]; got != "security_code" {
		t.Errorf("scene = %v", got)
	}
}

// The gateway counts in full minutes, at least one. An order must never end
// there before the till has cancelled it, and a QR never after.
func TestTimesAreFullMinutes(t *testing.T) {
	tests := []struct {
		pay, qr       time.Duration
		payLife, life string
		qrLife        string
	}{
		{time.Second, time.Second, "2m", "5m", "1m"},
		{30 * time.Second, time.Minute, "2m", "5m", "1m"},
		{60 * time.Second, 61 * time.Second, "2m", "5m", "2m"},
		{61 * time.Second, 4 * time.Minute, "3m", "5m", "4m"},
		{10 * time.Minute, 5 * time.Minute, "11m", "6m", "5m"},
		{time.Hour, 24 * time.Hour, "61m", "121m", "120m"}, // Alipay's QRs live two hours at most
	}
	for _, tt := range tests {
		g := answers(t, `{"code":"20000"}`)
		c := config(g.URL)
		c.PayTimeout = tt.pay
		channel := newChannel(t, c)
		channel.Pay(t.Context(), payRequest())
		r := qrRequest()
		r.Expires = tt.qr
		channel.ShowQR(t.Context(), r)
		pay, qr := g.sent()[0].Biz, g.sent()[1].Biz
		if pay["timeout_express"] != tt.payLife || qr["timeout_express"] != tt.life || qr["qr_code_timeout_express"] != tt.qrLife {
			t.Errorf("%v and %v: pay %v, trade %v, QR %v", tt.pay, tt.qr, pay["timeout_express"], qr["timeout_express"], qr["qr_code_timeout_express"])
		}
	}
}

func TestASubjectHoldsWhatTheGatewayTakes(t *testing.T) {
	tests := []struct{ given, sent string }{
		{"茶/点心 a=b & c", "茶／点心 a＝b ＆ c"},
		{"two\nlines\x00", "two lines"},
		{"   ", orderNo},
		{strings.Repeat("长", 300), strings.Repeat("长", 128)},
		{"emoji 🍵", "emoji 🍵"},
	}
	for _, tt := range tests {
		g := answers(t, `{"code":"20000"}`)
		r := payRequest()
		r.Subject = tt.given
		newChannel(t, config(g.URL)).Pay(t.Context(), r)
		if got := g.only().Biz["subject"]; got != tt.sent {
			t.Errorf("%q was sent as %q, want %q", tt.given, got, tt.sent)
		}
	}
}

// What cannot be right is not sent, and what was not sent moved no money.
func TestImpossibleRequestsAreNotSent(t *testing.T) {
	g := newGateway(t, nil)
	channel := newChannel(t, config(g.URL))
	wiretest.RefusesOrders(t, channel, payRequest(), "FD 1", strings.Repeat("1", 65))
	wiretest.RefusesRefunds(t, channel, refundRequest(), "FD 1", strings.Repeat("1", 65))
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
	if n := len(g.sent()); n > 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestThePolicyIsTheDocumentsUnlessSet(t *testing.T) {
	c := config("")
	if got, want := newChannel(t, c).Policy(), (payment.Policy{QueryEvery: 3 * time.Second, PayTimeout: time.Minute, QRTimeout: 2 * time.Minute, CancelEvery: 3 * time.Second}); got != want {
		t.Errorf("default: %+v", got)
	}
	c.QueryInterval, c.PayTimeout, c.QRTimeout = 5*time.Second, 30*time.Second, 3*time.Minute
	if got, want := newChannel(t, c).Policy(), (payment.Policy{QueryEvery: 5 * time.Second, PayTimeout: 30 * time.Second, QRTimeout: 3 * time.Minute, CancelEvery: 5 * time.Second}); got != want {
		t.Errorf("set: %+v", got)
	}
	if name := newChannel(t, c).Name(); name != payment.Alipay {
		t.Errorf("name %q", name)
	}
}
