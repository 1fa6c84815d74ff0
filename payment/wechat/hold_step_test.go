package wechat_test

import (
	"testing"

	"frontdesk/payment"
)

func sameStep(t *testing.T, out, want payment.StepOutcome) {
	t.Helper()
	if (out.Detail != nil) != (want.State == payment.RefundUnknown) {
		t.Errorf("detail %v", out.Detail)
	}
	if out.Detail = nil; out != want {
		t.Errorf("got  %+v\nwant %+v", out, want)
	}
}

// What the steps of a deposit can come to.
var (
	stepDone     = payment.StepOutcome{State: payment.RefundDone, Found: true}
	stepOnItsWay = payment.StepOutcome{State: payment.RefundUnknown, Found: true, Waiting: true}
	stepNone     = payment.StepOutcome{State: payment.RefundUnknown}
)

func stepRefused(reason payment.Reason, code string) payment.StepOutcome {
	return payment.StepOutcome{State: payment.RefundRefused, Reason: reason, Code: code}
}

func stepUntaken(reason payment.Reason, code string) payment.StepOutcome {
	return payment.StepOutcome{State: payment.RefundRefused, Found: true, Reason: reason, Code: code}
}

func stepOpen(reason payment.Reason, code string) payment.StepOutcome {
	return payment.StepOutcome{State: payment.RefundUnknown, Reason: reason, Code: code}
}

var (
	consumedAll  = depositState("CONSUMED", "consume_fee", "33800")
	consumedElse = depositState("CONSUMED", "consume_fee", "10000")
	settling     = depositState("SETTLING")
	stands       = depositState("SUCCESS")
	gone         = depositState("REVOKED")
	nobodyKnows  = refusesV2("ORDERNOTEXIST")
	v2trouble    = refusesV2("SYSTEMERROR")
)

func TestWhatBecomesOfACapture(t *testing.T) {
	taken := depositSays("consume_fee", "33800")
	tests := []struct {
		name    string
		consume answer
		query   answer // nil where none is asked
		want    payment.StepOutcome
	}{
		{"taken and done", taken, consumedAll, stepDone},
		{"taken, by the word that it is on its way", refusesV2("SETTLING"), consumedAll, stepDone},
		{"taken, and on its way", taken, settling, stepOnItsWay},
		{"taken, and it does not show yet", taken, stands, stepOnItsWay},
		{"taken, and nobody can be asked", taken, v2trouble, stepOnItsWay},
		{"taken, and an older capture had failed", taken, depositState("SETTLEMENTFAIL"), stepOnItsWay},
		{"taken, not said how much", depositSays(), settling, stepOnItsWay},
		{"another amount was taken", depositSays("consume_fee", "1"), nil, stepNone},
		{"another deposit's", depositSays("out_trade_no", orderNo), nil, stepNone},
		{"trouble", v2trouble, nil, stepOpen("", "SYSTEMERROR")},
		{"refused, and it stands", refusesV2("PARAM_ERROR"), stands, stepRefused(payment.ReasonRequest, "PARAM_ERROR")},
		{"refused for lack of rights", refusesV2("NOAUTH"), stands, stepRefused(payment.ReasonMerchantSetup, "NOAUTH")},
		{"refused by a word that is new", refusesV2("MOON"), stands, stepRefused(payment.ReasonOther, "MOON")},
		{"refused, and it was done before", refusesV2("INVALID_REQUEST"), consumedAll, stepDone},
		{"refused, and it is on its way", refusesV2("INVALID_REQUEST"), settling, payment.StepOutcome{State: payment.RefundUnknown, Found: true, Waiting: true, Reason: payment.ReasonRequest, Code: "INVALID_REQUEST"}},
		{"refused, and something else was captured", refusesV2("INVALID_REQUEST"), consumedElse, stepUntaken(payment.ReasonHoldClosed, "INVALID_REQUEST")},
		{"refused, and it went back", refusesV2("TRADE_STATE_ERROR"), gone, stepUntaken(payment.ReasonHoldClosed, "TRADE_STATE_ERROR")},
		{"refused, and a capture had failed", refusesV2("INVALID_REQUEST"), depositState("SETTLEMENTFAIL"), stepUntaken(payment.ReasonOther, "INVALID_REQUEST")},
		{"refused, and nobody has paid it", refusesV2("TRADE_STATE_ERROR"), bareState("USERPAYING"), stepRefused(payment.ReasonHoldNotHeld, "TRADE_STATE_ERROR")},
		{"refused, and nobody knows it", nobodyKnows, nobodyKnows, stepRefused(payment.ReasonHoldMissing, "ORDERNOTEXIST")},
		{"refused, and nobody can be asked", refusesV2("PARAM_ERROR"), v2trouble, stepOpen(payment.ReasonRequest, "PARAM_ERROR")},
		{"refused, and the query is about another", refusesV2("PARAM_ERROR"), depositState("SUCCESS", "total_fee", "1"), stepOpen(payment.ReasonRequest, "PARAM_ERROR")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls := "/deposit/consume"
			if tt.query != nil {
				calls += ", /deposit/orderquery"
			}
			g := newGateway(t, script(t, map[string][]answer{"/deposit/consume": {tt.consume}, "/deposit/orderquery": {tt.query}}))
			sameStep(t, newChannel(t, partner(g.URL)).Capture(t.Context(), captureRequest()), tt.want)
			if g.calls() != calls {
				t.Errorf("calls %s, want %s", g.calls(), calls)
			}
		})
	}
}

