package paysim

import (
	"fmt"
	"testing"

	"frontdesk/payment"
)

const askForDetails = "refund_detail_item_list"

// A tenth of the amount is the merchant's own discount: it is charged and not
// settled, and refunds give back proportionally less.
func TestADiscountOfTheMerchant(t *testing.T) {
	for _, c := range []struct {
		amount, fixed, received, discount string // fixed: not to be discounted
	}{
		{"100.00", "", "90.00", "10.00"},
		{"128.59", "", "115.74", "12.85"},
		{"0.09", "", "0.08", "0.01"},
		{"0.01", "", "0.00", "0.01"},
		{"100.00", "95.00", "95.00", "5.00"},
		{"100.00", "100.00", "100.00", ""},
		{"100000000.00", "", "90000000.00", "10000000.00"},
	} {
		l := startTill(t, Options{})
		no := l.orderNo()
		biz := payBiz(no, c.amount, l.FreshCode(14))
		if c.fixed != "" {
			biz["undiscountable_amount"] = c.fixed
		}
		paid := l.ask("alipay.trade.pay", biz)
		for how, a := range map[string]said{"pay": paid, "query": l.queryNo(no)} {
			want(t, how, a.Code, "10000")
			want(t, how+" total", a.text("total_amount"), c.amount)
			want(t, how+" received", a.text("receipt_amount"), c.received)
			want(t, how+" paid by the buyer", a.text("buyer_pay_amount"), c.received)
			want(t, how+" discount", a.text("mdiscount_amount"), c.discount)
		}
		o, truth := l.Truth().Orders[no], l.Truth()
		want(t, "charged", o.Charged.String(), c.amount)
		want(t, "settled", o.Settled.String(), c.received)
		want(t, "charged is settled and discount", o.Settled+o.Discount, o.Charged)
		want(t, "sum of discounts", truth.Discount, o.Discount)
		want(t, "sum settled", truth.Settled, o.Settled)
	}
}

// However a discounted order is refunded, each part takes its share of the
// discount, no share is larger than its part, and in the end they add up.
func TestRefundsTakeTheirShareOfADiscount(t *testing.T) {
	for _, c := range []struct {
		amount string
		parts  []payment.Amount
	}{
		{"100.00", []payment.Amount{100_00}},
		{"100.00", []payment.Amount{30_00, 70_00}},
		{"100.00", []payment.Amount{33_36, 33_37, 33_27}},
		{"1.00", []payment.Amount{8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 6, 6}}, // shares that round down to nothing
		{"0.19", []payment.Amount{9, 10}},
		{"100000000.00", []payment.Amount{9_999_999_999 - 9, 10}},
	} {
		l := startTill(t, Options{})
		no := l.orderNo()
		want(t, "pay", l.payWith(no, c.amount, l.FreshCode(14)).Code, "10000")
		var back, sent payment.Amount
		for i, part := range c.parts {
			a := l.ask("alipay.trade.refund", fields{
				"out_trade_no": no, "refund_amount": part.String(), "out_request_no": fmt.Sprint("R", i), "query_options": []string{askForDetails},
			})
			fee, err := payment.ParseAmount(a.text("send_back_fee"))
			check(t, err)
			back, sent = back+part, sent+fee
			o := l.Truth().Orders[no]
			want(t, "refunded", o.Refunded, back)
			want(t, "sent back", o.SentBack, sent)
			want(t, "the share", o.RefundDiscounts[fmt.Sprint("R", i)], part-fee)
			if fee < 0 || fee > part {
				t.Errorf("of %s sent back %s", part, fee)
			}
		}
		o := l.Truth().Orders[no]
		want(t, "all refunded", o.Refunded, o.Charged)
		want(t, "all that was settled has left", o.SentBack, o.Settled)
	}
}

// What left the merchant's account is told only when it is asked for.
func TestSendBackFeeIsToldWhenItIsAskedFor(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	l.payWith(no, "100.00", l.FreshCode(14))
	plain := l.refundNo(no, "10.00", "R1")
	want(t, "not asked for", plain.text("send_back_fee"), "0.00")
	want(t, "not asked for, in the query", l.refundQueryNo(no, "R1").text("send_back_fee"), "")
	asked := fields{"out_trade_no": no, "out_request_no": "R1", "query_options": []string{askForDetails}}
	want(t, "asked for in the query", l.ask("alipay.trade.fastpay.refund.query", asked).text("send_back_fee"), "9.00")
	asked["refund_amount"] = "10.00"
	want(t, "asked for in a repeat", l.ask("alipay.trade.refund", asked).text("send_back_fee"), "9.00")
}

func TestACancelTakesTheWholeDiscountBack(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	l.payWith(no, "100.00", l.FreshCode(14))
	want(t, "cancel", l.cancelNo(no).text("action"), "refund")
	o := l.Truth().Orders[no]
	want(t, "refunded", o.Refunded, 100_00)
	want(t, "sent back", o.SentBack, 90_00)
}

func TestADiscountedQRAndAHoldWithoutOne(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	qr := l.ask("alipay.trade.precreate", fields{"out_trade_no": no, "total_amount": "100.00", "subject": "咖啡"})
	check(t, l.ScanQR(qr.text("qr_code"), 14))
	want(t, "settled", l.Truth().Orders[no].Settled, 90_00)

	deposit := l.orderNo()
	want(t, "freeze", l.freezeWith(deposit, "500.00", l.FreshCode(14)).text("status"), "SUCCESS")
	l.wantHold(deposit, Held, 500_00, 0, 0)
}
