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
		{13, end{"0/0 9", 8, Closed}, end{"0/0 4", 5, Closed}},
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
				want(t, "kept", KeptAt(payment.CloudPay, c.scenario, false), e.book == Paid)
				var charged payment.Amount
				if e.book == Paid {
					charged = 1250
				}
				l.wantOrder(no, e.book, charged, 0)
			})
		}
	}
}

// There is no cancel: whatever a number was sent with before, it is blocked when
// it comes again, and the first payment stands.
func TestANumberIsChargedOnce(t *testing.T) {
	l := startCloud(t, Options{})
	const w = payment.WalletWeChat
	no := l.number()
	first := l.microPay(no, w, 1250, l.FreshCodeOf(w, 2))
	want(t, "first", l.ask("micro_pay", first).String(), "0/0")
	want(t, "the same request again", l.ask("micro_pay", first).String(), "104/407")
	want(t, "with a fresh code", l.pay(no, w, 1250, 1).String(), "104/407")
	want(t, "with another amount", l.pay(no, w, 1, 1).String(), "104/407")
	want(t, "of another wallet", l.pay(no, payment.WalletAlipay, 1250, 1).String(), "104/407")
	l.wantOrder(no, Waiting, 0, 0)
	l.clock.pass(time.Minute / 2)
	want(t, "and paid", l.query(no).state(), 2)
	want(t, "again after it was paid", l.pay(no, w, 1250, 1).String(), "104/407")
	want(t, "as a QR", l.ask("scan_code_pay", l.request(w, fields{"pay_content": fields{"out_trade_no": no, "total_fee": 1250, "fee_type": "CNY", "body": "x"}})).String(), "102/406")
	want(t, "as a deposit", l.freeze(no, w, 1250, 1).String(), "102/406")
	l.wantOrder(no, Paid, 1250, 0)

	refused := l.number()
	want(t, "a refused code", l.pay(refused, w, 1250, 5).String(), "102/502")
	want(t, "burns its number", l.pay(refused, w, 1250, 1).String(), "104/407")

	shown := l.number()
	l.show(shown, w, 1250)
	want(t, "a QR's number with a code", l.pay(shown, w, 1250, 1).String(), "102/406")
}

func TestACodeIsSpentOnceAndBelongsToItsWallet(t *testing.T) {
	l := startCloud(t, Options{})
	code := l.FreshCodeOf(payment.WalletWeChat, 1)
	want(t, "spent", l.ask("micro_pay", l.microPay(l.number(), payment.WalletWeChat, 1, code)).String(), "0/0")
	no := l.number()
	want(t, "spent again", l.ask("micro_pay", l.microPay(no, payment.WalletWeChat, 1, code)).String(), "102/502")
	want(t, "its order", l.query(no).state(), 10)
	want(t, "at the other channel", l.ask("micro_freeze", l.freezeBody(l.number(), payment.WalletWeChat, 1, code)).String(), "102/502")
	for _, w := range twoWallets {
		other := payment.WalletWeChat
		if w == other {
			other = payment.WalletAlipay
		}
		no := l.number()
		want(t, string(w)+"'s code for "+string(other), l.ask("micro_pay", l.microPay(no, other, 1, l.FreshCodeOf(w, 1))).String(), "101/6")
		if _, there := l.Truth().Orders[no]; there {
			t.Error("an order was made of it")
		}
	}
}

// UnionPay is in no public document: an account has to be signed for it.
func TestUnionPayIsASwitchOfTheAccount(t *testing.T) {
	const w = payment.WalletUnionPay
	off := startCloud(t, Options{})
	want(t, "off", off.pay(off.number(), w, 100, 1).String(), "104/11")
	want(t, "its number", off.UnionPayPlatform, 0)
	on := startCloud(t, Options{CloudUnionPay: true})
	no := on.number()
	h := on.pay(no, w, 100, 1)
	want(t, "on", fmt.Sprint(h, " ", h.state()), "0/0 2")
	want(t, "its numbers", fmt.Sprint(on.UnionPayPlatform, on.UnionPaySubPlatform), "5 500")
	want(t, "wallet", on.Truth().Orders[no].Wallet, w)
	want(t, "no deposits", on.freeze(on.number(), w, 100, 1).String(), "104/11")
}

