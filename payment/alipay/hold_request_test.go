package alipay_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

// sameRequests compares what was sent, in order.
func sameRequests(t *testing.T, g *gateway, methods []string, want []map[string]any) {
	t.Helper()
	sent := g.sent()
	if len(sent) != len(want) {
		t.Fatalf("sent %q", g.methods())
	}
	for i, r := range sent {
		if r.Method != methods[i] {
			t.Errorf("%d: %s, want %s", i, r.Method, methods[i])
		}
		sameFields(t, r, want[i])
	}
}

var everyHoldMethod = []string{methodFreeze, methodVoucher, methodDetail, methodHoldUndo, methodTradePay, methodTradeFind, methodUnfreeze, methodDetail}

// askEveryHoldMethod asks in the order of everyHoldMethod.
func askEveryHoldMethod(t *testing.T, c *alipay.Channel, hold payment.HoldRequest, capture payment.CaptureRequest, release payment.ReleaseRequest) {
	t.Helper()
	c.Hold(t.Context(), hold)
	c.HoldQR(t.Context(), hold)
	c.QueryHold(t.Context(), hold.Hold)
	c.CancelHold(t.Context(), hold.Hold)
	c.Capture(t.Context(), capture)
	c.QueryCapture(t.Context(), capture)
	c.Release(t.Context(), release)
	c.QueryRelease(t.Context(), release)
}

func TestTheSmallestRequestsAboutADeposit(t *testing.T) {
	g := answers(t, unavailable)
	bare := payment.Hold{OutOrderNo: depositNo, RequestNo: holdNo, AuthNo: authNo, Amount: deposit}
	askEveryHoldMethod(t, newChannel(t, config(g.URL)),
		payment.HoldRequest{Hold: theHold, Code: payCode},
		payment.CaptureRequest{Hold: bare, OutTradeNo: orderNo, Capture: price},
		payment.ReleaseRequest{Hold: bare, ReleaseNo: releaseNo, Release: free})

	own := map[string]any{"out_order_no": depositNo, "out_request_no": holdNo, "order_title": depositNo, "amount": "500.00", "product_code": "PRE_AUTH"}
	plus := func(more map[string]any) map[string]any {
		all := maps.Clone(own)
		maps.Copy(all, more)
		return all
	}
	sameRequests(t, g, everyHoldMethod, []map[string]any{
		plus(map[string]any{"auth_code": payCode.Raw(), "auth_code_type": "bar_code", "pay_timeout": "15m"}),
		plus(map[string]any{"timeout_express": "2m"}),
		{"out_order_no": depositNo, "out_request_no": holdNo, "operation_type": "FREEZE"},
		{"out_order_no": depositNo, "out_request_no": holdNo, "remark": depositNo},
		{"out_trade_no": orderNo, "total_amount": "128.50", "subject": orderNo, "auth_no": authNo, "product_code": "PRE_AUTH", "auth_confirm_mode": "NOT_COMPLETE"},
		{"out_trade_no": orderNo},
		{"auth_no": authNo, "out_request_no": releaseNo, "amount": "371.50", "remark": depositNo},
		{"out_order_no": depositNo, "out_request_no": releaseNo, "operation_type": "UNFREEZE"},
	})
}

func TestTheFullestRequestsAboutADeposit(t *testing.T) {
	g := answers(t, unavailable)
	c := config(g.URL)
	c.SellerID, c.StoreID, c.TerminalID, c.OperatorID = " 2088000000000002 ", "NJ_S_001", "NJ_T_001", "owner"
	c.AppAuthToken, c.SysServiceProviderID = "202611BBtoken\n", "2088000000000003"
	c.HoldProductCode, c.ProductCode = " PRE_AUTH_HOTEL\n", alipay.ProductOffline
	c.HoldTimeout, c.QRTimeout = time.Hour, 10*time.Minute
	hold := holdRequest()
	hold.Hold, hold.Expires, hold.Operator = heldHold, 0, "小王"
	capture := captureRequest()
	capture.Operator = "小王"
	askEveryHoldMethod(t, newChannel(t, c), hold, capture, releaseRequest())

	own := map[string]any{"out_order_no": depositNo, "out_request_no": holdNo, "order_title": "Room 1203", "amount": "500.00",
		"product_code": "PRE_AUTH_HOTEL", "payee_user_id": "2088000000000002"}
	plus := func(more map[string]any) map[string]any {
		all := maps.Clone(own)
		maps.Copy(all, more)
		return all
	}
	sameRequests(t, g, everyHoldMethod, []map[string]any{
		plus(map[string]any{"auth_code": payCode.Raw(), "auth_code_type": "bar_code", "pay_timeout": "60m"}),
		plus(map[string]any{"timeout_express": "10m"}),
		{"out_order_no": depositNo, "out_request_no": holdNo, "operation_type": "FREEZE"},
		{"out_order_no": depositNo, "out_request_no": holdNo, "remark": depositNo},
		{"out_trade_no": orderNo, "total_amount": "128.50", "subject": "Room 1203", "body": "01006128", "auth_no": authNo, "product_code": "PRE_AUTH_HOTEL",
			"auth_confirm_mode": "COMPLETE", "buyer_id": payerID, "seller_id": "2088000000000002", "store_id": "NJ_S_001", "terminal_id": "NJ_T_001", "operator_id": "小王",
			"extend_params": map[string]any{"sys_service_provider_id": "2088000000000003"}},
		{"out_trade_no": orderNo},
		{"auth_no": authNo, "out_request_no": releaseNo, "amount": "371.50", "remark": "checked out"},
		{"out_order_no": depositNo, "out_request_no": releaseNo, "operation_type": "UNFREEZE"},
	})
	for _, r := range g.sent() {
		if got := r.Public.Get("app_auth_token"); got != "202611BBtoken" {
			t.Errorf("%s: app_auth_token = %q", r.Method, got)
		}
	}
}

