package paysim

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestAHoldsQRIsNoHoldUntilItIsScanned(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	a := l.showHoldQR(no, "8.00")
	text := a.text("code_value")
	want(t, "answer", a.String(), "10000")
	want(t, "kind", a.text("code_type"), "qrCode")
	want(t, "its numbers", a.text("out_order_no")+a.text("out_request_no"), no+no)
	if !strings.HasPrefix(text, "https://qr.alipay.com/fmx") || !strings.Contains(a.text("code_url"), url.QueryEscape(text)) {
		t.Errorf("code %q, picture %q", text, a.text("code_url"))
	}
	want(t, "query", l.holdStatus(no), "40004 AUTH_ORDER_NOT_EXIST")
	l.wantHold(no, Offered, 0, 0, 0)

	check(t, l.ScanQR(text, 3))
	want(t, "scanned", l.holdStatus(no), "INIT INIT 0.00")
	check(t, l.ScanQR(text, 1))
	d := l.detailNo(no, no)
	want(t, "held", d.text("order_status"), "AUTHORIZED")
	want(t, "payer", d.text("payer_user_id"), phone.UserID)
	l.wantHold(no, Held, 800, 0, 0)
	want(t, "method", l.Truth().Holds[no].Method, "qr")
	wantErr(t, "again", l.ScanQR(text, 1), ErrQRPaid)
	want(t, "capture", l.captureAndRelease(d.text("auth_no"), l.orderNo(), "3.00").String(), "10000")
	wantErr(t, "used up", l.ScanQR(text, 1), ErrQRPaid)
}

func TestScanOutcomesOfAHold(t *testing.T) {
	l := startTill(t, Options{Password: 8 * time.Second})
	show := func() (no, text string) {
		no = l.orderNo()
		return no, l.showHoldQR(no, "8.00").text("code_value")
	}
	no, text := show()
	check(t, l.ScanQR(text, 0))
	l.wantHold(no, Held, 800, 0, 0)

	no, text = show()
	check(t, l.ScanQR(text, 2))
	l.clock.pass(8 * time.Second)
	l.wantHold(no, Held, 800, 0, 0)

	no, text = show()
	check(t, l.ScanQR(text, 12))
	want(t, "held in the moment of the cancel", l.cancelHoldNo(no).text("action"), "unfreeze")
	l.wantHold(no, Released, 800, 0, 800)

	no, text = show()
	check(t, l.ScanQR(text, 13))
	for _, answer := range []string{"20000 aop.unknow-error", "40004 SYSTEM_ERROR", "10000"} {
		want(t, "cancel", l.cancelHoldNo(no).String(), answer)
	}
	l.wantHold(no, Closed, 0, 0, 0)

	no, text = show()
	for _, s := range Scenarios {
		if !s.QR {
			wantErr(t, s.Hold, l.ScanQR(text, s.Number), ErrNotForQR)
		}
	}
	l.wantHold(no, Offered, 0, 0, 0)
}

// The cancel of a QR that nobody has scanned is a success that says nothing.
func TestAHoldsQRDiesOfACancelUnlessItIsSetToSurvive(t *testing.T) {
	for _, survives := range []bool{false, true} {
		l := startTill(t, Options{QRSurvivesCancel: survives})
		no := l.orderNo()
		text := l.showHoldQR(no, "8.00").text("code_value")
		for range 2 {
			c := l.cancelHoldNo(no)
			want(t, "cancel", c.String(), "10000")
			want(t, "action", c.text("action"), "")
			want(t, "number of the hold", c.text("auth_no"), "")
		}
		if !survives {
			wantErr(t, "cancelled", l.ScanQR(text, 1), ErrQRExpired)
			want(t, "used up", l.showHoldQR(no, "8.00").String(), "40004 ORDER_ALREADY_CLOSED")
			l.wantHold(no, Closed, 0, 0, 0)
			continue
		}
		check(t, l.ScanQR(text, 1))
		l.wantHold(no, Held, 800, 0, 0)
		want(t, "now the cancel releases", l.cancelHoldNo(no).text("action"), "unfreeze")
		l.wantHold(no, Released, 800, 0, 800)
	}
}

func TestAHoldsQRNumberIsUsedOnce(t *testing.T) {
	l := startTill(t, Options{})
	shown, scanned := l.orderNo(), l.orderNo()
	byCode, _ := l.heldOrder("8.00")
	l.showHoldQR(shown, "8.00")
	check(t, l.ScanQR(l.showHoldQR(scanned, "8.00").text("code_value"), 1))
	for _, c := range []struct{ name, no, amount, answer string }{
		{"shown", shown, "8.00", "UNIQUE_VIOLATION"},
		{"shown, another amount", shown, "8.01", "UNIQUE_VIOLATION"},
		{"a code's", byCode, "8.00", "UNIQUE_VIOLATION"},
		{"held", scanned, "8.00", "FREEZE_ALREADY_SUCCESS"},
	} {
		want(t, c.name, l.showHoldQR(c.no, c.amount).String(), "40004 "+c.answer)
	}
	want(t, "request of another", l.ask("alipay.fund.auth.order.voucher.create", but(voucherBiz(l.orderNo(), "8.00"), fields{"out_request_no": shown})).String(), "40004 UNIQUE_VIOLATION")
	want(t, "another payee", l.ask("alipay.fund.auth.order.voucher.create", but(voucherBiz(l.orderNo(), "8.00"), fields{"payee_user_id": "2088000000000099"})).String(), "40004 PAYEE_NOT_EXIST")
	want(t, "another product", l.ask("alipay.fund.auth.order.voucher.create", but(voucherBiz(l.orderNo(), "8.00"), fields{"product_code": "PRE_AUTH_ONLINE"})).String(), "40004 ACCESS_FORBIDDEN")
	want(t, "with a code", l.ask("alipay.fund.auth.order.voucher.create", freezeBiz(l.orderNo(), "8.00", l.FreshCode(1))).String(), "40004 ILLEGAL_ARGUMENT")
}

func TestControlScansAHold(t *testing.T) {
	l := startTill(t, Options{})
	first, second := l.orderNo(), l.orderNo()
	text := l.showHoldQR(first, "8.00").text("code_value")
	l.showHoldQR(second, "8.00")
	want(t, "scan by text", l.control("POST", "/scan", url.Values{"qr": {text}}, nil), 200)
	want(t, "scan again", l.control("POST", "/scan", url.Values{"qr": {text}}, nil), 409)
	want(t, "scan by number", l.control("POST", "/scan", url.Values{"out_order_no": {second}, "outcome": {"3"}}, nil), 200)
	want(t, "not a payment's number", l.control("POST", "/scan", url.Values{"out_trade_no": {second}}, nil), 404)
	l.wantHold(first, Held, 800, 0, 0)
	l.wantHold(second, Waiting, 0, 0, 0)
	var truth Truth
	want(t, "truth", l.control("GET", "/truth", nil, &truth), 200)
	want(t, "the same", asJSON(t, truth), asJSON(t, l.Truth()))
	want(t, "held", truth.Held, 800)
}
