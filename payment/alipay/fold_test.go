package alipay_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
)

// answered is the middle of most answers: this order, this amount.
const answered = `"out_trade_no":"` + orderNo + `","trade_no":"2026112122001400000000000001","total_amount":"128.50","buyer_logon_id":"159****5620"`

// outcomeTest is one signed answer and what it means.
type outcomeTest struct {
	name   string
	node   string
	result payment.Result
	reason payment.Reason
	code   string
}

// refusal is a signed refusal as the gateway writes it.
func refusal(code, sub string) string {
	return `{"code":"` + code + `","msg":"Business Failed","sub_code":"` + sub + `","sub_msg":"…","out_trade_no":"` + orderNo + `","buyer_pay_amount":"0.00","total_amount":"0.00"}`
}

// openAnswers leave open what happened, whatever was asked.
var openAnswers = []outcomeTest{
	{"service unavailable", `{"code":"20000","msg":"Service Currently Unavailable","sub_code":"isp.unknow-error"}`, payment.Unknown, "", "isp.unknow-error"},
	{"service unavailable, other words", `{"code":"20000","sub_code":"aop.unknow-error"}`, payment.Unknown, "", "aop.unknow-error"},
	{"service unavailable, no words", `{"code":"20000"}`, payment.Unknown, "", "20000"},
	{"system error from the gateway", `{"code":"20000","sub_code":"aop.ACQ.SYSTEM_ERROR"}`, payment.Unknown, "", "aop.ACQ.SYSTEM_ERROR"},
	{"system error", refusal("40004", "ACQ.SYSTEM_ERROR"), payment.Unknown, "", "ACQ.SYSTEM_ERROR"},
	{"system error as the documents misspell it", refusal("40004", "AQC.SYSTEM_ERROR"), payment.Unknown, "", "AQC.SYSTEM_ERROR"},
	{"unknown error inside a refusal", refusal("40004", "isp.unknow-error"), payment.Unknown, "", "isp.unknow-error"},
	{"the same, spelt right", refusal("40004", "isp.unknown-error"), payment.Unknown, "", "isp.unknown-error"},
	{"the same, as lists of codes have it", refusal("40004", "ACQ.UNKNOWN_ERROR"), payment.Unknown, "", "ACQ.UNKNOWN_ERROR"},
	{"the same, as the documents misspell that", refusal("40004", "UNKNOW_ERROR"), payment.Unknown, "", "UNKNOW_ERROR"},
	{"a refusal without a reason", `{"code":"40004","out_trade_no":"` + orderNo + `"}`, payment.Unknown, "", "40004"},
	{"a code of the future", `{"code":"50000","out_trade_no":"` + orderNo + `"}`, payment.Unknown, "", "50000"},
	{"no code", `{` + answered + `,"trade_status":"TRADE_SUCCESS","action":"close","qr_code":"x"}`, payment.Unknown, "", ""},
	{"an empty answer", `{}`, payment.Unknown, "", ""},
	{"null", `null`, payment.Unknown, "", ""},
	{"a list", `[]`, payment.Unknown, "", ""},
	{"code in another form", `{"code":["10000"],` + answered + `,"trade_status":"TRADE_SUCCESS"}`, payment.Unknown, "", ""},
	{"success for another order", `{"code":"10000","out_trade_no":"FD01261121143326006128002","total_amount":"128.50","trade_status":"TRADE_SUCCESS","action":"close","qr_code":"x"}`, payment.Unknown, "", ""},
	{"refusal of another order", `{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST","out_trade_no":"FD01261121143326006128002"}`, payment.Unknown, "", "ACQ.TRADE_NOT_EXIST"},
	{"success for another amount", `{"code":"10000","out_trade_no":"` + orderNo + `","total_amount":"12.85","trade_status":"TRADE_SUCCESS","action":"close","qr_code":"x"}`, payment.Unknown, "", ""},
	{"success for no amount at all", `{"code":"10000","out_trade_no":"` + orderNo + `","total_amount":"free","trade_status":"TRADE_SUCCESS","action":"close","qr_code":"x"}`, payment.Unknown, "", ""},
	{"success for no order", `{"code":"10000","total_amount":"128.50","trade_status":"TRADE_SUCCESS","action":"close","qr_code":"x"}`, payment.Unknown, "", ""},
}

