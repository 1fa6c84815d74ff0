package wechat_test

import (
	"testing"

	"frontdesk/payment"
)

// giveBack is the JSON of a refund.
func giveBack(status, amount string) string {
	return `{"refund_id":"50300009","out_refund_no":"` + refundNo + `","transaction_id":"` + transactionID + `","out_trade_no":"` + orderNo +
		`","status":"` + status + `","amount":{"total":12850,"currency":"CNY"` + amount + `}}`
}

func TestWhatARefundsAnswerMeans(t *testing.T) {
	const sum = `,"refund":2850`
	none := says(404, noRefund)
	tests := []struct {
		name   string
		refund answer
		query  answer // after a refusal; nil where none is asked
		want   payment.RefundOutcome
	}{
		{"done", says(200, giveBack("SUCCESS", sum)), nil, payment.RefundOutcome{State: payment.RefundDone, Found: true}},
		{"done, said with 202", says(202, giveBack("SUCCESS", sum)), nil, payment.RefundOutcome{State: payment.RefundUnknown}},
		{"on its way", says(200, giveBack("PROCESSING", sum)), nil, payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true}},
		{"taken and given up", says(200, giveBack("CLOSED", sum)), nil, payment.RefundOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonNoRefund, Code: "REFUND_CLOSED"}},
		{"taken and given up, by another word", says(200, giveBack("CLOSE", sum)), nil, payment.RefundOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonNoRefund, Code: "REFUND_CLOSED"}},
		{"cannot arrive", says(200, giveBack("ABNORMAL", sum)), nil, payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true, Reason: payment.ReasonRefundStuck, Code: "REFUND_ABNORMAL"}},
		{"a status that is new", says(200, giveBack("MOON", sum)), nil, payment.RefundOutcome{State: payment.RefundUnknown, Found: true}},
		{"no status", says(200, `{"out_refund_no":"`+refundNo+`","amount":{"refund":2850}}`), nil, payment.RefundOutcome{State: payment.RefundUnknown}},
		{"done, not said how much", says(200, giveBack("SUCCESS", "")), nil, payment.RefundOutcome{State: payment.RefundUnknown, Found: true}},
		{"done, another amount", says(200, giveBack("SUCCESS", `,"refund":2849`)), nil, payment.RefundOutcome{State: payment.RefundUnknown, Found: true}},
		{"done, which one is not said", says(200, `{"status":"SUCCESS","amount":{"refund":2850}}`), nil, payment.RefundOutcome{State: payment.RefundUnknown}},
		{"another refund", says(200, `{"out_refund_no":"R9","status":"SUCCESS","amount":{"refund":2850}}`), nil, payment.RefundOutcome{State: payment.RefundUnknown}},
		{"another order", says(200, `{"out_trade_no":"FD1","out_refund_no":"`+refundNo+`","status":"SUCCESS","amount":{"refund":2850}}`), nil, payment.RefundOutcome{State: payment.RefundUnknown}},
		{"trouble", trouble, nil, payment.RefundOutcome{State: payment.RefundUnknown, Code: "SYSTEM_ERROR"}},
		{"the same again", says(400, `{"code":"BIZERR_NEED_RETRY"}`), nil, payment.RefundOutcome{State: payment.RefundUnknown, Code: "BIZERR_NEED_RETRY"}},
		{"slow down", says(429, `{"code":"FREQUENCY_LIMITED"}`), nil, payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonBusy, Code: "FREQUENCY_LIMITED"}},
		{"refused without a signature", unsigned(403, `{"code":"NOT_ENOUGH"}`), nil, payment.RefundOutcome{State: payment.RefundUnknown, Code: "NOT_ENOUGH"}},
		{"set up wrongly, without a signature", unsigned(401, `{"code":"SIGN_ERROR"}`), nil, payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonMerchantSetup, Code: "SIGN_ERROR"}},
		{"done, without a signature", unsigned(200, giveBack("SUCCESS", sum)), nil, payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonWrongKeys}},

		{"no money", says(403, `{"code":"NOT_ENOUGH"}`), none, payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonMerchantFunds, Code: "NOT_ENOUGH"}},
		{"too old", says(403, `{"code":"TRADE_OVERDUE"}`), none, payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonTooOld, Code: "TRADE_OVERDUE"}},
		{"no such order", says(404, noRefund), none, payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonNoRefund, Code: "RESOURCE_NOT_EXISTS"}},
		{"a word that is new", says(403, `{"code":"MOON_IS_FULL"}`), none, payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonOther, Code: "MOON_IS_FULL"}},
		{"refused, but done before", says(400, `{"code":"INVALID_REQUEST"}`), says(200, giveBack("SUCCESS", sum)), payment.RefundOutcome{State: payment.RefundDone, Found: true}},
		{"refused, but on its way", says(400, `{"code":"INVALID_REQUEST"}`), says(200, giveBack("PROCESSING", sum)), payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true, Reason: payment.ReasonNoRefund, Code: "INVALID_REQUEST"}},
		{"refused, and it cannot arrive", says(400, `{"code":"INVALID_REQUEST"}`), says(200, giveBack("ABNORMAL", sum)), payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true, Reason: payment.ReasonRefundStuck, Code: "REFUND_ABNORMAL"}},
		{"refused, and given up before", says(400, `{"code":"INVALID_REQUEST"}`), says(200, giveBack("CLOSED", sum)), payment.RefundOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonNoRefund, Code: "REFUND_CLOSED"}},
		{"refused, and nobody can be asked", says(403, `{"code":"NOT_ENOUGH"}`), trouble, payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonMerchantFunds, Code: "NOT_ENOUGH"}},
		{"refused, and the query is forged", says(403, `{"code":"NOT_ENOUGH"}`), unsigned(404, noRefund), payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonMerchantFunds, Code: "NOT_ENOUGH"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls := "refund"
			if tt.query != nil {
				calls += ", refund query"
			}
			g := newGateway(t, script(t, map[string][]answer{"refund": {tt.refund}, "refund query": {tt.query}}))
			out := newChannel(t, config(g.URL)).Refund(t.Context(), refundRequest())
			sameRefund(t, out, tt.want)
			if g.calls() != calls {
				t.Errorf("calls: %s, want %s", g.calls(), calls)
			}
		})
	}
}

