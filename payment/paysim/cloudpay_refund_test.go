package paysim

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestCloudPayGivesBack(t *testing.T) {
	for w, c := range map[payment.Wallet]struct{ part, whole int }{payment.WalletWeChat: {4, 4}, payment.WalletAlipay: {2, 5}} {
		t.Run(string(w), func(t *testing.T) {
			l := startCloud(t, Options{})
			no, first := l.paid(w, 20), l.number()
			h := l.refund(no, w, 20, 10, first)
			want(t, "answer", fmt.Sprint(h, " ", h.Name, " ", h.refundState()), "0/0 refund 2")
			want(t, "the order after a part", l.query(no).state(), c.part)
			want(t, "the same again", l.refund(no, w, 20, 10, first).refundState(), 2)
			l.wantOrder(no, Paid, 20, 10)
			want(t, "the same number, another amount", l.refund(no, w, 20, 9, first).String(), "102/406")
			want(t, "more than is left", l.refund(no, w, 20, 11, l.number()).String(), "104/303")
			want(t, "the rest", l.refund(no, w, 20, 10, l.number()).refundState(), 2)
			want(t, "nothing is left", l.refund(no, w, 20, 1, l.number()).String(), "104/303")
			want(t, "the order after all", l.query(no).state(), c.whole)
			l.wantOrder(no, Paid, 20, 20)

			other := l.paid(w, 20)
			want(t, "the number of another order's refund", l.refund(other, w, 20, 10, first).String(), "102/406")
			want(t, "nobody's order", l.refund(l.number(), w, 20, 10, l.number()).String(), "104/400")

			h = l.queryRefund(no, first)
			want(t, "asked", fmt.Sprint(h, " ", h.Name, " ", h.refundState(), " ", h.num("refund_order_content.trade_state")), "0/0 query_refund_order 2 4")
			want(t, "the machine is in a list", h.text("order_client.machine_no"), l.MachineNo)
			want(t, "the reason and who asked", h.text("refund_order_content.refund_reason"), "顾客退货\n操作者：1206")
			want(t, "nobody's refund", l.queryRefund(no, l.number()).String(), "104/426")
			want(t, "another order's", l.queryRefund(other, first).String(), "104/426")
		})
	}
}

// The time of a refund at Alipay is a text here and a number there.
func TestTheTimeOfARefundHasTwoForms(t *testing.T) {
	l := startCloud(t, Options{})
	const w = payment.WalletAlipay
	no, r := l.paid(w, 20), l.number()
	const path = "refund_order_content.alipay_refund_order_content_ext.gmt_refund_pay"
	want(t, "at once", l.refund(no, w, 20, 10, r).text(path), "2026-11-21 14:30:00")
	want(t, "asked", l.queryRefund(no, r).num(path), int(l.clock.now().Unix()))
}

// What the last digit of fen forces; every one ends with the money back once,
// but for the one that the merchant lacks the funds for.
func TestCloudPayRefundCases(t *testing.T) {
	for _, w := range twoWallets {
		for _, c := range []struct {
			digit   int
			answer  string
			asked   string // before anything else
			again   string
			atOnce  bool // the money has moved after the first call
			atLast  bool
			repeats int // queries until it is done
		}{
			{0, "0/0 2", "0/0 2", "0/0 2", true, true, 0},
			{1, "closed -1", "0/0 2", "0/0 2", true, true, 0},
			{2, "104/501 -1", "0/0 3", "104/501 -1", false, false, 0},
			{3, "103/21 -1", "0/0 2", "0/0 2", true, true, 0},
			{4, "103/21 -1", "104/426 -1", "0/0 2", false, true, 0},
			{5, "0/0 4", "0/0 4", "0/0 4", true, true, 2},
			{6, "0/0 2", "0/0 2", "0/0 2", true, true, 0},
		} {
			t.Run(fmt.Sprintf("%d %s", c.digit, w), func(t *testing.T) {
				l := startCloud(t, Options{})
				no, r := l.paid(w, 1000), l.number()
				fen := 300 + c.digit
				moved := func(yes bool) {
					t.Helper()
					if yes {
						l.wantOrder(no, Paid, 1000, payment.Amount(fen))
					} else {
						l.wantOrder(no, Paid, 1000, 0)
					}
				}
				say := func(h heard) string { return fmt.Sprint(h, " ", h.refundState()) }
				want(t, "answer", say(l.refund(no, w, 1000, fen, r)), c.answer)
				moved(c.atOnce)
				for _, table := range RefundCases {
					if table.Digit == c.digit {
						want(t, "the table says done", table.Done, c.atOnce)
					}
				}
				want(t, "asked", say(l.queryRefund(no, r)), c.asked)
				want(t, "again", say(l.refund(no, w, 1000, fen, r)), c.again)
				for range c.repeats {
					l.queryRefund(no, r)
				}
				if c.atLast {
					want(t, "at last", say(l.queryRefund(no, r)), "0/0 2")
				}
				moved(c.atLast)
			})
		}
	}
}

func TestWhoMayGiveBack(t *testing.T) {
	l := startCloud(t, Options{})
	const w = payment.WalletWeChat
	no := l.paid(w, 100000)
	for _, c := range []struct {
		version any
		right   fields
		answer  string
	}{
		{nil, fields{}, "0/0"},
		{1, fields{"is_sub_admin": false}, "0/0"},
		{1, fields{"is_sub_admin": false, "authorization_staff_id": "9999", "authorization_name": "张三"}, "0/0"},
		{1, fields{"is_sub_admin": true, "authorization_staff_id": l.StaffID}, "101/6"},
		{1, fields{"is_sub_admin": "true"}, "101/6"},
		{2, fields{"is_sub_admin": true}, "0/0"},
		{2, fields{"is_sub_admin": false}, "101/6"},
		{2, fields{"is_sub_admin": false, "authorization_staff_id": l.StaffID}, "0/0"},
		{2, fields{"is_sub_admin": false, "authorization_staff_id": "9999"}, "104/304"},
		{2, fields{"authorization_staff_id": l.StaffID}, "101/6"},
	} {
		body := set(l.refundBody(no, w, 100000, 10, l.number()), "api_version", c.version)
		for k, v := range c.right {
			body = set(body, "pay_mch_key."+k, v)
		}
		h := l.ask("refund", body)
		want(t, fmt.Sprint(c.version, " ", c.right), h.String(), c.answer)
		if name, named := c.right["authorization_name"]; named && !strings.HasSuffix(h.text("refund_order_content.refund_reason"), "\n授权者："+name.(string)) {
			t.Errorf("who allowed it is not shown: %q", h.text("refund_order_content.refund_reason"))
		}
	}
}

func TestWhatIsNotPaidOrTooOldIsNotGivenBack(t *testing.T) {
	for _, w := range twoWallets {
		l := startCloud(t, Options{})
		waiting, refused, shown := l.number(), l.number(), l.number()
		l.pay(waiting, w, 100, 3)
		l.pay(refused, w, 100, 4)
		l.show(shown, w, 100)
		for _, no := range []string{waiting, refused, shown} {
			want(t, "not paid", l.refund(no, w, 100, 10, l.number()).String(), "104/302")
		}
		old := l.paid(w, 100)
		l.clock.pass(365 * 24 * time.Hour)
		want(t, "a year later", l.refund(old, w, 100, 10, l.number()).String(), "0/0")
		l.clock.pass(time.Second)
		want(t, "after the year", l.refund(old, w, 100, 10, l.number()).String(), "104/302")
	}
}