// turnedAway are signed refusals of the gateway itself: nothing was processed.
var turnedAway = []outcomeTest{
	{"key missing", refusal("40001", "isv.missing-signature-key"), "", payment.ReasonMerchantSetup, "isv.missing-signature-key"},
	{"signature refused", refusal("40002", "isv.invalid-signature"), "", payment.ReasonMerchantSetup, "isv.invalid-signature"},
	{"no sub code", `{"code":"40002"}`, "", payment.ReasonMerchantSetup, "40002"},
	{"application not online", refusal("40003", "isv.invalid-app-state"), "", payment.ReasonMerchantSetup, "isv.invalid-app-state"},
	{"product not added", refusal("40006", "isv.insufficient-isv-permissions"), "", payment.ReasonMerchantSetup, "isv.insufficient-isv-permissions"},
	{"merchant's token expired", refusal("20001", "aop.app-auth-token-time-out"), "", payment.ReasonMerchantSetup, "aop.app-auth-token-time-out"},
	{"too many calls", refusal("40005", "isv.app-call-limited"), "", payment.ReasonBusy, "isv.app-call-limited"},
	{"wrong parameter", refusal("40002", "isv.invalid-parameter"), "", payment.ReasonRequest, "isv.invalid-parameter"},
}

func with(result payment.Result, tests []outcomeTest) []outcomeTest {
	all := make([]outcomeTest, len(tests))
	for i, tt := range tests {
		tt.result = result
		all[i] = tt
	}
	return all
}

// run tells each answer to a fresh gateway, asks, and compares.
func run(t *testing.T, ask func(context.Context, *alipay.Channel) payment.Outcome, tables ...[]outcomeTest) {
	t.Helper()
	for _, table := range tables {
		for _, tt := range table {
			t.Run(tt.name, func(t *testing.T) {
				out := ask(t.Context(), newChannel(t, config(answers(t, tt.node).URL)))
				if out.Result != tt.result || out.Reason != tt.reason || out.Code != tt.code {
					t.Errorf("%s\ngot  %s, reason %q, code %q (%v)\nwant %s, reason %q, code %q",
						tt.node, out.Result, out.Reason, out.Code, out.Detail, tt.result, tt.reason, tt.code)
				}
				if (out.Detail != nil) != (out.Result == payment.Unknown) {
					t.Errorf("%s with the detail %v", out.Result, out.Detail)
				}
				if out.Password && out.Result != payment.Waiting {
					t.Errorf("%s asks for a password", out.Result)
				}
			})
		}
	}
}

func TestWhatAnAnswerToAPayCodeMeans(t *testing.T) {
	run(t, func(ctx context.Context, c *alipay.Channel) payment.Outcome { return c.Pay(ctx, payRequest()) }, []outcomeTest{
		{"paid", `{"code":"10000","msg":"Success",` + answered + `,"gmt_payment":"2026-11-21 14:33:26"}`, payment.Paid, "", ""},
		{"paid, amount as a number", `{"code":"10000","out_trade_no":"` + orderNo + `","total_amount":128.5}`, payment.Paid, "", ""},
		{"paid, code as a number", `{"code":10000,` + answered + `}`, payment.Paid, "", ""},
		{"success without the amount", `{"code":"10000","out_trade_no":"` + orderNo + `"}`, payment.Unknown, "", ""},
		{"the payer types a password", `{"code":"10003","msg":" order success pay inprocess",` + answered + `}`, payment.Waiting, "", ""},
		{"a password for another amount", `{"code":"10003","out_trade_no":"` + orderNo + `","total_amount":"1.00"}`, payment.Unknown, "", ""},
		{"code expired", refusal("40004", "ACQ.PAYMENT_AUTH_CODE_INVALID"), payment.Failed, payment.ReasonCodeInvalid, "ACQ.PAYMENT_AUTH_CODE_INVALID"},
		{"no funds", refusal("40004", "ACQ.BUYER_BALANCE_NOT_ENOUGH"), payment.Failed, payment.ReasonBalance, "ACQ.BUYER_BALANCE_NOT_ENOUGH"},
		{"contract missing", refusal("40004", "ACQ.ACCESS_FORBIDDEN"), payment.Failed, payment.ReasonMerchantSetup, "ACQ.ACCESS_FORBIDDEN"},
		{"a no that is new", refusal("40004", "ACQ.MOON_IS_FULL"), payment.Failed, payment.ReasonOther, "ACQ.MOON_IS_FULL"},
		{"this order is paid already", refusal("40004", "ACQ.TRADE_HAS_SUCCESS"), payment.Unknown, "", "ACQ.TRADE_HAS_SUCCESS"},
		{"this order is closed", refusal("40004", "ACQ.TRADE_HAS_CLOSE"), payment.Failed, payment.ReasonOrderClosed, "ACQ.TRADE_HAS_CLOSE"},
	}, openAnswers, with(payment.Failed, turnedAway))
}