func TestWhatACapturesQueryMeans(t *testing.T) {
	tests := []struct {
		name  string
		query answer
		want  payment.StepOutcome
	}{
		{"done", consumedAll, stepDone},
		{"done, and given back since", depositState("REFUND", "consume_fee", "33800"), stepDone},
		{"done, not said how much", depositState("CONSUMED"), stepOnItsWay},
		{"something else was captured", consumedElse, stepUntaken(payment.ReasonHoldClosed, "CONSUMED")},
		{"on its way", settling, stepOnItsWay},
		{"it failed", depositState("SETTLEMENTFAIL"), stepUntaken(payment.ReasonOther, "SETTLEMENTFAIL")},
		{"untouched", stands, stepNone},
		{"captured, nobody says how far", depositState("SUCCESS", "consume_fee", "33800"), stepOnItsWay},
		{"reversed", gone, stepUntaken(payment.ReasonHoldClosed, "REVOKED")},
		{"given back after a month", depositState("REFUND"), stepUntaken(payment.ReasonHoldClosed, "REFUND")},
		{"the payment broke off", bareState("PAYERROR"), stepOpen(payment.ReasonHoldNotHeld, "")},
		{"the payer types", bareState("USERPAYING"), stepOpen(payment.ReasonHoldNotHeld, "")},
		{"nobody knows it", nobodyKnows, stepOpen(payment.ReasonHoldMissing, "ORDERNOTEXIST")},
		{"a state that is new", depositState("MOON"), stepNone},
		{"another deposit", depositState("CONSUMED", "consume_fee", "33800", "out_trade_no", orderNo), stepNone},
		{"trouble", v2trouble, stepOpen("", "SYSTEMERROR")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, tt.query)
			sameStep(t, newChannel(t, partner(g.URL)).QueryCapture(t.Context(), captureRequest()), tt.want)
		})
	}
}

