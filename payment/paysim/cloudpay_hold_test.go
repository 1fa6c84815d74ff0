package paysim

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestCloudPayHolds(t *testing.T) {
	for _, w := range twoWallets {
		t.Run(string(w), func(t *testing.T) {
			l := startCloud(t, Options{})
			no := l.number()
			h := l.freeze(no, w, 50000, 1)
			want(t, "answer", fmt.Sprint(h, " ", h.Name, " ", h.holdState()), "0/0 micro_freeze 2")
			want(t, "number", h.text("freeze_order_content.out_freeze_no"), no)
			want(t, "the wallet's number", h.text("freeze_order_content.freeze_id"), l.Truth().Holds[no].AuthNo)
			l.wantHeld(no, Held, 50000, 0, 0)
			want(t, "wallet", l.Truth().Holds[no].Wallet, w)

			h = l.queryHold(no, w)
			want(t, "asked", fmt.Sprint(h, " ", h.Name, " ", h.holdState()), "0/0 query_freeze_order 2")
			want(t, "the wallet's number", h.text("freeze_order_content.freeze_id"), l.Truth().Holds[no].AuthNo)
			want(t, "amount", h.num("freeze_order_content.freeze_fee"), 50000)
			want(t, "of the other wallet", l.queryHold(no, map[payment.Wallet]payment.Wallet{"wechat": "alipay", "alipay": "wechat"}[w]).String(), "104/400")
			want(t, "as an order", l.query(no).String(), "104/400")
			want(t, "the same number", l.freeze(no, w, 50000, 1).String(), "104/407")
			want(t, "as a payment", l.pay(no, w, 50000, 1).String(), "102/406")
			want(t, "held", l.Truth().Held, 50000)
		})
	}
}

func TestCloudPayHoldScenarios(t *testing.T) {
	type end struct {
		answer string
		final  int
		book   State
	}
	for _, c := range []struct {
		scenario       int
		wechat, alipay end
	}{
		{1, end{"0/0 2", 2, Held}, end{"0/0 2", 2, Held}},
		{2, end{"0/0 3", 2, Held}, end{"0/0 1", 2, Held}},
		{3, end{"0/0 3", 6, Closed}, end{"0/0 1", 3, Closed}},
		{4, end{"104/501 -1", 6, Closed}, end{"104/501 -1", 3, Closed}},
		{5, end{"102/502 -1", 6, Closed}, end{"102/502 -1", 3, Closed}},
		{6, end{"closed -1", 2, Held}, end{"closed -1", 2, Held}},
		{7, end{"103/21 -1", 2, Held}, end{"103/21 -1", 2, Held}},
		{8, end{"103/21 -1", 7, Closed}, end{"103/21 -1", 3, Closed}},
		{9, end{"502 Bad Gateway -1", 2, Held}, end{"502 Bad Gateway -1", 2, Held}},
		{10, end{"wrong key -1", 2, Held}, end{"wrong key -1", 2, Held}},
		{11, end{"0/0 2", 2, Held}, end{"0/0 2", 2, Held}},
		{12, end{"0/0 3", 2, Held}, end{"0/0 1", 2, Held}},
		{13, end{"0/0 3", 4, Closed}, end{"0/0 1", 3, Closed}},
		{14, end{"0/0 2", 2, Held}, end{"0/0 2", 2, Held}},
	} {
		for w, e := range map[payment.Wallet]end{payment.WalletWeChat: c.wechat, payment.WalletAlipay: c.alipay} {
			t.Run(fmt.Sprintf("%02d %s", c.scenario, w), func(t *testing.T) {
				l := startCloud(t, Options{})
				no := l.number()
				h := l.freeze(no, w, 1250, c.scenario)
				want(t, "answer", fmt.Sprint(h, " ", h.holdState()), e.answer)
				for range 30 {
					l.queryHold(no, w)
					l.clock.pass(5 * time.Second)
				}
				want(t, "state at last", l.queryHold(no, w).holdState(), e.final)
				want(t, "kept", KeptAt(payment.CloudPay, c.scenario, false), e.book == Held)
				var held payment.Amount
				if e.book == Held {
					held = 1250
				}
				l.wantHeld(no, e.book, held, 0, 0)
			})
		}
	}
}

// The answer's object is not named as the interface is, and only Alipay has it.
func TestCloudPayHoldsByQR(t *testing.T) {
	const w = payment.WalletAlipay
	show := func(l *cloudTill, no string, w payment.Wallet) heard {
		return l.ask("scancode_freeze", l.request(w, fields{"freeze_content": fields{"out_freeze_no": no, "freeze_fee": 50000, "fee_type": "CNY", "body": "客房押金"}}))
	}
	for _, c := range []struct {
		outcome int
		state   State
	}{{1, Held}, {2, Held}, {3, Closed}, {12, Held}, {13, Closed}} {
		l := startCloud(t, Options{})
		no := l.number()
		h := show(l, no, w)
		want(t, "answer", fmt.Sprint(h, " ", h.Name), "0/0 scan_code_freeze")
		text := h.text("code_url")
		if !strings.HasPrefix(text, "https://qr.alipay.com/fmx") {
			t.Errorf("the QR holds %q", text)
		}
		want(t, "nobody has scanned", l.queryHold(no, w).holdState(), 4)
		check(t, l.ScanQR(text, c.outcome))
		for range 40 {
			l.queryHold(no, w)
			l.clock.pass(30 * time.Second)
		}
		want(t, fmt.Sprint("outcome ", c.outcome), l.Truth().Holds[no].State, c.state)
	}
	l := startCloud(t, Options{})
	want(t, "WeChat", show(l, l.number(), payment.WalletWeChat).String(), "104/11")
	no := l.held(w, 100)
	want(t, "a number that is used", show(l, no, w).String(), "102/406")
}
