package wechat_test

import (
	"strings"
	"testing"

	"frontdesk/payment"
)

func TestWhatADepositsAnswerMeans(t *testing.T) {
	tests := []struct {
		name   string
		answer answer
		want   payment.Result
		reason payment.Reason
		code   string
	}{
		{"paid", depositSays(), payment.Held, "", ""},
		{"paid, by another name of the payer", depositSays("sub_openid", "oSub"), payment.Held, "", ""},
		{"the payer types", refusesV2("USERPAYING"), payment.Waiting, "", "USERPAYING"},
		{"no number of WeChat's", depositSays("transaction_id", ""), payment.Unknown, "", ""},
		{"no amount", depositSays("total_fee", ""), payment.Unknown, "", ""},
		{"another amount", depositSays("total_fee", "49999"), payment.Unknown, "", ""},
		{"an amount in yuan", depositSays("total_fee", "500.00"), payment.Unknown, "", ""},
		{"no deposit", depositSays("out_trade_no", ""), payment.Unknown, "", ""},
		{"another deposit", depositSays("out_trade_no", orderNo), payment.Unknown, "", ""},
		{"another merchant", depositSays("mch_id", "1900000999"), payment.Unknown, "", ""},
		{"another sub-merchant", depositSays("sub_mch_id", "1900000999"), payment.Unknown, "", ""},
		{"neither yes nor no", depositSays("result_code", ""), payment.Unknown, "", ""},
		{"too little money", refusesV2("NOTENOUGH"), payment.Failed, payment.ReasonBalance, "NOTENOUGH"},
		{"the code has expired", refusesV2("AUTHCODEEXPIRE"), payment.Failed, payment.ReasonCodeInvalid, "AUTHCODEEXPIRE"},
		{"no right", refusesV2("NOAUTH"), payment.Failed, payment.ReasonMerchantSetup, "NOAUTH"},
		{"number used", refusesV2("OUT_TRADE_NO_USED"), payment.Failed, payment.ReasonOrderUsed, "OUT_TRADE_NO_USED"},
		{"paid before", refusesV2("ORDERPAID"), payment.Unknown, "", "ORDERPAID"},
		{"trouble", refusesV2("SYSTEMERROR"), payment.Unknown, "", "SYSTEMERROR"},
		{"trouble at the bank", refusesV2("BANKERROR"), payment.Unknown, "", "BANKERROR"},
		{"a code that is new", refusesV2("MOON_IS_FULL"), payment.Unknown, "", "MOON_IS_FULL"},
		{"a refusal without a code", saysV2("result_code", "FAIL"), payment.Unknown, "", ""},
		{"a form that is refused, signed", saysV2("return_code", "FAIL", "return_msg", "no"), payment.Unknown, "", "FAIL"},
		{"a wrong key, not signed", unsigned(200, `<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>`), payment.Unknown, payment.ReasonMerchantSetup, "SIGNERROR"},
		{"a form that is refused, not signed", unsigned(200, `<xml><return_code>FAIL</return_code><return_msg>XML格式错误</return_msg></xml>`), payment.Unknown, "", "FAIL"},
		{"a refusal that is not signed", unsigned(200, `<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>NOTENOUGH</err_code></xml>`), payment.Unknown, "", "NOTENOUGH"},
		{"a yes that is not signed", unsigned(200, `<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code></xml>`), payment.Unknown, payment.ReasonWrongKeys, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, tt.answer)
			out := newChannel(t, partner(g.URL)).Hold(t.Context(), holdRequest())
			if out.Result != tt.want || out.Reason != tt.reason || out.Code != tt.code || (out.Detail != nil) != (tt.want == payment.Unknown) {
				t.Errorf("got %+v", out)
			}
			if held := out.Result == payment.Held; held != (out.AuthNo == transactionID) || held != (out.PayerID != "") || held != out.HeldAt.Equal(whenPaid) {
				t.Errorf("got %+v", out)
			}
			g.only()
		})
	}
}

