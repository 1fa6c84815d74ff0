package paysim

import (
	"errors"
	"testing"
	"time"
)

func (l *till) showQR(no, amount string) said {
	l.t.Helper()
	return l.ask("alipay.trade.precreate", fields{"out_trade_no": no, "total_amount": amount, "subject": "咖啡"})
}

func wantErr(t *testing.T, what string, got, expected error) {
	t.Helper()
	if !errors.Is(got, expected) {
		t.Errorf("%s: got %v, want %v", what, got, expected)
	}
}

func TestAQRIsNoTradeUntilItIsScanned(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	text := l.showQR(no, "8.00").text("qr_code")
	unscanned := l.queryNo(no)
	want(t, "query", unscanned.String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "its number", unscanned.text("out_trade_no"), no)
	want(t, "close", l.ask("alipay.trade.close", fields{"out_trade_no": no}).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "refund", l.refundNo(no, "8.00", "").String(), "40004 ACQ.TRADE_NOT_EXIST")
	l.wantTruth(no, Offered, 0, 0)

	check(t, l.ScanQR(text, 3))
	want(t, "scanned", l.queryNo(no).text("trade_status"), "WAIT_BUYER_PAY")
	check(t, l.ScanQR(text, 1))
	q := l.queryNo(no)
	want(t, "paid", q.text("trade_status"), "TRADE_SUCCESS")
	want(t, "payer", q.text("buyer_logon_id"), "138****6021")
	l.wantTruth(no, Paid, 800, 0)
	wantErr(t, "again", l.ScanQR(text, 1), ErrQRPaid)
	want(t, "give back", l.refundNo(no, "3.00", "R1").text("refund_fee"), "3.00")
}

func TestScanOutcomes(t *testing.T) {
	l := startTill(t, Options{Password: 8 * time.Second})
	show := func() (no, text string) {
		no = l.orderNo()
		return no, l.showQR(no, "8.00").text("qr_code")
	}
	no, text := show()
	check(t, l.ScanQR(text, 2))
	l.clock.pass(8 * time.Second)
	l.wantTruth(no, Paid, 800, 0)

	no, text = show()
	check(t, l.ScanQR(text, 12))
	want(t, "paid in the moment of the cancel", l.cancelNo(no).text("action"), "refund")
	l.wantTruth(no, Reversed, 800, 800)

	no, text = show()
	check(t, l.ScanQR(text, 13))
	for _, answer := range []string{"20000 aop.ACQ.SYSTEM_ERROR", "40004 AQC.SYSTEM_ERROR", "10000"} {
		want(t, "cancel", l.cancelNo(no).String(), answer)
	}
	l.wantTruth(no, Closed, 0, 0)

	no, text = show()
	for _, s := range Scenarios {
		if !s.QR {
			wantErr(t, s.Key, l.ScanQR(text, s.Number), ErrNotForQR)
		}
	}
	l.wantTruth(no, Offered, 0, 0)
	wantErr(t, "another QR", l.ScanQR("https://qr.alipay.com/bax0", 1), ErrNoQR)
	wantErr(t, "no QR", l.ScanQR("", 1), ErrNoQR)
}

func TestAQRDiesOfAgeOrOfACancel(t *testing.T) {
	l := startTill(t, Options{})
	for _, c := range []struct {
		name string
		set  fields
		life time.Duration
	}{
		{"two hours at the most", fields{"timeout_express": "1d"}, 2 * time.Hour},
		{"its own time-out", fields{"qr_code_timeout_express": "5m"}, 5 * time.Minute},
		{"the order's time-out", fields{"timeout_express": "3m"}, 3 * time.Minute},
	} {
		biz := fields{"out_trade_no": l.orderNo(), "total_amount": "8.00", "subject": "咖啡"}
		for k, v := range c.set {
			biz[k] = v
		}
		text := l.ask("alipay.trade.precreate", biz).text("qr_code")
		l.clock.pass(c.life)
		wantErr(t, c.name, l.ScanQR(text, 1), ErrQRExpired)
		want(t, "never a trade", l.queryNo(biz["out_trade_no"].(string)).String(), "40004 ACQ.TRADE_NOT_EXIST")
		l.wantTruth(biz["out_trade_no"].(string), Closed, 0, 0)
	}

	no := l.orderNo()
	text := l.showQR(no, "8.00").text("qr_code")
	c := l.cancelNo(no)
	want(t, "cancel", c.String(), "10000")
	want(t, "action", c.text("action"), "")
	wantErr(t, "cancelled", l.ScanQR(text, 1), ErrQRExpired)
	want(t, "used up", l.showQR(no, "8.00").String(), "40004 ACQ.TRADE_HAS_CLOSE")
}

func TestAQRMayBeSetToSurviveItsCancel(t *testing.T) {
	l := startTill(t, Options{QRSurvivesCancel: true})
	no := l.orderNo()
	text := l.showQR(no, "8.00").text("qr_code")
	want(t, "cancel", l.cancelNo(no).text("action"), "")
	check(t, l.ScanQR(text, 1))
	l.wantTruth(no, Paid, 800, 0)
	want(t, "now the cancel gives back", l.cancelNo(no).text("action"), "refund")
	l.wantTruth(no, Reversed, 800, 800)
}

func TestAQRsOrderNumberIsUsedOnce(t *testing.T) {
	l := startTill(t, Options{})
	shown, paidByCode, scanned := l.orderNo(), l.paidOrder("8.00"), l.orderNo()
	l.showQR(shown, "8.00")
	check(t, l.ScanQR(l.showQR(scanned, "8.00").text("qr_code"), 1))
	for _, c := range []struct{ name, no, amount, answer string }{
		{"shown", shown, "8.00", "40004 ACQ.APPLY_PC_MERCHANT_CODE_ERROR"},
		{"shown, another amount", shown, "8.01", "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"a code's", paidByCode, "8.00", "40004 ACQ.CONTEXT_INCONSISTENT"},
		{"paid", scanned, "8.00", "40004 ACQ.TRADE_HAS_SUCCESS"},
	} {
		want(t, c.name, l.showQR(c.no, c.amount).String(), c.answer)
	}
	biz := fields{"out_trade_no": l.orderNo(), "total_amount": "8.00", "subject": "咖啡", "operator_id": "", "terminal_id": ""}
	want(t, "empty fields", l.ask("alipay.trade.precreate", biz).String(), "40004 ACQ.INVALID_PARAMETER")
}
