package paysim

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestCloudPayShowsAQROfTheWallet(t *testing.T) {
	for w, c := range map[payment.Wallet]struct {
		text                   string
		offered, waiting, paid int
	}{
		payment.WalletWeChat: {"weixin://wxpay/bizpayurl?pr=", 6, 6, 3},
		payment.WalletAlipay: {"https://qr.alipay.com/bax", 7, 4, 2},
	} {
		t.Run(string(w), func(t *testing.T) {
			l := startCloud(t, Options{})
			no := l.number()
			text := l.show(no, w, 1250)
			if !strings.HasPrefix(text, c.text) {
				t.Errorf("the QR holds %q", text)
			}
			want(t, "nobody has scanned", l.query(no).state(), c.offered)
			check(t, l.ScanQR(text, 2))
			want(t, "scanned", l.query(no).state(), c.waiting)
			want(t, "asked again", l.query(no).state(), c.waiting)
			h := l.query(no)
			want(t, "paid", h.state(), c.paid)
			want(t, "how", h.num("order_content.trade_type"), 2)
			want(t, "by code", l.ask("query_order", l.request(w, fields{"out_trade_no": no, "trade_type": 1})).String(), "104/400")
			l.wantOrder(no, Paid, 1250, 0)
		})
	}
}

// What closing a QR says, and where it ends, by what the payer did before.
func TestCloseTakesThePlaceOfACancel(t *testing.T) {
	for _, c := range []struct {
		name    string
		outcome int // of the scan; -1 for none
		closes  string
		state   State
		charged payment.Amount
		wx, ali int
	}{
		{"nobody has scanned", -1, "0/0", Closed, 0, 7, 5},
		{"scanned, never paid", 3, "0/0", Closed, 0, 7, 5},
		{"the password is being typed", 2, "0/0", Closed, 0, 7, 5},
		{"paid", 1, "104/302", Paid, 1250, 3, 2},
		{"paid in the very moment", 12, "104/302", Paid, 1250, 3, 2},
		{"unknown twice", 13, "103/21 103/21 0/0", Closed, 0, 7, 5},
	} {
		for w, end := range map[payment.Wallet]int{payment.WalletWeChat: c.wx, payment.WalletAlipay: c.ali} {
			t.Run(c.name+" "+string(w), func(t *testing.T) {
				l := startCloud(t, Options{})
				no := l.number()
				text := l.show(no, w, 1250)
				if c.outcome >= 0 {
					check(t, l.ScanQR(text, c.outcome))
				}
				for _, answer := range strings.Fields(c.closes) {
					want(t, "close", l.closeNo(no, w).String(), answer)
				}
				l.wantOrder(no, c.state, c.charged, 0)
				want(t, "state", l.query(no).state(), end)
				want(t, "close again", l.closeNo(no, w).String(), "104/302")
			})
		}
	}
}

// A till that asks, closes the QR and asks again ends with the money, or without
// it, as KeptAt says.
func TestKeptAtIsTrueOfQRs(t *testing.T) {
	for _, sc := range Scenarios {
		for _, w := range twoWallets {
			if !sc.QR {
				continue
			}
			l := startCloud(t, Options{})
			no := l.number()
			check(t, l.ScanQR(l.show(no, w, 1250), sc.Number))
			for range 3 {
				l.query(no)
			}
			for l.closeNo(no, w).Status == 103 {
			}
			want(t, fmt.Sprintf("%d %s", sc.Number, w), l.Truth().Orders[no].Charged > 0, KeptAt(payment.CloudPay, sc.Number, true))
		}
	}
	want(t, "at Alipay", KeptAt(payment.Alipay, 12, true), false)
	want(t, "at WeChat by code", KeptAt(payment.WeChat, 12, false), false)
	want(t, "any other number", KeptAt(payment.CloudPay, 77, false), true)
}

func TestOnlyAQRIsClosed(t *testing.T) {
	l := startCloud(t, Options{})
	for _, w := range twoWallets {
		waiting, paid := l.number(), l.paid(w, 100)
		l.pay(waiting, w, 100, 2)
		for _, no := range []string{waiting, paid} {
			h := l.ask("close_order", l.request(w, fields{"out_trade_no": no, "trade_type": 1}))
			want(t, "a code", h.String(), "104/302")
			want(t, "a code, as a QR", l.closeNo(no, w).String(), "104/400")
		}
		want(t, "nobody's", l.closeNo(l.number(), w).String(), "104/400")
		l.wantOrder(waiting, Waiting, 0, 0)
		l.wantOrder(paid, Paid, 100, 0)
	}
}

func TestAQRCanBePaidUntilItsTimeIsOver(t *testing.T) {
	for _, w := range twoWallets {
		l := startCloud(t, Options{Skew: 1})
		show := func() (no, text string) {
			no = l.number()
			h := l.ask("scan_code_pay", l.request(w, fields{"pay_content": fields{
				"out_trade_no": no, "total_fee": 1, "fee_type": "CNY", "body": "x", "time_expire": l.clock.now().Add(90 * time.Second).Unix(),
			}}))
			return no, h.text("code_url")
		}
		_, early := show()
		no, late := show()
		l.clock.pass(89 * time.Second)
		check(t, l.ScanQR(early, 1))
		l.clock.pass(time.Second)
		want(t, "late", fmt.Sprint(l.ScanQR(late, 1)), ErrQRExpired.Error())
		l.wantOrder(no, Closed, 0, 0)
	}
}

func TestAQRMaySurviveItsClose(t *testing.T) {
	l := startCloud(t, Options{QRSurvivesCancel: true})
	no := l.number()
	text := l.show(no, payment.WalletWeChat, 100)
	want(t, "close", l.closeNo(no, payment.WalletWeChat).String(), "0/0")
	check(t, l.ScanQR(text, 1))
	l.wantOrder(no, Paid, 100, 0)
}
