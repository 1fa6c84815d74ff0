package alipay_test

import (
	"fmt"
	"io"
	"net/http"
	"testing"

	"frontdesk/payment"
)

// stepTest is one signed answer about a capture or a release, what the query
// answers where it is asked in the same call, and what both mean.
type stepTest struct {
	name    string
	node    string
	query   string // empty where the query must not be asked
	state   payment.StepState
	found   bool
	waiting bool
	reason  payment.Reason
	code    string
}

func compareStep(t *testing.T, tt stepTest, out payment.StepOutcome) {
	t.Helper()
	if out.State != tt.state || out.Found != tt.found || out.Waiting != tt.waiting || out.Reason != tt.reason || out.Code != tt.code {
		t.Errorf("%s\nthen %s\ngot  %+v\nwant %+v", tt.node, tt.query, out, tt)
	}
	if out.State == payment.RefundUnknown && out.Detail == nil || out.State.Final() && out.Detail != nil {
		t.Errorf("%s with the detail %v", out.State, out.Detail)
	}
}

// traded is an answer of the trade query about the capture.
func traded(status, more string) string {
	return `{"code":"10000","msg":"Success",` + answered + `,"trade_status":"` + status + `"` + more + `}`
}

var (
	tradePaid    = traded("TRADE_SUCCESS", `,"send_pay_date":"2026-11-21 14:33:26"`)
	tradeWaiting = traded("WAIT_BUYER_PAY", "")
	tradeClosed  = traded("TRADE_CLOSED", `,"receipt_amount":"0.00"`)
	tradeGone    = traded("TRADE_CLOSED", `,"send_pay_date":"2026-11-21 14:33:26"`)
	noTrade      = refusal("40004", "ACQ.TRADE_NOT_EXIST")
)