func TestAFaceHoldsADepositToo(t *testing.T) {
	g := answers(t, unavailable)
	r := holdRequest()
	r.Code, _ = payment.Recognise("fp" + strings.Repeat("a1B", 11))
	newChannel(t, config(g.URL)).Hold(t.Context(), r)
	if biz := g.only().Biz; biz["auth_code_type"] != "security_code" || biz["scene_code"] != "HOTEL" {
		t.Errorf("sent %v", biz)
	}
}

// Newer applications are told an open id in place of the account number.
func TestACaptureNamesThePayerAsAlipayDid(t *testing.T) {
	for _, tt := range []struct{ payer, field string }{
		{payerID, "buyer_id"},
		{"074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5", "buyer_open_id"},
	} {
		g := answers(t, unavailable)
		r := captureRequest()
		r.PayerID = tt.payer
		newChannel(t, config(g.URL)).Capture(t.Context(), r)
		biz := g.only().Biz
		other := map[string]string{"buyer_id": "buyer_open_id", "buyer_open_id": "buyer_id"}[tt.field]
		if _, both := biz[other]; biz[tt.field] != tt.payer || both {
			t.Errorf("%s: sent %v", tt.payer, biz)
		}
	}
}

// A deposit that nobody confirms ends at Alipay after the till's own cancel,
// and a QR not later than it is shown.
func TestADepositThatNobodyConfirmsEndsByItself(t *testing.T) {
	tests := []struct {
		hold, pay, qr, expires time.Duration // zero for the default
		scanned, shown         string
	}{
		{0, 0, 0, 0, "15m", "2m"},
		{90 * time.Second, 0, 0, time.Second, "3m", "1m"}, // the till waits two minutes
		{16 * time.Minute, 0, 0, 61 * time.Second, "16m", "2m"},
		{0, time.Hour, 0, time.Hour, "61m", "60m"},
		{0, 0, time.Hour, 0, "61m", "60m"},
		{15 * 24 * time.Hour, 0, 0, 100 * 24 * time.Hour, "21600m", "21600m"},
	}
	for _, tt := range tests {
		g := answers(t, unavailable)
		c := config(g.URL)
		c.HoldTimeout, c.PayTimeout, c.QRTimeout = tt.hold, tt.pay, tt.qr
		channel := newChannel(t, c)
		r := holdRequest()
		r.Expires = tt.expires
		channel.Hold(t.Context(), r)
		channel.HoldQR(t.Context(), r)
		if sent := g.sent(); sent[0].Biz["pay_timeout"] != tt.scanned || sent[1].Biz["timeout_express"] != tt.shown {
			t.Errorf("%+v: scanned %v, shown %v", tt, sent[0].Biz["pay_timeout"], sent[1].Biz["timeout_express"])
		}
	}
}

func TestWordsOfADepositFit(t *testing.T) {
	tests := []struct{ given, sent string }{
		{"1203 房/押金 a=b", "1203 房／押金 a＝b"},
		{"two\nlines\x00", "two lines"},
		{"   ", depositNo},
		{strings.Repeat("长", 300), strings.Repeat("长", 50)},
	}
	for _, tt := range tests {
		g := answers(t, unavailable)
		channel := newChannel(t, config(g.URL))
		hold, release := holdRequest(), releaseRequest()
		hold.Subject, release.Reason = tt.given, tt.given
		channel.Hold(t.Context(), hold)
		channel.Release(t.Context(), release)
		if sent := g.sent(); sent[0].Biz["order_title"] != tt.sent || sent[1].Biz["remark"] != tt.sent {
			t.Errorf("%q was sent as %q and %q", tt.given, sent[0].Biz["order_title"], sent[1].Biz["remark"])
		}
	}
}