// The password of code 02 is there after two queries, or after its time.
func TestTwoQueriesOrTheTimeOfThePassword(t *testing.T) {
	l := startCloud(t, Options{Password: 10 * time.Second})
	for _, w := range twoWallets {
		waiting := map[payment.Wallet]int{payment.WalletWeChat: 9, payment.WalletAlipay: 4}[w]
		asked, waited := l.number(), l.number()
		l.pay(asked, w, 100, 2)
		l.pay(waited, w, 100, 2)
		want(t, "first query", l.query(asked).state(), waiting)
		want(t, "second query", l.query(asked).state(), waiting)
		want(t, "third query", l.query(asked).state(), 2)
		l.clock.pass(10 * time.Second)
		want(t, "after its time", l.query(waited).state(), 2)
	}
}

// WeChat gives a payer 45 seconds and Alipay two minutes. The end that an
// answer names is two minutes for both.
func TestWalletsGiveUpByThemselves(t *testing.T) {
	for w, patience := range map[payment.Wallet]time.Duration{payment.WalletWeChat: 45 * time.Second, payment.WalletAlipay: 2 * time.Minute} {
		l := startCloud(t, Options{})
		no := l.number()
		h := l.pay(no, w, 100, 3)
		want(t, "the end that is shown", h.num("order_content.time_expire"), int(l.clock.now().Add(2*time.Minute).Unix()))
		l.clock.pass(patience - time.Second)
		l.wantOrder(no, Waiting, 0, 0)
		l.clock.pass(time.Second)
		l.wantOrder(no, Closed, 0, 0)
	}
}

func TestASlowPaymentAnswersInTheEnd(t *testing.T) {
	l := startCloud(t, Options{Slow: 50 * time.Millisecond})
	for _, w := range twoWallets {
		no := l.number()
		began := time.Now()
		h := l.pay(no, w, 100, 11)
		want(t, "answer", fmt.Sprint(h, " ", h.state()), "0/0 2")
		if took := time.Since(began); took < 50*time.Millisecond {
			t.Errorf("it took only %v", took)
		}
		l.wantOrder(no, Paid, 100, 0)
	}
}

// Code 14: the merchant gives a tenth away, and is settled the rest.
func TestADiscountIsInTheSettlement(t *testing.T) {
	for _, w := range twoWallets {
		l := startCloud(t, Options{})
		no := l.number()
		h := l.pay(no, w, 1250, 14)
		want(t, "settled", fmt.Sprint(h.num("order_content.total_fee"), h.num("order_content.settlement_total_fee")), "1250 1125")
		want(t, "asked", l.query(no).num("order_content.settlement_total_fee"), 1125)
		h = l.refund(no, w, 1250, 300, l.number())
		want(t, "refund", fmt.Sprint(h.num("refund_order_content.refund_fee"), h.num("refund_order_content.settlement_refund_fee")), "300 270")
		want(t, "what the till has", l.Truth().Settled-l.Truth().SentBack, 1125-270)
	}
}

// Cloud Pay knows nothing of the other channels' orders, and they nothing of its.
func TestChannelsDoNotSeeEachOther(t *testing.T) {
	l := startTill(t, Options{})
	c := &cloudTill{Sim: l.Sim, CloudPayAccount: l.CloudPay(), t: t, clock: l.clock}
	no := c.number()
	want(t, "paid at Alipay", l.payWith(no, "1.00", l.FreshCode(1)).String(), "10000")
	want(t, "asked at Cloud Pay", c.query(no).String(), "104/400")
	want(t, "refunded at Cloud Pay", c.refund(no, payment.WalletAlipay, 100, 100, c.number()).String(), "104/400")
	want(t, "used at Cloud Pay", c.pay(no, payment.WalletAlipay, 100, 1).String(), "102/406")
	mine := c.paid(payment.WalletAlipay, 100)
	want(t, "asked at Alipay", l.queryNo(mine).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "cancelled at Alipay", l.cancelNo(mine).text("action"), "")
	c.wantOrder(mine, Paid, 100, 0)
}
