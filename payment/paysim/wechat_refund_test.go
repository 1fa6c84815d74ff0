package paysim

import (
	"fmt"
	"testing"
	"time"
)

func TestForcedRefundsAtWeChat(t *testing.T) {
	for _, c := range RefundCases {
		t.Run(c.Key, func(t *testing.T) {
			l := startWeChat(t, Options{})
			no, fen := l.paid(5000), 100+c.Digit
			first := map[int]string{1: "no answer", 2: "403 NOT_ENOUGH", 3: "500 SYSTEM_ERROR", 4: "500 SYSTEM_ERROR", 5: "200 PROCESSING"}[c.Digit]
			a, broken := l.send(l.request("POST", "/v3/refund/domestic/refunds", l.refundBody(no, "R1", fen, 5000)))
			if broken == "" {
				broken = a.String()
			}
			want(t, "first", broken, first)
			want(t, "done", l.Truth().Refunded > 0, c.Done)
			known := "404 RESOURCE_NOT_EXISTS"
			if c.Done {
				known = "200 SUCCESS"
			}
			want(t, "query", l.refundQuery("R1").String(), known)
			again := l.refund(no, "R1", fen, 5000).String()
			if c.Digit == 2 {
				want(t, "again", again, "403 NOT_ENOUGH")
				l.wantTruth(no, Paid, 5000, 0)
				return
			}
			want(t, "again", again, "200 SUCCESS")
			l.wantTruth(no, Paid, 5000, amountOf(fen))
		})
	}
}

func TestARefundSaysAllOfItself(t *testing.T) {
	l := startWeChat(t, Options{}).asPartner()
	no := l.paid(5000)
	a := l.refund(no, "R1", 1200, 5000)
	for _, a := range []wxSaid{a, l.refundQuery("R1")} {
		for name, expected := range map[string]string{
			"out_trade_no": no, "out_refund_no": "R1", "transaction_id": l.Truth().Orders[no].TradeNo, "status": "SUCCESS", "channel": "ORIGINAL",
			"amount.total": "5000", "amount.refund": "1200", "amount.payer_refund": "1200", "amount.settlement_refund": "1200", "amount.discount_refund": "0",
			"amount.currency": "CNY", "success_time": "2026-11-21T14:30:15+08:00", "user_received_account": "支付用户零钱",
		} {
			want(t, name, a.text(name), expected)
		}
		want(t, "form of the number", len(a.text("refund_id")), 29)
	}
}

func TestARefundIsComparedWithItsOrder(t *testing.T) {
	l := startWeChat(t, Options{Password: time.Hour})
	no, other, waiting := l.paid(5000), l.paid(5000), l.orderNo()
	l.codepay(waiting, 5000, l.code(3))
	want(t, "a part", l.refund(no, "R1", 2000, 5000).String(), "200 SUCCESS")
	for _, c := range []struct {
		name, no, request string
		fen, total        int
		answer            string
	}{
		{"the same again", no, "R1", 2000, 5000, "200 SUCCESS"},
		{"the same number, another sum", no, "R1", 2010, 5000, "400 INVALID_REQUEST"},
		{"the same number, another order", other, "R1", 2000, 5000, "400 INVALID_REQUEST"},
		{"another total", no, "R2", 1000, 5001, "400 INVALID_REQUEST"},
		{"more than is left", no, "R2", 3010, 5000, "400 INVALID_REQUEST"},
		{"unknown order", "FD0000000001", "R2", 100, 5000, "404 RESOURCE_NOT_EXISTS"},
		{"not paid", waiting, "R2", 100, 5000, "400 INVALID_REQUEST"},
		{"nothing", no, "R2", 0, 5000, "400 PARAM_ERROR"},
		{"the rest", no, "R2", 3000, 5000, "200 SUCCESS"},
		{"no more", no, "R3", 10, 5000, "400 INVALID_REQUEST"},
	} {
		want(t, c.name, l.refund(c.no, c.request, c.fen, c.total).String(), c.answer)
	}
	l.wantTruth(no, Paid, 5000, 5000)
	l.wantTruth(other, Paid, 5000, 0)
	body := l.refundBody(other, "R4", 100, 5000)
	body["transaction_id"] = l.Truth().Orders[other].TradeNo
	want(t, "both numbers", l.ask("POST", "/v3/refund/domestic/refunds", body).String(), "400 PARAM_ERROR")
	delete(body, "out_trade_no")
	want(t, "WeChat's number", l.ask("POST", "/v3/refund/domestic/refunds", body).String(), "200 SUCCESS")
	want(t, "a long reason", l.ask("POST", "/v3/refund/domestic/refunds", but(body, fields{"out_refund_no": "R5", "reason": "退货退货退货退货退货退货退货退货退货退货退货退货退货退货"})).String(), "400 PARAM_ERROR")
	l.clock.pass(366 * 24 * time.Hour)
	want(t, "after a year", l.refund(other, "R6", 100, 5000).String(), "400 INVALID_REQUEST")
}