// What cannot be right is not sent, and what was not sent moved no money.
func TestImpossibleRequestsAboutADepositAreNotSent(t *testing.T) {
	g := newGateway(t, nil)
	channel := newChannel(t, config(g.URL))
	changes := map[string]func(*payment.Hold){
		"no number":           func(h *payment.Hold) { h.OutOrderNo = "" },
		"a number with space": func(h *payment.Hold) { h.OutOrderNo = "FD 1" },
		"no request number":   func(h *payment.Hold) { h.RequestNo = "" },
		"a long one":          func(h *payment.Hold) { h.RequestNo = strings.Repeat("1", 65) },
		"zero":                func(h *payment.Hold) { h.Amount = 0 },
		"negative":            func(h *payment.Hold) { h.Amount = -1 },
		"too large":           func(h *payment.Hold) { h.Amount = payment.MaxAmount + 1 },
	}
	for name, change := range changes {
		hold, capture, release := holdRequest(), captureRequest(), releaseRequest()
		change(&hold.Hold)
		change(&capture.Hold)
		change(&release.Hold)
		qr, shown := channel.HoldQR(t.Context(), hold)
		for how, out := range map[string]payment.HoldOutcome{"hold": channel.Hold(t.Context(), hold), "QR": shown} {
			if out.Result != payment.Failed || out.Reason != payment.ReasonRequest || out.Detail == nil || qr != "" {
				t.Errorf("%s, %s: %+v", how, name, out)
			}
		}
		for how, out := range map[string]payment.HoldOutcome{"query": channel.QueryHold(t.Context(), hold.Hold), "cancel": channel.CancelHold(t.Context(), hold.Hold)} {
			if out.Result != payment.Unknown || out.Detail == nil {
				t.Errorf("%s, %s: %+v", how, name, out)
			}
		}
		wiretest.RefusesCapture(t, name, channel, capture)
		wiretest.RefusesRelease(t, name, channel, release)
	}
	for name, change := range map[string]func(*payment.Hold, *payment.CaptureRequest, *payment.ReleaseRequest){
		"no number of Alipay's": func(h *payment.Hold, _ *payment.CaptureRequest, _ *payment.ReleaseRequest) { h.AuthNo = "" },
		"no number of its own": func(_ *payment.Hold, c *payment.CaptureRequest, r *payment.ReleaseRequest) {
			c.OutTradeNo, r.ReleaseNo = "", ""
		},
		"nothing": func(_ *payment.Hold, c *payment.CaptureRequest, r *payment.ReleaseRequest) {
			c.Capture, r.Release = 0, 0
		},
		"less than nothing": func(_ *payment.Hold, c *payment.CaptureRequest, r *payment.ReleaseRequest) {
			c.Capture, r.Release = -1, -1
		},
		"more than was held": func(_ *payment.Hold, c *payment.CaptureRequest, r *payment.ReleaseRequest) {
			c.Capture, r.Release = deposit+1, deposit+1
		},
		"the hold's own name": func(_ *payment.Hold, c *payment.CaptureRequest, r *payment.ReleaseRequest) {
			c.OutTradeNo, r.ReleaseNo = "", holdNo
		},
	} {
		capture, release := captureRequest(), releaseRequest()
		h := heldHold
		change(&h, &capture, &release)
		capture.Hold, release.Hold = h, h
		wiretest.RefusesCapture(t, name, channel, capture)
		wiretest.RefusesRelease(t, name, channel, release)
	}
	r := holdRequest()
	r.Code = ""
	if out := channel.Hold(t.Context(), r); out.Result != payment.Failed || out.Reason != payment.ReasonCodeInvalid {
		t.Errorf("no code: %+v", out)
	}
	if n := len(g.sent()); n > 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// A payer confirms every deposit on the phone, so a scanned one waits as long
// as a QR.
func TestADepositWaitsLongerThanAPayment(t *testing.T) {
	c := config("")
	if got := newChannel(t, c).HoldPolicy(); got != (payment.Policy{QueryEvery: 3 * time.Second, PayTimeout: 2 * time.Minute, QRTimeout: 2 * time.Minute, CancelEvery: 3 * time.Second}) {
		t.Errorf("default: %+v", got)
	}
	c.QueryInterval, c.PayTimeout, c.QRTimeout = 5*time.Second, 4*time.Minute, 3*time.Minute
	if got := newChannel(t, c).HoldPolicy(); got != (payment.Policy{QueryEvery: 5 * time.Second, PayTimeout: 4 * time.Minute, QRTimeout: 3 * time.Minute, CancelEvery: 5 * time.Second}) {
		t.Errorf("set: %+v", got)
	}
}