func TestWhatAnAnswerToACaptureMeans(t *testing.T) {
	const yes = `{"code":"10000","msg":"Success",` + answered + `,"gmt_payment":"2026-11-21 14:33:26"`
	no := func(sub string) string { return refusal("40004", "ACQ."+sub) }
	tests := []stepTest{
		{"taken", yes + `}`, "", payment.RefundDone, true, false, "", ""},
		{"taken at once, of a credit", yes + `,"auth_trade_pay_mode":"CREDIT_PREAUTH_PAY","async_payment_mode":"SYNC_DIRECT_PAY"}`, "", payment.RefundDone, true, false, "", ""},
		{"to be fetched later", yes + `,"auth_trade_pay_mode":"CREDIT_PREAUTH_PAY","async_payment_mode":"ASYNC_DELAY_PAY"}`, "", payment.RefundUnknown, true, true, "", ""},
		{"in progress", `{"code":"10003",` + answered + `}`, "", payment.RefundUnknown, true, true, "", ""},
		{"taken, no amount", `{"code":"10000","out_trade_no":"` + orderNo + `"}`, "", payment.RefundUnknown, false, false, "", ""},
		{"taken, no order", `{"code":"10000","total_amount":"128.50"}`, "", payment.RefundUnknown, false, false, "", ""},
		{"taken, another order", `{"code":"10000","out_trade_no":"FD01261121143326006128002","total_amount":"128.50"}`, "", payment.RefundUnknown, false, false, "", ""},
		{"taken, another amount", `{"code":"10000","out_trade_no":"` + orderNo + `","total_amount":"12.85"}`, "", payment.RefundUnknown, false, false, "", ""},
		{"system error", no("SYSTEM_ERROR"), "", payment.RefundUnknown, false, false, "", "ACQ.SYSTEM_ERROR"},
		{"unavailable", unavailable, "", payment.RefundUnknown, false, false, "", "isp.unknow-error"},

		{"too little is left", no("AUTH_AMOUNT_NOT_ENOUGH"), noTrade, payment.RefundRefused, false, false, payment.ReasonHoldTooMuch, "ACQ.AUTH_AMOUNT_NOT_ENOUGH"},
		{"given back already", no("AUTH_ORDER_HAS_CLOSED"), noTrade, payment.RefundRefused, false, false, payment.ReasonHoldClosed, "ACQ.AUTH_ORDER_HAS_CLOSED"},
		{"never confirmed", no("AUTH_ORDER_NOT_PAID"), noTrade, payment.RefundRefused, false, false, payment.ReasonHoldNotHeld, "ACQ.AUTH_ORDER_NOT_PAID"},
		{"not known", no("AUTH_NO_ERROR"), noTrade, payment.RefundRefused, false, false, payment.ReasonHoldMissing, "ACQ.AUTH_NO_ERROR"},
		{"another product", no("PRE_AUTH_PROD_CODE_INCONSISTENT"), noTrade, payment.RefundRefused, false, false, payment.ReasonMerchantSetup, "ACQ.PRE_AUTH_PROD_CODE_INCONSISTENT"},
		{"turned away", refusal("40006", "isv.insufficient-isv-permissions"), noTrade, payment.RefundRefused, false, false, payment.ReasonMerchantSetup, "isv.insufficient-isv-permissions"},
		{"its trade is closed", no("TRADE_HAS_CLOSE"), tradeClosed, payment.RefundRefused, false, false, payment.ReasonOrderClosed, "ACQ.TRADE_HAS_CLOSE"},

		// Refused, because this very capture was carried out before.
		{"taken already", no("TRADE_HAS_SUCCESS"), tradePaid, payment.RefundDone, true, false, "", ""},
		{"finished, by this very capture", no("AUTH_ORDER_HAS_FINISHED"), tradePaid, payment.RefundDone, true, false, "", ""},
		{"too little is left, after this very capture", no("AUTH_AMOUNT_NOT_ENOUGH"), tradePaid, payment.RefundDone, true, false, "", ""},
		{"taken, and refunded since", no("TRADE_HAS_CLOSE"), tradeGone, payment.RefundDone, true, false, "", ""},
		{"turned away, after it was taken", refusal("40005", "isv.app-call-limited"), tradePaid, payment.RefundDone, true, false, "", ""},

		// Refused, and what was before remains open.
		{"refused while it is carried out", no("AUTH_AMOUNT_NOT_ENOUGH"), tradeWaiting, payment.RefundUnknown, true, true, payment.ReasonHoldTooMuch, "ACQ.AUTH_AMOUNT_NOT_ENOUGH"},
		{"refused, and the query fails", no("AUTH_ORDER_HAS_FINISHED"), unavailable, payment.RefundUnknown, false, false, payment.ReasonHoldClosed, "ACQ.AUTH_ORDER_HAS_FINISHED"},
		{"refused, and the query is turned away", no("AUTH_ORDER_HAS_FINISHED"), refusal("40005", "isv.app-call-limited"), payment.RefundUnknown, false, false, payment.ReasonHoldClosed, "ACQ.AUTH_ORDER_HAS_FINISHED"},
		{"refused, and the query itself is refused", no("AUTH_ORDER_HAS_FINISHED"), no("INVALID_PARAMETER"), payment.RefundUnknown, false, false, payment.ReasonHoldClosed, "ACQ.AUTH_ORDER_HAS_FINISHED"},
		{"taken already, and there is no such trade", no("TRADE_HAS_SUCCESS"), noTrade, payment.RefundUnknown, false, false, payment.ReasonOrderUsed, "ACQ.TRADE_HAS_SUCCESS"},
		{"taken already, and its trade is closed", no("TRADE_HAS_SUCCESS"), tradeClosed, payment.RefundUnknown, true, false, payment.ReasonOrderUsed, "ACQ.TRADE_HAS_SUCCESS"},
		{"refused, and the trade has another amount", no("CONTEXT_INCONSISTENT"), `{"code":"10000","out_trade_no":"` + orderNo + `","total_amount":"1.00","trade_status":"TRADE_SUCCESS"}`, payment.RefundUnknown, false, false, payment.ReasonOrderUsed, "ACQ.CONTEXT_INCONSISTENT"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			nodes := map[string][]string{methodTradePay: {tt.node}}
			if tt.query != "" {
				nodes[methodTradeFind] = []string{tt.query}
			}
			g := script(t, nodes)
			out := newChannel(t, config(g.URL)).Capture(t.Context(), captureRequest())
			compareStep(t, tt, out)
			if out.State == payment.RefundDone && out.TradeNo != "2026112122001400000000000001" {
				t.Errorf("the trade is %q", out.TradeNo)
			}
			if got := len(g.sent()); (got == 2) != (tt.query != "") {
				t.Errorf("asked %q", g.methods())
			}
		})
	}
}