func TestWhatAnAnswerToAQRMeans(t *testing.T) {
	run(t, func(ctx context.Context, c *alipay.Channel) payment.Outcome {
		text, out := c.ShowQR(ctx, qrRequest())
		if (text != "") != (out.Result == payment.Waiting) {
			t.Errorf("%s with the QR %q", out.Result, text)
		}
		if text != "" && text != "https://qr.alipay.com/bax000000001" {
			t.Errorf("the QR holds %q", text)
		}
		return out
	}, []outcomeTest{
		{"made", `{"code":"10000","out_trade_no":"` + orderNo + `","qr_code":"https://qr.alipay.com/bax000000001"}`, payment.Waiting, "", ""},
		{"made, slashes escaped", `{"code":"10000","out_trade_no":"` + orderNo + `","qr_code":"https:\/\/qr.alipay.com\/bax000000001"}`, payment.Waiting, "", ""},
		{"made without a QR", `{"code":"10000","out_trade_no":"` + orderNo + `"}`, payment.Unknown, "", ""},
		{"made for no order", `{"code":"10000","qr_code":"https://qr.alipay.com/bax000000001"}`, payment.Unknown, "", ""},
		{"in progress", `{"code":"10003","out_trade_no":"` + orderNo + `","qr_code":"https://qr.alipay.com/bax000000001"}`, payment.Unknown, "", ""},
		{"number used", refusal("40004", "ACQ.APPLY_PC_MERCHANT_CODE_ERROR"), payment.Failed, payment.ReasonOrderUsed, "ACQ.APPLY_PC_MERCHANT_CODE_ERROR"},
		{"paid already", refusal("40004", "ACQ.TRADE_HAS_SUCCESS"), payment.Unknown, "", "ACQ.TRADE_HAS_SUCCESS"},
	}, openAnswers, with(payment.Failed, turnedAway))
}

