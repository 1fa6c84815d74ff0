package cloudpay

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

const testNo = "010000520q1w2e01006128001"

var testOrder = payment.Order{OutTradeNo: testNo, Amount: 128_50, Wallet: payment.WalletWeChat}

// heard is an authenticated answer.
func heard(content string) reply {
	o := parseObject([]byte(content))
	if o == nil {
		panic(content)
	}
	return reply{content: o}
}

// said is an authenticated answer with status 0 whose object has that name.
func said(name, object string) reply {
	return heard(fmt.Sprintf(`{"status":0,"internal_status":0,"log_id":1,"%s":%s}`, name, object))
}

// no is an answer that says no.
func no(status, internal int, description string) reply {
	return heard(fmt.Sprintf(`{"status":%d,"internal_status":%d,"log_id":1,"description":%q}`, status, internal, description))
}

// orderSaid is the answer about an order in that state.
func orderSaid(name, platform string, state int, more string) reply {
	return said(name, fmt.Sprintf(`{"order_content":{"out_trade_no":"%s","transaction_id":"42","total_fee":12850,"trade_type":1,"is_transforming":false,"trade_state":4,"%s_order_content_ext":{"current_trade_state":%d}%s}}`,
		testNo, platform, state, more))
}

func TestWhatTheStatesOfAnOrderMean(t *testing.T) {
	type want struct {
		result   payment.Result
		password bool
		reason   payment.Reason
	}
	open := want{result: payment.Unknown}
	tables := map[string]map[int]want{
		"wxpay": {
			0: open, 1: {result: payment.Waiting}, 2: {result: payment.Paid}, 3: {result: payment.Paid}, 4: {result: payment.Reversed},
			5: {result: payment.Failed, reason: payment.ReasonPhone}, 6: {result: payment.Waiting}, 7: {result: payment.Closed}, 8: {result: payment.Closed},
			9: {result: payment.Waiting, password: true}, 10: {result: payment.Failed, reason: payment.ReasonOther}, 11: {result: payment.NotFound},
			12: {result: payment.Waiting}, 13: open, 14: open, 15: open, 99: open, -1: open,
		},
		"alipay": {
			0: open, 1: {result: payment.Waiting}, 2: {result: payment.Paid}, 3: open, 4: {result: payment.Waiting, password: true},
			5: {result: payment.Closed}, 6: {result: payment.Paid}, 7: {result: payment.NotFound}, 8: open, 14: open,
		},
		"record":   {1: open, 2: open, 3: open}, // money that somebody noted down is none of ours
		"unionpay": {1: open, 2: open, 3: open}, // the order is one of WeChat
	}
	for platform, table := range tables {
		for state, want := range table {
			out, kind := foldQuery(testOrder, orderSaid(callQueryOrder, platform, state, ""))
			if out.Result != want.result || out.Password != want.password || out.Reason != want.reason || (out.Detail == nil) != (want != open) {
				t.Errorf("%s %d: %+v, want %+v", platform, state, out, want)
			}
			if kind != tradeCode {
				t.Errorf("%s %d: kind %d", platform, state, kind)
			}
		}
	}
}

// The same state after a payment tells the other story.
func TestAnOrderThatEndedAfterAPaymentWasGivenBack(t *testing.T) {
	for _, tt := range []struct {
		platform string
		state    int
		more     string
		want     payment.Result
	}{
		{"wxpay", 7, `,"time_end":1566803217`, payment.Reversed},
		{"wxpay", 8, `,"time_end":1566803217`, payment.Reversed},
		{"wxpay", 8, `,"time_end":0`, payment.Closed},
		{"alipay", 5, `,"time_end":"1566803217"`, payment.Reversed},
		{"alipay", 5, `,"time_end":null`, payment.Closed},
	} {
		if out, _ := foldQuery(testOrder, orderSaid(callQueryOrder, tt.platform, tt.state, tt.more)); out.Result != tt.want {
			t.Errorf("%s %d with %s: %s, want %s", tt.platform, tt.state, tt.more, out.Result, tt.want)
		}
	}
	for ext, want := range map[string]payment.Result{
		`"refund_fee":12850`: payment.Reversed, `"gmt_refund":1566803217`: payment.Reversed, `"refund_fee":0,"gmt_refund":0`: payment.Closed,
	} {
		content := `{"order_content":{"out_trade_no":"` + testNo + `","alipay_order_content_ext":{"current_trade_state":5,` + ext + `}}}`
		if out, _ := foldQuery(testOrder, said(callQueryOrder, content)); out.Result != want {
			t.Errorf("closed with %s: %s, want %s", ext, out.Result, want)
		}
	}
}