func TestWhatAnAnswerToACaptureQueryMeans(t *testing.T) {
	tests := []stepTest{
		{"taken", tradePaid, "", payment.RefundDone, true, false, "", ""},
		{"taken long ago", traded("TRADE_FINISHED", ""), "", payment.RefundDone, true, false, "", ""},
		{"taken, and refunded in full", tradeGone, "", payment.RefundDone, true, false, "", ""},
		{"refunded in full, no amount", `{"code":"10000","out_trade_no":"` + orderNo + `","trade_status":"TRADE_CLOSED","receipt_amount":"128.50"}`, "", payment.RefundUnknown, true, false, "", ""},
		{"not carried out yet", tradeWaiting, "", payment.RefundUnknown, true, true, "", ""},
		{"closed, never taken", tradeClosed, "", payment.RefundRefused, true, false, payment.ReasonOrderClosed, ""},
		{"no such trade", noTrade, "", payment.RefundUnknown, false, false, "", "ACQ.TRADE_NOT_EXIST"},
		{"another order", `{"code":"10000","out_trade_no":"FD01261121143326006128002","total_amount":"128.50","trade_status":"TRADE_SUCCESS"}`, "", payment.RefundUnknown, false, false, "", ""},
		{"another amount", `{"code":"10000","out_trade_no":"` + orderNo + `","total_amount":"1.00","trade_status":"TRADE_SUCCESS"}`, "", payment.RefundUnknown, false, false, "", ""},
		{"a status of the future", traded("TRADE_SLEEPING", ""), "", payment.RefundUnknown, false, false, "", ""},
		{"system error", refusal("40004", "ACQ.SYSTEM_ERROR"), "", payment.RefundUnknown, false, false, "", "ACQ.SYSTEM_ERROR"},
		{"turned away", refusal("40006", "isv.insufficient-isv-permissions"), "", payment.RefundUnknown, false, false, payment.ReasonMerchantSetup, "isv.insufficient-isv-permissions"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			compareStep(t, tt, newChannel(t, config(answers(t, tt.node).URL)).QueryCapture(t.Context(), captureRequest()))
		})
	}
}

// releasedAnswer is an answer about the release; as the query's it has a type.
func releasedAnswer(status, amount, more string) string {
	return `{"code":"10000","msg":"Success",` + releasedIDs + `,"amount":"` + amount + `","status":"` + status + `"` + more + `}`
}

var releaseDone = releasedAnswer("SUCCESS", "371.50", `,"operation_type":"UNFREEZE","order_status":"CLOSED"`)

// releaseStates mean the same in the answer to a release and to its query.
var releaseStates = []stepTest{
	{"done", releasedAnswer("SUCCESS", "371.50", ""), "", payment.RefundDone, true, false, "", ""},
	{"done, amount as a number", `{"code":"10000",` + releasedIDs + `,"amount":371.5,"status":"SUCCESS"}`, "", payment.RefundDone, true, false, "", ""},
	{"done, without Alipay's number", `{"code":"10000","out_order_no":"` + depositNo + `","out_request_no":"` + releaseNo + `","amount":"371.50","status":"SUCCESS"}`, "", payment.RefundDone, true, false, "", ""},
	{"done, without the deposit's number", `{"code":"10000","auth_no":"` + authNo + `","out_request_no":"` + releaseNo + `","amount":"371.50","status":"SUCCESS"}`, "", payment.RefundDone, true, false, "", ""},
	{"done, for no deposit", `{"code":"10000","out_request_no":"` + releaseNo + `","amount":"371.50","status":"SUCCESS"}`, "", payment.RefundUnknown, false, false, "", ""},
	{"done, for no request", `{"code":"10000","auth_no":"` + authNo + `","out_order_no":"` + depositNo + `","amount":"371.50","status":"SUCCESS"}`, "", payment.RefundUnknown, false, false, "", ""},
	{"done, another amount", releasedAnswer("SUCCESS", "37.15", ""), "", payment.RefundUnknown, true, false, "", ""},
	{"done, no amount", `{"code":"10000",` + releasedIDs + `,"status":"SUCCESS"}`, "", payment.RefundUnknown, true, false, "", ""},
	{"done, another release", `{"code":"10000","out_order_no":"` + depositNo + `","out_request_no":"` + depositNo + `R002","amount":"371.50","status":"SUCCESS"}`, "", payment.RefundUnknown, false, false, "", ""},
	{"done, another deposit", `{"code":"10000","out_order_no":"FD01261118221543006100002","out_request_no":"` + releaseNo + `","amount":"371.50","status":"SUCCESS"}`, "", payment.RefundUnknown, false, false, "", ""},
	{"done, another deposit of Alipay's", `{"code":"10000","auth_no":"2026111810002001650500000002","out_request_no":"` + releaseNo + `","amount":"371.50","status":"SUCCESS"}`, "", payment.RefundUnknown, false, false, "", ""},
	{"not yet", releasedAnswer("INIT", "371.50", ""), "", payment.RefundUnknown, true, true, "", ""},
	{"closed", releasedAnswer("CLOSED", "371.50", ""), "", payment.RefundUnknown, true, false, "", ""},
	{"no status", releasedAnswer("", "371.50", ""), "", payment.RefundUnknown, true, false, "", ""},
	{"in progress", `{"code":"10003",` + releasedIDs + `,"amount":"371.50","status":"SUCCESS"}`, "", payment.RefundUnknown, false, false, "", ""},
	{"system error", fundRefusal("40004", "SYSTEM_ERROR"), "", payment.RefundUnknown, false, false, "", "SYSTEM_ERROR"},
	{"unavailable", unavailable, "", payment.RefundUnknown, false, false, "", "isp.unknow-error"},
}