func sameRefund(t *testing.T, out, want payment.RefundOutcome) {
	t.Helper()
	if (out.Detail != nil) != (want.State == payment.RefundUnknown) {
		t.Errorf("detail %v", out.Detail)
	}
	if out.Detail = nil; out != want {
		t.Errorf("got  %+v\nwant %+v", out, want)
	}
}

func TestWhatARefundQuerysAnswerMeans(t *testing.T) {
	const sum = `,"refund":2850`
	tests := []struct {
		name  string
		query answer
		want  payment.RefundOutcome
	}{
		{"done", says(200, giveBack("SUCCESS", sum)), payment.RefundOutcome{State: payment.RefundDone, Found: true}},
		{"on its way", says(200, giveBack("PROCESSING", sum)), payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true}},
		{"given up", says(200, giveBack("CLOSED", sum)), payment.RefundOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonNoRefund, Code: "REFUND_CLOSED"}},
		{"cannot arrive", says(200, giveBack("ABNORMAL", sum)), payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true, Reason: payment.ReasonRefundStuck, Code: "REFUND_ABNORMAL"}},
		{"none", says(404, noRefund), payment.RefundOutcome{State: payment.RefundUnknown, Code: "RESOURCE_NOT_EXISTS"}},
		{"none, not signed", unsigned(404, noRefund), payment.RefundOutcome{State: payment.RefundUnknown, Code: "RESOURCE_NOT_EXISTS"}},
		{"trouble", trouble, payment.RefundOutcome{State: payment.RefundUnknown, Code: "SYSTEM_ERROR"}},
		{"refused", says(403, `{"code":"NO_AUTH"}`), payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonMerchantSetup, Code: "NO_AUTH"}},
		{"another amount", says(200, giveBack("SUCCESS", `,"refund":1`)), payment.RefundOutcome{State: payment.RefundUnknown, Found: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, tt.query)
			out := newChannel(t, config(g.URL)).QueryRefund(t.Context(), refundRequest())
			sameRefund(t, out, tt.want)
			if got := g.only().Call; got != "refund query" {
				t.Errorf("sent %s", got)
			}
		})
	}
}

// What the merchant did not have to give back is told by what is settled.
func TestTheDiscountInARefund(t *testing.T) {
	coupon := func(kind string) string {
		return `[{"promotion_id":"1","scope":"GLOBAL","type":"` + kind + `","amount":500,"refund_amount":100}]`
	}
	tests := []struct {
		name, amount, promotions string
		want                     payment.Amount
	}{
		{"none", ``, `[]`, 0},
		{"all is settled", `,"settlement_refund":2850,"discount_refund":0`, `[]`, 0},
		{"a part is not", `,"settlement_refund":2740,"discount_refund":110`, coupon("DISCOUNT"), 1_10},
		{"prepaid coupons are", `,"settlement_refund":2850,"discount_refund":100`, coupon("COUPON"), 0},
		{"only the coupon is told", ``, coupon("DISCOUNT"), 1_00},
		{"only a prepaid one is told", `,"discount_refund":100`, coupon("COUPON"), 0},
		{"only the sum of all is told", `,"discount_refund":100`, `[]`, 0},
		{"more than all", `,"settlement_refund":2851`, `[]`, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := giveBack("SUCCESS", `,"refund":2850`+tt.amount)
			body = body[:len(body)-1] + `,"promotion_detail":` + tt.promotions + `}`
			g := newGateway(t, says(200, body))
			channel := newChannel(t, config(g.URL))
			for how, out := range map[string]payment.RefundOutcome{"refund": channel.Refund(t.Context(), refundRequest()), "query": channel.QueryRefund(t.Context(), refundRequest())} {
				if out.State != payment.RefundDone || out.Discount != tt.want {
					t.Errorf("%s: %+v", how, out)
				}
			}
		})
	}
}