func TestUnionPayIsBelievedInItsSuccessOnly(t *testing.T) {
	o := testOrder
	o.Wallet = payment.WalletUnionPay
	for state, want := range map[int]payment.Result{1: payment.Waiting, 2: payment.Paid, 3: payment.Unknown, 5: payment.Unknown, 10: payment.Unknown} {
		if out, _ := foldQuery(o, orderSaid(callQueryOrder, "unionpay", state, "")); out.Result != want {
			t.Errorf("state %d: %s, want %s", state, out.Result, want)
		}
	}
}

// Whatever is wrong with an answer, it never says that the money is ours.
func TestPaidIsThisOrderForThisAmountAndNothingElse(t *testing.T) {
	const ext = `"wxpay_order_content_ext":{"current_trade_state":2}`
	tests := map[string]string{
		"another order":           `{"out_trade_no":"010000520q1w2e01006128002","total_fee":12850,` + ext + `}`,
		"no order":                `{"total_fee":12850,` + ext + `}`,
		"another amount":          `{"out_trade_no":"` + testNo + `","total_fee":12849,` + ext + `}`,
		"yuan for fen":            `{"out_trade_no":"` + testNo + `","total_fee":128.50,` + ext + `}`,
		"an amount in words":      `{"out_trade_no":"` + testNo + `","total_fee":"viel",` + ext + `}`,
		"a negative amount":       `{"out_trade_no":"` + testNo + `","total_fee":-12850,` + ext + `}`,
		"an amount beyond reason": `{"out_trade_no":"` + testNo + `","total_fee":99999999999999999999,` + ext + `}`,
		"no amount":               `{"out_trade_no":"` + testNo + `",` + ext + `}`,
		"no state":                `{"out_trade_no":"` + testNo + `","total_fee":12850}`,
		"a state in words":        `{"out_trade_no":"` + testNo + `","total_fee":12850,"wxpay_order_content_ext":{"current_trade_state":"SUCCESS"}}`,
		"only the other state":    `{"out_trade_no":"` + testNo + `","total_fee":12850,"trade_state":2,"wxpay_order_content_ext":{}}`,
		"two wallets":             `{"out_trade_no":"` + testNo + `","total_fee":12850,` + ext + `,"alipay_order_content_ext":{"current_trade_state":1}}`,
		"a refund's state":        `{"out_trade_no":"` + testNo + `","total_fee":12850,"wxpay_refund_order_content_ext":{"current_trade_state":2}}`,
		"a list for the order":    `[]`,
		"nothing":                 `null`,
	}
	for name, content := range tests {
		object := `{"order_content":` + content + `}`
		for how, out := range map[string]payment.Outcome{"pay": foldPay(testOrder, said(callMicroPay, object)), "query": queried(testOrder, said(callQueryOrder, object))} {
			if out.Result != payment.Unknown || out.Detail == nil {
				t.Errorf("%s by %s: %+v", name, how, out)
			}
		}
	}
	if out := queried(testOrder, said("micro_pay", `{"order_content":{"out_trade_no":"`+testNo+`","total_fee":12850,`+ext+`}}`)); out.Result != payment.Unknown {
		t.Errorf("an answer to another question: %+v", out)
	}
}

func queried(o payment.Order, r reply) payment.Outcome {
	out, _ := foldQuery(o, r)
	return out
}

