package paysim

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

var twoWallets = []payment.Wallet{payment.WalletWeChat, payment.WalletAlipay}

// The vector of the protocol notes: neither key nor text is anybody's.
func TestAuthenCodeVector(t *testing.T) {
	got := authenCode("0123456789abcdef0123456789abcdef", `{"nonce_str":"416492026bb84091bd2e7d74a9019ad6"}`)
	want(t, "authen_code", got, "206A119F7251A35B64E11DCD609BFC271429BE8BED2FF722AA6E79B95ECE2DD5")
}

func TestCloudPayCharges(t *testing.T) {
	for _, w := range twoWallets {
		t.Run(string(w), func(t *testing.T) {
			l := startCloud(t, Options{})
			no := l.number()
			h := l.pay(no, w, 1250, 1)
			want(t, "answer", fmt.Sprint(h, " ", h.Name, " ", h.state()), "0/0 micro_pay 2")
			want(t, "number", h.text("order_content.out_trade_no"), no)
			want(t, "trade number", h.text("order_content.transaction_id"), l.Truth().Orders[no].TradeNo)
			want(t, "amounts", fmt.Sprint(h.num("order_content.total_fee"), h.num("order_content.cash_fee"), h.num("order_content.settlement_total_fee")), "1250 1250 1250")
			want(t, "time", h.num("order_content.time_end"), int(l.clock.now().Unix()))
			want(t, "wallet", l.Truth().Orders[no].Wallet, w)
			want(t, "channel", l.Truth().Orders[no].Channel, payment.CloudPay)
			l.wantOrder(no, Paid, 1250, 0)

			h = l.query(no)
			want(t, "query", fmt.Sprint(h, " ", h.Name, " ", h.state()), "0/0 query_order 2")
			want(t, "the undocumented state", h.num("order_content.trade_state"), 4)
			want(t, "machine", h.text("order_client.machine_no"), l.MachineNo)
			if !strings.Contains(h.Text, `\u5496\u5561`) || strings.Contains(h.Text, "咖") {
				t.Errorf("Chinese is not escaped: %s", h.Text)
			}
		})
	}
}

// What each code makes of a payment, and what a query says in the end when the
// till asks on.
func TestCloudPayScenarios(t *testing.T) {
	type end struct {
		answer string // of micro_pay, with the state where there is one
		final  int    // state at last
		book   State
	}
	for _, c := range []struct {
		scenario       int
		wechat, alipay end
	}{
		{0, end{"0/0 2", 2, Paid}, end{"0/0 2", 2, Paid}},
		{1, end{"0/0 2", 2, Paid}, end{"0/0 2", 2, Paid}},
		{2, end{"0/0 9", 2, Paid}, end{"0/0 4", 2, Paid}},
		{3, end{"0/0 9", 8, Closed}, end{"0/0 4", 5, Closed}},
		{4, end{"104/501 -1", 10, Closed}, end{"104/501 -1", 5, Closed}},
		{5, end{"102/502 -1", 10, Closed}, end{"102/502 -1", 5, Closed}},
		{6, end{"closed -1", 2, Paid}, end{"closed -1", 2, Paid}},
		{7, end{"103/21 -1", 2, Paid}, end{"103/21 -1", 2, Paid}},
		{8, end{"103/21 -1", 11, Closed}, end{"103/21 -1", 5, Closed}},
		{9, end{"502 Bad Gateway -1", 2, Paid}, end{"502 Bad Gateway -1", 2, Paid}},
		{10, end{"wrong key -1", 2, Paid}, end{"wrong key -1", 2, Paid}},
		{11, end{"0/0 2", 2, Paid}, end{"0/0 2", 2, Paid}},
		{12, end{"0/0 9", 2, Paid}, end{"0/0 4", 2, Paid}},
		{13, end{"0/0 9", 5, Closed}, end{"0/0 4", 5, Closed}},
		{14, end{"0/0 2", 2, Paid}, end{"0/0 2", 2, Paid}},
	} {
		for w, e := range map[payment.Wallet]end{payment.WalletWeChat: c.wechat, payment.WalletAlipay: c.alipay} {
			t.Run(fmt.Sprintf("%02d %s", c.scenario, w), func(t *testing.T) {
				l := startCloud(t, Options{})
				no := l.number()
				h := l.pay(no, w, 1250, c.scenario)
				want(t, "answer", fmt.Sprint(h, " ", h.state()), e.answer)
				for range 30 {
					l.query(no)
					l.clock.pass(5 * time.Second)
				}
				want(t, "state at last", l.query(no).state(), e.final)
				var charged payment.Amount
				if e.book == Paid {
					charged = 1250
				}
				l.wantOrder(no, e.book, charged, 0)
			})
		}
	}
}
