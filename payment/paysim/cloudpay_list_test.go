package paysim

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/payment"
)

// listBody asks for everything of a kind, in any state, of the last two days.
func (l *cloudTill) listBody(kind int, more fields) fields {
	now := l.clock.now()
	return but(fields{
		"out_sub_mch_id": l.OutSubMchID, "order_type": kind, "status": 1, "page_num": 1, "page_size": 100, "nonce_str": "x",
		"start_time": now.Add(-48 * time.Hour).Unix(), "end_time": now.Unix(),
	}, more)
}

// list is the numbers of what a list holds, and how many there are in all.
func (l *cloudTill) list(kind int, more fields) (numbers []string, total int) {
	l.t.Helper()
	h := l.ask("query_order_list", l.listBody(kind, more))
	want(l.t, "list", h.String(), "0/0")
	details, _ := h.at("order_details").([]any)
	for _, d := range details {
		for kind, line := range d.(fields) {
			name := map[string]string{"order": "out_trade_no", "refund_order": "out_refund_no", "freeze_order": "out_freeze_no", "unfreeze_order": "out_unfreeze_no"}[kind]
			numbers = append(numbers, line.(fields)[name].(string))
		}
	}
	return numbers, h.num("total_count")
}

func TestOrdersAreListed(t *testing.T) {
	l := startCloud(t, Options{})
	const wx, ali = payment.WalletWeChat, payment.WalletAlipay
	first := l.paid(wx, 100)
	l.clock.pass(time.Minute)
	second := l.paid(ali, 1250)
	refused := l.number()
	l.clock.pass(time.Minute)
	l.pay(refused, wx, 100, 4)
	l.clock.pass(time.Minute)
	back := l.number()
	l.refund(second, ali, 1250, 50, back)
	failed := l.number()
	l.refund(second, ali, 1250, 52, failed) // the merchant lacks the funds
	l.clock.pass(time.Minute)
	hold, free := l.held(ali, 1000), l.number()
	l.unfreeze(hold, ali, free, 300)

	say := func(kind int, more fields) string { return fmt.Sprint(l.list(kind, more)) }
	want(t, "payments", say(1, nil), fmt.Sprint([]string{refused, second, first}, 3))
	want(t, "those that were paid", say(1, fields{"status": 0}), fmt.Sprint([]string{second, first}, 2))
	want(t, "paid is the default", say(1, fields{"status": nil}), fmt.Sprint([]string{second, first}, 2))
	want(t, "refunds", say(2, nil), fmt.Sprint([]string{back, failed}, 2))
	want(t, "both", say(3, fields{"status": 0}), fmt.Sprint([]string{back, second, first}, 3))
	want(t, "deposits", say(4, nil), fmt.Sprint([]string{hold}, 1))
	want(t, "releases", say(5, nil), fmt.Sprint([]string{free}, 1))
	want(t, "of a wallet", say(1, fields{"sub_pay_platforms": []int{100}}), fmt.Sprint([]string{refused, first}, 2))
	want(t, "of all wallets, as the sample asks", say(1, fields{"sub_pay_platforms": []int{}}), fmt.Sprint([]string{refused, second, first}, 3))
	want(t, "of a machine", say(1, fields{"out_shop_id": l.OutShopID, "device_id": l.DeviceID}), fmt.Sprint([]string{refused, second, first}, 3))
	want(t, "of another", say(1, fields{"out_shop_id": l.OutShopID, "device_id": "T02"}), fmt.Sprint([]string(nil), 0))
	want(t, "of a clerk", say(1, fields{"out_shop_id": l.OutShopID, "staff_id": "9"}), fmt.Sprint([]string(nil), 0))
	want(t, "of a QR on the wall", say(1, fields{"out_shop_id": l.OutShopID, "qrcode_id": "7"}), fmt.Sprint([]string(nil), 0))
	want(t, "of what came by it", say(1, fields{"source_type": 1}), fmt.Sprint([]string(nil), 0))
	want(t, "by QR", say(1, fields{"trade_type": 2}), fmt.Sprint([]string(nil), 0))
	want(t, "of an earlier time", say(1, fields{"end_time": l.clock.now().Add(-3 * time.Minute).Unix()}), fmt.Sprint([]string{second, first}, 2))
	want(t, "a page", say(1, fields{"page_size": 2}), fmt.Sprint([]string{refused, second}, 3))
	want(t, "the next", say(1, fields{"page_size": 2, "page_num": 2}), fmt.Sprint([]string{first}, 3))
	want(t, "behind the last", say(1, fields{"page_size": 2, "page_num": 2147483647}), fmt.Sprint([]string(nil), 3))

	h := l.ask("query_order_list", l.listBody(1, fields{"page_size": 1, "page_num": 2}))
	line := h.at("order_details.order").(fields)
	want(t, "what an order brought", fmt.Sprint(line["total_fee"], line["refunded_fee"], line["remaining_settlement_fee"], line["alipay_current_trade_state"]), "1250 50 1200 2")
}