func TestAPaymentTellsWhoWhenAndWhatItWasWorth(t *testing.T) {
	r := said(callMicroPay, `{"pay_mch_key":{"pay_platform":2},"order_content":{"out_trade_no":"`+testNo+`","transaction_id":"2017080221001004620281091091","total_fee":"12850","settlement_total_fee":12000,"time_end":1501676005,
		"alipay_order_content_ext":{"current_trade_state":2,"buyer_logon_id":"159****5620","fund_bill_list":[{"fund_channel":"ALIPAYACCOUNT","amount":1}]}}}`)
	out := foldPay(testOrder, r)
	want := payment.Outcome{Result: payment.Paid, TradeNo: "2017080221001004620281091091", Payer: "159****5620",
		PaidAt: time.Unix(1501676005, 0).In(payment.Beijing), Discount: 8_50}
	if out != want {
		t.Errorf("got  %+v\nwant %+v", out, want)
	}
	for settled, discount := range map[string]payment.Amount{`12850`: 0, `0`: 0, `-1`: 0, `99999`: 0, `null`: 0, `"x"`: 0, `1`: 128_49} {
		more := `,"settlement_total_fee":` + settled
		if out := foldPay(testOrder, orderSaid(callMicroPay, "wxpay", 2, more)); out.Result != payment.Paid || out.Discount != discount {
			t.Errorf("settled %s: %s, discount %s, want %s", settled, out.Result, out.Discount, discount)
		}
	}
}

// Of a QR that waits nobody knows whether it was scanned, and so whether anybody
// is asked for a password.
func TestNobodyIsAskedForAPasswordBeforeAScan(t *testing.T) {
	for _, tt := range []struct {
		platform string
		state    int
		kind     string
		want     bool
	}{{"alipay", 4, "1", true}, {"alipay", 4, "2", false}, {"wxpay", 6, "2", false}, {"wxpay", 9, "1", true}} {
		out := queried(testOrder, orderSaid(callQueryOrder, tt.platform, tt.state, `,"trade_type":`+tt.kind))
		if out.Result != payment.Waiting || out.Password != tt.want {
			t.Errorf("%+v: %+v", tt, out)
		}
	}
}

// A payment's answer is Paid, Waiting or Failed; the rest is for the query.
func TestWhatAPaymentsAnswerMeans(t *testing.T) {
	for _, tt := range []struct {
		platform string
		state    int
		more     string
		want     payment.Result
	}{
		{"wxpay", 2, "", payment.Paid},
		{"wxpay", 9, "", payment.Waiting},
		{"wxpay", 10, "", payment.Failed},
		{"wxpay", 11, "", payment.Unknown},
		{"wxpay", 4, "", payment.Unknown},
		{"wxpay", 8, "", payment.Unknown},
		{"wxpay", 42, "", payment.Unknown},
		{"alipay", 2, "", payment.Paid},
		{"alipay", 4, "", payment.Waiting},
		{"alipay", 5, "", payment.Unknown},
		{"alipay", 7, "", payment.Unknown},
		// the platform is not through: whatever it says meanwhile is no end
		{"wxpay", 2, `,"is_transforming":true`, payment.Waiting},
		{"wxpay", 10, `,"is_transforming":"true"`, payment.Waiting},
		{"alipay", 7, `,"is_transforming":1`, payment.Waiting},
	} {
		out := foldPay(testOrder, orderSaid(callMicroPay, tt.platform, tt.state, tt.more))
		if out.Result != tt.want || (out.Result == payment.Unknown) != (out.Detail != nil) {
			t.Errorf("%s %d%s: %+v, want %s", tt.platform, tt.state, tt.more, out, tt.want)
		}
	}
}