func TestWhatAnAnswerToAQueryMeans(t *testing.T) {
	status := func(s, more string) string {
		return `{"code":"10000","msg":"Success",` + answered + `,"trade_status":"` + s + `"` + more + `}`
	}
	run(t, func(ctx context.Context, c *alipay.Channel) payment.Outcome { return c.Query(ctx, theOrder) }, []outcomeTest{
		{"paid", status("TRADE_SUCCESS", `,"send_pay_date":"2026-11-21 14:33:26"`), payment.Paid, "", ""},
		{"paid long ago", status("TRADE_FINISHED", ""), payment.Paid, "", ""},
		{"paid, no amount", `{"code":"10000","out_trade_no":"` + orderNo + `","trade_status":"TRADE_SUCCESS"}`, payment.Unknown, "", ""},
		{"the payer has to act", status("WAIT_BUYER_PAY", ""), payment.Waiting, "", ""},
		{"closed, never paid", status("TRADE_CLOSED", `,"receipt_amount":"0.00","buyer_pay_amount":"0.00","fund_bill_list":[]`), payment.Closed, "", ""},
		{"closed, and the money had come", status("TRADE_CLOSED", `,"receipt_amount":"0.00","send_pay_date":"2026-11-21 14:33:26"`), payment.Reversed, "", ""},
		{"closed, with a receipt", status("TRADE_CLOSED", `,"receipt_amount":"128.50"`), payment.Reversed, "", ""},
		{"closed, with the payer's amount", status("TRADE_CLOSED", `,"buyer_pay_amount":"100.00"`), payment.Reversed, "", ""},
		{"closed, with funds", status("TRADE_CLOSED", `,"fund_bill_list":[{"amount":"128.50","fund_channel":"ALIPAYACCOUNT"}]`), payment.Reversed, "", ""},
		{"a status of the future", status("TRADE_SLEEPING", ""), payment.Unknown, "", ""},
		{"no status", `{"code":"10000",` + answered + `}`, payment.Unknown, "", ""},
		{"in progress is no status", `{"code":"10003",` + answered + `,"trade_status":"TRADE_SUCCESS"}`, payment.Unknown, "", ""},
		{"no such order", refusal("40004", "ACQ.TRADE_NOT_EXIST"), payment.NotFound, "", "ACQ.TRADE_NOT_EXIST"},
		{"no such order, without its number", `{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"}`, payment.NotFound, "", "ACQ.TRADE_NOT_EXIST"},
		{"any other no is about the question", refusal("40004", "ACQ.INVALID_PARAMETER"), payment.Unknown, payment.ReasonRequest, "ACQ.INVALID_PARAMETER"},
	}, openAnswers, with(payment.Unknown, turnedAway))
}

func TestWhatAnAnswerToACancelMeans(t *testing.T) {
	cancelled := func(more string) string {
		return `{"code":"10000","msg":"Success","out_trade_no":"` + orderNo + `"` + more + `}`
	}
	run(t, func(ctx context.Context, c *alipay.Channel) payment.Outcome { return c.Cancel(ctx, theOrder) }, []outcomeTest{
		{"closed", cancelled(`,"retry_flag":"N","action":"close"`), payment.Closed, "", ""},
		{"given back", cancelled(`,"retry_flag":"N","action":"refund"`), payment.Reversed, "", ""},
		{"there was nothing", cancelled(`,"retry_flag":"N"`), payment.NotFound, "", ""},
		{"once more, please", cancelled(`,"retry_flag":"Y"`), payment.Unknown, "", ""},
		{"closed, but once more", cancelled(`,"retry_flag":"Y","action":"close"`), payment.Unknown, "", ""},
		{"refused, once more", `{"code":"40004","sub_code":"ACQ.SELLER_BALANCE_NOT_ENOUGH","retry_flag":"Y"}`, payment.Unknown, payment.ReasonMerchantFunds, "ACQ.SELLER_BALANCE_NOT_ENOUGH"},
		{"an action of the future", cancelled(`,"retry_flag":"N","action":"freeze"`), payment.Unknown, "", ""},
		{"nothing, for no order", `{"code":"10000","retry_flag":"N"}`, payment.Unknown, "", ""},
		{"no such order", refusal("40004", "ACQ.TRADE_NOT_EXIST"), payment.NotFound, "", "ACQ.TRADE_NOT_EXIST"},
		{"too late", refusal("40004", "ACQ.TRADE_CANCEL_TIME_OUT"), payment.Failed, payment.ReasonTooOld, "ACQ.TRADE_CANCEL_TIME_OUT"},
		{"paid, and the merchant has no funds", refusal("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH"), payment.Failed, payment.ReasonMerchantFunds, "ACQ.SELLER_BALANCE_NOT_ENOUGH"},
		{"finished", refusal("40004", "ACQ.TRADE_HAS_FINISHED"), payment.Failed, payment.ReasonTooOld, "ACQ.TRADE_HAS_FINISHED"},
	}, openAnswers, with(payment.Unknown, turnedAway))
}