func TestWhatADepositsQueryMeans(t *testing.T) {
	known := func(result payment.Result, rest, captured payment.Amount) payment.HoldOutcome {
		return payment.HoldOutcome{Result: result, Known: true, Rest: rest, Captured: captured}
	}
	only := func(result payment.Result) payment.HoldOutcome { return payment.HoldOutcome{Result: result} }
	tests := []struct {
		name   string
		answer answer
		fresh  bool // nobody knew WeChat's number of it yet
		want   payment.HoldOutcome
	}{
		{"stands", depositState("SUCCESS"), false, known(payment.Held, deposit, 0)},
		{"stands, and nothing was captured", depositState("SUCCESS", "consume_fee", "0"), false, known(payment.Held, deposit, 0)},
		{"stands, and something was captured", depositState("SUCCESS", "consume_fee", "100"), false, only(payment.Held)},
		{"stands, and has no number", bareState("SUCCESS"), false, only(payment.Unknown)},
		{"a capture is on its way", depositState("SETTLING", "consume_fee", "33800"), false, only(payment.Held)},
		{"a capture failed", depositState("SETTLEMENTFAIL"), false, only(payment.Held)},
		{"captured", depositState("CONSUMED", "consume_fee", "33800"), false, known(payment.Held, 0, roomCharge)},
		{"captured as a whole", depositState("CONSUMED", "consume_fee", "50000"), false, known(payment.Held, 0, deposit)},
		{"captured, not said how much", depositState("CONSUMED"), false, only(payment.Held)},
		{"captured, more than there was", depositState("CONSUMED", "consume_fee", "50001"), false, only(payment.Held)},
		{"captured and given back", depositState("REFUND", "consume_fee", "33800"), false, known(payment.Held, 0, roomCharge)},
		{"given back", depositState("REFUND"), false, known(payment.Released, 0, 0)},
		{"given back by itself after a month", bareState("REFUND"), true, known(payment.Released, 0, 0)},
		{"reversed", depositState("REVOKED"), false, known(payment.Released, 0, 0)},
		{"reversed, and it says only that", bareState("REVOKED"), false, known(payment.Released, 0, 0)},
		{"reversed after it stood", depositState("REVOKED"), true, known(payment.Released, 0, 0)},
		{"reversed before it stood", bareState("REVOKED"), true, only(payment.Closed)},
		{"closed before it stood", bareState("CLOSED"), true, only(payment.Closed)},
		{"broke off, and WeChat wants it reversed", bareState("PAYERROR"), true, only(payment.Unknown)},
		{"the payer types", bareState("USERPAYING"), true, only(payment.Waiting)},
		{"not paid", bareState("NOTPAY"), true, only(payment.Waiting)},
		{"in a state that is new", depositState("MOON"), false, only(payment.Unknown)},
		{"another amount", depositState("SUCCESS", "total_fee", "1"), false, only(payment.Unknown)},
		{"another deposit of WeChat's", depositState("SUCCESS", "transaction_id", "4299"), false, only(payment.Unknown)},
		{"another deposit of ours", depositState("SUCCESS", "out_trade_no", orderNo), false, only(payment.Unknown)},
		{"which one is not said", depositState("SUCCESS", "out_trade_no", ""), false, only(payment.Unknown)},
		{"nobody knows it", refusesV2("ORDERNOTEXIST"), false, only(payment.NotFound)},
		{"nobody knows it, not signed", unsigned(200, `<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>ORDERNOTEXIST</err_code></xml>`), false, only(payment.Unknown)},
		{"refused", refusesV2("NOAUTH"), false, only(payment.Unknown)},
		{"trouble", refusesV2("SYSTEMERROR"), false, only(payment.Unknown)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, tt.answer)
			h := theHold
			if tt.fresh {
				h = freshHold()
			}
			out := newChannel(t, partner(g.URL)).QueryHold(t.Context(), h)
			got := payment.HoldOutcome{Result: out.Result, Known: out.Known, Rest: out.Rest, Captured: out.Captured}
			if got != tt.want || (out.Detail != nil) != (out.Result == payment.Unknown) {
				t.Errorf("got %+v", out)
			}
			if out.Broken != strings.HasPrefix(tt.name, "broke off") {
				t.Errorf("broken %v", out.Broken)
			}
			if out.Result == payment.Held && out.AuthNo != transactionID {
				t.Errorf("its number is %q", out.AuthNo)
			}
		})
	}
}