func TestWhatTheStatusOfAnAnswerMeans(t *testing.T) {
	tests := []struct {
		status, internal int
		says             string
		pay, query       payment.Result
		reason           payment.Reason // of the payment
	}{
		{3, 0, "", payment.Unknown, payment.Unknown, ""},
		{103, 21, "系统繁忙", payment.Unknown, payment.Unknown, ""},
		{101, 6, "参数错误", payment.Failed, payment.Unknown, payment.ReasonRequest},
		{101, 7, "参数authen_code错误.", payment.Failed, payment.Unknown, payment.ReasonMerchantSetup},
		{102, 406, "单号重复", payment.Failed, payment.Unknown, payment.ReasonOrderUsed},
		{102, 0, "", payment.Failed, payment.Unknown, payment.ReasonOrderUsed},
		{104, 500, "用户余额不足", payment.Failed, payment.Unknown, payment.ReasonBalance},
		{104, 500, "支付失败 AUTHCODEEXPIRE", payment.Failed, payment.Unknown, payment.ReasonCodeInvalid},
		{104, 500, "the moon is full", payment.Failed, payment.Unknown, payment.ReasonOther},
		{104, 400, "订单不存在", payment.Failed, payment.NotFound, payment.ReasonOther},
		{101, 400, "订单不存在", payment.Failed, payment.NotFound, payment.ReasonRequest},
		// sent before: never a no, whatever it comes with
		{104, 407, "单号重复", payment.Unknown, payment.Unknown, ""},
		{102, 407, "单号重复", payment.Unknown, payment.Unknown, ""},
		{101, 407, "单号重复", payment.Unknown, payment.Unknown, ""},
		// new ones
		{1, 0, "", payment.Unknown, payment.Unknown, ""},
		{105, 0, "", payment.Unknown, payment.Unknown, ""},
		{-1, 0, "", payment.Unknown, payment.Unknown, ""},
		{3, 400, "订单不存在", payment.Unknown, payment.Unknown, ""},
		{103, 400, "订单不存在", payment.Unknown, payment.Unknown, ""},
		{0, 400, "订单不存在", payment.Unknown, payment.Unknown, ""},
	}
	for _, tt := range tests {
		r := no(tt.status, tt.internal, tt.says)
		pay := foldPay(testOrder, r)
		_, shown := foldQR(testOrder, r)
		query := queried(testOrder, r)
		if pay.Result != tt.pay || shown.Result != tt.pay || query.Result != tt.query {
			t.Errorf("%d/%d: pay %s, QR %s, query %s; want %s, %s", tt.status, tt.internal, pay.Result, shown.Result, query.Result, tt.pay, tt.query)
		}
		if pay.Reason != tt.reason {
			t.Errorf("%d/%d %s: reason %q, want %q", tt.status, tt.internal, tt.says, pay.Reason, tt.reason)
		}
		if tt.status != 0 && pay.Code != fmt.Sprintf("%d/%d", tt.status, tt.internal) {
			t.Errorf("%d/%d: code %q", tt.status, tt.internal, pay.Code)
		}
	}
}

// A refusal that tells of the order itself what is no refusal is none.
func TestARefusalThatContradictsItselfIsNone(t *testing.T) {
	for _, state := range []int{2, 9, 4} {
		r := heard(fmt.Sprintf(`{"status":104,"internal_status":500,"micro_pay":{"order_content":{"out_trade_no":"%s","wxpay_order_content_ext":{"current_trade_state":%d}}}}`, testNo, state))
		if out := foldPay(testOrder, r); out.Result != payment.Unknown {
			t.Errorf("state %d: %+v", state, out)
		}
	}
	zeros := heard(`{"status":104,"internal_status":500,"micro_pay":{"order_content":{"out_trade_no":"` + testNo + `","total_fee":0,"wxpay_order_content_ext":{"current_trade_state":10}}}}`)
	if out := foldPay(testOrder, zeros); out.Result != payment.Failed {
		t.Errorf("filled with zeros: %+v", out)
	}
}

func TestWithoutAnAuthenticationNothingIsBelieved(t *testing.T) {
	for _, status := range []int{0, 3, 101, 102, 103, 104} {
		r := no(status, 7, "参数authen_code错误.")
		r.err = errUnsigned
		pay, query := foldPay(testOrder, r), queried(testOrder, r)
		_, shown := foldQR(testOrder, r)
		if pay.Result != payment.Unknown || query.Result != payment.Unknown || shown.Result != payment.Unknown {
			t.Errorf("status %d: pay %s, query %s, QR %s", status, pay.Result, query.Result, shown.Result)
		}
		hint := payment.ReasonNone
		if status == 101 {
			hint = payment.ReasonMerchantSetup
		}
		if pay.Reason != hint || query.Reason != hint {
			t.Errorf("status %d: reasons %q and %q, want %q", status, pay.Reason, query.Reason, hint)
		}
		if refund := foldRefund(testRefund, r); refund.State != payment.RefundUnknown || refund.Found || refund.Waiting {
			t.Errorf("status %d: refund %+v", status, refund)
		}
	}
	if out := foldPay(testOrder, reply{err: errSignature}); out.Result != payment.Unknown || out.Reason != payment.ReasonWrongKeys {
		t.Errorf("another key's answer: %+v", out)
	}
}