func TestWhatBecomesOfARelease(t *testing.T) {
	ends := saysV2("recall", "N")
	never := refusesV2("TRADE_STATE_ERROR", "recall", "N")
	tests := []struct {
		name           string
		reverse, query answer
		want           payment.StepOutcome
	}{
		{"done", ends, gone, stepDone},
		{"done, and called refunded", ends, depositState("REFUND"), stepDone},
		{"again, please", refusesV2("SYSTEMERROR", "recall", "Y"), stands, stepOpen("", "SYSTEMERROR")},
		{"a no that wants to be asked again", refusesV2("TRADE_STATE_ERROR", "recall", "Y"), stands, stepOpen(payment.ReasonHoldClosed, "TRADE_STATE_ERROR")},
		{"taken, and it does not show yet", ends, stands, stepNone},
		{"no answer, and done", brokenOff, gone, stepDone},
		{"no answer, and not done", brokenOff, stands, stepNone},
		{"refused, and done before", never, gone, stepDone},
		{"refused, and it stands", never, stands, stepRefused(payment.ReasonHoldClosed, "TRADE_STATE_ERROR")},
		{"refused, and it is captured", never, consumedAll, stepRefused(payment.ReasonHoldClosed, "CONSUMED")},
		{"refused, and a capture is on its way", never, settling, stepRefused(payment.ReasonHoldClosed, "SETTLING")},
		{"refused, and nobody knows it", refusesV2("ORDERNOTEXIST", "recall", "N"), nobodyKnows, stepRefused(payment.ReasonHoldMissing, "ORDERNOTEXIST")},
		{"a yes to what nobody knows", ends, nobodyKnows, stepNone},
		{"refused, and nobody can be asked", never, v2trouble, stepOpen(payment.ReasonHoldClosed, "TRADE_STATE_ERROR")},
		{"a yes, and it was captured and given back", ends, depositState("REFUND", "consume_fee", "100"), stepNone},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, script(t, map[string][]answer{"/deposit/reverse": {tt.reverse}, "/deposit/orderquery": {tt.query}}))
			sameStep(t, newChannel(t, partner(g.URL)).Release(t.Context(), releaseRequest()), tt.want)
			if got := g.calls(); got != "/deposit/reverse, /deposit/orderquery" {
				t.Errorf("calls %s", got)
			}
		})
	}
}

// A release that is asked about is never refused.
func TestWhatAReleasesQueryMeans(t *testing.T) {
	for name, tt := range map[string]struct {
		query answer
		want  payment.StepOutcome
	}{
		"done":            {gone, stepDone},
		"untouched":       {stands, stepNone},
		"captured":        {consumedAll, stepNone},
		"nobody knows it": {nobodyKnows, stepOpen(payment.ReasonHoldMissing, "ORDERNOTEXIST")},
		"trouble":         {v2trouble, stepOpen("", "SYSTEMERROR")},
		"another":         {depositState("REVOKED", "transaction_id", "4299"), stepNone},
	} {
		g := newGateway(t, tt.query)
		t.Run(name, func(t *testing.T) {
			sameStep(t, newChannel(t, partner(g.URL)).QueryRelease(t.Context(), releaseRequest()), tt.want)
		})
	}
}