// Each story is the first query, the reverse, and the query after it.
func TestHowADepositIsCancelled(t *testing.T) {
	const query, reverse = "/deposit/orderquery", "/deposit/reverse"
	ends := saysV2("recall", "N")
	again := refusesV2("SYSTEMERROR", "recall", "Y")
	yesAgain := saysV2("recall", "Y")
	never := refusesV2("TRADE_STATE_ERROR", "recall", "N")
	stands, gone, types := depositState("SUCCESS"), bareState("REVOKED"), bareState("USERPAYING")
	whole := query + ", " + reverse + ", " + query
	tests := []struct {
		name    string
		query   []answer
		reverse answer
		want    payment.Result
		calls   string
	}{
		{"the payer types", []answer{types, gone}, ends, payment.Closed, whole},
		{"it broke off", []answer{bareState("PAYERROR"), gone}, ends, payment.Closed, whole},
		{"it broke off, and stood all the same", []answer{bareState("PAYERROR"), depositState("REVOKED")}, ends, payment.Released, whole},
		{"it broke off, and the reverse does nothing", []answer{bareState("PAYERROR")}, ends, payment.Unknown, whole},
		{"trouble at the first query", []answer{v2trouble, gone}, ends, payment.Closed, whole},
		{"trouble at the first query, and no more is known", []answer{v2trouble}, ends, payment.Unknown, whole},
		{"a first query that is not signed", []answer{unsigned(200, `<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>SYSTEMERROR</err_code></xml>`)}, nil, payment.Unknown, query},
		{"it stood", []answer{stands, gone}, ends, payment.Released, whole},
		{"it stood, and is called refunded", []answer{stands, bareState("REFUND")}, ends, payment.Released, whole},
		{"it came to stand in between", []answer{types, depositState("REVOKED")}, ends, payment.Released, whole},
		{"again, please", []answer{types}, again, payment.Unknown, whole},
		{"a yes that wants to be called again", []answer{stands}, yesAgain, payment.Unknown, whole},
		{"again, and it is done all the same", []answer{stands, gone}, again, payment.Released, whole},
		{"a yes, and it stands", []answer{stands}, ends, payment.Unknown, whole},
		{"no answer, and it is done", []answer{types, gone}, brokenOff, payment.Closed, whole},
		{"nobody knows it", []answer{refusesV2("ORDERNOTEXIST")}, ends, payment.NotFound, whole},
		{"nobody knows it, and the reverse says so", []answer{refusesV2("ORDERNOTEXIST")}, refusesV2("ORDERNOTEXIST", "recall", "N"), payment.NotFound, whole},
		{"nobody knows it, and the reverse is lost", []answer{refusesV2("ORDERNOTEXIST")}, brokenOff, payment.Unknown, whole},
		{"it arrives late", []answer{refusesV2("ORDERNOTEXIST"), stands}, ends, payment.Unknown, whole},
		{"refused, and it stands", []answer{stands}, never, payment.Failed, whole},
		{"refused, and it is captured", []answer{stands, depositState("CONSUMED", "consume_fee", "100")}, never, payment.Failed, whole},
		{"refused while the payer types", []answer{types}, never, payment.Unknown, whole},
		{"captured", []answer{depositState("CONSUMED", "consume_fee", "100")}, nil, payment.Failed, query},
		{"a capture is on its way", []answer{depositState("SETTLING")}, nil, payment.Failed, query},
		{"gone already", []answer{bareState("CLOSED")}, nil, payment.Closed, query},
		{"given back already", []answer{bareState("REFUND")}, nil, payment.Released, query},
		{"nobody answers", []answer{brokenOff}, nil, payment.Unknown, query},
		{"a deposit of another amount", []answer{depositState("SUCCESS", "total_fee", "1")}, nil, payment.Unknown, query},
		{"a state that is new", []answer{depositState("MOON"), gone}, ends, payment.Closed, whole},
		{"nobody answers afterwards", []answer{stands, brokenOff}, ends, payment.Unknown, whole},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, script(t, map[string][]answer{query: tt.query, reverse: {tt.reverse}}))
			out := newChannel(t, partner(g.URL)).CancelHold(t.Context(), freshHold())
			if out.Result != tt.want || (out.Detail != nil) != (tt.want == payment.Unknown) || (out.Reason != "") != (tt.want == payment.Failed) {
				t.Errorf("got %+v", out)
			}
			if g.calls() != tt.calls {
				t.Errorf("calls %s, want %s", g.calls(), tt.calls)
			}
		})
	}
}