func TestAQRIsShownWhenItCanBe(t *testing.T) {
	for content, want := range map[string]string{
		`{"code_url":"weixin:\/\/wxpay\/bizpayurl?pr=3oi3IB6"}`: "weixin://wxpay/bizpayurl?pr=3oi3IB6",
		`{"code_url":"https:\/\/qr.alipay.com\/bax0"}`:          "https://qr.alipay.com/bax0",
		`{"code_url":""}`: "", `{}`: "", `{"code_url":["x"]}`: "", `{"code_url":"a\nb"}`: "", `{"code_url":"` + strings.Repeat("x", 600) + `"}`: "",
	} {
		qr, out := foldQR(testOrder, said(callScanCodePay, content))
		if qr != want || (out.Result == payment.Waiting) != (want != "") {
			t.Errorf("%.60s: %q, %+v", content, qr, out)
		}
	}
}

var testRefund = payment.RefundRequest{Order: testOrder, RequestNo: testNo + "R001", Refund: 28_50}

// refundIs is refund_order_content in that state.
func refundIs(platform, field string, state int, more string) string {
	return fmt.Sprintf(`{"out_refund_no":"%s","out_trade_no":"%s","total_fee":12850,"refund_fee":2850,"settlement_refund_fee":2850,"is_transforming":false,"trade_state":4,"%s_refund_order_content_ext":{"%s":%d}%s}`,
		testRefund.RequestNo, testNo, platform, field, state, more)
}

func TestWhatTheStatesOfARefundMean(t *testing.T) {
	type want struct {
		state          payment.RefundState
		found, waiting bool
		reason         payment.Reason
	}
	open := want{payment.RefundUnknown, true, false, ""}
	waiting := want{payment.RefundUnknown, true, true, ""}
	tables := map[string]map[int]want{
		"wxpay": {1: waiting, 2: {payment.RefundDone, true, false, ""}, 3: {payment.RefundRefused, true, false, payment.ReasonOther}, 4: waiting,
			5: {payment.RefundRefused, true, false, payment.ReasonRefundStuck}, 6: {payment.RefundUnknown, false, false, ""}, 7: open, 0: open},
		"alipay": {1: waiting, 2: {payment.RefundDone, true, false, ""}, 3: {payment.RefundRefused, true, false, payment.ReasonOther}, 4: waiting,
			5: {payment.RefundUnknown, false, false, ""}, 6: open, 0: open},
	}
	for platform, table := range tables {
		field := map[string]string{"wxpay": "state", "alipay": "refund_status"}[platform]
		for state, want := range table {
			// one object in the answer to the refund, a list in that to the query
			one := foldRefund(testRefund, said(callRefund, `{"refund_order_content":`+refundIs(platform, field, state, "")+`}`))
			list, none := foldRefundQuery(testRefund, said(callQueryRefund, `{"refund_order_content":[`+refundIs(platform, field, state, "")+`],"order_client":[{}]}`))
			for how, out := range map[string]payment.RefundOutcome{"refund": one, "query": list} {
				if out.State != want.state || out.Found != want.found || out.Waiting != want.waiting || out.Reason != want.reason {
					t.Errorf("%s %d by %s: %+v, want %+v", platform, state, how, out, want)
				}
			}
			if none == want.found {
				t.Errorf("%s %d: none %v", platform, state, none)
			}
		}
	}
}