func TestWhatAnAnswerToAReleaseMeans(t *testing.T) {
	no := func(sub string) string { return fundRefusal("40004", sub) }
	tests := append([]stepTest{
		{"more than is left", no("REQUEST_AMOUNT_EXCEED"), noOperation, payment.RefundRefused, false, false, payment.ReasonHoldTooMuch, "REQUEST_AMOUNT_EXCEED"},
		{"nothing is left", no("ORDER_ALREADY_FINISH"), noOperation, payment.RefundRefused, false, false, payment.ReasonHoldClosed, "ORDER_ALREADY_FINISH"},
		{"not held", no("ILLEGAL_STATUS"), noOperation, payment.RefundRefused, false, false, payment.ReasonHoldNotHeld, "ILLEGAL_STATUS"},
		{"no such deposit", noDeposit, noDeposit, payment.RefundRefused, false, false, payment.ReasonHoldMissing, "AUTH_ORDER_NOT_EXIST"},
		{"turned away", refusal("40005", "isv.app-call-limited"), noOperation, payment.RefundRefused, false, false, payment.ReasonBusy, "isv.app-call-limited"},
		{"used for something else", no("BIZ_ERROR"), noOperation, payment.RefundRefused, false, false, payment.ReasonOther, "BIZ_ERROR"},

		// Refused, because this very release was carried out before.
		{"closed, by this very release", no("ORDER_ALREADY_CLOSED"), releaseDone, payment.RefundDone, true, false, "", ""},
		{"finished, by this very release", no("ORDER_ALREADY_FINISH"), releaseDone, payment.RefundDone, true, false, "", ""},
		{"more than is left, after this very release", no("REQUEST_AMOUNT_EXCEED"), releaseDone, payment.RefundDone, true, false, "", ""},
		{"its number is used, by itself", no("UNIQUE_VIOLATION"), releaseDone, payment.RefundDone, true, false, "", ""},

		// Refused, and what was before remains open.
		{"its number is used, for another amount", no("UNIQUE_VIOLATION"), releasedAnswer("SUCCESS", "1.00", `,"operation_type":"UNFREEZE"`), payment.RefundUnknown, true, false, payment.ReasonRequest, "UNIQUE_VIOLATION"},
		{"its number is used, and there is nothing", no("UNIQUE_VIOLATION"), noOperation, payment.RefundUnknown, false, false, payment.ReasonRequest, "UNIQUE_VIOLATION"},
		{"closed, and the query fails", no("ORDER_ALREADY_CLOSED"), unavailable, payment.RefundUnknown, false, false, payment.ReasonHoldClosed, "ORDER_ALREADY_CLOSED"},
		{"closed, and the query is turned away", no("ORDER_ALREADY_CLOSED"), refusal("40005", "isv.app-call-limited"), payment.RefundUnknown, false, false, payment.ReasonHoldClosed, "ORDER_ALREADY_CLOSED"},
		{"closed, and the query itself is refused", no("ORDER_ALREADY_CLOSED"), no("ACCESS_FORBIDDEN"), payment.RefundUnknown, false, false, payment.ReasonHoldClosed, "ORDER_ALREADY_CLOSED"},
		{"closed, and the query tells of the hold", no("ORDER_ALREADY_CLOSED"), detailReleased, payment.RefundUnknown, false, false, payment.ReasonHoldClosed, "ORDER_ALREADY_CLOSED"},
		{"refused while it is carried out", no("REQUEST_AMOUNT_EXCEED"), releasedAnswer("INIT", "371.50", ""), payment.RefundUnknown, true, true, payment.ReasonHoldTooMuch, "REQUEST_AMOUNT_EXCEED"},
	}, releaseStates...)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			nodes := map[string][]string{methodUnfreeze: {tt.node}}
			if tt.query != "" {
				nodes[methodDetail] = []string{tt.query}
			}
			g := script(t, nodes)
			compareStep(t, tt, newChannel(t, config(g.URL)).Release(t.Context(), releaseRequest()))
			if got := len(g.sent()); (got == 2) != (tt.query != "") {
				t.Errorf("asked %q", g.methods())
			}
		})
	}
}