func TestTheFilterOfAListIsChecked(t *testing.T) {
	l := startCloud(t, Options{})
	for _, c := range []struct {
		path   string
		v      any
		answer string
	}{
		{"page_num", 0, "101/6"}, {"page_num", nil, "101/6"}, {"page_size", 0, "101/6"}, {"page_size", 101, "101/6"}, {"order_type", 6, "101/6"}, {"order_type", nil, "101/6"},
		{"start_time", nil, "101/6"}, {"end_time", 1, "101/6"}, {"status", 2, "101/6"}, {"sub_pay_platforms", []int{7}, "101/6"}, {"sub_pay_platforms", 100, "101/6"},
		{"staff_id", "1", "101/6"}, {"device_id", "1", "101/6"}, {"qrcode_id", "1", "101/6"}, {"source_type", 8, "101/6"}, {"out_shop_id", "sz01PaySimShop000002", "101/6"}, {"out_sub_mch_id", nil, "101/9"}, {"nonce_str", nil, "101/6"},
		{"pay_mch_key", l.key(""), "101/6"}, {"pay_time_type", 1, "0/0"}, {"refund_time_type", 3, "101/6"}, {"time_filter", 2, "0/0"},
	} {
		want(t, fmt.Sprint(c.path, " = ", c.v), l.ask("query_order_list", set(l.listBody(1, nil), c.path, c.v)).String(), c.answer)
	}
}

// What was refunded has another state than that of a success, and the fee comes
// with the wallet's own bill, on the next morning.
func TestWhatAListSaysOfWhatWasRefunded(t *testing.T) {
	l := startCloud(t, Options{})
	const wx, ali = payment.WalletWeChat, payment.WalletAlipay
	whole, part, kept := l.paid(ali, 10000), l.paid(wx, 10000), l.paid(wx, 10000)
	l.refund(whole, ali, 10000, 10000, l.number())
	l.refund(part, wx, 10000, 2500, l.number())
	want(t, "only success", fmt.Sprint(l.list(1, fields{"status": 0})), fmt.Sprint([]string{kept}, 1))
	want(t, "in all states", fmt.Sprint(len(first(l.list(1, nil)))), "3")

	fee := func(kind int, more fields) string {
		h := l.ask("query_order_list", l.listBody(kind, but(fields{"sub_pay_platforms": []int{100}, "page_size": 1}, more)))
		name := map[int]string{1: "order", 2: "refund_order"}[kind]
		line := h.at("order_details." + name).(fields)
		return fmt.Sprint(line["poundage"], line["income_fee"])
	}
	want(t, "on the same day", fee(1, nil), "<nil> <nil>")
	l.clock.pass(40 * time.Hour)
	want(t, "once the wallet has made its bill", fee(1, nil), "60 9940")
	want(t, "of a refund", fee(2, nil), "15 2485")
}

func first[T, U any](v T, _ U) T { return v }