// The heart of it: status 0 says that the platform took the refund, and no more.
func TestAnAcceptedRefundIsNotDone(t *testing.T) {
	for name, r := range map[string]reply{
		"nothing said":         said(callRefund, `{"nonce_str":"x"}`),
		"no object at all":     heard(`{"status":0,"internal_status":0}`),
		"processing":           said(callRefund, `{"refund_order_content":`+refundIs("wxpay", "state", 4, "")+`}`),
		"the platform at work": said(callRefund, `{"refund_order_content":`+refundIs("wxpay", "state", 2, `,"is_transforming":true`)+`}`),
		"named after another":  said(callQueryRefund, `{"refund_order_content":[`+refundIs("wxpay", "state", 1, "")+`]}`),
	} {
		if out := foldRefund(testRefund, r); out.State != payment.RefundUnknown || !out.Found || !out.Waiting {
			t.Errorf("%s: %+v", name, out)
		}
	}
	other := strings.ReplaceAll(refundIs("wxpay", "state", 2, ""), testRefund.RequestNo, testNo+"R002")
	if out := foldRefund(testRefund, said(callRefund, `{"refund_order_content":`+other+`}`)); out.State != payment.RefundUnknown || out.Found {
		t.Errorf("another refund: %+v", out)
	}
	less := strings.ReplaceAll(refundIs("wxpay", "state", 2, ""), `"refund_fee":2850`, `"refund_fee":2849`)
	if out := foldRefund(testRefund, said(callRefund, `{"refund_order_content":`+less+`}`)); out.State != payment.RefundUnknown || out.Detail == nil {
		t.Errorf("another amount: %+v", out)
	}
	nobodys := strings.Replace(refundIs("wxpay", "state", 2, ""), `"out_trade_no":"`+testNo+`",`, "", 1)
	if out := foldRefund(testRefund, said(callRefund, `{"refund_order_content":`+nobodys+`}`)); out.State != payment.RefundUnknown {
		t.Errorf("of no order: %+v", out)
	}
	foreign := strings.ReplaceAll(refundIs("wxpay", "state", 2, ""), `"out_trade_no":"`+testNo, `"out_trade_no":"`+testNo+"9")
	if out := foldRefund(testRefund, said(callRefund, `{"refund_order_content":`+foreign+`}`)); out.State != payment.RefundUnknown || out.Detail == nil {
		t.Errorf("another order's: %+v", out)
	}
}

func TestARefundThatThereIsNot(t *testing.T) {
	for name, r := range map[string]reply{
		"no refund":           no(104, 426, "退款单不存在"),
		"no order":            no(104, 400, "订单不存在"),
		"an empty list":       said(callQueryRefund, `{"refund_order_content":[]}`),
		"no list":             said(callQueryRefund, `{"nonce_str":"x"}`),
		"others of the order": said(callQueryRefund, `{"refund_order_content":[`+strings.ReplaceAll(refundIs("wxpay", "state", 2, ""), testRefund.RequestNo, testNo+"R002")+`]}`),
	} {
		out, none := foldRefundQuery(testRefund, r)
		if out.State != payment.RefundUnknown || out.Found || !none || out.Reason != payment.ReasonNone {
			t.Errorf("%s: %+v, none %v", name, out, none)
		}
	}
	for name, r := range map[string]reply{
		"a refusal":      no(104, 500, "权限不足"),
		"busy":           no(103, 21, "系统繁忙"),
		"nothing":        heard(`{"status":0}`),
		"no answer":      {err: errors.New("broken")},
		"not believable": {content: no(104, 426, "").content, err: errUnsigned},
	} {
		out, none := foldRefundQuery(testRefund, r)
		if out.State != payment.RefundUnknown || out.Found || none {
			t.Errorf("%s: %+v, none %v", name, out, none)
		}
	}
}

// The time of a refund is a text in one table and a number elsewhere, and the
// reason comes back with lines of the platform's own.
func TestARefundIsReadWhateverItsOtherFieldsAre(t *testing.T) {
	for _, more := range []string{`,"gmt_refund_pay":"2026-11-21 12:00:00"`, `,"gmt_refund_pay":1566825394`, `,"gmt_refund_pay":null`,
		`,"refund_reason":"test\n\u64CD\u4F5C\u8005\uFF1A1206"`, `,"trade_type":"1"`, `,"nonce_str":{}`} {
		content := strings.Replace(refundIs("alipay", "refund_status", 2, more), `{"refund_status":2}`, `{"refund_status":2,"gmt_refund_pay":"x","fund_change":[]}`, 1)
		if out, _ := foldRefundQuery(testRefund, said(callQueryRefund, `{"refund_order_content":[`+content+`]}`)); out.State != payment.RefundDone {
			t.Errorf("%s: %+v", more, out)
		}
	}
	settled := strings.Replace(refundIs("wxpay", "state", 2, ""), `"settlement_refund_fee":2850`, `"settlement_refund_fee":2500`, 1)
	if out, _ := foldRefundQuery(testRefund, said(callQueryRefund, `{"refund_order_content":[`+settled+`]}`)); out.Discount != 3_50 {
		t.Errorf("discount %s", out.Discount)
	}
}