func TestWhatAnAnswerToAReleaseQueryMeans(t *testing.T) {
	tests := append([]stepTest{
		{"done, as the query says it", releaseDone, "", payment.RefundDone, true, false, "", ""},
		{"another kind of operation", releasedAnswer("SUCCESS", "371.50", `,"operation_type":"FREEZE"`), "", payment.RefundUnknown, false, false, "", ""},
		{"a capture with this number", releasedAnswer("SUCCESS", "371.50", `,"operation_type":"PAY"`), "", payment.RefundUnknown, false, false, "", ""},
		{"no such release", noOperation, "", payment.RefundUnknown, false, false, "", "AUTH_OPERATION_NOT_EXIST"},
		{"no such deposit", noDeposit, "", payment.RefundUnknown, false, false, "", "AUTH_ORDER_NOT_EXIST"},
		{"any other no is about the question", fundRefusal("40004", "ACCESS_FORBIDDEN"), "", payment.RefundUnknown, false, false, payment.ReasonMerchantSetup, "ACCESS_FORBIDDEN"},
		{"turned away", refusal("40006", "isv.insufficient-isv-permissions"), "", payment.RefundUnknown, false, false, payment.ReasonMerchantSetup, "isv.insufficient-isv-permissions"},
	}, releaseStates...)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			compareStep(t, tt, newChannel(t, config(answers(t, tt.node).URL)).QueryRelease(t.Context(), releaseRequest()))
		})
	}
}

// A refusal that nobody signed is no refusal, so nothing more is asked either.
func TestAnUnsignedRefusalLeavesAStepOpen(t *testing.T) {
	g := newGateway(t, unsigned(fundRefusal("40004", "ORDER_ALREADY_CLOSED")))
	channel := newChannel(t, config(g.URL))
	capture, release := channel.Capture(t.Context(), captureRequest()), channel.Release(t.Context(), releaseRequest())
	hold, cancel := channel.Hold(t.Context(), holdRequest()), channel.CancelHold(t.Context(), theHold)
	for how, out := range map[string]payment.StepOutcome{"capture": capture, "release": release} {
		if out.State != payment.RefundUnknown || out.Reason != payment.ReasonNone {
			t.Errorf("%s: %+v", how, out)
		}
	}
	for how, out := range map[string]payment.HoldOutcome{"hold": hold, "cancel": cancel} {
		if out.Result != payment.Unknown || out.Reason != payment.ReasonNone {
			t.Errorf("%s: %+v", how, out)
		}
	}
	if got := g.methods(); len(got) != 4 {
		t.Errorf("asked %q", got)
	}
}

// A wrong key is the manager's case here as well.
func TestAWrongSignatureOnADepositIsTold(t *testing.T) {
	g := newGateway(t, func(w http.ResponseWriter, r request) {
		io.WriteString(w, envelope(r.Method, yes(r), keys().stranger, yes(r)))
	})
	channel := newChannel(t, config(g.URL))
	if out := channel.Hold(t.Context(), holdRequest()); out.Result != payment.Unknown || out.Reason != payment.ReasonWrongKeys {
		t.Errorf("%+v", out)
	}
	if out := channel.Release(t.Context(), releaseRequest()); out.State != payment.RefundUnknown || out.Reason != payment.ReasonWrongKeys {
		t.Errorf("%+v", out)
	}
}

// The reply to a step gets lost after it was carried out: the repeat is refused
// for what the first did, and comes out as done.
func TestARepeatedStepComesOutAsDone(t *testing.T) {
	carriedOut := map[string]bool{}
	g := newGateway(t, func(w http.ResponseWriter, r request) {
		node := map[string]string{
			methodTradePay: refusal("40004", "ACQ.AUTH_ORDER_HAS_FINISHED"), methodTradeFind: tradePaid,
			methodUnfreeze: fundRefusal("40004", "ORDER_ALREADY_CLOSED"), methodDetail: releaseDone,
		}[r.Method]
		query := r.Method == methodTradeFind || r.Method == methodDetail
		if !query && !carriedOut[r.Method] {
			carriedOut[r.Method] = true
			panic(http.ErrAbortHandler)
		}
		fmt.Fprint(w, envelope(r.Method, node, keys().alipay, node))
	})
	channel := newChannel(t, config(g.URL))
	for _, want := range []payment.StepState{payment.RefundUnknown, payment.RefundDone, payment.RefundDone} {
		if out := channel.Capture(t.Context(), captureRequest()); out.State != want {
			t.Errorf("capture: %+v, want %s", out, want)
		}
		if out := channel.Release(t.Context(), releaseRequest()); out.State != want {
			t.Errorf("release: %+v, want %s", out, want)
		}
	}
}