func TestWhatAPaidAnswerTells(t *testing.T) {
	at := time.Date(2026, 11, 21, 14, 33, 26, 0, payment.Beijing)
	paid := newChannel(t, config(answers(t, `{"code":"10000",`+answered+`,"gmt_payment":"2026-11-21 14:33:26"}`).URL)).Pay(t.Context(), payRequest())
	queried := newChannel(t, config(answers(t, `{"code":"10000",`+answered+`,"trade_status":"TRADE_SUCCESS","send_pay_date":"2026-11-21 14:33:26"}`).URL)).Query(t.Context(), theOrder)
	for how, out := range map[string]payment.Outcome{"pay": paid, "query": queried} {
		if out.TradeNo != "2026112122001400000000000001" || out.Payer != "159****5620" || !out.PaidAt.Equal(at) {
			t.Errorf("%s: %+v", how, out)
		}
	}
	waiting := newChannel(t, config(answers(t, `{"code":"10003",`+answered+`}`).URL)).Pay(t.Context(), payRequest())
	if !waiting.Password || waiting.TradeNo == "" || !waiting.PaidAt.IsZero() {
		t.Errorf("waiting: %+v", waiting)
	}
}

// refundTest is one signed answer about a refund and what it means.
type refundTest struct {
	name   string
	node   string
	state  payment.RefundState
	found  bool
	reason payment.Reason
}

func TestWhatAnAnswerToARefundQueryMeans(t *testing.T) {
	answer := func(more string) string {
		return `{"code":"10000","msg":"Success","out_trade_no":"` + orderNo + `","total_amount":"128.50"` + more + `}`
	}
	const number = `,"out_request_no":"` + refundNo + `"`
	tests := []refundTest{
		{"done", answer(number + `,"refund_amount":"28.50","refund_status":"REFUND_SUCCESS"`), payment.RefundDone, true, ""},
		{"no status", answer(number + `,"refund_amount":"28.50"`), payment.RefundUnknown, false, ""},
		{"nothing", `{"code":"10000","msg":"Success"}`, payment.RefundUnknown, false, ""},
		{"under way", answer(number + `,"refund_amount":"28.50","refund_status":"REFUND_PROCESSING"`), payment.RefundUnknown, true, ""},
		{"another amount", answer(number + `,"refund_amount":"28.00","refund_status":"REFUND_SUCCESS"`), payment.RefundUnknown, true, ""},
		{"no amount", answer(number + `,"refund_status":"REFUND_SUCCESS"`), payment.RefundUnknown, true, ""},
		{"another refund", answer(`,"out_request_no":"` + orderNo + `R002","refund_amount":"28.50","refund_status":"REFUND_SUCCESS"`), payment.RefundUnknown, false, ""},
		{"a refund without a number", answer(`,"refund_amount":"28.50","refund_status":"REFUND_SUCCESS"`), payment.RefundUnknown, true, ""},
		{"another order", `{"code":"10000","out_trade_no":"FD01261121143326006128002"` + number + `,"refund_amount":"28.50","refund_status":"REFUND_SUCCESS"}`, payment.RefundUnknown, false, ""},
		{"another total", `{"code":"10000","out_trade_no":"` + orderNo + `","total_amount":"28.50"` + number + `,"refund_amount":"28.50","refund_status":"REFUND_SUCCESS"}`, payment.RefundUnknown, false, ""},
		{"no such trade", refusal("40004", "ACQ.TRADE_NOT_EXIST"), payment.RefundUnknown, false, payment.ReasonNoRefund},
		{"system error", refusal("40004", "ACQ.SYSTEM_ERROR"), payment.RefundUnknown, false, ""},
		{"turned away", refusal("40006", "isv.insufficient-isv-permissions"), payment.RefundUnknown, false, payment.ReasonMerchantSetup},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := newChannel(t, config(answers(t, tt.node).URL)).QueryRefund(t.Context(), refundRequest())
			if out.State != tt.state || out.Found != tt.found || out.Reason != tt.reason {
				t.Errorf("%s\ngot %+v", tt.node, out)
			}
		})
	}
}

func TestTextOfTheGatewayIsTamed(t *testing.T) {
	node := `{"code":"40004","sub_code":"ACQ.\u0000\n` + strings.Repeat("X", 500) + `","out_trade_no":"` + orderNo + `"}`
	out := newChannel(t, config(answers(t, node).URL)).Pay(t.Context(), payRequest())
	if len(out.Code) > 64 || strings.ContainsAny(out.Code, "\x00\n") {
		t.Errorf("the code reached us as %q", out.Code)
	}
}