func TestWhatBecomesOfARefundOfACapture(t *testing.T) {
	no := captureRefund().RequestNo
	taken := depositSays("out_refund_no", no, "refund_id", "503", "refund_fee", "3800")
	status := func(status string, pairs ...string) answer {
		return depositSays(append([]string{"refund_count", "1", "out_refund_no_0", no, "refund_fee_0", "3800", "refund_status_0", status}, pairs...)...)
	}
	none := refusesV2("REFUNDNOTEXIST")
	open := payment.RefundOutcome{State: payment.RefundUnknown}
	way := payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true}
	back := payment.RefundOutcome{State: payment.RefundDone, Found: true}
	givenUp := payment.RefundOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonNoRefund, Code: "REFUND_CLOSED"}

	asked := []struct {
		name  string
		query answer
		want  payment.RefundOutcome
	}{
		{"done", status("SUCCESS"), back},
		{"done, all of it settled", status("SUCCESS", "settlement_refund_fee_0", "3800"), back},
		{"done, without a number in its names", depositSays("out_refund_no", no, "refund_fee", "3800", "refund_status", "SUCCESS"), back},
		{"done, the second of two", depositSays("refund_count", "2", "out_refund_no_0", "R9", "refund_fee_0", "1", "refund_status_0", "REFUNDCLOSE",
			"out_refund_no_1", no, "refund_fee_1", "3800", "refund_status_1", "SUCCESS"), back},
		{"on its way", status("PROCESSING"), way},
		{"given up", status("REFUNDCLOSE"), givenUp},
		{"cannot arrive", status("CHANGE"), payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true, Reason: payment.ReasonRefundStuck, Code: "REFUND_ABNORMAL"}},
		{"another amount", status("SUCCESS", "refund_fee_0", "3801"), payment.RefundOutcome{State: payment.RefundUnknown, Found: true}},
		{"another refund", depositSays("out_refund_no_0", "R9", "refund_fee_0", "3800", "refund_status_0", "SUCCESS"), open},
		{"another deposit", status("SUCCESS", "out_trade_no", orderNo), open},
		{"none", none, payment.RefundOutcome{State: payment.RefundUnknown, Code: "REFUNDNOTEXIST"}},
		{"trouble", v2trouble, payment.RefundOutcome{State: payment.RefundUnknown, Code: "SYSTEMERROR"}},
	}
	for _, tt := range asked {
		t.Run("asked: "+tt.name, func(t *testing.T) {
			g := newGateway(t, tt.query)
			sameRefund(t, newChannel(t, partner(g.URL)).QueryCaptureRefund(t.Context(), captureRefund()), tt.want)
		})
	}

	sent := []struct {
		name   string
		refund answer
		query  answer // nil where none is asked
		want   payment.RefundOutcome
	}{
		{"taken and done", taken, status("SUCCESS"), back},
		{"taken, and on its way", taken, status("PROCESSING"), way},
		{"taken, and given up", taken, status("REFUNDCLOSE"), givenUp},
		{"taken, and it cannot arrive", taken, status("CHANGE"), payment.RefundOutcome{State: payment.RefundUnknown, Found: true, Waiting: true, Reason: payment.ReasonRefundStuck, Code: "REFUND_ABNORMAL"}},
		{"taken, and it does not show yet", taken, none, way},
		{"taken, and nobody can be asked", taken, v2trouble, way},
		{"taken, which one is not said", depositSays(), nil, open},
		{"trouble", v2trouble, nil, payment.RefundOutcome{State: payment.RefundUnknown, Code: "SYSTEMERROR"}},
		{"the same again", refusesV2("BIZERR_NEED_RETRY"), nil, payment.RefundOutcome{State: payment.RefundUnknown, Code: "BIZERR_NEED_RETRY"}},
		{"no money", refusesV2("NOTENOUGH"), none, payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonMerchantFunds, Code: "NOTENOUGH"}},
		{"too old", refusesV2("TRADE_OVERDUE"), none, payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonTooOld, Code: "TRADE_OVERDUE"}},
		{"refused, and done before", refusesV2("ERROR"), status("SUCCESS"), back},
		{"refused, and nobody can be asked", refusesV2("NOTENOUGH"), v2trouble, payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonMerchantFunds, Code: "NOTENOUGH"}},
	}
	for _, tt := range sent {
		t.Run("sent: "+tt.name, func(t *testing.T) {
			calls := "/deposit/refund"
			if tt.query != nil {
				calls += ", /deposit/refundquery"
			}
			g := newGateway(t, script(t, map[string][]answer{"/deposit/refund": {tt.refund}, "/deposit/refundquery": {tt.query}}))
			sameRefund(t, newChannel(t, partner(g.URL)).RefundCapture(t.Context(), captureRefund()), tt.want)
			if g.calls() != calls {
				t.Errorf("calls %s, want %s", g.calls(), calls)
			}
		})
	}
}