// Why a question is not answered says nothing of the order, unless it is about
// the settings.
func TestWhyAQuestionIsNotAnswered(t *testing.T) {
	for says, want := range map[string]payment.Reason{"用户余额不足": "", "AUTHCODEEXPIRE": "", "单号重复": "", "商户未开通该产品": payment.ReasonMerchantSetup, "x": ""} {
		if out := queried(testOrder, no(104, 500, says)); out.Result != payment.Unknown || out.Reason != want {
			t.Errorf("%s: %+v, want %q", says, out, want)
		}
	}
	for internal, want := range map[int]payment.Reason{400: payment.ReasonHoldMissing, 426: payment.ReasonHoldMissing, 500: payment.ReasonOther} {
		if out := foldCapture(testCapture, no(104, internal, "")); out.State != payment.RefundRefused || out.Reason != want {
			t.Errorf("a capture with %d: %+v, want %q", internal, out, want)
		}
	}
	for internal, want := range map[int]payment.Reason{400: payment.ReasonNoRefund, 426: payment.ReasonNoRefund, 500: payment.ReasonOther} {
		if out := foldRefund(testRefund, no(104, internal, "")); out.State != payment.RefundRefused || out.Reason != want {
			t.Errorf("a refund with %d: %+v, want %q", internal, out, want)
		}
	}
}

func TestWhyARefundIsRefused(t *testing.T) {
	for says, want := range map[string]payment.Reason{
		"退款失败：商户账户余额不足。": payment.ReasonMerchantFunds,
		"NOTENOUGH":       payment.ReasonMerchantFunds,
		"退款金额大于可退金额。":     payment.ReasonRefundTooMuch,
		"操作者没有退款权限。":      payment.ReasonMerchantSetup,
		"TRADE_OVERDUE":   payment.ReasonTooOld,
		"退款单号重复":          payment.ReasonRequest,
		"没有这样的事":          payment.ReasonOther,
		"buyer_mismatch?": payment.ReasonRequest,
	} {
		if out := foldRefund(testRefund, no(104, 500, says)); out.State != payment.RefundRefused || out.Reason != want {
			t.Errorf("%s: %+v, want %s", says, out, want)
		}
	}
	if out := foldRefund(testRefund, no(104, 407, "单号重复")); out.State != payment.RefundUnknown {
		t.Errorf("sent before: %+v", out)
	}
}

// Some pages of the documents write Internal_status, and what stands between a
// no and a payment that was made must not hang on a capital letter. A 104 that
// does not say it at all may be the duplicate, too.
func TestTheDuplicateIsFoundHoweverItIsWritten(t *testing.T) {
	for _, content := range []string{
		`{"status":104,"Internal_status":407,"description":"单号重复"}`,
		`{"status":104,"internal_status":"407"}`,
		`{"status":"104","Internal_status":"407"}`,
		`{"status":104,"description":"单号重复"}`,
		`{"status":104,"internal_status":null}`,
		`{"status":104,"internal_status":""}`,
		`{"status":104,"internal_status":[407]}`,
		`{"status":104,"internal_status":500,"Internal_status":407}`,
	} {
		r := heard(content)
		pay := foldPay(testOrder, r)
		_, shown := foldQR(testOrder, r)
		hold := foldHold(testHold, r)
		_, held := foldHoldQR(testHold, r)
		if pay.Result != payment.Unknown || shown.Result != payment.Unknown || hold.Result != payment.Unknown || held.Result != payment.Unknown {
			t.Errorf("%s: pay %s, QR %s, deposit %s, its QR %s", content, pay.Result, shown.Result, hold.Result, held.Result)
		}
		if pay.Reason != payment.ReasonNone || hold.Reason != payment.ReasonNone {
			t.Errorf("%s: it is explained with %q and %q", content, pay.Reason, hold.Reason)
		}
	}
	if out := foldPay(testOrder, heard(`{"status":104,"Internal_status":500,"description":"用户余额不足"}`)); out.Result != payment.Failed || out.Code != "104/500" {
		t.Errorf("a no: %+v", out)
	}
	if out := queried(testOrder, heard(`{"status":104,"Internal_status":400}`)); out.Result != payment.NotFound {
		t.Errorf("no such order: %+v", out)
	}
}
