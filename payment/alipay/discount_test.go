package alipay_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"frontdesk/payment"
)

// What the merchant received tells what it gave away. Whatever the answer says
// there, a paid order stays paid.
func TestTheDiscountIsWhatTheMerchantDidNotReceive(t *testing.T) {
	for _, tt := range []struct {
		name, receipt string
		want          payment.Amount
		logged        bool
	}{
		{"no discount", `,"receipt_amount":"128.50"`, 0, false},
		{"a discount", `,"receipt_amount":"115.65"`, 12_85, false},
		{"a number instead of text", `,"receipt_amount":115.65`, 12_85, false},
		{"all of it", `,"receipt_amount":"0.00"`, 128_50, false},
		{"not said", ``, 0, false},
		{"said empty", `,"receipt_amount":""`, 0, false},
		{"more than the total", `,"receipt_amount":"128.51"`, 0, true},
		{"below zero", `,"receipt_amount":"-1.00"`, 0, true},
		{"no amount", `,"receipt_amount":"a lot"`, 0, true},
		{"a part of a fen", `,"receipt_amount":"115.655"`, 0, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := answers(t, `{"code":"10000",`+answered+`,"trade_status":"TRADE_SUCCESS"`+tt.receipt+`}`)
			var log bytes.Buffer
			c := config(g.URL)
			c.Log = slog.New(slog.NewTextHandler(&log, nil)) // from Info on
			channel := newChannel(t, c)
			for how, out := range map[string]payment.Outcome{
				"pay": channel.Pay(t.Context(), payRequest()), "query": channel.Query(t.Context(), theOrder),
			} {
				if out.Result != payment.Paid || out.Discount != tt.want || (out.Detail != nil) != tt.logged {
					t.Errorf("%s: %+v", how, out)
				}
			}
			if logged := strings.Count(log.String(), "what the merchant received"); (logged == 2) != tt.logged || (logged == 0) == tt.logged {
				t.Errorf("the log says %q", &log)
			}
		})
	}
}

func TestWhatARefundTookFromTheMerchant(t *testing.T) {
	const items = `,"refund_detail_item_list":[{"amount":"28.50","fund_channel":"MDISCOUNT"}]`
	for _, tt := range []struct {
		name, said string
		want       payment.Amount
	}{
		{"all of it", `,"send_back_fee":"28.50"`, 0},
		{"less, for a discount", `,"send_back_fee":"25.65"`, 2_85},
		{"not said", ``, 0},
		{"zero, as the gateway says where it does not know", `,"send_back_fee":"0.00"`, 0},
		{"zero, with the details", `,"send_back_fee":"0.00"` + items, 28_50},
		{"more than the refund", `,"send_back_fee":"28.51"` + items, 0},
		{"no amount", `,"send_back_fee":"some"` + items, 0},
	} {
		g := answers(t, `{"code":"10000",`+answered+`,"fund_change":"Y","refund_fee":"28.50","out_request_no":"`+refundNo+`","refund_amount":"28.50","refund_status":"REFUND_SUCCESS"`+tt.said+`}`)
		channel := newChannel(t, config(g.URL))
		for how, out := range map[string]payment.RefundOutcome{
			"refund": channel.Refund(t.Context(), refundRequest()), "refund query": channel.QueryRefund(t.Context(), refundRequest()),
		} {
			if out.State != payment.RefundDone || out.Discount != tt.want {
				t.Errorf("%s, %s: %+v", tt.name, how, out)
			}
		}
	}
}