func TestWhatIsSentForADeposit(t *testing.T) {
	g := newGateway(t, refusesV2("SYSTEMERROR"))
	c := partner(g.URL)
	c.DeviceID, c.DeviceIP, c.GoodsTag = "till 2", "203.0.113.7", "WXG"
	channel := newChannel(t, c)
	channel.Hold(t.Context(), holdRequest())
	channel.QueryHold(t.Context(), theHold)
	channel.Capture(t.Context(), captureRequest())
	channel.QueryCapture(t.Context(), captureRequest())
	channel.Release(t.Context(), releaseRequest())
	channel.RefundCapture(t.Context(), captureRefund())
	channel.QueryCaptureRefund(t.Context(), captureRefund())
	query := map[string]string{"out_trade_no": depositNo}
	want := []struct {
		call   string
		fields map[string]string
	}{
		{"/deposit/micropay", map[string]string{"deposit": "Y", "body": "1203 房押金", "attach": "01006129", "out_trade_no": depositNo, "total_fee": "50000",
			"fee_type": "CNY", "spbill_create_ip": "203.0.113.7", "device_info": "till 2", "auth_code": payCode.Raw()}},
		{"/deposit/orderquery", query},
		{"/deposit/consume", map[string]string{"transaction_id": transactionID, "out_trade_no": depositNo, "total_fee": "50000", "consume_fee": "33800", "fee_type": "CNY"}},
		{"/deposit/orderquery", query},
		{"/deposit/reverse", query},
		{"/deposit/orderquery", query},
		{"/deposit/refund", map[string]string{"transaction_id": transactionID, "out_refund_no": captureNo + "R001", "total_fee": "50000", "refund_fee": "3800",
			"refund_fee_type": "CNY", "refund_desc": "minibar was empty"}},
		{"/deposit/refundquery", map[string]string{"out_refund_no": captureNo + "R001"}},
	}
	sent := g.sent()
	if len(sent) != len(want) {
		t.Fatalf("sent %s", g.calls())
	}
	common := []string{"appid", "mch_id", "sub_mch_id", "sub_appid", "nonce_str", "sign_type", "sign"}
	for i, w := range want {
		got := sent[i]
		if got.Call != w.call || len(got.Fields) != len(w.fields)+len(common) {
			t.Errorf("%s %v, want %s %v", got.Call, got.Fields, w.call, w.fields)
		}
		for name, value := range w.fields {
			if got.Fields[name] != value {
				t.Errorf("%s: %s = %q, want %q", got.Call, name, got.Fields[name], value)
			}
		}
		if got.Fields["sub_appid"] != subAppID {
			t.Errorf("%s: sub_appid = %q", got.Call, got.Fields["sub_appid"])
		}
	}
}