func TestAnOrderIsRefundedFiftyTimes(t *testing.T) {
	l := startWeChat(t, Options{})
	no := l.paid(60_000)
	for i := range 50 {
		want(t, "refund", l.refund(no, fmt.Sprintf("R%d", i), 1000, 60_000).String(), "200 SUCCESS")
	}
	want(t, "one too many", l.refund(no, "R50", 1000, 60_000).String(), "403 RULE_LIMIT")
	want(t, "an old one again", l.refund(no, "R7", 1000, 60_000).String(), "200 SUCCESS")
}

// Whether an order that was refunded in part says so is a weak fact: a till has
// to live with both.
func TestTheStateAfterARefundInPart(t *testing.T) {
	for part, option := range map[string]WeChatOptions{"200 REFUND": {}, "200 SUCCESS": {PartRefundIsSuccess: true}} {
		l := startWeChat(t, Options{WeChat: option})
		no := l.paid(5000)
		l.refund(no, "R1", 2000, 5000)
		want(t, "in part", l.query(no).String(), part)
		l.refund(no, "R2", 3000, 5000)
		want(t, "in full", l.query(no).String(), "200 REFUND")
	}
}

func TestRefundsMayHaveToBeApart(t *testing.T) {
	l := startWeChat(t, Options{WeChat: WeChatOptions{RefundEvery: time.Minute}})
	no := l.paid(5000)
	want(t, "first", l.refund(no, "R1", 100, 5000).String(), "200 SUCCESS")
	l.clock.pass(time.Minute - 1)
	want(t, "too soon", l.refund(no, "R2", 100, 5000).String(), "429 FREQUENCY_LIMITED")
	want(t, "the first again", l.refund(no, "R1", 100, 5000).String(), "200 SUCCESS")
	l.clock.pass(1)
	want(t, "in time", l.refund(no, "R2", 100, 5000).String(), "200 SUCCESS")
}

// Code 14: the merchant gives a tenth away. The payer pays less, so does the
// settlement, and a refund takes its part of the discount along.
func TestADiscountOfTheMerchantsOwn(t *testing.T) {
	l := startWeChat(t, Options{})
	no := l.orderNo()
	a := l.codepay(no, 5000, l.code(14))
	for _, a := range []wxSaid{a, l.query(no)} {
		want(t, "amounts", a.text("amount.total")+" "+a.text("amount.payer_total"), "5000 4500")
		list, _ := a.Fields["promotion_detail"].([]any)
		if len(list) != 1 {
			t.Fatalf("promotions: %v", list)
		}
		coupon := wxSaid{Fields: list[0].(map[string]any)}
		want(t, "coupon", coupon.text("type")+" "+coupon.text("amount")+" "+coupon.text("merchant_contribute")+" "+coupon.text("wechatpay_contribute"), "NOCASH 500 500 0")
	}
	r := l.refund(no, "R1", 1000, 5000)
	want(t, "refund", r.text("amount.refund")+" "+r.text("amount.settlement_refund")+" "+r.text("amount.discount_refund")+" "+r.text("amount.payer_refund"), "1000 900 100 900")
	truth := l.Truth()
	want(t, "settled", truth.Settled, 4500)
	want(t, "sent back", truth.SentBack, 900)
	want(t, "no coupon without one", l.query(l.paid(100)).Fields["promotion_detail"], nil)
}
